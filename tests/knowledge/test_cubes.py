"""Every cell at once says what each row by itself says: people without a team or out of the months are in none."""

from typing import Any

import numpy as np
import pytest

from samkraft.knowledge.rules import cubes, months
from samkraft.knowledge.rules.indicators import BY_CODE, INDICATORS
from samkraft.knowledge.rules.measures import Kind
from samkraft.knowledge.rules.populations import POPULATIONS, View
from samkraft.people.rules.cohorts import DAYS, FIELDS, UNKNOWN, Cohort

MANY, TEAMS, FIRST_MONTH, MONTHS, TODAY = 3000, 4, 290, 6, 9300
MONTHLY = [one for one in INDICATORS if one.population and one.month]


@pytest.fixture(scope="module")
def view() -> View:
    """People in disorder: a third of the days unknown, some teams and months beyond those that are counted."""
    draw = np.random.default_rng(7)
    columns = {name: draw.integers(0, 4, MANY).astype(np.int16) for name in FIELDS}
    for name in DAYS:
        columns[name] = np.where(draw.random(MANY) < 0.33, UNKNOWN, draw.integers(8800, 9040, MANY)).astype(np.int16)
    columns["team"] = draw.choice([UNKNOWN, 0, 1, 2, 4, 5], MANY, p=[0.1, 0.1, 0.1, 0.2, 0.4, 0.1]).astype(np.int16)
    columns["sex"] = draw.integers(0, 3, MANY).astype(np.int16)
    return View(Cohort(columns), TODAY)


def _one_by_one(view: View, code: str) -> dict[int, tuple[int, int, float]]:
    """Cell → whom it is about, who is counted, and the median of days."""
    one = BY_CODE[code]
    among, counted, month = POPULATIONS[one.population](view), one.counted(view), months.index(view.columns[one.month])
    days = one.value(view) if one.kind is Kind.MEDIAN and one.value else np.zeros(MANY)
    found: dict[int, list[tuple[bool, int]]] = {}
    for place in np.flatnonzero(among):
        team, in_month = int(view.team[place]), int(month[place]) - FIRST_MONTH
        if 1 <= team <= TEAMS and 0 <= in_month < MONTHS:
            cell = ((team - 1) * MONTHS + in_month) * cubes.SEXES + int(view.sex[place])
            found.setdefault(cell, []).append((bool(counted[place]), int(days[place])))
    return {
        cell: (len(rows), sum(hit for hit, _ in rows), float(np.median([day for _, day in rows])))
        for cell, rows in found.items()
    }


def _counted(view: View, chosen: list[Any]) -> list[cubes.Cube]:
    return cubes.count(view, chosen, teams=TEAMS, first_month=FIRST_MONTH, many_months=MONTHS)


def test_each_cell_is_what_its_rows_say(view: View) -> None:
    sizes = set()
    for one, cube in zip(MONTHLY, _counted(view, MONTHLY), strict=True):
        sizes |= set(cube.of.tolist())
        assert len(cube.of) == len(cube.n) == TEAMS * MONTHS * cubes.SEXES
        ours = {
            int(cell): (int(cube.of[cell]), int(cube.n[cell]), 0.0 if cube.median is None else float(cube.median[cell]))
            for cell in np.flatnonzero(cube.of)
        }
        assert ours == _one_by_one(view, one.code), one.code
        assert cube.median is None or np.isnan(cube.median[cube.of == 0]).all()
    assert sizes >= {0, 1, 2, 3, 4, 5}
    assert max(sizes) > 40  # sorted in several steps


def test_the_columns_that_are_needed_are_enough_and_those_that_are_looked_at(view: View) -> None:
    assert cubes.fields([BY_CODE["stay"]]) == ("team", "sex", "started", "left")
    for one in MONTHLY:
        few = View(Cohort({name: view.columns[name] for name in cubes.fields([one])}), TODAY)
        (cube,) = _counted(few, [one])
        assert int(cube.of.sum()) == sum(of for of, _, _ in _one_by_one(view, one.code).values())
