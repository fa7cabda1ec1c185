"""Meetings: called, moved, cancelled; an agenda from what is open; the pack; and minutes that somebody else adjusts."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Max
from django.utils import timezone

from samkraft.audit.actions import trail, transactions
from samkraft.initiatives.actions import handbooks, leading, presences
from samkraft.initiatives.models import AgendaPoint, Board, Meeting, MeetingEvent
from samkraft.initiatives.queries import boards, resolutions
from samkraft.initiatives.queries import meetings as queries
from samkraft.initiatives.queries.meetings import MeetingPage
from samkraft.initiatives.rules import capacities, seats
from samkraft.initiatives.rules import meetings as rules
from samkraft.initiatives.rules.capacities import Asked
from samkraft.initiatives.rules.meetings import About, MeetingEventKind, MeetingState
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.values.context import Context
from samkraft.values.period import day_in_stockholm
from samkraft.values.refusal import Refused

KIND = "initiatives.meeting"


def call(*, by: Context, at: datetime | None = None, board_id: UUID, starts_at: datetime, place: str = "") -> UUID:
    """Call a body to a meeting and return the meeting's id. Raises Refused for a time that has been."""
    now = at or timezone.now()
    with transactions.write(by):
        access.require(by, Permission.MANAGE_STEERING)
        board = Board.objects.get(id=board_id)
        leading.lock_within(by, board.initiative_id)
        if starts_at < now:
            raise Refused(rules.IN_THE_PAST, when=day_in_stockholm(starts_at).isoformat())
        meeting = Meeting.objects.create(
            board=board, starts_at=starts_at, place=place.strip(), called_at=now, called_by=by.actor_name
        )
        trail.record(
            by=by, at=at, action="meeting.call", subject_kind=KIND, subject_id=meeting.id, subject_name=board.name,
            starts_at=starts_at,
        )  # fmt: skip
        return meeting.id


def move(*, by: Context, at: datetime | None = None, meeting_id: UUID, starts_at: datetime, reason: str) -> None:
    """Give a meeting another time, with the reason. Raises Refused once it has begun, or to a time that has been."""
    now = at or timezone.now()
    with transactions.write(by):
        page = _led_within(by, meeting_id, now)
        if page.row.state is not MeetingState.CALLED:
            raise Refused(rules.why_not_plan(page.row.state) or rules.MINUTES_STAND)
        if not reason.strip():
            raise Refused(rules.NO_REASON)
        if starts_at < now:
            raise Refused(rules.IN_THE_PAST, when=day_in_stockholm(starts_at).isoformat())
        add_event_within(by, now, page, MeetingEventKind.MOVED, text=reason.strip(), starts_at=starts_at)


def cancel(*, by: Context, at: datetime | None = None, meeting_id: UUID, reason: str) -> None:
    """Cancel a meeting that has not begun, with the reason. What stood on its agenda can be brought up at another."""
    now = at or timezone.now()
    with transactions.write(by):
        page = _led_within(by, meeting_id, now)
        if page.row.state is not MeetingState.CALLED:
            raise Refused(rules.why_not_plan(page.row.state) or rules.MINUTES_STAND)
        if not reason.strip():
            raise Refused(rules.NO_REASON)
        add_event_within(by, now, page, MeetingEventKind.CANCELLED, text=reason.strip())
        for point in page.points:
            if point.about is About.HANDBOOK and point.about_id:
                handbooks.return_within(by=by, at=now, version_id=UUID(point.about_id))


def bring_up(
    *,
    by: Context,
    at: datetime | None = None,
    meeting_id: UUID,
    title: str,
    text: str = "",
    proposal: str = "",
    about: About = About.OTHER,
    about_id: str = "",
    link: str = "",
    asked: Asked | None = None,
) -> UUID:
    """Put a point on the agenda and return its id. `asked` is a change of capacity that is proposed.

    A version of the handbook that is brought up to a body that decides is thereby proposed, and no longer changed.
    Raises Refused without a title, when the minutes are written, and when a change does not say what it would be.
    """
    now = at or timezone.now()
    with transactions.write(by):
        page = _led_within(by, meeting_id, now)
        if reason := rules.why_not_plan(page.row.state):
            raise Refused(reason)
        if not title.strip():
            raise Refused(rules.NO_TITLE)
        if asked is not None and (refused := capacities.why_not(asked)):
            raise refused
        latest = AgendaPoint.objects.filter(meeting_id=meeting_id).aggregate(Max("number"))["number__max"] or 0
        point = AgendaPoint.objects.create(
            meeting_id=meeting_id, number=latest + 1, title=title.strip(), text=text.strip(), proposal=proposal.strip(),
            about=about.value, about_id=about_id, link=link, asked=capacities.as_json(asked), brought_at=now,
            brought_by=by.actor_name,
        )  # fmt: skip
        if about is About.HANDBOOK and about_id and page.row.board.decides:
            handbooks.propose_within(by=by, at=now, version_id=UUID(about_id))
        trail.record(
            by=by, at=at, action="meeting.bring_up", subject_kind=KIND, subject_id=meeting_id,
            subject_name=page.row.board.name, point=point.title, about=about.value, about_id=about_id,
        )  # fmt: skip
        return point.id


