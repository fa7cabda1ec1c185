"""The sessions of an occasion, for its coordinator: every week, one more, moved, cancelled, held after all. Who comes is told."""

from collections.abc import Sequence
from datetime import time, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samkraft.offer.actions import occasions
from samkraft.offer.queries import catalogue
from samkraft.offer.queries.catalogue import OccasionRow, SessionRow
from samkraft.people.actions.places import place_sessions
from samkraft.people.queries.places.place_lists import InQueue
from samkraft.web.date_fields import ClockField, SwedishDateField
from samkraft.web.offer import words
from samkraft.web.sections import Plain, Section, data_for

DAYS_AHEAD = 120


def sections(request: Any, one: OccasionRow, held: Sequence[InQueue], data: Any) -> list[Section]:
    """What can be done with the sessions that have not begun."""
    now = timezone.now()
    ahead = [
        row
        for row in catalogue.sessions(occasion_ids=[one.id], first=timezone.localdate(), days=DAYS_AHEAD)
        if row.starts_at > now
    ]
    coming = [row for row in ahead if not row.is_cancelled]
    cancelled = [row for row in ahead if row.is_cancelled]
    come = sum(row.accepted_at is not None for row in held)
    return [
        _weekly(request, one, data),
        _add(request, one, come, data),
        *([_move(request, coming, come, data), _cancel(request, coming, come, data)] if coming else []),
        *([_restore(request, cancelled, data)] if cancelled else []),
    ]


def _clock() -> dict[str, forms.Field]:
    return {
        "starts": ClockField(label=_("Från klockan")),
        "ends": ClockField(label=_("Till klockan")),
    }


def _which(rows: Sequence[SessionRow]) -> forms.ChoiceField:
    choices = [("", _("Välj")), *((str(row.id), words.when(row.starts_at)) for row in rows)]
    return forms.ChoiceField(label=_("Träff"), choices=choices)


def _who(come: int) -> list[dict[str, str]]:
    """Whom a change concerns, before it is made."""
    if not come:
        return [{"text": _("Ingen har sagt ja till en plats här än, så ingen behöver få veta.")}]
    text = ngettext(
        "{n} person har sagt ja till en plats här.", "{n} personer har sagt ja till en plats här.", come
    ).format(n=come)
    src = _("Deras handläggare får det i sin inkorg, och säger till. Du ser aldrig vilka de är.")
    return [{"text": text, "src": src, "shape": "needs"}]


def _come(come: int) -> str:
    """The same in one line, where a change is small."""
    if not come:
        return ""
    return ngettext(
        "{n} person som har sagt ja får veta det genom sin handläggare.",
        "{n} personer som har sagt ja får veta det genom sin handläggare.",
        come,
    ).format(n=come)


def _told(said: str, told: int) -> str:
    """What was done, and how many are told."""
    if not told:
        return said
    more = ngettext(
        "{n} persons handläggare får det i inkorgen.", "{n} personers handläggare får det i inkorgen.", told
    ).format(n=told)
    return f"{said} {more}"


def _weekly(request: Any, one: OccasionRow, data: Any) -> Section:
    fields: dict[str, forms.Field] = {
        "weekdays": forms.MultipleChoiceField(
            label=_("Veckodagar"), choices=[(str(day), WEEKDAYS[day]) for day in range(5)],
            widget=forms.CheckboxSelectMultiple,
        ),
        **_clock(),
    }  # fmt: skip

    def do(sent: Any) -> str:
        said = sent.cleaned_data
        made = occasions.plan_weekly(
            by=request.by, occasion_id=one.id, weekdays=[int(day) for day in said["weekdays"]], starts=said["starts"],
            ends=said["ends"],
        )  # fmt: skip
        return ngettext("{n} träff är inlagd.", "{n} träffar är inlagda.", made).format(n=made)

    form = Plain(fields, data_for(request, "traffar", data), initial={"starts": time(9), "ends": time(12)})
    return Section("traffar", _("Träffar varje vecka"), form, _("Lägg in träffar"), do, aside=True)


def _add(request: Any, one: OccasionRow, come: int, data: Any) -> Section:
    fields: dict[str, forms.Field] = {"day": SwedishDateField(label=_("Dag")), **_clock()}

    def do(sent: Any) -> str:
        _made, told = place_sessions.add(by=request.by, occasion_id=one.id, **sent.cleaned_data)
        return _told(_("Träffen är inlagd."), told)

    form = Plain(fields, data_for(request, "en-till", data), initial={"starts": time(9), "ends": time(12)})
    return Section("en-till", _("En träff till"), form, _("Lägg in träffen"), do, text=_come(come), aside=True)


def _move(request: Any, coming: Sequence[SessionRow], come: int, data: Any) -> Section:
    fields: dict[str, forms.Field] = {
        "session": _which(coming), "day": SwedishDateField(label=_("Ny dag")), **_clock(),
        "reason": forms.CharField(
            label=_("Varför"), required=False, max_length=300, help_text=_("De som berörs kan läsa det.")
        ),
    }  # fmt: skip

    def do(sent: Any) -> str:
        said = dict(sent.cleaned_data)
        told = place_sessions.move(by=request.by, session_id=UUID(said.pop("session")), **said)
        return _told(_("Träffen är flyttad."), told)

    initial = {"day": (timezone.localdate() + timedelta(days=7)).isoformat(), "starts": time(9), "ends": time(12)}
    form = Plain(fields, data_for(request, "flytta", data), initial=initial)
    return Section("flytta", _("Flytta en träff"), form, _("Flytta träffen"), do, text=_come(come), aside=True)


def _cancel(request: Any, coming: Sequence[SessionRow], come: int, data: Any) -> Section:
    fields: dict[str, forms.Field] = {
        "session": _which(coming),
        "reason": forms.CharField(
            label=_("Varför"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
            help_text=_("De som berörs kan läsa det. Skriv aldrig något om en deltagare."),
        ),
    }  # fmt: skip
    if come:
        fields["sure"] = forms.BooleanField(label=_("Jag har läst vilka som berörs"))

    def do(sent: Any) -> str:
        said = sent.cleaned_data
        told = place_sessions.cancel(by=request.by, session_id=UUID(said["session"]), reason=said["reason"])
        return _told(_("Träffen är inställd. Tillfället fortsätter."), told)

    form = Plain(fields, data_for(request, "stall-in-traff", data))
    facts = [
        *_who(come),
        {"text": _("Ingen kan noteras som frånvarande på en inställd träff, och den räknas inte i tidrapporten.")},
    ]
    return Section("stall-in-traff", _("Ställ in en träff"), form, _("Ställ in träffen"), do, facts=facts, aside=True)


def _restore(request: Any, cancelled: Sequence[SessionRow], data: Any) -> Section:
    def do(sent: Any) -> str:
        told = place_sessions.restore(by=request.by, session_id=UUID(sent.cleaned_data["session"]))
        return _told(_("Träffen blir av."), told)

    form = Plain({"session": _which(cancelled)}, data_for(request, "anda", data))
    facts = [{"text": words.when(row.starts_at), "shape": "closed", "src": _("inställd")} for row in cancelled[:6]]
    return Section("anda", _("Inställda träffar"), form, _("Håll träffen ändå"), do, facts=facts, aside=True)
