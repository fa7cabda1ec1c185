"""Two scenarios on common random numbers: everybody has the same luck in both, and what differs is the change."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from samkraft.analysis.queues import simulation, summary
from samkraft.analysis.queues.kernel import layout
from samkraft.analysis.queues.pathway import Scenario
from samkraft.analysis.queues.simulation import Run
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase, spoken

NORMAL_95 = 1.959963984540054

NOT_COMPARABLE = Reason(
    "scenarios_not_comparable",
    phrase("Scenarierna går inte att jämföra: {why}."),
    phrase("Jämför två scenarier med samma start, slut, antaganden och sätt att gå ut."),
)


@dataclass(frozen=True, slots=True)
class Difference:
    """Second minus first. `low` and `high` hold the mean difference with 95 per cent; `apart` is how much narrower that
    is than without common random numbers (variance ratio; nan when nothing varies)."""

    name: str
    first: float
    second: float
    difference: float
    low: float
    high: float
    apart: float


def compare(
    first: Scenario, second: Scenario, assumption: str, *, seed: int, replications: int, threads: int = 0
) -> list[Difference]:  # fmt: skip
    """Run both with the same seed and compare totals. Raises Refused when they do not measure the same things."""
    _must_match(first, second)
    runs = [
        simulation.run(one, assumption, seed=seed, replications=replications, threads=threads, detail=False)
        for one in (first, second)
    ]
    return [difference(name, a, b, is_chance=chance) for name, a, b, chance in _measures(*runs)]


def difference(name: str, a: NDArray[np.float64], b: NDArray[np.float64], *, is_chance: bool = False) -> Difference:
    """The mean of b − a over replications that share their luck; pairs with the same parameters count as one.

    Of a chance the interval is never narrower than 3/n either way: that all agree does not make it certain.
    """
    whole = len(a) // simulation.ALIKE * simulation.ALIKE
    gaps = (b - a)[:whole].reshape(-1, simulation.ALIKE).mean(axis=1)
    middle = float(gaps.mean())
    half = NORMAL_95 * float(gaps.std(ddof=1)) / np.sqrt(len(gaps))
    if is_chance:
        half = max(half, 3 / len(gaps))
    alone = float(a.var(ddof=1) + b.var(ddof=1))
    apart = float((b - a).var(ddof=1)) / alone if alone > 0 else float("nan")
    return Difference(name, float(a.mean()), float(b.mean()), middle, middle - half, middle + half, apart)


def _must_match(first: Scenario, second: Scenario) -> None:
    for words, a, b in (
        (phrase("de börjar olika dagar"), first.begins, second.begins),
        (phrase("de slutar olika dagar"), first.ends, second.ends),
        (phrase("de har olika antaganden"), first.assumptions, second.assumptions),
        (phrase("man går ut på olika sätt"), sorted(first.kinds), sorted(second.kinds)),
    ):
        if a != b:
            raise Refused(NOT_COMPARABLE, why=spoken(words))


def _measures(first: Run, second: Run) -> list[tuple[str, NDArray[np.float64], NDArray[np.float64], bool]]:
    last = first.network.days[-1]

    def of(run: Run, column: int) -> NDArray[np.float64]:
        return run.at(last, column).astype(float)

    made = [
        (spoken("har börjat"), of(first, layout.STARTED), of(second, layout.STARTED), False),
        (spoken("dagar i kö, sammanlagt"), of(first, layout.WAITED), of(second, layout.WAITED), False),
        (spoken("andel som väntat länge på plats"), summary.long_waits(first), summary.long_waits(second), False),
        (
            spoken("högsta kö till team"),
            *(run.weekly(layout.QUEUE).max(axis=1).astype(float) for run in (first, second)),
            False,
        ),
    ]
    for kind in first.scenario.kinds:
        made.append((summary.out_to(kind), *(of(run, run.exit_columns((kind,))[0]) for run in (first, second)), False))
    known = {target.name: target for target in second.scenario.targets}
    for target in first.scenario.targets:
        if target.name in known:
            hits = summary.reached(first, target), summary.reached(second, known[target.name])
            name = spoken("sannolikhet: {target}", target=target.name)
            made.append((name, hits[0].astype(float), hits[1].astype(float), True))
    return made
