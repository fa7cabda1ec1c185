"""Run onward from what is known, and sum up as it is kept: ranges, chances, bands by week, what matters most.

People are told in steps of ten, ranges outward, so that two forecasts never tell one person apart; ways of leaving other
than to work or studies are told together. A probability never becomes nought or one: it has the interval that chance leaves it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from samkraft.analysis.queues import quantities, summary
from samkraft.analysis.queues.forecast import prediction
from samkraft.analysis.queues.forecast import state as states
from samkraft.analysis.queues.forecast.prediction import Prediction
from samkraft.analysis.queues.forecast.state import State
from samkraft.analysis.queues.kernel import layout
from samkraft.analysis.queues.pathway import Scenario
from samkraft.knowledge.rules.forecasting import (
    arranging,
    changes,
    estimating,
    lining,
    needing,
    observing,
    resting,
    summing,
)
from samkraft.knowledge.rules.forecasting.arranging import Arranged, Source
from samkraft.knowledge.rules.forecasting.changes import Changes
from samkraft.knowledge.rules.forecasting.estimating import Learnt
from samkraft.knowledge.rules.forecasting.lining import Line
from samkraft.knowledge.rules.forecasting.needing import Need
from samkraft.people.rules.cohort_waits import Rested, Waited
from samkraft.people.rules.cohorts import Cohort
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase

Reals = NDArray[np.float64]
METHOD = 2  # changes when the way of working out does
LAG_DAYS = 7  # what is registered later than that is the exception
FEWEST, MOST, USUAL = 50, 10_000, 1_000
BESIDE = 200  # replications for what stands beside
STEPS = 6  # that are told while it is made

TOO_FEW = Reason(
    "forecast_replications",
    phrase("Antalet repetitioner ska vara mellan {least} och {most}."),
    phrase("1 000 är lagom: då är en sannolikhet säker på några procentenheter när."),
)
TOO_EARLY = Reason(
    "forecast_too_early",
    phrase("Insatsen har inte börjat när uppgifterna slutar ({day})."),
    phrase("Vänta tills en månad av insatsen är över."),
)
OVER = Reason(
    "forecast_of_what_is_over",
    phrase("Insatsen var slut {day}, och allt som skulle räknas har hänt."),
    phrase("Läs utfallet under Läget."),
)


@dataclass(frozen=True)
class Landed:
    """What is kept: the result as JSON, and for each measure its draws in order of replication."""

    result: dict[str, Any]
    draws: dict[str, list[int]]
    state: date


def land(
    arranged: Arranged, tried: Changes, cohort: Cohort, *, known: date, seed: int, replications: int,
    waited: Waited | None = None, rested: Rested | None = None,
    tell: Callable[[int, int], None] = lambda done, total: None, threads: int = 0,
) -> Landed:  # fmt: skip
    """Forecast from what a run of the cohort's job knew at the end of a day. Raises Refused for what cannot be told.

    waited: what participants have joined the lines of, rested: their pauses, known the same day; None: nothing of them.
    """
    if not FEWEST <= replications <= MOST:
        raise Refused(TOO_FEW, least=FEWEST, most=MOST)
    tell(0, STEPS)
    arranged = replace(
        arranged, waves=tuple(wave for wave in arranged.waves if wave.planned or _is_tried(wave.number, tried))
    )
    first = arranging.scenario(arranged, begins=observing.first_day(cohort))
    state = _state(arranged, first, cohort, known)
    paused = resting.learn(cohort, rested, first, state, count=replications, seed=seed) if rested else None
    if paused:
        state = paused[0]
    shapes = estimating.shapes(first, state) if len(cohort) else {}
    base = arranging.scenario(arranged, begins=observing.first_day(cohort), shapes=shapes)
    uneven = observing.unevenness(cohort, base.begins + timedelta(days=int(state.day)))
    learnt = estimating.learn(
        arranged, base, state if len(cohort) else None, count=replications, seed=seed, uneven=uneven
    )
    if paused:
        learnt = resting.added(learnt, paused[1], seed=seed)
        state = resting.placed(state, learnt.scenario)
    tell(1, STEPS)
    future = _future(arranged, tried, learnt, base)
    _somebody(future, state)
    made = _onward(
        future, Source.OWN, learnt, state, seed, replications, threads, detail=tried.activity_places is not None
    )
    day = base.begins + timedelta(days=int(state.day))
    needs = (
        needing.learn(arranged.activities, cohort, waited, state=day, count=replications, seed=seed) if waited else ()
    )
    lined = _lines(arranged, tried, needs, made, day, seed, threads)
    if tried.activities:
        learnt = _waiting_otherwise(learnt, lined, seed=seed, count=replications)
        made = _onward(
            future, Source.OWN, learnt, state, seed, replications, threads, detail=tried.activity_places is not None
        )
    tell(2, STEPS)
    beside = {
        source: _onward(future, source, None, state, seed, min(replications, BESIDE), threads)
        for source in (Source.PLAN, Source.HISTORY)
        if source is Source.PLAN or _has_history(arranged)
    }  # fmt: skip
    tell(3, STEPS)
    swapped = matters(
        arranged, future, learnt, state, seed=seed, replications=min(replications, BESIDE), threads=threads
    )
    tell(5, STEPS)
    result = {
        "method": METHOD, "known": known.isoformat(), "state": day.isoformat(), "seed": seed,
        "replications": replications, "beside_replications": min(replications, BESIDE),
        "end": arranged.ends.isoformat(), "after": arranged.after.isoformat(),
        "goals": [summing.goal(arranged, goal.code, made, beside) for goal in arranged.goals],
        "bands": summing.bands(made), "months": summing.months(made, known), "matters": swapped,
        "estimates": [one.as_json() for one in learnt.estimates],
        "phases": {str(phase.number): phase.name for phase in arranged.phases},
        "activities": [lining.as_json(one, other, summing.quantiles, summing.downward) for one, other in lined],
    }  # fmt: skip
    tell(STEPS, STEPS)
    return Landed(result, summing.draws(arranged, made) | _draws_of_lines(lined), day)


Pair = tuple[Line, Line]


def _lines(
    arranged: Arranged, tried: Changes, needs: Sequence[Need], made: Prediction, day: date, seed: int, threads: int
) -> list[Pair]:
    """Each activity's line with the places that there are, and with those that somebody wants to try."""
    ends = arranged.ends
    if not needs or day >= ends:
        return []
    run = made.run
    weeks = [place for place, week in enumerate(run.network.weeks) if day <= run.network.days[week] < ends]
    enrolled = np.asarray(run.weekly(layout.STOCK)[:, weeks], float)

    def lines(those: Sequence[Need], more: dict[str, int]) -> list[Line]:
        return lining.onward(
            those,
            enrolled,
            begins=day,
            ends=ends,
            more=more,
            more_from=tried.activities_from,
            seed=seed,
            threads=threads,
        )

    more = dict(tried.activities)
    before = lines(needs, {})
    after = {one.need.plan.code: one for one in lines([one for one in needs if one.plan.code in more], more)}
    return [(one, after.get(one.need.plan.code, one)) for one in before]


