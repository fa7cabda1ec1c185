"""How far a round of Ung i sommar has come, the published lot, and the bases for wages."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from samkraft.people.models import (
    SummerApplicant,
    SummerConsent,
    SummerDraw,
    SummerPayment,
    SummerPlacement,
)
from samkraft.people.queries.summer import summer_days
from samkraft.people.rules.summer import summer_places as rules
from samkraft.people.rules.summer.summer_places import State


@dataclass(frozen=True, slots=True)
class Published:
    """A published step of the lot: `list` or `lot`."""

    published: dict[str, Any]
    fingerprint: str
    published_at: datetime
    published_by: str


@dataclass(frozen=True, slots=True)
class Paid:
    """A basis for wages that has been made."""

    id: UUID
    number: int
    through: date
    rows: tuple[dict[str, Any], ...]
    total_ore: int
    made_at: datetime
    made_by: str


@dataclass(frozen=True, slots=True)
class Course:
    """Counts of what the reader may see, and what is published."""

    applied: int
    withdrawn: int
    doubles: int
    first: int
    list: Published | None
    lot: Published | None
    placements: dict[State, int]
    waiting_for_guardians: int
    attested_days: int
    attested_minutes: int
    paid: tuple[Paid, ...]
    meets_all: bool

    @property
    def offered(self) -> int:
        """How many have been offered a place."""
        return sum(self.placements.values())

    @property
    def live(self) -> int:
        """How many places are somebody's now."""
        return sum(self.placements.get(one, 0) for one in (State.OFFERED, State.ACCEPTED, State.CONFIRMED))


def of_round(round_id: UUID) -> Course:
    """Where a round stands. Inside a read transaction of somebody who holds it."""
    flags = Counter[str]()
    for withdrawn, double, ground in SummerApplicant.objects.filter(round_id=round_id).values_list(
        "has_withdrawn", "is_double", "ground"
    ):
        flags["all"] += 1
        flags["withdrawn"] += withdrawn
        flags["double"] += double and not withdrawn
        flags["first"] += bool(ground) and not withdrawn
    states = Counter[State]()
    waiting = []
    for applicant_id, answer, confirmed, ended in SummerPlacement.objects.filter(round_id=round_id).values_list(
        "applicant_id", "answer", "confirmed_at", "has_ended"
    ):
        state = rules.state(answer=answer, is_confirmed=confirmed is not None, has_ended=ended)
        states[state] += 1
        if state is State.ACCEPTED:
            waiting.append(applicant_id)
    steps = published(round_id)
    attested = summer_days.attested(round_id)
    return Course(
        flags["all"], flags["withdrawn"], flags["double"], flags["first"], steps.get("list"), steps.get("lot"), dict(states),
        len(set(waiting) - _with_all_yes(waiting)), sum(one.was_there for one in attested),
        sum(one.minutes or 0 for one in attested), tuple(payments(round_id)), meets_all(round_id),
    )  # fmt: skip


def published(round_id: UUID) -> dict[str, Published]:
    """What is published of a round's lot, for anybody."""
    return {
        row.step: Published(row.published, row.fingerprint, row.published_at, row.published_by)
        for row in SummerDraw.objects.filter(round_id=round_id)
    }


def payments(round_id: UUID) -> list[Paid]:
    """The bases that have been made, in order."""
    return [
        Paid(row.id, row.number, row.through, tuple(row.rows), row.total_ore, row.made_at, row.made_by)
        for row in SummerPayment.objects.filter(round_id=round_id).order_by("number")
    ]


def holds(round_id: UUID) -> bool:
    """Whether the reader is among those who hold the round."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s IN (SELECT people_summer_rounds())", [round_id])
        return bool(cursor.fetchone()[0])


def held_rounds() -> set[UUID]:
    """The rounds that the reader holds."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT people_summer_rounds()")
        return {row[0] for row in cursor.fetchall()}


def meets_all(round_id: UUID) -> bool:
    """Whether the reader looks after protected young people in the round too."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT people_summer_meets_all(%s)", [round_id])
        return bool(cursor.fetchone()[0])


def named_list(applicant_id: UUID) -> set[UUID]:
    """The memberships on a protected young person's list; none for somebody without protection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT people_summer_list_of(%s)", [applicant_id])
        return {row[0] for row in cursor.fetchall()}


def held_numbers(workplace_id: UUID, period_id: UUID) -> list[int]:
    """The numbers of the places at a workplace in a period that are somebody's."""
    found = SummerPlacement.objects.filter(
        workplace_id=workplace_id, place__period_id=period_id, answer__in=["", "yes"], has_ended=False
    )
    return sorted(found.values_list("place__number", flat=True))


def _with_all_yes(applicant_ids: list[UUID]) -> set[UUID]:
    needed = dict(SummerApplicant.objects.filter(id__in=applicant_ids).values_list("id", "guardians_needed"))
    latest: dict[UUID, tuple[UUID, bool]] = {}
    for applicant_id, guardian_id, says_yes in (
        SummerConsent.objects.filter(applicant_id__in=applicant_ids)
        .order_by("number")
        .values_list("applicant_id", "guardian_id", "says_yes")
    ):
        latest[guardian_id] = (applicant_id, says_yes)
    count = Counter(applicant_id for applicant_id, says_yes in latest.values() if says_yes)
    return {one for one in applicant_ids if count[one] >= needed[one]}
