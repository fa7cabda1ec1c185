"""A plan as it is kept and handed on: who has which occasion, what is proven, and the prices that prove it."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from samkraft.analysis.allotment.prices import Prices
from samkraft.analysis.allotment.problem import Longs, Problem

FORMAT = "samkraft-allotment-plan-1"
NO_CLASS = 0
NOTHING = 1e-6  # a bound below it is nothing, of which there are no shares


@dataclass(frozen=True, slots=True)
class Proof:
    """The bound of one class (`priority` 0: everybody at once) and the prices that prove it.

    `kept`: the value of each higher class, which must be kept. Prices are by name of what they limit; those that are
    not named are zero. `least_bound` is what the solver of whole numbers says besides.
    """

    priority: int
    value: float
    bound: float
    least_bound: float
    places: dict[str, float]
    rows: dict[str, float]
    shares: dict[str, float]
    kept: dict[int, float] = field(default_factory=dict)

    @property
    def gap(self) -> float:
        """How far this class may be from its best, as a share of the bound."""
        return max(0.0, (self.bound - self.value) / abs(self.bound)) if abs(self.bound) > NOTHING else 0.0


@dataclass(frozen=True, slots=True)
class Plan:
    """Who has which occasion: person → occasions in order of time; and a proof for each class."""

    placements: dict[str, tuple[str, ...]]
    benefit: float
    value: float
    proofs: tuple[Proof, ...]
    method: str
    seed: int

    def as_data(self) -> dict[str, Any]:
        """The plan for JSON."""
        return {
            "format": FORMAT,
            "benefit": self.benefit,
            "value": self.value,
            "method": self.method,
            "seed": self.seed,
            "placements": {person: list(occasions) for person, occasions in self.placements.items() if occasions},
            "proofs": [
                {
                    "priority": one.priority,
                    "value": one.value,
                    "bound": one.bound,
                    "gap": one.gap,
                    "least_bound": one.least_bound,
                    "kept": {str(priority): value for priority, value in one.kept.items()},
                    "prices": {"places": one.places, "rows": one.rows, "shares": one.shares},
                }
                for one in self.proofs
            ],
        }


def placements(problem: Problem, chosen: Longs) -> dict[str, tuple[str, ...]]:
    """Person → occasions, in order of time."""
    found: dict[str, list[tuple[int, str]]] = {name: [] for names in problem.unit_people for name in names}
    for unit, names in enumerate(problem.unit_people):
        for option in chosen[unit]:
            if option >= 0:
                where = int(problem.arrays.occasion[option])
                for name in names:
                    found[name].append((int(problem.arrays.start[where]), problem.occasion_ids[where]))
    return {name: tuple(occasion for _, occasion in sorted(given)) for name, given in found.items()}


def chosen(problem: Problem, given: dict[str, tuple[str, ...]]) -> Longs:
    """Options (U, most_stages) of placements that still fit; what is no longer open is left out."""
    number = {name: at for at, name in enumerate(problem.occasion_ids)}
    a = problem.arrays
    made = np.full((problem.units, max(1, a.most_stages)), -1, np.int64)
    for unit, names in enumerate(problem.unit_people):
        wanted = {number[name] for name in given.get(names[0], ()) if name in number}
        if not wanted:
            continue
        first = int(a.unit_stages[unit])
        for at, stage in enumerate(range(first, int(a.unit_stages[unit + 1]))):
            for option in range(int(a.stage_options[stage]), int(a.stage_options[stage + 1])):
                if int(a.occasion[option]) in wanted:
                    made[unit, at] = option
                    break
    return made


def named(problem: Problem, prices: Prices) -> tuple[dict[str, float], dict[str, float], dict[str, float]]:
    """Prices of places, rows and shares by name; those that are zero are left out."""
    return (
        {name: float(one) for name, one in zip(problem.occasion_ids, prices.place, strict=True) if one > 0},
        {name: float(one) for name, one in zip(problem.row_ids, prices.row, strict=True) if one > 0},
        {name: float(one) for name, one in zip(problem.share_ids, prices.share, strict=True) if one > 0},
    )


def numbered(problem: Problem, proof: Proof) -> Prices:
    """The prices of a proof in the order of a problem."""
    return Prices(
        np.array([proof.places.get(name, 0.0) for name in problem.occasion_ids]),
        np.array([proof.rows.get(name, 0.0) for name in problem.row_ids]),
        np.array([proof.shares.get(name, 0.0) for name in problem.share_ids]),
    )


def from_data(data: dict[str, Any]) -> Plan:
    """The plan in a file. Raises KeyError, TypeError or ValueError when it is none."""
    if data["format"] != FORMAT:
        raise ValueError(f"format {data['format']!r}")
    proofs = tuple(
        Proof(
            int(one["priority"]),
            float(one["value"]),
            float(one["bound"]),
            float(one["least_bound"]),
            {str(name): float(price) for name, price in one["prices"]["places"].items()},
            {str(name): float(price) for name, price in one["prices"]["rows"].items()},
            {str(name): float(price) for name, price in one["prices"]["shares"].items()},
            {int(priority): float(value) for priority, value in one["kept"].items()},
        )
        for one in data["proofs"]
    )
    given = {str(person): tuple(str(one) for one in occasions) for person, occasions in data["placements"].items()}
    return Plan(given, float(data["benefit"]), float(data["value"]), proofs, str(data["method"]), int(data["seed"]))
