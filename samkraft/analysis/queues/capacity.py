"""The cheapest change that keeps waiting short: more teams, more places in each, or a smaller intake.

More room and fewer people never make anybody wait longer, so what is too little rules out everything smaller, and the
candidates are tried in order of cost until one holds.
"""

import dataclasses
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from samkraft.analysis.queues import simulation, summary
from samkraft.analysis.queues.kernel import layout
from samkraft.analysis.queues.pathway import Scenario, Search
from samkraft.analysis.queues.simulation import Run
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase, spoken

FEW = 0.05  # the share that may wait longer than the limit
STEPS = 10  # into how many parts the largest change of each kind is divided

NO_TEAMS = Reason("search_without_teams", phrase("Scenariot har inga team, så ingen väntar på plats i team."))
NOTHING_HOLDS = Reason(
    "no_change_is_enough",
    phrase(
        "Ingen av de ändringar som provades räcker: inte ens {teams} team till, {places} "
        "platser till i varje och {cut} procent mindre intag."
    ),
    phrase("Höj gränsen, eller tillåt större ändringar i [search]."),
)


@dataclass(frozen=True, slots=True)
class Change:
    """Teams more, places more in every team, and the share of the intake that is taken away."""

    teams: int
    places: int
    cut: float


@dataclass(frozen=True, slots=True)
class Found:
    """The cheapest change that holds, how likely it holds, what it costs, and how many were tried."""

    change: Change
    cost: float
    chance: summary.Chance
    tried: int


def cheapest(
    scenario: Scenario, assumption: str, *, limit_days: float, sure: float, seed: int, replications: int, threads: int = 0
) -> Found:  # fmt: skip
    """Search. At most 5 per cent may wait longer than the limit, in a share `sure` of the replications, surely.

    "Surely": the lower end of the Monte Carlo interval is at least `sure`. Raises Refused when nothing is enough.
    """
    if not scenario.teams:
        raise Refused(NO_TEAMS)
    too_little: list[Change] = []
    tried = 0
    for change in candidates(scenario):
        if any(_smaller(change, known) for known in too_little):
            continue
        tried += 1
        run = simulation.run(
            changed(scenario, change), assumption, seed=seed, replications=replications, threads=threads, detail=False
        )
        chance = summary.chance(run, spoken("väntan är kort"), short_waits(run, limit_days))
        if chance.low >= sure:
            return Found(change, cost(scenario, change), chance, tried)
        too_little.append(change)
    search = scenario.search
    raise Refused(NOTHING_HOLDS, teams=search.most_teams, places=search.most_places, cut=round(100 * search.most_cut))


def candidates(scenario: Scenario) -> list[Change]:
    """Every combination of steps, cheapest first."""
    search = scenario.search
    teams = range(search.most_teams + 1)
    places = sorted({round(search.most_places * n / STEPS) for n in range(STEPS + 1)})
    cuts = sorted({round(search.most_cut * n / STEPS, 6) for n in range(STEPS + 1)})
    made = [Change(*parts) for parts in product(teams, places, cuts)]
    return sorted(made, key=lambda change: (cost(scenario, change), change.cut, change.teams))


def cost(scenario: Scenario, change: Change) -> float:
    """What a change costs, in the units of the scenario's [search]."""
    search: Search = scenario.search
    teams = sum(group.number for group in scenario.teams) + change.teams
    people = sum(
        one.people * ((one.ends - one.begins).days / 7 if one.spread == "stream" else 1) for one in scenario.intakes
    )
    return (
        change.teams * search.team_cost + change.places * teams * search.place_cost + change.cut * people * search.person_cost
    )  # fmt: skip


def changed(scenario: Scenario, change: Change) -> Scenario:
    """The scenario with the change: new teams are like the first, and stay open."""
    groups = tuple(dataclasses.replace(group, places=group.places + change.places) for group in scenario.teams)
    if change.teams:
        new = dataclasses.replace(groups[0], name="nya team", number=change.teams, closes=None)
        groups = (*groups, new)
    intakes = tuple(dataclasses.replace(one, people=one.people * (1 - change.cut)) for one in scenario.intakes)
    return dataclasses.replace(scenario, teams=groups, intakes=intakes)


def short_waits(run: Run, limit_days: float) -> NDArray[np.bool_]:
    """(R,) whether at most 5 per cent waited longer; who still waits at the end, or gave up, counts as longer."""
    last = run.network.days[-1]
    waited = run.waits[:, int(limit_days) + 1 :].sum(axis=1)
    longer = waited + run.at(last, layout.QUEUE) + run.at(last, layout.GAVE_UP)
    return np.asarray(longer <= FEW * np.maximum(1, run.at(last, layout.ARRIVED)))


def _smaller(change: Change, known: Change) -> bool:
    return change.teams <= known.teams and change.places <= known.places and change.cut <= known.cut
