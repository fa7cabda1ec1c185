"""My times for first meetings: lay them out by the week, see which are taken, take back those that are not."""

from datetime import time, timedelta
from functools import partial
from itertools import groupby
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samkraft.audit.actions.reads import Read
from samkraft.partners.rules.roles import Permission
from samkraft.people.actions import invitations as actions
from samkraft.people.queries import invitations
from samkraft.people.rules.invitations import Span
from samkraft.web import sections, shell
from samkraft.web.acting import page
from samkraft.web.date_fields import ClockField, SwedishDateField
from samkraft.web.sections import Plain, Section, data_for


@page(needs=Permission.WRITE_PLAN)
def show(request: Any) -> HttpResponse:
    """The times day by day, with a form beside them."""

    def build(data: Any) -> list[Section]:
        request.slots = invitations.own_slots(request.by, since=timezone.now())
        about = sorted({str(one.person_id) for one in request.slots if one.person_id})
        if about and hasattr(request, "reads"):
            request.reads.append(Read("invitation.times_listed", "people.caseload", "", content={"shown": about}))
        free = [one for one in request.slots if not one.is_taken]
        return [_publish(request, data), *(_unpublish(request, one) for one in free)]

    return sections.serve(request, build, partial(_draw, request))


def _draw(request: Any, found: list[Section]) -> HttpResponse:
    takes_back = {one.key: one for one in found}
    lines = [
        {
            "row": one, "url": reverse("invitations:person", args=[one.person_id]) if one.person_id else "",
            "section": takes_back.get(f"bort-{one.id}"),
        }
        for one in request.slots
    ]  # fmt: skip
    days = [
        (day, list(group)) for day, group in groupby(lines, key=lambda line: timezone.localdate(line["row"].starts_at))
    ]
    frame = shell.of(request)
    frame.crumbs = [{"label": _("Deltagare"), "url": reverse("people:everyone")}, {"label": _("Mina tider")}]
    context = {
        "days": days, "publish": found[0], "shell": frame, "many": len(lines),
        "free": sum(not one.is_taken for one in request.slots),
    }  # fmt: skip
    return render(request, "invitations/slots.html", context)


def _publish(request: Any, data: Any) -> Section:
    fields: dict[str, forms.Field] = {
        "first": SwedishDateField(label=_("Från och med")),
        "last": SwedishDateField(label=_("Till och med")),
        "weekdays": forms.MultipleChoiceField(
            label=_("Veckodagar"), choices=[(str(day), WEEKDAYS[day]) for day in range(5)],
            widget=forms.CheckboxSelectMultiple,
        ),
        "starts": ClockField(label=_("Från klockan")),
        "ends": ClockField(label=_("Till klockan")),
        "minutes": forms.TypedChoiceField(
            label=_("Så lång är varje tid"), coerce=int,
            choices=[(30, _("30 minuter")), (45, _("45 minuter")), (60, _("1 timme")), (90, _("1,5 timme"))],
        ),
        "place": forms.CharField(
            label=_("Adress"), max_length=120, help_text=_("Bara gatuadress och rum. Skriv inte vilken myndighet det är."),
        ),
    }  # fmt: skip

    def do(sent: Any) -> str:
        said = sent.cleaned_data
        span = Span(
            first=said["first"], last=said["last"], weekdays=tuple(int(day) for day in said["weekdays"]),
            starts=said["starts"], ends=said["ends"], minutes=said["minutes"],
        )  # fmt: skip
        made = actions.publish(by=request.by, span=span, place=said["place"])
        return ngettext("{n} tid är utlagd.", "{n} tider är utlagda.", made).format(n=made)

    today = timezone.localdate()
    monday = today + timedelta(days=7 - today.weekday())
    known = request.slots[-1].place_name if request.slots else ""
    form = Plain(fields, data_for(request, "lagg-ut", data), initial={
        "first": monday.isoformat(), "last": (monday + timedelta(days=11)).isoformat(), "weekdays": ["1", "3"],
        "starts": time(9), "ends": time(12), "minutes": 45, "place": known,
    })  # fmt: skip
    return Section("lagg-ut", _("Lägg ut tider"), form, _("Lägg ut tiderna"), do, main=True)


def _unpublish(request: Any, one: Any) -> Section:
    def do(_sent: Any, slot_id: UUID = one.id) -> str:
        actions.unpublish(by=request.by, slot_id=slot_id)
        return _("Tiden är borttagen.")

    return Section(f"bort-{one.id}", "", None, _("Ta bort"), do)
