"""Which authorities have staff in which team, over all time: numbers of teams and areas, no names."""

from dataclasses import dataclass
from uuid import UUID

from psycopg.types.range import DateRange

from samkraft.initiatives.models import Party, Team, TeamMember
from samkraft.values.period import Period


@dataclass(frozen=True, slots=True)
class TeamStaff:
    """One team: when it is there, and each member's area with the member's time in it."""

    id: UUID
    number: int
    name: str
    period: Period
    held: tuple[tuple[UUID, Period], ...]


def teams(initiative_id: UUID) -> list[TeamStaff]:
    """Every team of an initiative, in order."""
    held: dict[UUID, list[tuple[UUID, Period]]] = {}
    members = TeamMember.objects.filter(team__initiative_id=initiative_id).order_by("period", "id")
    for team_id, area_id, period in members.values_list("team_id", "membership__area_id", "period"):
        held.setdefault(team_id, []).append((area_id, _period(period)))
    found = Team.objects.filter(initiative_id=initiative_id).order_by("number")
    return [TeamStaff(one.id, one.number, one.name, _period(one.period), tuple(held.get(one.id, ()))) for one in found]


def sitting(initiative_id: UUID) -> list[tuple[UUID, Period]]:
    """The areas that are to sit in the teams, and when."""
    rows = Party.objects.filter(initiative_id=initiative_id, joins_team=True).order_by("area__sort_key", "period")
    return [(area_id, _period(period)) for area_id, period in rows.values_list("area_id", "period")]


def _period(stored: DateRange) -> Period:
    assert stored.lower is not None  # nobody has been in a team since always
    return Period(stored.lower, stored.upper)
