"""Who fills the posts that the parties have promised, how much of full time, and until when."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from psycopg.types.range import DateRange

from samkraft.audit.actions import trail, transactions
from samkraft.initiatives.actions import leading
from samkraft.initiatives.models import StaffPlace, StaffPromise
from samkraft.initiatives.rules import staffing as rules
from samkraft.initiatives.rules import teams as time_rules
from samkraft.initiatives.rules.staffing import Held
from samkraft.partners.queries import colleagues
from samkraft.partners.rules import access
from samkraft.partners.rules.memberships import in_words
from samkraft.partners.rules.roles import ROLES, Permission, Role
from samkraft.values.context import Context
from samkraft.values.period import Period
from samkraft.values.refusal import Refused

KIND = "initiatives.staff_place"


def fill(
    *,
    by: Context,
    at: datetime | None = None,
    promise_id: UUID,
    membership_id: UUID,
    percent: int,
    line_manager: str,
    assignment_lead_id: UUID,
    start_date: date,
    last_day: date | None = None,
) -> UUID:
    """Let somebody fill a promised post, and return the place's id. Both who lead the person are named.

    Raises Refused for another role than promised, for a time outside the initiative's or the membership's, and when the
    post would hold more people than are promised.
    """
    with transactions.write(by):
        access.require(by, Permission.MANAGE_STEERING)
        promise = StaffPromise.objects.select_for_update().get(id=promise_id)
        initiative = leading.lock_within(by, promise.initiative_id)
        who, lead = colleagues.one(membership_id), colleagues.one(assignment_lead_id)
        if who is None:
            raise Refused(time_rules.NOT_A_PARTY, area="–")
        if not line_manager.strip():
            raise Refused(rules.NO_LINE_MANAGER)
        if lead is None:
            raise Refused(rules.NO_ASSIGNMENT_LEAD)
        if not 1 <= percent <= rules.WHOLE:
            raise Refused(rules.NOT_A_SHARE)
        if who.role is not Role(promise.role):
            promised = ROLES[Role(promise.role)].name.lower()
            raise Refused(rules.NOT_THE_ROLE, name=who.name, role=who.role_name.lower(), promised=promised)
        within = leading.period_in(initiative, start_date, last_day)
        in_role = time_rules.period_in(who.period, start_date, last_day, of=who.name)
        ends = [one.end_date for one in (within, in_role) if one.end_date is not None]
        period = Period(start_date, min(ends) if ends else None)
        _refuse_too_many(promise, membership_id, who.name, percent, period)
        place = StaffPlace.objects.create(
            promise=promise, membership_id=membership_id, percent=percent, line_manager=line_manager.strip(),
            assignment_lead_id=assignment_lead_id, period=leading.as_range(period),
        )  # fmt: skip
        _record(by, at, "staff.fill", place, promise, who.name)
        return place.id


def end(*, by: Context, at: datetime | None = None, place_id: UUID, last_day: date) -> None:
    """Let somebody leave a post after a last day. Raises Refused when they have left already, or not yet begun."""
    with transactions.write(by):
        access.require(by, Permission.MANAGE_STEERING)
        place = (
            StaffPlace.objects.select_related("promise", "membership__user")
            .select_for_update(of=("self",))
            .get(id=place_id)
        )
        leading.lock_within(by, place.promise.initiative_id)
        if last_day < place.period.lower:
            raise Refused(rules.HAD_BEGUN, start=place.period.lower, end=last_day)
        after = last_day + timedelta(days=1)
        if place.period.upper is not None and after >= place.period.upper:
            raise Refused(rules.ENDED_ALREADY, end=place.period.upper - timedelta(days=1))
        place.period = DateRange(place.period.lower, after)
        place.save(update_fields=["period"])
        _record(by, at, "staff.end", place, place.promise, place.membership.user.name)


def _refuse_too_many(promise: StaffPromise, membership_id: UUID, name: str, percent: int, period: Period) -> None:
    """On no day more full-time people than promised; the busiest days are those on which somebody begins."""
    there = [
        (row.membership_id, Held(row.percent, Period(row.period.lower, row.period.upper)))
        for row in StaffPlace.objects.filter(
            promise=promise, period__overlap=DateRange(period.start_date, period.end_date)
        )
    ]
    if any(one == membership_id for one, _held in there):
        raise Refused(rules.TWICE, name=name)
    begins = [period.start_date, *(held.period.start_date for _one, held in there)]
    for day in sorted(day for day in begins if day in period):
        if _on(day, (held for _one, held in there)) + percent > promise.heads * rules.WHOLE:
            raise Refused(rules.OVER_PROMISE, month=day.strftime("%Y-%m"))


def _on(day: date, there: Iterable[Held]) -> int:
    return sum(held.percent for held in there if day in held.period)


def _record(by: Context, at: datetime | None, action: str, place: StaffPlace, promise: StaffPromise, name: str) -> None:
    trail.record(
        by=by, at=at, action=action, subject_kind=KIND, subject_id=place.id, subject_name=promise.title, member=name,
        membership=place.membership_id, percent=place.percent, line_manager=place.line_manager,
        period=in_words(Period(place.period.lower, place.period.upper)),
    )  # fmt: skip
