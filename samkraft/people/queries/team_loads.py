"""How much each team of an initiative has, by phase: what somebody who chooses a team wants to see.

The own area's participants are counted from the board's rows. A team's whole number, over all areas, is told by a guard
function to its own members only: a number and nothing else.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import Count

from samkraft.initiatives.queries import teams as arrangements
from samkraft.people.models import Overview
from samkraft.values.context import Context


@dataclass(frozen=True, slots=True)
class TeamLoad:
    """One team. `in_phase` is phase → how many the own area knows of; `total` is over all areas, None for other teams."""

    team_id: UUID
    name: str
    places: int
    in_phase: dict[int, int]
    total: int | None

    @property
    def known(self) -> int:
        """How many the own area knows of."""
        return sum(self.in_phase.values())

    @property
    def free(self) -> int | None:
        """Places left; negative when more were taken in than there are places. None where the whole is not known."""
        return None if self.total is None else self.places - self.total


def of_initiative(by: Context, initiative_id: UUID, *, today: date) -> list[TeamLoad]:
    """The teams that exist today, in order of their numbers. Three statements and one for each own team."""
    rows = (
        Overview.objects.filter(initiative_id=initiative_id, exited_on=None, team_id__isnull=False)
        .values_list("team_id", "phase")
        .annotate(number=Count("id"))
        .order_by("team_id", "phase")
    )
    counted: dict[UUID, dict[int, int]] = {}
    for team_id, phase, number in rows:
        counted.setdefault(team_id, {})[phase or 0] = number
    own = {team.id for team in arrangements.teams_of(by.membership_id, on=today)}
    return [
        TeamLoad(team.id, team.name, team.places, counted.get(team.id, {}), _total(team.id) if team.id in own else None)
        for team in arrangements.teams(initiative_id, on=today)
    ]


def of_leads(team_id: UUID) -> dict[UUID, dict[int, int]]:
    """Whose process each leads in a team: membership → phase → how many that the own area knows of. One statement."""
    rows = (
        Overview.objects.filter(team_id=team_id, exited_on=None, lead_membership_id__isnull=False)
        .values_list("lead_membership_id", "phase")
        .annotate(number=Count("id"))
        .order_by("lead_membership_id", "phase")
    )
    found: dict[UUID, dict[int, int]] = {}
    for membership_id, phase, number in rows:
        found.setdefault(membership_id, {})[phase or 0] = number
    return found


def _total(team_id: UUID) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT people_team_load(%s)", [team_id])
        told: int = cursor.fetchone()[0]
    return told
