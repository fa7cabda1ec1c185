"""Who was at a meeting and who stood aside from a point: whether enough were there for what it decided."""

from collections.abc import Collection, Sequence
from uuid import UUID

from samkraft.initiatives.queries import boards
from samkraft.initiatives.queries.boards import SeatRow
from samkraft.initiatives.queries.meetings import MeetingPage
from samkraft.initiatives.rules import seats as rules
from samkraft.initiatives.rules.seats import Aside
from samkraft.values.period import day_in_stockholm
from samkraft.values.refusal import Refused


def refuse_too_few_within(page: MeetingPage, present: Collection[UUID]) -> None:
    """Inside the transaction in which the minutes are written: enough were there for each point that was decided."""
    held = _seats(page)
    if not set(present) <= set(held):
        raise Refused(rules.NOT_OF_BOARD)
    quorum = boards.quorum(page.row.board.id, on=day_in_stockholm(page.row.starts_at))
    places = [one.place for one in held.values()]
    for point in page.points:
        decided = point.resolution
        if decided is None or decided.outcome not in rules.COUNTED or not quorum:
            continue
        votes = rules.votes(places, present, (one.seat_id for one in decided.aside))
        if votes < quorum:
            raise Refused(rules.NO_QUORUM, number=decided.number, votes=votes, quorum=quorum)


def as_json_within(page: MeetingPage, aside: Sequence[Aside]) -> list[dict[str, str]]:
    """Inside the transaction in which a point is decided: those who stood aside, as the database keeps them."""
    held = _seats(page)
    for one in aside:
        if one.seat_id not in held:
            raise Refused(rules.NOT_OF_BOARD)
        if not one.reason.strip():
            raise Refused(rules.ASIDE_WITHOUT_REASON, name=held[one.seat_id].name)
    return [{"seat": str(one.seat_id), "reason": one.reason.strip()} for one in aside]


def _seats(page: MeetingPage) -> dict[UUID, SeatRow]:
    on = day_in_stockholm(page.row.starts_at)
    return {one.id: one for one in boards.seats([page.row.board.id], on=on)}
