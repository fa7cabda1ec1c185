"""From an instance to a problem: every rule becomes options, chains, or rows of limits."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from samkraft.analysis.allotment import rows
from samkraft.analysis.allotment.instance import Capacity, Holdings, Instance, Lock, Need, Person, Together
from samkraft.analysis.allotment.problem import Arrays, Flags, Floats, Ints, Problem
from samkraft.analysis.allotment.rows import Dropped

NOTHING: Dropped = frozenset()


@dataclass(slots=True)
class _Units:
    """Lists that grow while units are laid out."""

    people: list[tuple[str, ...]] = field(default_factory=list)
    tracks: list[int] = field(default_factory=list)
    unit_stages: list[int] = field(default_factory=lambda: [0])
    size: list[int] = field(default_factory=list)
    ready: list[int] = field(default_factory=list)
    need: list[int] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)
    gap: list[int] = field(default_factory=list)
    longest: list[int] = field(default_factory=list)
    may_skip: list[bool] = field(default_factory=list)
    occasion: list[Ints] = field(default_factory=list)
    benefit: list[Floats] = field(default_factory=list)
    own: dict[int, list[Floats]] = field(default_factory=dict)


def compiled(instance: Instance, *, dropped: Dropped = NOTHING, benefits: Floats | None = None) -> Problem:
    """The problem of an instance.

    `dropped` names rules to leave out, as in `conflicts`. `benefits` replaces the wishes' own, one for each wish in the
    order of `wishes(instance)`.
    """
    offers = _Offers(instance)
    units = _Units()
    together = {
        name: rule.people
        for rule in instance.of(Together)
        if isinstance(rule, Together) and rule.price is None and ("together", rule.id) not in dropped
        for name in rule.people
    }
    known = {person.id: person for person in instance.people}
    first_wish = _first_wishes(instance)
    for person in instance.people:
        group = together.get(person.id, (person.id,))
        if group[0] != person.id:
            continue
        members = [known[name] for name in group]
        for track in range(len(person.tracks)):
            _add_unit(units, offers, members, track, dropped, benefits, first_wish)
    return _finished(instance, offers, units, dropped)


def wishes(instance: Instance) -> Iterable[tuple[Person, int, int, int]]:
    """Every wish as (person, track, stage, number), in the order that benefits are counted."""
    for person in instance.people:
        for track, needs in enumerate(person.tracks):
            for stage, need in enumerate(needs):
                for number in range(len(need.wishes)):
                    yield person, track, stage, number


def _first_wishes(instance: Instance) -> dict[tuple[str, int, int], int]:
    """Where each need's wishes begin in the order of `wishes`."""
    found, count = {}, 0
    for person in instance.people:
        for track, needs in enumerate(person.tracks):
            for stage, need in enumerate(needs):
                found[person.id, track, stage] = count
                count += len(need.wishes)
    return found


class _Offers:
    """Occasions by number, and those of each activity as arrays."""

    def __init__(self, instance: Instance) -> None:
        self.ids: list[str] = []
        self.number: dict[str, int] = {}
        start, end, places, self.by_activity = [], [], [], {}
        for activity in instance.activities:
            first = len(self.ids)
            for one in activity.starts:
                self.number[activity.occasion(one.week)] = len(self.ids)
                self.ids.append(activity.occasion(one.week))
                start.append(one.week)
                end.append(one.week + activity.weeks)
                places.append(one.places)
            self.by_activity[activity.id] = np.arange(first, len(self.ids), dtype=np.int32)
        self.requires = {activity.id: activity.requires for activity in instance.activities}
        self.start, self.end = np.array(start, np.int32), np.array(end, np.int32)
        self.places = np.array(places, np.int32)
        self.kept = 1.0 - instance.loss_per_week() * np.maximum(self.start, 0)
        self.kept = np.maximum(self.kept, 0.0)

    def open_to(self, person: Person, activity: str, dropped: Dropped) -> Ints:
        """The occasions of an activity that a person could have."""
        if not self.requires[activity] <= person.has and ("eligible", person.id, activity) not in dropped:
            return np.empty(0, np.int32)
        found = self.by_activity[activity]
        if ("away", person.id) in dropped:
            return found
        fits = self.start[found] >= person.ready
        if person.away:
            for first, until in person.away:
                fits &= (self.end[found] <= first) | (self.start[found] >= until)
        return found[fits]


def _add_unit(
    units: _Units,
    offers: _Offers,
    members: list[Person],
    track: int,
    dropped: Dropped,
    benefits: Floats | None,
    first_wish: dict[tuple[str, int, int], int],
) -> None:
    free_order = all(("order", one.id) in dropped for one in members)
    for stage, need in enumerate(members[0].tracks[track]):
        occasions, worth = _options(offers, members, track, stage, dropped, benefits, first_wish)
        units.occasion.append(occasions)
        units.benefit.append(worth.sum(axis=0))
        if len(members) > 1:
            units.own.setdefault(len(units.people), []).append(worth)
        units.counts.append(occasions.size)
        _add_stage(units, [one.tracks[track][stage] for one in members], need, free_order)
    units.people.append(tuple(one.id for one in members))
    units.tracks.append(track)
    units.unit_stages.append(len(units.counts))
    units.size.append(len(members))
    units.ready.append(max(0 if ("away", one.id) in dropped else one.ready for one in members))
    units.need.append(0)


def _add_stage(units: _Units, needs: list[Need], first: Need, free_order: bool) -> None:
    limits = [one.longest_gap for one in needs if one.longest_gap is not None]
    units.gap.append(-(10**6) if free_order else max(one.gap for one in needs))
    units.longest.append(min(limits) if limits and not free_order else -1)
    units.may_skip.append(free_order or all(one.may_skip for one in needs))


