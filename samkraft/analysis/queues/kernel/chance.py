"""Draws that belong to a person: the n-th draw of person i of an intake is the same whatever else happens.

The generator is SplitMix64 used by counter (Steele, Lea and Flood 2014, "Fast splittable pseudorandom number
generators"): a person owns 2^16 consecutive counters of a sequence whose start is the replication's key.
"""

import numpy as np
from numba import njit

from samkraft.analysis.queues.kernel.inner import inlined, inner

BINS = 256
GOLDEN = np.uint64(0x9E3779B97F4A7C15)
FIRST = np.uint64(0xBF58476D1CE4E5B9)
SECOND = np.uint64(0x94D049BB133111EB)
S30, S27, S31, S11, S40, S16 = (np.uint64(n) for n in (30, 27, 31, 11, 40, 16))
UNIT = 2.0**-53


@inlined
def mix(z):
    """Scramble 64 bits."""
    z = (z ^ (z >> S30)) * FIRST
    z = (z ^ (z >> S27)) * SECOND
    return z ^ (z >> S31)


@inlined
def sequence(key, wave, ident):
    """Where the draws of person `ident` of intake `wave` begin; each draw is GOLDEN further on."""
    return key + ((np.uint64(wave) << S40) | (np.uint64(ident) << S16)) * GOLDEN


@inlined
def number(place):
    """The number in [0, 1) at a place of a sequence."""
    return np.float64(np.int64(mix(place) >> S11)) * UNIT


@inlined
def uniform(key, wave, ident, draw):
    """A number in [0, 1): draw number `draw` of person `ident` of intake `wave`."""
    return number(sequence(key, wave, ident) + np.uint64(draw) * GOLDEN)


@inlined
def quantile(table, activity, u):
    """The duration below which a share u of the stays lie, in ticks before scaling; `activity` says which table."""
    x = u * BINS
    i = np.int64(x)
    part = 0
    if i >= BINS - 1:
        x = (x - (BINS - 1)) * BINS
        i = min(np.int64(x), BINS - 1)
        part = 1
    low = np.float64(table[np.uint64(activity), part, np.uint64(i)])
    return low + (np.float64(table[np.uint64(activity), part, np.uint64(i + 1)]) - low) * (x - i)


@inner
def share_below(table, activity, value):
    """The share of stays shorter than `value`: the inverse of `quantile`."""
    part = 0
    if value >= table[activity, 1, 0]:
        part = 1
    low, high = 0, BINS
    if value >= table[activity, part, BINS]:
        return 1.0
    while high - low > 1:
        middle = (low + high) // 2
        if table[activity, part, middle] <= value:
            low = middle
        else:
            high = middle
    width = np.float64(table[activity, part, low + 1]) - np.float64(table[activity, part, low])
    inside = (value - np.float64(table[activity, part, low])) / width if width > 0 else 0.0
    x = (low + max(0.0, inside)) / BINS
    return x if part == 0 else (BINS - 1 + x) / BINS


@inner
def remaining(table, activity, elapsed, u):
    """What is left of a stay that has lasted `elapsed`, drawn from the tail of its distribution."""
    below = share_below(table, activity, elapsed)
    if below >= 1.0:
        return 0.0
    left = quantile(table, activity, below + u * (1.0 - below)) - elapsed
    return left if left > 0 else 0.0


@njit(cache=True)
def keys(seed, count, first):
    """The keys of replications first … first + count − 1 under a seed."""
    made = np.empty(count, np.uint64)
    start = mix(np.uint64(seed) * GOLDEN + FIRST)
    for i in range(count):
        made[i] = mix(start + np.uint64(first + i) * SECOND)
    return made
