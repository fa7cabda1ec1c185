"""What among the cases that a member of staff leads has a day of its own, as that reader may know it now."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from samkraft.people.models import StaffLetter
from samkraft.people.queries import boards, inboxes, loose_ends
from samkraft.people.rules import boards as rules
from samkraft.people.rules.inboxes import What
from samkraft.people.rules.reminders import LOOKS_BACK_DAYS, Due, Occasion, reports_due
from samkraft.values.context import Context
from samkraft.values.period import STOCKHOLM, day_in_stockholm


def due(by: Context, today: date) -> list[Due]:
    """Everything, far or near, of cases that the reader leads, is on and may see. Four statements at the most."""
    frame = boards.frame(by, today)
    leads = [row for row in boards.led(by, [by.membership_id]) if row.lead_membership_id == by.membership_id]
    found = [one for row in leads if row.exited_on is None or row.exited_on > today for one in _of_row(row, frame.day)]
    asked = inboxes.waiting(by, today, datetime.combine(today, time(), STOCKHOLM), among=[])
    found += [Due(Occasion.FOLLOW_UP, one.due_date) for one in asked if one.what is What.FOLLOW_UP and one.due_date]
    found += [
        Due(Occasion.PROMISED_START, one.due_date)
        for one in loose_ends.listed(by, today=today)
        if one.kind is loose_ends.Kind.PROMISE and one.lead_membership_id == by.membership_id and one.due_date
    ]
    return found


def _of_row(row: rules.Row, day: rules.Day) -> Iterator[Due]:
    if row.consent_ends_on:
        yield Due(Occasion.CONSENT_ENDS, row.consent_ends_on)
    for starts_at in row.meetings:
        yield Due(Occasion.MEETING, day_in_stockholm(starts_at))
    if rules.line(row, day).bits & rules.NO_TIME_REPORT:
        yield Due(Occasion.TIME_REPORT, reports_due(day.today))


def told_until(by: Context, today: date) -> date:
    """The day of the last letter that has left; for somebody without one, a week ago."""
    last = StaffLetter.objects.filter(membership_id=by.membership_id, sent_at__isnull=False).order_by("-day").first()
    return last.day if last else today - timedelta(days=LOOKS_BACK_DAYS)
