"""Occasions and their sessions. How many places an occasion has, and who is told of a session, is kept where holds are known:
`people.actions.places`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid4

from django.utils import timezone

from samkraft.audit.actions import trail, transactions
from samkraft.offer.actions import activities
from samkraft.offer.models import Occasion, Session
from samkraft.offer.rules import activities as words
from samkraft.offer.rules import occasions as rules
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.values.context import Context
from samkraft.values.period import Period, day_in_stockholm
from samkraft.values.refusal import Refused

KIND = "offer.occasion"


@dataclass(frozen=True, slots=True)
class OccasionDraft:
    """What is said about an occasion. `ends_on` is its last day; None when it goes on."""

    activity_id: UUID
    name: str
    provider_id: UUID
    starts_on: date
    hours_a_week: int
    place_name: str
    ends_on: date | None = None
    languages: tuple[str, ...] = ("sv",)
    district: str = ""
    accessible: tuple[str, ...] = ()
    answer_days: int = 5


def add_within(*, by: Context, draft: OccasionDraft, at: datetime) -> UUID:
    """Add an occasion, inside the transaction of the action that also gives it places. Its coordinator does."""
    activities.require_coordinator_within(by, draft.activity_id, at)
    _require_sound(draft, day_in_stockholm(at))
    if why := rules.closed_on(draft.starts_on, activities.closed_periods(draft.activity_id)):
        raise Refused(rules.CLOSED, why=why)
    made = Occasion.objects.create(
        id=uuid4(), activity_id=draft.activity_id, name=draft.name.strip(), provider_id=draft.provider_id,
        starts_on=draft.starts_on, ends_on=draft.ends_on, hours_a_week=draft.hours_a_week,
        languages=list(draft.languages), place_name=draft.place_name.strip(), district=draft.district,
        accessible=list(draft.accessible), answer_days=draft.answer_days, added_at=at, added_by=by.actor_name,
    )  # fmt: skip
    trail.record(by=by, at=at, action="occasion.add", subject_kind=KIND, subject_id=made.id, subject_name=made.name)
    return made.id


def plan_weekly(
    *, by: Context, occasion_id: UUID, weekdays: Iterable[int], starts: time, ends: time, at: datetime | None = None
) -> int:
    """Lay sessions every week from now or the start until the end, but for days on which it is closed. Returns how many.

    By the clock in Sweden, through the change to summer time. Days that have a session at that time already are left alone.
    """
    access.require(by, Permission.COORDINATE_PLACES)
    at = at or timezone.now()
    with transactions.write(by):
        occasion = _open(by, occasion_id, at)
        closed = activities.closed_periods(occasion.activity_id)
        first = max(occasion.starts_on, day_in_stockholm(at) + timedelta(days=1))
        last = occasion.ends_on or first + timedelta(days=180)
        days = rules.weekly_days(rules.Weekly(tuple(weekdays), starts, ends), first, last, closed)
        if not days:
            raise Refused(rules.NO_DAYS)
        if len(days) > rules.MOST_SESSIONS:
            raise Refused(rules.TOO_MANY_SESSIONS, most=rules.MOST_SESSIONS)
        known = set(Session.objects.filter(occasion=occasion).values_list("starts_at", flat=True))
        made = [_session(occasion, day, starts, ends) for day in days]
        made = [one for one in made if one.starts_at not in known]
        if any(one.ends_at <= one.starts_at for one in made):
            raise Refused(rules.SESSION_ENDS_BEFORE)
        Session.objects.bulk_create(made)
        trail.record(
            by=by, at=at, action="occasion.plan", subject_kind=KIND, subject_id=occasion_id, sessions=len(made)
        )
        return len(made)


def add_session_within(*, by: Context, occasion_id: UUID, day: date, starts: time, ends: time, at: datetime) -> UUID:
    """Add one session, inside the transaction of the action that tells those who come."""
    occasion = _open(by, occasion_id, at)
    made = _session(occasion, day, starts, ends)
    _require_room(occasion, made, at)
    made.save(force_insert=True)
    return made.id


def move_session_within(*, by: Context, session_id: UUID, day: date, starts: time, ends: time, at: datetime) -> None:
    """Move a session that has not begun to another time ahead, inside the transaction of the action that tells those who come."""
    session = _coming(by, session_id, at)
    moved = _session(session.occasion, day, starts, ends)
    moved.id = session.id
    _require_room(session.occasion, moved, at)
    session.starts_at, session.ends_at = moved.starts_at, moved.ends_at
    session.save(update_fields=["starts_at", "ends_at"])


def cancel_session_within(*, by: Context, session_id: UUID, at: datetime) -> None:
    """Cancel one session that has not begun; the occasion goes on. Inside the transaction of the action that tells of it."""
    session = _coming(by, session_id, at)
    session.cancelled_at, session.cancelled_by = at, by.actor_name
    session.save(update_fields=["cancelled_at", "cancelled_by"])


def restore_session_within(*, by: Context, session_id: UUID, at: datetime) -> None:
    """Hold a session after all that was cancelled and has not been, inside the transaction of the action that tells."""
    session = _coming(by, session_id, at, is_cancelled=True)
    _require_room(session.occasion, session, at)
    session.cancelled_at = session.cancelled_by = None
    session.save(update_fields=["cancelled_at", "cancelled_by"])


def occasion_of_within(session_id: UUID) -> UUID:
    """Which occasion a session is of, inside a transaction. Raises Refused when there is no such session."""
    found = Session.objects.filter(id=session_id).values_list("occasion_id", flat=True).first()
    if found is None:
        raise Refused(rules.NO_SUCH_SESSION)
    return found


def cancel_sessions_within(*, by: Context, occasion_id: UUID, at: datetime) -> int:
    """Cancel what is left of an occasion's sessions, inside the transaction of the action that cancels the occasion."""
    return Session.objects.filter(occasion_id=occasion_id, starts_at__gt=at, cancelled_at=None).update(
        cancelled_at=at, cancelled_by=by.actor_name
    )


