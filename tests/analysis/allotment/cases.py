"""Small random instances with rules of every kind, and the best plan by trying everything. Nobody in them exists."""

import itertools
from collections.abc import Iterator

import numpy as np

from samkraft.analysis.allotment import checking
from samkraft.analysis.allotment.checking import Sight
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
    Priority,
    Rule,
    Start,
    Together,
    Waiting,
    Wish,
)

MOST_PLANS = 400


def instance(seed: int) -> Instance:
    """A case small enough to try every plan."""
    for again in itertools.count():
        made = _any(np.random.default_rng((seed, again)))
        many = 1
        for person in made.people:
            for track in range(len(person.tracks)):
                many *= 1 + sum(1 for _ in _chains(Sight(made), person, track))
        if many <= MOST_PLANS:
            return made
    raise AssertionError


def _any(random: np.random.Generator) -> Instance:
    activities = tuple(
        Activity(
            f"A{number}",
            int(random.integers(1, 3)),
            tuple(
                Start(int(week), int(random.integers(0, 3))) for week in random.choice(5, random.integers(1, 3), False)
            ),
            frozenset({"tag"}) if random.random() < 0.2 else frozenset(),
        )
        for number in range(4)
    )
    people = tuple(_person(number, activities, random) for number in range(int(random.integers(2, 5))))
    return Instance(5, activities, people, tuple(_rules(activities, people, random)))


def _person(number: int, activities: tuple[Activity, ...], random: np.random.Generator) -> Person:
    order = random.permutation(len(activities))
    cut = int(random.integers(1, 3))
    needs = [_need([activities[one] for one in part], random) for part in (order[:cut], order[cut : cut + 2])]
    tracks = ((needs[0],), (needs[1],)) if random.random() < 0.2 else (tuple(needs),)
    return Person(
        f"P{number}",
        tracks,
        joined=-int(random.integers(0, 9)),
        ready=int(random.random() < 0.2),
        priority=1 + number % 2,
        groups={"sex": "KM"[number % 2]},
        has=frozenset({"tag"}) if random.random() < 0.7 else frozenset(),
        away=((2, 3),) if random.random() < 0.2 else (),
    )


def _need(activities: list[Activity], random: np.random.Generator) -> Need:
    wishes = tuple(Wish(one.id, round(float(random.lognormal()), 3)) for one in activities)
    longest = int(random.integers(1, 4)) if random.random() < 0.3 else None
    return Need(wishes, int(random.random() < 0.3), longest, bool(random.random() < 0.3))


def _rules(activities: tuple[Activity, ...], people: tuple[Person, ...], random: np.random.Generator) -> Iterator[Rule]:
    occasions = [one.occasion(start.week) for one in activities for start in one.starts]

    def price() -> float | None:
        return None if random.random() < 0.6 else round(float(random.random()), 2)

    if random.random() < 0.3:
        yield Waiting("vantan", loss_per_week=0.1)
    if random.random() < 0.3:
        yield Capacity("platser", price())
    if random.random() < 0.3:
        yield AtOnce("samtidigt", price(), most=int(random.integers(1, 3)))
    if random.random() < 0.4:
        yield Pool("handledare", price(), activities=("A0", "A1", "A2"), most=int(random.integers(1, 3)))
    if random.random() < 0.3:
        yield Clash("krock", price(), occasions=tuple(str(one) for one in random.choice(occasions, 2, False)))
    if random.random() < 0.3 and len(people[0].tracks) == len(people[1].tracks) == 1:
        yield Together("par", round(float(random.random()), 2), people=("P0", "P1"))
    if random.random() < 0.4:
        unit = "benefit" if random.random() < 0.6 else "places"
        yield Floor(
            "golv", price(), by="sex", share=0.7, unit=unit, base="all" if random.random() < 0.5 else "eligible"
        )
    if random.random() < 0.3:
        person = people[int(random.integers(len(people)))]
        wished = [wish.activity for track in person.tracks for need in track for wish in need.wishes]
        mine = [one for one in occasions if one.split("@")[0] in wished]
        yield Lock("lovat", price(), person=person.id, occasion=str(random.choice(mine)))


def prioritised(made: Instance) -> Instance:
    """The same with a rule of priority."""
    return Instance(made.weeks, made.activities, made.people, (*made.rules, Priority("prioritet")))


def holding(made: Instance, price: float | None) -> Instance:
    """The same with the rule that what was given before is kept."""
    return Instance(made.weeks, made.activities, made.people, (*made.rules, Holdings("har", price)))


def plans(made: Instance) -> Iterator[checking.Placements]:
    """Every plan that each person could have alone."""
    sight = Sight(made)
    tracks = [(person, track) for person in made.people for track in range(len(person.tracks))]
    for chosen in itertools.product(*([(), *_chains(sight, person, track)] for person, track in tracks)):
        given: dict[str, tuple[str, ...]] = {person.id: () for person in made.people}
        for (person, _), chain in zip(tracks, chosen, strict=True):
            given[person.id] += chain
        yield {name: tuple(sorted(chain, key=lambda one: int(one.split("@")[1]))) for name, chain in given.items()}


def _chains(sight: Sight, person: Person, track: int) -> Iterator[tuple[str, ...]]:
    needs = person.tracks[track]

    def onward(stage: int, so_far: tuple[str, ...], ended: int | None) -> Iterator[tuple[str, ...]]:
        if stage == len(needs):
            return
        need = needs[stage]
        for wish in need.wishes:
            activity = sight.activities[wish.activity]
            for start in activity.starts:
                if not sight.may_have(person, activity, start.week):
                    continue
                if ended is not None and (
                    start.week < ended + need.gap
                    or (need.longest_gap is not None and start.week > ended + need.longest_gap)
                ):
                    continue
                chain = (*so_far, activity.occasion(start.week))
                yield chain
                yield from onward(stage + 1, chain, start.week + activity.weeks)
        if need.may_skip:
            yield from onward(stage + 1, so_far, ended)

    yield from onward(0, (), None)


def best(made: Instance) -> float | None:
    """The value of the best plan by trying all; None when no plan keeps the hard rules."""
    top = None
    for given in plans(made):
        found = checking.check(made, given)
        value = found.benefit - found.cost
        if not found.broken and (top is None or value > top):
            top = value
    return top
