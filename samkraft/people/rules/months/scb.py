"""The month's file to SCB: who, since and until when, and how many hours, in the receiver's order and nothing more.

A start stands in the month of the start and an end in the month of the end. Of somebody with protected identity the day of
birth stands with a code that the receiver has given, instead of the last four digits. Everything else SCB has in registers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from samkraft.people.rules.months.months import Snapshot
from samkraft.values.identity_number import Kind
from samkraft.values.wording import phrase

# What the receiver says about women; of men it says that a code is to be asked for.
PROTECTED_WOMAN = "Tf29"
HEADS = (
    phrase("Projektnummer"), phrase("Månad"), phrase("Personnummer"), phrase("Startdatum"), phrase("Slutdatum"), phrase("Timmar"),
)  # fmt: skip


class Lack(StrEnum):
    """What keeps a row out of the file, or has to be looked at before it is sent."""

    NO_NUMBER = "no_number"
    NO_CODE = "no_code"
    NO_REPORT = "no_report"
    UNATTESTED = "unattested"
    COORDINATION = "coordination"
    IN_CODE = "in_code"
    NO_PROJECT = "no_project"


LACKS = {
    Lack.NO_NUMBER: phrase("Personnummer saknas. Raden är inte med i filen."),
    Lack.NO_CODE: phrase("Mottagarens kod för skyddad identitet saknas. Raden är inte med i filen."),
    Lack.NO_REPORT: phrase("Tidrapport saknas. Raden är med, med noll timmar."),
    Lack.UNATTESTED: phrase("Timmarna är inte attesterade av någon annan."),
    Lack.COORDINATION: phrase(
        "Samordningsnummer. Raden är med, men SCB hittar inte alltid personen i registren. Har personen fått personnummer?"
    ),
    Lack.IN_CODE: phrase("Skyddad identitet. Födelsedag och mottagarens kod står i stället för numrets fyra sista."),
    Lack.NO_PROJECT: phrase("Projektnumret saknas. Det ska stå på varje rad."),
}
LEFT_OUT = frozenset({Lack.NO_NUMBER, Lack.NO_CODE})
_COORDINATION_DAYS = 60  # are added to the day of birth in a samordningsnummer


@dataclass(frozen=True, slots=True)
class Identity:
    """What the guard told: the number, or of a protected person the day of birth and the sex."""

    number: str | None
    born: str
    is_woman: bool
    is_protected: bool


@dataclass(frozen=True, slots=True)
class Numbered:
    """What is told of somebody's number before a file is made: its kind, and of a protected person the sex."""

    kind: str
    is_woman: bool
    is_protected: bool


@dataclass(frozen=True, slots=True)
class Codes:
    """What the receiver wants to see."""

    project_number: str = ""
    protected_woman: str = PROTECTED_WOMAN
    protected_man: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the file."""

    enrolment_id: UUID
    who: str
    started_on: date | None
    ended_on: date | None
    hours: int


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the checklist; without an enrolment it is about the whole file."""

    lack: Lack
    enrolment_id: UUID | None = None


def who(identity: Identity | None, codes: Codes) -> str | None:
    """How the person stands in the file; None when it cannot be written."""
    if identity is None:
        return None
    if identity.is_protected:
        code = codes.protected_woman if identity.is_woman else codes.protected_man
        return f"{_birthday(identity.born)}{code}" if code else None
    return identity.number


def _birthday(born: str) -> str:
    """The day of birth, also out of a samordningsnummer. One that is not wholly known there stays as it stands."""
    day = int(born[6:8])
    return f"{born[:6]}{day - _COORDINATION_DAYS:02}" if day > _COORDINATION_DAYS else born


def of_numbers(closed: Sequence[Snapshot], known: Mapping[UUID, Numbered], codes: Codes) -> list[Check]:
    """What the checklist says of numbers: who has none, whose row is in code, and whose number SCB may not find."""
    found = []
    for row in closed:
        one = known.get(row.enrolment_id)
        if one is None:
            found.append(Check(Lack.NO_NUMBER, row.enrolment_id))
        elif one.is_protected:
            code = codes.protected_woman if one.is_woman else codes.protected_man
            found.append(Check(Lack.IN_CODE if code else Lack.NO_CODE, row.enrolment_id))
        elif one.kind == Kind.COORDINATION:
            found.append(Check(Lack.COORDINATION, row.enrolment_id))
    return found


def rows(
    closed: Sequence[Snapshot], identities: Mapping[UUID, Identity], codes: Codes
) -> tuple[list[Row], list[Check]]:
    """The file's rows and its checklist, from a month as it was closed."""
    found, checks = [], []
    if not codes.project_number:
        checks.append(Check(Lack.NO_PROJECT))
    for row in closed:
        identity = identities.get(row.enrolment_id)
        said = who(identity, codes)
        if said is None:
            lack = Lack.NO_CODE if identity is not None and identity.is_protected else Lack.NO_NUMBER
            checks.append(Check(lack, row.enrolment_id))
            continue
        if row.hours is None and row.note == "missing":
            checks.append(Check(Lack.NO_REPORT, row.enrolment_id))
        elif row.hours is not None and not row.attested_by:
            checks.append(Check(Lack.UNATTESTED, row.enrolment_id))
        found.append(Row(row.enrolment_id, said, row.started_on, row.ended_on, row.hours or 0))
    return sorted(found, key=lambda one: one.who), checks
