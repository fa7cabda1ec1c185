"""Make a plan better by solving small parts of it exactly: some people give back what they have and get the best that they can.

The gap between a plan and its bound is the sum of what each person's chain is worth less than their best at the prices,
and of what places that stand empty cost. So the parts are grown around those who are far from their best: from them
to whoever holds what they would rather have, and on. In a part only chains nearly as good as somebody's best are columns
of the programme in whole numbers (its own chains always are), so it is solved at once, and the plan never gets worse.

After A. Caprara et al. (1999) and E. Danna et al. (2005): price-guided cores, and neighbourhoods searched by a solver.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np

from samkraft.analysis.allotment import exchanges, near_best, pricing, programme, standing
from samkraft.analysis.allotment.chains import Chains
from samkraft.analysis.allotment.prices import THREADS, Asking, Prices
from samkraft.analysis.allotment.problem import Floats, Ints, Longs, Problem
from samkraft.analysis.allotment.standing import Standing

FEWEST, BEGIN, MOST_UNITS = 40, 90, 300  # units in a part
MOST_CHAINS_EACH = 100
MOST_COLUMNS = 8_000  # in a part: what the solver takes in memory follows them
WITHIN = 0.3  # of what a place usually gives: how much worse than a unit's best a chain may be
SECONDS = 3.0  # for a part; one that takes longer is made smaller next time
SEEDS = 2  # those far from their best that a part begins with
IDLE = 20  # turns without a plan that is better by WORTH_A_TRY of the bound, and the parts are exhausted
WORTH_A_TRY = 2e-6
FORGET, REMEMBER = (
    0.2,
    0.5,
)  # how much less likely somebody is to begin a part after one that gave little, until one did
GAP = 1e-5
EXCHANGES = 5  # among all, between the parts


@dataclass(slots=True)
class _Search:
    """What the turns share: the chains that are near best, by unit and by occasion, and how likely each unit is to begin
    a part. The chains that use occasion o are `using[uses[o]:uses[o + 1]]`."""

    problem: Problem
    prices: Prices
    near: Chains
    begins: Longs
    using: Longs
    uses: Longs
    worth: Floats
    weight: Floats
    size: float


def improved(
    problem: Problem,
    prices: Prices,
    bound: float,
    best: Longs,
    top: float,
    *,
    enough: float,
    seed: int,
    seconds_left: Callable[[], float],
) -> tuple[Longs, float]:
    """A plan at least as good as `best`, whose value is `top`, and its value. Goes on until `enough`, or nothing helps."""
    search = _begun(problem, prices, bound - top)
    dice = np.random.default_rng(seed)
    idle, luck = 0, np.array([2 * seed + 1], np.int64)
    with ThreadPoolExecutor(THREADS) as pool:
        while top < enough and idle < IDLE and seconds_left() > 0.5:
            made = standing.of(problem, best)
            groups = _groups(search, made, dice)
            limit = min(SECONDS, max(0.3, seconds_left() - 0.3))
            jobs = [pool.submit(_solved, search, best, group, limit) for group in groups]
            answers = [job.result() for job in jobs]
            found, value = _best_of(problem, best, [answer for answer, _quick in answers], groups)
            won = max(0.0, value - top)
            _learn(search, groups, [quick for _answer, quick in answers], is_better=won > WORTH_A_TRY * bound)
            idle = 0 if won > WORTH_A_TRY * bound else idle + 1
            if won > 0:
                best, top = found, value
            best, top = _exchanged(problem, prices, best, top, luck)
    return best, top


def _exchanged(problem: Problem, prices: Prices, best: Longs, top: float, luck: Longs) -> tuple[Longs, float]:
    """What is new in the plan makes exchanges possible that were not."""
    if not exchanges.is_possible(problem):
        return best, top
    found = exchanges.improved(problem, best, np.arange(problem.units), prices.share, luck, EXCHANGES)
    value = float(standing.value(problem.arrays, standing.of(problem, found)))
    return (found, value) if value > top else (best, top)


def _begun(problem: Problem, prices: Prices, gap: float) -> _Search:
    a = problem.arrays
    asking = Asking(problem)
    try:
        worth = asking.at(prices).worth.copy()
    finally:
        asking.close()
    usual = float(np.mean(a.gain[a.gain > 0])) if (a.gain > 0).any() else 1.0
    everybody = np.arange(problem.units, dtype=np.int32)
    near = near_best.of(problem, everybody, prices, min(WITHIN * usual, max(gap, 0.0)), MOST_CHAINS_EACH)
    begins = np.searchsorted(near.unit, np.arange(problem.units + 1))
    chain, number = np.nonzero(near.options >= 0)
    occasion = a.occasion[near.options[chain, number]]
    order = np.argsort(occasion, kind="stable")
    uses = np.searchsorted(occasion[order], np.arange(a.places.size + 1))
    return _Search(problem, prices, near, begins, chain[order], uses, worth, np.ones(problem.units), float(BEGIN))


def _groups(search: _Search, made: Standing, dice: np.random.Generator) -> list[Longs]:
    """As many parts as there are threads, without anybody in two of them."""
    problem = search.problem
    regret = np.maximum(search.worth - _reduced(search, made.chosen), 0.0)
    chance = (regret**2 + 1e-4 * (regret**2).mean() + 1e-12) * search.weight
    empty = np.maximum(problem.arrays.places - made.used, 0) * search.prices.place
    idle_share = empty.sum() / max(empty.sum() + regret.sum(), 1e-12)
    taken: set[int] = set()
    groups = []
    for _ in range(THREADS if problem.units > 2 * FEWEST else 1):
        open_to = np.array([one for one in range(problem.units) if one not in taken])
        if not open_to.size:
            break
        seeds = _wanting(search, empty, dice) if dice.random() < idle_share else np.empty(0, np.int64)
        seeds = np.setdiff1d(seeds, np.fromiter(taken, np.int64, len(taken)))
        if not seeds.size:
            share = chance[open_to] / chance[open_to].sum()
            seeds = dice.choice(open_to, min(SEEDS, int((share > 0).sum())), replace=False, p=share)
        group = _grown(search, made, seeds, taken, dice)
        taken.update(group.tolist())
        groups.append(group)
    return groups


def _wanting(search: _Search, empty: Floats, dice: np.random.Generator) -> Longs:
    """Some who would nearly as soon have an occasion where places that are worth something stand empty."""
    occasion = int(dice.choice(empty.size, p=empty / empty.sum()))
    chains = search.using[search.uses[occasion] : search.uses[occasion + 1]]
    return np.unique(search.near.unit[dice.permutation(chains)[:SEEDS]]).astype(np.int64)


def _reduced(search: _Search, chosen: Longs) -> Floats:
    """What each unit's chain is worth after paying."""
    a = search.problem.arrays
    value = np.empty(pricing.widest(a))
    found = np.zeros(search.problem.units)
    for unit in range(search.problem.units):
        pricing.priced(a, unit, *search.prices.all, value)
        mine = chosen[unit][chosen[unit] >= 0]
        found[unit] = value[mine - a.stage_options[a.unit_stages[unit]]].sum()
    return found


