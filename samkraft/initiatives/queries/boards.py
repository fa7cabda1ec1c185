"""The bodies that steer an initiative, who has a place in them and what has happened to them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from samkraft.initiatives.models import Board, BoardEvent, BoardSeat
from samkraft.initiatives.rules.meetings import DECIDING, BoardKind
from samkraft.initiatives.rules.seats import ORDINARY, BoardEventKind, Place, SeatKind
from samkraft.partners.rules.roles import ROLES, Role
from samkraft.values.period import Period

_ORDER = {kind: place for place, kind in enumerate(SeatKind)}
_KINDS = {kind: place for place, kind in enumerate(BoardKind)}


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
    """A place in a body. `role_period`: when the role that the holder sits by is held."""

    id: UUID
    board_id: UUID
    membership_id: UUID
    user_id: UUID
    name: str
    title: str
    role_name: str
    organisation_id: UUID
    organisation_name: str
    kind: SeatKind
    period: Period
    role_period: Period

    @property
    def chairs(self) -> bool:
        """Whether the holder leads the meetings."""
        return self.kind is SeatKind.CHAIR

    @property
    def place(self) -> Place:
        """As the counting of votes needs it."""
        return Place(self.id, self.kind, self.organisation_id)


@dataclass(frozen=True, slots=True)
class BoardEventRow:
    """One thing that happened to a body. `who` holds the seat that it is about."""

    kind: BoardEventKind
    on_date: date
    who: str
    seat_kind: SeatKind | None
    quorum: int | None
    basis: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class BoardPage:
    """One body with its seats on a day, those before and after, and its history, the latest first."""

    row: BoardRow
    seats: tuple[SeatRow, ...]
    coming: tuple[SeatRow, ...]
    earlier: tuple[SeatRow, ...]
    quorum: int
    history: tuple[BoardEventRow, ...]

    @property
    def ordinary(self) -> int:
        """How many count when the body decides."""
        return sum(one.kind in ORDINARY for one in self.seats)


def of_initiative(initiative_id: UUID) -> tuple[BoardRow, ...]:
    """The bodies: those that decide first, then the others by kind and name."""
    rows = [row(one) for one in Board.objects.filter(initiative_id=initiative_id)]
    return tuple(sorted(rows, key=lambda one: (_KINDS[one.kind], one.name)))


def one(board_id: UUID) -> BoardRow:
    """One body. Raises Board.DoesNotExist."""
    return row(Board.objects.get(id=board_id))


def page(board_id: UUID, *, on: date) -> BoardPage | None:
    """One body as it is on a day; None when there is none."""
    return next(iter(_pages(Board.objects.filter(id=board_id), on)), None)


def pages(initiative_id: UUID, *, on: date) -> tuple[BoardPage, ...]:
    """All the bodies of an initiative as they are on a day, in the order of `of_initiative`. Three questions, however many."""
    found = _pages(Board.objects.filter(initiative_id=initiative_id), on)
    return tuple(sorted(found, key=lambda one: (_KINDS[one.row.kind], one.row.name)))


def _pages(found: "QuerySet[Board]", on: date) -> list[BoardPage]:
    rows = [row(one) for one in found]
    ids = [one.id for one in rows]
    if not ids:
        return []
    seats: dict[UUID, list[SeatRow]] = {key: [] for key in ids}
    for seat in _seats(BoardSeat.objects.filter(board_id__in=ids)):
        seats[seat.board_id].append(seat)
    events: dict[UUID, list[BoardEvent]] = {key: [] for key in ids}
    told = BoardEvent.objects.filter(board_id__in=ids).select_related("seat__membership__user").order_by("-at", "-id")
    for event in told:
        events[event.board_id].append(event)
    return [_page(one, seats[one.id], events[one.id], on) for one in rows]


def _page(one: BoardRow, every: list[SeatRow], events: list[BoardEvent], on: date) -> BoardPage:
    said = [event for event in events if event.kind == BoardEventKind.QUORUM.value and event.on_date <= on]
    latest = max(said, key=lambda event: (event.on_date, event.at), default=None)
    return BoardPage(
        row=one,
        seats=tuple(seat for seat in every if on in seat.period),
        coming=tuple(seat for seat in every if seat.period.start_date > on),
        earlier=tuple(seat for seat in every if seat.period.end_date is not None and seat.period.end_date <= on),
        quorum=(latest.quorum or 0) if latest else 0,
        history=tuple(_event(event) for event in events),
    )


def seats(board_ids: Iterable[UUID], *, on: date) -> tuple[SeatRow, ...]:
    """Who has a place on the day: who chairs first, then members, deputies and adjuncts, each by last name."""
    return _seats(BoardSeat.objects.filter(board_id__in=list(board_ids), period__contains=on))


def seat(seat_id: UUID) -> SeatRow | None:
    """One place; None when there is none."""
    return next(iter(_seats(BoardSeat.objects.filter(id=seat_id))), None)


def quorum(board_id: UUID, *, on: date) -> int:
    """How many must be there for a body to decide on the day; 0 when nothing is said."""
    said = BoardEvent.objects.filter(board_id=board_id, kind=BoardEventKind.QUORUM.value, on_date__lte=on)
    latest = said.order_by("-on_date", "-at").first()
    return latest.quorum or 0 if latest else 0


def has_seat(board_id: UUID, *, membership_id: UUID, on: date) -> bool:
    """Whether a membership has a place in a body on the day."""
    return BoardSeat.objects.filter(board_id=board_id, membership_id=membership_id, period__contains=on).exists()


def row(one: Board) -> BoardRow:
    """As others read it."""
    kind = BoardKind(one.kind)
    return BoardRow(one.id, one.initiative_id, kind, one.name, one.prefix, kind in DECIDING)


def _seats(found: "QuerySet[BoardSeat]") -> tuple[SeatRow, ...]:
    rows = found.select_related("membership__user", "membership__organisation")
    told = [_seat(one) for one in rows.order_by("membership__user__sort_key", "period", "id")]
    return tuple(sorted(told, key=lambda one: _ORDER[one.kind]))


def _seat(one: BoardSeat) -> SeatRow:
    who = one.membership
    return SeatRow(
        id=one.id,
        board_id=one.board_id,
        membership_id=one.membership_id,
        user_id=who.user_id,
        name=who.user.name,
        title=who.title,
        role_name=ROLES[Role(who.role)].name,
        organisation_id=who.organisation_id,
        organisation_name=who.organisation.name,
        kind=SeatKind(one.kind),
        period=Period(one.period.lower, one.period.upper),
        role_period=Period(who.valid.lower, who.valid.upper),
    )


def _event(one: BoardEvent) -> BoardEventRow:
    who = one.seat.membership.user.name if one.seat else ""
    kind = SeatKind(one.seat.kind) if one.seat else None
    return BoardEventRow(BoardEventKind(one.kind), one.on_date, who, kind, one.quorum, one.basis, one.at, one.by)
