"""The month's attendance summary for the ESF council: hours of each participant, and the project's sums by sex.

Education is not in it. What is reported of each participant is number, days and hours; SCB fetches the rest from registers,
education among it. Whoever closes months meets names and hours and no education, so the classes stand in the scorecard, as
numbers that small groups are kept out of.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samkraft.people.rules.months.months import Snapshot
from samkraft.values.wording import phrase

HEADS = (
    phrase("Deltagare"), phrase("Team"), phrase("Startdatum"), phrase("Slutdatum"), phrase("Timmar"), phrase("Attesterat av"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One participant. `name` is empty for a protected person, who is counted and not named."""

    name: str
    team: str
    started_on: date | None
    ended_on: date | None
    hours: int
    attested_by: str


@dataclass(frozen=True, slots=True)
class Sums:
    """How many took part and for how many hours; sex is known of those who have a number."""

    participants: int
    hours: int
    women: int
    hours_of_women: int
    unknown: int


def rows(
    closed: Iterable[Snapshot], names: Mapping[UUID, str], protected: frozenset[UUID], teams: Mapping[UUID, str]
) -> list[Row]:
    """By name; those without one last."""
    found = [
        Row(
            "" if row.enrolment_id in protected else names.get(row.person_id, ""),
            teams.get(row.team_id, "") if row.team_id else "",
            row.started_on,
            row.ended_on,
            row.hours or 0,
            row.attested_by,
        )
        for row in closed
    ]
    return sorted(found, key=lambda one: (not one.name, one.name))


def sums(closed: Sequence[Snapshot], is_woman: Mapping[UUID, bool]) -> Sums:
    """Over all of the month's rows."""
    women = [row for row in closed if is_woman.get(row.enrolment_id)]
    return Sums(
        len(closed),
        sum(row.hours or 0 for row in closed),
        len(women),
        sum(row.hours or 0 for row in women),
        sum(1 for row in closed if row.enrolment_id not in is_woman),
    )
