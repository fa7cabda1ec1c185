"""The steering group's first page: do we reach the goals, what has moved, what needs us, then the evidence."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samkraft.initiatives.queries import duties, teams
from samkraft.initiatives.rules.duties import LABELS, DutyState
from samkraft.knowledge.queries import forecasts, scorecards
from samkraft.knowledge.queries.scorecards import Scorecard
from samkraft.knowledge.rules import scorecards as rules
from samkraft.knowledge.rules.measures import Kind
from samkraft.knowledge.rules.scorecards import Line, Standing
from samkraft.partners.rules.roles import Permission, may
from samkraft.values.period import day_in_stockholm
from samkraft.web import days, figures, shell
from samkraft.web.acting import page
from samkraft.web.charts import trend
from samkraft.web.charts.trend import Curve
from samkraft.web.duties.states import SHAPES as DUTY_SHAPES
from samkraft.web.governance import ahead
from samkraft.web.knowledge import frames, words
from samkraft.web.knowledge.forecasts import charts, forecast, ranked
from samkraft.web.knowledge.forecasts import words as forecast_words

HEADLINE = "to_work_or_studies"
MOST_MOVED, MOST_DUTIES, MOST_RANKED = 6, 4, 3
_ORDER = {Standing.BEHIND: 0, Standing.ON_THE_WAY: 1, Standing.REACHED: 2, Standing.UNKNOWN: 3}


@page(needs=Permission.SEE_RESULTS)
def home(request: Any) -> HttpResponse:
    """On to the initiative with the most participants; a calm page while none has figures."""
    found = scorecards.with_figures()
    if found:
        return redirect("results:show", found[0].code)
    frame = shell.of(request)
    frame.crumbs = [{"label": _("Läget"), "url": ""}]
    may_manage = may(request.by.role, Permission.MANAGE_GOALS)
    return render(request, "knowledge/none.html", {"shell": frame, "may_manage": may_manage})


@page(needs=Permission.SEE_RESULTS)
def show(request: Any, code: str) -> HttpResponse:
    """One initiative."""
    row = frames.initiative(code)
    card = scorecards.scorecard(row.id)
    today = day_in_stockholm(timezone.now())
    goals = sorted(
        (one for one in card.lines if rules.is_goal(one)), key=lambda one: (_ORDER[one.standing], _main(one))
    )
    landing = forecasts.latest(row.id)
    earlier = forecasts.before(landing, row.id) if landing else None
    context = {
        "card": card,
        "landing": landing,
        "landings": forecast_words.sentences(row.code, landing, earlier) if landing else [],
        "ranked": ranked.most(row.code, row.id, landing, count=MOST_RANKED),
        "may_make": may(request.by.role, Permission.MAKE_FORECASTS),
        "makers": forecast.makers(),
        "lead": _lead(card, today),
        "goals": [_sentence(row.code, one, place == 0) for place, one in enumerate(goals)],
        "picture": (forecast.picture(row, landing) if landing else None) or _picture(card),
        "table": _history(card),
        "moved": _moved(row.code, card),
        "duties": _duties(row.id, today) if may(request.by.role, Permission.SEE_DUTIES) else [],
        "others": [one for one in scorecards.with_figures() if one.id != row.id],
        "before": card.before.day if card.before else None,
        "ahead": ahead.of(request.by, row, now=timezone.now()),
    }
    return frames.draw(request, "knowledge/standing.html", row, "show", context)


def _duties(initiative_id: UUID, today: date) -> list[tuple[Any, str, str]]:
    found = duties.of_initiative(initiative_id=initiative_id, today=today)
    left = [duty for duty in found if duty.state is not DutyState.DONE]
    return [(duty, DUTY_SHAPES[duty.state], _(LABELS[duty.state])) for duty in left[:MOST_DUTIES]]


def _main(one: Line) -> int:
    """The headline first, and what is set up after what people reach."""
    if one.indicator is not None and one.indicator.kind is Kind.THINGS:
        return 2
    return 0 if one.indicator and one.indicator.code == HEADLINE else 1


def _lead(card: Scorecard, today: date) -> str:
    if card.snapshot is None:
        return _("Inga siffror än. Ett jobb räknar dem den första natten i varje månad.")
    said = _("Räknat på uppgifter till och med %(day)s") % {"day": days.full(card.snapshot.day)}
    begin, end = card.initiative.start_date, card.initiative.last_day
    if begin and end:
        gone = max(0, (today.year - begin.year) * 12 + today.month - begin.month + 1)
        whole = (end.year - begin.year) * 12 + end.month - begin.month + 1
        months = _("månad %(gone)s av %(whole)s") % {"gone": min(gone, whole), "whole": whole}
        return f"{said} · {months}"
    return said


def _sentence(code: str, one: Line, first: bool) -> dict[str, Any]:
    """A goal in one sentence, with where it stood before. What will be stands in the forecast's own."""
    assert one.indicator is not None
    said = {"goal": one.item.text, "target": words.target(one.item), "value": words.value(one.indicator, one.figure)}
    if one.value is None:
        text = _("{goal}: {value}. Målet är {target}.")
        note = _(one.indicator.missing) if one.indicator.missing else _("För få för att visas, eller ingen uppgift än.")
    elif one.indicator.kind is Kind.COUNT:
        text = _("{goal}: {value} av {target}. Enligt planen borde det vara {expected} i dag.")
        note = ""
    elif one.figure and one.figure.low is None:
        text, note = _("{goal}: {value}. Målet är {target}."), ""
    else:
        text = _("{goal}: {value}, troligen {low}–{high}. Målet är {target}.")
        note = ""
    if one.figure and one.figure.low is not None:
        said |= {"low": figures.decimal(100 * one.figure.low, 0), "high": figures.percent(one.figure.high, 0)}
    if one.expected is not None:
        said["expected"] = figures.number(round(one.expected))
    before = words.value(one.indicator, one.before) if one.value_before is not None else ""
    return {
        "shape": words.SHAPES[one.standing],
        "standing": _(rules.STANDING_NAMES[one.standing]),
        "text": text.format(**said),
        "note": note,
        "before": before,
        "url": reverse("results:indicator", args=[code, one.indicator.code]),
        "headline": first,
    }


