"""Meetings with several bodies, minutes that become plan changes in one go, and contacts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from samkraft.audit.actions import transactions
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.people.actions import at_hand, plans
from samkraft.people.actions.at_hand import Case
from samkraft.people.rules import contents, meetings, states
from samkraft.people.rules.contents.choices import MeetingState
from samkraft.people.rules.held import latest
from samkraft.people.rules.states import Kind
from samkraft.values.context import Context
from samkraft.values.period import day_in_stockholm
from samkraft.values.refusal import Refused


@dataclass(frozen=True, slots=True)
class PlanChange:
    """A change that a meeting decided: a new thing (`lineage` None), or a new version of an own one."""

    kind: str
    content: Mapping[str, Any]
    lineage: UUID | None = None
    based_on: int | None = None
    category: str | None = None
    voice: str = "staff"


def book(*, by: Context, person_id: UUID, meeting: Mapping[str, Any], at: datetime | None = None) -> UUID:
    """Book a meeting and return its lineage. Known to all who know of the enrolment: time, place, purpose, no more.

    Raises Refused when the own area has booked the very same meeting already.
    """
    access.require(by, Permission.WRITE_PLAN)
    with transactions.write(by):
        case = at_hand.open_within(by=by, person_id=person_id, at=at)
        started_on = at_hand.require_taking_part(case)
        content = {**meeting, "state": MeetingState.BOOKED.value}
        read = contents.read("meeting", content, case.today)
        at_hand.require_move(case, Kind.MEETING, states.NEW, read.state)
        if day_in_stockholm(read.starts_at) < started_on:
            raise Refused(meetings.BEFORE_START, start=started_on.isoformat())
        booked = [held for held in latest(case.held, "meeting") if held.author_area_id == by.area_id]
        if any(meetings.is_same(contents.read("meeting", held.content), read) for held in booked):
            raise Refused(meetings.BOOKED_ALREADY)
        return at_hand.write_within(case, "meeting.booked", "meeting", content).lineage


def hold(
    *,
    by: Context,
    person_id: UUID,
    lineage: UUID,
    based_on: int,
    points: Sequence[Mapping[str, Any]] = (),
    changes: Sequence[PlanChange] = (),
    at: datetime | None = None,
) -> UUID | None:
    """Say that a meeting was held, with its minutes and the plan changes that it decided: all of it or nothing.

    Returns the lineage of the minutes; None when nothing was written down. Raises Refused when the meeting lies ahead, when
    another area booked it, or for a change that may not be made.
    """
    access.require(by, Permission.WRITE_PLAN)
    with transactions.write(by):
        case = at_hand.open_within(by=by, person_id=person_id, at=at)
        at_hand.require_taking_part(case)
        content = _become_within(case, lineage, based_on, MeetingState.HELD)
        if content.starts_at > case.at:
            raise Refused(meetings.NOT_HELD_YET)
        minutes = None
        if points:
            said = {"meeting": str(lineage), "points": [dict(point) for point in points]}
            minutes = at_hand.write_within(case, "meeting.minutes_written", "minutes", said).lineage
        _change_plan_all_within(case, changes)
        return minutes


def cancel(*, by: Context, person_id: UUID, lineage: UUID, based_on: int, at: datetime | None = None) -> None:
    """Cancel a booked meeting."""
    access.require(by, Permission.WRITE_PLAN)
    with transactions.write(by):
        case = at_hand.open_within(by=by, person_id=person_id, at=at)
        _become_within(case, lineage, based_on, MeetingState.CANCELLED)


def note_contact(*, by: Context, person_id: UUID, contact: Mapping[str, Any], at: datetime | None = None) -> UUID:
    """Note that there was contact, how and on which day; never what was said."""
    access.require(by, Permission.WRITE_PLAN)
    with transactions.write(by):
        case = at_hand.open_within(by=by, person_id=person_id, at=at)
        return at_hand.write_within(case, "contact.noted", "contact_made", contact).lineage


def _become_within(case: Case, lineage: UUID, based_on: int, to: MeetingState) -> Any:
    """Inside a transaction: let a meeting be held or cancelled, and return what it said."""
    held = at_hand.newest_of(case, lineage, "meeting")
    is_own = held.author_area_id == case.by.area_id
    at_hand.require_move(case, Kind.MEETING, states.state_of(Kind.MEETING, held.content), to, is_own_part=is_own)
    content = {**held.content, "state": to.value}
    at_hand.write_within(case, f"meeting.{to.value}", "meeting", content, lineage=lineage, based_on=based_on)
    return contents.read("meeting", content)


def _change_plan_all_within(case: Case, changes: Sequence[PlanChange]) -> None:
    """One after the other. A new step that leads nowhere else leads to the goal that was set just before it."""
    goal: UUID | None = None
    for change in changes:
        if change.lineage is not None:
            plans.change_within(case, change.lineage, change.content, change.based_on or 0)
            continue
        leads = {"goal": str(goal)} if goal and change.kind == "step" and change.category in (None, "plan") else {}
        added = plans.add_within(
            case, change.kind, leads | dict(change.content), category=change.category, voice=change.voice
        )
        if change.kind == "goal":  # what comes after it may point at it
            goal, case = added, at_hand.open_within(by=case.by, person_id=case.person_id, at=case.at)
