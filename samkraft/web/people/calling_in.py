"""Those who are in a team for single cases only (health care, social insurance, study counselling): called in, one by one."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _

from samkraft.people.actions import cases
from samkraft.people.queries import consents
from samkraft.web.people.journey_begin import Building
from samkraft.web.sections import Plain, Section


def section(made: Building) -> list[Section]:
    """Who may be called in: the team's own for single cases, in the own area and in those that know of the enrolment."""
    team = made.team()
    callable_ones = [one for one in team.members if one.personal] if team else []
    if not callable_ones:
        return []
    standing = {line.to_area_id for line in consents.standing(made.by, made.person_id, category="enrolment")}
    knows = standing | {made.by.area_id}
    bodies = made.page.bodies
    called = {
        one.area_id: bodies[one.area_id].name if one.area_id in bodies else one.area_name for one in callable_ones
    }
    choices = [
        (str(one.membership_id), f"{one.name}, {_(one.role_name).lower()}, {called[one.area_id]}")
        for one in callable_ones
        if one.area_id in knows
    ]
    waiting = sorted({called[one.area_id] for one in callable_ones if one.area_id not in knows})
    facts = [
        {"shape": "closed", "text": name, "src": _("Kan kallas in när personen har sagt ja till att de får veta.")}
        for name in waiting
    ]
    heading = _("Kalla in")
    text = _("De här är med i enskilda ärenden. Den du kallar in ser sin egen myndighets del, och det som lämnas dit.")
    if not choices:
        return [Section("call-in", heading, text=text, facts=facts, aside=True)]
    form = Plain(
        {"called": forms.ChoiceField(label=_("Vem?"), choices=[("", _("Välj")), *choices])}, made.sent("call-in")
    )

    def do(filled: Any) -> str:
        cases.assign(by=made.by, person_id=made.person_id, membership_id=UUID(filled.cleaned_data["called"]))
        return _("Inkallad. Ärendet finns hos den du kallade in från och med nu.")

    return [Section("call-in", heading, form, _("Kalla in någon"), do, text=text, facts=facts, aside=True)]
