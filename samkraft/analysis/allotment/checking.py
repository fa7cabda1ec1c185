"""Checks a plan against the instance alone: nothing of what made the plan is used, only the file and this page.

What is said about a plan (its benefit, that every hard rule is kept, that nobody was overtaken) is counted anew from
people and occasions, and `checking_bound` counts the bound anew from the prices.
"""

import math
from collections import Counter
from dataclasses import dataclass

from samkraft.analysis.allotment.instance import (
    Activity,
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
from samkraft.values import wording
from samkraft.values.wording import phrase, spoken

TOLERANCE = 1e-6
Placements = dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule that a plan breaks: its name, and what is wrong, in words."""

    rule: str
    words: str


@dataclass(frozen=True, slots=True)
class Found:
    """What a plan is worth and what it breaks. `cost` is what soft rules cost; `floors` each group's share of equal."""

    benefit: float
    cost: float
    broken: tuple[Broken, ...]
    floors: dict[str, float]
    by_person: dict[str, float]


class Sight:
    """An instance, looked up by name."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.people = {person.id: person for person in instance.people}
        self.activities = {activity.id: activity for activity in instance.activities}
        self.occasions = {one.occasion(start.week): (one, start) for one, start in instance.occasions()}
        self.loss = instance.loss_per_week()

    def kept(self, week: int) -> float:
        """The share of benefit that is left when an occasion starts in that week."""
        return max(0.0, 1.0 - self.loss * max(week, 0))

    def may_have(self, person: Person, activity: Activity, week: int) -> bool:
        """Whether a person may have an occasion at all: tags, ready, not away."""
        until = week + activity.weeks
        return (
            activity.requires <= person.has
            and week >= person.ready
            and all(until <= first or week >= last for first, last in person.away)
        )

    def benefits(self, need: Need) -> dict[str, float]:
        """Activity → benefit before waiting."""
        return {wish.activity: wish.benefit for wish in need.wishes}


def check(instance: Instance, placements: Placements) -> Found:
    """Count a plan anew."""
    sight = Sight(instance)
    broken: list[Broken] = []
    by_person = {person.id: 0.0 for person in instance.people}
    for name, occasions in placements.items():
        if name not in sight.people:
            broken.append(Broken(phrase("personer"), spoken("{name} finns inte", name=name)))
            continue
        by_person[name] = _own(sight, sight.people[name], occasions, broken)
    cost = _capacity(sight, placements, broken) + _at_once(sight, placements, broken)
    cost += _pools(sight, placements, broken) + _clashes(sight, placements, broken)
    cost += _promises(sight, placements, broken) + _together(sight, placements, broken)
    floors, floor_cost = _floors(sight, placements, by_person, broken)
    return Found(math.fsum(by_person.values()), cost + floor_cost, tuple(broken), floors, by_person)


def _own(sight: Sight, person: Person, occasions: tuple[str, ...], broken: list[Broken]) -> float:
    """One person's benefit, and whether order, gaps and eligibility are kept."""
    left = list(occasions)
    whole = 0.0
    for track in person.tracks:
        ended: int | None = None
        open_stages = True
        for need in track:
            wishes = sight.benefits(need)
            mine = [one for one in left if one.split("@")[0] in wishes]
            if not mine:
                open_stages = open_stages and need.may_skip
                continue
            name = mine[0]
            left.remove(name)
            if name not in sight.occasions:
                broken.append(
                    Broken(phrase("tillfällen"), spoken("{id} har {name}, som inte finns", id=person.id, name=name))
                )
                continue
            activity, start = sight.occasions[name]
            whole += wishes[activity.id] * sight.kept(start.week)
            if not sight.may_have(person, activity, start.week):
                broken.append(Broken(phrase("behörighet"), spoken("{id} kan inte ha {name}", id=person.id, name=name)))
            late = need.longest_gap is not None and ended is not None and start.week > ended + need.longest_gap
            early = ended is not None and start.week < ended + need.gap
            if not open_stages or early or late:
                broken.append(
                    Broken(phrase("ordning"), spoken("{id} har {name} utom ordning", id=person.id, name=name))
                )
            ended = start.week + activity.weeks
    broken.extend(
        Broken(phrase("önskemål"), spoken("{id} har {name} utan att ha önskat det", id=person.id, name=name))
        for name in left
    )
    return whole


def _pay(rule: str, price: float | None, over: float, words: str, broken: list[Broken]) -> float:
    """What exceeding costs; a hard rule is broken instead."""
    if over <= TOLERANCE:
        return 0.0
    if price is None:
        broken.append(Broken(rule, words))
        return 0.0
    return price * over


def _capacity(sight: Sight, placements: Placements, broken: list[Broken]) -> float:
    rule = next((one for one in sight.instance.rules if isinstance(one, Capacity)), Capacity("platser"))
    taken = Counter(name for occasions in placements.values() for name in occasions)
    cost = 0.0
    for name, many in sorted(taken.items()):
        places = sight.occasions[name][1].places if name in sight.occasions else 0
        words = spoken("{name} har {many} personer på {places} platser", name=name, many=many, places=places)
        cost += _pay(rule.id, rule.price, many - places, words, broken)
    return cost


def _spans(sight: Sight, occasions: tuple[str, ...]) -> list[tuple[str, range]]:
    found = [(sight.occasions[name], name) for name in occasions if name in sight.occasions]
    return [(name, range(start.week, start.week + activity.weeks)) for (activity, start), name in found]


def _at_once(sight: Sight, placements: Placements, broken: list[Broken]) -> float:
    rule = next((one for one in sight.instance.rules if isinstance(one, AtOnce)), AtOnce("samtidigt"))
    cost = 0.0
    for person, occasions in placements.items():
        weeks = Counter(week for _, span in _spans(sight, occasions) for week in span)
        for week, many in sorted(weeks.items()):
            words = spoken("{person} har {many} saker i vecka {week}", person=person, many=many, week=week)
            cost += _pay(rule.id, rule.price, many - rule.most, words, broken)
    return cost


def _pools(sight: Sight, placements: Placements, broken: list[Broken]) -> float:
    cost = 0.0
    for rule in sight.instance.rules:
        if isinstance(rule, Pool):
            weeks = Counter(
                week
                for occasions in placements.values()
                for name, span in _spans(sight, occasions)
                if name.split("@")[0] in rule.activities
                for week in span
            )
            for week, many in sorted(weeks.items()):
                words = spoken("{many} samtidigt i vecka {week}", many=many, week=week)
                cost += _pay(rule.id, rule.price, many - rule.most, words, broken)
    return cost


def _clashes(sight: Sight, placements: Placements, broken: list[Broken]) -> float:
    cost = 0.0
    for rule in sight.instance.rules:
        if isinstance(rule, Clash):
            for person, occasions in placements.items():
                many = len(set(occasions) & set(rule.occasions))
                words = spoken("{person} har {many} tillfällen som krockar", person=person, many=many)
                cost += _pay(rule.id, rule.price, many - 1, words, broken)
    return cost


def _promises(sight: Sight, placements: Placements, broken: list[Broken]) -> float:
    cost = 0.0
    for rule in sight.instance.rules:
        promised: list[tuple[str, str]] = []
        if isinstance(rule, Lock):
            promised = [(rule.person, rule.occasion)]
        elif isinstance(rule, Holdings):
            promised = [(person.id, occasion) for person in sight.instance.people for occasion in person.holds]
        for person, occasion in promised:
            lost = 0.0 if occasion in placements.get(person, ()) else 1.0
            words = spoken("{person} har inte {occasion}", person=person, occasion=occasion)
            cost += _pay(rule.id, rule.price, lost, words, broken)
    return cost


def _together(sight: Sight, placements: Placements, broken: list[Broken]) -> float:
    cost = 0.0
    for rule in sight.instance.rules:
        if isinstance(rule, Together):
            for one, other in zip(rule.people, rule.people[1:], strict=False):
                apart = len(set(placements.get(one, ())) ^ set(placements.get(other, ())))
                words = spoken("{one} och {other} hålls inte ihop", one=one, other=other)
                cost += _pay(rule.id, rule.price, apart / 2, words, broken)
    return cost


def heads(sight: Sight, rule: Floor) -> dict[str, list[str]]:
    """Group → the people who are counted in a floor."""
    found: dict[str, list[str]] = {}
    for person in sight.instance.people:
        could = any(
            sight.may_have(person, sight.activities[wish.activity], start.week)
            for track in person.tracks
            for need in track
            for wish in need.wishes
            for start in sight.activities[wish.activity].starts
        )
        if could or rule.base == "all":
            found.setdefault(person.groups.get(rule.by, ""), []).append(person.id)
    return found


def _floors(
    sight: Sight, placements: Placements, by_person: dict[str, float], broken: list[Broken]
) -> tuple[dict[str, float], float]:
    shares, cost = {}, 0.0
    for rule in sight.instance.rules:
        if not isinstance(rule, Floor):
            continue
        groups = heads(sight, rule)
        everybody = [name for names in groups.values() for name in names]
        for group, names in sorted(groups.items()):
            others = [name for name in everybody if name not in set(names)]
            if not others:
                continue
            own, rest = (_measured(rule, some, placements, by_person) for some in (names, others))
            equal = rest * len(names) / len(others)
            shares[f"{rule.id}:{group}"] = own / equal if equal else math.inf
            lack = rule.share * equal - own
            if lack > TOLERANCE * max(1.0, equal):
                words = spoken("{group} får {share} av det lika", group=group, share=wording.number(own / equal, 4))
                cost += _pay(rule.id, rule.price, lack, words, broken)
    return shares, cost


def _measured(rule: Floor, names: list[str], placements: Placements, by_person: dict[str, float]) -> float:
    if rule.unit == "places":
        return float(sum(len(placements.get(name, ())) for name in names))
    return math.fsum(by_person[name] for name in names)


def check_one(sight: Sight, name: str, occasions: tuple[str, ...]) -> float | None:
    """One person's benefit of these occasions, or None when they break what holds for that person alone."""
    broken: list[Broken] = []
    benefit = _own(sight, sight.people[name], occasions, broken)
    alone = {name: occasions}
    hard_at_once = next((one.price is None for one in sight.instance.rules if isinstance(one, AtOnce)), True)
    if hard_at_once:
        _at_once(sight, alone, broken)
    _clashes(sight, alone, broken)
    return None if broken else benefit
