"""Signs of progression: asked at the start, every third month and when somebody leaves, of staff and of the person.

Seven signs, from 1 to 5. The officer judges the first three; three are judged by both; the last is the person's own. They
say how somebody has moved, not why. That those who believe more get work more often is no proof that belief gives work.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from math import sqrt
from statistics import mean, stdev

from samkraft.people.rules.contents.following import LEAST, MOST, Occasion
from samkraft.people.rules.held import Held, latest
from samkraft.values.refusal import Reason
from samkraft.values.wording import phrase

EVERY_DAYS = 91
REMIND_DAYS_BEFORE = 7
ASKED_AFTER_EXIT_DAYS = 30
FEWEST = 5  # fewer than so many are not shown together

NOTHING_SAID = Reason("progression_empty", phrase("Inget svar är ifyllt."), phrase("Fyll i minst ett svar."))
NOT_FOR_VOICE = Reason(
    "progression_not_for_voice",
    phrase("Den frågan besvaras inte av den som har svarat här."),
    phrase("Fyll i den på den andra blanketten."),
)
BEFORE_START = Reason(
    "progression_before_start", phrase("Dagen ligger före inskrivningen {start}."), phrase("Rätta dagen.")
)


class Sign(StrEnum):
    """One of the seven."""

    JOB = "job"
    AIM = "aim"
    SKILLS = "skills"
    HEALTH = "health"
    MARKET = "market"
    TOGETHER = "together"
    BELIEF = "belief"


NAMES = {
    Sign.JOB: phrase("Handläggaren tror att personen kan få ett arbete"),
    Sign.AIM: phrase("Arbetar målmedvetet mot ett arbete"),
    Sign.SKILLS: phrase("Ser realistiskt på vad hen kan"),
    Sign.HEALTH: phrase("Kan hantera sin hälsa så att det går att arbeta"),
    Sign.MARKET: phrase("Vet vilka jobb som finns"),
    Sign.TOGETHER: phrase("Kan samarbeta"),
    Sign.BELIEF: phrase("Tror själv på att få ett arbete"),
}
# As they are asked on the participant's own form.
OWN_WORDS = {
    Sign.HEALTH: phrase("Jag kan hantera min hälsa så att det går att arbeta."),
    Sign.MARKET: phrase("Jag vet vilka jobb som finns och vad som krävs."),
    Sign.TOGETHER: phrase("Jag har lätt att samarbeta med andra."),
    Sign.BELIEF: phrase("Jag tror att jag kommer att få ett arbete."),
}
STAFF, PARTICIPANT = "staff", "participant"
ASKED: dict[str, tuple[Sign, ...]] = {
    STAFF: (Sign.JOB, Sign.AIM, Sign.SKILLS, Sign.HEALTH, Sign.MARKET, Sign.TOGETHER),
    PARTICIPANT: (Sign.HEALTH, Sign.MARKET, Sign.TOGETHER, Sign.BELIEF),
}


@dataclass(frozen=True, slots=True)
class Point:
    """One answer: the sign, whose, on which day, how much."""

    sign: Sign
    voice: str
    on: date
    value: int


@dataclass(frozen=True, slots=True)
class Due:
    """The next time that the signs are asked for, and on what occasion."""

    occasion: Occasion
    on: date


@dataclass(frozen=True, slots=True)
class Moved:
    """How a sign has moved among several: first to latest answer, with the interval that holds the mean 95 times in 100.

    `count` is how many have answered at least twice. None where they are too few to be shown.
    """

    sign: Sign
    voice: str
    count: int
    first: float | None = None
    latest: float | None = None
    change: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Shares:
    """Of those whose last answer was high, and of the others: how many went on to work or studies, with intervals."""

    sign: Sign
    voice: str
    high_count: int
    high_went: int
    low_count: int
    low_went: int
    high_span: tuple[float, float]
    low_span: tuple[float, float]


def points(held: Iterable[Held]) -> list[Point]:
    """Every answer, in order of day; of several on one day by the same voice the latest written holds."""
    found: dict[tuple[Sign, str, date], tuple[object, Point]] = {}
    for one in latest(held, "progression", "progression_health"):
        day = date.fromisoformat(one.content["on"])
        for sign in Sign:
            value = one.content.get(sign.value)
            if value is None:
                continue
            key = (sign, one.voice, day)
            if key not in found or found[key][0] < one.written_at:  # type: ignore[operator]  # both are moments
                found[key] = (one.written_at, Point(sign, one.voice, day, int(value)))
    return sorted((point for _at, point in found.values()), key=lambda one: (one.on, one.sign, one.voice))


def due(started_on: date, exited_on: date | None, answered: Sequence[date], today: date) -> Due | None:
    """What is to be asked for next: at the start, a quarter of a year after the last, and when the person leaves.

    None after the exit has been answered, and when it is so long ago that the answer would be about something else.
    """
    last = max(answered, default=None)
    if exited_on is not None and exited_on <= today - timedelta(days=ASKED_AFTER_EXIT_DAYS):
        return None
    if exited_on is not None and exited_on <= today:
        return None if last is not None and last >= exited_on - timedelta(days=14) else Due(Occasion.EXIT, exited_on)
    if last is None:
        return Due(Occasion.START, started_on)
    return Due(Occasion.QUARTER, last + timedelta(days=EVERY_DAYS))


def moved(people: Iterable[Sequence[Point]], sign: Sign, voice: str) -> Moved:
    """The mean change of a sign from each person's first answer to the latest, over those who answered twice."""
    pairs = []
    for found in people:
        own = [point for point in found if point.sign is sign and point.voice == voice]
        if len(own) >= 2:
            pairs.append((own[0].value, own[-1].value))
    if len(pairs) < FEWEST:
        return Moved(sign, voice, len(pairs))
    changes = [later - earlier for earlier, later in pairs]
    middle = mean(changes)
    half = _quantile(len(pairs) - 1) * stdev(changes) / sqrt(len(changes))
    return Moved(
        sign, voice, len(pairs), mean(first for first, _ in pairs), mean(last for _, last in pairs), middle,
        max(middle - half, LEAST - MOST), min(middle + half, MOST - LEAST),
    )  # fmt: skip


