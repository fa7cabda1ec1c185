"""Closes the demo's months, one after the other, as the project administrator would have: up to the one before last.

One month had to be corrected, and one has been changed since it was closed. Staff have written their hours.
"""

import contextlib
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from django.utils import timezone

from samkraft.audit.actions import seals, transactions
from samkraft.initiatives.queries import codes
from samkraft.operations.database import time_travel
from samkraft.operations.world import arranged, partners, staff
from samkraft.partners.rules.roles import Role
from samkraft.people.actions.months import months, staff_hours, time_reports
from samkraft.people.queries.months import months as asked
from samkraft.people.rules.months import months as rules
from samkraft.values.context import Context
from samkraft.values.period import STOCKHOLM, day_in_stockholm
from samkraft.values.refusal import Refused

WHAT = "stängda månader"
CLOSER, LEADER = "Mats Björk", "Kristina Holm"
PROJECT_NUMBER = "2019/00000 (påhittat)"
WHY_LEFT = "Några rapporter kommer efter. De tas med i en rättelse."
CHANGED_BACK, CORRECTED_BACK = 3, 6  # months before the one that goes on
MONTHS_OF_HOURS = 3


def is_loaded() -> bool:
    """Whether some month is closed."""
    by = partners.acting(CLOSER, Role.PROJECT_ADMINISTRATOR)
    with transactions.read(by):
        return bool(asked.closings(by, _initiative()))


def load() -> None:
    """All of it, up to today."""
    with time_travel.allowed("påhittade månader stängs"):
        by = partners.acting(CLOSER, Role.PROJECT_ADMINISTRATOR)
        now = timezone.now().astimezone(STOCKHOLM)
        _close(by, now)
        _change(by, now)
        _hours(now)
    seals.seal()


def _initiative() -> UUID:
    return codes.initiatives()[arranged.MALMOKRAFTEN.undertaking.code]


def _close(by: Context, now: datetime) -> None:
    this, key = rules.of_day(day_in_stockholm(now)), _initiative()
    with transactions.read(by):
        first = asked.first_month(by, key)
    if first is None:
        return
    months.settle(
        by=by, initiative_id=key, project_number=PROJECT_NUMBER, protected_woman="Tf29", protected_man="",
        at=_day(first, 20),
    )  # fmt: skip
    for month in rules.between(first, rules.step(this, -2)):
        at = _day(rules.step(month, 1), 9)
        closing = months.close(by=by, initiative_id=key, month=month, why=WHY_LEFT, at=at)
        for number, kind in enumerate(("scb", "esf"), 1):
            months.note_file(by=by, closing_id=closing, kind=kind, at=at + timedelta(minutes=12 * number))
    corrected = rules.step(this, -CORRECTED_BACK)
    if corrected > first and _rewrite(by, corrected, _day(rules.step(corrected, 2), 4)):
        at = _day(rules.step(corrected, 2), 5)
        months.close(by=by, initiative_id=key, month=corrected, why="En blankett hade räknats ihop fel.", at=at)
        with transactions.read(by):
            newest = asked.newest(asked.closings(by, key))
        for number, month in enumerate(rules.between(corrected, rules.step(this, -2))):
            later = max(at, newest[month].closed_at) + timedelta(minutes=40 + number)
            months.note_file(by=by, closing_id=newest[month].id, kind="scb", at=min(later, now))


def _change(by: Context, now: datetime) -> None:
    """Some days ago somebody handed in a corrected form for a month that is closed."""
    _rewrite(by, rules.step(rules.of_day(day_in_stockholm(now)), -CHANGED_BACK), now - timedelta(days=2))


def _rewrite(by: Context, month: str, at: datetime) -> bool:
    """Other hours for the first whose report can be rewritten; whether there was one."""
    with transactions.read(by):
        lines = asked.lines(by, _initiative(), month, now=at, with_sessions=False)
    for line in lines:
        if line.report is not None and line.ended_on is None and line.report.hours > 12:
            with contextlib.suppress(Refused):  # another authority leads the person: the next is tried
                hours = line.report.hours - 6
                time_reports.record(by=by, person_id=line.person_id, month=month, hours=hours, at=at)
                return True
    return False


def _hours(now: datetime) -> None:
    """The last months' hours of those in the project: most are attested, some have not written last month's yet."""
    draw = Random("staff hours")  # noqa: S311 - no secrets
    this, key = rules.of_day(day_in_stockholm(now)), _initiative()
    leader = partners.acting(LEADER, Role.MAIN_PROJECT_LEADER)
    for month in rules.between(rules.step(this, -MONTHS_OF_HOURS), rules.step(this, -1)):
        is_last = month == rules.step(this, -1)
        for one in staff.PROJECT:
            full = one.role not in (Role.CARE_COORDINATOR, Role.STUDY_COUNSELLOR)
            hours = f"{draw.randint(118, 158) if full else draw.randint(50, 90)},{draw.choice(('0', '25', '5', '75'))}"
            if is_last and draw.random() < 0.3:
                continue
            at = min(_day(rules.step(month, 1), draw.randint(2, 7)), now)
            said = staff_hours.report(
                by=partners.acting(one.name, one.role), initiative_id=key, month=month, hours=hours, at=at
            )
            if one.name != LEADER and not (is_last and draw.random() < 0.5):
                staff_hours.attest(by=leader, hours_id=said, at=min(at + timedelta(days=2), now))


def _day(month: str, day: int) -> datetime:
    return datetime(int(month[:4]), int(month[5:]), day, 9, 30, tzinfo=STOCKHOLM)
