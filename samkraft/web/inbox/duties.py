"""Duties of the reader's body that are late or near."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from samkraft.initiatives.queries import duties
from samkraft.partners.rules.roles import Permission, may
from samkraft.values.context import Context
from samkraft.web.inbox.item import Item


def items(by: Context, today: date) -> list[Item]:
    """One item for each duty."""
    if not may(by.role, Permission.SEE_DUTIES):
        return []
    return [
        Item(
            what=row.title,
            why=_("%(body)s ska göra det enligt beslut") % {"body": row.body_name}
            if row.binding
            else _("%(body)s är uppmanad att göra det") % {"body": row.body_name},
            url=reverse("duties:duty", args=[row.id]),
            group=_("Årshjulet"),
            due_date=row.due_date,
        )
        for row in duties.waiting_for(by=by, today=today)
    ]


def number(by: Context, today: date) -> int:
    """How many."""
    return duties.number_waiting_for(by=by, today=today) if may(by.role, Permission.SEE_DUTIES) else 0
