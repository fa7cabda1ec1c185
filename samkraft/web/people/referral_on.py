"""Handing a referral on: to somebody of another authority who enrols, when the person has agreed to it."""

from typing import Any
from uuid import UUID

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _

from samkraft.initiatives.queries import joined, teams
from samkraft.initiatives.queries.teams import MemberRow
from samkraft.partners.rules.roles import Permission, may
from samkraft.people.actions import referral_deeds
from samkraft.people.queries import consents
from samkraft.people.rules import disclosures
from samkraft.people.rules.categories import Category
from samkraft.people.rules.referrals import Standing
from samkraft.web.people.journey_begin import Building
from samkraft.web.sections import Plain, Section

# What the receiver needs: to know of the person at all, the name, and why the person comes.
_NEEDED = (Category.ENROLMENT.value, Category.CONTACT.value, Category.REFERRAL.value)


def hand_on(made: Building, one: Standing) -> list[Section]:
    """One section while nobody else has it: whom it can go to, and whom the person has to be asked about first."""
    given = {act.to_area_id for act in consents.disclosures(made.by, made.person_id) if act.lineage == one.held.lineage}
    if one.held.received is not None or given:
        return []
    staff = _staff(made)
    standing = {line.category: set[UUID]() for line in consents.standing(made.by, made.person_id)}
    for line in consents.standing(made.by, made.person_id):
        standing[line.category].add(line.to_area_id)
    agreed = standing.get(Category.ENROLMENT.value, set()) & standing.get(Category.REFERRAL.value, set())
    key, heading = f"hand-on-{one.held.lineage}", _("Lämna vidare")
    enrols = may(made.by.role, Permission.ENROL)
    facts = [_ask(made, area) for area in sorted({each.area_id for each in staff} - agreed, key=_name_in(made))]
    choices = [(str(each.membership_id), _person(made, each)) for each in staff if each.area_id in agreed]
    if not choices:
        if enrols or not facts:
            return []
        text = _("Din roll skriver inte in. Fråga personen om remitteringen får lämnas till någon som gör det.")
        return [Section(key, heading, text=text, facts=facts)]
    return [_section(made, one, key, heading, choices, staff, facts=[] if enrols else facts, main=not enrols)]


def _section(
    made: Building, one: Standing, key: str, heading: str, choices: list[tuple[str, str]], staff: list[MemberRow],
    *, facts: list[dict[str, Any]], main: bool,
) -> Section:  # fmt: skip
    area_of = {each.membership_id: each.area_id for each in staff}
    own = made.page.bodies[made.by.area_id]
    weaker = {
        area for area in set(area_of.values())
        if area in made.page.bodies and disclosures.is_weaker(made.page.bodies[area].harm_test, own.harm_test)
    } & {area_of[UUID(chosen)] for chosen, _label in choices}  # fmt: skip
    fields: dict[str, forms.Field] = {
        "to": forms.ChoiceField(label=_("Till vem?"), choices=[("", _("Välj")), *choices])
    }
    if weaker:
        names = ", ".join(sorted(made.page.bodies[area].name for area in weaker))
        fields["understood"] = forms.BooleanField(
            label=_("Jag har tänkt igenom om uppgiften behövs. Sekretessen är svagare hos {whom}.").format(whom=names),
            required=False,
        )
    form = Plain(fields, made.sent(key))

    def do(filled: Any) -> str:
        membership = UUID(filled.cleaned_data["to"])
        area = area_of[membership]
        referral_deeds.hand_on(
            by=made.by,
            person_id=made.person_id,
            lineage=one.held.lineage,
            to_area_id=area,
            membership_id=membership,
            understood=bool(filled.cleaned_data.get("understood")),
            receiver_is_weaker=area in weaker,
        )
        return _("Remitteringen är lämnad vidare. Den du valde har ärendet från och med nu.")

    text = _("Den du väljer får remitteringen och det som personen låter er berätta, och kan skriva in.")
    return Section(key, heading, form, heading, do, text=text, facts=facts, main=main)


def _staff(made: Building) -> list[MemberRow]:
    """Those of other authorities who enrol, in the initiatives that the own area is part of; each once."""
    found: dict[UUID, MemberRow] = {}
    for initiative in joined.by_area(made.by.area_id, on=made.page.today):
        for team in teams.teams(initiative.id, on=made.page.today):
            for one in team.members:
                if one.area_id != made.by.area_id and may(one.role, Permission.ENROL):
                    found.setdefault(one.membership_id, one)
    return sorted(found.values(), key=lambda one: (one.area_name, one.name, str(one.membership_id)))


def _name_in(made: Building) -> Any:
    return lambda area: made.page.bodies[area].name if area in made.page.bodies else ""


def _person(made: Building, one: MemberRow) -> str:
    body = made.page.bodies.get(one.area_id)
    return f"{one.name}, {_(one.role_name).lower()}, {body.name if body else one.area_name}"


def _ask(made: Building, area: UUID) -> dict[str, Any]:
    give = reverse("people:give_consent", args=[made.person_id])
    return {
        "shape": "closed",
        "text": _name_in(made)(area),
        "src": _("Personen har inte sagt ja till att ni lämnar remitteringen dit. Fråga först."),
        "url": f"{give}?till={area}&uppgifter={','.join(_NEEDED)}",
    }
