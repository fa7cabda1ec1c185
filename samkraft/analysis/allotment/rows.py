"""The limits that couple units: rows "at most" and shares "at least", as sparse numbers over options."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from samkraft.analysis.allotment.instance import AtOnce, Clash, Floor, Instance, Pool, Together
from samkraft.analysis.allotment.problem import Floats, Ints, Longs

Dropped = frozenset[tuple[str, ...]]
DEFAULT_AT_ONCE = AtOnce("samtidigt")


@dataclass(frozen=True, slots=True)
class Laid:
    """Options as they are laid out: people and track of each unit, and where stages and options begin.

    `own`: for units of several people, what each option gives each of them (people, options of the unit).
    """

    people: tuple[tuple[str, ...], ...]
    tracks: tuple[int, ...]
    unit_stages: Ints
    stage_options: Longs
    occasion: Ints
    benefit: Floats
    own: dict[int, Floats]

    def span(self, unit: int) -> tuple[int, int]:
        """First and last option (exclusive) of a unit."""
        return (
            int(self.stage_options[self.unit_stages[unit]]),
            int(self.stage_options[self.unit_stages[unit + 1]]),
        )

    def units_of(self) -> dict[str, list[int]]:
        """Person → units."""
        found: dict[str, list[int]] = {}
        for unit, names in enumerate(self.people):
            for name in names:
                found.setdefault(name, []).append(unit)
        return found

    def find(self, person: str, occasion: int) -> tuple[int, int, int]:
        """(option, unit, stage) of an occasion that a person wishes. Option -1: not open. Stage -1: not wished."""
        for unit in [unit for unit, names in enumerate(self.people) if person in names]:
            first, last = self.span(unit)
            hits = np.flatnonzero(self.occasion[first:last] == occasion)
            if hits.size:
                option = first + int(hits[0])
                return option, unit, int(np.searchsorted(self.stage_options, option, side="right")) - 1
        return -1, -1, -1

    def only(self, keep: NDArray[np.bool_]) -> "Laid":
        """The same with fewer options."""
        before = np.concatenate(([0], np.cumsum(keep)))
        own = {unit: table[:, keep[slice(*self.span(unit))]] for unit, table in self.own.items()}
        return Laid(
            self.people,
            self.tracks,
            self.unit_stages,
            before[self.stage_options].astype(np.int64),
            self.occasion[keep],
            self.benefit[keep],
            own,
        )

    def unit_of_options(self) -> Ints:
        """The unit of each option (K)."""
        counts = np.diff(self.stage_options[self.unit_stages])
        return np.repeat(np.arange(len(self.people), dtype=np.int32), counts)


@dataclass(frozen=True, slots=True)
class Limits:
    """Rows "at most", sparse by option; see `problem.Arrays`."""

    row_at: Longs
    row: Ints
    weight: Floats
    limit: Floats
    price: Floats
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shares:
    """Sums "at least": `share` (V, K)."""

    share: Floats
    least: Floats
    price: Floats
    ids: tuple[str, ...]


class _Rows:
    def __init__(self) -> None:
        self.options: list[Longs] = []
        self.rows: list[Ints] = []
        self.weights: list[Floats] = []
        self.limit: list[float] = []
        self.price: list[float] = []
        self.ids: list[str] = []

    def add(self, rule: str, limit: float, price: float | None, options: Longs, weights: Floats) -> None:
        """One row; rows that nothing touches are left out."""
        if not options.size:
            return
        self.options.append(options)
        self.rows.append(np.full(options.size, len(self.limit), np.int32))
        self.weights.append(weights)
        self.limit.append(limit)
        self.price.append(np.inf if price is None else price)
        self.ids.append(rule)

    def finished(self, many: int) -> Limits:
        """Sorted by option."""
        limit, price = np.array(self.limit, np.float64), np.array(self.price, np.float64)
        if not self.options:
            return Limits(np.zeros(1, np.int64), np.empty(0, np.int32), np.empty(0), limit, price, ())
        options = np.concatenate(self.options)
        order = np.argsort(options, kind="stable")
        at = np.zeros(many + 1, np.int64)
        np.cumsum(np.bincount(options, minlength=many), out=at[1:])
        return Limits(
            at, np.concatenate(self.rows)[order], np.concatenate(self.weights)[order], limit, price, tuple(self.ids)
        )


def limits(instance: Instance, number: dict[str, int], start: Ints, end: Ints, laid: Laid, dropped: Dropped) -> Limits:
    """Rows of pools, of several things at once, of clashes and of soft togetherness."""
    made = _Rows()
    _pools(instance, start, end, laid, dropped, made)
    _at_once(instance, start, end, laid, dropped, made)
    _clashes(instance, number, laid, dropped, made)
    _soft_together(instance, {at: name for name, at in number.items()}, laid, made)
    return made.finished(laid.occasion.size)


def _pools(instance: Instance, start: Ints, end: Ints, laid: Laid, dropped: Dropped, made: _Rows) -> None:
    sizes = np.array([len(names) for names in laid.people], np.float64)[laid.unit_of_options()]
    activity_of = [activity.id for activity, _ in instance.occasions()]
    for rule in instance.rules:
        if not isinstance(rule, Pool) or ("pool", rule.id) in dropped:
            continue
        inside = np.array([name in rule.activities for name in activity_of], np.bool_)
        mine = np.flatnonzero(inside[laid.occasion])
        for week in range(int(start[inside].min(initial=0)), int(end[inside].max(initial=0))):
            then = mine[(start[laid.occasion[mine]] <= week) & (week < end[laid.occasion[mine]])]
            made.add(f"{rule.id}@{week}", rule.most, rule.price, then, sizes[then])


def _at_once(instance: Instance, start: Ints, end: Ints, laid: Laid, dropped: Dropped, made: _Rows) -> None:
    rule = next((one for one in instance.rules if isinstance(one, AtOnce)), DEFAULT_AT_ONCE)
    unit = laid.unit_of_options()
    for person, units in laid.units_of().items():
        if len(units) <= rule.most or ("at_once", person) in dropped:
            continue
        mine = np.concatenate([np.arange(*laid.span(unit)) for unit in units])
        begins, ends = start[laid.occasion[mine]], end[laid.occasion[mine]]
        for week in range(int(begins.min(initial=0)), int(ends.max(initial=0))):
            then = mine[(begins <= week) & (week < ends)]
            if np.unique(unit[then]).size > rule.most:
                made.add(f"{rule.id}:{person}@{week}", rule.most, rule.price, then, np.ones(then.size))


def _clashes(instance: Instance, number: dict[str, int], laid: Laid, dropped: Dropped, made: _Rows) -> None:
    for rule in instance.rules:
        if not isinstance(rule, Clash) or ("clash", rule.id) in dropped:
            continue
        inside = np.isin(laid.occasion, [number[name] for name in rule.occasions])
        for person, units in laid.units_of().items():
            mine = np.concatenate([np.arange(*laid.span(unit)) for unit in units])
            mine = mine[inside[mine]]
            if mine.size > 1:
                made.add(f"{rule.id}:{person}", 1.0, rule.price, mine, np.ones(mine.size))


def _soft_together(instance: Instance, names_of: dict[int, str], laid: Laid, made: _Rows) -> None:
    """For each pair and occasion: half the price when one has it and the other has not."""
    units = laid.units_of()
    for rule in instance.rules:
        if not isinstance(rule, Together) or rule.price is None:
            continue
        for one, other in zip(rule.people, rule.people[1:], strict=False):
            first, second = (
                np.concatenate([np.arange(*laid.span(unit)) for unit in units[name]]) for name in (one, other)
            )
            for occasion in np.union1d(laid.occasion[first], laid.occasion[second]):
                mine, theirs = first[laid.occasion[first] == occasion], second[laid.occasion[second] == occasion]
                both = np.concatenate((mine, theirs))
                signs = np.concatenate((np.ones(mine.size), -np.ones(theirs.size)))
                where = names_of[int(occasion)]
                made.add(f"{rule.id}:{one}+{where}", 0.0, rule.price / 2, both, signs)
                made.add(f"{rule.id}:{other}+{where}", 0.0, rule.price / 2, both, -signs)


def shares(instance: Instance, laid: Laid, dropped: Dropped) -> Shares:
    """One row for each group of each floor: what the group has per head less its share of what the others have."""
    unit = laid.unit_of_options()
    counted: list[tuple[dict[str, float], str]] = []
    prices, ids = [], []
    people = {person.id: person for person in instance.people}
    for rule in instance.rules:
        if not isinstance(rule, Floor) or ("floor", rule.id) in dropped:
            continue
        could = {name for index in np.unique(unit) for name in laid.people[index]}
        heads = [one for one in people if rule.base == "all" or one in could]
        for group in sorted({people[one].groups.get(rule.by, "") for one in heads}):
            inside = {one for one in heads if people[one].groups.get(rule.by, "") == group}
            if not inside or len(inside) == len(heads):
                continue
            # In heads of the group, so that the row is in benefit and its price is a number near one.
            others = rule.share * len(inside) / (len(heads) - len(inside))
            per_head = {one: 1.0 if one in inside else -others for one in heads}
            counted.append((per_head, rule.unit))
            prices.append(np.inf if rule.price is None else rule.price)
            ids.append(f"{rule.id}:{group}")
    table = np.empty((len(counted), laid.occasion.size))
    for number, (per_head, measure) in enumerate(counted):
        _fill_over_heads(table[number], laid, unit, per_head, measure)
    return Shares(table, np.zeros(len(counted)), np.array(prices, np.float64), tuple(ids))


def _fill_over_heads(added: Floats, laid: Laid, unit: Ints, per_head: dict[str, float], measure: str) -> None:
    """What each option adds to the row: its benefit, or its places, times what one head counts (K). Filled in place:
    the table is the largest thing there is of a programme."""
    alone = np.array([per_head.get(names[0], 0.0) for names in laid.people])
    np.take(alone, unit, out=added)
    if measure == "benefit":
        added *= laid.benefit
    for one, table in laid.own.items():
        heads = np.array([per_head.get(name, 0.0) for name in laid.people[one]])
        added[slice(*laid.span(one))] = heads @ (table if measure == "benefit" else np.ones_like(table))
