"""Two forecasts with the same luck, side by side: what the change does, with what is left to chance."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from samkraft.knowledge.queries import forecasts as queries
from samkraft.knowledge.queries.forecasts import ForecastRow
from samkraft.partners.rules.roles import Permission
from samkraft.values.refusal import Refused
from samkraft.web import days, figures, refusals
from samkraft.web.acting import page
from samkraft.web.charts import trend
from samkraft.web.charts.trend import Band, Curve, Picture
from samkraft.web.knowledge import frames
from samkraft.web.knowledge.forecasts import gaps, words


@page(needs=Permission.SEE_RESULTS)
def choose(request: Any, code: str) -> HttpResponse:
    """The two that were chosen in the list, on a page of their own."""
    row = frames.initiative(code)
    chosen = [_one(row.id, request.GET.get(name, "")) for name in ("en", "annan")]
    first, second = chosen
    if first is None or second is None:
        messages.info(request, _("Välj två att jämföra."))
        return redirect("results:forecasts", code)
    return redirect("results:forecast_against", code, first.id, second.id)


def _one(initiative_id: UUID, text: str) -> ForecastRow | None:
    try:
        return queries.one(initiative_id, UUID(text))
    except ValueError:
        return None


@page(needs=Permission.SEE_RESULTS)
def show(request: Any, code: str, first_id: UUID, second_id: UUID) -> HttpResponse:
    """The second against the first."""
    row = frames.initiative(code)
    first, second = queries.one(row.id, first_id), queries.one(row.id, second_id)
    if first is None or second is None:
        raise Http404
    lines, why_not = [], None
    try:
        lines = gaps.lines(first, second)
    except Refused as refused:
        why_not = refusals.explain(refused)
    arranged = _arranged(row.id)
    context = {
        "first": (_named(first), reverse("results:forecast", args=[code, first.id]), first),
        "second": (_named(second), reverse("results:forecast", args=[code, second.id]), second),
        "changed_first": words.changed(first.changes, arranged), "changed": words.changed(second.changes, arranged),
        "lines": lines, "goals": gaps.goals(lines), "picture": None if why_not else _picture(first, second),
        "has_lines": any(not one.is_goal for one in lines), "why_not": why_not,
        "turned": reverse("results:forecast_against", args=[code, second.id, first.id]),
    }  # fmt: skip
    crumbs = ((_("Prognos"), reverse("results:forecasts", args=[code])), (_("Jämförelse"), ""))
    template = "knowledge/forecasts/comparison.html"
    return frames.draw(request, template, row, "forecasts", context, *crumbs, status=409 if why_not else 200)


def _named(one: ForecastRow) -> str:
    return one.name or _("Som det är arrangerat")


def _arranged(initiative_id: UUID) -> Any:
    try:
        return queries.prepared(initiative_id).arranged
    except Refused:
        return None


def _picture(first: ForecastRow, second: ForecastRow) -> Picture | None:
    """The first goal month by month in both: a dashed line for the first, the other with its band."""
    told = {one["day"]: one["work"] for one in first.result["months"]}
    months = [one for one in second.result["months"] if one["day"] in told]
    if len(months) < 2:
        return None
    ends = [date.fromisoformat(one["day"]) for one in months]
    before, after = [told[one["day"]] for one in months], [one["work"] for one in months]

    def named(row: ForecastRow, values: list[int]) -> str:
        return _("%(value)s %(name)s") % {"value": figures.number(values[2]), "name": _short(row)}

    return trend.draw(
        [days.short_month(day) for day in ends],
        [
            Curve("other", [float(one[2]) for one in before], named(first, before[-1])),
            Curve("forecast", [float(one[2]) for one in after], named(second, after[-1])),
        ],
        told=lambda value: figures.number(round(value)),
        description=_("Till arbete eller studier, månad för månad: mitten i båda, och det band där den andra troligen hamnar."),
        band=Band([float(one[1]) for one in after], [float(one[3]) for one in after], ""),
    )  # fmt: skip


def _short(one: ForecastRow) -> str:
    return _("med ändring") if one.scenario_id else _("i dag")
