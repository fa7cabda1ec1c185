"""Time reports of participants: registered one or many at a time, and attested by somebody else.

Many at a time is one transaction for each person: one that is refused stops no other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from samkraft.audit.actions import transactions
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.people.actions import at_hand
from samkraft.people.actions.at_hand import Case
from samkraft.people.queries.months import months as asked
from samkraft.people.rules import contents, meetings, secrecy
from samkraft.people.rules.held import Held, latest
from samkraft.people.rules.months import month_reasons, months
from samkraft.people.rules.months.months import Report
from samkraft.values.context import Context
from samkraft.values.refusal import Refused


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a list: whose month, how many hours, how the report came."""

    person_id: UUID
    hours: int
    how: str = "paper"


@dataclass(frozen=True, slots=True)
class Entered:
    """How one row went. `refused` None: registered."""

    person_id: UUID
    refused: Refused | None = None


def record(
    *, by: Context, person_id: UUID, month: str, hours: int, how: str = "paper", at: datetime | None = None
) -> UUID:
    """Record the participant's time report of a month; again for the same month, it replaces what the own area recorded.

    Raises Refused for a month outside the enrolment or one that has not begun.
    """
    access.require(by, Permission.REPORT_TIME)
    with transactions.write(by):
        case = at_hand.open_within(by=by, person_id=person_id, at=at)
        content = {"month": month, "hours": hours, "how": how}
        case = _of_month(case, month)
        assert case.started_on is not None
        read = contents.read("time_report", content, case.today)
        if refused := meetings.why_not_report(read.month, case.started_on, case.exited_on, case.today):
            raise Refused(refused, month=read.month)
        own = [held for held in _of(case, "time_report", read.month) if held.author_area_id == by.area_id]
        known = own[-1] if own else None
        return at_hand.write_within(
            case,
            "time_report.recorded",
            "time_report",
            content,
            lineage=known.lineage if known else None,
            based_on=known.version if known else None,
        ).lineage


def record_many(*, by: Context, month: str, entries: Sequence[Entry], at: datetime | None = None) -> list[Entered]:
    """Record each in turn, and say how each went."""
    access.require(by, Permission.REPORT_TIME)
    return [_try(by, one, month, at) for one in entries]


def _try(by: Context, one: Entry, month: str, at: datetime | None) -> Entered:
    try:
        record(by=by, person_id=one.person_id, month=month, hours=one.hours, how=one.how, at=at)
    except Refused as refused:
        return Entered(one.person_id, refused)
    return Entered(one.person_id)


def attest(*, by: Context, person_id: UUID, month: str, hours: int, at: datetime | None = None) -> UUID:
    """Attest the hours that the attester has before the eyes. Raises Refused when they have changed, or are one's own."""
    access.require(by, Permission.REPORT_TIME)
    with transactions.write(by):
        case = _of_month(at_hand.open_within(by=by, person_id=person_id, at=at), month)
        report = _report(case, month)
        if report.hours != hours:
            raise Refused(month_reasons.REPORT_CHANGED, hours=report.hours)
        if report.by_membership_id == by.membership_id:
            raise Refused(month_reasons.NOT_ATTESTED_BY_ONESELF)
        own = [held for held in _of(case, "time_attest", month) if held.author_area_id == by.area_id]
        return at_hand.write_within(
            case, "time_report.attested", "time_attest", {"month": month, "hours": hours},
            lineage=own[-1].lineage if own else None, based_on=own[-1].version if own else None,
        ).lineage  # fmt: skip


def attest_many(
    *, by: Context, month: str, seen: Sequence[tuple[UUID, int]], at: datetime | None = None
) -> list[Entered]:
    """Attest each in turn; `seen` is each person with the hours that stood on the page."""
    access.require(by, Permission.REPORT_TIME)
    found = []
    for person_id, hours in seen:
        try:
            attest(by=by, person_id=person_id, month=month, hours=hours, at=at)
        except Refused as refused:
            found.append(Entered(person_id, refused))
        else:
            found.append(Entered(person_id))
    return found


def _of_month(case: Case, month: str) -> Case:
    """The same case, in the enrolment that the month lies in. Who has come back has more than one."""
    if case.started_on is None:
        raise Refused(at_hand.NOT_TAKING_PART)
    if not months.is_month(month) or month >= months.of_day(case.started_on):
        return case
    first, last = months.span(month)
    there = asked.enrolment_within(case.by, case.person_id, case.initiative_id, first, last)
    return case if there is None else at_hand.of_enrolment(case, *there)


def _of(case: Case, kind: str, month: str) -> list[Held]:
    return [held for held in latest(case.held, kind) if held.content["month"] == month]


def _report(case: Case, month: str) -> Report:
    report = months.report_of(_of(case, "time_report", month), [])
    if report is None:
        raise Refused(month_reasons.NO_REPORT, month=month) if case.held else Refused(secrecy.NOT_FOUND)
    return report
