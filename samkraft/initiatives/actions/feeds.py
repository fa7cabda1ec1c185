"""The private address of a person's calendar feed. Only its digest is kept, so that nobody can read it here."""

import hashlib
import secrets
from datetime import datetime

from django.utils import timezone

from samkraft.audit.actions import trail, transactions
from samkraft.initiatives.models import FeedToken
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.values.context import Context


def renew(*, by: Context, at: datetime | None = None) -> str:
    """Make a new address for this membership and return its secret part, to be shown once. The old one ends."""
    now = at or timezone.now()
    token = secrets.token_urlsafe(32)
    with transactions.write(by):
        access.require(by, Permission.SEE_DUTIES)
        FeedToken.objects.update_or_create(
            membership_id=by.membership_id, defaults={"digest": digest(token), "made_at": now}
        )
        _record(by, now, "feed.renew")
    return token


def close(*, by: Context, at: datetime | None = None) -> None:
    """Stop the feed of this membership. Nothing happens when there is none."""
    with transactions.write(by):
        access.require(by, Permission.SEE_DUTIES)
        removed, _each = FeedToken.objects.filter(membership_id=by.membership_id).delete()
        if removed:
            _record(by, at or timezone.now(), "feed.close")


def digest(token: str) -> str:
    """What is stored instead of the secret."""
    return hashlib.sha256(token.encode()).hexdigest()


def _record(by: Context, at: datetime, action: str) -> None:
    trail.record(
        by=by, at=at, action=action, subject_kind="initiatives.feed", subject_id=by.membership_id,
        subject_name=by.actor_name,
    )  # fmt: skip
