"""Duties, goals and initiatives for tests, built through the actions."""

import itertools
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from samkraft.initiatives.actions import arrangements, duties, goals, teams, undertakings
from samkraft.initiatives.queries import teams as asked
from samkraft.initiatives.rules.goals import GoalKind
from samkraft.initiatives.rules.teams import PhaseDraft
from samkraft.initiatives.rules.undertakings import Stage
from samkraft.partners.rules.roles import Role
from samkraft.values.context import Context
from samkraft.values.period import STOCKHOLM
from tests.factories import partners

_numbers = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Led:
    """An initiative that somebody leads, with its first team."""

    by: Context
    initiative_id: UUID
    team_id: UUID


def moment(year: int, month: int, day: int, hour: int = 10) -> datetime:
    """An hour of a day in Sweden."""
    return datetime(year, month, day, hour, tzinfo=STOCKHOLM)


def duty(by: Context | None = None, *, body: str = "gvn", due_date: date = date(2024, 3, 31), **more: object) -> UUID:
    """A duty of one body."""
    settled: dict[str, object] = {
        "title": "Lämna årsanalys",
        "binding": True,
        "source_key": f"test:{next(_numbers)}",
        **more,
    }
    return duties.plan(
        by=by or partners.by(Role.FUND_OFFICER),
        body_id=partners.organisation(body),
        due_date=due_date,
        **settled,  # type: ignore[arg-type]  # a test names fields as the action does
    )


def goal(
    by: Context, code: str, *, parent_id: UUID | None = None, kind: GoalKind | None = None, text: str = ""
) -> UUID:
    """A goal; a project's own when it stands under another."""
    return goals.add(
        by=by,
        code=code,
        kind=kind or (GoalKind.INITIATIVE if parent_id else GoalKind.COUNCIL),
        text=text or f"Målet {code}",
        owner_id=partners.organisation("asn"),
        parent_id=parent_id,
    )


def initiative(by: Context, code: str = "insats", *, owner_id: UUID | None = None, **more: object) -> UUID:
    """An initiative."""
    settled: dict[str, object] = {"name": f"Insatsen {code}", "aim": "Fler i arbete", "stage": Stage.RUNNING, **more}
    return undertakings.add(
        by=by,
        code=code,
        owner_id=owner_id or partners.organisation("asn"),
        **settled,  # type: ignore[arg-type]  # a test names fields as the action does
    )


def led(code: str = "insats", **more: object) -> Led:
    """An initiative with phases, one team, and its leader; other areas join with `join`."""
    by = partners.by(Role.MAIN_PROJECT_LEADER)
    made = initiative(
        by, code, owner_id=by.organisation_id, start_date=date(2024, 1, 1), last_day=date(2030, 12, 31), **more
    )
    arrangements.set_phases(
        by=by,
        initiative_id=made,
        phases=[PhaseDraft(1, "Kartläggning", 90, True), PhaseDraft(2, "Kompetens", 90, True)],
    )
    team = teams.add_team(by=by, initiative_id=made, number=1, name="Team 1", places=150, start_date=date(2024, 1, 1))
    return Led(by, made, team)


def join(led: Led, area_id: UUID, *, joins_team: bool = True, writes_plan: bool = True) -> UUID:
    """Let an area be party, for as long as the initiative goes on."""
    return arrangements.add_party(
        by=led.by, initiative_id=led.initiative_id, area_id=area_id, joins_team=joins_team, writes_plan=writes_plan,
        start_date=date(2024, 1, 1),
    )  # fmt: skip


def place(led: Led, member: partners.Member, *, personal: bool = False, joined: bool = True, **days: date) -> UUID:
    """Give somebody a place in the team, the area being party first if it is not."""
    if joined and member.area_id not in {party.area_id for party in asked.parties(led.initiative_id)}:
        join(led, member.area_id)
    settled = {"start_date": date(2024, 2, 1), **days}
    return teams.add_member(
        by=led.by, team_id=led.team_id, membership_id=member.membership_id, personal=personal,
        **settled,  # type: ignore[arg-type]  # a test names days as the action does
    )  # fmt: skip
