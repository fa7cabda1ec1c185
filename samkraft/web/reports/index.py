"""All reports: which are in, which are late, and what has been put into other systems."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from samkraft.money.queries.contradictions import sources
from samkraft.money.queries.reports import reports
from samkraft.money.queries.reports.reports import Row
from samkraft.money.rules.reports.reports import SYSTEM_LABELS, State, System
from samkraft.partners.rules.roles import Permission, may
from samkraft.values.wording import phrase
from samkraft.web import exports
from samkraft.web.acting import page
from samkraft.web.exports import Head
from samkraft.web.money import asked_year
from samkraft.web.reports import frame

HEADS = (
    Head(phrase("Satsning")),
    Head(phrase("År"), "number"),
    Head(phrase("Nämnd")),
    Head(phrase("Senast"), "date"),
    Head(phrase("Läge")),
    Head(phrase("Besvarade frågor"), "number"),
    Head(phrase("Frågor"), "number"),
    Head(phrase("Överfört till")),
)


# What can be left to do with a report: its words, and which reports have it left.
LEFT: dict[str, tuple[str, Callable[[Row], bool]]] = {
    "lamna-in": (phrase("ska lämnas in"), lambda row: row.handed_in_at is None),
    "forsenade": (phrase("försenade"), lambda row: row.is_late),
    "handlingar": (phrase("ska till handlingarna"), lambda row: row.state is State.HANDED_IN),
    "for-over": (
        phrase("ska föras över"),
        lambda row: row.handed_in_at is not None and len(row.transferred) < len(System),
    ),
}


@page(needs=Permission.SEE_MONEY)
def show(request: Any) -> HttpResponse:
    """The list. Query: `ar`, `satsning`, `namnd`, `kvar` (what is left to do), `fil`."""
    chosen = {
        "year": asked_year.read(request),
        "fund": request.GET.get("satsning", ""),
        "body": request.GET.get("namnd", ""),
        "left": request.GET.get("kvar", ""),
    }
    everything = reports.listed(by=request.by)
    rows = [
        row
        for row in everything
        if chosen["year"] in {None, row.year}
        and chosen["fund"] in {"", row.fund_code}
        and chosen["body"] in {"", row.body_code}
        and (chosen["left"] not in LEFT or LEFT[chosen["left"]][1](row))
    ]
    if file := exports.wanted(request):
        return exports.answer(file, "redovisningar", HEADS, [_cells(row) for row in rows])
    may_answer = may(request.by.role, Permission.ANSWER_FOR_COMMITTEE)
    may_set = may(request.by.role, Permission.MANAGE_FUNDS)
    context = {
        "shell": frame.of(request),
        "groups": _groups(rows),
        "mine": [_row(row) for row in everything if row.is_own and row.handed_in_at is None and may_answer],
        "chips": _chips(request, everything, chosen),
        "chosen": chosen,
        "years": sorted({row.year for row in everything}, reverse=True),
        "funds": dict.fromkeys((row.fund_code, row.fund) for row in everything),
        "bodies": sorted({(row.body_code, row.body) for row in everything}, key=lambda pair: pair[1]),
        "sentence": _sentence(rows),
        "may_set": may_set,
        "sets": _sets(request) if may_set else [],
        "own": next((row.body_code for row in everything if row.is_own), ""),
    }
    return render(request, "reports/index.html", context)


def _chips(request: Any, rows: list[Row], chosen: dict[str, Any]) -> list[dict[str, Any]]:
    """What is left, each with how many reports of those chosen otherwise."""
    within = [
        row
        for row in rows
        if chosen["year"] in {None, row.year}
        and chosen["fund"] in {"", row.fund_code}
        and chosen["body"] in {"", row.body_code}
    ]
    chips = []
    for key, (words, holds) in LEFT.items():
        query = request.GET.copy()
        is_on = chosen["left"] == key
        query["kvar"] = "" if is_on else key
        chips.append({"label": _(words), "url": f"?{query.urlencode()}", "count": sum(map(holds, within)), "on": is_on})
    return chips


def _groups(rows: list[Row]) -> list[dict[str, Any]]:
    """The rows under their fund and year, with how many are in."""
    keys = dict.fromkeys((row.year, row.fund_code, row.fund) for row in rows)
    groups = []
    for year, code, name in keys:
        own = [row for row in rows if (row.year, row.fund_code) == (year, code)]
        done = sum(row.state in {State.HANDED_IN, State.FILED} for row in own)
        groups.append(
            {
                "name": f"{name} {year}",
                "key": f"{code}-{year}",
                "done": done,
                "total": len(own),
                "rows": [_row(row) for row in own],
            }
        )
    return groups


def _row(row: Row) -> dict[str, Any]:
    kind, words = frame.state(row)
    return {
        "row": row,
        "url": reverse("reports:report", args=[row.id]),
        "kind": kind,
        "words": words,
        "transferred": ", ".join(_(SYSTEM_LABELS[system]) for system in System if system in row.transferred),
    }


def _sentence(rows: list[Row]) -> str:
    done = sum(row.state in {State.HANDED_IN, State.FILED} for row in rows)
    late = sum(row.is_late for row in rows)
    if late:
        return _("%(done)s av %(total)s är inlämnade. %(late)s är försenade.") % {
            "done": done, "total": len(rows), "late": late,
        }  # fmt: skip
    return _("%(done)s av %(total)s är inlämnade.") % {"done": done, "total": len(rows)}


def _sets(request: Any) -> list[tuple[str, str]]:
    """Funds and years whose questions can be set: those that are begun, then each fund's coming year."""
    known = reports.years(by=request.by)
    begun = [(each.code, each.name, each.year) for each in known]
    latest = max((each.year for each in known), default=None)
    coming = [
        (code, name, latest + 1)
        for code, (_key, name) in sources.fund_names().items()
        if latest is not None and (code, name, latest + 1) not in begun
    ]
    return [(f"{name} {year}", reverse("reports:setting", args=[code, year])) for code, name, year in (*begun, *coming)]


def _cells(row: Row) -> list[object]:
    _kind, words = frame.state(row)
    done = ", ".join(_(SYSTEM_LABELS[system]) for system in System if system in row.transferred)
    return [row.fund, row.year, row.body, row.due_date, words, row.answered, row.questions, done]
