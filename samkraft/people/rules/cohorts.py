"""What is known of an enrolment through the cohort door: whole numbers and days, never a word and never who.

One row for each enrolment, made of what all areas have written themselves. A day is told as days since `ORIGIN`, and
`UNKNOWN` stands for what has not happened or is not known. The database packs a row as big-endian 16-bit numbers in the
order of `FIELDS`, and the newest run's numbers in columns too, each at its place in `FIELDS`. New fields stand last.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

ORIGIN = date(2000, 1, 1)
UNKNOWN = -1

FIELDS = (
    "team", "wave", "sex", "age", "education", "received", "started", "first_contact", "first_meeting", "planned",
    "agreed", "active", "workplace", "studying", "phase_two", "phase_three", "left", "outcome", "reports", "hours",
    "insured", "followed", "six_months", "returned", "handed_over", "waited_us", "waited_participant", "waited_body",
    "guided", "meetings", "study_plan", "went_round", "motivating", "rehabilitating", "matching", "programme",
)  # fmt: skip
"""team, wave: their numbers. sex: `SexCode`. age: whole years on the first day. education: `EducationCode`. received,
started, first_contact, first_meeting, planned (the first version of a plan), agreed, active (the first step that is not
planning began), workplace and studying (the first such step began), phase_two, phase_three, left: days. outcome, and
six_months (what the person did six months after): `OutcomeCode`. reports: months with a time report, hours: in them.
insured: 1 when an officer of the social insurance has written. followed: follow-ups that were made. returned: days since an
earlier enrolment ended. handed_over: times. waited_…: days in steps that waited on somebody and then went on. guided: steps
by a study counsellor. meetings: that were held. study_plan (agreed first), went_round (came back to an authority that had it
before), motivating, rehabilitating and matching (the first such step began), programme (the first step with a decision about a
programme began): days."""

DAYS = frozenset({
    "received", "started", "first_contact", "first_meeting", "planned", "agreed", "active", "workplace", "studying",
    "phase_two", "phase_three", "left", "study_plan", "went_round", "motivating", "rehabilitating", "matching", "programme",
})  # fmt: skip


class SexCode(IntEnum):
    """As the identity number tells it; a number that tells nothing is unknown."""

    UNKNOWN = 0
    WOMAN = 1
    MAN = 2


class OutcomeCode(IntEnum):
    """Where the person went on; `NONE` when the person has not left."""

    NONE = 0
    WORK = 1
    STUDIES = 2
    COOPERATION = 3
    SICKNESS_COMPENSATION = 4
    MOVED = 5
    OTHER = 6


class EducationCode(IntEnum):
    """The highest education that is finished, in the classes that are reported."""

    UNKNOWN = 0
    COMPULSORY = 1
    UPPER_SECONDARY = 2
    HIGHER = 3


@dataclass(frozen=True, slots=True)
class Cohort:
    """All enrolments of an initiative as they were known on a day. columns: field → (n) of int16."""

    columns: dict[str, NDArray[np.int16]]

    def __len__(self) -> int:
        return len(next(iter(self.columns.values())))


def unpacked(rows: Sequence[bytes]) -> Cohort:
    """The rows as they came from the database. What a row made when less was known does not tell is unknown."""
    width = 2 * len(FIELDS)
    told = b"".join(row if len(row) == width else row.ljust(width, b"\xff") for row in rows)
    numbers = np.frombuffer(told, dtype=">i2").astype(np.int16).reshape(-1, len(FIELDS))
    return Cohort(dict(zip(FIELDS, np.ascontiguousarray(numbers.T), strict=True)))


def in_columns(packed: Mapping[int, bytes], fields: Sequence[str]) -> Cohort:
    """Columns as they came from the database, by their places. One that was not kept then is unknown."""
    many = max((len(column) for column in packed.values()), default=0) // 2
    unknown = np.full(many, UNKNOWN, np.int16).astype(">i2").tobytes()
    return Cohort({
        name: np.frombuffer(packed.get(FIELDS.index(name)) or unknown, dtype=">i2").astype(np.int16) for name in fields
    })  # fmt: skip


def as_number(day: date) -> int:
    """A day as it stands in a row."""
    return (day - ORIGIN).days
