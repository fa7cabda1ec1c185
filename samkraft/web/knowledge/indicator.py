"""One indicator: what it means, how it has gone, how it differs between groups, and whom it is about for those who may see."""

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from samkraft.knowledge.queries import scorecards
from samkraft.knowledge.queries.scorecards import Scorecard, SeriesRow
from samkraft.knowledge.rules import control, groups
from samkraft.knowledge.rules import series as series_rules
from samkraft.knowledge.rules.control import Chart
from samkraft.knowledge.rules.figures import Figure
from samkraft.knowledge.rules.groups import Dimension
from samkraft.knowledge.rules.indicators import BY_CODE, COUNTED
from samkraft.knowledge.rules.measures import Indicator, Kind
from samkraft.partners.rules.roles import Permission, may
from samkraft.values.wording import phrase
from samkraft.web import days, exports, figures
from samkraft.web.acting import page
from samkraft.web.charts import trend
from samkraft.web.charts.trend import Band, Curve
from samkraft.web.exports import Head
from samkraft.web.knowledge import behind, frames, group_bars, words
from samkraft.web.knowledge.group_bars import Bar

HEADS = (Head(phrase("Uppdelning")), Head(phrase("Grupp")), Head(phrase("Värde")), Head(phrase("Underlag")))
_WITHOUT = (groups.UNKNOWN,)


@page(needs=Permission.SEE_RESULTS)
def show(request: Any, code: str, indicator_code: str) -> HttpResponse:
    """The page. `fil` gives its groups as a file; `delat` chooses what it is split by."""
    row = frames.initiative(code)
    one = BY_CODE.get(indicator_code)
    if one is None:
        raise Http404
    card = scorecards.scorecard(row.id)
    told, names = card.told.get(one.code, {}), words.names(one)
    if file := exports.wanted(request):
        return exports.answer(file, one.name, HEADS, _file(one, told, names))
    beside = scorecards.series(row.id).get(one.code)
    chart = _chart(one, told, card)
    line = card.line(one.code)
    splits = [dimension for dimension in Dimension if dimension is not Dimension.MONTH and dimension in told]
    chosen = next((each for each in splits if each == request.GET.get("delat")), splits[0] if splits else Dimension.SEX)
    split, by_month = _groups(one, told, chosen, names), _months(one, told, chart)
    behind.link(request, code, one, chosen, split)
    behind.link(request, code, one, Dimension.MONTH, by_month)
    context = {
        "card": card, "one": one, "name": _(one.name), "meaning": _(one.meaning), "source": _(one.source),
        "missing": _(one.missing) if one.missing and beside is None and not one.is_counted else "",
        "value": words.value(one, line.figure) if line and one.is_counted else "",
        "beside": words.beside(one, line.figure) if line else "", "target": words.target(line.item) if line else "",
        "why": words.why(one, line.figure) if line and one.is_counted and card.snapshot else "",
        "splits": [
            {"label": words.dimension(one, each), "url": f"?delat={each.value}#delat", "current": each is chosen, "count": None}
            for each in splits
        ],
        "chosen": words.dimension(one, chosen), "is_of_people": bool(one.population), "groups": split,
        "bars": _bars(one, told, chosen, names), "trend": _trend(one, chart, told, beside),
        "months": by_month, "chart": chart, "alarm": figures.percent(control.FALSE_ALARM, 0),
        "deviations": figures.decimal(chart.deviations, 1) if chart else "", "outside": _outside(chart, names),
        "series": beside, "gaps": words.months(series_rules.gaps(beside.points)) if beside else "",
        "series_rows": [(words.months([point.month]), _series_value(beside, point.value)) for point in beside.points]
        if beside else [],
        "history": [
            (day, words.value(one, figure)) for day, figure in reversed(scorecards.history(row.id, one.code))
        ] if one.is_counted else [],
        "board": _board(request, one), "drill": behind.address(request, code, one),
    }  # fmt: skip
    return frames.draw(request, "knowledge/indicator.html", row, "scorecard", context,
                       (_("Styrkort"), reverse("results:scorecard", args=[code])), (_(one.name), ""))  # fmt: skip


def _board(request: Any, one: Indicator) -> str:
    """The caseload's own filter, or the rows themselves, for those who work with people; empty for others."""
    if one.code == "study_plans" and may(request.by.role, Permission.SEE_CASELOAD):
        return reverse("people:study_plans")
    if not one.board_filter or not may(request.by.role, Permission.SEE_CASELOAD):
        return ""
    return f"{reverse('people:board')}?visa={one.board_filter}"


