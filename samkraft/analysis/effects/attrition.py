"""When outcomes are missing more often in one group: how far off the effect can be (Lee 2009).

For those whose outcome would be known either way. The group with more known outcomes is cut at the top or the bottom by
the share that it has too many; the two cuts bound the effect. Holds for random assignment, and when treatment only ever
moves answering in one direction.
"""

from dataclasses import dataclass

import numpy as np

from samkraft.analysis.effects.passes import Floats


@dataclass(frozen=True, slots=True)
class Bounds:
    """low and high bound the effect; interval_low and interval_high also count chance (Imbens and Manski 2004).

    answered: share with a known outcome (comparison, treated); cut: share that was cut of the group with more.
    """

    low: float
    high: float
    interval_low: float
    interval_high: float
    answered: tuple[float, float]
    cut: float


def bounds(treated: Floats, outcome: Floats, *, seed: int, draws: int = 400) -> Bounds:
    """treated (n) of 0 and 1; outcome (n) with NaN where it is not known."""
    low, high, answered, cut = _bounds(treated, outcome)
    lot = np.random.default_rng(seed)
    drawn = np.array(
        [_bounds(treated[rows], outcome[rows])[:2] for rows in lot.integers(0, len(outcome), (draws, len(outcome)))]
    )
    spread = np.nanstd(drawn, axis=0, ddof=1)
    reach = _reach(high - low, float(spread.max()))
    return Bounds(low, high, low - reach * float(spread[0]), high + reach * float(spread[1]), answered, cut)


def _reach(width: float, spread: float) -> float:
    """The number of standard errors that covers the effect, not the whole set, in 95 %: between 1.645 and 1.96."""
    from scipy import optimize, stats

    if spread == 0:
        return 0.0
    found = optimize.brentq(lambda c: stats.norm.cdf(c + width / spread) - stats.norm.cdf(-c) - 0.95, 1.0, 3.0)
    return float(found)


def _bounds(treated: Floats, outcome: Floats) -> tuple[float, float, tuple[float, float], float]:
    sides = [outcome[treated == side] for side in (0, 1)]
    if min(map(len, sides)) == 0:
        return np.nan, np.nan, (0.0, 0.0), 0.0
    known = [np.sort(side[~np.isnan(side)]) for side in sides]
    share = len(known[0]) / len(sides[0]), len(known[1]) / len(sides[1])
    if min(share) == 0:
        return np.nan, np.nan, share, 1.0
    more = int(share[1] >= share[0])
    cut = 1 - share[1 - more] / share[more]
    bottom, top = _kept_mean(known[more], cut, top=True), _kept_mean(known[more], cut, top=False)
    other = float(known[1 - more].mean())
    if more:
        return bottom - other, top - other, share, cut
    return other - top, other - bottom, share, cut


def _kept_mean(ordered: Floats, cut: float, *, top: bool) -> float:
    """The mean when the share `cut` is taken away at the top or the bottom; the value on the edge is kept in part."""
    values = ordered if top else ordered[::-1]
    keep = len(values) * (1 - cut)
    whole = int(np.floor(keep + 1e-9))
    total = values[:whole].sum() + (keep - whole) * (values[whole] if whole < len(values) else 0.0)
    return float(total / keep)
