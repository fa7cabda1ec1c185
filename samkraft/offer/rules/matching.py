"""Which occasions suit somebody, with the reason for each yes and each no. Knows a wish, never whose it is.

Distances are as the crow flies between districts: to say that something is far, not how one travels.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import asin, cos, radians, sin, sqrt
from typing import NamedTuple
from uuid import UUID

from samkraft.values.wording import phrase


class Point(StrEnum):
    """What is compared."""

    KIND = "kind"
    HOURS = "hours"
    LANGUAGE = "language"
    START = "start"
    TIMES = "times"
    ACCESS = "access"
    PREREQUISITES = "prerequisites"
    DISTANCE = "distance"
    PLACES = "places"


INTERPRETER = "interpreter"
# Districts of the city with a point in the middle of each: latitude, longitude.
DISTRICTS: dict[str, tuple[str, float, float]] = {
    "centrum": (phrase("Centrum"), 55.605, 13.002),
    "mollevangen": (phrase("Möllevången"), 55.591, 13.008),
    "rosengard": (phrase("Rosengård"), 55.587, 13.045),
    "hyllie": (phrase("Hyllie"), 55.563, 12.976),
    "limhamn": (phrase("Limhamn"), 55.583, 12.928),
    "fosie": (phrase("Fosie"), 55.567, 13.030),
    "lindangen": (phrase("Lindängen"), 55.560, 13.013),
    "kirseberg": (phrase("Kirseberg"), 55.608, 13.037),
    "oxie": (phrase("Oxie"), 55.544, 13.100),
    "husie": (phrase("Husie"), 55.585, 13.082),
    "vastra-hamnen": (phrase("Västra hamnen"), 55.613, 12.977),
    "slottsstaden": (phrase("Slottsstaden"), 55.597, 12.978),
}


@dataclass(frozen=True, slots=True)
class Wish:
    """What is looked for. What is empty or None is not asked about.

    `by_interpreter`: any language will do where there is an interpreter. `weekdays`: the days that are free, 1 is Monday.
    `minds_clashes`: what somebody already does is known, and may not collide.
    """

    kind: str = ""
    most_hours: int | None = None
    languages: frozenset[str] = frozenset()
    earliest: date | None = None
    latest: date | None = None
    needs: frozenset[str] = frozenset()
    has: frozenset[str] | None = None
    district: str = ""
    most_km: float | None = None
    weekdays: frozenset[int] = frozenset()
    minds_clashes: bool = False
    by_interpreter: bool = False


class Candidate(NamedTuple):
    """An occasion with what is compared. `free` places, `waiting` for the activity, `median_wait` days or None if unknown.

    `weekdays` on which it meets in the coming weeks, 1 is Monday; `clashes`: how many of its meetings collide with what the
    person already does. Both only where they were asked for.
    """

    occasion_id: UUID
    activity_id: UUID
    kind: str
    hours: int
    languages: Sequence[str]
    starts_on: date
    is_running: bool
    accessible: Sequence[str]
    prerequisites: Sequence[str]
    district: str
    free: int
    waiting: int
    median_wait: int | None = None
    weekdays: Sequence[int] = ()
    clashes: int = 0


class Verdict(NamedTuple):
    """Which points speak for, which against, and how far it is in kilometres (None: not known)."""

    candidate: Candidate
    for_it: tuple[Point, ...]
    against: tuple[Point, ...]
    km: float | None

    @property
    def suits(self) -> bool:
        """Whether nothing but a wait stands in the way."""
        return all(point is Point.PLACES for point in self.against)


def match(wish: Wish, candidates: Iterable[Candidate]) -> list[Verdict]:
    """Every candidate with its reasons: what suits first, then what has a free place, then by wait, distance and start."""
    distances = _distances(wish.district)
    found = [_verdict(wish, one, distances) for one in candidates]
    found.sort(key=_key)
    return found


def _verdict(wish: Wish, one: Candidate, distances: Mapping[str, float]) -> Verdict:
    yes: list[Point] = []
    no: list[Point] = []
    if wish.kind:
        (yes if one.kind == wish.kind else no).append(Point.KIND)
    if wish.most_hours is not None:
        (yes if one.hours <= wish.most_hours else no).append(Point.HOURS)
    if wish.languages:
        understood = not wish.languages.isdisjoint(one.languages) or is_by_interpreter(wish, one)
        (yes if understood else no).append(Point.LANGUAGE)
    if wish.earliest is not None or wish.latest is not None:
        early = wish.earliest is None or one.is_running or one.starts_on >= wish.earliest
        late = wish.latest is None or one.starts_on <= wish.latest
        (yes if early and late else no).append(Point.START)
    if one.weekdays and (wish.weekdays or wish.minds_clashes):
        in_time = not wish.weekdays or wish.weekdays.issuperset(one.weekdays)
        (yes if in_time and not one.clashes else no).append(Point.TIMES)
    if wish.needs:
        (yes if wish.needs.issubset(one.accessible) else no).append(Point.ACCESS)
    if wish.has is not None and one.prerequisites:
        (yes if wish.has.issuperset(one.prerequisites) else no).append(Point.PREREQUISITES)
    km = distances.get(one.district)
    if wish.most_km is not None and km is not None:
        (yes if km <= wish.most_km else no).append(Point.DISTANCE)
    (yes if one.free > 0 else no).append(Point.PLACES)
    return Verdict(one, tuple(yes), tuple(no), km)


def _key(verdict: Verdict) -> tuple[object, ...]:
    one = verdict.candidate
    hard = sum(point is not Point.PLACES for point in verdict.against)
    wait = one.median_wait if one.median_wait is not None else 10_000
    return (
        hard,
        one.free == 0,
        0 if one.free else wait,
        one.waiting,
        verdict.km or 0,
        one.starts_on,
        one.occasion_id,
    )


def is_by_interpreter(wish: Wish, one: Candidate) -> bool:
    """Whether it is an interpreter who makes the language do."""
    return wish.by_interpreter and INTERPRETER in one.accessible and wish.languages.isdisjoint(one.languages)


def missing(wish: Wish, one: Candidate) -> tuple[str, ...]:
    """The prerequisites that are not there, and then the access that is needed and not offered, as codes."""
    lacking = tuple(code for code in one.prerequisites if wish.has is not None and code not in wish.has)
    return (*lacking, *sorted(wish.needs.difference(one.accessible)))


def _distances(district: str) -> dict[str, float]:
    """Kilometres from a district to each; empty when it is not known."""
    if district not in DISTRICTS:
        return {}
    _, lat, lon = DISTRICTS[district]
    return {code: round(_km(lat, lon, other, away), 1) for code, (_, other, away) in DISTRICTS.items()}


def _km(lat: float, lon: float, other: float, away: float) -> float:
    """The distance on the globe (haversine), in kilometres."""
    a = sin(radians(other - lat) / 2) ** 2 + cos(radians(lat)) * cos(radians(other)) * sin(radians(away - lon) / 2) ** 2
    return 2 * 6371 * asin(sqrt(a))
