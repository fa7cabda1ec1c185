"""Distributions of durations as tables of quantiles with mean 1, which the kernel reads by interpolation.

A body of equally likely bins, and a second table of the same size for what lies beyond the last bin, so that the tail is
followed to about 1 in 65 000. The top is set so that the last bin has its right mean, and the whole is scaled to mean 1.
"""

import numpy as np
from numpy.typing import NDArray

from samkraft.analysis.queues.kernel.chance import BINS
from samkraft.analysis.queues.pathway import Duration, Family


def table(duration: Duration) -> NDArray[np.float32]:
    """Quantiles of the duration over its mean, shape (2, BINS + 1): body, and the tail beyond its last bin."""
    body = np.arange(BINS + 1) / BINS
    tail = 1 - (1 - body) / BINS
    if duration.family is Family.FIXED:
        return np.ones((2, BINS + 1), np.float32)
    if duration.family is Family.OBSERVED:
        seen = np.asarray(duration.observed, float)
        made = np.stack([np.quantile(seen, body), np.quantile(seen, tail)])
    else:
        made = np.stack([_quantiles(duration, body), _quantiles(duration, tail)])
        beyond = _quantiles(duration, 1 - (1 - (np.arange(2000) + 0.5) / 2000) / BINS**2).mean()
        made[1, -1] = max(made[1, -2], 2 * beyond - made[1, -2])
        made[0, -1] = made[1, -1]
    return (made / _mean(made)).astype(np.float32)


def _quantiles(duration: Duration, u: NDArray[np.float64]) -> NDArray[np.float64]:
    """Quantiles of the family with its shape, at any scale."""
    from scipy import stats

    shape = duration.shape
    match duration.family:
        case Family.EXPONENTIAL:
            found = stats.expon.ppf(u)
        case Family.GAMMA:
            found = stats.gamma.ppf(u, shape)
        case Family.WEIBULL:
            found = stats.weibull_min.ppf(u, shape)
        case _:
            found = stats.lognorm.ppf(u, np.sqrt(np.log1p(shape**2)))
    return np.asarray(found, float)


def _mean(quantiles: NDArray[np.float64]) -> float:
    """The mean of what the kernel draws from a table."""
    body = (quantiles[0, :-2] + quantiles[0, 1:-1]).sum() / 2 / BINS
    tail = (quantiles[1, :-1] + quantiles[1, 1:]).sum() / 2 / BINS**2
    return float(body + tail)
