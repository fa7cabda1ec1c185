"""Noting that a version of the method handbook has been spread to somebody, and taking such a note back."""

from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from samkraft.audit.actions import trail, transactions
from samkraft.initiatives.actions import leading
from samkraft.initiatives.models import HandbookSpread, HandbookVersion
from samkraft.initiatives.queries import handbooks
from samkraft.initiatives.rules import spreads as rules
from samkraft.initiatives.rules.spreads import SpreadKind
from samkraft.partners.queries import organisations
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.values.context import Context
from samkraft.values.period import day_in_stockholm
from samkraft.values.refusal import Refused

KIND = "initiatives.handbook_version"


def note(
    *,
    by: Context,
    at: datetime | None = None,
    version_id: UUID,
    receiver_id: UUID,
    kind: SpreadKind,
    on_date: date,
    people: int | None = None,
    about: str = "",
) -> UUID:
    """Note that a decided version reached an organisation on a day, and return the note's id.

    people: how many were there, when that is known. Raises Refused for a day to come, and for a version that was not
    decided then.
    """
    now = at or timezone.now()
    with transactions.write(by):
        access.require(by, Permission.MANAGE_STEERING)
        version = HandbookVersion.objects.get(id=version_id)
        leading.lock_within(by, version.initiative_id)
        decided = {one.id: one.decided_date for one in handbooks.put_in_force(version.initiative_id)}
        if reason := rules.why_not(on_date=on_date, decided=decided.get(version_id), today=day_in_stockholm(now)):
            raise Refused(reason, day=on_date, number=version.number)
        made = HandbookSpread.objects.create(
            version=version, receiver_id=receiver_id, kind=kind.value, on_date=on_date, people=people,
            about=about.strip(), at=now, by=by.actor_name,
        )  # fmt: skip
        trail.record(
            by=by, at=now, action="handbook.spread", subject_kind=KIND, subject_id=version.id, subject_name=version.number,
            receiver=organisations.name_of(receiver_id), kind=kind.value, on_date=on_date, people=people,
        )  # fmt: skip
        return made.id


def take_back(*, by: Context, at: datetime | None = None, spread_id: UUID) -> None:
    """Say that a note was wrong. Raises Refused when it is taken back already."""
    now = at or timezone.now()
    with transactions.write(by):
        access.require(by, Permission.MANAGE_STEERING)
        row = HandbookSpread.objects.select_related("version", "receiver").get(id=spread_id)
        leading.lock_within(by, row.version.initiative_id)
        if row.takes_back_id is not None or HandbookSpread.objects.filter(takes_back=row).exists():
            raise Refused(rules.TAKEN_BACK)
        HandbookSpread.objects.create(
            version=row.version, receiver=row.receiver, kind=row.kind, on_date=row.on_date, people=row.people,
            about=row.about, takes_back=row, at=now, by=by.actor_name,
        )  # fmt: skip
        trail.record(
            by=by, at=now, action="handbook.spread_taken_back", subject_kind=KIND, subject_id=row.version_id,
            subject_name=row.version.number, receiver=row.receiver.name, on_date=row.on_date,
        )  # fmt: skip
