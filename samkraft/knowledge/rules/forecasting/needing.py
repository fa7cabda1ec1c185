"""What an activity takes: how often participants need it, how many places they have, how long it lasts, who gives up waiting.

Estimated from the lines themselves; who still waits or takes part counts as long as it is known, so that nobody is left out
for being slow. What the own data are too few for comes from the occasions, else from the catalogue.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from samkraft.knowledge.rules.forecasting import estimating
from samkraft.knowledge.rules.forecasting.estimating import Interval
from samkraft.knowledge.rules.forecasting.offered import ActivityPlan
from samkraft.people.rules.cohort_waits import Waited
from samkraft.people.rules.cohorts import Cohort, as_number
from samkraft.values.wording import phrase

Reals = NDArray[np.float64]
Longs = NDArray[np.int64]
FEWEST = estimating.STEP  # that have joined a line: an activity with fewer is not told of
ENOUGH = 10  # stays that have ended: fewer, and the occasions say how long it lasts
WINDOW = 180  # days back: older lines say less of today's
ASSUMED_DAYS = 56.0
LIKELY_SPREAD = 0.15  # of a length that occasions or the catalogue tell
MOST = 12  # activities that are told of, those with most joining


class Told(StrEnum):
    """Where a number of an activity comes from."""

    OWN = "egna"
    OCCASIONS = "tillfallen"
    CATALOGUE = "katalogen"
    ASSUMED = "antagande"
    GOT = "fatt"


TOLD_WORDS = {
    Told.OWN: phrase("egna uppgifter"),
    Told.OCCASIONS: phrase("tillfällena i utbudet"),
    Told.CATALOGUE: phrase("katalogens vanliga tid"),
    Told.ASSUMED: phrase("ett antagande: åtta veckor"),
    Told.GOT: phrase("vad deltagarna har fått"),
}


@dataclass(frozen=True)
class Need:
    """What is learnt of one activity. joined, ended: people; places: those that participants have at one time.

    joins, gives_up: per person and week, the first of those enrolled and the second of those in line; days: of a stay; each
    drawn (R). waiting: for each who waits, days in line; taking: for each who takes part, days in it.
    """

    plan: ActivityPlan
    joined: int
    ended: int
    places: int
    places_from: Told
    days_from: Told
    joins: Reals
    gives_up: Reals
    days: Reals
    waiting: Longs
    taking: Longs

    def interval(self, values: Reals) -> Interval:
        """5, 50 and 95 per cent."""
        return Interval(*(round(float(one), 5) for one in np.quantile(values, estimating.LEVELS)))


def learn(
    plans: Sequence[ActivityPlan], cohort: Cohort, waited: Waited, *, state: date, count: int, seed: int
) -> tuple[Need, ...]:
    """The activities that enough have joined the line of, those that most have joined first. state: the day it is told of."""
    day = as_number(state)
    known = waited.joined < day
    if not known.any():
        return ()
    first = max(int(waited.joined[known].min()), day - WINDOW)
    weeks = _weeks_enrolled(cohort, first, day)
    names = np.array([str(one) for one in waited.activity_ids])
    found = []
    for plan in plans:
        own = known & (names == str(plan.id))
        if own.sum() < FEWEST:
            continue
        dice = np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, 3, plan.id.int % 2**32])))
        found.append(_need(plan, waited, own, first, day, weeks, count, dice))
    return tuple(sorted(found, key=lambda one: (-one.joined, one.plan.code))[:MOST])


def _weeks_enrolled(cohort: Cohort, first: int, day: int) -> float:
    """Person-weeks enrolled from a day until another."""
    started, left = (cohort.columns[name].astype(np.int64) for name in ("started", "left"))
    ends = np.where((left >= 0) & (left < day), left, day)
    spent = np.where(started >= 0, np.maximum(0, ends - np.maximum(started, first)), 0)
    return float(spent.sum()) / 7


def _need(
    plan: ActivityPlan, waited: Waited, own: NDArray[np.bool_], first: int, day: int, weeks: float, count: int,
    dice: np.random.Generator,
) -> Need:  # fmt: skip
    joined, started, ended, gone = (
        _before(column[own], day) for column in (waited.joined, waited.started, waited.ended, waited.gone)
    )
    has_begun, is_over = started >= 0, ended >= 0
    waits, takes = ~has_begun & (gone < 0), has_begun & ~is_over
    in_line = np.where(has_begun, started, np.where(gone >= 0, gone, day)) - joined
    left = int((gone >= 0).sum())
    line_weeks = max(float(in_line.sum()) / 7, 1.0)
    many = int((joined >= first).sum())
    days, days_from = _days(plan, started, ended, day, count, dice)
    places, places_from = _places(plan, int(takes.sum()), int(waits.sum()), started, first, day, float(np.median(days)))
    return Need(
        plan, int(own.sum()), int(is_over.sum()), places, places_from, days_from,
        dice.gamma(many + 0.5, 1 / max(weeks, 1.0), count), dice.gamma(left + 0.5, 1 / line_weeks, count), days,
        np.sort(day - joined[waits])[::-1], np.sort(day - started[takes])[::-1],
    )  # fmt: skip


def _before(days: Longs, day: int) -> Longs:
    return np.where(days < day, days, -1)


def _days(
    plan: ActivityPlan, started: Longs, ended: Longs, day: int, count: int, dice: np.random.Generator
) -> tuple[Reals, Told]:
    """How long a stay lasts: of those that have ended, with the time of those that go on; else as the occasions last."""
    over = (started >= 0) & (ended >= 0)
    many = int(over.sum())
    if many >= ENOUGH:
        spent = float(np.where(started >= 0, np.where(ended >= 0, ended, day) - started, 0).sum())
        return spent / dice.gamma(many + 0.5, 1.0, count), Told.OWN
    said, told = (plan.days, Told.OCCASIONS) if plan.days else (plan.usual_days, Told.CATALOGUE)
    mean = float(said) if said else ASSUMED_DAYS
    return mean * np.exp(dice.normal(0, LIKELY_SPREAD, count)), told if said else Told.ASSUMED


def _places(
    plan: ActivityPlan, taking: int, waiting: int, started: Longs, first: int, day: int, days: float
) -> tuple[int, Told]:
    """Places at one time: all that are offered while nobody waits; else what participants have had of them, at most all."""
    all_of_them = max(1, round(plan.places))
    if not waiting:
        return max(all_of_them, taking), Told.OCCASIONS
    pace = float(((started >= first) & (started < day)).sum()) / max(1, day - first)
    had = max(taking, round(pace * days), 1)
    return (all_of_them, Told.OCCASIONS) if had >= all_of_them else (had, Told.GOT)
