"""The gain over first come: unbiased when benefits are estimates, and nothing when they are noise."""

import time
from dataclasses import replace

import numpy as np

from samkraft.analysis.allotment import uncertainty
from samkraft.analysis.allotment.instance import Activity, Instance, Need, Person, Start, Wish

WORLDS = 60


def _world(seed: int, *, spread: float, draws: int = 0) -> tuple[Instance, float]:
    """Forty people, eight activities. True benefits vary with `spread`; each estimate errs by 0.5."""
    random = np.random.default_rng(seed)
    activities = tuple(Activity(f"A{one}", 1, (Start(0, 4),)) for one in range(8))
    truth = spread * random.normal(size=(40, 8))
    shared = random.normal(size=8) if draws else np.zeros(8)
    seen = truth + 0.5 * (
        random.normal(size=(40, 8)) if not draws else (random.normal(size=(40, 8)) + shared) / np.sqrt(2)
    )

    def wish(row: int, column: int) -> Wish:
        if not draws:
            return Wish(f"A{column}", float(seen[row, column]), se=0.5)
        noise = 0.5 * (own[:, row, column] + common[:, column]) / np.sqrt(2)
        noise -= noise.mean()
        return Wish(
            f"A{column}", float(seen[row, column]), draws=tuple(float(one) for one in seen[row, column] + noise)
        )

    own, common = random.normal(size=(max(draws, 1), 40, 8)), random.normal(size=(max(draws, 1), 8))
    people = tuple(Person(f"P{row}", ((Need(tuple(wish(row, column) for column in range(8))),),)) for row in range(40))
    return Instance(1, activities, people), float(truth.std())


def _gains(spread: float, draws: int = 0) -> list[uncertainty.Gain]:
    found = []
    for seed in range(WORLDS):
        instance, _ = _world(seed, spread=spread, draws=draws)
        gain = uncertainty.gain(instance, seconds=5, seed=seed, clock=time.monotonic)
        assert gain is not None
        found.append(gain)
    return found


def test_the_interval_covers_nothing_when_benefits_are_pure_noise() -> None:
    gains = _gains(0.0)
    covered = np.mean([one.low <= 0 <= one.high for one in gains])
    assert covered >= 0.88
    assert abs(np.mean([one.estimate for one in gains])) < 3 * np.mean([one.se for one in gains]) / np.sqrt(WORLDS)


def test_the_interval_covers_nothing_with_draws_whose_errors_are_shared() -> None:
    covered = np.mean([one.low <= 0 <= one.high for one in _gains(0.0, draws=200)])
    assert covered >= 0.88


def test_the_naive_gain_on_the_same_estimates_does_not() -> None:
    """The fault that splitting mends: counted on what chose the plan, noise looks like a gain."""
    from samkraft.analysis.allotment import allotting

    gains = []
    for seed in range(20):
        instance, _ = _world(seed, spread=0.0)
        made = allotting.allot(instance, seconds=5, seed=1, clock=time.monotonic)
        plan, first, _ = allotting.ways(made)
        gains.append(plan.benefit - first.benefit)
    assert min(gains) > 0


def test_a_real_difference_is_seen() -> None:
    gains = _gains(2.0)[:20]
    assert np.mean([one.low > 0 for one in gains]) > 0.9


def test_known_benefits_need_no_interval() -> None:
    instance, _ = _world(1, spread=1.0)
    assert uncertainty.is_estimated(instance)
    known = tuple(
        replace(person, tracks=((Need(tuple(replace(wish, se=0.0) for wish in person.tracks[0][0].wishes)),),))
        for person in instance.people
    )
    assert not uncertainty.is_estimated(replace(instance, people=known))
