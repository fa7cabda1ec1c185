"""What of an indicator's figures may leave, given everything about it that has left before.

An enrolment is one of three things to an indicator: not among those it is about, among them, or counted. For one dimension
the figures are a table of groups by that. What was known changes from run to run: the unit of the door is therefore a
stretch of runs during which an enrolment was known as the same, so that a later month, and a corrected one, are weighed
together with the earlier releases. Fewer than five who have come or gone since the last run may not be worked out as a
difference either, and a number that is nearer than five to one that has been shown is not shown.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from samkraft.analysis.disclosure import attack, release, tables, thresholds
from samkraft.analysis.disclosure.release import Release
from samkraft.analysis.disclosure.tables import Cell, People, Table
from samkraft.values.refusal import Refused

STATES = ("outside", "among", "counted")
INSIDE = ("among", "counted")
STILL = "still"
GROUP, STATE, SPAN = "group", "state", "span"
Key = tuple[str | None, str | None]


@dataclass(frozen=True, slots=True)
class Known:
    """What one run knew: whose (n, ids of the history), group (n) and state (n: 0, 1, 2)."""

    run: int
    place: NDArray[np.int64]
    group: NDArray[np.int64]
    state: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Shown:
    """What may be shown. cells: (group or None for all, state or None for all) → number, None where it is hidden."""

    run: int
    groups: tuple[str, ...]
    cells: Mapping[Key, int | None]

    def as_json(self) -> dict[str, Any]:
        """As it is kept; hidden numbers are not in it."""
        return {
            "run": self.run,
            "groups": list(self.groups),
            "cells": [[*key, count] for key, count in self.cells.items()],
        }


def from_json(stored: Mapping[str, Any]) -> Shown:
    """As it was kept."""
    return Shown(stored["run"], tuple(stored["groups"]), {(one[0], one[1]): one[2] for one in stored["cells"]})


def show(groups: Sequence[str], runs: Sequence[Known], earlier: Sequence[Shown], *, sensitive: bool) -> Shown:
    """What may be shown of the last run. runs: in order. earlier: all that has left, of these runs or of this one.

    When what has left already would give somebody away whatever is hidden, or when there are more groups than the door can
    hold, nothing is shown.
    """
    numbers = [str(one.run) for one in runs]
    if len(groups) * len(STATES) * len(_spans(numbers)) > thresholds.MOST_ATOMS:
        return _nothing(groups, runs[-1].run, earlier)
    there = _people(groups, runs)
    wanted = Table("now", (GROUP, STATE) if groups else (STATE,), {SPAN: _alive(numbers, len(numbers) - 1)})
    before = [_seen_now(one, numbers) for one in earlier]
    if len(runs) > 1:
        before.append(_differences(groups, there, numbers))
        before.append(_near(groups, runs[-1], earlier, numbers))
    if sensitive:
        before.append(_telling(groups, runs[-1], numbers))
    try:
        published = release.publish(there, [wanted], before)
    except Refused as refused:
        if refused.reason.code != attack.CANNOT_PROTECT.code:
            raise
        return _nothing(groups, runs[-1].run, earlier)
    now = _alive(numbers, len(numbers) - 1)
    return Shown(runs[-1].run, tuple(groups), {key: published.at(_cell(key, now)) for key in _keys(groups)})


def _nothing(groups: Sequence[str], run: int, earlier: Sequence[Shown]) -> Shown:
    """Only what has left in this run already."""
    known = {key: count for one in earlier if one.run == run for key, count in one.cells.items()}
    return Shown(run, tuple(groups), {key: known.get(key) for key in _keys(groups)})


def _keys(groups: Sequence[str]) -> list[Key]:
    return [(group, state) for group in (*groups, None) for state in (*STATES, None)]


def _cell(key: Key, spans: tuple[str, ...]) -> Cell:
    where: dict[str, str | tuple[str, ...]] = {SPAN: spans}
    for name, value in zip((GROUP, STATE), key, strict=True):
        if value is not None:
            where[name] = INSIDE if value == "inside" else value
    return Cell.of(where)


def _span(since: int, until: int, numbers: Sequence[str]) -> str:
    """From one run until another (places); a stretch that goes on ends with `STILL`."""
    return f"{numbers[since]}>{STILL if until == len(numbers) else numbers[until]}"


def _spans(numbers: Sequence[str]) -> dict[str, tuple[int, int]]:
    many = len(numbers)
    return {
        _span(since, until, numbers): (since, until) for since in range(many) for until in range(since + 1, many + 1)
    }


def _alive(numbers: Sequence[str], run: int) -> tuple[str, ...]:
    """The stretches in which a run is."""
    return tuple(word for word, (since, until) in _spans(numbers).items() if since <= run < until)


def _people(groups: Sequence[str], runs: Sequence[Known]) -> People:
    """A unit for each stretch of runs in which an enrolment was known as the same."""
    known = _matrix(runs)
    many = known.shape[1]
    until = np.full_like(known, many)
    for run in range(many - 2, -1, -1):
        until[:, run] = np.where(known[:, run] == known[:, run + 1], until[:, run + 1], run + 1)
    begins = known >= 0
    begins[:, 1:] &= known[:, 1:] != known[:, :-1]
    who, since = np.nonzero(begins)
    what = known[who, since]
    numbers = [str(one.run) for one in runs]
    spans = _spans(numbers)
    index = np.full((many, many + 1), -1, np.int64)
    for place, (begin, end) in enumerate(spans.values()):
        index[begin, end] = place
    return People(
        {GROUP: what // len(STATES), STATE: what % len(STATES), SPAN: index[since, until[who, since]]},
        {GROUP: tuple(groups) or ("all",), STATE: STATES, SPAN: tuple(spans)},
        frozenset(),
    )


def _matrix(runs: Sequence[Known]) -> NDArray[np.int64]:
    """Enrolment by run: group and state as one number, -1 where the run did not know it."""
    everybody = np.unique(np.concatenate([one.place for one in runs]))
    found = np.full((len(everybody), len(runs)), -1, np.int64)
    for column, one in enumerate(runs):
        found[np.searchsorted(everybody, one.place), column] = one.group * len(STATES) + one.state
    return found


def _seen_now(one: Shown, numbers: Sequence[str]) -> Release:
    """An earlier release as its units are told apart today: those whose stretch that run is in."""
    spans = _alive(numbers, numbers.index(str(one.run)))
    categories = {STATE: STATES} | ({GROUP: one.groups} if one.groups else {})
    return Release((), categories, {_cell(key, spans): count for key, count in one.cells.items()}, {})


def _telling(groups: Sequence[str], last: Known, numbers: Sequence[str]) -> Release:
    """Groups of which nobody or everybody is counted: that would tell of each of them. Kept hidden like small numbers."""
    spans, hidden = _alive(numbers, len(numbers) - 1), []
    for place, group in (*enumerate(groups), (None, None)):
        states = last.state if place is None else last.state[last.group == place]
        among, counted = int((states == 1).sum()), int((states == 2).sum())
        if among + counted > 0 and 0 in (among, counted):
            hidden += [_cell((group, state), spans) for state in INSIDE]
    return Release((), {}, dict.fromkeys(hidden), {})


def _near(groups: Sequence[str], last: Known, earlier: Sequence[Shown], numbers: Sequence[str]) -> Release:
    """Numbers that differ by one to four from one that has been shown: the difference would tell of those few."""
    spans, hidden = _alive(numbers, len(numbers) - 1), []
    for key in _keys(groups):
        inside = np.ones(len(last.place), bool)
        if key[0] is not None:
            inside &= last.group == groups.index(key[0])
        if key[1] is not None:
            inside &= last.state == STATES.index(key[1])
        shown = [one.cells.get(key) for one in earlier if one.run != last.run]
        if any(then is not None and 0 < abs(int(inside.sum()) - then) < thresholds.SMALLEST_COUNT for then in shown):
            hidden.append(_cell(key, spans))
    return Release((), {}, dict.fromkeys(hidden), {})


def _differences(groups: Sequence[str], there: People, numbers: Sequence[str]) -> Release:
    """Those who have come or gone since the last run, where they are few: cells that nobody may be able to work out."""
    last = len(numbers) - 1
    spans = _spans(numbers)
    came = tuple(word for word, (since, _until) in spans.items() if since == last)
    gone = tuple(word for word, (_since, until) in spans.items() if until == last)
    held = tables.Atoms({name: there.categories[name] for name in ((GROUP, STATE, SPAN) if groups else (STATE, SPAN))})
    counts = held.counts(there)
    cells = [_cell(key, which) for which in (came, gone) for key in _keys(groups)]
    few = [cell for cell in cells if 0 < counts[held.members(cell)].sum() < thresholds.SMALLEST_COUNT]
    return Release((), {}, dict.fromkeys(few), {})
