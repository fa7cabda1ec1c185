"""Give, prolong and end roles; and choose which of one's own to act in."""

from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils import timezone
from psycopg.types.range import DateRange

from samkraft.audit.actions import trail, transactions
from samkraft.partners.models import Membership, Organisation, SecrecyArea, Unit, User
from samkraft.partners.queries import memberships, organisations, reach
from samkraft.partners.rules import access
from samkraft.partners.rules import memberships as rules
from samkraft.partners.rules.roles import ROLES, Permission, Role, conflict_between
from samkraft.values.context import Context
from samkraft.values.period import Period, day_in_stockholm
from samkraft.values.refusal import Refused

_STEERS = "initiatives_evaluator_is_apart"  # kept by the database, which sees the places too


def give(
    *,
    by: Context,
    user_id: UUID,
    organisation_id: UUID,
    area_id: UUID,
    role: str,
    start_date: date,
    last_date: date | None = None,
    title: str = "",
    unit: str = "",
    at: datetime | None = None,
) -> UUID:
    """Give a person a role in an organisation, from a first day to a last (both included), and return its id.

    Refused for oneself, for roles that conflict (in any organisation), for the same role twice, for an area that is not
    the organisation's, and in a body that hands out its own roles.
    """
    access.require(by, Permission.MANAGE_MEMBERS)
    rules.require_own_hands_off(actor_id=by.actor_id, user_id=user_id)
    with transactions.write(by):
        reach.require(by=by, organisation_id=organisation_id)
        return add(
            by=by,
            user_id=user_id,
            organisation_id=organisation_id,
            area_id=area_id,
            role=role,
            start_date=start_date,
            last_date=last_date,
            title=title,
            unit=unit,
            at=at,
        )


def end(*, by: Context, membership_id: UUID, last_date: date, at: datetime | None = None) -> None:
    """End a role after its last day. A role that has not begun ends on its first day at the earliest."""
    access.require(by, Permission.MANAGE_MEMBERS)
    with transactions.write(by):
        row = _own_locked(by=by, membership_id=membership_id)
        period = memberships.period_of(row)
        if period.end_date is not None and period.end_date <= day_in_stockholm(at or timezone.now()):
            raise Refused(rules.ALREADY_ENDED)
        if last_date < period.start_date:
            raise Refused(rules.ENDS_BEFORE_START, start=period.start_date.isoformat())
        _change_period(row, rules.period(period.start_date, last_date))
        _record(row, by=by, at=at, action="membership.ended", last_date=last_date)


def prolong(*, by: Context, membership_id: UUID, last_date: date | None, at: datetime | None = None) -> None:
    """Let a role go on to a later last day, or without end. Conflicts are asked again for the new time."""
    access.require(by, Permission.MANAGE_MEMBERS)
    with transactions.write(by):
        row = _own_locked(by=by, membership_id=membership_id)
        old = memberships.period_of(row)
        new = rules.period(old.start_date, last_date)
        if old.end_date is None or (new.end_date is not None and new.end_date <= old.end_date):
            raise Refused(rules.NOT_A_LONGER_TIME)
        _require_fits(row.user, role=Role(row.role), organisation_id=row.organisation_id, period=new, but=row.id)
        _change_period(row, new)
        _record(row, by=by, at=at, action="membership.prolonged", last_date=last_date)


def choose(*, user_id: UUID, membership_id: UUID, at: datetime | None = None) -> memberships.MembershipRow:
    """Act in one of one's own memberships from now on. There is no `by` before this: it is what gives one."""
    chosen = next((row for row in memberships.of_user(user_id) if row.id == membership_id), None)
    if chosen is None:
        raise Refused(rules.NOT_YOURS)
    by = chosen.context()
    with transactions.write(by):
        trail.record(
            by=by,
            at=at,
            action="membership.chosen",
            subject_kind="partners.membership",
            subject_id=chosen.id,
            subject_name=f"{chosen.role_name}, {chosen.organisation_name}",
        )
    return chosen


