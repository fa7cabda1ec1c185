"""Sources that differ, for those who settle them. A question to a committee comes to it as a duty."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from samkraft.money.queries.contradictions import contradictions
from samkraft.values.context import Context
from samkraft.values.period import day_in_stockholm
from samkraft.web.inbox.item import Item
from samkraft.web.money import said


def items(by: Context, today: date) -> list[Item]:
    """Those that wait for the reader."""
    return [
        Item(
            what=_("Två källor säger olika om %(subject)s") % {"subject": said.words(row.subject)},
            why=said.words(row.question),
            url=reverse("money:contradiction", args=[row.id]),
            group=_("Uppgifter som skiljer sig"),
            since_date=day_in_stockholm(row.since),
        )
        for row in contradictions.waiting_for(by=by, today=today)
    ]


def number(by: Context, today: date) -> int:
    """How many."""
    return contradictions.number_waiting_for(by=by, today=today)
