"""Which numbers are left out: small ones, revealing ones, and those that would give them away."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from samkraft.analysis.disclosure import attack, tables, thresholds
from samkraft.analysis.disclosure.tables import Cell

Why = Literal["small", "reveals", "dominated", "protects"]


@dataclass(frozen=True, slots=True)
class System:
    """All that an attacker may hold: the cells of this release and of earlier ones.

    members: the atoms of each cell; values: what it truly is; fixed: published before and cannot be taken back (bool);
    ours: of this release (bool). inner: how many columns each cell is split by, for the cost of hiding it.
    """

    cells: tuple[Cell, ...]
    members: tuple[NDArray[np.int64], ...]
    values: NDArray[np.float64]
    fixed: NDArray[np.bool_]
    ours: NDArray[np.bool_]
    atoms: int


def primary(cells: tuple[Cell, ...], values: NDArray[np.float64], there: tables.People) -> dict[int, Why]:
    """Counts of one to four; and in a sensitive column "nobody" or "everybody" of a group that is not empty."""
    found: dict[int, Why] = {}
    index = {cell: place for place, cell in enumerate(cells)}
    for place, cell in enumerate(cells):
        count = values[place]
        if 0 < count < thresholds.SMALLEST_COUNT:
            found[place] = "small"
        for name, chosen in cell.where:
            if name not in there.sensitive or len(chosen) == len(there.categories[name]):
                continue
            group = index.get(cell.without(name))
            whole = values[group] if group is not None else None
            if whole is not None and whole > 0 and count in (0, whole):
                found.setdefault(place, "reveals")
    return found


def complete(
    system: System, hidden: dict[int, Why], needs: NDArray[np.float64], *, upwards: bool = False
) -> dict[int, Why]:
    """Hide more, as little as possible, until no hidden cell can be placed within less than it needs.

    needs (cells): how wide the range must be in which each cell can be placed; with `upwards`, how far above its true
    value. Every cell that is hidden, to protect
    another too, gets the same protection. Raises Refused when what was published before gives a cell away.
    """
    if not hidden:
        return {}
    programme = attack.Programme(system.members, system.values, system.atoms)
    most = max(len(cell.where) for cell in system.cells)
    for place, cell in enumerate(system.cells):
        if system.fixed[place]:
            programme.shown(place)
        elif place in hidden or not system.ours[place]:
            programme.hidden(place)
        else:
            programme.may_hide(place, _cost(system.values[place], most - len(cell.where)))
    chosen = dict(hidden)
    low, high = np.zeros(len(system.cells)), np.zeros(len(system.cells))  # how far each has been seen to move
    waiting = sorted(chosen, key=lambda place: system.values[place])
    while waiting:
        place = waiting.pop(0)
        if high[place] - (0 if upwards else low[place]) >= needs[place] - attack.NOUGHT:
            continue
        moves = _moves(programme, place, float(needs[place]), upwards=upwards)
        if not moves:
            attack.refuse(words(system.cells[place]))
        for move in moves:
            low, high = np.minimum(low, move.moved), np.maximum(high, move.moved)
            for other in np.flatnonzero(np.abs(move.moved) > attack.NOUGHT).tolist():
                if other not in chosen and system.ours[other] and not system.fixed[other]:
                    chosen[other] = "protects"
                    programme.hidden(other)
                    waiting.append(other)
            _certify(system, chosen, move)
    return chosen


def _moves(programme: attack.Programme, place: int, need: float, *, upwards: bool) -> list[attack.Move]:
    """Other truths that together spread a cell over what it needs: all of it upwards, or else partly downwards.

    Earlier releases may leave a cell free to move only some way up. Empty when no split of the way can be gone.
    """
    for share in (1.0,) if upwards else (1.0, 0.8, 0.6, 0.4, 0.2, 0.0):
        steps = [step for step in (need * share, -need * (1 - share)) if step]
        found = [programme.move(place, step) for step in steps]
        if all(one is not None for one in found):
            return [one for one in found if one is not None]
    return []


def _certify(system: System, hidden: dict[int, Why], move: attack.Move) -> None:
    """The other truth that was found must agree with every number that is shown; worked out anew, without the solver."""
    if (move.atoms < -1e-5).any():
        raise AssertionError("fewer than nobody in the other truth")
    is_shown = system.fixed | system.ours
    is_shown[[place for place in hidden if not system.fixed[place]]] = False
    cells = np.repeat(np.arange(len(system.cells)), [len(atoms) for atoms in system.members])
    sums = np.bincount(cells, move.atoms[np.concatenate(system.members)], len(system.cells))
    if (abs(sums - system.values)[is_shown] > 1e-4).any():
        raise AssertionError("the other truth contradicts a number that is shown")


def _cost(value: float, summed_over: int) -> float:
    """Sums over more columns cost more to lose, and so do larger numbers."""
    return float((1 + np.log1p(abs(value))) * 4.0**summed_over)


def words(cell: Cell) -> str:
    """A cell in words."""
    return ", ".join(f"{name} {' + '.join(values)}" for name, values in cell.where) or "alla"
