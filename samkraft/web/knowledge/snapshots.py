"""Snapshots: every month as it was known, and what differs between two of them."""

import itertools
from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from samkraft.knowledge.queries import scorecards
from samkraft.knowledge.rules import scorecards as rules
from samkraft.knowledge.rules.figures import Figure
from samkraft.knowledge.rules.groups import Dimension
from samkraft.knowledge.rules.indicators import COUNTED
from samkraft.knowledge.rules.measures import Indicator, Kind
from samkraft.knowledge.rules.weighing import WHOLE
from samkraft.partners.rules.roles import Permission
from samkraft.web.acting import page
from samkraft.web.knowledge import frames, words


@page(needs=Permission.SEE_RESULTS)
def listed(request: Any, code: str) -> HttpResponse:
    """All of an initiative's, the newest first, each with the one before to compare with."""
    row = frames.initiative(code)
    found = scorecards.snapshots(row.id)
    context = {"snapshots": list(itertools.zip_longest(found, found[1:]))}
    return frames.draw(request, "knowledge/snapshots.html", row, "snapshots", context, (_("Ögonblicksbilder"), ""))


@page(needs=Permission.SEE_RESULTS)
def compare(request: Any, code: str, run: int, other: int) -> HttpResponse:
    """What the newer says otherwise, also of months that the older one told of: that is late or corrected data."""
    row = frames.initiative(code)
    newer, older = scorecards.told_by(row.id, max(run, other)), scorecards.told_by(row.id, min(run, other))
    if newer is None or older is None or run == other:
        raise Http404
    late = [change for one in COUNTED for change in _late(one, newer[1], older[1])]
    whole = [line for one in COUNTED if (line := _whole(code, one, newer[1], older[1]))]
    context = {
        "newer": newer[0],
        "older": older[0],
        "late": late,
        "whole": whole,
        "same_definitions": newer[0].definitions == older[0].definitions,
    }
    crumbs = ((_("Ögonblicksbilder"), reverse("results:snapshots", args=[code])), (_("Skillnad"), ""))
    return frames.draw(request, "knowledge/compare.html", row, "snapshots", context, *crumbs)


def _whole(code: str, one: Indicator, newer: Any, older: Any) -> dict[str, str] | None:
    now, then = _figure(newer, one), _figure(older, one)
    if now is None and then is None:
        return None
    moved = rules.changed(one.kind, now.value(one.kind) if now else None, then.value(one.kind) if then else None)
    return {
        "name": _(one.name),
        "url": reverse("results:indicator", args=[code, one.code]),
        "now": words.value(one, now),
        "then": words.value(one, then),
        "change": words.change(one, moved),
    }


def _figure(told: Mapping[str, Any], one: Indicator) -> Figure | None:
    found: Figure | None = told.get(one.code, {}).get(WHOLE, {}).get(WHOLE)
    return found


def _late(one: Indicator, newer: Any, older: Any) -> list[dict[str, str]]:
    """Months that both tell of and that are no longer the same."""
    if one.kind is Kind.MEDIAN or not one.month:
        return []
    now = newer.get(one.code, {}).get(Dimension.MONTH.value, {})
    then = older.get(one.code, {}).get(Dimension.MONTH.value, {})
    found = []
    for month in sorted(now.keys() & then.keys()):
        if month == "unknown" or now[month].n is None or then[month].n is None or now[month].n == then[month].n:
            continue
        found.append({
            "name": _(one.name), "month": words.group(Dimension.MONTH, month, {}), "then": words.value(one, then[month]),
            "now": words.value(one, now[month]),
            "change": words.change(one, rules.changed(one.kind, now[month].value(one.kind), then[month].value(one.kind))),
        })  # fmt: skip
    return found
