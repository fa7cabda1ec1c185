"""Counts a bound anew from prices, with a dynamic programme of its own: backwards over stages, from the instance alone.

For any prices that are not negative: what every sequence of needs is worth at most after paying, plus what the limits
are worth, is at least the value of every plan that keeps the hard rules (weak duality). A price above what breaking a
soft rule costs would prove nothing; it is counted as that cost.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from samkraft.analysis.allotment.checking import Sight, heads
from samkraft.analysis.allotment.instance import (
    AtOnce,
    Capacity,
    Clash,
    Floor,
    Holdings,
    Instance,
    Lock,
    Need,
    Person,
    Pool,
    Together,
)
from samkraft.analysis.allotment.plan import NO_CLASS, Proof

Floats = NDArray[np.float64]
NEVER = -1e15


class _Counting:
    """What each option pays, by name."""

    def __init__(self, sight: Sight, proof: Proof) -> None:
        self.sight, self.proof = sight, proof
        rules = sight.instance.rules
        capacity = next((one for one in rules if isinstance(one, Capacity)), Capacity("platser"))
        self.places = {name: _capped(price, capacity.price) for name, price in proof.places.items()}
        self.pools = [one for one in rules if isinstance(one, Pool)]
        self.clashes = [one for one in rules if isinstance(one, Clash)]
        self.at_once = next((one for one in rules if isinstance(one, AtOnce)), AtOnce("samtidigt"))
        self.pairs = [one for one in rules if isinstance(one, Together) and one.price is not None]
        self.free = sum(sight.occasions[name][1].places * price for name, price in self.places.items())
        self.factor = {person.id: 0.0 for person in sight.instance.people}  # on benefit
        self.fixed = dict(self.factor)  # on each place
        self.promised: dict[tuple[str, str], float] = {}
        self.must: dict[str, set[str]] = {}
        self._shares()
        self._promises()
        self._rows()

    def _shares(self) -> None:
        for rule in self.sight.instance.rules:
            if not isinstance(rule, Floor):
                continue
            groups = heads(self.sight, rule)
            everybody = [name for names in groups.values() for name in names]
            for group, names in groups.items():
                price = _capped(self.proof.shares.get(f"{rule.id}:{group}", 0.0), rule.price)
                inside = set(names)
                if not price or len(inside) == len(everybody):
                    continue
                others = rule.share * len(inside) / (len(everybody) - len(inside))
                target = self.factor if rule.unit == "benefit" else self.fixed
                for name in everybody:
                    target[name] += price * (1.0 if name in inside else -others)
        for person in self.sight.instance.people:
            counted = self.proof.priority in (NO_CLASS, person.priority)
            self.factor[person.id] += 1.0 if counted else 0.0
            price = self.proof.shares.get(f"class:{person.priority}", 0.0)
            if person.priority in self.proof.kept:
                self.factor[person.id] += price
        for priority, value in self.proof.kept.items():
            self.free -= self.proof.shares.get(f"class:{priority}", 0.0) * value

    def _promises(self) -> None:
        for rule in self.sight.instance.rules:
            if isinstance(rule, Lock):
                self._promise(rule.price, rule.person, rule.occasion)
            elif isinstance(rule, Holdings):
                for person in self.sight.instance.people:
                    for occasion in person.holds:
                        self._promise(rule.price, person.id, occasion)

    def _promise(self, price: float | None, person: str, occasion: str) -> None:
        if price is None:
            self.must.setdefault(person, set()).add(occasion)
        else:
            key = (person, occasion)
            self.promised[key] = self.promised.get(key, 0.0) + price
            self.free -= price

    def _rows(self) -> None:
        """What the limits of named rows are worth: their price times what they allow."""
        known: dict[str, float | None] = {}
        for pool in self.pools:
            known[pool.id] = pool.price
        allows = {pool.id: float(pool.most) for pool in self.pools} | {one.id: 1.0 for one in self.clashes}
        allows |= {one.id: 0.0 for one in self.pairs} | {self.at_once.id: float(self.at_once.most)}
        caps: dict[str, float | None] = known | {one.id: one.price for one in self.clashes}
        caps |= {one.id: None if one.price is None else one.price / 2 for one in self.pairs}
        caps[self.at_once.id] = self.at_once.price
        self.rows: dict[str, float] = {}
        for name, price in self.proof.rows.items():
            rule = max((one for one in allows if name.startswith((f"{one}@", f"{one}:"))), key=len, default="")
            if rule:
                self.rows[name] = _capped(price, caps[rule])
                self.free += self.rows[name] * allows[rule]

    def pays(self, person: Person, activity: str, week: int, until: int) -> float:
        """What one person pays for one occasion, floors not counted."""
        name = f"{activity}@{week}"
        whole = self.places.get(name, 0.0)
        if not self.rows:
            return whole
        for pool in self.pools:
            if activity in pool.activities:
                whole += sum(self.rows.get(f"{pool.id}@{one}", 0.0) for one in range(week, until))
        whole += sum(self.rows.get(f"{self.at_once.id}:{person.id}@{one}", 0.0) for one in range(week, until))
        for clash in self.clashes:
            if name in clash.occasions:
                whole += self.rows.get(f"{clash.id}:{person.id}", 0.0)
        for pair in self.pairs:
            for one, other in zip(pair.people, pair.people[1:], strict=False):
                if person.id in (one, other):
                    mate = other if person.id == one else one
                    whole += self.rows.get(f"{pair.id}:{person.id}+{name}", 0.0)
                    whole -= self.rows.get(f"{pair.id}:{mate}+{name}", 0.0)
        return whole


def _capped(price: float, cost: float | None) -> float:
    price = max(price, 0.0)
    return price if cost is None else min(price, cost)


def bound(instance: Instance, proof: Proof) -> float:
    """The bound that the prices of a proof prove, for its class or for everybody. Infinite values refuse to be prices."""
    if any(not np.isfinite(one) for table in (proof.places, proof.rows, proof.shares) for one in table.values()):
        return float("inf")
    sight = Sight(instance)
    counting = _Counting(sight, proof)
    whole = counting.free
    for members in _units(instance):
        for track in range(len(members[0].tracks)):
            whole += _best(counting, members, track)
    return float(whole)


def _units(instance: Instance) -> Iterator[list[Person]]:
    """People who go together are one."""
    people = {person.id: person for person in instance.people}
    together = [one.people for one in instance.rules if isinstance(one, Together) and one.price is None]
    later = {name for names in together for name in names[1:]}
    first = {names[0]: names for names in together}
    for person in instance.people:
        if person.id not in later:
            yield [people[name] for name in first.get(person.id, (person.id,))]


def _best(counting: _Counting, members: list[Person], track: int) -> float:
    """The worth of the best sequence of one track: `after[e]` is what can still come when the last ended in week e."""
    needs = [member.tracks[track] for member in members]
    options = [_options(counting, members, [own[stage] for own in needs]) for stage in range(len(needs[0]))]
    must, options = _with_locks(counting, members, track, options)
    ready = max(member.ready for member in members)
    horizon = max((int(ends.max()) for _, ends, _ in options if ends.size), default=0) + 1
    # State 0 … horizon-1: the last ended then. State `horizon`: nothing yet.
    after = np.zeros(horizon + 1)
    for stage in range(len(options) - 1, -1, -1):
        begins, ends, worth = options[stage]
        stop = 0.0 if stage >= must else NEVER
        now = np.full(horizon + 1, stop)
        if begins.size:
            value = worth + after[ends]
            gap = max(own[stage].gap for own in needs)
            limits = [own[stage].longest_gap for own in needs]
            longest = min((one for one in limits if one is not None), default=None)
            now = np.maximum(now, _window(begins, value, gap, longest, ready, horizon))
        if all(own[stage].may_skip for own in needs) and not _locked(counting, members, needs, stage):
            now = np.maximum(now, after)
        after = now
    return float(after[horizon])


def _window(
    begins: NDArray[np.int64], value: Floats, gap: int, longest: int | None, ready: int, horizon: int
) -> Floats:
    """The best value among options that may begin when the last ended in each week, and when nothing came before."""
    best = np.full(horizon + 2, NEVER)
    np.maximum.at(best, begins, value)
    found = np.full(horizon + 1, NEVER)
    for ended in range(horizon):
        last = horizon if longest is None else min(horizon, ended + longest)
        if ended + gap <= last:
            found[ended] = best[ended + gap : last + 1].max()
    found[horizon] = best[ready : horizon + 1].max() if ready <= horizon else NEVER
    return found


def _options(
    counting: _Counting, members: list[Person], needs: list[Need]
) -> tuple[NDArray[np.int64], NDArray[np.int64], Floats]:
    """Begin, end and worth after paying of what all members could have."""
    worth: defaultdict[str, float] = defaultdict(float)
    could: Counter[str] = Counter()
    spans: dict[str, tuple[int, int]] = {}
    for person, need in zip(members, needs, strict=True):
        for wish in need.wishes:
            activity = counting.sight.activities[wish.activity]
            for start in activity.starts:
                if not counting.sight.may_have(person, activity, start.week):
                    continue
                name, until = activity.occasion(start.week), start.week + activity.weeks
                benefit = wish.benefit * counting.sight.kept(start.week)
                spans[name] = (start.week, until)
                could[name] += 1
                worth[name] += (
                    counting.factor[person.id] * benefit
                    + counting.fixed[person.id]
                    + counting.promised.get((person.id, name), 0.0)
                    - counting.pays(person, activity.id, start.week, until)
                )
    names = [name for name, many in could.items() if many == len(members)]
    return (
        np.array([spans[name][0] for name in names], np.int64),
        np.array([spans[name][1] for name in names], np.int64),
        np.array([worth[name] for name in names], np.float64),
    )


def _locked_stage(needs: list[tuple[Need, ...]], occasion: str) -> int:
    activity = occasion.split("@")[0]
    for stage, need in enumerate(needs[0]):
        if any(wish.activity == activity for wish in need.wishes):
            return stage
    return -1


def _locked(counting: _Counting, members: list[Person], needs: list[tuple[Need, ...]], stage: int) -> bool:
    locks = {one for member in members for one in counting.must.get(member.id, ())}
    return any(_locked_stage(needs, one) == stage for one in locks)


def _with_locks(
    counting: _Counting,
    members: list[Person],
    track: int,
    options: list[tuple[NDArray[np.int64], NDArray[np.int64], Floats]],
) -> tuple[int, list[tuple[NDArray[np.int64], NDArray[np.int64], Floats]]]:
    """How many stages must be had, and the options that locks leave."""
    must = 0
    needs = [member.tracks[track] for member in members]
    for occasion in {one for member in members for one in counting.must.get(member.id, ())}:
        stage = _locked_stage(needs, occasion)
        if stage < 0:
            continue
        must = max(must, stage + 1)
        names = _names(counting, members, [own[stage] for own in needs])
        keep = np.array([name == occasion for name in names], np.bool_)
        options[stage] = tuple(one[keep] for one in options[stage])  # type: ignore[assignment]  # a triple stays one
    return must, options


def _names(counting: _Counting, members: list[Person], needs: list[Need]) -> list[str]:
    could: Counter[str] = Counter()
    for person, need in zip(members, needs, strict=True):
        for wish in need.wishes:
            activity = counting.sight.activities[wish.activity]
            could.update(
                activity.occasion(start.week)
                for start in activity.starts
                if counting.sight.may_have(person, activity, start.week)
            )
    return [name for name, many in could.items() if many == len(members)]