def attach_pack(*, by: Context, at: datetime | None = None, meeting_id: UUID, run: int, digest: str) -> None:
    """Attach the pack that is made of one snapshot, by its number and digest. A later one stands beside the earlier."""
    now = at or timezone.now()
    with transactions.write(by):
        page = _led_within(by, meeting_id, now)
        if reason := rules.why_not_plan(page.row.state):
            raise Refused(reason)
        if page.pack is None or page.pack.pack_digest != digest:
            add_event_within(by, now, page, MeetingEventKind.PACK, pack_run=run, pack_digest=digest)


def write_minutes(
    *, by: Context, at: datetime | None = None, meeting_id: UUID, text: str, present: Collection[UUID] = ()
) -> None:
    """Write the minutes and send them to be adjusted. `present`: the seats whose holders were there.

    Raises Refused while a point has no decision, for a seat of another body, and when too few were there for what was
    decided: those who stood aside from a point do not count for it.
    """
    now = at or timezone.now()
    with transactions.write(by):
        page = _led_within(by, meeting_id, now)
        if reason := rules.why_not_decide(page.row.state):
            raise Refused(reason, when=day_in_stockholm(page.row.starts_at).isoformat())
        if not text.strip():
            raise Refused(rules.NO_MINUTES)
        if undecided := next((point for point in page.points if point.resolution is None), None):
            raise Refused(rules.UNDECIDED, number=undecided.number, title=undecided.title)
        presences.refuse_too_few_within(page, present)
        there = sorted(map(str, set(present)))
        add_event_within(by, now, page, MeetingEventKind.MINUTED, text=text.strip(), present=there)


def return_minutes(*, by: Context, at: datetime | None = None, meeting_id: UUID, reason: str) -> None:
    """Give the minutes back to whoever wrote them, with what is wrong. Raises Refused as `adjusting.adjust` does."""
    now = at or timezone.now()
    with transactions.write(by):
        page = require_adjuster_within(by, meeting_id, now)
        if not reason.strip():
            raise Refused(rules.NO_REASON)
        add_event_within(by, now, page, MeetingEventKind.RETURNED, text=reason.strip())


def require_adjuster_within(by: Context, meeting_id: UUID, now: datetime) -> MeetingPage:
    """Inside a transaction: the meeting, for somebody who may adjust its minutes. Refuses everybody else."""
    access.require(by, Permission.ADJUST_MINUTES)
    page = locked_within(meeting_id, now)
    seated = boards.has_seat(page.row.board.id, membership_id=by.membership_id, on=day_in_stockholm(page.row.starts_at))
    wrote = page.minutes.membership_id if page.minutes else None
    if reason := rules.why_not_adjust(page.row.state, wrote=wrote, actor=by.membership_id, has_seat=seated):
        raise Refused(reason, board=page.row.board.name)
    if not queries.was_there(page, by.membership_id):
        raise Refused(seats.NOT_THERE)
    return page


def locked_within(meeting_id: UUID, now: datetime) -> MeetingPage:
    """Inside a transaction: hold the meeting, then read it. Raises Meeting.DoesNotExist."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"meeting {meeting_id}"])
    page = queries.one(meeting_id, now=now)
    if page is None:
        raise Meeting.DoesNotExist
    return page


def add_event_within(
    by: Context,
    now: datetime,
    page: MeetingPage,
    kind: MeetingEventKind,
    *,
    text: str = "",
    starts_at: datetime | None = None,
    pack_run: int | None = None,
    pack_digest: str = "",
    present: Sequence[str] = (),
) -> None:
    """Inside a transaction: one more thing has happened to a meeting."""
    MeetingEvent.objects.create(
        meeting_id=page.row.id, kind=kind.value, text=text, starts_at=starts_at, pack_run=pack_run,
        pack_digest=pack_digest, present=list(present), at=now, by=by.actor_name, membership_id=by.membership_id,
    )  # fmt: skip
    trail.record(
        by=by, at=now, action=f"meeting.{kind.value}", subject_kind=KIND, subject_id=page.row.id,
        subject_name=page.row.board.name, starts_at=starts_at, pack_digest=pack_digest,
        decisions=len(resolutions.of_meeting(page.row.id)),
    )  # fmt: skip


def _led_within(by: Context, meeting_id: UUID, now: datetime) -> MeetingPage:
    access.require(by, Permission.MANAGE_STEERING)
    page = locked_within(meeting_id, now)
    leading.lock_within(by, page.row.board.initiative_id)
    return page
