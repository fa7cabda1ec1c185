"""Carrying out a decision on capacity: the team opens, closes or gets other places, and the change names its decision."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Max
from django.utils import timezone
from psycopg.types.range import DateRange

from samkraft.audit.actions import trail, transactions
from samkraft.initiatives.actions import leading
from samkraft.initiatives.models import CapacityChange, Initiative, Team
from samkraft.initiatives.queries import resolutions
from samkraft.initiatives.rules import capacities as rules
from samkraft.initiatives.rules.capacities import Asked, Change
from samkraft.initiatives.rules.meetings import YES
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.values.context import Context
from samkraft.values.period import day_in_stockholm
from samkraft.values.refusal import Refused


def carry_out(*, by: Context, at: datetime | None = None, resolution_id: UUID) -> UUID:
    """Do what was decided with a team, once, and return the team's id.

    Raises Refused before the minutes are adjusted, when nothing was ordered, and when it is done already or cannot be.
    """
    now = at or timezone.now()
    with transactions.write(by):
        access.require(by, Permission.MANAGE_STEERING)
        found = resolutions.one(resolution_id)
        if found is None:
            raise Refused(rules.NOT_DECIDED, number="–")
        initiative = leading.lock_within(by, found.board.initiative_id)
        found = resolutions.one(resolution_id)
        assert found is not None
        if found.ordered is None or found.outcome not in YES:
            raise Refused(rules.NOT_DECIDED, number=found.number)
        if not found.is_adjusted:
            raise Refused(rules.NOT_ADJUSTED, number=found.number)
        if found.change is not None:
            raise Refused(
                rules.DONE_ALREADY, number=found.number, who=found.change.made_by,
                when=day_in_stockholm(found.change.made_at).isoformat(),
            )  # fmt: skip
        team, before, after = _change(initiative, found.ordered)
        CapacityChange.objects.create(
            resolution_id=resolution_id, team=team, change=found.ordered.change.value, places_before=before,
            places_after=after, from_date=found.ordered.from_date, made_at=now, made_by=by.actor_name,
        )  # fmt: skip
        trail.record(
            by=by, at=at, action="capacity.change", subject_kind="initiatives.team", subject_id=team.id,
            subject_name=team.name, decision=found.number, resolution=resolution_id, change=found.ordered.change.value,
            places_before=before, places_after=after, from_date=found.ordered.from_date,
        )  # fmt: skip
        return team.id


def _change(initiative: Initiative, ordered: Asked) -> tuple[Team, int | None, int | None]:
    """The team as it is now, and its places before and after; None where it was not or is no more."""
    if ordered.change is Change.OPEN:
        return _open(initiative, ordered)
    team = Team.objects.select_for_update().get(id=ordered.team_id, initiative=initiative)
    before = team.places
    if ordered.change is Change.PLACES:
        assert ordered.places is not None
        if before == ordered.places:
            raise Refused(rules.SAME_PLACES, team=team.name, places=before)
        team.places = ordered.places
        team.save(update_fields=["places"])
        return team, before, ordered.places
    after = ordered.from_date + timedelta(days=1)
    if (team.period.upper is not None and team.period.upper <= after) or after <= team.period.lower:
        end = (team.period.upper or after) - timedelta(days=1)
        raise Refused(rules.TEAM_ENDS_BEFORE, team=team.name, end=end.isoformat())
    team.period = DateRange(team.period.lower, after)
    team.save(update_fields=["period"])
    return team, before, None


def _open(initiative: Initiative, ordered: Asked) -> tuple[Team, None, int]:
    assert ordered.places is not None
    number = (Team.objects.filter(initiative=initiative).aggregate(Max("number"))["number__max"] or 0) + 1
    period = leading.period_in(initiative, ordered.from_date, None)
    team = Team.objects.create(
        initiative=initiative, number=number, name=ordered.name.strip(), places=ordered.places,
        period=leading.as_range(period),
    )  # fmt: skip
    return team, None, ordered.places
