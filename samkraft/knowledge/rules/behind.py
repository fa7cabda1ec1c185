"""Who is behind a figure: of some enrolments, those that an indicator counts, and those that it only measures them against."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from samkraft.knowledge.rules import groups, months
from samkraft.knowledge.rules.groups import Dimension, Frame
from samkraft.knowledge.rules.measures import Indicator, Kind
from samkraft.knowledge.rules.populations import POPULATIONS, View
from samkraft.people.rules.cohorts import ORIGIN, Cohort, as_number


@dataclass(frozen=True, slots=True)
class Found:
    """One enrolment that an indicator is about. place: which of them all; counted: or only among those it is held against.

    day: what decides its month, None where it has none. days: its value where the indicator is a median.
    """

    place: int
    counted: bool
    day: date | None
    days: int | None


def find(
    one: Indicator, rows: Cohort, day: date, *, dimension: Dimension | None = None, group: str = "",
    bodies: Sequence[str] = (),
) -> list[Found]:  # fmt: skip
    """Those an indicator is about, in the order of the rows. dimension, group: only that group. bodies: who sent each.

    Raises KeyError for an indicator that is not about people.
    """
    view = View(rows, as_number(day))
    among, counted = POPULATIONS[one.population](view), one.counted(view)
    if dimension is not None:
        among = among & _inside(one, view, dimension, group, bodies)
    value = one.value(view) if one.kind is Kind.MEDIAN and one.value else None
    return [
        Found(
            int(place), bool(counted[place]), _day(view, one, int(place)), None if value is None else int(value[place])
        )
        for place in np.flatnonzero(among)
    ]


def _inside(
    one: Indicator, view: View, dimension: Dimension, group: str, bodies: Sequence[str]
) -> np.typing.NDArray[np.bool_]:
    known = tuple(sorted({each for each in bodies if each}))
    place = {each: number for number, each in enumerate(known)}
    codes = np.array([place.get(each, -1) for each in bodies], np.int64)
    if not len(view.team):
        return np.zeros(0, np.bool_)
    frame = Frame(
        tuple(sorted({int(each) for each in view.team if each >= 0})),
        tuple(sorted({int(each) for each in view.wave if each >= 0})),
        known,
        int(months.index(view.columns["started"]).min()),
    )
    split = groups.split(dimension, frame, view, codes, one)
    if group not in split.categories:
        return np.zeros(len(view.team), np.bool_)
    chosen: np.typing.NDArray[np.bool_] = split.codes == split.categories.index(group)
    return chosen


def _day(view: View, one: Indicator, place: int) -> date | None:
    if not one.month:
        return None
    number = int(view.columns[one.month][place])
    return ORIGIN + timedelta(days=number) if number >= 0 else None
