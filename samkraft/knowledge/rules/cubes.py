"""Every indicator in every cell of team, month and sex at once, over all enrolments.

Truths without suppression: for the job, the proofs and the bench. What a person sees goes through `weighing`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from samkraft.knowledge.rules import months
from samkraft.knowledge.rules.measures import Indicator, Kind
from samkraft.knowledge.rules.populations import POPULATIONS, View
from samkraft.people.rules import cohorts

SEXES = 3
ALONE = 20_000  # so few are counted before another thread has begun


@dataclass(frozen=True, slots=True)
class Cube:
    """Cells in order of team, month and sex, sex running fastest. of: whom it is about; n: who is counted; median: days,
    NaN where nobody is."""

    of: NDArray[np.int32]
    n: NDArray[np.int32]
    median: NDArray[np.float32] | None


def fields(chosen: Sequence[Indicator]) -> tuple[str, ...]:
    """What must be known of an enrolment to count these: the columns that they look at."""
    columns = _Columns()
    nobody = View(cohorts.Cohort(columns), 0)
    for one in chosen:
        POPULATIONS[one.population](nobody)
        for look in (one.hits, one.value):
            if look is not None:
                look(nobody)
    return tuple(sorted({"team", "sex", *columns.seen, *(one.month for one in chosen)}, key=cohorts.FIELDS.index))


def count(view: View, chosen: Sequence[Indicator], *, teams: int, first_month: int, many_months: int) -> list[Cube]:
    """One cube for each indicator. teams: numbers from 1. Enrolments without a team or a month of these are left out.

    Quickest when those of a team stand together.
    """
    from samkraft.analysis.tallies import (
        cells,
        side_by_side,
    )  # compiled: not for those who only want to know what an indicator is

    per_team, many = many_months * SEXES, teams * many_months * SEXES
    in_a_team = (view.team >= 1) & (view.team <= teams)
    base = np.where(in_a_team, (view.team.astype(np.int32) - 1) * per_team + view.sex, cells.NOWHERE).astype(np.int32)
    month = months.index(np.arange(months.LAST_DAY + 1)).astype(np.int32) - first_month
    by_day = cells.by_day(np.where(month < many_months, month * SEXES, -1))

    def together(alike: Sequence[Indicator]) -> list[Cube]:
        """Those about the same people in the same month."""
        among, day = POPULATIONS[alike[0].population](view), view.columns[alike[0].month]
        cell = cells.place(base, day, among, by_day, many)
        of = cells.count(cell, many)
        found = []
        for one in alike:
            n = of if one.hits is None else cells.count_those(cell, one.hits(view), many)
            days = one.value(view) if one.kind is Kind.MEDIAN and one.value else None
            found.append(Cube(of[:-1], n[:-1], None if days is None else cells.medians(cell, days, of, many)))
        return found

    groups: dict[tuple[str, str], list[Indicator]] = {}
    for one in chosen:
        groups.setdefault((one.population, one.month), []).append(one)
    in_turn = sorted(groups.values(), key=len, reverse=True)
    counted = side_by_side.each(together, in_turn) if len(base) > ALONE else [together(alike) for alike in in_turn]
    cubes = {
        one.code: cube
        for alike, found in zip(in_turn, counted, strict=True)
        for one, cube in zip(alike, found, strict=True)
    }
    return [cubes[one.code] for one in chosen]


class _Columns(dict[str, NDArray[np.int16]]):
    """Of nobody; notes which of them are looked at."""

    def __init__(self) -> None:
        super().__init__({name: np.empty(0, np.int16) for name in cohorts.FIELDS})
        self.seen: set[str] = set()

    def __getitem__(self, name: str) -> NDArray[np.int16]:
        self.seen.add(name)
        return super().__getitem__(name)
