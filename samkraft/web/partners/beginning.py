"""What a new installation still needs before anybody can meet a participant: told to whoever gives roles."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from samkraft.partners.queries import organisations
from samkraft.partners.queries.people import PersonRow
from samkraft.partners.rules.roles import ROLES, Role

LEADERS = {Role.MAIN_PROJECT_LEADER, Role.SUBPROJECT_LEADER}
MEETS_PEOPLE = {role for role, described in ROLES.items() if described.meets_people and role is not Role.PARTICIPANT}


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do, why, whether it is done, and where it is done."""

    text: str
    why: str
    is_done: bool
    url: str = ""


def steps(everybody: list[PersonRow]) -> list[Step]:
    """All steps in the order they are taken, or none when each of them is done. Call it with everybody with an account."""
    held = [one for person in everybody for one in person.roles if one.state != "ended"]
    roles = {one.role for one in held}
    invite, parties = reverse("partners:invite"), reverse("partners:organisations")
    found = [
        Step(
            _("Lägg till organisationerna som ska samarbeta"),
            _("Varje myndighet behöver ett sekretessområde. Sedan kan personer få roller där."),
            len({area.authority_id for area in organisations.areas()}) > 1,
            parties,
        ),
        Step(
            _("Ge en person till rollen systemadministratör"),
            _("Ingen kan ändra sina egna roller, och någon behöver kunna hjälpa dig."),
            len({one.user_id for one in held if one.role is Role.SYSTEM_ADMINISTRATOR}) > 1,
            invite,
        ),
        Step(
            _("Ge någon rollen dataskyddsombud"),
            _("Ombudet granskar vem som har läst och gjort vad."),
            Role.DATA_PROTECTION_OFFICER in roles,
            invite,
        ),
        Step(
            _("Ge någon rollen huvudprojektledare"),
            _("Projektledaren lägger upp insatsen, faserna och teamen under Mål."),
            bool(LEADERS & roles),
            invite,
        ),
        Step(
            _("Ge roller åt dem som möter deltagare"),
            _("Till exempel arbetsförmedlare och socialsekreterare. Projektledaren ger dem sedan plats i ett team."),
            bool(MEETS_PEOPLE & roles),
            invite,
        ),
        Step(
            _("Ge någon rollen handläggare vid stadskontoret"),
            _("Handläggaren lägger upp satsningar och läser in beslut om pengar, under Medel."),
            Role.FUND_OFFICER in roles,
            invite,
        ),
    ]
    return [] if all(step.is_done for step in found) else found
