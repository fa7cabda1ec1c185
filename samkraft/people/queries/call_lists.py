"""Call lists: as those who call see them, and as an evaluator does, who meets codes and rows under other names.

Which rows come is decided by the database; nothing here adds a filter that secrecy rests on.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection

from samkraft.people.models import CallEntry, Caller, CallList, CallNote
from samkraft.people.rules.call_lists import Noted


@dataclass(frozen=True, slots=True)
class ListRow:
    """A list that the reader calls on."""

    id: UUID
    registration: UUID
    initiative_id: UUID
    made_at: datetime
    made_by: str
    drawn_at: datetime | None
    callers: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class NoteRow:
    """What a call came to."""

    kind: Noted
    on: date
    by: str


@dataclass(frozen=True, slots=True)
class CallRow:
    """Somebody whom the lot drew, in the order to call, and what the calls have come to, the newest first."""

    id: UUID
    person_id: UUID
    name: str
    phone: str
    turn: int
    notes: tuple[NoteRow, ...]

    @property
    def state(self) -> Noted | None:
        """What the latest call came to; None when nobody has called."""
        return self.notes[0].kind if self.notes else None


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a list has come, as numbers: in the list, drawn, called, came to a first meeting, followed up."""

    listed: int
    drawn: int
    called: int
    came: int
    followed: int


@dataclass(frozen=True, slots=True)
class StudyRow:
    """One of those in the lot, under a name that holds in this study alone. situation: None when nothing is known."""

    name: str
    stratum: str
    is_drawn: bool
    has_come: bool
    birth_year: int
    worked_before: bool | None
    situation: str | None


def mine() -> list[ListRow]:
    """The lists that the reader calls on, the newest first."""
    named: dict[UUID, list[UUID]] = {}
    for list_id, membership in Caller.objects.order_by("named_at").values_list("list_id", "membership_id"):
        named.setdefault(list_id, []).append(membership)
    return [
        ListRow(
            one.id, one.registration, one.initiative_id, one.made_at, one.made_by, one.drawn_at, tuple(named.get(one.id, ()))
        )
        for one in CallList.objects.order_by("-made_at", "id")
    ]  # fmt: skip


def to_call(list_id: UUID) -> list[CallRow]:
    """Those whom the lot drew on a list, in its order; nobody before the lot."""
    notes: dict[UUID, list[NoteRow]] = {}
    for one in CallNote.objects.filter(entry__list_id=list_id).order_by("-noted_at", "-id"):
        notes.setdefault(one.entry_id, []).append(NoteRow(Noted(one.kind), one.on_date, one.noted_by))
    return [
        CallRow(
            one.id, one.person_id, f"{one.given_name} {one.family_name}", one.phone, one.turn or 0, tuple(notes.get(one.id, ()))
        )
        for one in CallEntry.objects.filter(list_id=list_id).order_by("turn", "stratum")
    ]  # fmt: skip


def standing(registration: UUID) -> Standing:
    """How far it has come. Inside an action or a read whose reader is an evaluator or calls on the list."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM people_call_standing(%s)", [registration])
        return Standing(*cursor.fetchone())


def codes(registration: UUID) -> dict[str, str]:
    """Code → group of everybody in the list now, for an evaluator inside an action: the asking is written down."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT code, stratum FROM people_call_codes(%s)", [registration])
        return dict(cursor.fetchall())


def study_rows(registration: UUID, *, until: date) -> list[StudyRow]:
    """One row for each in the lot, for an evaluator inside an action. until: the last day of the follow-up."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM people_call_rows(%s, %s)", [registration, until])
        return [StudyRow(*row) for row in cursor.fetchall()]
