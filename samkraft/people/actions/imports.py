"""Read in a file of referrals, occasions or attendance: tried first, then all of it or nothing. The file is not kept.

A trial does everything and undoes it, so that what it says is what reading in will say, the database's own no included.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from samkraft.audit.actions import trail, transactions
from samkraft.audit.queries import events
from samkraft.offer.actions.occasions import OccasionDraft
from samkraft.offer.queries import catalogue
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.people.actions import attendance, referrals
from samkraft.people.actions.places import place_coordination
from samkraft.people.models import ImportedFile
from samkraft.people.queries import imports as asked
from samkraft.people.rules import guards
from samkraft.people.rules.imports import attendance as attendance_rows
from samkraft.people.rules.imports import faults, shapes, tables
from samkraft.people.rules.imports import occasions as occasion_rows
from samkraft.people.rules.imports import referrals as referral_rows
from samkraft.people.rules.imports.attendance import AttendanceLine
from samkraft.people.rules.imports.faults import Fault
from samkraft.people.rules.imports.occasions import OccasionLine
from samkraft.people.rules.imports.referrals import ReferralLine
from samkraft.people.rules.imports.shapes import Kind, Matched
from samkraft.people.rules.imports.tables import Table
from samkraft.values.context import Context
from samkraft.values.period import day_in_stockholm
from samkraft.values.refusal import Refused

NEEDS = {
    Kind.REFERRALS: Permission.REFER,
    Kind.OCCASIONS: Permission.COORDINATE_PLACES,
    Kind.ATTENDANCE: Permission.HOLD_SESSIONS,
}
# As many persons as one may begin in an hour: the guard of the numbers would stop at the next.
MOST_ROWS = {Kind.REFERRALS: 60, Kind.OCCASIONS: 500, Kind.ATTENDANCE: tables.MOST_ROWS}
MOST_TRIALS = 20
SUBJECT = "people.import"


@dataclass(frozen=True, slots=True)
class ReadIn:
    """What became of a file. With `faults`, or when it was a trial, nothing was kept.

    `known` counts rows about what was there already: persons on one's own case, attendance that was noted the same.
    `unread` are columns that are not read, `never` those that must not be.
    """

    kind: Kind
    shape: str
    shape_name: str
    rows: int
    known: int
    faults: tuple[Fault, ...]
    unread: tuple[str, ...]
    never: tuple[str, ...]
    is_kept: bool


class _Undone(Exception):
    """Everything was done and nothing is to be kept."""


def read_in(
    *, by: Context, kind: Kind, content: bytes, name: str, is_trial: bool, at: datetime | None = None
) -> ReadIn:
    """Try a file, or read it in. Raises Refused for the file as a whole; what is wrong with its rows is in the answer."""
    access.require(by, NEEDS[kind])
    moment = at or timezone.now()
    table = tables.read(content, name, most_rows=MOST_ROWS[kind])
    matched = shapes.match(table, kind)
    found: list[Fault] = []
    known = 0
    try:
        with transactions.write(by):
            _require_new(by, kind, table)
            _require_patience(by, kind, moment)
            good, found = _read(by, kind, table, matched, moment)
            with trail.gathered():
                known, refused = _do_all(by, good, moment)
            found = _in_order([*found, *refused], table)
            if is_trial or found:
                raise _Undone
            _keep(by, kind, table, matched, moment)
    except _Undone:
        _note_trial(by, kind, matched, len(table.rows), len(found), moment)
    return ReadIn(
        kind, matched.shape.code, matched.shape.name, len(table.rows), known, tuple(found), matched.unread,
        matched.never, not (is_trial or found),
    )  # fmt: skip


def _in_order(found: list[Fault], table: Table) -> list[Fault]:
    """As a person goes through the file: row by row, and each from the left."""
    places = {head: place for place, head in enumerate(table.heads)}
    return sorted(found, key=lambda fault: (fault.row, places.get(fault.column, -1)))


def _read(by: Context, kind: Kind, table: Table, matched: Matched, at: datetime) -> tuple[list[Any], list[Fault]]:
    today = day_in_stockholm(at)
    if kind is Kind.REFERRALS:
        return referral_rows.read(table, matched, today)
    if kind is Kind.OCCASIONS:
        return occasion_rows.read(table, matched, asked.named(by, on=today))
    days = attendance_rows.days(table, matched)
    return attendance_rows.read(table, matched, asked.sessions(by, days) if days else [])


def _do_all(by: Context, rows: Iterable[Any], at: datetime) -> tuple[int, list[Fault]]:
    """Every row in a part of its own, so that what is wrong with one does not hide what is wrong with the next."""
    doing: dict[type, Callable[[Any], bool]] = {
        ReferralLine: lambda row: _refer(by, row, at),
        OccasionLine: lambda row: _add(by, row, at),
        AttendanceLine: _Noting(by, at).note,
    }
    known = 0
    found = []
    for row in rows:
        try:
            with transaction.atomic():
                known += doing[type(row)](row)
        except Refused as refusal:
            found.append(faults.of(row.row, "", refusal))
    return known, found


def _refer(by: Context, row: ReferralLine, at: datetime) -> bool:
    made = referrals.refer_from_file_within(by=by, number=row.number, card=row.card, referral=row.referral, at=at)
    return made.is_known


def _add(by: Context, row: OccasionLine, at: datetime) -> bool:
    there = catalogue.occasions(activity_id=row.activity_id)
    if any(
        (one.name.casefold(), one.starts_on) == (row.name.casefold(), row.starts_on)
        for one in there
        if not one.cancelled_at
    ):
        raise Refused(faults.OCCASION_BEFORE)  # fmt: skip
    draft = OccasionDraft(
        activity_id=row.activity_id, name=row.name, provider_id=row.provider_id, starts_on=row.starts_on,
        ends_on=row.ends_on, hours_a_week=row.hours_a_week, place_name=row.place_name, district=row.district,
        languages=row.languages, answer_days=row.answer_days,
    )  # fmt: skip
    place_coordination.add_occasion_within(by=by, draft=draft, places=row.places, at=at)
    return False


class _Noting:
    """Notes attendance; each session's list is asked for once."""

    def __init__(self, by: Context, at: datetime) -> None:
        self.by, self.at = by, at
        self.rolls: dict[UUID, dict[str, tuple[UUID, str]]] = {}

    def note(self, row: AttendanceLine) -> bool:
        """Whether it was noted the same before."""
        if row.session_id not in self.rolls:
            self.rolls[row.session_id] = asked.codes(self.by, row.session_id)
        if row.code not in self.rolls[row.session_id]:
            raise Refused(attendance_rows.NO_CODE)
        hold_id, before = self.rolls[row.session_id][row.code]
        attendance.note_within(
            by=self.by, session_id=row.session_id, hold_id=hold_id, presence=row.presence, at=self.at
        )
        return before == row.presence


