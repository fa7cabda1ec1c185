"""Applicants of Ung i sommar as those who hold the round, a young person, a guardian and a workplace each see them.

Which rows come is decided by the database; nothing here adds a filter that secrecy rests on.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from samkraft.offer.queries import summer_rounds
from samkraft.offer.queries.summer_rounds import WorkplaceRow
from samkraft.offer.rules import summer_rounds as summer_weeks
from samkraft.offer.rules import working_time
from samkraft.people.models import (
    SummerApplicant,
    SummerCard,
    SummerConsent,
    SummerEvent,
    SummerGuardian,
    SummerPlacement,
)
from samkraft.people.rules.summer import summer_places as rules
from samkraft.people.rules.summer.summer_places import State
from samkraft.values.period import Period


@dataclass(frozen=True, slots=True)
class GuardianRow:
    """A guardian, and what they have said last (None: nothing yet)."""

    id: UUID
    number: int
    name: str
    email: str
    phone: str
    says_yes: bool | None
    said_at: datetime | None
    how: str


@dataclass(frozen=True, slots=True)
class PlacementRow:
    """A place that has been offered, and where it stands."""

    id: UUID
    applicant_id: UUID
    workplace: WorkplaceRow
    weeks: Period
    state: State
    answer_until: datetime
    answered_at: datetime | None
    confirmed_at: datetime | None
    reason: str
    shares_phone: bool

    @property
    def week_numbers(self) -> tuple[int, int]:
        """The first and the last ISO week."""
        return summer_weeks.week_numbers(self.weeks)


@dataclass(frozen=True, slots=True)
class ApplicantRow:
    """Somebody who has applied. `turn` None: outside the lot, or not drawn yet."""

    id: UUID
    person_id: UUID
    round_id: UUID
    code: str
    given_name: str
    family_name: str
    sort_key: str
    born: date
    sex: str
    phone: str
    email: str
    school_year: str
    district: str
    stratum: str
    wishes: tuple[UUID, ...]
    period_wishes: tuple[UUID, ...]
    other_week_minutes: int
    guardians_needed: int
    ground: str
    is_double: bool
    has_withdrawn: bool
    applied_at: datetime
    turn: int | None
    is_drawn: bool
    guardians: tuple[GuardianRow, ...]
    placements: tuple[PlacementRow, ...]

    @property
    def name(self) -> str:
        """As it is read."""
        return f"{self.given_name} {self.family_name}"

    @property
    def placement(self) -> PlacementRow | None:
        """The latest one."""
        return self.placements[-1] if self.placements else None

    def age_on(self, day: date) -> int:
        """Whole years."""
        return working_time.age_on(self.born, day)

    def needs_guardians(self, day: date) -> bool:
        """Whether guardians must say yes for somebody of that age."""
        return working_time.is_minor(self.born, day)

    @property
    def yes_count(self) -> int:
        """How many guardians have said yes."""
        return sum(one.says_yes is True for one in self.guardians)

    @property
    def has_all_yes(self) -> bool:
        """Whether every guardian has."""
        return self.yes_count >= self.guardians_needed and all(one.says_yes for one in self.guardians)


@dataclass(frozen=True, slots=True)
class EventRow:
    """What happened with an application."""

    kind: str
    word: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class CardRow:
    """What a workplace has been given about somebody, until when."""

    placement_id: UUID
    workplace_id: UUID
    given_name: str
    family_name: str
    age: int
    phone: str
    weeks: Period
    until: datetime

    @property
    def week_numbers(self) -> tuple[int, int]:
        """The first and the last ISO week."""
        return summer_weeks.week_numbers(self.weeks)

    @property
    def name(self) -> str:
        """As it is read."""
        return f"{self.given_name} {self.family_name}"


def listed(round_id: UUID) -> list[ApplicantRow]:
    """Those of a round that the reader may see, by name. Five statements."""
    return _rows(SummerApplicant.objects.filter(round_id=round_id).order_by("sort_key", "id"), round_id)


def one(applicant_id: UUID) -> ApplicantRow | None:
    """One of them; None for the reader who may not know, as for nobody."""
    found = SummerApplicant.objects.filter(id=applicant_id)
    round_id = found.values_list("round_id", flat=True).first()
    rows = _rows(found, round_id) if round_id else []
    return rows[0] if rows else None


def events(applicant_id: UUID) -> list[EventRow]:
    """The history of an application, latest first."""
    found = SummerEvent.objects.filter(applicant_id=applicant_id).order_by("-at", "-id")
    return [EventRow(row.kind, row.word, row.at, row.by) for row in found]


def guardian(guardian_id: UUID) -> GuardianRow:
    """A guardian as they see themselves."""
    return _guardians(SummerGuardian.objects.filter(id=guardian_id))[0][1]


def cards() -> list[CardRow]:
    """Everybody whom the asker's workplaces have been given a card about now, by name."""
    found = list(SummerCard.objects.select_related("placement"))
    rows = [
        CardRow(
            row.placement_id, row.workplace_id, row.fields["given_name"], row.fields["family_name"], row.fields["age"],
            row.fields.get("phone", ""), Period(row.placement.weeks.lower, row.placement.weeks.upper), row.period.upper,
        )
        for row in found
        if not row.placement.has_ended
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (row.weeks.start_date, row.given_name, row.family_name))


