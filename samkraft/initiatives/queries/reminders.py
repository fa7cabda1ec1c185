"""Who is to be reminded of a duty, and whether they have been."""

from datetime import date
from uuid import UUID

from samkraft.initiatives import permissions
from samkraft.initiatives.models import DutyEvent, Reminder
from samkraft.initiatives.queries.duties import DutyRow
from samkraft.initiatives.rules.duties import DutyEventKind, ReminderStep
from samkraft.partners.queries import recipients
from samkraft.partners.queries.recipients import Recipient


def whom(*, row: DutyRow, today: date) -> tuple[list[Recipient], bool]:
    """Those who answer for the body, and True; when it has nobody here, those who hold the whole wheel, and False."""
    own = recipients.in_roles(roles=permissions.ANSWERING, day=today, organisation_id=row.body_id)
    return (own, True) if own else (recipients.in_roles(roles=permissions.HOLDING, day=today), False)


def is_told(*, duty_id: UUID, step: ReminderStep, due_date: date) -> bool:
    """Whether the history already says that this reminder of this date has gone out."""
    events = DutyEvent.objects.filter(duty_id=duty_id, kind=DutyEventKind.REMINDED.value)
    return events.filter(note=told_as(step, due_date)).exists()


def told_as(step: ReminderStep, due_date: date) -> str:
    """How the history names a reminder: its step and the date that it was about."""
    return f"{step.value} {due_date.isoformat()}"


def left_to_send(*, row: DutyRow, step: ReminderStep, today: date) -> tuple[list[Recipient], bool]:
    """Those of `whom` who have not surely been reminded of this step and date, and whether they answer for the body."""
    everybody, own = whom(row=row, today=today)
    sent = set(
        Reminder.objects.filter(
            duty_id=row.id, step=step.value, due_date=row.due_date, sent_at__isnull=False
        ).values_list("membership_id", flat=True)
    )
    return [one for one in everybody if one.membership_id not in sent], own
