"""The scorecard: each item of the theory of change with its target, then everything else that is measured."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from samkraft.initiatives.rules.theory import LEVEL_NAMES, Level
from samkraft.knowledge.queries import forecasts, scorecards
from samkraft.knowledge.queries.scorecards import SeriesRow
from samkraft.knowledge.rules import scorecards as rules
from samkraft.knowledge.rules.measures import Kind
from samkraft.knowledge.rules.scorecards import Line
from samkraft.knowledge.rules.series import Point
from samkraft.partners.rules.roles import Permission
from samkraft.values.wording import phrase
from samkraft.web import days, exports, figures
from samkraft.web.acting import page
from samkraft.web.exports import Head
from samkraft.web.knowledge import frames, words
from samkraft.web.knowledge.forecasts import words as forecast_words

HEADS = (
    Head(phrase("Del av förändringsteorin")),
    Head(phrase("Indikator")),
    Head(phrase("Värde")),
    Head(phrase("Underlag")),
    Head(phrase("Mål")),
    Head(phrase("Ändring")),
    Head(phrase("Prognos")),
)
EXPORTED = ("text", "name", "value", "basis", "target", "change", "forecast")


@page(needs=Permission.SEE_RESULTS)
def show(request: Any, code: str) -> HttpResponse:
    """All of it. `fil` gives the same as a file."""
    row = frames.initiative(code)
    card = scorecards.scorecard(row.id)
    series = scorecards.series(row.id)
    landing = forecasts.latest(row.id)
    landings = forecast_words.column(landing)
    shown = {}
    for one in (*card.lines, *card.others):
        theirs = series.get(one.indicator.code) if one.indicator and not one.indicator.is_counted else None
        shown[one.item.code] = line(row.code, one, theirs) | {"forecast": landings.get(one.item.code, "")}
    if file := exports.wanted(request):
        lines = [shown[one.item.code] for one in (*card.lines, *card.others)]
        return exports.answer(
            file,
            _("styrkort"),
            HEADS,
            [tuple((one | {"basis": one["beside"] or one["why"]})[name] for name in EXPORTED) for one in lines],
        )
    levels = [
        {
            "name": _(LEVEL_NAMES[level]),
            "lines": [shown[one.item.code] for one in card.lines if one.item.level is level],
        }
        for level in reversed(Level)
    ]
    told = any(_told(level["lines"]) for level in levels)  # the same columns at every level, so that they stand in line
    context = {
        "card": card,
        "levels": [level | {"has_forecast": told} for level in levels if level["lines"]],
        "others": [shown[one.item.code] for one in card.others],
        "landing": landing,
        "heads": (_("Del av förändringsteorin"), _("Indikator")),
    }
    return frames.draw(request, "knowledge/scorecard.html", row, "scorecard", context, (_("Styrkort"), ""))


def _told(lines: Any) -> bool:
    """Whether the forecast says something of any of them."""
    return any(one["forecast"] for one in lines)


def line(code: str, one: Line, theirs: SeriesRow | None) -> dict[str, Any]:
    """One line in words. theirs: the series of somebody else that measures it."""
    measured = one.indicator
    moved = rules.changed(measured.kind, one.value, one.value_before) if measured else None
    known = [point for point in theirs.points if point.value is not None] if theirs else []
    told = {
        "value": words.value(measured, one.figure) if measured and measured.is_counted else "",
        "beside": words.beside(measured, one.figure) if measured else "", "why": _why(one, bool(known)),
        "change": words.change(measured, moved) if measured else "",
    } if theirs is None or not known else _series(theirs, known)  # fmt: skip
    standing = rules.direction(one.item, known[0].value or 0, known[-1].value or 0) if known else one.standing
    return told | {
        "text": _(one.item.text),
        "name": _(measured.name) if measured else "",
        "url": reverse("results:indicator", args=[code, measured.code]) if measured else "",
        "target": words.target(one.item),
        "expected": figures.number(round(one.expected)) if one.expected is not None and one.expected > 1 else "",
        "kind": words.SHAPES[standing],
        "standing": _(rules.STANDING_NAMES[standing]),
    }


def _why(one: Line, has_series: bool) -> str:
    """Why there is no figure, and what to do; empty when there is one."""
    if one.indicator is None:
        return _("Inget mäter den. Den som leder insatsen väljer vad under Förändringsteori.")
    if not one.indicator.is_counted:
        return "" if has_series else _(one.indicator.missing)
    return words.why(one.indicator, one.figure)


def _series(theirs: SeriesRow, known: list[Point]) -> dict[str, str]:
    """The newest figure of somebody else's, and how it has moved since their first."""
    write, (first, last) = words.of_kind(Kind.COUNT, theirs.unit), (known[0], known[-1])
    assert first.value is not None
    assert last.value is not None
    said = {"month": _month(last.month), "first": write(first.value), "since": _month(first.month)}
    return {
        "value": write(last.value), "why": "", "change": "",
        "beside": _("%(month)s; %(first)s i %(since)s. Inläst serie, inte en effekt") % said,
    }  # fmt: skip


def _month(month: str) -> str:
    return days.month(date.fromisoformat(f"{month}-01"))
