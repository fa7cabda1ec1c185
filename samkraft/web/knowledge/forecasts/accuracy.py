"""How well earlier forecasts held: what they said of each month against what came."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from samkraft.knowledge.actions import forecasts as actions
from samkraft.knowledge.queries import forecasts as queries
from samkraft.knowledge.rules.forecasting import judging
from samkraft.knowledge.rules.forecasting.judging import Judged, Said
from samkraft.partners.rules.roles import Permission, may
from samkraft.web import days, figures
from samkraft.web.acting import page
from samkraft.web.errands import errand
from samkraft.web.knowledge import frames
from samkraft.web.knowledge.forecasts import charts, words

MEASURES = ("work", "started")


@page(needs=Permission.SEE_RESULTS)
def show(request: Any, code: str) -> HttpResponse:
    """Every saying whose day has come. The form asks for what would have been said before."""
    row = frames.initiative(code)
    if request.method == "POST":
        return errand.sent_to(actions.ask_backtest(by=request.by, initiative_id=row.id))
    every = [one for one in queries.listed(row.id) if one.scenario_id is None]
    made = list({(one.run, one.is_backtest): one for one in reversed(every)}.values())  # the newest of each
    happened = {measure: charts.history(row.id, measure) for measure in MEASURES}
    found = judging.judge([said for one in made for said in _said(one)], happened, row.start_date or date.max)
    then = [one for one in found if not one.said.is_backtest]
    later = [one for one in found if one.said.is_backtest]
    context = {
        "then": [_line(one) for one in then],
        "later": [_line(one) for one in later],
        "held_then": _held(judging.held(then)),
        "held_later": _held(judging.held(later)),
        "few": judging.FEW,
        "many": len(queries.listed(row.id)),
        "altered": queries.altered(row.id),
        "may_make": may(request.by.role, Permission.MAKE_FORECASTS) and bool(queries.earlier_runs(row.id)),
    }
    crumbs = ((_("Prognos"), reverse("results:forecasts", args=[code])), (_("Hur prognoserna har hållit"), ""))
    return frames.draw(request, "knowledge/forecasts/accuracy.html", row, "forecasts", context, *crumbs)


def _said(one: queries.ForecastRow) -> list[Said]:
    return [
        Said(one.number, one.known, one.is_backtest, measure, date.fromisoformat(each["day"]), tuple(each[measure]))
        for each in one.result["months"]
        for measure in MEASURES
    ]


def _line(one: Judged) -> dict[str, Any]:
    quantiles = [round(each) for each in one.said.quantiles]
    return {
        "number": one.said.forecast,
        "known": days.dated(one.said.known),
        "measure": _(words.MEASURES[one.said.measure]),
        "day": days.dated(one.said.day),
        "wide": words.wide(quantiles),
        "middle": words.between(quantiles),
        "outcome": figures.number(one.outcome),
        "kind": "ok" if one.is_inside else "overdue",
        "words": _("innanför") if one.is_inside else _("utanför"),
    }


def _held(told: judging.Held | None) -> str:
    if told is None:
        return ""
    said = {
        "inside": figures.number(told.inside), "many": figures.number(told.many), "low": figures.decimal(100 * told.low, 0),
        "high": figures.percent(told.high, 0), "middle": figures.number(told.in_middle),
        "missed": figures.number(round(told.missed)),
    }  # fmt: skip
    text = _(
        "{inside} av {many} utfall hamnade i bandet där nio av tio ska hamna ({low}–{high} med så få), och {middle} i "
        "bandet där hälften ska hamna. Mitten låg i snitt {missed} personer fel."
    ).format(**said)
    if told.simple is None:
        return text
    both = {"simple": figures.number(round(told.simple)), "own": figures.number(round(told.beside))}
    straight = _("Där en rak linje går att dra låg den {simple} fel och prognosen {own}.").format(**both)
    return f"{text} {straight}"
