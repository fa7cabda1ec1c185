"""What the clock does with invitations: what people chose is written into plans, and they are reminded, as whoever invited.

Each job opens the context of whoever invited and asks again what that membership may know now. Ids only.
"""

import logging
from dataclasses import replace

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from samkraft.audit.actions import transactions
from samkraft.operations.clock import CLOCK
from samkraft.partners.queries import memberships, recipients
from samkraft.partners.rules.roles import Permission, Role, may
from samkraft.people.actions import invitation_letters, invitation_steps
from samkraft.people.queries import invitations
from samkraft.values.context import Context
from samkraft.values.period import day_in_stockholm
from samkraft.values.refusal import Refused

log = logging.getLogger(__name__)


def follow_invitations() -> int:
    """Write the times that people have chosen into calendars and plans, and who has not answered; how many."""
    written = 0
    for by in _those_who_write():
        with transactions.read(by):
            waiting = invitations.to_follow(by, now=timezone.now())
        for one in waiting:
            try:
                written += invitation_steps.follow(by=by, invitation_id=one)
            except Refused:
                log.info("an invitation: nothing to write")
    return written


def remind_invited() -> int:
    """Remind those who have not chosen a time, and those whose time is near, as whoever invited them; how many letters."""
    page = settings.SITE_URL + reverse("invitations:choose", args=["T"]).replace("/T/", "/{token}/")
    return sum(invitation_letters.remind(by=by, page=page) for by in _those_who_write())


def _those_who_write() -> list[Context]:
    """Everybody who writes in plans now, each in their own context and for the clock's purpose."""
    roles = [role for role in Role if may(role, Permission.WRITE_PLAN)]
    found = recipients.in_roles(roles=roles, day=day_in_stockholm(timezone.now()))
    held = [memberships.one(one.membership_id) for one in found]
    return [replace(one.context(), purpose=CLOCK.purpose) for one in held if one is not None]
