"""What an initiative still needs before anybody can be enrolled in it: told to whoever leads it."""

from django.urls import reverse
from django.utils.translation import gettext as _

from samkraft.initiatives.queries.teams import Arranged
from samkraft.web.partners.beginning import Step


def steps(found: Arranged) -> list[Step]:
    """The steps in the order they are taken, or none when each of them is done."""
    first = found.teams[0] if found.teams else None
    all_steps = [
        Step(
            _("Lägg till myndigheterna som sitter i teamen"),
            _("Bara den som hör till en av dem kan få en plats i ett team."),
            any(party.joins_team for party in found.parties),
            reverse("teams:add_party", args=[found.code]),
        ),
        Step(
            _("Namnge faserna"),
            _("Deltagarens dagar räknas i faser, till exempel kartläggning och aktivitet."),
            bool(found.phases),
            reverse("teams:phases", args=[found.code]),
        ),
        Step(
            _("Bestäm reglerna"),
            _("Hur länge någon får delta, vilka som ska vara överens om planen och när ni följer upp."),
            found.rules is not None,
            reverse("teams:rules", args=[found.code]),
        ),
        Step(
            _("Lägg till det första teamet"),
            _("Deltagare skrivs in i ett team."),
            first is not None,
            reverse("teams:add_team", args=[found.code]),
        ),
        Step(
            _("Ge plats i teamet åt dem som möter deltagare"),
            _("De ser teamets deltagare under Mitt team och kan skriva in nya."),
            any(team.members for team in found.teams),
            reverse("teams:team", args=[found.code, first.number]) if first else "",
        ),
    ]
    return [] if all(step.is_done for step in all_steps) else all_steps
