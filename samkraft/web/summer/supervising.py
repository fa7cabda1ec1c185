"""The supervisor's day on a phone: who is here, who is not, check in and out for them, and attest."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samkraft.audit.actions.reads import Read
from samkraft.offer.queries import summer_rounds
from samkraft.offer.rules.summer_rounds import Form
from samkraft.partners.rules.roles import Permission
from samkraft.people.actions.summer import summer_attendance
from samkraft.people.actions.summer.summer_attendance import Press
from samkraft.people.queries.summer import summer_days, summer_people
from samkraft.people.rules.summer.summer_attendance import ABSENCE_NAMES, Absence
from samkraft.values.period import STOCKHOLM, day_in_stockholm
from samkraft.values.refusal import Refused
from samkraft.web import afterwards, date_fields, refusals
from samkraft.web.acting import page
from samkraft.web.summer import days


@page(needs=Permission.SUPERVISE_SUMMER)
def show(request: Any) -> HttpResponse:
    """Everybody at the own workplaces on a day, and the other days that wait for an attest."""
    today = day_in_stockholm(timezone.now())
    day = _day(request.GET.get("dag", ""), today)
    workplaces = {row.id: row for row in summer_rounds.supervised(request.by, on=today)}
    cards = summer_people.cards()
    request.reads = [Read("summer.read_card", "people.summer_placement", str(one.placement_id)) for one in cards]
    first = min((one.weeks.start_date for one in cards), default=today)
    found = summer_days.of_placements([one.placement_id for one in cards], first=first, last=today)
    forms = {row.round_id: summer_rounds.one(row.round_id).form for row in workplaces.values()}
    rows, waiting = [], []
    for one in cards:
        place = workplaces.get(one.workplace_id)
        if place is None:
            continue
        here = next((each for each in found[one.placement_id] if each.day == day), None)
        is_job = forms[place.round_id] is Form.JOB
        row = {"card": one, "place": place, "is_job": is_job, "key": uuid4()}
        if day in one.weeks:
            rows.append({**row, "is_in": here.is_in if here else False, "day": _shown(here, day, today)})
        waiting += [
            {**row, "day": days.one_day(each, today)}
            for each in found[one.placement_id]
            if each.day < today and each.day != day and each.attested is None and (each.shift or each.pressed)
        ]
    context = {
        "rows": rows,
        "waiting": sorted(waiting, key=lambda each: (each["day"].day, each["card"].name))[:60],
        "many_waiting": len(waiting),
        "workplaces": list(workplaces.values()),
        "day": day,
        "today": today,
        "before": day - timedelta(days=1),
        "after": day + timedelta(days=1) if day < today else None,
        "absences": [(each.value, _(ABSENCE_NAMES[each])) for each in Absence],
        "later": [one for one in cards if one.weeks.start_date > today],
    }
    return render(request, "summer/supervising.html", context)


@page(needs=Permission.SUPERVISE_SUMMER)
def press(request: Any, placement_id: UUID) -> HttpResponse:
    """Check somebody in or out, who has no phone or forgot."""
    if request.method != "POST":
        raise Http404
    try:
        key = UUID(request.POST["key"])
    except (KeyError, ValueError) as error:
        raise Http404 from error
    is_in = request.POST.get("hit") == "in"
    one = summer_attendance.press(by=request.by, presses=[Press(key, placement_id, is_in, timezone.now())])[0]
    if one.reason is not None:
        messages.error(request, str(refusals.explain(Refused(one.reason, **one.details))))
    return _back(request)


@page(needs=Permission.SUPERVISE_SUMMER)
def attest(request: Any, placement_id: UUID) -> HttpResponse:
    """Vouch for a day."""
    if request.method != "POST":
        raise Http404
    today = day_in_stockholm(timezone.now())
    was_there = request.POST.get("var", "") == "har"
    try:
        minutes = _minutes(request.POST.get("tid", "")) if was_there and request.POST.get("tid") else None
        summer_attendance.attest(
            by=request.by, placement_id=placement_id, day=_day(request.POST.get("dag", ""), today), was_there=was_there,
            minutes=minutes, absence="" if was_there else request.POST.get("var", ""),
        )  # fmt: skip
    except ValueError:
        messages.error(request, _("Tiden går inte att läsa. Skriv timmar och minuter, till exempel 6:30."))
    except Refused as refused:
        refusals.tell(request, refused)
    else:
        messages.success(request, _("Dagen är attesterad. Blev det fel attesterar du den igen."))
    return _back(request)


def _shown(here: summer_days.Day | None, day: date, today: date) -> days.Shown:
    return days.one_day(here or summer_days.Day(day, None, (), None), today)


def _back(request: Any) -> HttpResponse:
    day = request.POST.get("visar", "")
    query = f"?dag={day}" if day else ""
    return afterwards.at(reverse("summer:supervising") + query)


def _day(text: str, otherwise: date) -> date:
    try:
        return min(date_fields.read(text), otherwise) if text else otherwise
    except ValueError:
        return otherwise


def _minutes(text: str) -> int:
    """Hours and minutes as they are typed: 6:30, 6.30, 6,5 or 6."""
    tidy = text.strip().replace(".", ":")
    if ":" in tidy:
        moment = datetime.strptime(tidy, "%H:%M").replace(tzinfo=STOCKHOLM)
        return moment.hour * 60 + moment.minute
    return round(float(tidy.replace(",", ".")) * 60)
