"""Risks: raised, assessed again and again, closed. No assessment is ever changed."""

from datetime import date, datetime
from uuid import UUID

from django.db.models import Max
from django.utils import timezone

from samkraft.audit.actions import trail, transactions
from samkraft.initiatives import permissions
from samkraft.initiatives.actions import leading
from samkraft.initiatives.models import Initiative, Party, Risk, RiskAssessment
from samkraft.initiatives.rules import risks as rules
from samkraft.initiatives.rules.risks import Assessment, RiskState
from samkraft.partners.queries import colleagues
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission, may
from samkraft.values.context import Context
from samkraft.values.period import day_in_stockholm
from samkraft.values.refusal import Refused

KIND = "initiatives.risk"


def add(
    *,
    by: Context,
    at: datetime | None = None,
    initiative_id: UUID,
    text: str,
    owner_membership_id: UUID,
    said: Assessment,
    source: str = "",
) -> int:
    """Register a risk with its first assessment, and return its number in the initiative.

    Raises Refused without text or measure, off the scale, for a review that has been or is more than a year away, and for
    an owner who cannot open the register.
    """
    now = at or timezone.now()
    with transactions.write(by):
        access.require(by, Permission.MANAGE_STEERING)
        initiative = leading.lock_within(by, initiative_id)
        if not text.strip():
            raise Refused(rules.NO_TEXT)
        _refuse(owner_membership_id, said, day_in_stockholm(now))
        latest = Risk.objects.filter(initiative=initiative).aggregate(Max("number"))["number__max"] or 0
        risk = Risk.objects.create(
            initiative=initiative, number=latest + 1, text=text.strip(), source=source.strip(), raised_at=now,
            raised_by=by.actor_name,
        )  # fmt: skip
        _hold(by, now, risk, 1, owner_membership_id, said, "risk.add")
        return risk.number


def assess(
    *,
    by: Context,
    at: datetime | None = None,
    initiative_id: UUID,
    number: int,
    owner_membership_id: UUID,
    said: Assessment,
    seen: int | None = None,
) -> None:
    """Assess a risk again, or close it. `seen` is the version that the person had seen.

    Whoever leads the initiative may, and whoever owns the risk. Raises Refused as `add`, and when it has changed since.
    """
    now = at or timezone.now()
    with transactions.write(by):
        access.require(by, Permission.SEE_STEERING)
        initiative = Initiative.objects.select_for_update().get(id=initiative_id)
        risk = Risk.objects.get(initiative=initiative, number=number)
        latest = risk.assessments.select_related("owner__user").order_by("-version").first()
        assert latest is not None
        if latest.owner_id != by.membership_id and not _leads(by, initiative, day_in_stockholm(now)):
            raise Refused(rules.NOT_YOURS, owner=latest.owner.user.name)
        if seen is not None and seen != latest.version:
            when = day_in_stockholm(latest.at).isoformat()
            raise Refused(rules.CHANGED_MEANWHILE, who=latest.by, when=when)
        if said.state is RiskState.CLOSED and latest.state == RiskState.CLOSED.value:
            raise Refused(rules.IS_CLOSED)
        _refuse(owner_membership_id, said, day_in_stockholm(now))
        action = "risk.close" if said.state is RiskState.CLOSED else "risk.assess"
        _hold(by, now, risk, latest.version + 1, owner_membership_id, said, action)


def _leads(by: Context, initiative: Initiative, today: date) -> bool:
    areas = Party.objects.filter(initiative=initiative, period__contains=today).values_list("area_id", flat=True)
    return permissions.why_not_lead(by, owner_id=initiative.owner_id, party_area_ids=set(areas)) is None


def _refuse(owner_membership_id: UUID, said: Assessment, today: date) -> None:
    if refused := rules.why_not(said, today=today):
        raise refused
    owner = colleagues.one(owner_membership_id)
    if owner is None or not may(owner.role, Permission.SEE_STEERING):
        raise Refused(rules.OWNER_SEES_NOTHING, name=owner.name if owner else "–")


def _hold(by: Context, now: datetime, risk: Risk, version: int, owner_id: UUID, said: Assessment, action: str) -> None:
    RiskAssessment.objects.create(
        risk=risk, version=version, state=said.state.value, owner_id=owner_id, measure=said.measure.strip(),
        probability=said.probability, consequence=said.consequence, note=said.note.strip(), at=now, by=by.actor_name,
        review_date=said.review_date if said.state is RiskState.OPEN else None,
    )  # fmt: skip
    trail.record(
        by=by, at=now, action=action, subject_kind=KIND, subject_id=risk.id, subject_name=risk.text, number=risk.number,
        probability=said.probability, consequence=said.consequence, review_date=said.review_date, owner=owner_id,
    )  # fmt: skip
