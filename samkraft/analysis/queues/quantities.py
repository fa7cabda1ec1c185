"""Numbers that are not certain: ranges, shares seen in data, draws from a posterior.

Every parameter has a stream of draws of its own, named by the parameter, so that two scenarios that share a parameter
share its draws.
"""

import zlib
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Amount = float | str
"""A number, or the name of a parameter."""

Reals = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Fixed:
    """Known."""

    value: float


@dataclass(frozen=True, slots=True)
class Range:
    """Somewhere between low and high, most likely at `likely` (triangular), or anywhere (None)."""

    low: float
    high: float
    likely: float | None = None


@dataclass(frozen=True, slots=True)
class Spread:
    """Positive, with this mean and standard deviation (lognormal)."""

    mean: float
    sd: float


@dataclass(frozen=True, slots=True)
class Share:
    """A share seen before: `successes` of `of`, counted with `weight` (other times, other people), Jeffreys' prior.

    `by_wave` is the correlation between two people of the same wave that the common share does not explain: each wave
    gets a share of its own, beta distributed around the common one (overdispersion as in Williams 1982).
    """

    successes: float
    of: float
    weight: float = 1.0
    by_wave: float = 0.0


@dataclass(frozen=True, slots=True)
class Draws:
    """Draws that somebody else has made, used in order."""

    values: tuple[float, ...]


Quantity = Fixed | Range | Spread | Share | Draws


@dataclass(frozen=True, slots=True)
class Parameter:
    """A named quantity, with one value for each set of assumptions. A set that is not named has the first set's."""

    name: str
    words: str
    values: dict[str, Quantity] = field(default_factory=dict)

    def under(self, assumption: str) -> Quantity:
        """The quantity under a set of assumptions."""
        return self.values.get(assumption, next(iter(self.values.values())))


def uncertain(quantity: Quantity) -> bool:
    """Whether it takes more than one value."""
    return not isinstance(quantity, Fixed)


def centre(quantity: Quantity) -> float:
    """The mean."""
    match quantity:
        case Fixed(value):
            return value
        case Range(low, high, None):
            return (low + high) / 2
        case Range(low, high, likely):
            return (low + high + float(likely or 0.0)) / 3
        case Spread(mean, _):
            return mean
        case Share():
            a, b = beta(quantity)
            return a / (a + b)
        case Draws(values):
            return float(np.mean(values))


def beta(share: Share) -> tuple[float, float]:
    """The parameters of the beta distribution that a share seen before gives: Jeffreys' prior and weighted counts."""
    return 0.5 + share.weight * share.successes, 0.5 + share.weight * (share.of - share.successes)


def draw(parameter: Parameter, assumption: str, *, seed: int, count: int, waves: int) -> Reals:
    """`count` draws, shape (count, waves): the same in every wave unless the quantity differs by wave."""
    quantity = parameter.under(assumption)
    dice = np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, zlib.crc32(parameter.name.encode())])))
    u = dice.random(count)
    values = np.repeat(_invert(quantity, u)[:, None], waves, axis=1)
    if isinstance(quantity, Share) and quantity.by_wave > 0:
        from scipy import stats

        each = dice.random((count, waves))
        size = (1 - quantity.by_wave) / quantity.by_wave
        values = stats.beta.ppf(each, values * size, (1 - values) * size)
    return np.ascontiguousarray(values)


def _invert(quantity: Quantity, u: Reals) -> Reals:
    """The quantiles of a quantity at u."""
    from scipy import stats

    match quantity:
        case Fixed(value):
            return np.full(u.shape, value)
        case Range(low, high, None):
            return low + u * (high - low)
        case Range(low, high, likely):
            peak = (float(likely or 0.0) - low) / (high - low)
            return np.asarray(stats.triang.ppf(u, peak, loc=low, scale=high - low))
        case Spread(mean, sd):
            sigma = np.sqrt(np.log1p((sd / mean) ** 2))
            return np.asarray(mean * np.exp(sigma * stats.norm.ppf(u) - sigma**2 / 2))
        case Share():
            return np.asarray(stats.beta.ppf(u, *beta(quantity)))
        case Draws(values):
            return np.asarray(values, float)[np.arange(u.shape[0]) % len(values)]
