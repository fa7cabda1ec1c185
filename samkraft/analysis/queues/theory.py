"""What queueing theory knows in advance. The simulation is held against these before it is believed.

Loads are in erlangs (arrival rate times mean service time); rates and times in any one unit.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Reals = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Station:
    """A station in steady state: share of time all servers are taken, mean number waiting and inside, throughput."""

    all_busy: float
    waiting: float
    inside: float
    throughput: float


def erlang_b(servers: int, load: float) -> float:
    """The share that is lost when nobody waits, for any distribution of service times (Erlang 1917)."""
    blocked = 1.0
    for n in range(1, servers + 1):
        blocked = load * blocked / (n + load * blocked)
    return blocked


def erlang_c(servers: int, load: float) -> float:
    """The share that has to wait in M/M/c; needs load < servers."""
    blocked = erlang_b(servers, load)
    return servers * blocked / (servers - load * (1 - blocked))


def mmc(servers: int, load: float) -> Station:
    """M/M/c with service rate 1 (so the arrival rate is the load)."""
    wait = erlang_c(servers, load)
    waiting = wait * load / (servers - load)
    return Station(wait, waiting, waiting + load, load)


def mmck(servers: int, places: int, load: float) -> Station:
    """M/M/c/K with service rate 1: at most K inside, who comes then is lost. `all_busy` is the share that is lost."""
    share = _normal([load**n / _work(n, servers) for n in range(places + 1)])
    inside = sum(n * p for n, p in enumerate(share))
    waiting = sum((n - servers) * p for n, p in enumerate(share) if n > servers)
    return Station(share[-1], waiting, inside, load * (1 - share[-1]))


def held_places(servers: int, places: int, load: float) -> float:
    """The share that waits for one of K places around one activity with c < K exponential servers.

    The total is M/M/c whatever K is, since a server is idle only when fewer than c are inside or waiting; who comes when
    K are there waits outside: Erlang C times the geometric tail.
    """
    return erlang_c(servers, load) * (load / servers) ** (places - servers)


def jackson(servers: Sequence[int], rates: Sequence[float], arrivals: Sequence[float], moves: Reals) -> list[Station]:
    """Stations of an open network (Jackson 1957): service rate of each server, outside arrivals, routing (n, n)."""
    traffic = np.linalg.solve(np.eye(len(servers)) - np.asarray(moves).T, np.asarray(arrivals, float))
    found = []
    for c, mu, flow in zip(servers, rates, traffic, strict=True):
        one = mmc(c, flow / mu)
        found.append(Station(one.all_busy, one.waiting, one.inside, float(flow)))
    return found


def gordon_newell(
    servers: Sequence[int], rates: Sequence[float], visits: Sequence[float], people: int
) -> list[Station]:
    """Stations of a closed network of `people` (Gordon and Newell 1967), by Buzen's convolution (1973)."""
    terms = [
        [(v / mu) ** n / _work(n, c) for n in range(people + 1)]
        for c, mu, v in zip(servers, rates, visits, strict=True)
    ]
    whole = _convolve(terms, people)
    found = []
    for i, (c, mu) in enumerate(zip(servers, rates, strict=True)):
        rest = _convolve(terms[:i] + terms[i + 1 :], people)
        share = [terms[i][n] * rest[people - n] / whole[people] for n in range(people + 1)]
        inside = sum(n * p for n, p in enumerate(share))
        waiting = sum((n - c) * p for n, p in enumerate(share) if n > c)
        found.append(Station(sum(share[c:]), waiting, inside, mu * sum(min(n, c) * p for n, p in enumerate(share))))
    return found


def stock_without_limits(
    waves: Sequence[tuple[float, float, float]], survival: Callable[[Reals], Reals], days: Reals, *, grain: float = 0.02
) -> Reals:
    """Mean stock on each day when nobody waits: M(t)/G/∞ (Eick, Massey and Whitt 1993).

    Each wave is (from, to, people), spread evenly; survival(x) is the share of stays longer than x days.
    """
    longest = float(np.max(days)) + 1
    at = np.arange(0, longest + grain, grain)
    values = survival(at)
    area = np.concatenate([[0.0], np.cumsum((values[1:] + values[:-1]) / 2 * grain)])
    stock = np.zeros(len(days))
    for begins, ends, people in waves:
        oldest = np.maximum(0.0, days - begins)
        youngest = np.maximum(0.0, days - ends)
        stock += people / (ends - begins) * (np.interp(oldest, at, area) - np.interp(youngest, at, area))
    return stock


def beta_binomial(people: int, a: float, b: float) -> Reals:
    """P(k of `people` succeed), k = 0 … people, when their common share is beta(a, b)."""
    from scipy import stats

    return np.asarray(stats.betabinom.pmf(np.arange(people + 1), people, a, b))


def _work(n: int, servers: int) -> float:
    """What divides the load to the power n in the state with n inside."""
    return math.factorial(n) if n <= servers else math.factorial(servers) * float(servers) ** (n - servers)


def _normal(terms: Sequence[float]) -> list[float]:
    total = sum(terms)
    return [term / total for term in terms]


def _convolve(terms: Sequence[Sequence[float]], people: int) -> list[float]:
    made = [1.0] + [0.0] * people
    for one in terms:
        made = [sum(made[k] * one[n - k] for k in range(n + 1)) for n in range(people + 1)]
    return made
