"""What it costs: for each participant, month and outcome, with where every krona stands and what the figures do not say."""

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from samkraft.initiatives.rules import staffing
from samkraft.knowledge.queries import costs, studies
from samkraft.knowledge.rules.costs import Costs
from samkraft.knowledge.rules.studies.stages import Kind
from samkraft.partners.rules.roles import Permission
from samkraft.values.refusal import Refused
from samkraft.values.wording import phrase
from samkraft.web import acting, days, exports, figures, refusals
from samkraft.web.acting import page
from samkraft.web.charts import trend
from samkraft.web.charts.trend import Curve
from samkraft.web.exports import Head
from samkraft.web.knowledge import frames
from samkraft.web.knowledge.forecasts import charts
from samkraft.web.knowledge.studies import words

HEADS = (Head(phrase("Månad"), "date"), Head(phrase("Kostnad, öre"), "number"), Head(phrase("Inskrivna"), "number"),
         Head(phrase("Per inskriven, öre"), "number"))  # fmt: skip


@page(needs=Permission.SEE_RESULTS)
def show(request: Any, code: str) -> HttpResponse:
    """The page; `fil` gives the months as a file."""
    row = frames.initiative(code)
    told = costs.told(row)
    if told.costs and (file := exports.wanted(request)):
        lines = [(one.month, one.costs_ore, one.in_stock, one.each_ore) for one in told.costs.months]
        return exports.answer(file, _("Kostnad per månad"), HEADS, lines)
    context = {
        "told": told.costs, "refusal": _why_not(told), "sources": [_source(request, one) for one in told.projects],
        "rows": _rows(code, told.costs) if told.costs else [], "found": _found(row.id, code),
        "period": _period(told.costs) if told.costs else "", "picture": _picture(told.costs) if told.costs else None,
    }  # fmt: skip
    return frames.draw(request, "knowledge/costs.html", row, "costs", context, (_("Kostnad"), ""))


def _why_not(told: costs.Told) -> refusals.Explanation | None:
    return refusals.explain(Refused(told.refused[0], **told.refused[1])) if told.refused else None


def _source(request: Any, one: Any) -> dict[str, str]:
    url = reverse("eu:project", args=[one.code])
    return {"name": one.name, "url": url if acting.opens(request.by.role, url) else "", "owner": one.owner}


def _period(found: Costs) -> str:
    return _("%(first)s till och med %(last)s") % {
        "first": days.month(found.first_month), "last": days.full(found.people.day),
    }  # fmt: skip


def _picture(found: Costs) -> trend.Picture | None:
    """What each enrolled person has cost month by month; none while fewer than two months can be told."""
    known = {one.month.replace(day=1): one.each_ore for one in found.months if one.each_ore is not None}
    if len(known) < 2:
        return None
    places = staffing.months(min(known), max(known) + timedelta(days=1))
    return trend.draw(
        [days.short_month(one) for one in places],
        [Curve("own", charts.along(places, known), _("per inskriven"))],
        told=lambda value: figures.number(round(value / 100, -2)),  # whole hundreds of kronor; the heading has the unit
        description=_("Kronor per inskriven, månad för månad. Tabellen under bilden säger detsamma."),
        dotted=[place for place, one in enumerate(places) if one in known],
    )


def _rows(code: str, found: Costs) -> list[dict[str, Any]]:
    """Each figure, what it is divided by, and the page that it opens to."""
    people = found.people

    def indicator(name: str) -> str:
        return reverse("results:indicator", args=[code, name])

    interval = ""
    if found.low_ore is not None and found.high_ore is not None:
        interval = _("osäkerhet %(low)s till %(high)s") % {
            "low": figures.kronor(_whole(found.low_ore)), "high": figures.kronor(_whole(found.high_ore)),
        }  # fmt: skip
    return [
        {
            "name": _("Per deltagare"), "ore": _whole(found.participant_ore), "among": people.participants.n,
            "url": indicator("participants"), "of": _("har skrivits in"), "note": _("kostnader delade med alla som har börjat"),
        },
        {
            "name": _("Per deltagare, med deltagarersättning"), "ore": _whole(found.participant_with_compensation_ore),
            "among": people.participants.n, "url": indicator("participants"), "of": _("har skrivits in"),
            "note": _("ersättningen är stöd som personen hade fått ändå, men räknas som finansiering"),
        },
        {
            "name": _("Per person till arbete eller studier"), "ore": _whole(found.outcome_ore), "among": people.outcomes.n,
            "url": indicator("to_work_or_studies"), "of": _("har gått till arbete eller studier"), "note": interval,
        },
    ]  # fmt: skip


def _whole(ore: int | None) -> int | None:
    """Öre as whole hundreds of kronor: the figure carries no more."""
    return None if ore is None else round(ore, -4)


def _found(initiative_id: Any, code: str) -> list[dict[str, str]]:
    """What studies have found of effect, to be read beside what an outcome costs."""
    return [
        {
            "title": one.registration.title, "url": reverse("results:study", args=[code, one.number]),
            "found": words.headline(published.content["figures"], one.registration),
        }
        for one in studies.listed(initiative_id)
        if (published := one.held.last(Kind.PUBLISHED)) is not None
    ]  # fmt: skip
