"""Close a month as it stands, correct it, and say what its receivers want. Closed rows are never changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, connection
from django.utils import timezone

from samkraft.audit.actions import trail, transactions
from samkraft.initiatives.queries import teams as arrangements
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.people.actions import guard
from samkraft.people.models import MonthClosing, MonthFile, MonthRow, MonthSetting
from samkraft.people.queries.months import months as asked
from samkraft.people.rules.months import month_reasons
from samkraft.people.rules.months import months as rules
from samkraft.people.rules.months.months import Closing, Snapshot
from samkraft.values.context import Context
from samkraft.values.period import day_in_stockholm
from samkraft.values.refusal import Refused

SUBJECT = "people.month"


@dataclass(frozen=True, slots=True)
class Number:
    """What the guard tells of one in a closed month: the number, or of a protected person the day of birth and the sex."""

    enrolment_id: UUID
    number: str | None
    born: str
    is_woman: bool
    is_protected: bool


def close(
    *, by: Context, initiative_id: UUID, month: str, seen: str = "", why: str = "", at: datetime | None = None
) -> UUID:
    """Close a month of the own area, or close it once more with what has been corrected, and return the closing.

    `seen` is the fingerprint of the page that was looked at; empty asks nothing. Of two at once the second is told that
    it is done already. Raises Refused when the month is not over, an earlier one is open, nothing has changed, something
    is left and no reason is given, or something changed meanwhile.
    """
    access.require(by, Permission.CLOSE_MONTHS)
    if not rules.is_month(month):
        raise Refused(month_reasons.NO_SUCH_MONTH)
    moment = at or timezone.now()
    with transactions.write(by):
        _one_at_a_time(by, initiative_id)
        least = least_weekly(initiative_id, month)
        lines = asked.lines(by, initiative_id, month, now=moment, with_sessions=False)
        rows = [rules.snapshot(line, month, least) for line in lines]
        if not rows:
            raise Refused(month_reasons.NOTHING_TO_CLOSE, month=month)
        closed = asked.newest(asked.closings(by, initiative_id))
        before = closed.get(month)
        changed = before is not None and bool(rules.changes(asked.snapshots(by, [before.id])[before.id], rows))
        _require_may_close(by, initiative_id, month, moment, rows, closed, changed, why, seen)
        row = _write_within(by, initiative_id, month, before.number + 1 if before else 1, rows, why, moment)
        trail.record(
            by=by, at=at, action="month.closed", subject_kind=SUBJECT, subject_id=row.id, month=month, number=row.number,
            initiative=initiative_id,
        )  # fmt: skip
        return UUID(str(row.id))


def least_weekly(initiative_id: UUID, month: str) -> int | None:
    """The least hours a week that the initiative's rules ask for at the end of the month."""
    row = arrangements.rules_on(initiative_id, on=rules.span(month)[1])
    return row.rules.least_weekly_hours if row else None


def _require_may_close(
    by: Context,
    initiative_id: UUID,
    month: str,
    moment: datetime,
    rows: Sequence[Snapshot],
    closed: dict[str, Closing],
    changed: bool,
    why: str,
    seen: str,
) -> None:
    today = day_in_stockholm(moment)
    first = asked.first_month(by, initiative_id) or month
    open_months = [one for one in rules.between(first, rules.step(rules.of_day(today), -1)) if one not in closed]
    left = sum(1 for row in rows if row.note in rules.LEFT)
    newest = closed.get(month)
    refused = rules.why_not_close(
        month, today=today, open_months=open_months, newest=newest, changed=changed, left=left, why=why
    )
    if refused is not None:
        earlier = min(open_months) if refused is month_reasons.EARLIER_OPEN else month
        raise Refused(refused, month=earlier, count=left, who=newest.closed_by if newest else "")
    if seen and seen != rules.digest(rows):
        raise Refused(month_reasons.CHANGED_MEANWHILE)


def _write_within(
    by: Context, initiative_id: UUID, month: str, number: int, rows: Sequence[Snapshot], why: str, moment: datetime
) -> MonthClosing:
    try:
        closing: MonthClosing = MonthClosing.objects.create(
            initiative_id=initiative_id, area_id=by.area_id, month=month, number=number, why=why.strip(),
            digest=rules.digest(rows), closed_at=moment, closed_by=by.actor_name, membership_id=by.membership_id,
        )  # fmt: skip
    except IntegrityError as error:
        if "people_monthclosing_number_once" in str(error):
            raise Refused(month_reasons.CHANGED_MEANWHILE) from error
        raise
    MonthRow.objects.bulk_create(
        [
            MonthRow(
                closing=closing, person_id=row.person_id, area_id=by.area_id, enrolment_id=row.enrolment_id,
                team_id=row.team_id, started_on=row.started_on, ended_on=row.ended_on, hours=row.hours,
                attested_by=row.attested_by, note=row.note,
            )
            for row in rows
        ]
    )  # fmt: skip
    return closing


def numbers(*, by: Context, closing_id: UUID, at: datetime | None = None) -> dict[UUID, Number]:
    """The identity numbers of those in a closed month, from the guard, by enrolment; kept in the trail each time."""
    access.require(by, Permission.CLOSE_MONTHS)
    with transactions.write(by):
        with guard.refusing(), connection.cursor() as cursor:
            cursor.execute("SELECT * FROM people_month_numbers(%s)", [closing_id])
            found = {row[0]: Number(*row) for row in cursor.fetchall()}
        trail.record(
            by=by, at=at, action="month.numbers_read", subject_kind=SUBJECT, subject_id=closing_id, count=len(found)
        )
    return found


def note_file(*, by: Context, closing_id: UUID, kind: str, at: datetime | None = None) -> None:
    """Note that the file of a closed month was made, so that it is known which have to be made again."""
    access.require(by, Permission.CLOSE_MONTHS)
    moment = at or timezone.now()
    with transactions.write(by):
        row = MonthFile.objects.create(
            closing_id=closing_id, area_id=by.area_id, kind=kind, made_at=moment, made_by=by.actor_name,
            membership_id=by.membership_id,
        )  # fmt: skip
        trail.record(by=by, at=at, action="month.file_made", subject_kind=SUBJECT, subject_id=closing_id, kind=row.kind)


def settle(
    *,
    by: Context,
    initiative_id: UUID,
    project_number: str,
    protected_woman: str,
    protected_man: str,
    at: datetime | None = None,
) -> None:
    """Say the project's number and the codes that the receiver has given for protected persons. The newest holds."""
    access.require(by, Permission.CLOSE_MONTHS)
    with transactions.write(by):
        row = MonthSetting.objects.create(
            initiative_id=initiative_id, area_id=by.area_id, project_number=project_number.strip()[:40],
            protected_woman=protected_woman.strip()[:4], protected_man=protected_man.strip()[:4],
            decided_at=at or timezone.now(), decided_by=by.actor_name, membership_id=by.membership_id,
        )  # fmt: skip
        trail.record(by=by, at=at, action="month.settled", subject_kind=SUBJECT, subject_id=row.id)


def _one_at_a_time(by: Context, initiative_id: UUID) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"month {by.area_id} {initiative_id}"])
