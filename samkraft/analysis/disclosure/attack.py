"""The reader as attacker: every published number is an equation, and nobody can be fewer than nought.

With linear programming (HiGHS) the attacker finds the least and the most that a hidden cell can be. The same programme,
turned round, finds what else must be hidden for a cell to be safe: move it by five, and change as little as possible of
what is shown (Kelly, Golden and Assad 1992).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase

NOUGHT = 1e-6

CANNOT_PROTECT = Reason(
    "cannot_protect",
    phrase("Det som redan är publicerat räcker för att räkna ut {cell}. Ingenting mer kan döljas som hindrar det."),
    phrase("Publicera inte den här tabellen, eller slå ihop kategorier."),
)


@dataclass(frozen=True, slots=True)
class Move:
    """A way in which the truth could be otherwise: atoms (m), and how far each cell moves (cells)."""

    atoms: NDArray[np.float64]
    moved: NDArray[np.float64]


class Programme:
    """Cells as sums of atoms. members: for each cell the atoms that it sums; values: what each cell truly is.

    Variables are the atoms and, for each cell, how far it lies above and below its true value. A cell that is shown has
    both at nought; one that is hidden has them free; one that may be hidden costs something for each step.
    """

    def __init__(self, members: Sequence[NDArray[np.int64]], values: NDArray[np.float64], atoms: int) -> None:
        import highspy

        self.values, self.atoms, self.cells = values, atoms, len(members)
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = atoms + 2 * self.cells, self.cells
        model.col_cost_ = np.zeros(model.num_col_)
        model.col_lower_ = np.zeros(model.num_col_)
        model.col_upper_ = np.concatenate([np.full(atoms, highspy.kHighsInf), np.zeros(2 * self.cells)])
        model.row_lower_ = model.row_upper_ = values.astype(float)
        lengths = [len(one) + 2 for one in members]
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = np.concatenate([[0], np.cumsum(lengths)])
        model.a_matrix_.index_ = np.concatenate(
            [[*one, atoms + place, atoms + self.cells + place] for place, one in enumerate(members)]
        )
        model.a_matrix_.value_ = np.concatenate([[*np.ones(len(one)), -1.0, 1.0] for one in members])
        self.solver: Any = highspy.Highs()  # type: ignore[no-untyped-call] # the package has no types
        self.solver.silent()
        self.solver.setOptionValue("threads", 1)
        self.solver.passModel(model)
        self.infinity = highspy.kHighsInf
        self.solved = highspy.HighsModelStatus.kOptimal
        self.unbounded = (highspy.HighsModelStatus.kUnbounded, highspy.HighsModelStatus.kUnboundedOrInfeasible)

    def shown(self, place: int) -> None:
        """The attacker knows this cell."""
        self._both(place, 0.0, 0.0)

    def hidden(self, place: int) -> None:
        """The attacker does not know this cell."""
        self._both(place, self.infinity, 0.0)

    def may_hide(self, place: int, cost: float) -> None:
        """This cell could be hidden, at a cost for each step that it moves."""
        self._both(place, self.infinity, cost)

    def _both(self, place: int, upper: float, cost: float) -> None:
        for column in (self.atoms + place, self.atoms + self.cells + place):
            self.solver.changeColBounds(column, 0.0, upper)
            self.solver.changeColCost(column, cost)

    def move(self, place: int, steps: float) -> Move | None:
        """The cheapest way in which this cell could lie `steps` above its true value (below, when negative).

        None when there is no such way.
        """
        up, down = self.atoms + place, self.atoms + self.cells + place
        there, away = (up, down) if steps >= 0 else (down, up)
        self.solver.changeColBounds(there, abs(steps), self.infinity)
        self.solver.changeColBounds(away, 0.0, 0.0)
        found = self._solve()
        self.solver.changeColBounds(up, 0.0, self.infinity)
        self.solver.changeColBounds(down, 0.0, self.infinity)
        return found

    def furthest(self, wanted: NDArray[np.float64]) -> Move | None:
        """Where hidden cells lie when `wanted` (cells), a weight for each, is as large as it can be."""
        for place in np.flatnonzero(wanted):
            self.solver.changeColCost(self.atoms + int(place), -float(wanted[place]))
            self.solver.changeColCost(self.atoms + self.cells + int(place), float(wanted[place]))
        found = self._solve()
        for place in np.flatnonzero(wanted):
            self.solver.changeColCost(self.atoms + int(place), 0.0)
            self.solver.changeColCost(self.atoms + self.cells + int(place), 0.0)
        return found

    def _solve(self) -> Move | None:
        self.solver.run()
        if self.solver.getModelStatus() != self.solved:
            return None
        values: Any = np.array(self.solver.getSolution().col_value)
        atoms, rest = values[: self.atoms], values[self.atoms :]
        return Move(atoms, rest[: self.cells] - rest[self.cells :])


def ranges(
    members: Sequence[NDArray[np.int64]], values: NDArray[np.float64], atoms: int, known: NDArray[np.bool_],
    wanted: Sequence[int], *, enough: float = np.inf,
) -> NDArray[np.float64]:  # fmt: skip
    """The least and the most (wanted, 2) that each wanted cell can be, for one who knows the `known` cells.

    Cells whose range is seen to be at least `enough` wide are not followed to their ends.
    """
    programme = Programme(members, values, atoms)
    for place, is_known in enumerate(known):
        (programme.shown if is_known else programme.hidden)(place)
    found = np.column_stack([values[list(wanted)], values[list(wanted)]]).astype(float)
    index = list(wanted)

    def widen(move: Move | None) -> None:
        if move is not None:
            there = values[index] + move.moved[index]
            found[:, 0], found[:, 1] = np.minimum(found[:, 0], there), np.maximum(found[:, 1], there)

    for row, place in enumerate(index):
        for sign in (1.0, -1.0):
            if known[place] or found[row, 1] - found[row, 0] >= enough:
                continue
            weights = np.zeros(len(values))
            weights[place] = sign
            move = programme.furthest(weights)
            if move is None:  # nothing holds it back
                found[row, 1 if sign > 0 else 0] = np.inf if sign > 0 else 0.0
            widen(move)
    return found


def refuse(cell: object) -> None:
    """Say that a cell cannot be protected."""
    raise Refused(CANNOT_PROTECT, cell=str(cell))
