"""Agreements: written by the city office, signed by both sides, changed only by a new version."""

import hashlib
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.utils import timezone

from samkraft.audit.actions import trail, transactions
from samkraft.money.actions.grants.applications import ONLY_SIGNATORY, TEXT_NEEDED
from samkraft.money.actions.grants.grants import NO_GRANT
from samkraft.money.models import Grant, GrantAgreement
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.values.context import Context
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase

REASON_NEEDED = Reason(
    "agreement_reason_needed",
    phrase("Ett ändrat avtal behöver ett skäl."),
    phrase("Skriv vad som är ändrat och varför."),
)
DAYS_IN_ORDER = Reason("agreement_days_in_order", phrase("Avtalet slutar innan det börjar."), phrase("Rätta dagarna."))
NO_AGREEMENT = Reason(
    "no_agreement", phrase("Det finns inget avtal att skriva under."), phrase("Stadskontoret skriver avtalet.")
)
CHANGED = Reason(
    "agreement_changed",
    phrase("Det har kommit en ny version av avtalet sedan du öppnade sidan."),
    phrase("Läs den nya versionen innan du skriver under."),
)
SIGNED_ALREADY = Reason(
    "agreement_signed", phrase("Avtalet är redan underskrivet av er."), phrase("Du behöver inte göra något.")
)


def write(
    *,
    by: Context,
    at: datetime | None = None,
    grant_id: UUID,
    text: str,
    starts_on: date,
    ends_on: date,
    reason: str = "",
) -> int:
    """A new version, unsigned. From the second on it says why. Returns its number."""
    access.require(by, Permission.PREPARE_GRANTS)
    at = at or timezone.now()
    if not text.strip():
        raise Refused(TEXT_NEEDED)
    if ends_on < starts_on:
        raise Refused(DAYS_IN_ORDER)
    with transactions.write(by):
        _lock(grant_id)
        grant = Grant.objects.filter(id=grant_id).first()
        if grant is None:
            raise Refused(NO_GRANT)
        version = grant.agreements.count() + 1
        if version > 1 and not reason.strip():
            raise Refused(REASON_NEEDED)
        whole = f"{version}\n{starts_on}\n{ends_on}\n{text.strip()}"
        made = GrantAgreement.objects.create(
            grant=grant,
            version=version,
            text=text.strip(),
            reason=reason.strip()[:500],
            starts_on=starts_on,
            ends_on=ends_on,
            digest=hashlib.sha256(whole.encode()).hexdigest(),
            made_at=at,
            made_by=by.actor_name,
        )
        _told(by, at, "grant_agreement.write", made)
        return version


def sign(*, by: Context, at: datetime | None = None, grant_id: UUID, version: int) -> None:
    """Sign the version that one has read: the city office for the city, the signatory for the organisation."""
    at = at or timezone.now()
    for_city = access.why_not(by, Permission.PREPARE_GRANTS) is None
    if not for_city and access.why_not(by, Permission.SIGN_FOR_ORGANISATION) is not None:
        raise Refused(ONLY_SIGNATORY)
    with transactions.write(by):
        _lock(grant_id)
        latest = GrantAgreement.objects.select_related("grant").filter(grant_id=grant_id).order_by("version").last()
        own = latest is not None and by.organisation_id in (latest.grant.organisation_id, latest.grant.performer_id)
        if latest is None or (not for_city and not own):
            raise Refused(NO_AGREEMENT)
        if latest.version != version:
            raise Refused(CHANGED)
        side = "city" if for_city else "receiver"
        if getattr(latest, f"{side}_signed_at") is not None:
            raise Refused(SIGNED_ALREADY)
        setattr(latest, f"{side}_signed_at", at)
        setattr(latest, f"{side}_signed_by", by.actor_name)
        latest.save(update_fields=[f"{side}_signed_at", f"{side}_signed_by"])
        _told(by, at, "grant_agreement.sign", latest, side=side, digest=latest.digest)


def _lock(grant_id: UUID) -> None:
    """Two who do something with the same grant's agreement at once: the second waits and sees what the first did."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"agreement {grant_id}"])


def _told(by: Context, at: datetime, action: str, made: GrantAgreement, **content: object) -> None:
    trail.record(
        by=by, at=at, action=action, subject_kind="money.grant", subject_id=made.grant_id,
        subject_name=made.grant.title, version=made.version, **content,
    )  # fmt: skip