def _rows(found: Iterable[SummerApplicant], round_id: UUID) -> list[ApplicantRow]:
    people = list(found)
    ids = [row.id for row in people]
    guardians: dict[UUID, list[GuardianRow]] = {}
    for applicant_id, row in _guardians(SummerGuardian.objects.filter(applicant_id__in=ids)):
        guardians.setdefault(applicant_id, []).append(row)
    workplaces = {row.id: row for row in summer_rounds.workplaces(round_id)}
    placements: dict[UUID, list[PlacementRow]] = {}
    for row in SummerPlacement.objects.filter(applicant_id__in=ids).order_by("offered_at", "id"):
        placements.setdefault(row.applicant_id, []).append(_placement(row, workplaces[row.workplace_id]))
    return [
        ApplicantRow(
            row.id, row.person_id, row.round_id, row.code, row.given_name, row.family_name, row.sort_key, row.birth_date,
            row.sex, row.phone, row.email, row.school_year, row.district, row.stratum, tuple(row.wishes),
            tuple(row.period_wishes), row.other_week_minutes, row.guardians_needed, row.ground, row.is_double,
            row.has_withdrawn, row.applied_at, row.turn, row.is_drawn, tuple(guardians.get(row.id, ())),
            tuple(placements.get(row.id, ())),
        )
        for row in people
    ]  # fmt: skip


def _placement(row: SummerPlacement, workplace: WorkplaceRow) -> PlacementRow:
    return PlacementRow(
        row.id, row.applicant_id, workplace, Period(row.weeks.lower, row.weeks.upper),
        rules.state(answer=row.answer, is_confirmed=row.confirmed_at is not None, has_ended=row.has_ended),
        row.answer_until, row.answered_at, row.confirmed_at, row.reason or row.end_reason, row.shares_phone,
    )  # fmt: skip


def _guardians(found: Iterable[SummerGuardian]) -> list[tuple[UUID, GuardianRow]]:
    rows = list(found.order_by("applicant_id", "number"))  # type: ignore[attr-defined]  # a query set
    said: dict[UUID, SummerConsent] = {}
    for consent in SummerConsent.objects.filter(guardian_id__in=[row.id for row in rows]).order_by("number"):
        said[consent.guardian_id] = consent
    made = []
    for row in rows:
        last = said.get(row.id)
        made.append((
            row.applicant_id,
            GuardianRow(
                row.id, row.number, row.name, row.email, row.phone, last.says_yes if last else None,
                last.given_at if last else None, last.how if last else "",
            ),
        ))  # fmt: skip
    return made
