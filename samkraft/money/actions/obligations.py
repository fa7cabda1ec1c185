"""Duties that decided points put on someone become places in the year wheel."""

from datetime import datetime

from samkraft.initiatives.actions import duties
from samkraft.money.models import Decision, Point
from samkraft.money.rules import due_dates
from samkraft.money.rules.points import GIVES_DUTY
from samkraft.values.context import Context


def plan_from(*, by: Context, at: datetime, decision: Decision) -> None:
    """One duty for each receiver of a point that asks for something. Inside the transaction of the decision."""
    for point in decision.points.order_by("position").prefetch_related("items__receiver"):
        if point.verb not in GIVES_DUTY or not (point.due_words or point.due_date or point.binding is not None):
            continue
        due_date = point.due_date or due_dates.read(point.due_words, decided=decision.date)
        if due_date is None:
            continue
        for item in point.items.all():
            if item.receiver is None:
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
                source_key=f"point:{point.id}:{item.receiver_id}",
            )


def _title(point: Point) -> str:
    """The point's own words without the body's name, as a heading in the year wheel."""
    words = " ".join(point.text.split())
    return words if len(words) <= 160 else words[:157].rsplit(" ", 1)[0] + " …"
