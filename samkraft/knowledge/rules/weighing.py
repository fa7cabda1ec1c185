"""All figures of a run, weighed together with what has left before.

From the coarse to the fine, each fixed by what stands above it: how many there are in all, how many of an indicator's
people, how many counted; then the same by group. Indicators about the same people thereby show the same numbers of them, and
what one hides no other tells.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from samkraft.knowledge.rules import figures, groups, releasing
from samkraft.knowledge.rules.figures import Figure
from samkraft.knowledge.rules.groups import Dimension, Frame, Split
from samkraft.knowledge.rules.indicators import COUNTED
from samkraft.knowledge.rules.measures import Indicator, Kind
from samkraft.knowledge.rules.populations import POPULATIONS, View
from samkraft.knowledge.rules.releasing import Key, Known, Shown

WHOLE = "all"
"""Stands for no dimension: the figure of everybody."""


@dataclass(frozen=True, slots=True)
class Run:
    """What one run knew. place (n): whose, as in the history; bodies (n): place in the frame's bodies, -1 for unknown."""

    number: int
    place: NDArray[np.int64]
    view: View
    bodies: NDArray[np.int64]


@dataclass(slots=True)
class Weighed:
    """The figures of the last run, and what to keep so that the next can be weighed.

    figures: indicator → dimension → group → figure; the whole is under `WHOLE`, `WHOLE`.
    """

    figures: dict[str, dict[str, dict[str, Figure]]] = field(default_factory=dict)
    kept: dict[str, Shown] = field(default_factory=dict)


def dimensions(one: Indicator) -> tuple[Dimension, ...]:
    """The ways in which an indicator is split."""
    told = one.splits or tuple(Dimension)
    return tuple(each for each in Dimension if each in told and (each is not Dimension.MONTH or one.month))


def weigh(
    frame: Frame, runs: Sequence[Run], kept: Sequence[Mapping[str, Shown]], chosen: Sequence[Indicator] = COUNTED
) -> Weighed:
    """Everything that may be shown of the last run. kept: what earlier runs kept, one for each run but the last."""
    return _Weighing(frame, runs, kept).all_of(chosen)


class _Weighing:
    def __init__(self, frame: Frame, runs: Sequence[Run], kept: Sequence[Mapping[str, Shown]]) -> None:
        self.frame, self.runs, self.before = frame, runs, kept
        self.done = Weighed()

    def all_of(self, chosen: Sequence[Indicator]) -> Weighed:
        """Each indicator, the whole before the parts."""
        for one in chosen:
            whole = self._indicator(one, None, ())
            told = {WHOLE: {WHOLE: self._figure(one, whole, None, None)}}
            for dimension in dimensions(one):
                shown = self._indicator(one, dimension, self._chain(one, None))
                parts = self._split(one, dimension, self.runs[-1])
                told[dimension.value] = {
                    group: self._figure(one, shown, group, parts.codes == place)
                    for place, group in enumerate(parts.categories)
                }
            self.done.figures[one.code] = told
        return self.done

    def _figure(self, one: Indicator, shown: Shown, group: str | None, inside: NDArray[np.bool_] | None) -> Figure:
        if one.kind is not Kind.MEDIAN or one.value is None:
            return figures.of_group(one, shown, group, np.zeros(0))
        view = self.runs[-1].view
        counted = one.counted(view)
        return figures.of_group(
            one, shown, group, one.value(view)[counted if inside is None else counted & inside].astype(float)
        )

    def _indicator(self, one: Indicator, dimension: Dimension | None, above: Sequence[str]) -> Shown:
        return self._weighed(self._chain(one, dimension)[-1], one, dimension, above, one.sensitive)

    def _chain(self, one: Indicator, dimension: Dimension | None) -> tuple[str, ...]:
        """The names of what is kept, from all people to those who are counted, for one dimension."""
        what = f"{dimension.value}" if dimension else WHOLE
        if dimension is Dimension.MONTH:
            what = f"{what} {one.month}"
        hits = (f"{one.code}/{what}",) if one.hits else ()
        return (f"everybody/{what}", f"{one.population}/{what}", *hits)

    def _weighed(
        self, name: str, one: Indicator, dimension: Dimension | None, above: Sequence[str], sensitive: bool
    ) -> Shown:
        if name in self.done.kept:
            return self.done.kept[name]
        chain = self._chain(one, dimension)
        coarser = chain[: chain.index(name)]
        if coarser:
            self._weighed(coarser[-1], one, dimension, above, False)
        known = [self._known(name, one, dimension, run) for run in self.runs]
        names = (*above, *coarser, name)
        earlier = [self._as_seen(each, kept[each], name) for kept in (*self.before, self.done.kept) for each in names
                   if each in kept]  # fmt: skip
        categories = self._split(one, dimension, self.runs[-1]).categories if dimension else ()
        shown = releasing.show(categories, known, earlier, sensitive=sensitive)
        self.done.kept[name] = shown
        return shown

    def _as_seen(self, of: str, shown: Shown, where: str) -> Shown:
        """What is kept of coarser people, as cells of finer ones: theirs are among and counted together."""
        here, there = of.split("/")[0], where.split("/")[0]
        if here == there:
            return shown
        if here == "everybody" or there in POPULATIONS or there == "everybody":
            return _only(shown, {(group, None): (group, None) for group in (*shown.groups, None)})
        keys: dict[Key, Key] = {}
        for group in (*shown.groups, None):
            keys |= {
                (group, None): (group, None),
                (group, "outside"): (group, "outside"),
                (group, "counted"): (group, "inside"),
            }
        return _only(shown, keys)

    def _known(self, name: str, one: Indicator, dimension: Dimension | None, run: Run) -> Known:
        group = self._split(one, dimension, run).codes if dimension else np.zeros(len(run.place), np.int64)
        level = name.split("/")[0]
        if level == "everybody":
            state = np.full(len(run.place), 2, np.int64)
        elif level in POPULATIONS:
            state = np.where(POPULATIONS[level](run.view), 2, 0)
        else:
            state = np.where(one.counted(run.view), 2, np.where(POPULATIONS[one.population](run.view), 1, 0))
        return Known(run.number, run.place, group, state)

    def _split(self, one: Indicator, dimension: Dimension, run: Run) -> Split:
        found = groups.split(dimension, self.frame, run.view, run.bodies, one)
        if dimension is not Dimension.MONTH:
            return found
        last = groups.split(dimension, self.frame, self.runs[-1].view, self.runs[-1].bodies, one)
        return Split(last.categories, found.codes)


def _only(shown: Shown, keys: Mapping[Key, Key]) -> Shown:
    return Shown(shown.run, shown.groups, {new: shown.cells[old] for old, new in keys.items() if old in shown.cells})
