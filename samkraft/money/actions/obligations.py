"""Duties that decided points put on someone become places in the year wheel, and leave it when the decision is undone."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from samkraft.initiatives.actions import duties
from samkraft.initiatives.queries import keyed
from samkraft.initiatives.rules.duties import DutyState
from samkraft.money.models import Decision, Point
from samkraft.money.queries import standing
from samkraft.money.rules import due_dates
from samkraft.money.rules.points import GIVES_DUTY
from samkraft.values.context import Context


def plan_from(*, by: Context, at: datetime, decision: Decision, points: Sequence[Point]) -> None:
    """One duty for each receiver of a point that asks for something. Inside the transaction of the decision.

    `points` are the decision's own in order, with their items. What was done already under an earlier registration of
    the same decision is not asked for again.
    """
    done = _done_before(decision)
    for point in points:
        if point.verb not in GIVES_DUTY or not (point.due_words or point.due_date or point.binding is not None):
            continue
        due_date = point.due_date or due_dates.read(point.due_words, decided=decision.date)
        if due_date is None:
            continue
        for item in point.items.all():
            if item.receiver_id is None or (_title(point), item.receiver_id, due_date) in done:
                continue
            duties.plan_within(
                by=by,
                at=at,
                title=_title(point),
                body_id=item.receiver_id,
                due_date=due_date,
                due_words=point.due_words,
                binding=bool(point.binding),
                basis=f"{decision.matter.case_number}, punkt {point.number}",
                link=f"/medel/arenden/{decision.matter_id}/#punkt-{point.number}",
                source_key=f"{_prefix(point.id)}{item.receiver_id}",
            )


def follow(*, by: Context, at: datetime, decision_id: UUID, reason: str) -> None:
    """Withdraw what a decision asked for when all its money has been taken back; restore it when it is given again.

    Inside the transaction of the reversal. What somebody has done already stays done.
    """
    prefixes = [_prefix(point) for point in Point.objects.filter(decision_id=decision_id).values_list("id", flat=True)]
    turn = duties.withdraw_within if standing.undone([decision_id]) else duties.restore_within
    turn(by=by, at=at, prefixes=prefixes, reason=reason)


def _done_before(decision: Decision) -> set[tuple[str, UUID, date]]:
    """(title, body, first date) of what has been done under registrations of this decision that were taken back."""
    if decision.version == 1:
        return set()
    same = Point.objects.filter(
        decision__matter_id=decision.matter_id, decision__body_id=decision.body_id, decision__date=decision.date
    ).exclude(decision=decision)
    known = keyed.beginning(
        prefixes=[_prefix(point) for point in same.values_list("id", flat=True)], today=decision.date
    )
    return {
        (each.row.title, each.row.body_id, each.row.first_date) for each in known if each.row.state is DutyState.DONE
    }


def _prefix(point_id: UUID) -> str:
    """How the keys of a point's duties begin."""
    return f"point:{point_id}:"


def _title(point: Point) -> str:
    """The point's own words without the body's name, as a heading in the year wheel."""
    words = " ".join(point.text.split())
    return words if len(words) <= 160 else words[:157].rsplit(" ", 1)[0] + " …"
