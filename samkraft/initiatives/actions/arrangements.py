"""What an initiative's teams work within: waves of intake, phases, parties, and rules in versions."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils import timezone
from psycopg.types.range import DateRange

from samkraft.audit.actions import trail, transactions
from samkraft.initiatives.actions import leading
from samkraft.initiatives.models import InitiativeRules, Party, Phase, Wave
from samkraft.initiatives.queries import teams as queries
from samkraft.initiatives.rules import rule_sets
from samkraft.initiatives.rules import teams as rules
from samkraft.initiatives.rules.rule_sets import RuleSet
from samkraft.initiatives.rules.teams import PhaseDraft
from samkraft.partners.queries import organisations
from samkraft.partners.rules import access
from samkraft.partners.rules.memberships import in_words
from samkraft.partners.rules.roles import Permission
from samkraft.values.context import Context
from samkraft.values.period import Period
from samkraft.values.refusal import Refused


def add_wave(
    *,
    by: Context,
    at: datetime | None = None,
    initiative_id: UUID,
    number: int,
    name: str,
    start_date: date,
    last_day: date,
    planned: int,
) -> UUID:
    """Plan a period of intake for so many participants and return its id. Refused when it overlaps another."""
    with transactions.write(by):
        access.require(by, Permission.MANAGE_TEAMS)
        initiative = leading.lock_within(by, initiative_id)
        if not name.strip():
            raise Refused(rules.NO_NAME)
        if planned < 1:
            raise Refused(rules.NO_PLACES)
        period = leading.period_in(initiative, start_date, last_day)
        held = queries.waves(initiative_id)
        if any(wave.number == number for wave in held):
            raise Refused(rules.NUMBER_TAKEN, number=number)
        if clash := rules.first_overlap(period, [(wave.name, wave.period) for wave in held]):
            raise Refused(rules.WAVES_OVERLAP, name=clash[0], dates=in_words(clash[1]))
        wave = Wave.objects.create(
            initiative=initiative, number=number, name=name.strip(), period=leading.as_range(period), planned=planned
        )
        trail.record(
            by=by, at=at, action="team.add_wave", subject_kind="initiatives.initiative", subject_id=initiative.id,
            subject_name=initiative.name, number=number, name=wave.name, period=in_words(period), planned=planned,
        )  # fmt: skip
        return wave.id


def set_phases(
    *,
    by: Context,
    at: datetime | None = None,
    initiative_id: UUID,
    phases: Sequence[PhaseDraft],
    version: str | None = None,
) -> None:
    """Say which phases there are. Existing ones may be renamed and timed anew, never removed.

    `version` is what the person had seen (`queries.teams.phases_version`); refused when it is no longer so.
    """
    with transactions.write(by):
        access.require(by, Permission.MANAGE_TEAMS)
        initiative = leading.lock_within(by, initiative_id)
        held = {phase.number: phase for phase in Phase.objects.filter(initiative=initiative)}
        if version is not None and version != queries.phases_version(initiative_id):
            raise Refused(rules.PHASES_CHANGED)
        if why := rules.why_not_phases(phases, held=held):
            raise Refused(why[0], **why[1])
        for draft in phases:
            phase = held.get(draft.number) or Phase(initiative=initiative, number=draft.number)
            phase.name = draft.name.strip()
            phase.guide_days = draft.guide_days or None
            phase.counts_to_limit = draft.counts_to_limit
            phase.save()
        trail.record(
            by=by, at=at, action="team.set_phases", subject_kind="initiatives.initiative", subject_id=initiative.id,
            subject_name=initiative.name, phases=[f"{phase.number}. {phase.name}" for phase in phases],
        )  # fmt: skip


def add_party(
    *,
    by: Context,
    at: datetime | None = None,
    initiative_id: UUID,
    area_id: UUID,
    joins_team: bool,
    writes_plan: bool,
    start_date: date,
    last_day: date | None = None,
) -> UUID:
    """Let an area work with participants in an initiative, for a time; returns the party's id. Refused when it does."""
    with transactions.write(by):
        access.require(by, Permission.MANAGE_TEAMS)
        initiative = leading.lock_within(by, initiative_id)
        area = next(row for row in organisations.areas() if row.id == area_id)
        period = leading.period_in(initiative, start_date, last_day)
        if Party.objects.filter(
            initiative=initiative, area_id=area_id, period__overlap=leading.as_range(period)
        ).exists():
            raise Refused(rules.PARTY_TWICE, area=area.name)
        party = Party.objects.create(
            initiative=initiative, area_id=area_id, joins_team=joins_team, writes_plan=writes_plan,
            period=leading.as_range(period),
        )  # fmt: skip
        trail.record(
            by=by, at=at, action="team.add_party", subject_kind="initiatives.initiative", subject_id=initiative.id,
            subject_name=initiative.name, area=area.name, joins_team=joins_team, writes_plan=writes_plan,
            period=in_words(period),
        )  # fmt: skip
        return party.id


def decide_rules(
    *,
    by: Context,
    at: datetime | None = None,
    initiative_id: UUID,
    rule_set: RuleSet,
    start_date: date,
    seen: int | None = None,
) -> int:
    """Let these rules hold from a day on, in a new version, and return its number. Those before hold until then.

    seen: the number of the latest version that the person had read, 0 for none. Raises Refused when the rules contradict
    themselves or would begin before the latest version did, when a question takes the code of another that was asked
    before, and when somebody else has decided meanwhile.
    """
    with transactions.write(by):
        access.require(by, Permission.MANAGE_TEAMS)
        initiative = leading.lock_within(by, initiative_id)
        rule_sets.require_sound(rule_set)
        latest = InitiativeRules.objects.filter(initiative=initiative).order_by("-version").first()
        if latest is not None and seen is not None and seen != latest.version:
            raise Refused(rule_sets.CHANGED_MEANWHILE, who=latest.decided_by, version=latest.version)
        held = InitiativeRules.objects.filter(initiative=initiative).order_by("version").values_list("rules", flat=True)
        rule_sets.require_own_codes(rule_set, [rule_sets.of_data(one) for one in held])
        if latest is not None:
            _end(latest, start_date)
        version = latest.version + 1 if latest else 1
        InitiativeRules.objects.create(
            initiative=initiative, version=version, rules=rule_set.as_data(), valid=DateRange(start_date, None),
            decided_at=at or timezone.now(), decided_by=by.actor_name,
        )  # fmt: skip
        trail.record(
            by=by, at=at, action="team.decide_rules", subject_kind="initiatives.initiative", subject_id=initiative.id,
            subject_name=initiative.name, version=version, start_date=start_date, rules=rule_set.as_data(),
        )  # fmt: skip
        return version


def _end(latest: InitiativeRules, start_date: date) -> None:
    held = Period(latest.valid.lower, latest.valid.upper)
    if start_date <= held.start_date:
        raise Refused(
            rules.RULES_TOO_EARLY, start=start_date, latest=held.start_date, day=held.start_date + timedelta(days=1)
        )
    latest.valid = DateRange(held.start_date, start_date)
    latest.save(update_fields=["valid"])