def add(
    *,
    by: Context,
    user_id: UUID,
    organisation_id: UUID,
    area_id: UUID,
    role: str,
    start_date: date,
    last_date: date | None = None,
    title: str = "",
    unit: str = "",
    at: datetime | None = None,
    membership_id: UUID | None = None,
) -> UUID:
    """The row itself, inside a transaction that somebody else opened and whose permission somebody else has asked."""
    period = rules.period(start_date, last_date)
    user = User.objects.select_for_update().get(id=user_id)  # two administrators at once: one after the other
    _require_area(organisation_id=organisation_id, area_id=area_id)
    _require_fits(user, role=Role(role), organisation_id=organisation_id, period=period)
    row = Membership(
        id=membership_id or uuid4(),
        user=user,
        organisation_id=organisation_id,
        area_id=area_id,
        unit=Unit.objects.filter(organisation_id=organisation_id, name=unit).first() if unit else None,
        role=Role(role).value,
        title=" ".join(title.split())[:100],
        valid=DateRange(period.start_date, period.end_date),
        added_at=at or timezone.now(),
        added_by=by.actor_name,
    )
    _save(row, force_insert=True)
    _record(row, by=by, at=at, action="membership.given", start_date=start_date, last_date=last_date)
    return row.id


def _own_locked(*, by: Context, membership_id: UUID) -> Membership:
    row = (
        Membership.objects.select_for_update(of=("self",)).select_related("user", "organisation").get(id=membership_id)
    )
    rules.require_own_hands_off(actor_id=by.actor_id, user_id=row.user_id)
    reach.require(by=by, organisation_id=row.organisation_id)
    User.objects.select_for_update().get(id=row.user_id)
    return row


def _require_fits(user: User, *, role: Role, organisation_id: UUID, period: Period, but: UUID | None = None) -> None:
    held = [one for one in memberships.held_by(user.id) if one.id != but]
    rules.require_fits(name=user.name, role=role, organisation_id=organisation_id, period=period, held=held)


def _require_area(*, organisation_id: UUID, area_id: UUID) -> None:
    area = SecrecyArea.objects.get(id=area_id)
    if area.authority_id not in organisations.family(organisation_id):
        name = Organisation.objects.values_list("name", flat=True).get(id=organisation_id)
        raise Refused(rules.AREA_OF_ANOTHER, area=area.name, organisation=name)


def _change_period(row: Membership, period: Period) -> None:
    row.valid = DateRange(period.start_date, period.end_date)
    _save(row, update_fields=["valid"])


def _save(row: Membership, **how: object) -> None:
    """Save; the database's own refusal of an overlap is said in words, should the question above have missed it, and so is
    that of a place in a body that steers, which only the database sees from here."""
    try:
        with transaction.atomic():
            row.save(**how)
    except IntegrityError as fault:
        told = getattr(fault.__cause__, "diag", None)
        constraint = str(getattr(told, "constraint_name", ""))
        if constraint == _STEERS:
            raise Refused(
                rules.STEERS_ALREADY,
                name=row.user.name,
                group=str(getattr(told, "message_detail", "")),
                why=conflict_between(Role(row.role), Role.STEERING_GROUP) or "",
            ) from fault
        if constraint != "partners_membership_no_overlap":
            raise
        raise Refused(
            rules.OVERLAPPING,
            name=row.user.name,
            role=ROLES[Role(row.role)].name.lower(),
            organisation=row.organisation.name,
            dates=rules.in_words(memberships.period_of(row)),
        ) from fault


def _record(row: Membership, *, by: Context, at: datetime | None, action: str, **dates: object) -> None:
    trail.record(
        by=by,
        at=at,
        action=action,
        subject_kind="partners.membership",
        subject_id=row.id,
        subject_name=row.user.name,
        user_id=row.user_id,
        role=row.role,
        organisation=row.organisation.name,
        **dates,
    )
