"""Meetings with their agenda, what was decided, and how far the minutes have come."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from samkraft.initiatives.models import AgendaPoint, BoardSeat, Meeting, MeetingEvent
from samkraft.initiatives.queries import boards, resolutions
from samkraft.initiatives.queries.boards import BoardRow
from samkraft.initiatives.queries.resolutions import ResolutionRow
from samkraft.initiatives.rules import capacities
from samkraft.initiatives.rules import meetings as rules
from samkraft.initiatives.rules.capacities import Asked
from samkraft.initiatives.rules.meetings import About, MeetingEventKind, MeetingState
from samkraft.values.period import Period, day_in_stockholm


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """One meeting. `undecided` counts points without a decision."""

    id: UUID
    initiative_code: str
    board: BoardRow
    starts_at: datetime
    first_at: datetime
    place: str
    state: MeetingState
    points: int
    undecided: int


@dataclass(frozen=True, slots=True)
class EventRow:
    """One thing that happened to a meeting."""

    kind: MeetingEventKind
    at: datetime
    by: str
    membership_id: UUID
    text: str
    starts_at: datetime | None
    pack_run: int | None
    pack_digest: str
    present: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class PointRow:
    """One point of the agenda, and what was decided."""

    id: UUID
    number: int
    title: str
    text: str
    proposal: str
    about: About
    about_id: str
    link: str
    asked: Asked | None
    brought_by: str
    resolution: ResolutionRow | None


@dataclass(frozen=True, slots=True)
class MeetingPage:
    """Everything about one meeting."""

    row: MeetingRow
    points: tuple[PointRow, ...]
    history: tuple[EventRow, ...]

    @property
    def minutes(self) -> EventRow | None:
        """The minutes as they were written last."""
        return next((one for one in reversed(self.history) if one.kind is MeetingEventKind.MINUTED), None)

    @property
    def pack(self) -> EventRow | None:
        """The pack that was attached last."""
        return next((one for one in reversed(self.history) if one.kind is MeetingEventKind.PACK), None)

    @property
    def adjusted(self) -> EventRow | None:
        """Who adjusted the minutes, and when."""
        return next((one for one in self.history if one.kind is MeetingEventKind.ADJUSTED), None)


def listed(initiative_id: UUID, *, now: datetime) -> list[MeetingRow]:
    """All meetings of all the initiative's bodies, the latest first."""
    return sorted(_rows(_of(initiative_id), now), key=lambda one: one.starts_at, reverse=True)


def coming(initiative_id: UUID, *, now: datetime) -> list[MeetingRow]:
    """Meetings that have not begun and are not cancelled, the next first."""
    rows = [one for one in _rows(_of(initiative_id), now) if one.state is MeetingState.CALLED]
    return sorted(rows, key=lambda one: one.starts_at)


def waiting(*, now: datetime, membership_id: UUID) -> list[MeetingRow]:
    """Meetings whose minutes the membership may adjust: it has a place, was there, and somebody else wrote them."""
    mine = Meeting.objects.filter(board__seats__membership_id=membership_id).distinct()
    minuted = mine.filter(events__kind=MeetingEventKind.MINUTED.value).exclude(
        events__kind__in=[MeetingEventKind.ADJUSTED.value, MeetingEventKind.CANCELLED.value]
    )
    rows = _rows(minuted.select_related("board__initiative"), now)
    rows = [row for row in rows if row.state is MeetingState.MINUTED]
    if not rows:
        return []
    written = MeetingEvent.objects.filter(
        meeting_id__in=[row.id for row in rows], kind=MeetingEventKind.MINUTED.value
    ).order_by("at", "id")
    minutes = {event.meeting_id: _event(event) for event in written}  # as they were written last
    seats = list(BoardSeat.objects.filter(membership_id=membership_id))
    return [row for row in rows if _may_adjust(row, minutes[row.id], seats, membership_id)]


def _may_adjust(row: MeetingRow, minutes: EventRow, seats: Iterable[BoardSeat], membership_id: UUID) -> bool:
    on = day_in_stockholm(row.starts_at)
    mine = {
        seat.id
        for seat in seats
        if seat.board_id == row.board.id and on in Period(seat.period.lower, seat.period.upper)
    }
    is_another = minutes.membership_id != membership_id
    return is_another and bool(mine) and (not minutes.present or not mine.isdisjoint(minutes.present))


