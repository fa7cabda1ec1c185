"""The demo's initiatives with teams: phases, waves, parties, rules, and who has a place in which team.

Their months are counted from the day on which the world is loaded, so that the demo is always in the middle of things.
"""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.utils import timezone

from samkraft.initiatives.actions import arrangements, teams
from samkraft.initiatives.queries import codes
from samkraft.initiatives.queries import teams as asked
from samkraft.operations.world import arranged, initiatives, partners
from samkraft.operations.world.arranged import Arrangement
from samkraft.partners.queries import organisations
from samkraft.values.context import Context
from samkraft.values.period import STOCKHOLM, day_in_stockholm

WHAT = "team, faser och regler"


def is_loaded() -> bool:
    """Whether the last team of the last initiative has its last member."""
    last = arranged.ALL[-1]
    page = asked.page(last.undertaking.code, on=day_in_stockholm(timezone.now()))
    return page is not None and bool(page.teams) and len(page.teams[-1].members) == len(_names(last.teams[-1]))


def load() -> None:
    """Set each initiative up as its leader would have, before it began; what is there already stays."""
    today = day_in_stockholm(timezone.now())
    for one in arranged.ALL:
        start = month(today, -one.now)
        initiative_id = codes.initiatives().get(one.undertaking.code) or _undertake(one, start)
        page = asked.page(one.undertaking.code, on=today)
        assert page is not None
        if page.teams and all(team.members for team in page.teams):
            continue
        _arrange(one, initiative_id, page, start)


def month(today: date, offset: int) -> date:
    """The first of the month so many months from today's."""
    years, number = divmod(today.year * 12 + today.month - 1 + offset, 12)
    return date(years, number + 1, 1)


def _undertake(one: Arrangement, start: date) -> UUID:
    """A month's lead before the first day; by the city office, which may for every owner."""
    moved = replace(one.undertaking, start_date=start, last_day=month(start, one.months) - timedelta(days=1))
    initiatives.undertake(moved, at=_at(start - timedelta(days=30)))
    return codes.initiatives()[moved.code]


def _arrange(one: Arrangement, initiative_id: UUID, page: asked.Arranged, start: date) -> None:
    by = partners.acting(one.leader)
    at = _at(start - timedelta(days=14))
    areas = {row.code: row.id for row in organisations.areas()}
    if not page.phases:
        arrangements.set_phases(by=by, at=at, initiative_id=initiative_id, phases=one.phases)
    if page.rules is None:
        arrangements.decide_rules(by=by, at=at, initiative_id=initiative_id, rule_set=one.rules, start_date=start)
    for number, wave in enumerate(one.waves, 1):
        if number not in {held.number for held in page.waves}:
            arrangements.add_wave(
                by=by, at=at, initiative_id=initiative_id, number=number, name=wave.name, planned=wave.planned,
                start_date=month(start, wave.from_month), last_day=month(start, wave.to_month) - timedelta(days=1),
            )  # fmt: skip
    for party in one.parties:
        if areas[party.area] not in {held.area_id for held in page.parties}:
            arrangements.add_party(
                by=by, at=at, initiative_id=initiative_id, area_id=areas[party.area], joins_team=party.joins_team,
                writes_plan=party.writes_plan, start_date=start,
            )  # fmt: skip
    held = {team.number: team for team in asked.teams(initiative_id, on=start)}
    for number, team in enumerate(one.teams, 1):
        team_id = (
            held[number].id
            if number in held
            else teams.add_team(
                by=by, at=at, initiative_id=initiative_id, number=number, name=f"Team {number}", places=team.places,
                start_date=start, last_day=month(start, team.months) - timedelta(days=1),
            )
        )  # fmt: skip
        _fill(by, at, team_id, team, start, {row.name for row in held[number].members} if number in held else set())


def _fill(by: Context, at: datetime, team_id: UUID, team: arranged.TeamFacts, start: date, placed: set[str]) -> None:
    for name in _names(team):
        if name in placed:
            continue
        member = partners.acting_with_people(name)
        teams.add_member(
            by=by, at=at, team_id=team_id, membership_id=member.membership_id, personal=name in team.called_in,
            start_date=start,
        )  # fmt: skip


def _names(team: arranged.TeamFacts) -> tuple[str, ...]:
    return (*team.core, *team.called_in, *team.closes)


def _at(day: date) -> datetime:
    return datetime.combine(day, time(10), STOCKHOLM)