def _waiting_otherwise(learnt: Learnt, lined: Sequence[Pair], *, seed: int, count: int) -> Learnt:
    """What is learnt, when participants stay as much shorter as they wait shorter in the lines that are tried."""
    made = learnt.scenario
    name = f"days_{min(changes.ACTIVITY_PHASE, len(made.phases))}"
    waves = len(made.intakes)

    def drawn(one: str) -> Reals:
        known = learnt.draws.get(one)
        if known is not None:
            return known[:count]
        return quantities.draw(made.parameters[one], Source.OWN.value, seed=seed, count=count, waves=waves)

    each = {one: drawn(one) for one in made.parameters if one.startswith("days")}
    stay = np.asarray(sum(values.mean(axis=1) for values in each.values()), float)
    longer = lining.shift([one for one, _other in lined], [other for _one, other in lined], stay)
    phase = each[name]
    return replace(learnt, draws={
        **learnt.draws, name: np.maximum(lining.LEAST_STAY * phase, phase + longer[:, None])
    })  # fmt: skip


def _draws_of_lines(lined: Sequence[Pair]) -> dict[str, list[int]]:
    found = {}
    for _one, other in lined:
        code = other.need.plan.code
        found[f"wait:{code}"] = [round(float(days)) for days in other.wait]
        found[f"starts:{code}"] = [int(many) for many in other.starts]
    return found


