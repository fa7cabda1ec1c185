"""Secrecy areas, and the recorded decisions on how an authority is divided into them."""

from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from samkraft.audit.actions import trail, transactions
from samkraft.partners.models import AreaDecision, SecrecyArea
from samkraft.partners.rules import access
from samkraft.partners.rules.areas import DECIDED_AHEAD, DECIDER_MISSING, NAME_MISSING, NAME_TAKEN, WHAT_MISSING
from samkraft.partners.rules.organisations import code_from, swedish_sort_key
from samkraft.partners.rules.roles import Permission
from samkraft.values.context import Context
from samkraft.values.period import day_in_stockholm
from samkraft.values.refusal import Refused


def add(
    *,
    by: Context,
    name: str,
    authority_id: UUID,
    controller: str,
    archive_authority: str,
    secrecy_rule: str = "",
    harm_test: str = "",
    retention_plan: str = "",
    source: str = "",
    code: str = "",
    at: datetime | None = None,
) -> UUID:
    """Add an area of an authority and return its id. Refused when the name is missing or taken."""
    access.require(by, Permission.MANAGE_MEMBERS)
    name = " ".join(name.split())[:200]
    if not name:
        raise Refused(NAME_MISSING)
    with transactions.write(by):
        if SecrecyArea.objects.filter(name__iexact=name).exists():
            raise Refused(NAME_TAKEN, name=name)
        one = SecrecyArea.objects.create(
            code=code or _free_code(name),
            name=name,
            authority_id=authority_id,
            secrecy_rule=secrecy_rule,
            harm_test=harm_test,
            controller=controller,
            archive_authority=archive_authority,
            retention_plan=retention_plan,
            source=source,
            sort_key=swedish_sort_key(name)[:220],
        )
        trail.record(
            by=by,
            at=at,
            action="area.added",
            subject_kind="partners.area",
            subject_id=one.id,
            subject_name=name,
            authority_id=authority_id,
            secrecy_rule=secrecy_rule,
        )
    return one.id


def record_decision(
    *, by: Context, authority_id: UUID, decided_date: date, decided_by: str, text: str, at: datetime | None = None
) -> UUID:
    """Record how an authority is divided: what was decided, by whom and when. Refused without either, or for a day ahead."""
    access.require(by, Permission.MANAGE_MEMBERS)
    decided_by, text = " ".join(decided_by.split())[:200], text.strip()
    if not decided_by:
        raise Refused(DECIDER_MISSING)
    if not text:
        raise Refused(WHAT_MISSING)
    if decided_date > day_in_stockholm(at or timezone.now()):
        raise Refused(DECIDED_AHEAD, day=decided_date.isoformat())
    with transactions.write(by):
        one = AreaDecision.objects.create(
            authority_id=authority_id, decided_date=decided_date, decided_by=decided_by, text=text
        )
        trail.record(
            by=by,
            at=at,
            action="area.decision_recorded",
            subject_kind="partners.area_decision",
            subject_id=one.id,
            subject_name=one.authority.name,
            decided_by=decided_by,
            text=text,
        )
    return one.id


def _free_code(name: str) -> str:
    """A code from the name that no other area has."""
    wanted = code_from(name)
    taken = set(SecrecyArea.objects.filter(code__startswith=wanted[:36]).values_list("code", flat=True))
    tries = (wanted if number == 1 else f"{wanted[:36]}-{number}" for number in range(1, len(taken) + 2))
    return next(code for code in tries if code not in taken)
