"""What is undertaken in the demo: goals from council to project, the initiatives, their parties and promised staff.

All of it as the city's and the project's own documents tell it. Nothing here is invented.
"""

from datetime import datetime
from uuid import UUID

from samkraft.initiatives.actions import goals, promises, undertakings
from samkraft.initiatives.queries import codes
from samkraft.initiatives.rules.goals import GoalKind
from samkraft.operations.world import undertaken
from samkraft.operations.world.cast import acting, fund_officer, moment
from samkraft.operations.world.staff import email_of
from samkraft.partners.queries import organisations
from samkraft.partners.rules.roles import Role
from samkraft.values.context import Context

WHAT = "mål och insatser"
AT = moment(2024, 1, 10)


def is_loaded() -> bool:
    """Whether the last of it is there."""
    return undertaken.INITIATIVES[-1].code in codes.initiatives()


def load() -> None:
    """The council's and the agreements' goals by the city office, the project's own by its leader."""
    bodies = organisations.ids()
    office, leader = fund_officer(), project_leader()
    known = codes.goals()
    for position, goal in enumerate(undertaken.GOALS):
        if goal.code in known:
            continue
        own = goal.kind in {GoalKind.INITIATIVE, GoalKind.ACTIVITY}
        known[goal.code] = goals.add(
            by=leader if own else office,
            at=AT,
            code=goal.code,
            kind=goal.kind,
            text=goal.text,
            owner_id=bodies[goal.owner],
            parent_id=known[goal.parent] if goal.parent else None,
            source=goal.source,
            position=position,
        )
    there = codes.initiatives()
    for one in undertaken.INITIATIVES:
        if one.code not in there:
            _undertake(leader if one.owner == "af" else office, one, bodies, known)


def undertake(one: undertaken.Undertaking, *, at: datetime) -> None:
    """Register one more initiative, by the city office."""
    _undertake(fund_officer(), one, organisations.ids(), codes.goals(), at)


def project_leader() -> Context:
    """Kristina Holm, who leads the project for its owner."""
    return acting(email_of("Kristina Holm"), Role.MAIN_PROJECT_LEADER)


def _undertake(
    by: Context, one: undertaken.Undertaking, bodies: dict[str, UUID], known: dict[str, UUID], at: datetime = AT
) -> None:
    initiative_id = undertakings.add(
        by=by,
        at=at,
        code=one.code,
        name=one.name,
        aim=one.aim,
        owner_id=bodies[one.owner],
        stage=one.stage,
        start_date=one.start_date,
        last_day=one.last_day,
        target_groups=one.target_groups,
        goal_ids=[known[code] for code in one.goals],
        source=one.source,
    )
    for body, part in one.partners:
        undertakings.add_partner(by=by, at=at, initiative_id=initiative_id, organisation_id=bodies[body], part=part)
    for promise in one.staff:
        promises.promise_staff(
            by=by,
            at=at,
            initiative_id=initiative_id,
            employer_id=bodies[promise.employer],
            role=promise.role,
            title=promise.title,
            heads=promise.heads,
            months=promise.months,
            source=undertaken.APPLICATION,
        )