def _picture(card: Scorecard) -> trend.Picture | None:
    """The headline goal from the first day to the last: what has come, what the plan says, and the target."""
    line, begin, end = card.line(HEADLINE), card.initiative.start_date, card.initiative.last_day
    if line is None or line.indicator is None or card.snapshot is None or begin is None or end is None:
        return None
    ends = _month_ends(begin, end)
    waves = teams.waves(card.initiative.id)
    target = line.item.target
    plan = [target * scorecards.gone(waves, day, line.indicator.lag_days) for day in ends] if target else []
    known = {day: figure.n for day, figure in scorecards.history(card.initiative.id, HEADLINE) if figure.n is not None}
    known.setdefault(ends[0], 0)
    own = charts.along(ends, known)
    value = line.value
    label = _("%(value)s har gått vidare") % {"value": figures.number(round(value))} if value is not None else ""
    curves = [Curve("own", own, label)]
    if target:
        curves.append(Curve("plan", plan, _("planen: så många som intagen räcker till")))
        curves.append(
            Curve("target", [target] * len(ends), _("mål %(target)s") % {"target": figures.number(round(target))})
        )
    description = _(
        "Till arbete eller studier sedan start, med planen och målet. Tabellen under bilden säger detsamma."
    )
    return trend.draw(
        [days.short_month(day) for day in ends],
        curves,
        told=lambda one: figures.number(round(one)),
        description=description,
        dotted=[place for place, day in enumerate(ends) if day in known],
    )


def _month_ends(begin: date, end: date) -> list[date]:
    found, day = [], begin.replace(day=1)
    while day <= end:
        day = (day + timedelta(days=32)).replace(day=1)
        found.append(day - timedelta(days=1))
    return found


def _history(card: Scorecard) -> list[dict[str, str]]:
    line = card.line(HEADLINE)
    if line is None or line.indicator is None:
        return []
    return [
        {"day": days.dated(day), "value": words.value(line.indicator, figure)}
        for day, figure in scorecards.history(card.initiative.id, HEADLINE)
    ]


def _moved(code: str, card: Scorecard) -> list[dict[str, Any]]:
    """What has moved most since the snapshot before, in parts of what it was."""
    found = []
    for one in (*card.lines, *card.others):
        if one.indicator is None:
            continue
        moved = rules.changed(one.indicator.kind, one.value, one.value_before)
        if not moved or one.value_before is None:
            continue
        better = rules.is_better(one.indicator, moved)
        found.append((
            abs(moved) / max(abs(one.value_before), 0.01),
            {
                "name": _(one.indicator.name),
                "url": reverse("results:indicator", args=[code, one.indicator.code]),
                "change": words.change(one.indicator, moved),
                "kind": {True: "ok", False: "needs", None: "closed"}[better],
                "words": {True: _("bättre"), False: _("sämre"), None: _("varken eller")}[better],
                "value": words.value(one.indicator, one.figure),
            },
        ))  # fmt: skip
    return [row for _size, row in sorted(found, key=lambda pair: -pair[0])[:MOST_MOVED]]
