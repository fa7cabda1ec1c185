"""The linear programme over chains, with HiGHS: its prices are the best there are; in whole numbers it is the answer.

Columns may be all chains (small cases) or only those that were met so far; then the prices ask every unit for a chain
that would pay, until none does (column generation).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from samkraft.analysis.allotment.chains import Chains
from samkraft.analysis.allotment.prices import Asking, Prices
from samkraft.analysis.allotment.problem import Floats, Longs, Problem


@dataclass(frozen=True, slots=True)
class Solved:
    """A programme's answer. `share` (C): how much of each chain. `prices`: None in whole numbers.

    `is_feasible` is None when the time ran out before it was known. `bound` is what the solver says can be at most.
    """

    is_feasible: bool | None
    is_best: bool
    value: float
    bound: float
    share: Floats
    prices: Prices | None


def solve(
    problem: Problem,
    chains: Chains,
    *,
    whole: bool,
    seconds: float = 60.0,
    gap: float = 0.0,
    begin: Floats | None = None,
) -> Solved:
    """Solve the programme over these chains, in fractions or in whole numbers. `begin` (C) is how much of each chain a
    plan that is known takes.
    """
    import highspy

    if not chains.gain.size:
        return _nothing_to_give(problem)
    a = problem.arrays
    engine: Any = highspy.Highs()  # type: ignore[no-untyped-call]  # the solver has no types
    engine.setOptionValue("output_flag", False)
    engine.setOptionValue("threads", 1)
    engine.setOptionValue("time_limit", float(seconds))
    engine.setOptionValue("mip_rel_gap", gap)
    engine.setOptionValue("mip_abs_gap", 1e-9)
    engine.passModel(_model(highspy, problem, chains, whole))
    if begin is not None and not np.isfinite(np.concatenate((a.extra_price, a.row_price, a.least_price))).any():
        known_plan = highspy.HighsSolution()
        known_plan.col_value = begin.tolist()
        engine.setSolution(known_plan)
    engine.run()
    status = engine.getModelStatus()
    known = highspy.HighsModelStatus
    if status in (known.kInfeasible, known.kUnboundedOrInfeasible):
        return Solved(False, False, -np.inf, -np.inf, np.zeros(chains.gain.size), None)
    solution = engine.getSolution()
    if status != known.kOptimal and not (whole and solution.value_valid):
        return Solved(None, False, -np.inf, np.inf, np.zeros(chains.gain.size), None)
    share = np.array(solution.col_value)[: chains.gain.size]
    value = -engine.getObjectiveValue()
    bound = -engine.getInfo().mip_dual_bound if whole else value
    return Solved(True, status == known.kOptimal, value, bound, share, None if whole else _prices(problem, solution))


def _nothing_to_give(problem: Problem) -> Solved:
    """Nobody can have anything: that is the plan, unless somebody must."""
    a = problem.arrays
    possible = not a.need.any() and not (np.isinf(a.least_price) & (a.least > 0)).any()
    lost = float((np.where(np.isinf(a.least_price), 0.0, a.least_price) * np.maximum(a.least, 0.0)).sum())
    free = Prices(np.zeros(a.places.size), np.zeros(a.limit.size), np.zeros(a.least.size))
    return Solved(possible, possible, -lost, -lost, np.zeros(0), free if possible else None)


def _prices(problem: Problem, solution: Any) -> Prices:
    a = problem.arrays
    dual = np.maximum(-np.array(solution.row_dual), 0.0)[problem.units :]
    first, second = a.places.size, a.places.size + a.limit.size
    return Prices(
        np.minimum(dual[:first], a.extra_price),
        np.minimum(dual[first:second], a.row_price),
        np.minimum(dual[second:], a.least_price),
    )


def _model(highspy: Any, problem: Problem, chains: Chains, whole: bool) -> Any:
    """Columns: chains, then what soft limits are exceeded by. Rows: units, places, rows, shares."""
    a = problem.arrays
    rows, columns, values = _numbers(problem, chains)
    prices = np.concatenate((a.extra_price, a.row_price, a.least_price))
    soft = np.flatnonzero(np.isfinite(prices))
    many, height = chains.gain.size, problem.units + prices.size
    rows = np.concatenate((rows, problem.units + soft))
    columns = np.concatenate((columns, many + np.arange(soft.size)))
    values = np.concatenate((values, -np.ones(soft.size)))
    order = np.lexsort((rows, columns))
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = many + soft.size, height
    model.col_cost_ = np.concatenate((-chains.gain, prices[soft]))
    model.col_lower_ = np.zeros(many + soft.size)
    model.col_upper_ = np.concatenate((np.ones(many), np.full(soft.size, np.inf)))
    model.row_lower_ = np.concatenate(((a.need > 0).astype(np.float64), np.full(prices.size, -np.inf)))
    model.row_upper_ = np.concatenate((np.ones(problem.units), a.places, a.limit, -a.least))
    starts = np.zeros(many + soft.size + 1, np.int32)
    np.cumsum(np.bincount(columns, minlength=many + soft.size), out=starts[1:])
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_ = starts
    model.a_matrix_.index_ = rows[order].astype(np.int32)
    model.a_matrix_.value_ = values[order]
    if whole:
        integer, continuous = highspy.HighsVarType.kInteger, highspy.HighsVarType.kContinuous
        model.integrality_ = [integer] * many + [continuous] * soft.size
    return model


def _numbers(problem: Problem, chains: Chains) -> tuple[Longs, Longs, Floats]:
    """Row, column and value of every number that is not zero; what falls in the same place is added up."""
    a = problem.arrays
    many = chains.gain.size
    rows, columns, values = [chains.unit.astype(np.int64)], [np.arange(many)], [np.ones(many)]
    shares = np.zeros((a.least.size, many))
    for number in range(chains.options.shape[1]):
        column = np.flatnonzero(chains.options[:, number] >= 0)
        option = chains.options[column, number]
        rows.append(problem.units + a.occasion[option].astype(np.int64))
        columns.append(column)
        values.append(a.size[chains.unit[column]].astype(np.float64))
        shares[:, column] += a.share[:, option]
        if a.row_at.size > 1:
            counts = a.row_at[option + 1] - a.row_at[option]
            parts = [np.arange(a.row_at[one], a.row_at[one + 1]) for one in option]
            inside = np.concatenate([np.empty(0, np.int64), *parts])
            rows.append(problem.units + a.places.size + a.row[inside].astype(np.int64))
            columns.append(np.repeat(column, counts))
            values.append(a.weight[inside])
    for one in range(a.least.size):
        rows.append(np.full(many, problem.units + a.places.size + a.limit.size + one))
        columns.append(np.arange(many))
        values.append(-shares[one])
    return _added_up(np.concatenate(rows), np.concatenate(columns), np.concatenate(values))


def _added_up(rows: Longs, columns: Longs, values: Floats) -> tuple[Longs, Longs, Floats]:
    height = int(rows.max(initial=0)) + 1
    key, where = np.unique(columns * height + rows, return_inverse=True)
    summed = np.bincount(where, weights=values, minlength=key.size)
    kept = np.abs(summed) > 1e-12
    return key[kept] % height, key[kept] // height, np.asarray(summed[kept], np.float64)


def generated(
    problem: Problem,
    begin: Prices,
    met: Chains,
    *,
    most_rounds: int = 40,
    tolerance: float = 1e-6,
    seconds_left: Callable[[], float] = lambda: 60.0,
) -> tuple[Solved, Chains]:
    """The programme over all chains, by column generation from the chains met so far; its prices are the best there are.

    Also gives the chains that were met: in whole numbers they hold good plans. Stops when the time is out, with
    prices None when no programme was solved in it.
    """
    asking = Asking(problem)
    best = begin
    least = asking.at(begin).bound
    try:
        for _ in range(most_rounds):
            answer = solve(problem, met, whole=False, seconds=max(0.5, seconds_left()))
            if answer.prices is None:
                return answer, met
            asked = asking.at(answer.prices)
            if asked.bound < least:
                best, least = answer.prices, asked.bound
            more = _new(problem, met, asked.chosen)
            if least - answer.value <= tolerance * max(1.0, abs(least)) or more is None or seconds_left() <= 0.5:
                break
            met = more
            between = Prices(
                *((one + other) / 2 for one, other in zip(_three(best), _three(answer.prices), strict=True))
            )
            met = _new(problem, met, asking.at(between).chosen) or met
    finally:
        asking.close()
    is_best = least - answer.value <= tolerance * max(1.0, abs(least))
    return Solved(answer.is_feasible, is_best, answer.value, least, answer.share, best), met


def _three(prices: Prices) -> tuple[Floats, Floats, Floats]:
    return prices.place, prices.row, prices.share


def _new(problem: Problem, met: Chains, chosen: Longs) -> Chains | None:
    """The chains met with these added; None when none of them is new."""
    have = np.flatnonzero((chosen >= 0).any(axis=1))
    both = np.concatenate((met.options, chosen[have]))
    unit = np.concatenate((met.unit, have.astype(np.int32)))
    _, first = np.unique(np.column_stack((unit, both)), axis=0, return_index=True)
    if first.size == met.unit.size:
        return None
    first.sort()
    gain = np.where(both[first] >= 0, problem.arrays.gain[both[first]], 0.0).sum(axis=1)
    return Chains(unit[first], both[first], gain)


def of_trail(problem: Problem, chosen: list[Longs]) -> Chains:
    """The different chains among these answers."""
    stages = max(1, problem.arrays.most_stages)
    met = Chains(np.empty(0, np.int32), np.empty((0, stages), np.int64), np.empty(0))
    units = np.tile(np.arange(problem.units, dtype=np.int32), len(chosen))
    options = np.concatenate(chosen) if chosen else np.empty((0, stages), np.int64)
    have = (options >= 0).any(axis=1)
    table = np.unique(np.column_stack((units, options))[have], axis=0)
    if not table.size:
        return met
    gain = np.where(table[:, 1:] >= 0, problem.arrays.gain[table[:, 1:]], 0.0).sum(axis=1)
    return Chains(table[:, 0].astype(np.int32), table[:, 1:], gain)
