"""The activity plan: points laid out and answered, decided by the steering group, sent to and answered by the financier."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from samkraft.audit.actions import trail, transactions
from samkraft.initiatives.actions import leading
from samkraft.initiatives.models import Initiative, PlanEvent, PlanPoint, PlanPointEntry, Resolution
from samkraft.initiatives.queries import activity_plans as queries
from samkraft.initiatives.queries.activity_plans import PlanPage
from samkraft.initiatives.rules import activity_plans as rules
from samkraft.initiatives.rules import risks as owner_rules
from samkraft.initiatives.rules.activity_plans import PlanEventKind, PointDraft, PointState
from samkraft.partners.queries import colleagues
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission, may
from samkraft.values.context import Context
from samkraft.values.period import day_in_stockholm
from samkraft.values.refusal import Refused

KIND = "initiatives.initiative"


def lay_out(
    *, by: Context, at: datetime | None = None, initiative_id: UUID, points: Sequence[PointDraft] = rules.USUAL_POINTS
) -> None:
    """Lay out the points that the plan must have, once. From then on the initiative is carried out only by the plan.

    Raises Refused when there are points already, or a point without text.
    """
    now = at or timezone.now()
    with transactions.write(by):
        access.require(by, Permission.MANAGE_STEERING)
        initiative = leading.lock_within(by, initiative_id)
        if there := PlanPoint.objects.filter(initiative=initiative).count():
            raise Refused(rules.POINTS_STAND, count=there)
        if not points or any(not point.text.strip() for point in points):
            raise Refused(rules.NO_TEXT)
        PlanPoint.objects.bulk_create(
            PlanPoint(
                initiative=initiative, number=point.number, kind=point.kind.value, text=point.text.strip(),
                added_at=now, added_by=by.actor_name,
            )
            for point in points
        )  # fmt: skip
        trail.record(
            by=by, at=at, action="plan.lay_out", subject_kind=KIND, subject_id=initiative.id,
            subject_name=initiative.name, points=len(points),
        )  # fmt: skip


def write(
    *,
    by: Context,
    at: datetime | None = None,
    initiative_id: UUID,
    number: int,
    state: PointState,
    owner_membership_id: UUID | None = None,
    answer: str = "",
    evidence: str = "",
    seen: int | None = None,
) -> None:
    """Say what stands under a point and how far it has come. `seen` is the version that was open.

    Whoever leads the initiative writes in every point and says who answers for it; who answers for a point writes in
    that one. Raises Refused for anybody else, for a ready point without answer or evidence, for a point that stands as
    the steering group decided it, and when somebody else has written since.
    """
    now = at or timezone.now()
    with transactions.write(by):
        access.require(by, Permission.SEE_STEERING)
        leads = may(by.role, Permission.MANAGE_STEERING)
        initiative = leading.lock_within(by, initiative_id) if leads else leading.hold_within(initiative_id)
        point = PlanPoint.objects.get(initiative=initiative, number=number)
        latest = point.entries.select_related("owner__user").order_by("-version").first()
        _refuse_others(by, initiative_id, latest, leads=leads)
        version = latest.version if latest else 0
        if latest is not None and seen is not None and seen != version:
            when = day_in_stockholm(latest.at).isoformat()
            raise Refused(rules.CHANGED_MEANWHILE, who=latest.by, when=when)
        if reason := rules.why_not_ready(state, answer=answer, evidence=evidence):
            raise Refused(reason)
        owner_id = _owner(by, latest, owner_membership_id, leads=leads)
        PlanPointEntry.objects.create(
            point=point, version=version + 1, state=state.value, owner_id=owner_id, answer=answer.strip(),
            evidence=evidence.strip(), at=now, by=by.actor_name,
        )  # fmt: skip
        trail.record(
            by=by, at=at, action="plan.write", subject_kind=KIND, subject_id=initiative.id,
            subject_name=initiative.name, point=number, state=state.value, owner=owner_id,
        )  # fmt: skip


def send(*, by: Context, at: datetime | None = None, initiative_id: UUID, on_date: date, reference: str = "") -> None:
    """Note that the plan went to the financier. Raises Refused while the steering group has not decided it as it stands."""
    now = at or timezone.now()
    with transactions.write(by):
        initiative, page = _led_within(by, initiative_id)
        if not page.standing.decided:
            raise Refused(rules.NOT_DECIDED)
        if page.standing.sent and not _waits_again(page):
            raise Refused(rules.SENT_ALREADY)
        _happen(by, now, initiative, PlanEventKind.SENT, page.digest, on_date, reference=reference)


def answer(
    *,
    by: Context,
    at: datetime | None = None,
    initiative_id: UUID,
    on_date: date,
    approved: bool,
    reference: str,
    note: str = "",
) -> None:
    """Note what the financier answered. Approved, the initiative may be carried out. Raises Refused when it is not sent."""
    now = at or timezone.now()
    with transactions.write(by):
        initiative, page = _led_within(by, initiative_id)
        if not page.standing.sent:
            raise Refused(rules.NOT_SENT)
        if not reference.strip():
            raise Refused(rules.NO_REFERENCE)
        kind = PlanEventKind.APPROVED if approved else PlanEventKind.RETURNED
        _happen(by, now, initiative, kind, page.digest, on_date, reference=reference, note=note)


def require_ready_within(initiative_id: UUID) -> str:
    """Inside the transaction in which the plan is decided: its digest. Refuses while a point is not ready."""
    page = queries.page(initiative_id)
    unready = page.standing.unready if page else ()
    if page is None or unready:
        raise Refused(rules.NOT_READY, count=len(unready), points=", ".join(map(str, unready)) or "–")
    return page.digest


def decide_within(*, by: Context, at: datetime, initiative_id: UUID, resolution_id: UUID) -> None:
    """Inside the transaction in which the minutes are adjusted: the plan is decided as it stood at the meeting."""
    resolution = Resolution.objects.get(id=resolution_id)
    initiative = Initiative.objects.get(id=initiative_id)
    _happen(
        by,
        at,
        initiative,
        PlanEventKind.DECIDED,
        resolution.digest,
        resolution.decided_date,
        resolution_id=resolution_id,
    )


def _refuse_others(by: Context, initiative_id: UUID, latest: PlanPointEntry | None, *, leads: bool) -> None:
    page = queries.page(initiative_id)
    reason = rules.why_not_write(
        leads=leads, owner=latest.owner_id if latest else None, actor=by.membership_id,
        state=PointState(latest.state) if latest else PointState.NOT_BEGUN,
        is_decided=page is not None and page.standing.decided,
    )  # fmt: skip
    if reason:
        raise Refused(reason, owner=latest.owner.user.name if latest else "–")


def _owner(by: Context, latest: PlanPointEntry | None, asked: UUID | None, *, leads: bool) -> UUID:
    """Who answers for the point from now on. Only whoever leads gives it to somebody else."""
    if not leads:
        return by.membership_id
    owner_id = asked or (latest.owner_id if latest else by.membership_id)
    owner = colleagues.one(owner_id)
    if owner is None or not may(owner.role, Permission.SEE_STEERING):
        raise Refused(owner_rules.OWNER_SEES_NOTHING, name=owner.name if owner else "–")
    return owner_id


def _waits_again(page: PlanPage) -> bool:
    """Whether the financier has given it back, so that it is sent once more."""
    told = [one for one in page.history if one.kind is not PlanEventKind.DECIDED]
    return bool(told) and told[-1].kind is PlanEventKind.RETURNED


def _led_within(by: Context, initiative_id: UUID) -> tuple[Initiative, PlanPage]:
    access.require(by, Permission.MANAGE_STEERING)
    initiative = leading.lock_within(by, initiative_id)
    page = queries.page(initiative_id)
    if page is None:
        raise Refused(rules.NOT_DECIDED)
    return initiative, page


def _happen(
    by: Context,
    now: datetime,
    initiative: Initiative,
    kind: PlanEventKind,
    digest: str,
    on_date: date,
    *,
    resolution_id: UUID | None = None,
    reference: str = "",
    note: str = "",
) -> None:
    PlanEvent.objects.create(
        initiative=initiative, kind=kind.value, digest=digest, resolution_id=resolution_id, on_date=on_date,
        reference=reference.strip(), note=note.strip(), at=now, by=by.actor_name,
    )  # fmt: skip
    trail.record(
        by=by, at=now, action=f"plan.{kind.value}", subject_kind=KIND, subject_id=initiative.id,
        subject_name=initiative.name, on_date=on_date, reference=reference.strip(), resolution=resolution_id,
    )  # fmt: skip
