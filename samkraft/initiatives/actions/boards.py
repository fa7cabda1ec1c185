"""Bodies that steer an initiative, and who has a place in them."""

from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from samkraft.audit.actions import trail, transactions
from samkraft.initiatives.actions import leading
from samkraft.initiatives.models import Board, BoardSeat
from samkraft.initiatives.rules import meetings as rules
from samkraft.initiatives.rules import teams as time_rules
from samkraft.initiatives.rules.meetings import BoardKind
from samkraft.partners.queries import colleagues
from samkraft.partners.rules import access
from samkraft.partners.rules.memberships import in_words
from samkraft.partners.rules.roles import Permission
from samkraft.values.context import Context
from samkraft.values.refusal import Refused


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
            by=by, at=at, action="board.add", subject_kind="initiatives.board", subject_id=board.id, subject_name=name,
            initiative=initiative.code, kind=kind.value,
        )  # fmt: skip
        return board.id


def give_seat(
    *,
    by: Context,
    at: datetime | None = None,
    board_id: UUID,
    membership_id: UUID,
    chairs: bool = False,
    start_date: date,
    last_day: date | None = None,
) -> UUID:
    """Give a membership a place in a body and return the place's id. Raises Refused when it has one in that time."""
    with transactions.write(by):
        access.require(by, Permission.MANAGE_STEERING)
        board = Board.objects.get(id=board_id)
        leading.lock_within(by, board.initiative_id)
        who = colleagues.one(membership_id)
        if who is None:
            raise Refused(time_rules.NOT_A_PARTY, area="–")
        period = time_rules.period_in(who.period, start_date, last_day, of=who.name)
        if BoardSeat.objects.filter(
            board=board, membership_id=membership_id, period__overlap=leading.as_range(period)
        ).exists():
            raise Refused(rules.SEAT_TWICE, name=who.name)
        seat = BoardSeat.objects.create(
            board=board, membership_id=membership_id, chairs=chairs, period=leading.as_range(period)
        )
        trail.record(
            by=by, at=at, action="board.give_seat", subject_kind="initiatives.board", subject_id=board.id,
            subject_name=board.name, member=who.name, membership=membership_id, chairs=chairs, period=in_words(period),
        )  # fmt: skip
        return seat.id
