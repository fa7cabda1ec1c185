"""The economist's first page: what to do now, where the year and the project stand, and what it costs for each."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samkraft.initiatives.queries import undertakings
from samkraft.knowledge.queries import costs
from samkraft.money.queries.eu import eu_projects as queries
from samkraft.money.queries.eu.eu_projects import ProjectPage, ProjectRow
from samkraft.money.rules.eu.eu_outcomes import ClaimStep
from samkraft.partners.rules.roles import Permission
from samkraft.values.period import Period, day_in_stockholm
from samkraft.web import acting, figures, shell
from samkraft.web.acting import page
from samkraft.web.eu import frames, needs, project


@page(needs=Permission.MANAGE_EU_PROJECTS)
def show(request: Any) -> HttpResponse:
    """The project that goes on today, else the latest; the others by name. Query: `projekt`."""
    today = day_in_stockholm(timezone.now())
    rows = queries.listed(by=request.by)
    framed = shell.of(request)
    framed.crumbs = [{"label": _("Medel"), "url": reverse("money:home")}, {"label": _("Projektets ekonomi"), "url": ""}]
    wanted = next((one for one in rows if one.code == request.GET.get("projekt")), None) or _now(rows, today)
    found = queries.page(by=request.by, code=wanted.code) if wanted else None
    if found is None:
        return render(
            request, "eu/today.html", {"shell": framed, "project": None, "new_url": reverse("eu:project_new")}
        )
    context = {
        "shell": framed,
        "project": found,
        "needs": needs.of(request.by, found, today),
        "next_month": _next_month(found, today),
        "chart": project.chart(found),
        "years": _years(found, today),
        "cost": _cost(request, found),
        "others": [one for one in rows if one.code != found.row.code],
    }
    return render(request, "eu/today.html", context)


def _now(rows: list[ProjectRow], today: date) -> ProjectRow | None:
    """The project of today, else the one that ended last."""
    return next((one for one in rows if today in one.period), rows[0] if rows else None)


def _next_month(found: ProjectPage, today: date) -> str:
    """The month that is noted next: the one that today is in, while the project lasts."""
    return frames.month_in_words(today) if today in found.row.period else ""


def _years(found: ProjectPage, today: date) -> list[dict[str, Any]]:
    """Each calendar year: what it has cost, what of it is in claims, what has been paid and what is left to claim."""
    noted, open_months = needs.costs_by_month(found), set(needs.unclaimed(found, today))
    years = sorted(
        {month.year for month in noted} | {today.year} if today in found.row.period else {m.year for m in noted}
    )
    standing = [one for one in found.claims if one.standing is not ClaimStep.WITHDRAWN]
    told = []
    for year in sorted(years):
        period = Period(date(year, 1, 1), date(year + 1, 1, 1))
        months = [month for month in noted if month in period]
        ended = [one for one in standing if one.period.last_day and one.period.last_day.year == year]
        told.append(
            {
                "year": year,
                "is_now": year == today.year,
                "months": len(months),
                "costs": sum(noted[month] for month in months),
                "claimed": sum(
                    noted[month] for month in months if any(month in one.period for one in standing)
                ),
                "paid": sum(one.paid_ore for one in ended),
                "left": sum(noted[month] for month in months if month in open_months),
            }
        )  # fmt: skip
    return told


def _cost(request: Any, found: ProjectPage) -> dict[str, Any] | None:
    """What it has cost for each participant and outcome, where that can be said; else why not."""
    if found.row.initiative_id is None:
        return None
    row = undertakings.row_of(found.row.initiative_id)
    told, url = costs.told(row), reverse("results:costs", args=[row.code])
    said = told.costs
    return {
        "url": url if acting.opens(request.by.role, url) else "",
        "participant": _hundreds(said.participant_ore) if said else "",
        "outcome": _hundreds(said.outcome_ore) if said else "",
        "day": said.people.day if said else None,
    }


def _hundreds(ore: int | None) -> str:
    """Öre as whole hundreds of kronor: the figure carries no more."""
    return figures.kronor(round(ore, -4)) if ore is not None else _("visas inte")