def called_to(*, now: datetime, membership_id: UUID, until: datetime) -> list[MeetingRow]:
    """Meetings to come before a moment, of bodies where the membership has a place on the day, the next first."""
    periods = list(BoardSeat.objects.filter(membership_id=membership_id).values_list("board_id", "period"))
    if not periods:
        return []
    found = Meeting.objects.filter(board_id__in={board_id for board_id, _period in periods})
    # Called to a time in between, or moved to one: whether that time still stands is seen in what has happened to it.
    moved = MeetingEvent.objects.filter(starts_at__gt=now, starts_at__lte=until).values("meeting_id")
    found = found.filter(Q(starts_at__gt=now, starts_at__lte=until) | Q(id__in=moved))
    near = [one for one in _rows(found.select_related("board__initiative"), now) if now < one.starts_at <= until]
    mine = [
        one for one in near
        if one.state is MeetingState.CALLED
        and any(
            board_id == one.board.id and day_in_stockholm(one.starts_at) in Period(held.lower, held.upper)
            for board_id, held in periods
        )
    ]  # fmt: skip
    return sorted(mine, key=lambda one: one.starts_at)


def one(meeting_id: UUID, *, now: datetime) -> MeetingPage | None:
    """One meeting; None when there is none."""
    rows = _rows(Meeting.objects.filter(id=meeting_id).select_related("board__initiative"), now)
    if not rows:
        return None
    events = MeetingEvent.objects.filter(meeting_id=meeting_id).order_by("at", "id")
    return MeetingPage(rows[0], _points(meeting_id), tuple(_event(each) for each in events))


def was_there(page: MeetingPage, membership_id: UUID) -> bool:
    """Whether a membership was at a meeting, as its minutes have it; true where they do not say who was."""
    there = page.minutes.present if page.minutes else ()
    if not there:
        return True
    held = boards.seats([page.row.board.id], on=day_in_stockholm(page.row.starts_at))
    return any(one.id in there and one.membership_id == membership_id for one in held)


def point(point_id: UUID) -> PointRow:
    """One point of an agenda. Raises AgendaPoint.DoesNotExist."""
    found = AgendaPoint.objects.get(id=point_id)
    return next(each for each in _points(found.meeting_id) if each.id == point_id)


def agenda(meeting_id: UUID) -> tuple[PointRow, ...]:
    """The points of one meeting, in order."""
    return _points(meeting_id)


def taken_up_at(meeting_ids: Iterable[UUID]) -> set[tuple[About, str]]:
    """What stands on the agenda of any of these meetings."""
    ids = list(meeting_ids)
    points = AgendaPoint.objects.filter(meeting_id__in=ids).values_list("about", "about_id")
    return {(About(about), about_id) for about, about_id in points}


def _of(initiative_id: UUID) -> "QuerySet[Meeting]":
    return Meeting.objects.filter(board__initiative_id=initiative_id).select_related("board__initiative")


def _rows(found: Iterable[Meeting], now: datetime) -> list[MeetingRow]:
    meetings = list(found)
    if not meetings:
        return []
    ids = [one.id for one in meetings]
    events: dict[UUID, list[MeetingEvent]] = {}
    for event in MeetingEvent.objects.filter(meeting_id__in=ids).order_by("at", "id"):
        events.setdefault(event.meeting_id, []).append(event)
    points: dict[UUID, list[bool]] = {}
    counted = AgendaPoint.objects.filter(meeting_id__in=ids).values_list("meeting_id", "resolution__id")
    for meeting_id, resolution_id in counted:
        points.setdefault(meeting_id, []).append(resolution_id is None)
    return [_row(one, events.get(one.id, []), points.get(one.id, []), now) for one in meetings]


def _row(one: Meeting, events: list[MeetingEvent], undecided: list[bool], now: datetime) -> MeetingRow:
    starts_at = next((event.starts_at for event in reversed(events) if event.starts_at), one.starts_at)
    state = rules.state(has_begun=starts_at <= now, kinds=[MeetingEventKind(event.kind) for event in events])
    return MeetingRow(
        one.id,
        one.board.initiative.code,
        boards.row(one.board),
        starts_at,
        one.starts_at,
        one.place,
        state,
        len(undecided),
        sum(undecided),
    )


def _points(meeting_id: UUID) -> tuple[PointRow, ...]:
    rows = AgendaPoint.objects.filter(meeting_id=meeting_id).order_by("number")
    decided = {one.point_id: one for one in resolutions.of_meeting(meeting_id)}
    return tuple(
        PointRow(
            one.id, one.number, one.title, one.text, one.proposal, About(one.about), one.about_id, one.link,
            capacities.from_json(one.asked), one.brought_by, decided.get(one.id),
        )
        for one in rows
    )  # fmt: skip


def _event(one: MeetingEvent) -> EventRow:
    return EventRow(
        MeetingEventKind(one.kind), one.at, one.by, one.membership_id, one.text, one.starts_at, one.pack_run,
        one.pack_digest, tuple(UUID(seat) for seat in one.present),
    )  # fmt: skip
