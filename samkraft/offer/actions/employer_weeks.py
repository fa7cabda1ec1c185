"""How a member of a team notes the time that went to employers in a week: once for each week, and again to correct it."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID, uuid4

from django.utils import timezone

from samkraft.audit.actions import trail, transactions
from samkraft.initiatives.queries import teams
from samkraft.offer.models import EmployerWeek
from samkraft.offer.rules import employer_time as rules
from samkraft.offer.rules.employer_time import TimeKind
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.values.context import Context
from samkraft.values.period import day_in_stockholm
from samkraft.values.refusal import Refused


def note(
    *,
    by: Context,
    team_id: UUID,
    monday: date,
    minutes: Mapping[TimeKind, int],
    worked: int = rules.FULL_WEEK,
    at: datetime | None = None,
) -> None:
    """Note one's own week in one's own team, in minutes of each kind and worked in all; the same week again is corrected."""
    access.require(by, Permission.KEEP_EMPLOYERS)
    moment = at or timezone.now()
    if refused := rules.why_not_note(monday=monday, worked=worked, minutes=minutes, today=day_in_stockholm(moment)):
        raise Refused(refused)
    with transactions.write(by):
        if team_id not in {row.id for row in teams.teams_of(by.membership_id, on=day_in_stockholm(moment))}:
            raise Refused(rules.NOT_IN_TEAM)
        EmployerWeek.objects.update_or_create(
            membership_id=by.membership_id, team_id=team_id, monday_date=monday,
            defaults={
                **{kind.value: minutes.get(kind, 0) for kind in TimeKind},
                "worked": worked, "noted_at": moment, "noted_by": by.actor_name,
            },
            create_defaults={
                **{kind.value: minutes.get(kind, 0) for kind in TimeKind},
                "id": uuid4(), "worked": worked, "noted_at": moment, "noted_by": by.actor_name,
            },
        )  # fmt: skip
        trail.record(
            by=by, at=moment, action="employer_time.noted", subject_kind="initiatives.team", subject_id=team_id,
            week=monday, minutes=sum(minutes.values()),
        )  # fmt: skip
