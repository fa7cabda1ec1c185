"""An invented life, put together from the parts, in the order in which it was done and no further than today."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from random import Random

from samkraft.operations.world.people import (
    assessments,
    beginnings,
    contacts,
    courses,
    endings,
    followed,
    interruptions,
    looks,
    plans,
    profiles,
    studying,
)
from samkraft.operations.world.people.casework import Casework
from samkraft.operations.world.people.courses import Course
from samkraft.operations.world.people.deeds import Deed, Life
from samkraft.operations.world.people.numbers import Numbers
from samkraft.operations.world.people.profiles import Birth
from samkraft.operations.world.people.setting import Setting


@dataclass(frozen=True, slots=True)
class Start:
    """What is settled of a life before it is told: when things happen, and sex, day of birth and number."""

    index: int
    course: Course
    birth: Birth


def starts(setting: Setting, *, participants: int, seed: int, numbers: Numbers | None = None) -> Iterator[Start]:
    """So many beginnings. A life's place in the stream of all is its index, with a little chance."""
    numbers = numbers or Numbers()
    for index in range(participants):
        draw = dice(setting, seed, index, "start")
        course = courses.draw_one(draw, setting, (index + draw.random()) / participants)
        yield Start(index, course, profiles.draw_birth(draw, setting.way.shape, course.referred_on, numbers))


def all_of(setting: Setting, *, participants: int, seed: int) -> Iterator[Life]:
    """So many lives; the same again for the same seed, setting and number."""
    for start in starts(setting, participants=participants, seed=seed):
        yield one(setting, start, seed)


def dice(setting: Setting, seed: int, index: int, what: str) -> Random:
    """Chance of its own for each part of each life, so that lives can be told in any order."""
    return Random(f"{seed}:{setting.way.code}:{index}:{what}")  # noqa: S311 - no secrets


def one(setting: Setting, start: Start, seed: int) -> Life:
    """One life."""
    draw, index = dice(setting, seed, start.index, "life"), start.index
    profile = profiles.draw_one(draw, setting.way.shape, start.birth)
    course = courses.with_sick_pay(start.course, profile, draw)
    case = Casework(setting, draw, profile, course, setting.teams[index % len(setting.teams)], index)
    twin = beginnings.refer(case)
    if course.enrolled_on is not None:
        beginnings.enrol(case)
        assessments.assess(case)
        plans.plan(case)
        contacts.keep(case)
        interruptions.interrupt(case)
        endings.leave(case)
        looks.look(case)
        level = studying.study(case, dice(setting, seed, index, "studying"))
        followed.follow(case, dice(setting, seed, index, "followed"), level)
        interruptions.go_round(case, dice(setting, seed, index, "back"))
    else:
        beginnings.turn_back(case, dice(setting, seed, index, "turned"))
    return Life(index, _until(case.deeds, setting.now), _until(twin, setting.now))


def _until(deeds: list[Deed], now: datetime) -> list[Deed]:
    return sorted((deed for deed in deeds if deed.at <= now), key=lambda deed: deed.at)
