"""Recruitment meetings in the order in which they are held, and the form that plans one."""

from collections.abc import Mapping
from datetime import time, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samkraft.offer.actions import recruitment_meetings as actions
from samkraft.offer.actions.recruitment_meetings import MeetingDraft
from samkraft.offer.queries import employers
from samkraft.offer.queries.employers import MeetingRow
from samkraft.offer.rules import employers as rules
from samkraft.partners.rules.roles import Permission
from samkraft.people.queries import recruitment
from samkraft.people.queries.recruitment import Numbers
from samkraft.web.acting import page
from samkraft.web.date_fields import ClockField, SwedishDateField
from samkraft.web.employers import frames, words
from samkraft.web.number_fields import WholeNumberField
from samkraft.web.sections import Section


@page(needs=Permission.SEE_EMPLOYERS)
def show(request: Any) -> HttpResponse:
    """Those that are to come, then those that have been."""
    now = timezone.now()
    invited = recruitment.numbers(request.by)
    rows = [line(one, invited) for one in employers.meetings()]
    context = {
        "coming": [one for one in rows if one["row"].ends_at >= now],
        "been": [one for one in reversed(rows) if one["row"].ends_at < now][:30],
        "tabs": frames.tabs("meetings"),
    }
    return frames.draw(request, "employers/meetings.html", context, (_("Rekryteringsmöten"), ""))


def line(row: MeetingRow, invited: Mapping[UUID, Numbers]) -> dict[str, Any]:
    """One meeting with how many are invited and come: numbers, alike for everybody."""
    return {
        "row": row, "when": words.when(row), "form": words.of(rules.FORM_NAMES, row.form), "numbers": invited.get(row.id),
        "url": reverse("employers:meeting", args=[row.id]),
        "employer_url": reverse("employers:employer", args=[row.employer_id]),
    }  # fmt: skip


def plan(made: Any) -> Section:
    """Plan a meeting with the employer whose page it is."""
    jobs = [(str(one.id), one.headline) for one in employers.openings(employer_id=made.row.id, on=made.today)]
    fields: dict[str, forms.Field] = {
        "headline": forms.CharField(label=_("Vad gäller mötet"), max_length=120),
        "opening": forms.ChoiceField(
            label=_("Vilket jobb"), required=False, choices=[("", _("Inget särskilt")), *jobs]
        ),
        "day": SwedishDateField(label=_("Vilken dag")),
        "starts": ClockField(label=_("Från klockan")),
        "ends": ClockField(label=_("Till klockan")),
        "form": forms.ChoiceField(label=_("Var hålls det"), choices=words.choices(rules.FORM_NAMES)),
        "place_name": forms.CharField(label=_("Adress eller länk"), max_length=120),
        "most": WholeNumberField(label=_("Hur många kan komma"), min_value=1, max_value=200),
    }  # fmt: skip

    def do(sent: Any) -> str:
        said = sent.cleaned_data
        actions.plan(
            by=made.request.by, employer_id=made.row.id,
            draft=MeetingDraft(
                headline=said["headline"], starts_at=words.moment_of(said["day"], said["starts"]),
                ends_at=words.moment_of(said["day"], said["ends"]), place_name=said["place_name"], form=said["form"],
                most=said["most"], opening_id=UUID(said["opening"]) if said["opening"] else None,
            ),
        )  # fmt: skip
        return _("Mötet är planerat. Bjud in från deltagarens sida, under Jobb.")

    form = made.form(
        "mote", fields, starts=time(9), ends=time(10), most=8, day=(made.today + timedelta(days=14)).isoformat()
    )
    return Section("mote", _("Rekryteringsmöte"), form, _("Planera ett rekryteringsmöte"), do, aside=True)
