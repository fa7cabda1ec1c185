"""A study counsellor on somebody's case, and what a study plan says."""

from typing import Any

from django.utils import timezone

from samkraft.initiatives.actions import teams
from samkraft.partners.rules.roles import Role
from samkraft.people.actions import cases
from samkraft.values.period import day_in_stockholm
from tests.factories import partners
from tests.factories.joint_work import Way
from tests.factories.partners import Member

PLAN: dict[str, Any] = {
    "direction": "Undersköterska", "level": "vocational", "funding": ["study_aid"], "made_on": "2026-01-07", "state": "proposed",
}  # fmt: skip


def counselled(way: Way, by: Member) -> Member:
    """A counsellor of the same authority as `by`, called in to the case."""
    counsellor = partners.member(Role.STUDY_COUNSELLOR, "ama", name="Katja Winter")
    teams.add_member(
        by=way.setting.leader.context, team_id=way.setting.team_id, membership_id=counsellor.membership_id, personal=True,
        start_date=day_in_stockholm(timezone.now()),
    )  # fmt: skip
    cases.assign(by=by.context, person_id=way.person_id, membership_id=counsellor.membership_id)
    return counsellor
