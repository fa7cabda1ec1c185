"""The hours of a placement: planned by weekday when it is confirmed, changed a day at a time, within what the age allows."""

from datetime import date, datetime
from uuid import UUID, uuid4

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone

from samkraft.audit.actions import trail, transactions
from samkraft.offer.rules import working_time
from samkraft.offer.rules.working_time import Shift, Worker
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.people.actions import guard
from samkraft.people.models import SummerApplicant, SummerPlacement, SummerShift
from samkraft.people.queries.summer import summer_fits
from samkraft.people.rules.summer import summer_places as rules
from samkraft.people.rules.summer import summer_reasons
from samkraft.values.context import Context
from samkraft.values.period import day_in_stockholm
from samkraft.values.refusal import Refused

KIND = "people.summer_placement"


def plan_day(
    *, by: Context, placement_id: UUID, starts: datetime, ends: datetime, break_minutes: int = 0,
    at: datetime | None = None,
) -> UUID:  # fmt: skip
    """Other hours for one day than the workplace's usual. Refused when the age, the night or the week does not allow it."""
    access.require(by, Permission.RUN_SUMMER)
    if ends <= starts:
        raise Refused(rules.NOT_A_DAY)
    with transactions.write(by), guard.refusing():
        held = locked_within(placement_id)
        new = Shift(starts, ends, break_minutes)
        day = day_in_stockholm(starts)
        _require_in_weeks(held, day)
        others = [one for one in _shifts_within(held.applicant_id) if one.day != day]
        _require_allowed(_worker(held.applicant_id), [*others, new])
        for row in SummerShift.objects.filter(placement_id=placement_id, is_cancelled=False):
            if day_in_stockholm(row.hours.lower) == day:
                SummerShift.objects.filter(id=row.id).update(is_cancelled=True)
        made: SummerShift = _shift(held, new)
        made.save(force_insert=True)
        trail.record(by=by, at=at, action="summer.plan_day", subject_kind=KIND, subject_id=placement_id, day=day)
        return UUID(str(made.id))


def take_day_away(*, by: Context, placement_id: UUID, day: date, at: datetime | None = None) -> None:
    """Nobody is planned on that day, if it has not begun. Raises Refused when nothing is planned then."""
    access.require(by, Permission.RUN_SUMMER)
    moment = at or timezone.now()
    with transactions.write(by), guard.refusing():
        locked_within(placement_id)
        ahead = SummerShift.objects.filter(placement_id=placement_id, is_cancelled=False, hours__startswith__gt=moment)
        ids = [row.id for row in ahead if day_in_stockholm(row.hours.lower) == day]
        if not ids:
            raise Refused(summer_reasons.NOTHING_PLANNED)
        SummerShift.objects.filter(id__in=ids).update(is_cancelled=True)
        trail.record(by=by, at=at, action="summer.take_day_away", subject_kind=KIND, subject_id=placement_id, day=day)


def plan_within(held: SummerPlacement, shifts: list[Shift]) -> None:
    """Inside the transaction: the usual hours of a placement, unless it has hours already."""
    if SummerShift.objects.filter(placement_id=held.id).exists():
        return
    _require_allowed(_worker(held.applicant_id), [*_shifts_within(held.applicant_id), *shifts])
    SummerShift.objects.bulk_create(_shift(held, one) for one in shifts)


def cancel_coming_within(placement_id: UUID, at: datetime) -> None:
    """Inside the transaction: hours that have not begun are taken away."""
    SummerShift.objects.filter(placement_id=placement_id, hours__startswith__gt=at, is_cancelled=False).update(
        is_cancelled=True
    )


def locked_within(placement_id: UUID) -> SummerPlacement:
    """Inside the transaction: the placement, locked. Raises Refused when there is none that the asker sees."""
    held: SummerPlacement | None = SummerPlacement.objects.select_for_update().filter(id=placement_id).first()
    if held is None:
        raise Refused(rules.NO_SUCH_PLACEMENT)
    return held


def _shift(held: SummerPlacement, one: Shift) -> SummerShift:
    return SummerShift(
        id=uuid4(), placement_id=held.id, applicant_id=held.applicant_id, round_id=held.round_id, area_id=held.area_id,
        hours=DateTimeTZRange(one.start, one.end), break_minutes=one.break_minutes,
    )  # fmt: skip


def _worker(applicant_id: UUID) -> Worker:
    return summer_fits.worker_of(SummerApplicant.objects.get(id=applicant_id))


def _shifts_within(applicant_id: UUID) -> list[Shift]:
    found = SummerShift.objects.filter(applicant_id=applicant_id, is_cancelled=False).order_by("hours")
    return [Shift(row.hours.lower, row.hours.upper, row.break_minutes) for row in found]


def _require_allowed(worker: Worker, shifts: list[Shift]) -> None:
    if breach := working_time.why_not_planned(worker, shifts):
        raise Refused(breach[0], **breach[1])


def _require_in_weeks(held: SummerPlacement, day: date) -> None:
    if not held.weeks.lower <= day < held.weeks.upper:
        raise Refused(summer_reasons.OUTSIDE_WEEKS)
