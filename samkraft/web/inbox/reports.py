"""Reports that wait for the reader: to review a colleague's, to hand in one that is reviewed, to take to file."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from samkraft.money.queries.reports import waiting_reports
from samkraft.money.queries.reports.waiting_reports import Waits
from samkraft.values.context import Context
from samkraft.values.period import day_in_stockholm
from samkraft.values.wording import phrase
from samkraft.web.inbox.item import Item

WHY = {
    Waits.REVIEW: phrase("Någon annan har skrivit och väntar på att du granskar"),
    Waits.HAND_IN: phrase("Den är granskad och kan lämnas in"),
    Waits.FILE: phrase("Den är inlämnad och väntar på stadskontoret"),
}


def items(by: Context, today: date) -> list[Item]:
    """One item for each report."""
    return [
        Item(
            what=_("Redovisning: %(fund)s %(year)s, %(body)s") % {"fund": row.fund, "year": row.year, "body": row.body},
            why=_(WHY[row.waits]),
            url=reverse("reports:report", args=[row.id]),
            group=_("Redovisningar"),
            since_date=day_in_stockholm(row.since_at),
        )
        for row in waiting_reports.listed(by=by)
    ]


def number(by: Context, today: date) -> int:
    """How many."""
    return waiting_reports.number(by=by)
