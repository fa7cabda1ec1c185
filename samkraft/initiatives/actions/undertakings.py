"""Initiatives: registered, changed, linked to goals and given partners."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection
from django.utils import timezone

from samkraft.audit.actions import trail, transactions
from samkraft.initiatives.models import Initiative, InitiativePartner
from samkraft.initiatives.queries import activity_plans
from samkraft.initiatives.queries import undertakings as queries
from samkraft.initiatives.rules import activity_plans as plan_rules
from samkraft.initiatives.rules import goals as goal_rules
from samkraft.initiatives.rules import undertakings as rules
from samkraft.initiatives.rules.undertakings import Stage
from samkraft.partners.queries import organisations
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.values.context import Context
from samkraft.values.refusal import Refused
from samkraft.values.wording import spoken


def add(
    *,
    by: Context,
    at: datetime | None = None,
    code: str,
    name: str,
    aim: str,
    owner_id: UUID,
    stage: Stage,
    start_date: date | None = None,
    last_day: date | None = None,
    target_groups: str = "",
    goal_ids: Iterable[UUID] = (),
    source: str = "",
) -> UUID:
    """Register an initiative and return its id. `last_day` belongs to the period.

    Raises Refused when the name or code is taken, when name or aim is missing, or when it would end before it starts.
    """
    with transactions.write(by):
        access.require(by, Permission.MANAGE_GOALS)
        _lock_register()
        if Initiative.objects.filter(code=code).exists():
            raise Refused(goal_rules.CODE_TAKEN, code=code)
        one = Initiative(code=code)
        _fill(one, name, aim, owner_id, stage, start_date, last_day, target_groups, source)
        one.save(force_insert=True)
        one.goals.set(goal_ids)
        _record(by, at, "initiative.add", one)
        return one.id


def change(
    *,
    by: Context,
    at: datetime | None = None,
    initiative_id: UUID,
    name: str,
    aim: str,
    owner_id: UUID,
    stage: Stage,
    start_date: date | None,
    last_day: date | None,
    target_groups: str,
    goal_ids: Iterable[UUID],
    source: str,
    version: str | None = None,
) -> None:
    """Change an initiative and which goals it serves. `version` is what they had seen.

    Raises Refused as `add`, and when it would be carried out before its activity plan opens it.
    """
    with transactions.write(by):
        access.require(by, Permission.MANAGE_GOALS)
        _lock_register()
        one = Initiative.objects.get(id=initiative_id)
        if version is not None:
            row = queries.row_of(initiative_id)
            if version != queries.version(row, queries.goals_of(initiative_id)):
                raise Refused(goal_rules.CHANGED_MEANWHILE)
        if Stage(one.stage) is Stage.PLANNED and stage in (Stage.RUNNING, Stage.CLOSING):
            _refuse_unopened(initiative_id)
        _fill(one, name, aim, owner_id, stage, start_date, last_day, target_groups, source)
        one.save(force_update=True)
        one.goals.set(goal_ids)
        _record(by, at, "initiative.change", one)


def add_partner(
    *, by: Context, at: datetime | None = None, initiative_id: UUID, organisation_id: UUID, part: str
) -> None:
    """Say what part a body has in an initiative. Raises Refused when it has one already."""
    with transactions.write(by):
        access.require(by, Permission.MANAGE_GOALS)
        one = Initiative.objects.select_for_update().get(id=initiative_id)
        organisation = organisations.name_of(organisation_id)
        if InitiativePartner.objects.filter(initiative=one, organisation_id=organisation_id).exists():
            raise Refused(rules.PARTNER_TWICE, organisation=organisation)
        InitiativePartner.objects.create(initiative=one, organisation_id=organisation_id, part=part.strip())
        trail.record(
            by=by, at=at or timezone.now(), action="initiative.add_partner", subject_kind="initiatives.initiative",
            subject_id=one.id, subject_name=one.name, organisation=organisation, part=part.strip(),
        )  # fmt: skip


def _refuse_unopened(initiative_id: UUID) -> None:
    """An initiative with an activity plan is carried out once the plan is decided and approved; the refusal says what lacks."""
    plan = activity_plans.page(initiative_id)
    if plan is None or plan.standing.opens:
        return
    missing = [spoken(text, **fields) for text, fields in plan_rules.missing(plan.standing)]
    raise Refused(plan_rules.NOT_OPENED, missing=" ".join(missing))


def _lock_register() -> None:
    """One change to names and codes at a time, so that the second of two gets a refusal and not a fault."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('initiative register', 0))")


def _fill(
    one: Initiative,
    name: str,
    aim: str,
    owner_id: UUID,
    stage: Stage,
    start_date: date | None,
    last_day: date | None,
    target_groups: str,
    source: str,
) -> None:
    name = " ".join(name.split())
    if not name:
        raise Refused(rules.NO_NAME)
    if not aim.strip():
        raise Refused(rules.NO_AIM)
    if reason := rules.why_not_period(start_date, last_day):
        raise Refused(reason, start=start_date, end=last_day)
    if Initiative.objects.filter(name=name).exclude(id=one.id).exists():
        raise Refused(rules.NAME_TAKEN, name=name)
    one.name, one.aim, one.target_groups, one.source = name, aim.strip(), target_groups.strip(), source.strip()
    one.owner_id, one.stage = owner_id, stage.value
    after = last_day + timedelta(days=1) if last_day else None
    one.period = (start_date, after) if start_date or after else None


def _record(by: Context, at: datetime | None, action: str, one: Initiative) -> None:
    trail.record(
        by=by, at=at or timezone.now(), action=action, subject_kind="initiatives.initiative", subject_id=one.id,
        subject_name=one.name, code=one.code, aim=one.aim, target_groups=one.target_groups, owner=one.owner_id,
        period=one.period, stage=one.stage, goals=sorted(map(str, queries.goals_of(one.id))),
    )  # fmt: skip
