"""The rows behind a figure about what is set up or made: teams, deliveries, versions, and to whom they were spread."""

from datetime import timedelta
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samkraft.knowledge.queries import scorecards
from samkraft.knowledge.queries import things as asked
from samkraft.knowledge.rules.groups import Dimension
from samkraft.knowledge.rules.indicators import BY_CODE
from samkraft.knowledge.rules.measures import Indicator, Kind
from samkraft.knowledge.rules.things import DELIVERIES, SPREAD, TEAMS, Thing
from samkraft.partners.rules.roles import Permission
from samkraft.values.period import day_in_stockholm
from samkraft.values.wording import phrase
from samkraft.web import exports
from samkraft.web.acting import opens, page
from samkraft.web.exports import Head
from samkraft.web.knowledge import frames, words

HEADS = (Head(phrase("Vad")), Head(phrase("Vem")), Head(phrase("Dag"), "date"), Head(phrase("Räknas")))
DAYS = {TEAMS: phrase("Finns sedan"), DELIVERIES: phrase("Senast"), SPREAD: phrase("Dag")}
"""What the day of a row is; a version's is the day of its decision."""
COUNTED = {
    TEAMS: (phrase("alla parter har någon på plats"), phrase("någon part saknas")),
    DELIVERIES: (phrase("har kommit"), phrase("har inte kommit")),
    SPREAD: (phrase("räknas"), phrase("har räknats förut")),
}

LEFT = {TEAMS: "needs", DELIVERIES: "overdue"}


@page(needs=Permission.SEE_RESULTS)
def show(request: Any, code: str, indicator_code: str) -> HttpResponse:
    """Query: `delat` and `grupp` one group only, `fil` the same as a file."""
    row, one = frames.initiative(code), BY_CODE.get(indicator_code)
    if one is None or one.kind is not Kind.THINGS:
        raise Http404
    card = scorecards.scorecard(row.id)
    until = card.snapshot.day if card.snapshot else day_in_stockholm(timezone.now()) - timedelta(days=1)
    names = words.names(one)
    dimension, group = _group(request, one)
    listed = [each for each in asked.rows(row.id, one.code, until=until) if _is_inside(each, dimension, group)]
    if file := exports.wanted(request):
        lines = [(each.name, names.get(str(each.body), ""), each.day, _counted(one, each)) for each in listed]
        return exports.answer(file, one.name, HEADS, lines)
    figure = card.told.get(one.code, {}).get("all", {}).get("all")
    context = {
        "card": card, "one": one, "name": _(one.name), "meaning": _(one.meaning), "until": until,
        "rows": [_row(request, code, one, each, names) for each in listed],
        "counted": sum(each.counted for each in listed), "whole": words.value(one, figure), "beside": words.beside(one, figure),
        "missing": _(one.missing) if one.missing else "", "day_name": _(DAYS.get(one.code, phrase("Beslutad"))),
        "has_body": one.code == DELIVERIES, "has_rest": one.code in COUNTED,
        "group": words.group(dimension, group, names) if dimension else "",
    }  # fmt: skip
    return frames.draw(request, "knowledge/things.html", row, "scorecard", context,
                       (_("Styrkort"), reverse("results:scorecard", args=[code])),
                       (_(one.name), reverse("results:indicator", args=[code, one.code])), (_("Uppgifterna"), ""))  # fmt: skip


def _group(request: Any, one: Indicator) -> tuple[Dimension | None, str]:
    """Teams are there in many months and hold several bodies, so they are not narrowed."""
    asked_for, group = request.GET.get("delat", ""), request.GET.get("grupp", "")
    if one.code == TEAMS or not group or asked_for not in one.splits:
        return None, ""
    return Dimension(asked_for), group


def _is_inside(each: Thing, dimension: Dimension | None, group: str) -> bool:
    if dimension is Dimension.MONTH:
        return each.day is not None and f"{each.day:%Y-%m}" == group
    return dimension is None or str(each.body) == group


def _row(request: Any, code: str, one: Indicator, each: Thing, names: dict[str, str]) -> dict[str, Any]:
    url = _address(code, one, each)
    return {
        "name": each.name, "body": names.get(str(each.body), "") if each.body else "", "day": each.day,
        "counted": each.counted, "told": _counted(one, each), "kind": "ok" if each.counted else LEFT.get(one.code, "closed"),
        "url": url if url and opens(request.by.role, url) else "",
    }  # fmt: skip


def _counted(one: Indicator, each: Thing) -> str:
    return _(COUNTED[one.code][0 if each.counted else 1]) if one.code in COUNTED else ""


def _address(code: str, one: Indicator, each: Thing) -> str:
    if one.code == TEAMS:
        return reverse("teams:team", args=[code, int(each.key)])
    if one.code == DELIVERIES:
        return reverse("duties:duty", args=[each.key])
    if one.code == SPREAD:
        return reverse("governance:spread", args=[code])
    return reverse("governance:handbook_version", args=[code, each.key])
