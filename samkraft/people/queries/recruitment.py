"""Who is invited to meet an employer: the own area's persons, numbers for everybody, codes and what was told for the employer."""

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from samkraft.people.models import Overview, RecruitmentInvitation, RecruitmentResult
from samkraft.people.rules.recruitment import SaidBy
from samkraft.values.context import Context


@dataclass(frozen=True, slots=True)
class ResultRow:
    """What somebody said came of it."""

    result: str
    said_by: str
    start_date: date | None
    noted_at: datetime
    noted_by: str


@dataclass(frozen=True, slots=True)
class InvitedRow:
    """One person of the own area who is or was invited. `results` in the order in which they were said."""

    id: UUID
    meeting_id: UUID
    person_id: UUID
    name: str
    code: str
    fields: tuple[str, ...]
    shown_how: str
    shown_date: date
    reply: str
    invited_at: datetime
    invited_by: str
    ended_at: datetime | None
    results: tuple[ResultRow, ...]

    @property
    def confirmed(self) -> ResultRow | None:
        """The newest that staff stand for."""
        return next((one for one in reversed(self.results) if one.said_by == SaidBy.STAFF), None)

    @property
    def to_confirm(self) -> ResultRow | None:
        """What the employer has said since, that nobody has confirmed."""
        newest = self.results[-1] if self.results else None
        return newest if newest and newest.said_by == SaidBy.EMPLOYER else None


@dataclass(frozen=True, slots=True)
class Numbers:
    """How many are invited to a meeting and have not said no, and how many have said that they come."""

    meeting_id: UUID
    invited: int
    coming: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """One who is invited, as the employer sees it. `told` is empty when nothing was, and after the day of the meeting."""

    invitation_id: UUID
    code: str
    told: Mapping[str, Any]
    reply: str
    result: str
    said_by: str
    start_date: date | None


@dataclass(frozen=True, slots=True)
class Placed:
    """One who has a place with the employer. `is_given`: whoever decides has done so."""

    hold_id: UUID
    occasion_id: UUID
    code: str
    told: Mapping[str, Any]
    is_given: bool
    started_on: date | None
    ended_on: date | None


def of_meeting(by: Context, meeting_id: UUID) -> list[InvitedRow]:
    """Those of the own area whom the reader may know of, in order of name."""
    rows = list(RecruitmentInvitation.objects.filter(meeting_id=meeting_id).order_by("invited_at", "id"))
    return sorted(_rows(rows), key=lambda row: (row.ended_at is not None, row.name, row.code))


def of_person(by: Context, person_id: UUID) -> list[InvitedRow]:
    """The person's invitations, the newest first."""
    return _rows(list(RecruitmentInvitation.objects.filter(person_id=person_id).order_by("-invited_at", "id")))


def numbers(by: Context) -> dict[UUID, Numbers]:
    """For every meeting."""
    return {row[0]: Numbers(*row) for row in _ask("SELECT * FROM people_recruitment_numbers()")}


def candidates(by: Context, meeting_id: UUID) -> list[Candidate]:
    """For the employer whose meeting it is; nobody for anybody else."""
    rows = _ask("SELECT * FROM people_recruitment_list(%s)", meeting_id)
    return [
        Candidate(one, code, _told(told), reply, result or "", said_by or "", starts)
        for one, code, told, reply, result, said_by, starts in rows
    ]


def placed(by: Context) -> list[Placed]:
    """Those who have a place with the reader's employer."""
    return [
        Placed(hold, occasion, code, _told(told), given, started, ended)
        for hold, occasion, code, told, given, started, ended in _ask("SELECT * FROM people_placement_list()")
    ]


def to_confirm(by: Context) -> list[tuple[UUID, UUID, str, date]]:
    """What employers have said and nobody has confirmed, of persons that the reader invited: invitation, person, name, day."""
    mine = RecruitmentInvitation.objects.filter(
        membership_id=by.membership_id, ended_at=None, results__said_by="employer"
    )
    rows = _rows(list(mine.distinct()))
    return [
        (row.id, row.person_id, row.name, row.to_confirm.noted_at.date()) for row in rows if row.to_confirm is not None
    ]


def _rows(found: list[RecruitmentInvitation]) -> list[InvitedRow]:
    results: dict[UUID, list[ResultRow]] = defaultdict(list)
    for row in RecruitmentResult.objects.filter(invitation__in=[one.id for one in found]).order_by("version"):
        results[row.invitation_id].append(
            ResultRow(row.result, row.said_by, row.start_date, row.noted_at, row.noted_by)
        )
    people = {row.person_id for row in found}
    names = dict(Overview.objects.filter(person_id__in=people).values_list("person_id", "name"))
    return [
        InvitedRow(
            row.id, row.meeting_id, row.person_id, names.get(row.person_id, ""), row.code, tuple(row.fields),
            row.shown_how, row.shown_date, row.reply, row.invited_at, row.invited_by, row.ended_at,
            tuple(results[row.id]),
        )
        for row in found
    ]  # fmt: skip


def _told(told: Any) -> Mapping[str, Any]:
    return json.loads(told) if isinstance(told, str) else told or {}


def _ask(sql: str, *values: object) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())