def draft_like(occasion_id: UUID) -> OccasionDraft:
    """What is said about an occasion, to begin another from, inside the transaction of the action that adds it."""
    one = Occasion.objects.get(id=occasion_id)
    return OccasionDraft(
        one.activity_id, one.name, one.provider_id, one.starts_on, one.hours_a_week, one.place_name, one.ends_on,
        tuple(one.languages), one.district, tuple(one.accessible), one.answer_days,
    )  # fmt: skip


def change_days_within(
    *, by: Context, occasion_id: UUID, starts_on: date | None, ends_on: date | None, at: datetime
) -> list[UUID]:
    """Another first or last day, inside a transaction; what is None stays. The coming sessions outside, which are cancelled."""
    one = _open(by, occasion_id, at)
    first, last = starts_on or one.starts_on, ends_on or one.ends_on
    if starts_on is not None and starts_on != one.starts_on and starts_on < day_in_stockholm(at):
        raise Refused(rules.IN_THE_PAST, day=starts_on.isoformat())
    if last is not None and last < first:
        raise Refused(rules.ENDS_BEFORE)
    one.starts_on, one.ends_on = first, last
    one.save(update_fields=["starts_on", "ends_on"])
    coming = Session.objects.filter(occasion=one, starts_at__gt=at, cancelled_at=None)
    outside = [
        row.id for row in coming
        if day_in_stockholm(row.starts_at) < first or (last is not None and day_in_stockholm(row.starts_at) > last)
    ]  # fmt: skip
    trail.record(
        by=by, at=at, action="occasion.days", subject_kind=KIND, subject_id=occasion_id, first=first, last=last,
        sessions=len(outside),
    )  # fmt: skip
    Session.objects.filter(id__in=outside).update(cancelled_at=at, cancelled_by=by.actor_name)
    return outside


def _open(by: Context, occasion_id: UUID, at: datetime) -> Occasion:
    occasion = Occasion.objects.select_for_update().filter(id=occasion_id).first()
    if occasion is None:
        raise Refused(rules.NO_SUCH_OCCASION)
    activities.require_coordinator_within(by, occasion.activity_id, at)
    if occasion.cancelled_at is not None:
        raise Refused(rules.CANCELLED)
    return occasion


def _coming(by: Context, session_id: UUID, at: datetime, *, is_cancelled: bool = False) -> Session:
    """A session that has not begun, of an occasion that the asker coordinates, held while it is changed."""
    occasion = _open(by, occasion_of_within(session_id), at)
    session = Session.objects.select_for_update().get(id=session_id)
    session.occasion = occasion
    if session.starts_at <= at:
        raise Refused(rules.SESSION_HELD)
    if (session.cancelled_at is not None) is not is_cancelled:
        raise Refused(rules.SESSION_NOT_CANCELLED if is_cancelled else rules.SESSION_IS_CANCELLED)
    return session


def _session(occasion: Occasion, day: date, starts: time, ends: time) -> Session:
    starts_at, ends_at = rules.at_clock(day, starts), rules.at_clock(day, ends)
    for clock, instant in ((starts, starts_at), (ends, ends_at)):
        if instant is None:
            raise Refused(rules.NOT_A_TIME, time=f"{clock:%H.%M}")
    return Session(id=uuid4(), occasion=occasion, starts_at=starts_at, ends_at=ends_at, place_name=occasion.place_name)


def _require_room(occasion: Occasion, made: Session, at: datetime) -> None:
    end = occasion.ends_on + timedelta(days=1) if occasion.ends_on else None
    refused = rules.why_not_session(
        made.starts_at,
        made.ends_at,
        now=at,
        period=Period(occasion.starts_on, end),
        closed=activities.closed_periods(occasion.activity_id),
    )
    if refused:
        reason, details = refused
        raise Refused(reason, **details)
    there = Session.objects.filter(occasion=occasion, starts_at=made.starts_at).exclude(id=made.id).first()
    if there is not None:
        raise Refused(rules.SESSION_CANCELLED_THERE if there.cancelled_at else rules.SESSION_TWICE)


def _require_sound(draft: OccasionDraft, today: date) -> None:
    if not draft.name.strip():
        raise Refused(rules.NO_NAME)
    if not draft.place_name.strip():
        raise Refused(rules.NO_PLACE)
    if draft.starts_on < today:
        raise Refused(rules.IN_THE_PAST, day=draft.starts_on.isoformat())
    if draft.ends_on and draft.ends_on < draft.starts_on:
        raise Refused(rules.ENDS_BEFORE)
    if not 1 <= draft.hours_a_week <= 40:
        raise Refused(rules.HOURS)
    if not 1 <= draft.answer_days <= 60:
        raise Refused(rules.ANSWER_DAYS)
    for label, codes, known in (
        (words.WORDS_OF["languages"], draft.languages, words.LANGUAGES),
        (words.WORDS_OF["accessible"], draft.accessible, words.ACCESS),
    ):
        if wrong := words.why_not_codes(codes, known):
            raise Refused(words.UNKNOWN_CODE, code=wrong, field=label)
