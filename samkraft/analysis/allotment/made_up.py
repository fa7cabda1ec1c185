"""Made-up instances that look like a programme: for benches, examples and tests. Nobody in them exists.

Twenty activities in each of three stages, an occasion of each every week, three in ten eligible. Everybody asks for the
three stages in order. Benefits are lognormal, larger for who fits an activity, and each week of waiting takes a percent.
Scarcity is places per wish, over all three stages: 0.6 is a bad year, 0.86 an ordinary one, 1.1 has room to spare.
"""

from dataclasses import dataclass

import numpy as np

from samkraft.analysis.allotment.instance import Activity, Floor, Instance, Need, Person, Start, Waiting, Wish

SCARCITIES = (0.6, 0.86, 1.1)
SEEDS = (1, 2, 3, 4, 5)
SEXES = ("K", "M")


@dataclass(frozen=True, slots=True)
class Size:
    """How much: people, activities (in all stages together) and weeks."""

    people: int
    activities: int
    weeks: int


SMALL, ORDINARY, LARGE = Size(300, 30, 20), Size(1500, 60, 26), Size(5600, 90, 52)
STAGES = 3
ELIGIBLE = 0.3
LOSS_PER_WEEK = 0.01


def programme(size: Size, *, seed: int, scarcity: float = 0.86, floor: float | None = 0.9) -> Instance:
    """An instance of three stages in sequence. `floor` is the least share of equal benefit by sex; None: no floor."""
    drawing = np.random.default_rng(seed)
    activities = _activities(size, drawing, round(scarcity * size.people * STAGES))
    stages = [activities[first::STAGES] for first in range(STAGES)]
    people = tuple(_person(number, stages, drawing) for number in range(size.people))
    rules = (Waiting("vantan", loss_per_week=LOSS_PER_WEEK),)
    kept = () if floor is None else (Floor("lika-nytta", by="sex", share=floor),)
    words = f"programme, {size.people} people, seed {seed}, scarcity {scarcity}"
    return Instance(size.weeks, activities, people, rules + kept, made_by=words)


def _activities(size: Size, drawing: np.random.Generator, places: int) -> tuple[Activity, ...]:
    """Lengths by stage: short at first, longer in the middle. Places are spread over all occasions at random."""
    longest = max(4, size.weeks // 5)
    lengths = [int(drawing.integers(1 + number % STAGES % 2, longest)) for number in range(size.activities)]
    weights = drawing.gamma(2.0, size=(size.activities, size.weeks))
    counts = drawing.multinomial(places, (weights / weights.sum()).ravel()).reshape(weights.shape)
    return tuple(
        Activity(f"A{number + 1}", lengths[number], tuple(Start(week, int(count)) for week, count in enumerate(row)))
        for number, row in enumerate(counts)
    )


def _person(number: int, stages: list[tuple[Activity, ...]], drawing: np.random.Generator) -> Person:
    sex = SEXES[int(drawing.uniform() < 0.5)]
    strength = drawing.lognormal(0.0, 0.25) * (0.92 if sex == "K" else 1.08)
    needs = []
    for activities in stages:
        chosen = np.flatnonzero(drawing.uniform(size=len(activities)) < ELIGIBLE)
        if not chosen.size:
            chosen = drawing.integers(0, len(activities), 1)
        benefits = strength * drawing.lognormal(0.0, 0.5, chosen.size)
        wishes = tuple(
            Wish(activities[one].id, round(float(benefit), 4)) for one, benefit in zip(chosen, benefits, strict=True)
        )
        needs.append(Need(wishes))
    joined = -int(drawing.integers(0, 40))
    return Person(f"P{number + 1}", (tuple(needs),), joined=joined, groups={"sex": sex})


def assignment(people: int, activities: int, places: int, *, seed: int) -> Instance:
    """A plain assignment: everybody takes at most one occasion, and eight in ten of them would do."""
    drawing = np.random.default_rng(seed)
    offered = tuple(Activity(f"A{number + 1}", 1, (Start(0, places),)) for number in range(activities))
    benefits = drawing.lognormal(0.0, 0.5, (people, activities))
    eligible = drawing.uniform(size=(people, activities)) < 0.8
    return Instance(
        1,
        offered,
        tuple(
            Person(
                f"P{row + 1}",
                (
                    (
                        Need(
                            tuple(
                                Wish(f"A{one + 1}", float(benefits[row, one])) for one in np.flatnonzero(eligible[row])
                            )
                        ),
                    ),
                ),
                joined=-int(drawing.integers(0, 40)),
            )
            for row in range(people)
        ),
        made_by=f"assignment, {people} people, seed {seed}",
    )
