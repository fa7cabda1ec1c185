"""The theory of change as a picture and a table, and which indicator measures each item."""

from itertools import zip_longest
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samkraft.initiatives.queries import teams, theories
from samkraft.initiatives.queries.theories import TheoryPage
from samkraft.initiatives.rules.theory import CHANGE_NAMES, LEVEL_NAMES, TargetKind, compare
from samkraft.knowledge.actions import bindings
from samkraft.knowledge.queries import scorecards
from samkraft.knowledge.rules.indicators import INDICATORS
from samkraft.knowledge.rules.scorecards import Line
from samkraft.partners.rules.roles import Permission, may
from samkraft.values.period import day_in_stockholm
from samkraft.web.acting import page
from samkraft.web.knowledge import frames, theory_picture, words


@page(needs=Permission.SEE_RESULTS)
def show(request: Any, code: str) -> HttpResponse:
    """Picture first, then the same as a table."""
    row = frames.initiative(code)
    card = scorecards.scorecard(row.id)
    known = {one.item.code: one.item.text for one in card.lines}
    rows = [
        {
            "code": one.item.code, "level": one.item.level, "text": one.item.text, "leads_to": one.item.leads_to,
            "value": _value(one), "kind": words.SHAPES[one.standing] if one.indicator else "",
            "url": reverse("results:indicator", args=[code, one.indicator.code]) if one.indicator else "",
            "level_name": _(LEVEL_NAMES[one.item.level]), "target": words.target(one.item),
            "measured": one.indicator.code if one.indicator else "",
            "indicator": _(one.indicator.name) if one.indicator else "",
            "leads": [known[to] for to in one.item.leads_to if to in known],
        }
        for one in card.lines
    ]  # fmt: skip
    context = {
        "card": card,
        "picture": theory_picture.draw(rows) if rows else None,
        "rows": rows,
        "may_manage": may(request.by.role, Permission.MANAGE_RESULTS),
        "choices": [(one.code, _(one.name)) for one in INDICATORS],
        "may_decide": _may_decide(request, code),
        "versions": _versions(theories.versions(row.id)),
    }
    return frames.draw(request, "knowledge/theory.html", row, "theory", context, (_("Förändringsteori"), ""))


@page(needs=Permission.MANAGE_RESULTS)
def bind(request: Any, code: str) -> HttpResponse:
    """Choose what measures an item."""
    row = frames.initiative(code)
    if request.method == "POST":
        bindings.bind(
            by=request.by,
            initiative_id=row.id,
            item=request.POST.get("item", ""),
            indicator=request.POST.get("indicator", ""),
        )
        messages.success(request, _("Valet är sparat."))
    return redirect("results:theory", code, permanent=False)


def _may_decide(request: Any, code: str) -> bool:
    """Whether the reader leads the initiative."""
    if not may(request.by.role, Permission.MANAGE_TEAMS):
        return False
    today = day_in_stockholm(timezone.now())
    found = teams.page(code, on=today)
    return found is not None and teams.may_lead(request.by, found, on=today)


def _versions(found: list[TheoryPage]) -> list[dict[str, Any]]:
    """Each version with its day, its reason and what differs from the one before."""
    return [
        {
            "one": one,
            "changes": [(_(CHANGE_NAMES[change]), item.text) for change, item in compare(before.items, one.items)]
            if before else [],
        }
        for one, before in zip_longest(found, found[1:])
    ]  # fmt: skip


def _value(one: Line) -> str:
    """What stands in the box: the figure, and its target where it has one."""
    target = words.target(one.item)
    if one.indicator is None or not one.indicator.is_counted:
        return target
    value = words.value(one.indicator, one.figure)
    if one.item.target_kind in (TargetKind.COUNT, TargetKind.SHARE):
        return _("%(value)s, mål %(target)s") % {"value": value, "target": target}
    return value
