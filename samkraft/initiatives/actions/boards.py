"""Bodies that steer an initiative: who has a place in them, until when, and how many must be there to decide."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils import timezone

from samkraft.audit.actions import trail, transactions
from samkraft.initiatives.actions import leading
from samkraft.initiatives.models import Board, BoardEvent, BoardSeat
from samkraft.initiatives.queries import boards as queries
from samkraft.initiatives.rules import meetings as rules
from samkraft.initiatives.rules import seats as seat_rules
from samkraft.initiatives.rules import teams as time_rules
from samkraft.initiatives.rules.meetings import BoardKind
from samkraft.initiatives.rules.seats import BoardEventKind, SeatKind
from samkraft.partners.queries import colleagues, memberships
from samkraft.partners.queries.colleagues import Colleague
from samkraft.partners.rules import access
from samkraft.partners.rules.memberships import in_words, overlap
from samkraft.partners.rules.roles import ROLES, Permission, may
from samkraft.values.context import Context
from samkraft.values.period import Period, day_in_stockholm
from samkraft.values.refusal import Refused

KIND = "initiatives.board"


def add(
    *, by: Context, at: datetime | None = None, initiative_id: UUID, kind: BoardKind, name: str, prefix: str
) -> UUID:
    """Register a body and return its id. `prefix` begins the numbers of its decisions.

    Raises Refused without a name, or when name or prefix is taken.
    """
    with transactions.write(by):
        access.require(by, Permission.MANAGE_STEERING)
        initiative = leading.lock_within(by, initiative_id)
        name, prefix = " ".join(name.split()), prefix.strip().upper()
        if not name or not prefix:
            raise Refused(time_rules.NO_NAME)
        there = Board.objects.filter(initiative=initiative)
        if there.filter(name__iexact=name).exists() or there.filter(prefix=prefix).exists():
            raise Refused(rules.NAME_TAKEN)
        board = Board.objects.create(
            initiative=initiative, kind=kind.value, name=name, prefix=prefix, added_at=at or timezone.now(),
            added_by=by.actor_name,
        )  # fmt: skip
        trail.record(
            by=by, at=at, action="board.add", subject_kind=KIND, subject_id=board.id, subject_name=name,
            initiative=initiative.code, kind=kind.value,
        )  # fmt: skip
        return board.id


def give_seat(
    *,
    by: Context,
    at: datetime | None = None,
    board_id: UUID,
    membership_id: UUID,
    kind: SeatKind = SeatKind.MEMBER,
    start_date: date,
    last_day: date | None = None,
    basis: str = "",
) -> UUID:
    """Give a membership a place in a body and return the place's id. `basis` is what appoints them, in words.

    Raises Refused for whoever cannot read what the body decides, whose other role does not go with steering, who has a
    place in that time already, and for a second who would chair.
    """
    now = at or timezone.now()
    with transactions.write(by):
        board = _led_within(by, board_id)
        who = colleagues.one(membership_id)
        if who is None:
            raise Refused(time_rules.NOT_A_PARTY, area="–")
        period = time_rules.period_in(who.period, start_date, last_day, of=who.name)
        _refuse_wrong_person(who, period)
        there = BoardSeat.objects.filter(board=board, period__overlap=leading.as_range(period))
        if there.filter(membership_id=membership_id).exists():
            raise Refused(rules.SEAT_TWICE, name=who.name)
        chair = there.filter(kind=SeatKind.CHAIR.value).select_related("membership__user").first()
        if kind is SeatKind.CHAIR and chair is not None:
            raise Refused(seat_rules.CHAIR_TAKEN, name=chair.membership.user.name)
        seat = BoardSeat.objects.create(
            board=board, membership_id=membership_id, kind=kind.value, period=leading.as_range(period)
        )
        _happen(by, now, board, BoardEventKind.SEATED, start_date, basis, seat=seat)
        trail.record(
            by=by, at=at, action="board.give_seat", subject_kind=KIND, subject_id=board.id, subject_name=board.name,
            member=who.name, membership=membership_id, kind=kind.value, period=in_words(period),
        )  # fmt: skip
        return seat.id


def end_seat(*, by: Context, at: datetime | None = None, seat_id: UUID, last_day: date, basis: str = "") -> None:
    """Let somebody leave a body after a last day. Raises Refused for a place that ends earlier, or begins later."""
    now = at or timezone.now()
    with transactions.write(by):
        seat = BoardSeat.objects.select_related("membership__user").get(id=seat_id)
        board = _led_within(by, seat.board_id)
        seat.refresh_from_db(fields=["period"])
        if last_day < seat.period.lower:
            raise Refused(seat_rules.SEAT_NOT_BEGUN, start=seat.period.lower, end=last_day)
        after = last_day + timedelta(days=1)
        if seat.period.upper is not None and after >= seat.period.upper:
            raise Refused(seat_rules.SEAT_ENDED, day=seat.period.upper - timedelta(days=1))
        period = Period(seat.period.lower, after)
        seat.period = leading.as_range(period)
        seat.save(update_fields=["period"])
        _happen(by, now, board, BoardEventKind.ENDED, last_day, basis, seat=seat)
        trail.record(
            by=by, at=at, action="board.end_seat", subject_kind=KIND, subject_id=board.id, subject_name=board.name,
            member=seat.membership.user.name, membership=seat.membership_id, period=in_words(period),
        )  # fmt: skip


def set_quorum(*, by: Context, at: datetime | None = None, board_id: UUID, quorum: int, basis: str = "") -> None:
    """Say how many must be there for a body to decide, from today on; 0 when nothing is said about it.

    Raises Refused for more than have an ordinary place today.
    """
    now = at or timezone.now()
    with transactions.write(by):
        board = _led_within(by, board_id)
        today = day_in_stockholm(now)
        ordinary = sum(one.kind in seat_rules.ORDINARY for one in queries.seats([board_id], on=today))
        if quorum > ordinary:
            raise Refused(seat_rules.QUORUM_TOO_HIGH, seats=ordinary, quorum=quorum)
        _happen(by, now, board, BoardEventKind.QUORUM, today, basis, quorum=quorum)
        trail.record(
            by=by, at=at, action="board.set_quorum", subject_kind=KIND, subject_id=board.id, subject_name=board.name,
            quorum=quorum,
        )  # fmt: skip


def _led_within(by: Context, board_id: UUID) -> Board:
    access.require(by, Permission.MANAGE_STEERING)
    board = Board.objects.get(id=board_id)
    leading.lock_within(by, board.initiative_id)
    return board


def _refuse_wrong_person(who: Colleague, period: Period) -> None:
    """Whoever cannot read the decisions, or has a role in that time that does not go with steering."""
    if not may(who.role, Permission.SEE_STEERING):
        raise Refused(seat_rules.SEAT_SEES_NOTHING, name=who.name, role=who.role_name)
    held = [one.role for one in memberships.held_by(who.user_id) if overlap(one.period, period)]
    if against := seat_rules.why_not_with(held):
        role, why = against
        raise Refused(seat_rules.SEAT_CONFLICT, name=who.name, role=ROLES[role].name, why=why)


def _happen(
    by: Context,
    now: datetime,
    board: Board,
    kind: BoardEventKind,
    on_date: date,
    basis: str,
    *,
    seat: BoardSeat | None = None,
    quorum: int | None = None,
) -> None:
    BoardEvent.objects.create(
        board=board, kind=kind.value, seat=seat, quorum=quorum, on_date=on_date, basis=basis.strip(), at=now,
        by=by.actor_name,
    )  # fmt: skip
