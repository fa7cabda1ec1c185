"""The allotment as one programme over options and weeks, as one would first write it: for HiGHS alone and for CP-SAT.

x is 0 or 1 for each option. Each stage at most once; each occasion at most its places; and what has begun of a stage by
week w is at most what has ended of the stage before by then. Run as a module it solves a saved programme with CP-SAT, in
a process of its own: its library and HiGHS's cannot be loaded together.
"""

import json
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Rows:
    """A programme's numbers: coordinates of what is not zero, the upper limit of each row, and each option's gain."""

    row: Numbers
    column: Numbers
    value: Numbers
    upper: Numbers
    gain: Numbers


def rows(problem: Any) -> Rows:
    """The programme of a problem without pools or locks (`problem.Problem`)."""
    a = problem.arrays
    many, stages = a.occasion.size, a.stage_options.size - 1
    stage = np.repeat(np.arange(stages), np.diff(a.stage_options))
    options = np.arange(many)
    parts = [(stage, options, np.ones(many)), (stages + a.occasion, options, np.ones(many))]
    upper = [np.ones(stages), a.places.astype(float)]
    height = stages + a.places.size
    first = np.zeros(stages, bool)
    first[a.unit_stages[:-1]] = True
    later = np.flatnonzero(~first)
    number = np.full(stages + 1, -1)
    number[later] = np.arange(later.size)
    for week in range(a.weeks):
        begun = np.flatnonzero((a.start[a.occasion] <= week) & ~first[stage])
        after = np.append(number, -1)[stage + 1]
        ended = np.flatnonzero((after >= 0) & (a.end[a.occasion] + np.append(a.gap, 0)[stage + 1] <= week))
        parts.append((height + number[stage[begun]], begun, np.ones(begun.size)))
        parts.append((height + after[ended], ended, -np.ones(ended.size)))
        upper.append(np.zeros(later.size))
        height += later.size
    for one in range(a.least.size):
        parts.append((np.full(many, height), options, -a.share[one]))
        upper.append(-a.least[one : one + 1])
        height += 1
    row, column, value = (np.concatenate([part[at] for part in parts]) for at in range(3))
    return Rows(row, column, value, np.concatenate(upper), a.gain)


def by_highs(made: Rows, seconds: float) -> float | None:
    """The value that HiGHS reaches in the time; None when it finds no plan."""
    import highspy
    from scipy.sparse import csc_matrix

    table = csc_matrix((made.value, (made.row, made.column)), shape=(made.upper.size, made.gain.size))
    engine: Any = highspy.Highs()  # type: ignore[no-untyped-call]  # the solver has no types
    engine.setOptionValue("output_flag", False)
    engine.setOptionValue("time_limit", seconds)
    engine.setOptionValue("mip_rel_gap", 0.005)
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = made.gain.size, made.upper.size
    model.col_cost_ = -made.gain
    model.col_lower_, model.col_upper_ = np.zeros(made.gain.size), np.ones(made.gain.size)
    model.row_lower_, model.row_upper_ = np.full(made.upper.size, -np.inf), made.upper
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_, model.a_matrix_.index_, model.a_matrix_.value_ = table.indptr, table.indices, table.data
    model.integrality_ = [highspy.HighsVarType.kInteger] * made.gain.size
    engine.passModel(model)
    engine.run()
    found = engine.getSolution()
    return float(made.gain @ np.array(found.col_value)) if engine.getInfo().primal_solution_status == 2 else None


def save(made: Rows, file: Path) -> None:
    """For the other process."""
    np.savez(file, row=made.row, column=made.column, value=made.value, upper=made.upper, gain=made.gain)


def by_cp_sat(file: Path, seconds: float) -> float | None:
    """The value that CP-SAT reaches in the time, reading and building included; None when it finds no plan."""
    from ortools.sat.python import cp_model

    ends = time.monotonic() + seconds
    table = np.load(file)
    model = cp_model.CpModel()
    chosen = [model.NewBoolVar("") for _ in range(table["gain"].size)]
    order = np.argsort(table["row"], kind="stable")
    row, column = table["row"][order], table["column"][order]
    value = np.round(table["value"][order] * 10_000).astype(int)
    edges = np.searchsorted(row, np.arange(table["upper"].size + 1))
    for at in range(table["upper"].size):
        part = slice(edges[at], edges[at + 1])
        if edges[at] < edges[at + 1]:
            terms = cp_model.LinearExpr.WeightedSum([chosen[one] for one in column[part]], value[part].tolist())
            model.Add(terms <= int(table["upper"][at] * 10_000))
        if time.monotonic() > ends:
            return None
    model.Maximize(cp_model.LinearExpr.WeightedSum(chosen, np.round(table["gain"] * 10_000).astype(int).tolist()))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = max(1.0, ends - time.monotonic())
    solver.parameters.num_workers = 2
    solver.parameters.relative_gap_limit = 0.005
    status = solver.Solve(model)
    return solver.ObjectiveValue() / 10_000 if status in (cp_model.OPTIMAL, cp_model.FEASIBLE) else None


if __name__ == "__main__":
    print(json.dumps(by_cp_sat(Path(sys.argv[1]), float(sys.argv[2]))))
