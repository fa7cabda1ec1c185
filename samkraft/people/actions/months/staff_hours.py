"""Report one's own hours in an initiative, and attest those of others. Written again they are a new version to attest."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError
from django.utils import timezone

from samkraft.audit.actions import trail, transactions
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.people.actions import guard
from samkraft.people.models import StaffAttest, StaffHours
from samkraft.people.rules.months import month_reasons, months
from samkraft.people.rules.months import staff_hours as rules
from samkraft.values.context import Context
from samkraft.values.period import day_in_stockholm
from samkraft.values.refusal import Refused

SUBJECT = "people.staff_hours"


def report(*, by: Context, initiative_id: UUID, month: str, hours: str, at: datetime | None = None) -> UUID:
    """Report one's own hours of a month, as written (`132,5`). Raises Refused for a month ahead or hours that are none."""
    access.require(by, Permission.REPORT_OWN_HOURS)
    quarters = rules.read(hours)
    moment = at or timezone.now()
    if not months.is_month(month):
        raise Refused(month_reasons.NO_SUCH_MONTH)
    if month > months.of_day(day_in_stockholm(moment)):
        raise Refused(rules.MONTH_AHEAD)
    with transactions.write(by):
        mine = StaffHours.objects.filter(initiative_id=initiative_id, membership_id=by.membership_id, month=month)
        last = mine.order_by("-version").first()
        if last is not None and last.quarters == quarters:
            return UUID(str(last.id))
        try:
            row = StaffHours.objects.create(
                initiative_id=initiative_id, area_id=by.area_id, membership_id=by.membership_id, user_id=by.actor_id,
                staff_name=by.actor_name, role=by.role, month=month, version=last.version + 1 if last else 1,
                quarters=quarters, written_at=moment,
            )  # fmt: skip
        except IntegrityError as error:
            raise Refused(rules.NOT_THERE) from error
        trail.record(
            by=by, at=at, action="staff_hours.reported", subject_kind=SUBJECT, subject_id=row.id, month=month,
            quarters=quarters,
        )  # fmt: skip
        return UUID(str(row.id))


def attest(*, by: Context, hours_id: UUID, at: datetime | None = None) -> None:
    """Attest the newest version of somebody's hours. Raises Refused for one's own, and when they have been written anew."""
    access.require(by, Permission.ATTEST_HOURS)
    with transactions.write(by):
        row = StaffHours.objects.filter(id=hours_id).first()
        if row is None:
            raise Refused(rules.NOT_THERE)
        newer = StaffHours.objects.filter(
            initiative_id=row.initiative_id, membership_id=row.membership_id, month=row.month, version__gt=row.version
        )
        if newer.exists():
            raise Refused(rules.NOT_THERE)
        if row.user_id == by.actor_id:
            raise Refused(rules.OWN)
        if StaffAttest.objects.filter(hours_id=hours_id).exists():
            raise Refused(rules.ATTESTED)
        try:
            with guard.refusing():
                StaffAttest.objects.create(
                    hours=row, area_id=by.area_id, staff_user_id=row.user_id, membership_id=by.membership_id,
                    user_id=by.actor_id, attested_at=at or timezone.now(), attested_by=by.actor_name,
                )  # fmt: skip
        except IntegrityError as error:
            raise Refused(rules.ATTESTED) from error
        trail.record(by=by, at=at, action="staff_hours.attested", subject_kind=SUBJECT, subject_id=hours_id)
