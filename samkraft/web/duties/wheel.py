"""The year wheel: what is late in words, the year as a picture, and the same as a table."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samkraft.initiatives.queries import duties
from samkraft.initiatives.queries.duties import Body, DutyRow
from samkraft.initiatives.rules import year_wheel
from samkraft.initiatives.rules.duties import LABELS, DutyState
from samkraft.partners.rules.roles import Permission, may
from samkraft.values.period import day_in_stockholm
from samkraft.web.acting import page
from samkraft.web.duties import picture
from samkraft.web.duties.states import BY_SLUG, SHAPES, SLUGS

SORTS = {
    "datum": lambda row: (row.due_date, row.body_name),
    "organ": lambda row: (row.body_name, row.due_date),
    "lage": lambda row: (list(SLUGS).index(row.state), row.due_date),
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the address narrows to."""

    year: int
    body: str
    state: DutyState | None
    sort: str


@page(needs=Permission.SEE_DUTIES)
def wheel(request: Any) -> HttpResponse:
    """The year wheel of one year. Query: `ar`, `organ` (code), `lage` (state), `sort`."""
    today = day_in_stockholm(timezone.now())
    chosen = _chosen(request, today)
    all_bodies = duties.bodies()
    rows = duties.of_year(year=chosen.year, today=today, body_code=chosen.body)
    shown = [row for row in rows if chosen.state in (None, row.state)]
    shown.sort(key=SORTS[chosen.sort.lstrip("-")], reverse=chosen.sort.startswith("-"))
    late = [row for row in duties.late(today=today) if chosen.body in ("", row.body_code)]
    years = sorted({*duties.years(), today.year, chosen.year})
    return render(
        request,
        "duties/wheel.html",
        {
            "chosen": chosen,
            "today": today,
            "rows": [(number, row, SHAPES[row.state], _(LABELS[row.state])) for number, row in enumerate(shown, 1)],
            "picture": picture.draw(shown, year=chosen.year, today=today),
            "late": late,
            "late_elsewhere": len([row for row in late if row.due_date.year != chosen.year]),
            "chips": _chips(chosen, rows),
            "bodies": all_bodies,
            "body": next((body for body in all_bodies if body.code == chosen.body), None),
            "mine": _mine(request, chosen, all_bodies),
            "state_words": _(LABELS[chosen.state]) if chosen.state else "",
            "state_slug": SLUGS[chosen.state] if chosen.state else "",
            "years": [(year, _url(chosen, ar=year), year == chosen.year) for year in years],
            "may_manage": may(request.by.role, Permission.MANAGE_DUTIES),
            "may_plan_year": may(request.by.role, Permission.MANAGE_FUNDS)
            and year_wheel.why_not_plan(chosen.year) is None
            and may(request.by.role, Permission.MANAGE_DUTIES),
        },
    )


def _chosen(request: HttpRequest, today: date) -> Chosen:
    """Read the address; what cannot be read is taken as not said."""
    year = request.GET.get("ar", "")
    sort = request.GET.get("sort", "datum")
    return Chosen(
        year=int(year) if year.isdecimal() and 1990 <= int(year) <= 2100 else today.year,
        body=request.GET.get("organ", ""),
        state=BY_SLUG.get(request.GET.get("lage", "")),
        sort=sort if sort.lstrip("-") in SORTS else "datum",
    )


def _chips(chosen: Chosen, rows: list[DutyRow]) -> list[dict[str, Any]]:
    return [
        {
            "label": _(LABELS[state]).capitalize(),
            "url": _url(chosen, lage="" if chosen.state is state else slug),
            "count": sum(row.state is state for row in rows),
            "on": chosen.state is state,
            "shape": SHAPES[state],
        }
        for state, slug in SLUGS.items()
    ]


def _mine(request: Any, chosen: Chosen, bodies: list[Body]) -> dict[str, Any] | None:
    """A chip for the reader's own body, when it has duties."""
    if request.acting is None:
        return None
    own = next((body for body in bodies if body.name == request.acting.organisation_name), None)
    if own is None:
        return None
    on = chosen.body == own.code
    return {
        "label": _("Bara %(body)s") % {"body": own.short},
        "url": _url(chosen, organ="" if on else own.code),
        "on": on,
    }


def _url(chosen: Chosen, **changed: Any) -> str:
    query = {
        "ar": chosen.year,
        "organ": chosen.body,
        "lage": SLUGS[chosen.state] if chosen.state else "",
        "sort": "" if chosen.sort == "datum" else chosen.sort,
        **changed,
    }
    return f"{reverse('duties:wheel')}?{urlencode({key: value for key, value in query.items() if value})}"
