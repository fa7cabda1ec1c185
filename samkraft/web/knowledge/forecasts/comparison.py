"""Two forecasts with the same luck, side by side: what the change does, with what is left to chance."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from samkraft.knowledge.queries import forecasts as queries
from samkraft.knowledge.queries.forecasts import ForecastRow
from samkraft.knowledge.rules.forecasting import comparing
from samkraft.knowledge.rules.forecasting.comparing import Gap
from samkraft.partners.rules.roles import Permission
from samkraft.values.refusal import Refused
from samkraft.web import days, figures, refusals
from samkraft.web.acting import page
from samkraft.web.knowledge import frames
from samkraft.web.knowledge.forecasts import words


@page(needs=Permission.SEE_RESULTS)
def show(request: Any, code: str, first_id: UUID, second_id: UUID) -> HttpResponse:
    """The second against the first."""
    row = frames.initiative(code)
    first, second = queries.one(row.id, first_id), queries.one(row.id, second_id)
    if first is None or second is None:
        raise Http404
    lines, why_not = [], None
    try:
        comparing.check(_plain(first), _plain(second))
        targets = {f"{goal['code']}:{_place(n)}": goal["at_least"] for goal in first.result["goals"] for n in (0, 1)}
        found = comparing.gaps(queries.draws(first.id), queries.draws(second.id), targets)
        found.sort(
            key=lambda one: (
                one.measure not in targets,
                list(targets).index(one.measure) if one.measure in targets else 0,
            )
        )
        lines = [_line(one, first) for one in found]
    except Refused as refused:
        why_not = refusals.explain(refused)
    context = {
        "first": (_named(first), reverse("results:forecast", args=[code, first.id]), first),
        "second": (_named(second), reverse("results:forecast", args=[code, second.id]), second),
        "changed": words.changed(second.changes, _arranged(row.id)),
        "lines": lines,
        "why_not": why_not,
    }
    crumbs = ((_("Prognos"), reverse("results:forecasts", args=[code])), (_("Jämförelse"), ""))
    template = "knowledge/forecasts/comparison.html"
    return frames.draw(request, template, row, "forecasts", context, *crumbs, status=409 if why_not else 200)


def _plain(one: ForecastRow) -> dict[str, Any]:
    return {
        "id": one.id, "run": one.run, "replications": one.replications, "result": one.result,
        "assumptions": one.assumptions_id,
    }  # fmt: skip


def _place(number: int) -> str:
    return "after" if number else "end"


def _named(one: ForecastRow) -> str:
    return one.name or _("Som det är arrangerat")


def _arranged(initiative_id: UUID) -> Any:
    try:
        return queries.prepared(initiative_id).arranged
    except Refused:
        return None


def _line(gap: Gap, first: ForecastRow) -> dict[str, Any]:
    said = {"low": figures.signed(round(gap.low)), "high": figures.signed(round(gap.high))}
    chance = gap.chance
    return {
        "name": _measured(gap.measure, first),
        "first": figures.number(round(gap.first)),
        "second": figures.number(round(gap.second)),
        "apart": figures.signed(round(gap.difference)),
        "between": _("%(low)s till %(high)s") % said,
        "is_told": gap.is_told,
        "chances": _chances(chance) if chance else "",
    }


def _chances(gap: Gap) -> str:
    points = {
        "low": figures.signed(round(100 * gap.low)),
        "high": figures.signed(round(100 * gap.high)),
    }
    return _("%(low)s till %(high)s procentenheter") % points


def _measured(measure: str, first: ForecastRow) -> str:
    code, _colon, when = measure.rpartition(":")
    for goal in first.result["goals"]:
        if goal["code"] == code:
            at = goal["at"][1 if when == "after" and len(goal["at"]) > 1 else 0]
            said = {"goal": goal["text"], "day": days.dated(words.day_of(at["before"]))}
            return _("%(goal)s, till och med %(day)s") % said
    return {
        "queue": _("Längsta kön till team"), "waited": _("Månader i väntan på plats, sammanlagt"),
        "stock": _("Inskrivna vid slutet"),
    }.get(measure, measure)  # fmt: skip
