"""Made-up studies whose true effect is known, for tests, proofs and examples. Every one takes a generator.

Nobody in them is anybody: names of columns are those of the field, values are drawn.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from samkraft.analysis.effects.passes import Floats


@dataclass(frozen=True, slots=True)
class World:
    """columns by name (n each), and the effect that is true in it."""

    columns: dict[str, Any]
    effect: float
    also: dict[str, float] = field(default_factory=dict)


def confounded(lot: np.random.Generator, n: int = 1000, effect: float = 1.0) -> World:
    """Who takes part depends on age and need, which also move the outcome. Both models that adjust are right.

    The effect is the same for all: `effect`. Unadjusted, the difference is about `effect` + 0.9.
    """
    need, age = lot.standard_normal(n), lot.standard_normal(n)
    chance = 1 / (1 + np.exp(-(-0.2 + 0.6 * need + 0.4 * age)))
    deltog = (lot.random(n) < chance).astype(float)
    inkomst = 2 + effect * deltog + 1.0 * need + 0.7 * age + lot.standard_normal(n)
    return World({"deltog": deltog, "inkomst": inkomst, "behov": need, "alder": age}, effect)


def randomised(lot: np.random.Generator, n: int = 200, effect: float = 0.5) -> World:
    """Half are drawn by lot; the spread is larger among them."""
    drawn = np.zeros(n)
    drawn[lot.permutation(n)[: n // 2]] = 1
    before = lot.standard_normal(n)
    outcome = effect * drawn + 0.5 * before + lot.standard_normal(n) * np.where(drawn == 1, 1.5, 1.0)
    return World({"dragen": drawn, "utfall": outcome, "fore": before}, effect)


def invited(lot: np.random.Generator, n: int = 800, effect: float = 1.0, coming: float = 0.5) -> World:
    """Half are invited; `coming` of all are people who come if invited, nobody else comes. They also differ at the start.

    `effect` holds for those who come; of being invited it is `effect` times `coming`.
    """
    invitation = (lot.random(n) < 0.5).astype(float)
    would_come = lot.random(n) < coming
    came = invitation * would_come
    outcome = effect * came + 0.8 * would_come + lot.standard_normal(n)
    columns = {"inbjuden": invitation, "kom": came, "utfall": outcome}
    return World(columns, effect, {"intention": effect * coming})


def waiting_lists(
    lot: np.random.Generator, lists: int = 200, people: int = 12, seats: int = 2, effect: float = 0.5
) -> World:
    """Many short lists in random order; half of all would accept, and they do better by 1 without any place too."""
    accepts: Floats = 1.0 * (lot.random((lists, people)) < 0.5)
    taken_before: Floats = np.cumsum(accepts, axis=1) - accepts
    offered = (taken_before < seats).astype(float)
    took = offered * accepts
    outcome = 1.0 * accepts + effect * took + lot.standard_normal((lists, people))
    order = np.tile(np.arange(1, people + 1), lists)
    labels = np.repeat(np.arange(lists), people)
    flat = {
        "lista": labels,
        "ordning": order,
        "erbjuden": offered.ravel(),
        "deltog": took.ravel(),
        "utfall": outcome.ravel(),
    }
    return World(flat, effect)


def teams(lot: np.random.Generator, many: int = 10, size: int = 30, icc: float = 0.05, effect: float = 0.0) -> World:
    """Half of the teams work in the new way; people in a team are alike by `icc`. Variance one."""
    team = np.repeat(np.arange(many), size)
    new = (lot.permutation(many) < many // 2).astype(float)[team]
    outcome = effect * new + (lot.standard_normal(many) * np.sqrt(icc))[team]
    outcome = outcome + lot.standard_normal(many * size) * np.sqrt(1 - icc)
    return World({"lag": team, "nytt": new, "utfall": outcome}, effect)


def waves(lot: np.random.Generator, effect: float = 0.4) -> World:
    """Five draws with other chances and other levels: the chance goes with the level, so that a pooled mean is wrong."""
    sizes, chances, levels = (150, 120, 120, 120, 60), (0.2, 0.3, 0.5, 0.6, 0.8), (0.0, 0.3, 0.6, 0.9, 1.2)
    wave = np.repeat(np.arange(5), sizes)
    drawn = np.concatenate(
        [
            np.isin(np.arange(size), lot.permutation(size)[: round(size * chance)])
            for size, chance in zip(sizes, chances, strict=True)
        ]
    ).astype(float)
    outcome = np.array(levels)[wave] + effect * drawn + lot.standard_normal(len(wave))
    return World({"omgang": wave, "dragen": drawn, "utfall": outcome, "chans": np.array(chances)[wave]}, effect)


def exits(lot: np.random.Generator, n: int = 400, horizon: float = 180.0) -> World:
    """Days until work, studies or something else, with people lost at random. Treatment raises the pace to work by half.

    effect: the true difference in the share who have gone to work by the horizon; also["lost_time"]: days lost to it.
    """
    treated = (lot.random(n) < 0.5).astype(float)
    paces = np.array([[0.002, 0.001, 0.0015], [0.003, 0.001, 0.0015]])
    mine = paces[treated.astype(int)]
    days = lot.exponential(1 / mine.sum(axis=1))
    kind = 1 + (lot.random(n)[:, None] > np.cumsum(mine / mine.sum(axis=1, keepdims=True), axis=1)).sum(axis=1)
    followed = lot.uniform(150, 600, n)
    time, kind = np.minimum(days, followed), np.where(days <= followed, kind, 0)
    total = paces.sum(axis=1)
    share = paces[:, 0] / total * (1 - np.exp(-total * horizon))
    lost = paces[:, 0] / total * (horizon - (1 - np.exp(-total * horizon)) / total)
    columns = {"deltog": treated, "dagar": time, "utgang": kind}
    return World(columns, float(share[1] - share[0]), {"lost_time": float(lost[1] - lost[0])})


def staggered(lot: np.random.Generator, units: int = 60, periods: int = 8, effect: float = 1.0) -> World:
    """Three starts and some who never start; the effect grows by half a step for each period. also["event_0"] = effect.

    Starts are drawn, each as likely; the world's effect is the mean over the periods with treatment of all who start.
    """
    starts = lot.choice([0, 3, 5, 7], units)
    unit, period = np.repeat(np.arange(units), periods), np.tile(np.arange(1, periods + 1), units)
    start = starts[unit]
    since = np.where(start > 0, period - start, -1)
    true = np.where(since >= 0, effect * (1 + 0.5 * since), 0.0)
    level: Floats = lot.standard_normal(units)[unit] + 0.2 * period
    outcome = level + true + lot.standard_normal(units * periods) * 0.5
    columns = {"enhet": unit, "period": period, "start": start, "utfall": outcome}
    mean = np.mean([effect * (1 + 0.5 * passed) for first in (3, 5, 7) for passed in range(periods + 1 - first)])
    return World(columns, float(mean), {"event_0": effect})


EXAMPLES: dict[str, Callable[..., World]] = {
    "bakgrund": confounded,
    "lottade": randomised,
    "omgangar": waves,
    "vantelista": waiting_lists,
    "inbjudan": invited,
    "lag": teams,
    "utgangar": lambda lot: exits(lot, horizon=150.0),
    "starter": staggered,
}
