"""Blanketter: the month's paper form for each participant, one page each, with a code that says nothing to others."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from samkraft.audit.actions.reads import Read
from samkraft.partners.rules.roles import Permission
from samkraft.people.queries.months import months as asked
from samkraft.people.rules.months import form_codes, months
from samkraft.people.rules.months.months import State
from samkraft.web import days
from samkraft.web.acting import page
from samkraft.web.months import codes, frames, squares

MOST_PRINTED = 200
_SATURDAY = 5


@page(needs=Permission.REPORT_TIME)
def show(request: Any, code: str, month: str) -> HttpResponse:
    """Those of one team (`team`), for those who have not handed in unless `visa=alla`."""
    where = frames.place(request.by, code, month)
    every = asked.lines(request.by, where.initiative_id, month, now=timezone.now(), with_sessions=False)
    team = request.GET.get("team") or (str(where.teams[0].id) if where.teams else "")
    own = [line for line in every if str(line.team_id) == team]
    lines = (
        own if request.GET.get("visa") == "alla" else [one for one in own if one.state(month, None) is State.MISSING]
    )
    first, last = months.span(month)
    printed = [
        {"name": line.name, "code": form_codes.shown(signs), "picture": squares.drawn(signs), "lead": line.lead_name}
        for line in lines[:MOST_PRINTED]
        for signs in [codes.of(codes.TIME, line.enrolment_id, month)]
    ]
    if hasattr(request, "reads"):
        shown = [str(line.person_id) for line in lines[:MOST_PRINTED]]
        request.reads.append(Read("month.forms_printed", "people.month", "", content={"month": month, "shown": shown}))
    context = {
        "shell": frames.crumbs(request, where, _("Blanketter")), "where": where,
        "tabs": frames.tabs(request, where, "forms"), "forms": printed, "first": first, "last": last,
        "days": _days(first, last.day), "total": len(own), "all": request.GET.get("visa") == "alla",
        "teams": [{"id": str(one.id), "name": one.name, "current": str(one.id) == team} for one in where.teams],
        "team": team, "left": len(lines) - len(printed),
    }  # fmt: skip
    return render(request, "months/forms.html", context)


def _days(first: date, many: int) -> list[dict[str, Any]]:
    """The month's days with what they are called, so that nobody has to look in another calendar."""
    each = [first + timedelta(days=number) for number in range(many)]
    return [
        {"number": day.day, "name": days.short_weekday(day), "is_weekend": day.weekday() >= _SATURDAY} for day in each
    ]
