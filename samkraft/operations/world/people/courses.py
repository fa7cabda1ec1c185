"""When things happen in an invented life: referral, wait, phases, exit and what it led to.

The stay is gamma distributed with mean 179 days and shape 19.80, which puts 67 % between five and eight months, as in
Malmökraften 1.0; 28.7 % leave for work or studies, as there. Waiting times and the other ways out are a guess. Where
an initiative says how long each phase takes (`ways.Pace`), the stay is their sum instead.
"""

from bisect import bisect
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from random import Random

from samkraft.operations.world.people.profiles import Profile
from samkraft.operations.world.people.setting import Intake, Setting

MEAN_STAY_DAYS = 179.0
STAY_SHAPE = 19.80
# A little above 28.7 %: of those with sick pay most go elsewhere.
TO_WORK = 0.226
TO_STUDIES = 0.073
_WAYS_OUT = (("af_fk_cooperation", 8), ("sickness_compensation", 6), ("moved", 7), ("other", 79))


@dataclass(frozen=True, slots=True)
class Course:
    """The days of one life. None for what does not happen; what lies after today has not happened yet.

    `phases` are the first days of each phase after the first.
    """

    referred_on: date
    enrolled_on: date | None
    wave: int
    phases: tuple[date, ...]
    exit_on: date
    outcome: str
    promised_start: date | None
    promise_kept: bool


def draw_one(draw: Random, setting: Setting, place: float) -> Course:
    """`place` from 0 to 1 is the person's place in the stream of all who come until today."""
    intake, enrolled = _enrolment(setting, place)
    wait = min(60, int(draw.gammavariate(2.2, 9.0)) + 2)
    if setting.way.pace.phase_days:
        return _phase_by_phase(draw, setting, intake, enrolled, wait)
    stay = draw.gammavariate(STAY_SHAPE, MEAN_STAY_DAYS / STAY_SHAPE)
    first = enrolled + timedelta(days=int(stay * draw.uniform(0.16, 0.36)))
    second = enrolled + timedelta(days=int(stay * draw.uniform(0.68, 0.97)))
    outcome = _outcome(draw)
    reaches_third = outcome in ("work", "studies") or draw.random() < 0.55
    exit_on = enrolled + timedelta(days=round(stay))
    leaves_for_start = outcome in ("work", "studies")
    return Course(
        referred_on=max(setting.begins, enrolled - timedelta(days=wait)),
        enrolled_on=None if draw.random() < setting.way.pace.never_enrolled else enrolled,
        wave=intake.number,
        phases=(first, second) if reaches_third else (first,),
        exit_on=exit_on,
        outcome=outcome,
        promised_start=exit_on + timedelta(days=draw.choice((0, 1, 3, 7, 14, 21, 30, 45, 60, 85)))
        if leaves_for_start
        else None,
        promise_kept=draw.random() < 0.93,
    )


def _phase_by_phase(draw: Random, setting: Setting, intake: Intake, enrolled: date, wait: int) -> Course:
    """Each phase takes its own time. Who comes through the last goes to work; some leave before, some are quick."""
    pace = setting.way.pace
    speed = draw.uniform(0.3, 0.5) if draw.random() < pace.quick else 1.0
    days = list(accumulate(max(12, int(draw.randint(*span) * speed)) for span in pace.phase_days))
    leaves_early = draw.random() < pace.leaves_early
    exit_on = enrolled + timedelta(days=int(days[-2] * draw.uniform(0.25, 0.95)) if leaves_early else days[-1])
    outcome = draw.choices(("other", "moved"), (85, 15))[0] if leaves_early else "work"
    since = [enrolled + timedelta(days=one) for one in days[:-1]]
    return Course(
        referred_on=max(setting.begins, enrolled - timedelta(days=wait)),
        enrolled_on=None if draw.random() < pace.never_enrolled else enrolled,
        wave=intake.number,
        phases=tuple(day for day in since if day < exit_on),
        exit_on=exit_on,
        outcome=outcome,
        promised_start=None if leaves_early else exit_on + timedelta(days=draw.choice((0, 1, 7, 14, 30))),
        promise_kept=draw.random() < 0.93,
    )


def with_sick_pay(course: Course, profile: Profile, draw: Random) -> Course:
    """Three in four with sick pay go on to the cooperation between the two authorities, as the project's goal says."""
    if not profile.has_sick_pay or draw.random() > 0.75:
        return course
    return Course(
        course.referred_on, course.enrolled_on, course.wave, course.phases[:1], course.exit_on, "af_fk_cooperation",
        None, True,
    )  # fmt: skip


def _outcome(draw: Random) -> str:
    chance = draw.random()
    if chance < TO_WORK:
        return "work"
    if chance < TO_WORK + TO_STUDIES:
        return "studies"
    return draw.choices([way for way, _ in _WAYS_OUT], [weight for _, weight in _WAYS_OUT])[0]


def _enrolment(setting: Setting, place: float) -> tuple[Intake, date]:
    """The wave and the day that a place in the stream falls on; a wave that goes on counts for its part until today."""
    # Some are referred already and begin in the next weeks: the stream runs a little past today.
    until = setting.today + timedelta(days=21)
    begun = [(one, min(one.end_date, until)) for one in setting.intakes if one.start_date < until]
    sizes = [one.planned * (end - one.start_date).days / (one.end_date - one.start_date).days for one, end in begun]
    ends = list(accumulate(sizes))
    wanted = place * ends[-1]
    number = min(bisect(ends, wanted), len(begun) - 1)
    one, end = begun[number]
    into = (wanted - (ends[number] - sizes[number])) / sizes[number]
    return one, one.start_date + timedelta(
        days=min(int(into * (end - one.start_date).days), (end - one.start_date).days - 1)
    )
