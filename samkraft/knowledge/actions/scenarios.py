"""Saving what somebody wants to try, saying something of it, and withdrawing it. Nothing is changed: versions are added."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.utils import timezone

from samkraft.audit.actions import trail, transactions
from samkraft.knowledge.models import Scenario, ScenarioComment, ScenarioVersion, ScenarioWithdrawal
from samkraft.knowledge.queries import forecasts
from samkraft.knowledge.rules.forecasting import changes as rules
from samkraft.knowledge.rules.forecasting import scenarios
from samkraft.knowledge.rules.forecasting.changes import Changes
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.values.context import Context
from samkraft.values.refusal import Refused
from samkraft.values.wording import number, phrase

SUBJECT = "knowledge.scenario"


@dataclass(frozen=True, slots=True)
class Saved:
    """A scenario and the version that holds now."""

    scenario_id: UUID
    version_id: UUID


def save(
    *, by: Context, at: datetime | None = None, initiative_id: UUID, scenario_id: UUID | None = None, expected: int = 0,
    name: str, why: str = "", changes: Changes,
) -> Saved:  # fmt: skip
    """Keep a new scenario, or the next version of one; `expected` is the version that was read.

    Raises Refused for changes that cannot be and when somebody else saved meanwhile; nothing is kept then.
    """
    with transactions.write(by):
        access.require(by, Permission.MAKE_FORECASTS)
        prepared = forecasts.prepared(initiative_id)
        kept = rules.check(changes, prepared.arranged, prepared.known)
        if kept.is_nothing:
            raise Refused(rules.NOT_A_CHANGE)
        _words(name, why)
        moment = at or timezone.now()
        if scenario_id is None:
            scenario = Scenario.objects.create(initiative_id=initiative_id, made_at=moment, made_by=by.actor_name)
            expected = 0
        else:
            scenario = _own(initiative_id, scenario_id)
            _unchanged(scenario, expected)
        version = ScenarioVersion.objects.create(
            scenario=scenario, number=expected + 1, name=name.strip(), why=why.strip(), changes=kept.as_json(),
            written_at=moment, written_by=by.actor_name,
        )  # fmt: skip
        trail.record(
            by=by, at=at, action="scenario.save", subject_kind=SUBJECT, subject_id=scenario.id, subject_name=version.name,
            number=version.number, changes=version.changes,
        )  # fmt: skip
        return Saved(scenario.id, version.id)


def comment(*, by: Context, at: datetime | None = None, initiative_id: UUID, scenario_id: UUID, text: str) -> None:
    """Say something of a scenario. Whoever sees the figures may."""
    with transactions.write(by):
        access.require(by, Permission.SEE_RESULTS)
        scenario = _own(initiative_id, scenario_id)
        said = text.strip()
        if not said:
            raise Refused(scenarios.EMPTY_COMMENT)
        _short(phrase("Kommentaren"), said, scenarios.LONGEST_TEXT)
        ScenarioComment.objects.create(
            scenario=scenario, text=said, written_at=at or timezone.now(), written_by=by.actor_name
        )
        trail.record(by=by, at=at, action="scenario.comment", subject_kind=SUBJECT, subject_id=scenario.id)


def withdraw(
    *, by: Context, at: datetime | None = None, initiative_id: UUID, scenario_id: UUID, reason: str = ""
) -> None:
    """Take it out of the lists. What was worked out of it stays."""
    with transactions.write(by):
        access.require(by, Permission.MAKE_FORECASTS)
        scenario = _own(initiative_id, scenario_id)
        _short(phrase("Skälet"), reason, scenarios.LONGEST_TEXT)
        if scenario.withdrawals.exists():
            raise Refused(scenarios.WITHDRAWN)
        ScenarioWithdrawal.objects.create(
            scenario=scenario, reason=reason.strip(), withdrawn_at=at or timezone.now(), withdrawn_by=by.actor_name
        )
        trail.record(by=by, at=at, action="scenario.withdraw", subject_kind=SUBJECT, subject_id=scenario.id)


def _own(initiative_id: UUID, scenario_id: UUID) -> Scenario:
    """Inside the transaction: the scenario, with nobody else at it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"scenario {scenario_id}"])
    found = Scenario.objects.filter(id=scenario_id, initiative_id=initiative_id).first()
    if found is None:
        raise Refused(scenarios.UNKNOWN)
    return found


def _unchanged(scenario: Scenario, expected: int) -> None:
    if scenario.withdrawals.exists():
        raise Refused(scenarios.WITHDRAWN)
    last = scenario.versions.order_by("-number").first()
    if last is None or last.number != expected:
        raise Refused(scenarios.STALE, who=last.written_by if last else "")


def _words(name: str, why: str) -> None:
    if not name.strip():
        raise Refused(scenarios.NAMELESS)
    _short(phrase("Namnet"), name.strip(), scenarios.LONGEST_NAME)
    _short(phrase("Skälet"), why, scenarios.LONGEST_TEXT)


def _short(what: str, text: str, most: int) -> None:
    if len(text) > most:
        raise Refused(scenarios.TOO_LONG, what=what, most=number(most))