def _groups(one: Indicator, told: Any, dimension: Dimension, names: dict[str, str]) -> list[dict[str, str]]:
    found = told.get(dimension.value, {})
    return [
        {"group": group, "name": words.group(dimension, group, names), "value": words.value(one, figure),
         "beside": words.beside(one, figure)}
        for group, figure in found.items()
        if not _is_empty(figure, group)
    ]  # fmt: skip


def _is_empty(figure: Figure, group: str) -> bool:
    """A group that there is nobody in, and that there need not be."""
    return group in (groups.UNKNOWN, "other") and not figure.n and figure.of in (0, None) and figure.n is not None


def _bars(one: Indicator, told: Any, dimension: Dimension, names: dict[str, str]) -> group_bars.Picture | None:
    bars = [
        Bar(
            words.group(dimension, group, names),
            words.value(one, figure),
            figure.value(one.kind),
            figure.low,
            figure.high,
        )
        for group, figure in told.get(dimension.value, {}).items()
        if not _is_empty(figure, group)
    ]
    described = _("%(name)s: %(split)s. Tabellen bredvid säger detsamma.")
    return group_bars.draw(
        bars, description=described % {"name": _(one.name), "split": words.dimension(one, dimension)}
    )


def _monthly(told: Any) -> list[tuple[str, Figure]]:
    return [(month, figure) for month, figure in told.get(Dimension.MONTH.value, {}).items() if month not in _WITHOUT]


def _chart(one: Indicator, told: Any, card: Scorecard) -> Chart | None:
    if not one.month or card.snapshot is None:
        return None
    months = [(month, figure.n, figure.of) for month, figure in _monthly(told)]
    looked_at = sum(
        len(_monthly(card.told.get(each.code, {}))) for each in COUNTED if each.month and each.kind is not Kind.MEDIAN
    )
    return control.draw(one.kind, months, looked_at)


def _trend(one: Indicator, chart: Chart | None, told: Any, beside: SeriesRow | None) -> trend.Picture | None:
    """Month by month, with limits and what others publish beside it."""
    own = {month: figure.value(one.kind) for month, figure in _monthly(told)}
    other = {point.month: point.value for point in beside.points} if beside else {}
    places = sorted({*own, *other})
    if sum(value is not None for value in (*own.values(), *other.values())) < 2:
        return None
    limits = {point.month: point for point in chart.points} if chart else {}
    curves = [Curve("own", [own.get(month) for month in places], _("här"))] if own else []
    if beside:
        curves.append(
            Curve(
                "other", [other.get(month) for month in places], _("%(name)s, inte en effekt") % {"name": beside.name}
            )
        )
    band = None
    if chart and chart.centre is not None:
        low = [limits[month].low if month in limits else None for month in places]
        high = [limits[month].high if month in limits else None for month in places]
        band = Band(low, high, "")
    outside = [place for place, month in enumerate(places) if month in limits and limits[month].is_outside]
    return trend.draw(
        [days.short_month(date.fromisoformat(f"{month}-01")) for month in places],
        curves,
        told=words.of_kind(one.kind, beside.unit if beside and not own else ""),
        description=_("%(name)s månad för månad. Tabellen under bilden säger detsamma.") % {"name": _(one.name)},
        band=band,
        outside=outside,
        most=1.0 if one.kind is Kind.SHARE else None,
    )


def _months(one: Indicator, told: Any, chart: Chart | None) -> list[dict[str, Any]]:
    limits = {point.month: point for point in chart.points} if chart else {}
    write = words.of_kind(one.kind)
    found = []
    for month, figure in _monthly(told):
        limit = limits.get(month)
        low, high = (limit.low, limit.high) if limit else (None, None)
        found.append({
            "group": month, "name": words.group(Dimension.MONTH, month, {}), "value": words.value(one, figure),
            "beside": words.beside(one, figure),
            "limits": "" if low is None or high is None else f"{write(low)}–{write(high)}",
            "is_outside": bool(limit and limit.is_outside),
        })  # fmt: skip
    return found


def _outside(chart: Chart | None, names: dict[str, str]) -> list[str]:
    return (
        [words.group(Dimension.MONTH, point.month, names) for point in chart.points if point.is_outside]
        if chart
        else []
    )


def _series_value(row: SeriesRow, value: float | None) -> str:
    return _("saknas") if value is None else words.of_kind(Kind.COUNT, row.unit)(value)


def _file(one: Indicator, told: Any, names: dict[str, str]) -> list[tuple[str, ...]]:
    return [
        (
            words.dimension(one, dimension), words.group(dimension, group, names), words.value(one, figure),
            words.beside(one, figure),
        )
        for dimension in Dimension
        for group, figure in told.get(dimension.value, {}).items()
    ]  # fmt: skip