def _is_tried(number: int, tried: Changes) -> bool:
    return any(one == number and many for one, many in tried.intakes)


def _state(arranged: Arranged, made: Scenario, cohort: Cohort, known: date) -> State:
    since = (known - made.begins).days + 1
    if since - LAG_DAYS <= 0:
        raise Refused(TOO_EARLY, day=known)
    if known >= arranged.after:
        raise Refused(OVER, day=arranged.last_day)
    seen = observing.events(cohort, arranged, made, known=known)
    day = float(since - LAG_DAYS)
    if not (seen.day < day).any():
        return _nobody(made, day, float(since))
    return states.at(made, seen, known=float(since), lag=float(LAG_DAYS))


def _nobody(made: Scenario, day: float, known: float) -> State:
    waves, phases, kinds = len(made.intakes), len(made.phases), len(made.kinds)
    return State(
        day, known, np.zeros((0, 8), np.int32), tuple(np.zeros((0, 2)) for _ in range(phases)),
        np.zeros(waves, np.int64), np.zeros((waves, kinds), np.int64), np.zeros((phases, waves, phases + kinds), np.int64),
    )  # fmt: skip


def _future(arranged: Arranged, tried: Changes, learnt: Learnt, base: Scenario) -> Scenario:
    """The scenario to run: what is learnt about how it goes, in what somebody wants to try."""
    changed = changes.applied(tried, arranged)
    return changes.limited(
        tried,
        replace(
            learnt.scenario,
            teams=arranging.teams(changed),
            intakes=tuple(
                replace(one, people=float(wave.planned)) for one, wave in zip(base.intakes, changed.waves, strict=True)
            ),
        ),
    )


def _somebody(future: Scenario, state: State) -> None:
    day = future.begins + timedelta(days=int(state.day))
    if not len(state.initial) and not any(one.people and one.ends > day for one in future.intakes):
        raise Refused(changes.NOBODY)


def _has_history(arranged: Arranged) -> bool:
    return arranging.history_share(arranged.assumed) is not None


def _onward(
    future: Scenario, source: Source, learnt: Learnt | None, state: State, seed: int, replications: int, threads: int,
    *, detail: bool = False,
) -> Prediction:  # fmt: skip
    found = {name: values[:replications] for name, values in learnt.draws.items()} if learnt else {}
    return prediction.onward(
        future, source.value, state, found, seed=seed, replications=replications, threads=threads, detail=detail
    )


MATTERS = {
    "reach": ("reach",),
    "leaving": ("success", "ends", "drop"),
    "stay": ("days",),
}
MATTER_NAMES = {
    "reach": phrase("hur många av de planerade som börjar"),
    "leaving": phrase("hur stor andel som går till arbete eller studier"),
    "stay": phrase("hur länge deltagarna stannar"),
}


def matters(
    arranged: Arranged,
    future: Scenario,
    learnt: Learnt,
    state: State,
    *,
    seed: int,
    replications: int,
    threads: int = 0,
) -> list[dict[str, Any]]:
    """What the goals would be if one assumption at a time were as the plan says; the largest difference first."""
    if not future.targets:
        return []
    base = _onward(future, Source.OWN, learnt, state, seed, replications, threads)
    found = []
    for code, kinds in MATTERS.items():
        names = [name for name in future.parameters if name.partition("_")[0] in kinds]
        if all(learnt.sources[name] is Source.PLAN for name in names):
            continue
        planned = {name: future.parameters[name].under(Source.PLAN.value) for name in names}
        other = arranging.replaced(future, planned)
        kept = {name: values for name, values in learnt.draws.items() if name not in names}
        run = _onward(other, Source.OWN, replace(learnt, draws=kept), state, seed, replications, threads)
        for target in future.targets:
            before, after = (one.total(target.kinds, target.before) for one in (base, run))
            chance = float(run.reached(target).mean())
            low, high = summary.between(chance, replications)
            found.append({
                "code": code, "target": target.name, "change": summing.people(float((after - before).mean())),
                "probability": round(chance, 4), "low": round(low, 4), "high": round(high, 4),
            })  # fmt: skip
    return sorted(found, key=lambda one: -abs(int(str(one["change"]))))
