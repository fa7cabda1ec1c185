"""Jäv with somebody who takes over: whoever is close to a person loses the case, and the person is not left without."""

from datetime import datetime
from uuid import UUID

from samkraft.audit.actions import transactions
from samkraft.partners.queries import colleagues
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.people.actions import at_hand, cases, enrolments
from samkraft.people.actions.at_hand import Case
from samkraft.people.queries import case_staff
from samkraft.people.rules import contents, recusals
from samkraft.people.rules.held import newest
from samkraft.values.context import Context
from samkraft.values.refusal import Refused


def state(
    *,
    by: Context,
    person_id: UUID,
    user_id: UUID,
    ground: str,
    successor_id: UUID | None = None,
    at: datetime | None = None,
) -> None:
    """Take a member of staff of the own area off the case for jäv, and put `successor_id` on it, who leads if they led.

    Raises Refused when nobody in the own area would have the case, or nobody lead the process.
    """
    access.require(by, Permission.WORK_WITH_PEOPLE)
    recusals.require_ground(ground)
    with transactions.write(by):
        case = at_hand.open_within(by=by, person_id=person_id, at=at)
        staff = colleagues.meeting_people([by.area_id], on=case.today)
        theirs = {one.membership_id for one in staff if one.user_id == user_id}
        if successor_id in theirs:
            raise Refused(recusals.SAME_PERSON)
        lead = newest(case.held, "lead")
        leads = lead is not None and contents.read("lead", lead.content).membership_id in theirs
        if successor_id is not None:
            cases.assign_within(by=by, person_id=person_id, membership_id=successor_id, at=case.at)
            if leads:
                enrolments.name_lead_within(case, successor_id, case.today)
        elif leads or not _somebody_stays(case, theirs):
            raise Refused(recusals.NOBODY_AFTER)
        cases.recuse_within(by=by, person_id=person_id, user_id=user_id, ground=ground, at=case.at)


def _somebody_stays(case: Case, leaving: set[UUID]) -> bool:
    """Whether somebody else in the own area is on the case: by name, or as one of a team."""
    return any(one.membership_id not in leaving for one in case_staff.today(case.by, case.person_id, on=case.today))
