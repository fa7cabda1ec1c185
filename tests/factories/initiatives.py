"""Duties, goals and initiatives for tests, built through the actions."""

import itertools
from datetime import date, datetime
from uuid import UUID

from samkraft.initiatives.actions import duties, goals, undertakings
from samkraft.initiatives.rules.goals import GoalKind
from samkraft.initiatives.rules.undertakings import Stage
from samkraft.partners.rules.roles import Role
from samkraft.values.context import Context
from samkraft.values.period import STOCKHOLM
from tests.factories import partners

_numbers = itertools.count(1)


def moment(year: int, month: int, day: int, hour: int = 10) -> datetime:
    """An hour of a day in Sweden."""
    return datetime(year, month, day, hour, tzinfo=STOCKHOLM)


def duty(by: Context | None = None, *, body: str = "gvn", due_date: date = date(2024, 3, 31), **more: object) -> UUID:
    """A duty of one body."""
    settled: dict[str, object] = {
        "title": "Lämna årsanalys",
        "binding": True,
        "source_key": f"test:{next(_numbers)}",
        **more,
    }
    return duties.plan(
        by=by or partners.by(Role.FUND_OFFICER),
        body_id=partners.organisation(body),
        due_date=due_date,
        **settled,  # type: ignore[arg-type]  # a test names fields as the action does
    )


def goal(
    by: Context, code: str, *, parent_id: UUID | None = None, kind: GoalKind | None = None, text: str = ""
) -> UUID:
    """A goal; a project's own when it stands under another."""
    return goals.add(
        by=by,
        code=code,
        kind=kind or (GoalKind.INITIATIVE if parent_id else GoalKind.COUNCIL),
        text=text or f"Målet {code}",
        owner_id=partners.organisation("asn"),
        parent_id=parent_id,
    )


def initiative(by: Context, code: str = "insats", *, owner_id: UUID | None = None, **more: object) -> UUID:
    """An initiative."""
    settled: dict[str, object] = {"name": f"Insatsen {code}", "aim": "Fler i arbete", "stage": Stage.RUNNING, **more}
    return undertakings.add(
        by=by,
        code=code,
        owner_id=owner_id or partners.organisation("asn"),
        **settled,  # type: ignore[arg-type]  # a test names fields as the action does
    )