def shares(people: Iterable[tuple[Sequence[Point], bool]], sign: Sign, voice: str) -> Shares | None:
    """Among those who have left: how many went on to work or studies, by whether the last answer was 4 or 5. Too few: None."""
    counts: Mapping[bool, list[int]] = {True: [0, 0], False: [0, 0]}
    for found, went_on in people:
        own = [point for point in found if point.sign is sign and point.voice == voice]
        if own:
            group = counts[own[-1].value >= 4]
            group[0] += 1
            group[1] += went_on
    high, low = counts[True], counts[False]
    small = [number for group in (high, low) for number in (group[1], group[0] - group[1])]
    if min(high[0], low[0]) < FEWEST or any(0 < number < FEWEST for number in small):
        return None
    return Shares(sign, voice, high[0], high[1], low[0], low[1], wilson(high[1], high[0]), wilson(low[1], low[0]))


def wilson(count: int, of: int) -> tuple[float, float]:
    """The interval of a share that holds it 95 times in 100, after Wilson (1927)."""
    z = 1.959964
    share, whole = count / of, 1 + z * z / of
    middle = (share + z * z / (2 * of)) / whole
    half = z * sqrt(share * (1 - share) / of + z * z / (4 * of * of)) / whole
    return max(0.0, middle - half), min(1.0, middle + half)


def _quantile(freedom: int) -> float:
    """Student's t at 0.975, by the expansion of Cornish and Fisher; within 0.01 from four degrees of freedom."""
    z = 1.959964
    one = (z**3 + z) / 4
    two = (5 * z**5 + 16 * z**3 + 3 * z) / 96
    three = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
    four = (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92_160
    return z + one / freedom + two / freedom**2 + three / freedom**3 + four / freedom**4
