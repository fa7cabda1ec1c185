"""How a person leaves, whether the promised start was kept, and the follow-ups that come with the exit.

The enrolment itself is ended by the database, when the area that enrolled writes the exit or is given it: so also where the
process lead sits in another area, and never before the own area knows of it.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from samkraft.audit.actions import transactions
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.people.actions import at_hand
from samkraft.people.rules import contents, exits
from samkraft.people.rules.contents.choices import FollowUpState
from samkraft.people.rules.held import newest
from samkraft.people.rules.states import Kind
from samkraft.values.context import Context
from samkraft.values.refusal import Refused


def leave(*, by: Context, person_id: UUID, left: Mapping[str, Any], at: datetime | None = None) -> UUID:
    """Let the person leave with an outcome; the initiative's follow-ups are planned at once. Returns the lineage.

    Work or studies may begin within the initiative's number of days; then somebody looks whether it did. Raises Refused
    for a day before the enrolment, a start too far ahead, or who has left already.
    """
    access.require(by, Permission.EXIT)
    with transactions.write(by):
        case = at_hand.open_within(by=by, person_id=person_id, at=at)
        if case.started_on is None:
            raise Refused(at_hand.NOT_TAKING_PART)
        content = contents.read("exit", {**left, "promise_kept": None}, case.today)
        rules = case.rules.rules if case.rules else None
        refused = exits.why_not_exit(
            content,
            started_on=case.started_on,
            exited_on=case.exited_on,
            promise_days=rules.promise_days if rules else None,
        )
        if refused:
            raise Refused(refused[0], **refused[1])
        at_hand.require_move(case, Kind.ENROLMENT, "enrolled", "exited", reason=content.outcome)
        written = at_hand.write_within(case, "exit.made", "exit", contents.write(content))
        for planned in exits.follow_ups_of(content, rules.follow_up_months if rules else ()):
            at_hand.write_within(case, "follow_up.planned", "follow_up", contents.write(planned))
        return written.lineage


def look_at_promise(*, by: Context, person_id: UUID, kept: bool, reason: str = "", at: datetime | None = None) -> None:
    """Note whether work or studies began as promised. If not, the person is back in place without a new referral."""
    access.require(by, Permission.EXIT)
    with transactions.write(by):
        case = at_hand.open_within(by=by, person_id=person_id, at=at)
        found = exits.left(case.held)
        if refused := exits.why_not_look(found, case.today):
            raise Refused(refused[0], **refused[1])
        assert found is not None
        if not kept:
            at_hand.require_move(case, Kind.ENROLMENT, "exited", "enrolled", reason=reason)
        content = {**found.held.content, "promise_kept": kept}
        if reason.strip():
            content["note"] = reason
        action = "exit.promise_kept" if kept else "exit.back_in_place"
        is_own = found.held.author_area_id == by.area_id
        at_hand.write_within(
            case,
            action,
            "exit",
            content,
            lineage=found.held.lineage if is_own else None,
            based_on=found.held.version if is_own else None,
        )


def answer_follow_up(
    *,
    by: Context,
    person_id: UUID,
    lineage: UUID,
    state: str,
    situation: str | None = None,
    done_on: date | None = None,
    at: datetime | None = None,
) -> None:
    """Note what a planned follow-up came to: what the person does now, or that the person was not reached.

    Raises Refused before the exit, and for what was done longer before the planned day than `exits.follow_up_from` says.
    """
    access.require(by, Permission.FOLLOW_UP)
    with transactions.write(by):
        case = at_hand.open_within(by=by, person_id=person_id, at=at)
        planned = next((one for one in exits.follow_ups(case.held) if one.held.lineage == lineage), None)
        held = at_hand.newest_of(case, lineage, "follow_up")
        left = newest(case.held, "exit")
        if planned is None or left is None:
            raise Refused(exits.NOT_EXITED)
        at_hand.require_move(case, Kind.FOLLOW_UP, planned.state, state)
        day = done_on or case.today if state == FollowUpState.DONE else done_on
        said = {
            **held.content,
            "state": state,
            "situation": situation,
            "done_on": day.isoformat() if day else None,
        }
        content = contents.read("follow_up", said, case.today)
        if refused := exits.why_not_follow_up(content, contents.read("exit", left.content).left_on, case.today):
            raise Refused(refused[0], **refused[1])
        if held.author_area_id == by.area_id:
            at_hand.write_within(case, "follow_up.answered", "follow_up", said, lineage=lineage, based_on=held.version)
        else:
            at_hand.write_within(case, "follow_up.answered", "follow_up", {**said, "answers": str(lineage)})
