"""What others shall hand in to an initiative, such as evaluators: duties of a kind of their own, as known on a day."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from samkraft.initiatives.models import Duty, DutyEvent
from samkraft.initiatives.rules import duties as rules
from samkraft.initiatives.rules.duties import DutyEventKind, DutyState
from samkraft.values.period import STOCKHOLM, day_in_stockholm


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """One delivery: whose, when it is due, and the day on which it was handed in; None when it was not."""

    duty_id: UUID
    title: str
    body_id: UUID
    body_name: str
    due_date: date
    done_date: date | None


def of_initiative(initiative_id: UUID, *, until: date) -> list[DeliveryRow]:
    """Every delivery that was agreed by the end of a day and not withdrawn then, in order of date."""
    after = datetime.combine(until + timedelta(days=1), time(), STOCKHOLM)
    agreed = Duty.objects.filter(
        initiative_id=initiative_id, source_key__startswith=rules.DELIVERY_PREFIX, added_at__lt=after
    ).select_related("body")
    events: dict[UUID, list[DutyEvent]] = {}
    for event in DutyEvent.objects.filter(duty__in=agreed, at__lt=after).order_by("at", "id"):
        events.setdefault(event.duty_id, []).append(event)
    found = [_row(one, events.get(one.id, []), until) for one in agreed]
    return sorted((one for one in found if one is not None), key=lambda one: (one.due_date, one.title))


def _row(duty: Duty, events: list[DutyEvent], until: date) -> DeliveryRow | None:
    moved = [event.new_due_date for event in events if event.kind == DutyEventKind.MOVED.value and event.new_due_date]
    due = moved[-1] if moved else duty.due_date
    state = rules.state_of(due, [event.kind for event in events], until)
    if state is DutyState.WITHDRAWN:
        return None
    done = [event.at for event in events if event.kind == DutyEventKind.DONE.value]
    handed_in = day_in_stockholm(done[-1]) if state is DutyState.DONE else None
    return DeliveryRow(duty.id, duty.title, duty.body_id, duty.body.short_name or duty.body.name, due, handed_in)