def _options(
    offers: _Offers,
    members: list[Person],
    track: int,
    stage: int,
    dropped: Dropped,
    benefits: Floats | None,
    first_wish: dict[tuple[str, int, int], int],
) -> tuple[Ints, Floats]:
    """Occasions that every member could have in this stage, and what each gives each member (members, options)."""
    found: dict[int, list[float]] | None = None
    for person in members:
        base = first_wish[person.id, track, stage]
        parts, worths = [np.empty(0, np.int32)], [np.empty(0)]
        for number, wish in enumerate(person.tracks[track][stage].wishes):
            numbers = offers.open_to(person, wish.activity, dropped)
            parts.append(numbers)
            benefit = wish.benefit if benefits is None else float(benefits[base + number])
            worths.append(benefit * offers.kept[numbers])
        occasions, worth = np.concatenate(parts), np.concatenate(worths)
        if len(members) == 1:
            return occasions, worth[None, :]
        own = dict(zip(occasions.tolist(), worth.tolist(), strict=True))
        found = (
            {one: [value] for one, value in own.items()}
            if found is None
            else {one: [*before, own[one]] for one, before in found.items() if one in own}
        )
    shared = found or {}
    return np.array(list(shared), np.int32), np.array(list(shared.values()), np.float64).reshape(-1, len(members)).T


def _finished(instance: Instance, offers: _Offers, units: _Units, dropped: Dropped) -> Problem:
    stage_options = np.zeros(len(units.counts) + 1, np.int64)
    np.cumsum(units.counts, out=stage_options[1:])
    occasion = np.concatenate(units.occasion) if units.occasion else np.empty(0, np.int32)
    benefit = np.concatenate(units.benefit) if units.benefit else np.empty(0)
    units.occasion.clear()
    units.benefit.clear()  # what was joined is not needed twice: in a large programme they are most of the memory
    unit_stages = np.array(units.unit_stages, np.int32)
    need = np.array(units.need, np.int32)
    may_skip = np.array(units.may_skip, np.bool_)
    own = {unit: np.concatenate(tables, axis=1) for unit, tables in units.own.items()}
    laid = rows.Laid(tuple(units.people), tuple(units.tracks), unit_stages, stage_options, occasion, benefit, own)
    gain, offset, keep, impossible = _promises(instance, offers, laid, need, may_skip, dropped)
    if not keep.all():
        laid, gain = laid.only(keep), gain[keep]
    limits = rows.limits(instance, offers.number, offers.start, offers.end, laid, dropped)
    least = rows.shares(instance, laid, dropped)
    arrays = Arrays(
        unit_stages=unit_stages,
        size=np.array(units.size, np.int32),
        ready=np.array(units.ready, np.int32),
        need=need,
        stage_options=laid.stage_options,
        gap=np.array(units.gap, np.int32),
        longest=np.array(units.longest, np.int32),
        may_skip=may_skip,
        occasion=laid.occasion,
        gain=gain,
        start=offers.start,
        end=offers.end,
        places=_places(instance, offers, dropped),
        extra_price=np.full(len(offers.ids), _capacity_price(instance)),
        row_at=limits.row_at,
        row=limits.row,
        weight=limits.weight,
        limit=limits.limit,
        row_price=limits.price,
        share=least.share,
        least=least.least,
        least_price=least.price,
        weeks=int(max(offers.end.max(initial=0), instance.weeks)) + 1,
        most_stages=int(np.diff(unit_stages).max(initial=0)),
    )
    ids = tuple(offers.ids)
    return Problem(arrays, laid.people, laid.tracks, ids, laid.benefit, offset, limits.ids, least.ids, impossible)


def _places(instance: Instance, offers: _Offers, dropped: Dropped) -> Ints:
    open_wide = [offers.number[key[1]] for key in dropped if key[0] == "places"]
    places = offers.places.copy()
    places[open_wide] = len(instance.people)
    return places


def _capacity_price(instance: Instance) -> float:
    prices = [rule.price for rule in instance.of(Capacity)]
    return prices[0] if prices and prices[0] is not None else np.inf


def _promises(
    instance: Instance, offers: _Offers, laid: rows.Laid, need: Ints, may_skip: Flags, dropped: Dropped
) -> tuple[Floats, float, Flags, tuple[tuple[str, int, int], ...]]:
    """Locks and holdings: hard ones leave one option in their stage, soft ones make theirs worth more."""
    keep = np.ones(laid.occasion.size, np.bool_)
    promises = promised(instance)
    gain, offset, impossible = laid.benefit.copy() if promises else laid.benefit, 0.0, []
    for rule, person, occasion in promises:
        if ("lock", rule.id, person, occasion) in dropped:
            continue
        option, unit, stage = laid.find(person, offers.number[occasion])
        if rule.price is not None:
            offset -= rule.price
            if option >= 0:
                gain[option] += rule.price
            continue
        if stage < 0:
            impossible.append((person, unit, offers.number[occasion]))
            continue
        first, last = laid.stage_options[stage], laid.stage_options[stage + 1]
        keep[first:last] &= np.arange(first, last) == option
        need[unit] = max(need[unit], stage - laid.unit_stages[unit] + 1)
        may_skip[stage] = False
    return gain, offset, keep, tuple(impossible)


def promised(instance: Instance) -> list[tuple[Lock | Holdings, str, str]]:
    """What has been promised: (rule, person, occasion), locks first."""
    found: list[tuple[Lock | Holdings, str, str]] = [
        (rule, rule.person, rule.occasion) for rule in instance.rules if isinstance(rule, Lock)
    ]
    for rule in instance.rules:
        if isinstance(rule, Holdings):
            found += [(rule, person.id, occasion) for person in instance.people for occasion in person.holds]
    return found
