"""How an initiative meets its participants: phases, waves, teams with their members, parties and rules.

Everything here is about staff and arrangements, never about a participant.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from psycopg.types.range import DateRange

from samkraft.audit.queries import statements
from samkraft.initiatives import permissions
from samkraft.initiatives.models import Initiative, InitiativeRules, Party, Phase, Team, TeamMember, Wave
from samkraft.initiatives.rules import rule_sets
from samkraft.initiatives.rules.rule_sets import RuleSet
from samkraft.partners.rules.roles import ROLES, Permission, Role, may
from samkraft.values.context import Context
from samkraft.values.period import Period, day_in_stockholm


@dataclass(frozen=True, slots=True)
class PhaseRow:
    """A phase. `guide_days` None: no guide time. `counts_to_limit`: its days count against the rules' limit."""

    number: int
    name: str
    guide_days: int | None
    counts_to_limit: bool


@dataclass(frozen=True, slots=True)
class WaveRow:
    """A period of intake and how many are planned for it."""

    id: UUID
    number: int
    name: str
    period: Period
    planned: int


@dataclass(frozen=True, slots=True)
class MemberRow:
    """Somebody's place in a team. `personal`: on appointed cases only, not on all of the team's."""

    id: UUID
    membership_id: UUID
    name: str
    role: Role
    role_name: str
    title: str
    area_id: UUID
    area_name: str
    personal: bool
    period: Period

    @property
    def can_lead(self) -> bool:
        """Whether the role writes in plans, so that it can lead a process. Who closes the months cannot."""
        return may(self.role, Permission.WRITE_PLAN)


@dataclass(frozen=True, slots=True)
class TeamRow:
    """A team with those who have a place in it on the day that was asked about."""

    id: UUID
    initiative_id: UUID
    number: int
    name: str
    places: int
    period: Period
    members: tuple[MemberRow, ...] = ()


@dataclass(frozen=True, slots=True)
class PartyRow:
    """A secrecy area that works with participants in the initiative."""

    area_id: UUID
    area_code: str
    area_name: str
    joins_team: bool
    writes_plan: bool
    period: Period


@dataclass(frozen=True, slots=True)
class RulesRow:
    """One version of the rules, who decided it and for when."""

    version: int
    rules: RuleSet
    period: Period
    decided_date: date
    decided_by: str


@dataclass(frozen=True, slots=True)
class Arranged:
    """Everything that the page about an initiative's teams shows, on one day."""

    initiative_id: UUID
    code: str
    name: str
    owner_id: UUID
    period: Period | None
    phases: tuple[PhaseRow, ...]
    waves: tuple[WaveRow, ...]
    teams: tuple[TeamRow, ...]
    parties: tuple[PartyRow, ...]
    rules: RulesRow | None

    @property
    def places(self) -> int:
        """Places of the teams that exist on the day."""
        return sum(team.places for team in self.teams)

    @property
    def planned(self) -> int:
        """Participants planned over all waves."""
        return sum(wave.planned for wave in self.waves)


def page(code: str, *, on: date) -> Arranged | None:
    """One initiative's arrangements on a day; None when there is no such initiative."""
    one = Initiative.objects.filter(code=code).first()
    if one is None:
        return None
    lower = one.period.lower if one.period else None
    return Arranged(
        initiative_id=one.id,
        code=one.code,
        name=one.name,
        owner_id=one.owner_id,
        period=Period(lower, one.period.upper) if lower else None,
        phases=phases(one.id),
        waves=waves(one.id),
        teams=teams(one.id, on=on),
        parties=parties(one.id),
        rules=rules_on(one.id, on=on),
    )


def may_lead(by: Context, found: Arranged, *, on: date) -> bool:
    """Whether the reader may change the initiative's arrangements: for its owner, or for an area that is party to it."""
    areas = {party.area_id for party in found.parties if on in party.period}
    return permissions.why_not_lead(by, owner_id=found.owner_id, party_area_ids=areas) is None


def phases(initiative_id: UUID) -> tuple[PhaseRow, ...]:
    """The phases in order; empty when none are set."""
    rows = Phase.objects.filter(initiative_id=initiative_id).order_by("number")
    return tuple(PhaseRow(row.number, row.name, row.guide_days, row.counts_to_limit) for row in rows)


def phases_version(initiative_id: UUID) -> str:
    """Changes with anything about the phases, so that two people who edit them at once find out."""
    return hashlib.sha256(repr(phases(initiative_id)).encode()).hexdigest()[:16]


def waves(initiative_id: UUID) -> tuple[WaveRow, ...]:
    """The periods of intake in order."""
    rows = Wave.objects.filter(initiative_id=initiative_id).order_by("period")
    return tuple(WaveRow(row.id, row.number, row.name, _period(row.period), row.planned) for row in rows)


def wave_on(initiative_id: UUID, *, on: date) -> WaveRow | None:
    """The intake that goes on that day; None between intakes."""
    return next((wave for wave in waves(initiative_id) if on in wave.period), None)