def _grown(search: _Search, made: Standing, seeds: Longs, taken: set[int], dice: np.random.Generator) -> Longs:
    """From the seeds to those who hold what they would rather have and those who would rather have what they hold, and on,
    until the part is large enough."""
    a = search.problem.arrays
    stages = made.chosen.shape[1]
    group = [int(one) for one in seeds]
    known = taken | set(group)
    most = int(search.size)
    for unit in group:  # it grows meanwhile
        columns = sum(int(search.begins[one + 1] - search.begins[one]) for one in group)
        if len(group) >= most or columns >= MOST_COLUMNS:
            break
        rows = np.arange(search.begins[unit], search.begins[unit + 1])
        near = search.near.options[dice.permutation(rows)[:6]].ravel()
        wanted: list[list[int] | Ints] = [_holders(made, int(a.occasion[option]), stages) for option in near[near >= 0]]
        held = made.chosen[unit][made.chosen[unit] >= 0]
        wanted += [_wishing(search, int(a.occasion[option])) for option in held]
        for others in wanted:
            for other in dice.permutation(others)[:2]:
                if int(other) not in known and len(group) < most:
                    known.add(int(other))
                    group.append(int(other))
    return np.array(group, np.int64)


def _holders(made: Standing, occasion: int, stages: int) -> list[int]:
    """Who holds an occasion."""
    slot, holders = int(made.head[occasion]), []
    while slot >= 0:
        holders.append(slot // stages)
        slot = int(made.after[slot])
    return holders


def _wishing(search: _Search, occasion: int) -> Ints:
    """Whose near best chains use an occasion."""
    return np.unique(search.near.unit[search.using[search.uses[occasion] : search.uses[occasion + 1]]])


def _solved(search: _Search, best: Longs, group: Longs, seconds: float) -> tuple[Longs | None, bool]:
    """The group's new chains (group, most_stages), None when nothing better was found; and whether it was solved to the end."""
    problem, a = search.problem, search.problem.arrays
    rest = standing.of(problem, best)
    for unit in group:
        standing.take(a, rest, int(unit))
    columns, begin = _columns(search, best, group)
    need = np.zeros_like(a.need)
    need[group] = a.need[group]
    left = a._replace(
        places=(a.places - rest.used).astype(np.int32),
        limit=a.limit - rest.rows,
        least=a.least - rest.shares,
        need=need,
    )
    part = replace(problem, arrays=left, offset=0.0, impossible=())
    answer = programme.solve(part, columns, whole=True, seconds=seconds, gap=GAP, begin=begin)
    if not answer.is_feasible or answer.value <= float(columns.gain @ begin) - 1e9:
        return None, answer.is_best
    chosen = np.full((problem.units, best.shape[1]), -1, np.int64)
    taken = np.flatnonzero(answer.share > 0.5)
    chosen[columns.unit[taken]] = columns.options[taken]
    return chosen[group], answer.is_best


def _columns(search: _Search, best: Longs, group: Longs) -> tuple[Chains, Floats]:
    """The chains of a part, with what each of its units has now; and how much of each is taken now."""
    near = search.near
    rows = np.concatenate([np.arange(search.begins[unit], search.begins[unit + 1]) for unit in group])
    held = group[(best[group] >= 0).any(axis=1)]
    unit = np.concatenate((held.astype(np.int32), near.unit[rows]))
    options = np.concatenate((best[held], near.options[rows]))
    _, first = np.unique(np.column_stack((unit, options)), axis=0, return_index=True)
    first.sort()
    gain = np.where(options >= 0, search.problem.arrays.gain[options], 0.0).sum(axis=1)
    return Chains(unit[first], options[first], gain[first]), (first < held.size).astype(np.float64)


def _best_of(problem: Problem, best: Longs, answers: list[Longs | None], groups: list[Longs]) -> tuple[Longs, float]:
    """All answers together when they go together, else the best alone."""
    made = [(group, answer) for group, answer in zip(groups, answers, strict=True) if answer is not None]
    tried = [made] if len(made) > 1 else []
    tried += [[one] for one in made]
    found, value = best, -np.inf
    for parts in tried:
        chosen = best.copy()
        for group, answer in parts:
            chosen[group] = answer
        stood = float(standing.value(problem.arrays, standing.of(problem, chosen)))
        if stood > value and not (standing.of(problem, chosen).used > problem.arrays.places).any():
            found, value = chosen, stood
    return found, value


def _learn(search: _Search, groups: list[Longs], quick: list[bool], *, is_better: bool) -> None:
    """Those who have begun without success begin less often; parts grow while they are solved in time."""
    if is_better:
        search.weight = search.weight**REMEMBER
    else:
        for group in groups:
            search.weight[group[:SEEDS]] *= FORGET
    search.size *= 1.15 if all(quick) else 0.8
    search.size = min(max(search.size, FEWEST), MOST_UNITS)
