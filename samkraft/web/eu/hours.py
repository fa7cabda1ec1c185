"""Staff hours in an EU project: a position on each line, the months of a year across."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.dates import MONTHS_3
from django.utils.translation import gettext as _

from samkraft.money.queries.eu import eu_projects as queries
from samkraft.money.queries.eu.eu_projects import PositionMonths, ProjectPage
from samkraft.money.rules.eu import eu_outcomes
from samkraft.partners.rules.roles import Permission
from samkraft.values.period import Period
from samkraft.web.acting import page
from samkraft.web.eu import frames


@page(needs=Permission.SEE_MONEY)
def show(request: Any, code: str) -> HttpResponse:
    """Query: `ar`."""
    project = frames.found(request, code)
    years = _years(project)
    asked = request.GET.get("ar", "")
    year = int(asked) if asked.isdigit() and int(asked) in years else _latest(project, years)
    closed = [claim.period for claim in project.claims if claim.rows and claim.standing.value != "withdrawn"]
    rows = [
        _row(project, one, year, closed) for one in queries.hours(by=request.by, project_id=project.row.id, year=year)
    ]
    context = {
        **frames.frame(request, project, "hours", _("Timmar")),
        "year": year,
        "years": [(each, f"{reverse('eu:hours', args=[code])}?ar={each}", each == year) for each in years],
        "months": [str(MONTHS_3[number]) for number in range(1, 13)],
        "rows": rows,
        "participants": _participants(project, year),
        "limit": project.yearly_hours,
    }
    return render(request, "eu/hours.html", context)


def _years(project: ProjectPage) -> list[int]:
    last = project.row.period.last_day or project.row.period.start_date
    return list(range(project.row.period.start_date.year, last.year + 1))


def _latest(project: ProjectPage, years: list[int]) -> int:
    noted = [month.year for _kind, month in project.outcome.by_month]
    return max(noted, default=years[0])


def _row(project: ProjectPage, one: PositionMonths, year: int, closed: list[Period]) -> dict[str, Any]:
    minutes = sum(found[1] for found in one.minutes.values())
    cells = []
    for number in range(1, 13):
        month = date(year, number, 1)
        held = one.minutes.get(month)
        is_open = _touches(one.period, month) and not eu_outcomes.is_closed(month, closed)
        cells.append(
            {
                "hours": frames.hours_in_words(held[1]) if held else "",
                "corrected": bool(held and held[0] > 1),
                "month": frames.month_in_words(month),
                "url": reverse("eu:hours_write", args=[project.row.code, one.id, year, number]) if is_open else "",
                "outside": not _touches(one.period, month),
            }
        )
    above = max(0, minutes - project.yearly_hours * 60)
    return {
        "position": one,
        "cells": cells,
        "sum": frames.hours_in_words(minutes),
        "above": frames.hours_in_words(above) if above else "",
    }


def _touches(period: Period, month: date) -> bool:
    return (period.end_date is None or month < period.end_date) and period.start_date < eu_outcomes.following(month)


def _participants(project: ProjectPage, year: int) -> str:
    """The participants' hours in all, as one sum."""
    del year
    return frames.hours_in_words(project.outcome.participant_minutes) if project.outcome.participant_minutes else ""
