"""Who of us has the case, and jäv: who may not have it, and who has it instead."""

from typing import Any
from uuid import UUID

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _

from samkraft.partners.queries import colleagues
from samkraft.partners.rules.roles import Permission, may
from samkraft.people.actions import cases, recusals
from samkraft.people.queries import case_staff
from samkraft.people.rules.recusals import GROUNDS, Ground
from samkraft.values.period import STOCKHOLM
from samkraft.web import days
from samkraft.web.people.journey_begin import Building
from samkraft.web.sections import Plain, Section


def with_us(made: Building) -> list[Section]:
    """Those of the own area who are on the case; another may be let in, and one who is there personally may leave."""
    there = case_staff.today(made.by, made.person_id, on=made.page.today)
    facts = [
        {
            "shape": "ok",
            "text": _("{name}, {role}").format(name=one.name, role=_(one.role_name).lower()),
            "src": _("genom {team}").format(team=one.team_name) if one.team_name else _personally(one),
        }
        for one in there
    ]
    found = [Section("staff", _("De här hos oss har ärendet"), facts=facts)]
    if not may(made.by.role, Permission.WRITE_PLAN):
        return found
    known = {one.membership_id for one in there}
    others = [
        (str(one.membership_id), f"{one.name}, {_(one.role_name).lower()}")
        for one in colleagues.meeting_people([made.by.area_id], on=made.page.today)
        if one.membership_id not in known
    ]
    if others:
        found = [_let_in(made, others, facts)]
    leaving = [(str(one.access_id), one.name) for one in there if not one.team_name]
    if len(there) > 1 and leaving:
        found.append(_end(made, leaving))
    return found


def _personally(one: case_staff.OnCase) -> str:
    if one.until is None:
        return _("personligen")
    return _("personligen, till {day}").format(day=days.dated(one.until.astimezone(STOCKHOLM).date()))


def _let_in(made: Building, others: list[tuple[str, str]], facts: list[dict[str, Any]]) -> Section:
    form = Plain(
        {"colleague": forms.ChoiceField(label=_("Vem?"), choices=[("", _("Välj")), *others])}, made.sent("staff")
    )

    def do(filled: Any) -> str:
        cases.assign(by=made.by, person_id=made.person_id, membership_id=UUID(filled.cleaned_data["colleague"]))
        return _("Kollegan har ärendet från och med nu.")

    return Section("staff", _("De här hos oss har ärendet"), form, _("Lägg till en kollega"), do, facts=facts)


def _end(made: Building, leaving: list[tuple[str, str]]) -> Section:
    form = Plain({"access": forms.ChoiceField(label=_("Vem?"), choices=leaving)}, made.sent("staff-end"))

    def do(filled: Any) -> str:
        cases.end_access(by=made.by, person_id=made.person_id, access_id=UUID(filled.cleaned_data["access"]))
        return _("Kollegan har inte längre ärendet.")

    text = _("Den som är med genom teamet tas bort genom att platsen i teamet avslutas.")
    return Section("staff-end", _("Ta bort någon från ärendet"), form, _("Ta bort"), do, text=text)


def jav(made: Building) -> list[Section]:
    """Somebody here is close to the person: they lose the case at once, and another has it."""
    staff = colleagues.meeting_people([made.by.area_id], on=made.page.today)
    people = {str(one.user_id): one.name for one in staff}
    form = Plain(
        {
            "user": forms.ChoiceField(
                label=_("Vem gäller det?"), choices=list(people.items()), initial=str(made.by.actor_id)
            ),
            "ground": forms.ChoiceField(
                label=_("Vilket slags jäv?"),
                choices=[(one.value, _(GROUNDS[one])) for one in Ground],
                help_text=_("Skriv aldrig vem släktingen eller vännen är."),
            ),
            "successor": forms.ChoiceField(
                label=_("Vem tar över?"),
                required=False,
                choices=[
                    ("", _("Ingen ny behövs, andra har redan ärendet")),
                    *((str(one.membership_id), f"{one.name}, {_(one.role_name).lower()}") for one in staff),
                ],
            ),
        },
        made.sent("jav"),
    )

    def do(filled: Any) -> str:
        data = filled.cleaned_data
        recusals.state(
            by=made.by,
            person_id=made.person_id,
            user_id=UUID(data["user"]),
            ground=data["ground"],
            successor_id=UUID(data["successor"]) if data["successor"] else None,
        )
        return _("Jävet är antecknat. {name} ser inte längre ärendet.").format(name=people[data["user"]])

    sent = made.sent("jav")
    oneself = sent is not None and sent.get("user") == str(made.by.actor_id)
    return [
        Section(
            "jav",
            _("Jäv: någon av oss ska inte arbeta med personen"),
            form,
            _("Anmäl jäv"),
            do,
            text=_(
                "Säg till här om du eller en kollega inte ska arbeta med personen: om ni står varandra nära, eller om någon "
                "har något att vinna eller förlora. Den det gäller ser inget från och med nu, inte heller som "
                "ställföreträdare, och någon annan tar över."
            ),
            facts=[
                {
                    "shape": "closed",
                    "text": one.name or _("En tidigare kollega"),
                    "src": _("antecknat av {who} {day}").format(
                        who=one.stated_by, day=days.dated(one.stated_at.astimezone(STOCKHOLM).date())
                    ),
                }
                for one in case_staff.recused(made.by, made.person_id, on=made.page.today)
            ],
            then=reverse("people:board") if oneself else "",
        )
    ]
