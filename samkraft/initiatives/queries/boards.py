"""The bodies that steer an initiative, and who has a place in them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samkraft.initiatives.models import Board, BoardSeat
from samkraft.initiatives.rules.meetings import DECIDING, BoardKind
from samkraft.values.period import Period


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One body. `decides`: its decisions bind what is carried out."""

    id: UUID
    initiative_id: UUID
    kind: BoardKind
    name: str
    prefix: str
    decides: bool


@dataclass(frozen=True, slots=True)
class SeatRow:
    """A place in a body."""

    id: UUID
    board_id: UUID
    membership_id: UUID
    user_id: UUID
    name: str
    title: str
    organisation_name: str
    chairs: bool
    period: Period


def of_initiative(initiative_id: UUID) -> tuple[BoardRow, ...]:
    """The bodies in the order in which they were added."""
    return tuple(row(one) for one in Board.objects.filter(initiative_id=initiative_id).order_by("added_at", "name"))


def one(board_id: UUID) -> BoardRow:
    """One body. Raises Board.DoesNotExist."""
    return row(Board.objects.get(id=board_id))


def seats(board_ids: Iterable[UUID], *, on: date) -> tuple[SeatRow, ...]:
    """Who has a place on the day: who chairs first, then by last name."""
    rows = BoardSeat.objects.filter(board_id__in=list(board_ids), period__contains=on)
    rows = rows.select_related("membership__user", "membership__organisation")
    return tuple(
        SeatRow(
            one.id, one.board_id, one.membership_id, one.membership.user_id, one.membership.user.name,
            one.membership.title, one.membership.organisation.name, one.chairs,
            Period(one.period.lower, one.period.upper),
        )
        for one in rows.order_by("-chairs", "membership__user__sort_key", "id")
    )  # fmt: skip


def has_seat(board_id: UUID, *, membership_id: UUID, on: date) -> bool:
    """Whether a membership has a place in a body on the day."""
    return BoardSeat.objects.filter(board_id=board_id, membership_id=membership_id, period__contains=on).exists()


def row(one: Board) -> BoardRow:
    """As others read it."""
    kind = BoardKind(one.kind)
    return BoardRow(one.id, one.initiative_id, kind, one.name, one.prefix, kind in DECIDING)