def _require_new(by: Context, kind: Kind, table: Table) -> None:
    """Raise Refused when the own area has read in the same cells. Two at once come one after the other."""
    digest = _digest(kind, table)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"import {by.area_id} {digest}"])
    before = ImportedFile.objects.filter(area_id=by.area_id, kind=kind.value, digest=digest).first()
    if before is not None:
        day = day_in_stockholm(before.read_at).isoformat()
        raise Refused(faults.READ_IN_BEFORE, day=day, name=before.read_by)


def _require_patience(by: Context, kind: Kind, at: datetime) -> None:
    """Raise Refused after many trials in an hour: a trial undoes the guard's own count of how often numbers are asked about."""
    if kind is not Kind.REFERRALS:
        return
    tried = events.moments_read(
        actor_id=by.actor_id, action="import.tried", subject_kind=SUBJECT, subject_id=kind.value, limit=MOST_TRIALS
    )
    if sum(moment > at - timedelta(hours=1) for moment in tried) >= MOST_TRIALS:
        raise Refused(guards.REASONS["too_many_questions"])


def _keep(by: Context, kind: Kind, table: Table, matched: Matched, at: datetime) -> None:
    made = ImportedFile(
        id=uuid4(), area_id=by.area_id, membership_id=by.membership_id, kind=kind.value, shape=matched.shape.code,
        rows=len(table.rows), digest=_digest(kind, table), read_at=at, read_by=by.actor_name,
    )  # fmt: skip
    made.save(force_insert=True)
    trail.record(
        by=by, at=at, action="import.read_in", subject_kind=SUBJECT, subject_id=made.id, kind=kind.value,
        shape=matched.shape.code, rows=len(table.rows),
    )  # fmt: skip


def _note_trial(by: Context, kind: Kind, matched: Matched, rows: int, wrong: int, at: datetime) -> None:
    """A trial leaves its trace too: how many rows, and how many things were wrong. Never which."""
    with transactions.write(by):
        trail.record(
            by=by, at=at, action="import.tried", subject_kind=SUBJECT, subject_id=kind.value, shape=matched.shape.code,
            rows=rows, wrong=wrong,
        )  # fmt: skip


def _digest(kind: Kind, table: Table) -> str:
    """Of the cells, so that the same table saved by another program is the same; keyed, so that nobody can guess at it."""
    said = json.dumps([table.heads, [row.cells for row in table.rows]], ensure_ascii=False)
    return salted_hmac(f"samkraft.import.{kind.value}", said, algorithm="sha256").hexdigest()
