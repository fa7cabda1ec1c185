"""What the reader has asked for, when it is done or when it failed."""

from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samkraft.partners.actions import runners
from samkraft.partners.queries import errands
from samkraft.partners.rules.errands import State
from samkraft.values.context import Context
from samkraft.values.period import day_in_stockholm
from samkraft.web.inbox.item import Item


def items(by: Context, today: date) -> list[Item]:
    """One item for each."""
    return [
        Item(
            what=_(runners.of(row.kind).NAME),
            why=_("Det du bad om är klart") if row.now.state is State.DONE else _("Det du bad om blev inte klart"),
            url=reverse("errands:errand", args=[row.id]),
            group=_("Pågående"),
            since_date=day_in_stockholm(row.now.since),
        )
        for row in errands.waiting(by, timezone.now())
        if runners.is_known(row.kind)
    ]


def number(by: Context, today: date) -> int:
    """How many."""
    return errands.number_waiting(by)
