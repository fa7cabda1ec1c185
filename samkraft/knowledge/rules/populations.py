"""Whom indicators are about: the cohort's columns as they are seen on a day, and the people that share a name there."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from samkraft.knowledge.rules import months
from samkraft.people.rules.cohorts import Cohort, OutcomeCode

Mask = NDArray[np.bool_]
Days = NDArray[np.int16]
PLAN_GUIDE_DAYS = 60
LIMIT_DAYS = 182
SIX_MONTHS_AND_A_LITTLE = 214  # six months, and a month to get hold of the person
LEFT_FOR_WORK = (OutcomeCode.WORK, OutcomeCode.STUDIES)


class View:
    """The cohort's columns as they are seen on a day."""

    def __init__(self, cohort: Cohort, day: int) -> None:
        self.day, self.columns = day, cohort.columns

    def __getattr__(self, name: str) -> Days:
        return self.columns[name]

    def has(self, name: str) -> Mask:
        """Who has come to this."""
        return self.columns[name] >= 0

    def out_to(self, *outcomes: OutcomeCode) -> Mask:
        """Who has left, for one of these."""
        out = self.columns["outcome"]
        told: Mask = np.logical_or.reduce([out == int(one) for one in outcomes])  # quicker by forty times than a search
        return told

    def days(self, begin: str, end: str) -> Days:
        """Days from one to another; meaningless where one is missing."""
        return self.columns[end] - self.columns[begin]

    def months_passed(self) -> Days:
        """Whole months for which a time report should have come."""
        last = np.where(self.has("left"), self.columns["left"], self.day)
        passed: Days = np.maximum(0, months.index(last) - months.index(self.columns["started"])).astype(np.int16)
        return passed


POPULATIONS: dict[str, Callable[[View], Mask]] = {
    "started": lambda v: v.has("started"),
    "in_stock": lambda v: v.has("started") & ~v.has("left"),
    "left": lambda v: v.has("left"),
    "insured": lambda v: v.has("left") & (v.insured == 1),
    "planned": lambda v: v.has("planned") & (v.planned >= v.started),
    "due_for_plan": lambda v: v.has("started") & (v.day - v.started >= PLAN_GUIDE_DAYS),
    "met": lambda v: v.has("received") & v.has("first_meeting") & (v.first_meeting >= v.received),
    "active": lambda v: v.has("active") & (v.active >= v.started),
    "workplace": lambda v: v.has("workplace") & (v.workplace >= v.started),
    "motivating": lambda v: v.has("motivating") & (v.motivating >= v.started),
    "studying": lambda v: v.has("studying") & (v.studying >= v.started),
    "matching": lambda v: v.has("matching") & (v.matching >= v.started),
    "programme": lambda v: v.has("programme") & (v.programme >= v.started),
    "study_planned": lambda v: v.has("study_plan") & (v.study_plan >= v.started),
    "went_round": lambda v: v.has("went_round"),
    "a_month_or_more": lambda v: v.has("started") & (v.months_passed() > 0),
    "due_for_look": lambda v: v.has("left") & (v.day - v.left >= SIX_MONTHS_AND_A_LITTLE),
    "looked_at": lambda v: v.has("left") & v.out_to(*LEFT_FOR_WORK) & v.has("six_months"),
}
"""Those whom indicators are about, by name: indicators about the same people show the same numbers of them."""
