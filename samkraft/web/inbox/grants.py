"""What waits about grants: for those who assess, prepare and decide in the city, and for the organisation's own people."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from samkraft.money.queries.grants import grant_needs, grant_reports, report_reminders
from samkraft.partners.rules.roles import Permission, may
from samkraft.values.context import Context
from samkraft.web import days
from samkraft.web.grants import needs_in_words
from samkraft.web.inbox.item import Item


def items(by: Context, today: date) -> list[Item]:
    """One item for each thing that waits."""
    if may(by.role, Permission.APPLY_FOR_GRANTS):
        return _own(by, today)
    if not may(by.role, Permission.SEE_GRANTS):
        return []
    found = []
    for need in grant_needs.in_inbox(by=by, today=today):
        words = needs_in_words.told(need)
        found.append(Item(words["text"], _("Du arbetar med bidrag"), words["url"], _("Bidrag"), due_date=need.day))
    return found


def _own(by: Context, today: date) -> list[Item]:
    waiting = [row for row in grant_reports.listed(by=by, today=today) if row.sent_at is None]
    reminded = report_reminders.of([row.id for row in waiting])
    return [
        Item(
            _("Rapportera %(what)s") % {"what": row.grant_title},
            _("Stadskontoret påminde er {day}").format(day=days.dated(reminded[row.id].at))
            if row.id in reminded
            else _("Ni har åtagit er att rapportera"),
            reverse("grants:own_report", args=[row.id]),
            _("Bidrag"),
            due_date=row.due_date,
        )
        for row in waiting
        if (row.due_date - today).days <= grant_reports.NEAR_DAYS
    ]


def number(by: Context, today: date) -> int:
    """How many."""
    if may(by.role, Permission.APPLY_FOR_GRANTS):
        return grant_reports.number_waiting(by=by, today=today)
    return grant_needs.number(by=by, today=today) if may(by.role, Permission.SEE_GRANTS) else 0