def teams(initiative_id: UUID, *, on: date) -> tuple[TeamRow, ...]:
    """The teams that exist on the day, with those who have a place in them then."""
    rows = list(Team.objects.filter(initiative_id=initiative_id, period__contains=on).order_by("number"))
    return _with_members(rows, on)


def all_teams(initiative_id: UUID) -> tuple[TeamRow, ...]:
    """Every team, also those that have closed or are yet to open, in order. Members are left out."""
    return tuple(_team(row) for row in Team.objects.filter(initiative_id=initiative_id).order_by("number", "period"))


def team(team_id: UUID, *, on: date) -> TeamRow | None:
    """One team, whether or not it exists on the day, with those who have a place in it then."""
    found = _with_members(list(Team.objects.filter(id=team_id)), on)
    return found[0] if found else None


def teams_of(membership_id: UUID, *, on: date) -> tuple[TeamRow, ...]:
    """The teams in which a membership has a place on the day. Members are left out."""
    rows = Team.objects.filter(
        period__contains=on, members__membership_id=membership_id, members__period__contains=on
    ).order_by("initiative_id", "number")
    return tuple(_team(row) for row in rows)


def parties(initiative_id: UUID) -> tuple[PartyRow, ...]:
    """The areas that work with participants, over all time, in order of name."""
    rows = Party.objects.filter(initiative_id=initiative_id).select_related("area")
    return tuple(
        PartyRow(row.area_id, row.area.code, row.area.name, row.joins_team, row.writes_plan, _period(row.period))
        for row in rows.order_by("area__sort_key", "period")
    )


def parties_on(initiative_id: UUID, *, on: date) -> tuple[PartyRow, ...]:
    """The areas that work with participants on the day."""
    return tuple(party for party in parties(initiative_id) if on in party.period)


def areas_with_participants(*, on: date) -> frozenset[UUID]:
    """The areas that work with participants of any initiative on the day."""
    return frozenset(Party.objects.filter(period__contains=on).values_list("area_id", flat=True))


def rules_on(initiative_id: UUID, *, on: date) -> RulesRow | None:
    """The rules that hold on the day; None when none are decided for it."""
    row = InitiativeRules.objects.filter(initiative_id=initiative_id, valid__contains=on).first()
    return None if row is None else _rules(row)


def rule_versions(initiative_id: UUID) -> list[RulesRow]:
    """Every version of the rules, the newest first."""
    return [_rules(row) for row in InitiativeRules.objects.filter(initiative_id=initiative_id).order_by("-version")]


_PHASES_AND_RULES = """
SELECT p.number, p.name, p.guide_days, p.counts_to_limit, (SELECT r.rules::json FROM initiatives_initiativerules r
    WHERE r.initiative_id = p.initiative_id AND r.valid @> %(on)s::date LIMIT 1)
FROM initiatives_phase p WHERE p.initiative_id = %(initiative)s ORDER BY p.number
"""


def phases_and_rules(initiative_id: UUID, *, on: date) -> tuple[tuple[PhaseRow, ...], RuleSet | None]:
    """The phases, and the rules that hold on the day, in one statement; no rules where there are no phases."""
    rows = statements.rows(_PHASES_AND_RULES, {"initiative": initiative_id, "on": on})
    rules = rows[0][-1] if rows else None
    return tuple(PhaseRow(*row[:-1]) for row in rows), None if rules is None else rule_sets.of_data(rules)


def _with_members(rows: Iterable[Team], on: date) -> tuple[TeamRow, ...]:
    found = list(rows)
    members: dict[UUID, list[MemberRow]] = {}
    held = TeamMember.objects.filter(team__in=found, period__contains=on)
    held = held.select_related("membership__user", "membership__area")
    for row in held.order_by("personal", "membership__area__sort_key", "membership__user__sort_key", "id"):
        members.setdefault(row.team_id, []).append(_member(row))
    return tuple(_team(row, members.get(row.id, ())) for row in found)


def _team(row: Team, members: Iterable[MemberRow] = ()) -> TeamRow:
    return TeamRow(row.id, row.initiative_id, row.number, row.name, row.places, _period(row.period), tuple(members))


def _member(row: TeamMember) -> MemberRow:
    role = Role(row.membership.role)
    return MemberRow(
        id=row.id,
        membership_id=row.membership_id,
        name=row.membership.user.name,
        role=role,
        role_name=ROLES[role].name,
        title=row.membership.title,
        area_id=row.membership.area_id,
        area_name=row.membership.area.name,
        personal=row.personal,
        period=_period(row.period),
    )


def _rules(row: InitiativeRules) -> RulesRow:
    decided = day_in_stockholm(row.decided_at)
    return RulesRow(row.version, rule_sets.of_data(row.rules), _period(row.valid), decided, row.decided_by)


def _period(stored: DateRange) -> Period:
    assert stored.lower is not None  # nothing here goes on since always
    return Period(stored.lower, stored.upper)
