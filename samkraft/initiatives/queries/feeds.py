"""What a calendar feed holds, for whoever has its address."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from samkraft.initiatives import permissions
from samkraft.initiatives.models import FeedToken
from samkraft.initiatives.queries import duties
from samkraft.partners.queries import memberships
from samkraft.partners.rules.roles import Permission, may
from samkraft.values.context import Context


@dataclass(frozen=True, slots=True)
class Feed:
    """A calendar: whose it is in words, and the duties in it."""

    owner: str
    holds_all: bool
    rows: tuple[duties.DutyRow, ...]


def made_at(*, by: Context) -> datetime | None:
    """When this membership's feed got its address; None when it has none."""
    return FeedToken.objects.filter(membership_id=by.membership_id).values_list("made_at", flat=True).first()


def of_token(*, token: str, today: date) -> Feed | None:
    """The feed behind an address. None alike for an address that never was, was replaced, or whose owner has left.

    Who holds the wheel gets every body's duties; others get their own body's.
    """
    found = (
        FeedToken.objects.select_related("membership").filter(digest=hashlib.sha256(token.encode()).hexdigest()).first()
    )
    if found is None:
        return None
    held = next((row for row in memberships.of_user(found.membership.user_id) if row.id == found.membership_id), None)
    if held is None or not may(held.role, Permission.SEE_DUTIES):
        return None
    by = held.context()
    holds_all = permissions.holds_wheel(by)
    rows = duties.everything(today=today) if holds_all else duties.of_body(body_id=by.organisation_id, today=today)
    return Feed(held.organisation_name, holds_all, tuple(rows))
