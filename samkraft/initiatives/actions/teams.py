"""Teams and who has a place in them, for which days. `last_day` belongs to the time."""

from datetime import date, datetime, timedelta
from uuid import UUID

from psycopg.types.range import DateRange

from samkraft.audit.actions import trail, transactions
from samkraft.initiatives.actions import leading
from samkraft.initiatives.models import Party, Team, TeamMember
from samkraft.initiatives.rules import teams as rules
from samkraft.initiatives.rules.teams import Candidate
from samkraft.partners.queries import colleagues
from samkraft.partners.rules import access
from samkraft.partners.rules.memberships import in_words
from samkraft.partners.rules.roles import Permission
from samkraft.values.context import Context
from samkraft.values.period import Period
from samkraft.values.refusal import Refused


def add_team(
    *,
    by: Context,
    at: datetime | None = None,
    initiative_id: UUID,
    number: int,
    name: str,
    places: int,
    start_date: date,
    last_day: date | None = None,
) -> UUID:
    """Set up a team with places for so many participants, and return its id.

    Raises Refused when the number is taken, when there are no places, or when it would outlive the initiative.
    """
    with transactions.write(by):
        access.require(by, Permission.MANAGE_TEAMS)
        initiative = leading.lock_within(by, initiative_id)
        if not name.strip():
            raise Refused(rules.NO_NAME)
        if places < 1:
            raise Refused(rules.NO_PLACES)
        period = leading.period_in(initiative, start_date, last_day)
        if Team.objects.filter(initiative=initiative, number=number).exists():
            raise Refused(rules.NUMBER_TAKEN, number=number)
        team = Team.objects.create(
            initiative=initiative, number=number, name=name.strip(), places=places, period=leading.as_range(period)
        )
        trail.record(
            by=by, at=at, action="team.add", subject_kind="initiatives.team", subject_id=team.id,
            subject_name=team.name, initiative=initiative.code, number=number, places=places, period=in_words(period),
        )  # fmt: skip
        return team.id


def add_member(
    *,
    by: Context,
    at: datetime | None = None,
    team_id: UUID,
    membership_id: UUID,
    personal: bool = False,
    start_date: date,
    last_day: date | None = None,
) -> UUID:
    """Give a membership a place in a team and return the place's id. An open end lasts as long as team and role do.

    Raises Refused for oneself, for a role that meets nobody, for somebody who is only called in unless `personal`, for
    an area that does not sit in the teams, and for a time that overlaps or goes outside the team or the membership.
    """
    with transactions.write(by):
        access.require(by, Permission.MANAGE_TEAMS)
        team = Team.objects.select_related("initiative").select_for_update(of=("self",)).get(id=team_id)
        leading.lock_within(by, team.initiative_id)
        who = colleagues.one(membership_id)
        if who is None:
            raise Refused(rules.NOT_A_PARTY, area="–")
        period = _of_member(team, who, start_date, last_day)
        candidate = Candidate(who.user_id, who.name, who.role, who.area_id, who.area_name)
        joining = [
            (party.area_id, Period(party.period.lower, party.period.upper))
            for party in Party.objects.filter(initiative_id=team.initiative_id, joins_team=True)
        ]
        reason = rules.why_not_member(
            candidate, personal=personal, period=period, actor_id=by.actor_id, joining=joining
        )
        if reason:
            raise Refused(reason, name=who.name, role=who.role_name.lower(), area=who.area_name)
        if TeamMember.objects.filter(
            team=team, membership_id=membership_id, period__overlap=leading.as_range(period)
        ).exists():
            raise Refused(rules.ALREADY_MEMBER, name=who.name)
        place = TeamMember.objects.create(
            team=team, membership_id=membership_id, personal=personal, period=leading.as_range(period)
        )
        _record_place(by, at, "team.add_member", place, who.name)
        return place.id


def end_member(*, by: Context, at: datetime | None = None, member_id: UUID, last_day: date) -> None:
    """End a place in a team after its last day. Raises Refused when it has ended already or would end before it began."""
    with transactions.write(by):
        access.require(by, Permission.MANAGE_TEAMS)
        place = (
            TeamMember.objects.select_related("team", "membership__user")
            .select_for_update(of=("self",))
            .get(id=member_id)
        )
        leading.lock_within(by, place.team.initiative_id)
        name = place.membership.user.name
        if last_day < place.period.lower:
            raise Refused(rules.ENDS_BEFORE_START, start=place.period.lower, end=last_day)
        after = last_day + timedelta(days=1)
        if place.period.upper is not None and after >= place.period.upper:
            raise Refused(rules.ALREADY_ENDED, name=name, end=place.period.upper - timedelta(days=1))
        place.period = DateRange(place.period.lower, after)
        place.save(update_fields=["period"])
        _record_place(by, at, "team.end_member", place, name)


def _of_member(team: Team, who: colleagues.Colleague, start_date: date, last_day: date | None) -> Period:
    """Within the team's time and the membership's; an open end is the earlier of their ends."""
    in_team = rules.period_in(Period(team.period.lower, team.period.upper), start_date, last_day, of=team.name)
    in_role = rules.period_in(who.period, start_date, last_day, of=who.name)
    ends = [time.end_date for time in (in_team, in_role) if time.end_date is not None]
    return Period(start_date, min(ends) if ends else None)


def _record_place(by: Context, at: datetime | None, action: str, place: TeamMember, name: str) -> None:
    trail.record(
        by=by, at=at, action=action, subject_kind="initiatives.team", subject_id=place.team_id, subject_name=place.team.name,
        member=name, membership=place.membership_id, personal=place.personal,
        period=in_words(Period(place.period.lower, place.period.upper)),
    )  # fmt: skip
