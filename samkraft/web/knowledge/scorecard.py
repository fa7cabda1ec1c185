"""The scorecard: each item of the theory of change with its target, then everything else that is measured."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from samkraft.initiatives.rules.theory import LEVEL_NAMES, Level
from samkraft.knowledge.queries import forecasts, scorecards
from samkraft.knowledge.rules import scorecards as rules
from samkraft.knowledge.rules.scorecards import Line
from samkraft.partners.rules.roles import Permission
from samkraft.values.wording import phrase
from samkraft.web import exports, figures
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
EXPORTED = ("text", "name", "value", "beside", "target", "change", "forecast")


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
        has_series = one.indicator.code in series if one.indicator else False
        shown[one.item.code] = line(row.code, one, has_series) | {"forecast": landings.get(one.item.code, "")}
    if file := exports.wanted(request):
        lines = [shown[one.item.code] for one in (*card.lines, *card.others)]
        return exports.answer(
            file,
            _("styrkort"),
            HEADS,
            [tuple(one[name] for name in EXPORTED) for one in lines],
        )
    levels = [
        {
            "name": _(LEVEL_NAMES[level]),
            "lines": [shown[one.item.code] for one in card.lines if one.item.level is level],
        }
        for level in reversed(Level)
    ]
    context = {
        "card": card,
        "levels": [level | {"has_forecast": _told(level["lines"])} for level in levels if level["lines"]],
        "others": [shown[one.item.code] for one in card.others],
        "landing": landing,
        "heads": (_("Del av förändringsteorin"), _("Indikator")),
    }
    return frames.draw(request, "knowledge/scorecard.html", row, "scorecard", context, (_("Styrkort"), ""))


def _told(lines: Any) -> bool:
    """Whether the forecast says something of any of them."""
    return any(one["forecast"] for one in lines)


def line(code: str, one: Line, has_series: bool) -> dict[str, Any]:
    """One line in words."""
    measured = one.indicator
    moved = rules.changed(measured.kind, one.value, one.value_before) if measured else None
    missing = _(measured.missing) if measured and measured.missing and not has_series else ""
    return {
        "text": _(one.item.text),
        "name": _(measured.name) if measured else "",
        "url": reverse("results:indicator", args=[code, measured.code]) if measured else "",
        "value": words.value(measured, one.figure) if measured and measured.is_counted else "",
        "beside": words.beside(measured, one.figure) if measured else "",
        "series": bool(measured and not measured.is_counted and has_series),
        "missing": missing,
        "target": words.target(one.item),
        "expected": figures.number(round(one.expected)) if one.expected is not None and one.expected > 1 else "",
        "change": words.change(measured, moved) if measured else "",
        "kind": words.SHAPES[one.standing],
        "standing": _(rules.STANDING_NAMES[one.standing]),
    }
