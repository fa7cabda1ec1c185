"""Groups that begin in the coming weeks and are not offered yet, somebody who can only come to one of them, and a proposal.

The proposal is asked for as on the page, so it is made beside the pages when the demo has begun.
"""

import contextlib
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from samkraft.audit.actions import transactions
from samkraft.offer.actions import occasions
from samkraft.offer.actions.occasions import OccasionDraft
from samkraft.offer.queries import catalogue as asked
from samkraft.operations.database import time_travel
from samkraft.operations.world import arranged, catalogue, partners, places
from samkraft.partners.actions import errands
from samkraft.partners.rules.roles import Role
from samkraft.people.actions.places import place_coordination
from samkraft.people.actions.places import places as queues
from samkraft.people.queries import boards
from samkraft.values.context import Context
from samkraft.values.period import STOCKHOLM
from samkraft.values.refusal import Refused

WHAT = "grupper som startar snart, och ett förslag till användning av platserna"
KIND, WEEKS = "allotment", 8
# Activity, hours a week, weekdays, first hour, and for each group: weeks until it starts, places, how many can only come then.
GROUPS: tuple[tuple[str, int, tuple[int, ...], int, tuple[tuple[int, int, int], ...]], ...] = (
    ("arbetstraningsplatser", 16, (0, 1, 3), 9, ((2, 3, 2), (5, 3, 0))),
    ("arbetsmarknadsutbildning", 35, (0, 1, 2, 3, 4), 8, ((4, 2, 1), (6, 2, 0))),
    ("fordjupad-syv", 2, (2,), 13, ((2, 3, 2), (4, 3, 0), (7, 2, 0))),
    ("introduktion-till-arbete", 12, (1, 2), 10, ((3, 2, 1), (6, 2, 0))),
    ("praktik", 20, (0, 2, 4), 8, ((3, 2, 0),)),
    ("forstarkt-matchning", 6, (3,), 9, ((2, 2, 1), (5, 2, 0))),
    ("coachning-mi", 3, (4,), 10, ((3, 2, 0),)),
)


def is_loaded() -> bool:
    """Whether the last group is there."""
    return bool(_groups(GROUPS[-1][0]))


def load() -> None:
    """Groups, those who can only come to one, and the question for a proposal."""
    by = partners.acting(places.COORDINATOR, Role.PLACE_COORDINATOR)
    provider = partners.acting(places.PROVIDER, Role.PROVIDER)
    now = timezone.now().astimezone(STOCKHOLM)
    with time_travel.allowed("påhittade grupper läggs in"):
        for code, hours, weekdays, hour, groups in GROUPS:
            if not _groups(code):
                _lay_in(by, provider, now - timedelta(days=12), code, hours, weekdays, hour, groups)
    errands.ask(by=by, kind=KIND, arguments={"weeks": WEEKS})


def _groups(code: str) -> list[Any]:
    activity = asked.activity(code)
    assert activity is not None
    return [one for one in asked.occasions(activity_id=activity.id) if one.name.startswith("Grupp")]


def _lay_in(
    by: Context, provider: Context, when: datetime, code: str, hours: int, weekdays: tuple[int, ...], hour: int,
    groups: tuple[tuple[int, int, int], ...],
) -> None:  # fmt: skip
    activity = asked.activity(code)
    data = next(one for one in catalogue.ALL if one.code == code)
    assert activity is not None
    today = timezone.localdate()
    for number, (weeks, many, only) in enumerate(groups, 1):
        starts_on = today + timedelta(days=7 * weeks - today.weekday())
        draft = OccasionDraft(
            activity_id=activity.id, name=f"Grupp {number}, start {starts_on.day}/{starts_on.month}",
            provider_id=provider.organisation_id, starts_on=starts_on,
            ends_on=starts_on + timedelta(weeks=data.weeks or 26) - timedelta(days=3), hours_a_week=hours,
            place_name=catalogue.PLACES[number % len(catalogue.PLACES)][0], district=catalogue.PLACES[number % len(catalogue.PLACES)][1],
            languages=("sv",), accessible=("step_free", "interpreter"),
        )  # fmt: skip
        made = place_coordination.add_occasion(by=by, draft=draft, places=many, at=when)
        occasions.plan_weekly(
            by=by, occasion_id=made, weekdays=weekdays, starts=time(hour), ends=time(hour + 3), at=when
        )
        role = (
            data.decided_by
            if data.decided_by in ("employment_officer", "labour_market_secretary")
            else "employment_officer"
        )
        for at in range(only):
            _joins(role, activity.id, made, when + timedelta(days=1 + 2 * at, hours=number))


def _joins(role: str, activity_id: UUID, occasion_id: UUID, when: datetime) -> None:
    """Somebody who can only come to that group, put in the queue by an officer of the first teams who may."""
    for team in arranged.MALMOKRAFTEN.teams[:2]:
        for name in team.core:
            by = partners.acting_with_people(name)
            if by.role != role:
                continue
            with transactions.read(by):
                known = [row.person_id for row in boards.caseload(by, when.date()) if row.exited_on is None]
            for person_id in reversed(known):  # the queues were filled from anywhere
                with contextlib.suppress(Refused):  # stands in it already
                    queues.join(
                        by=by, person_id=person_id, activity_id=activity_id, occasion_id=occasion_id, at=when,
                        needed_date=when.date() - timedelta(days=8),
                    )  # fmt: skip
                    return
