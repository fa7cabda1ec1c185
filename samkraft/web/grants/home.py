"""The first page about grants: what waits for the reader, what is open to apply for, and where the year's money is."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samkraft.money.queries.grants import grant_applications, grant_calls, grant_needs, grants_given
from samkraft.money.rules.grants.grant_kinds import ADVICE_LABELS, STATE_LABELS, ApplicationState
from samkraft.money.rules.points import SUPPORT_LABELS
from samkraft.partners.rules.roles import Permission, may
from samkraft.web import figures
from samkraft.web.acting import page
from samkraft.web.grants import frames, needs_in_words, pictures


@page(needs=Permission.SEE_GRANTS)
def show(request: Any) -> HttpResponse:
    """Query: `ar`, the year of the grants that are drawn."""
    today = timezone.localdate()
    given = grants_given.listed(by=request.by, today=today)
    years = sorted({row.year for row in given}, reverse=True)
    asked = request.GET.get("ar", "")
    year = int(asked) if asked.isdigit() and int(asked) in years else next(iter(years), today.year)
    of_year = [row for row in given if row.year == year]
    calls = grant_calls.listed(by=request.by)
    needs = grant_needs.of(by=request.by, today=today)
    context = {
        "tabs": frames.tabs(request, "home"),
        "needs": [needs_in_words.told(one) for one in needs],
        "calls": [
            {"row": row, "url": reverse("grants:call", args=[row.id]), "is_open": row.is_open(today)} for row in calls
        ],
        "year": year,
        "years": [(one, f"?ar={one}") for one in years],
        "sentence": _sentence(of_year, year),
        "bars": pictures.bars(of_year),
        "rows": [grant_line(row) for row in of_year],
        "may_prepare": may(request.by.role, Permission.PREPARE_GRANTS),
    }
    return frames.draw(request, "grants/home.html", context)


def _sentence(rows: list[grants_given.GrantRow], year: int) -> str:
    if not rows:
        return _("Inga bidrag är upplagda.")
    return _("%(given)s är beviljat till organisationer för %(year)d. Minst %(paid)s har betalats ut.") % {
        "given": figures.kronor(sum(row.amount_ore for row in rows)),
        "paid": figures.kronor(sum(row.paid_ore for row in rows)),
        "year": year,
    }


def grant_line(row: grants_given.GrantRow) -> dict[str, Any]:
    """A grant as a row of a table."""
    state = ("ok", _("i ordning"))
    if row.late_reports:
        state = (
            "overdue",
            ngettext("%(n)d sen rapport", "%(n)d sena rapporter", row.late_reports) % {"n": row.late_reports},
        )
    elif not row.has_decision:
        state = ("closed", _("beslutet finns inte här"))
    elif row.open_reports:
        state = ("needs", _("rapport väntas"))
    return {
        "row": row,
        "url": reverse("grants:grant", args=[row.id]),
        "support": frames.word(SUPPORT_LABELS, row.support),
        "state": state,
    }


def application_line(row: grant_applications.ApplicationRow, route: str = "grants:application") -> dict[str, Any]:
    """An application as a row of a table."""
    words = frames.word(STATE_LABELS, row.state)
    shape = frames.SHAPES[row.state]
    if row.waits_completion and row.state in (ApplicationState.RECEIVED, ApplicationState.ASSESSED):
        words = _("väntar på komplettering")
    return {
        "row": row,
        "url": reverse(route, args=[row.id]),
        "state": (shape, words),
        "points": figures.percent(row.points, 0) if row.points is not None else "",
        "advice": frames.word(ADVICE_LABELS, row.advice),
    }
