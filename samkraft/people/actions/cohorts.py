"""Making the milestones of an initiative's enrolments: the one write behind the cohort door, done by the clock."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samkraft.people.actions import guard


@dataclass(frozen=True, slots=True)
class Taken:
    """A run of the job: its number, from 1, and how many enrolments were known."""

    run: int
    many: int


def take_within(initiative_id: UUID, *, until: date) -> Taken:
    """Make the milestones as they were known at the end of a day, inside the transaction of the action that calls.

    Raises Refused for anybody but the clock, and when that day or a later one is already made.
    """
    run, many = guard.ask("people_cohort_take", initiative_id, until)
    return Taken(run, many)
