"""An invented life, put together from the parts, in the order in which it was done and no further than today."""

from collections.abc import Iterator
from datetime import datetime
from random import Random

from samkraft.operations.world.people import (
    assessments,
    beginnings,
    contacts,
    courses,
    endings,
    interruptions,
    plans,
    profiles,
)
from samkraft.operations.world.people.casework import Casework
from samkraft.operations.world.people.deeds import Deed, Life
from samkraft.operations.world.people.numbers import Numbers
from samkraft.operations.world.people.setting import Setting


def all_of(setting: Setting, *, participants: int, seed: int) -> Iterator[Life]:
    """So many lives; the same again for the same seed, setting and number."""
    numbers = Numbers()
    for index in range(participants):
        yield one(setting, Random(f"{seed}:{index}"), index, participants, numbers)  # noqa: S311  # nosec B311  # no secrets


def one(setting: Setting, draw: Random, index: int, participants: int, numbers: Numbers) -> Life:
    """One life. Its place in the stream of all is its index, with a little chance."""
    course = courses.draw_one(draw, setting, (index + draw.random()) / participants)
    profile = profiles.draw_one(draw, course.referred_on, numbers)
    course = courses.with_sick_pay(course, profile, draw)
    case = Casework(setting, draw, profile, course, setting.teams[index % len(setting.teams)], index)
    twin = beginnings.refer(case)
    if course.enrolled_on is not None:
        beginnings.enrol(case)
        assessments.assess(case)
        plans.plan(case)
        contacts.keep(case)
        interruptions.interrupt(case)
        endings.leave(case)
    return Life(index, _until(case.deeds, setting.now), _until(twin, setting.now))


def _until(deeds: list[Deed], now: datetime) -> list[Deed]:
    return sorted((deed for deed in deeds if deed.at <= now), key=lambda deed: deed.at)
