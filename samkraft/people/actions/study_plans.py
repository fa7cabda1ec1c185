"""The study counsellor's part: study plans made with participants; and the highest education, which whoever assesses notes."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from samkraft.audit.actions import transactions
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.people.actions import at_hand
from samkraft.people.rules import states
from samkraft.people.rules.contents.studying import StudyPlanState
from samkraft.people.rules.held import latest
from samkraft.people.rules.states import NEW, Kind
from samkraft.values.context import Context
from samkraft.values.refusal import Refused


def make(*, by: Context, person_id: UUID, plan: Mapping[str, Any], at: datetime | None = None) -> UUID:
    """Write a study plan, as a proposal or as agreed with the participant, who has to take part. Returns its lineage."""
    access.require(by, Permission.MAKE_STUDY_PLANS)
    with transactions.write(by):
        case = at_hand.open_within(by=by, person_id=person_id, at=at)
        at_hand.require_taking_part(case)
        at_hand.require_move(case, Kind.STUDY_PLAN, NEW, str(plan.get("state", "")))
        return at_hand.write_within(case, "study_plan.made", "study_plan", plan).lineage


def change(
    *, by: Context, person_id: UUID, lineage: UUID, plan: Mapping[str, Any], based_on: int, at: datetime | None = None
) -> int:
    """Change an own study plan; what stood before stays in its history. A proposal may become agreed by it.

    Raises Refused when it has changed since `based_on`, when it has ended, and for what `end` does.
    """
    access.require(by, Permission.MAKE_STUDY_PLANS)
    with transactions.write(by):
        case = at_hand.open_within(by=by, person_id=person_id, at=at)
        held = at_hand.own(case, lineage, "study_plan")
        before, after = states.state_of(Kind.STUDY_PLAN, held.content), str(plan.get("state", ""))
        if after == StudyPlanState.ENDED:
            raise Refused(states.NO_SUCH_MOVE, **states.told(Kind.STUDY_PLAN, before, after))
        at_hand.require_move(case, Kind.STUDY_PLAN, before, after, may_stay=before == after)
        return at_hand.write_within(
            case, "study_plan.changed", "study_plan", plan, lineage=lineage, based_on=based_on
        ).version


def end(
    *, by: Context, person_id: UUID, lineage: UUID, ended_on: date, result: str, at: datetime | None = None
) -> None:
    """End an own study plan: the studies have begun, or it holds no longer. `result` says how it went."""
    access.require(by, Permission.MAKE_STUDY_PLANS)
    with transactions.write(by):
        case = at_hand.open_within(by=by, person_id=person_id, at=at)
        held = at_hand.own(case, lineage, "study_plan")
        before = states.state_of(Kind.STUDY_PLAN, held.content)
        at_hand.require_move(case, Kind.STUDY_PLAN, before, StudyPlanState.ENDED, reason=result)
        content = {**held.content, "state": StudyPlanState.ENDED, "ended_on": ended_on.isoformat(), "result": result}
        at_hand.write_within(case, "study_plan.ended", "study_plan", content, lineage=lineage, based_on=held.version)


def note_education(*, by: Context, person_id: UUID, education: Mapping[str, Any], at: datetime | None = None) -> UUID:
    """Note the highest education with its source; again, it replaces what the own area noted. Returns its lineage."""
    access.require(by, Permission.ASSESS)
    with transactions.write(by):
        case = at_hand.open_within(by=by, person_id=person_id, at=at)
        own = [held for held in latest(case.everything, "education_level") if held.author_area_id == by.area_id]
        known = own[-1] if own else None
        return at_hand.write_within(
            case, "education.noted", "education_level", education, of_person=True,
            lineage=known.lineage if known else None, based_on=known.version if known else None,
        ).lineage  # fmt: skip
