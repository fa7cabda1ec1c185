"""What a joint meeting has to take up: everything that is open, in the order in which it presses."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from samkraft.people.rules import contents, phases, plan_versions, plans, threads
from samkraft.people.rules.contents.choices import Closing, MeetingState, Purpose, StepKind, StepState
from samkraft.people.rules.contents.meetings import Meeting, Minutes
from samkraft.people.rules.held import Held, latest
from samkraft.people.rules.plans import Plan, StepItem
from samkraft.values.wording import phrase

ACTIVITIES = frozenset({StepKind.WORKPLACE, StepKind.EDUCATION, StepKind.REHABILITATING})


class Why(StrEnum):
    """Why something is on the agenda."""

    MOVED_HERE = "moved_here"
    OVERDUE = "overdue"
    WAITING = "waiting"
    MORE_TIME = "more_time"
    UNANSWERED = "unanswered"
    BEFORE_ACTIVITY = "before_activity"
    AFTER_ACTIVITY = "after_activity"
    CHANGED_PLAN = "changed_plan"
    NO_GOAL = "no_goal"
    NO_STEP = "no_step"


NAMES = {
    Why.MOVED_HERE: phrase("Flyttat hit från förra mötet"),
    Why.OVERDUE: phrase("Skulle ha varit klart"),
    Why.WAITING: phrase("Väntar"),
    Why.MORE_TIME: phrase("Begäran om mer tid"),
    Why.UNANSWERED: phrase("Deltagaren väntar på svar"),
    Why.BEFORE_ACTIVITY: phrase("Samtal före aktiviteten"),
    Why.AFTER_ACTIVITY: phrase("Samtal efter aktiviteten"),
    Why.CHANGED_PLAN: phrase("Planen har ändrats sedan den godkändes"),
    Why.NO_GOAL: phrase("Det finns inget mål"),
    Why.NO_STEP: phrase("Det finns inget nästa steg"),
}


@dataclass(frozen=True, slots=True)
class Point:
    """One point: why it is there, and what it is about: a thing's lineage and its own words, when there are any."""

    why: Why
    about: UUID | None
    text: str


def agenda(contributions: Sequence[Held], today: date) -> tuple[Point, ...]:
    """What is open, as the area that holds these contributions may know it."""
    plan = plans.fold(contributions)
    points = [*_moved(contributions)]
    points += [Point(Why.OVERDUE, one.held.lineage, one.content.title) for one in plan.steps if one.is_overdue(today)]
    points += [Point(Why.WAITING, one.step.held.lineage, one.what) for one in plan.waiting]
    points += [
        Point(Why.MORE_TIME, one.held.lineage, one.content.reason)
        for one in phases.prolongations(contributions)
        if one.is_open
    ]
    points += [
        Point(Why.UNANSWERED, one.held.lineage, one.content.text)
        for one in threads.fold(contributions).lines
        if not one.is_answered and one.content.from_participant
    ]
    points += meetings_missing(contributions)
    return (*points, *_of_plan(plan))


def meetings_missing(contributions: Sequence[Held]) -> list[Point]:
    """Activities without the talk before them or after them. What has not begun and has no day waits with its talk."""
    meetings = [contents.read("meeting", held.content) for held in latest(contributions, "meeting")]
    points = []
    for step in plans.fold(contributions).steps:
        if step.content.step_kind not in ACTIVITIES:
            continue
        begins = step.content.state is StepState.ONGOING or (step.is_open and step.content.from_date is not None)
        if begins and not _is_met(meetings, step, Purpose.BEFORE_ACTIVITY):
            points.append(Point(Why.BEFORE_ACTIVITY, step.held.lineage, step.content.title))
        if step.content.state is StepState.DONE and not _is_met(meetings, step, Purpose.AFTER_ACTIVITY):
            points.append(Point(Why.AFTER_ACTIVITY, step.held.lineage, step.content.title))
    return points


def _is_met(meetings: Sequence[Meeting], step: StepItem, purpose: Purpose) -> bool:
    return any(
        one.about == step.held.lineage and one.purpose is purpose and one.state is not MeetingState.CANCELLED
        for one in meetings
    )


def _moved(contributions: Sequence[Held]) -> list[Point]:
    found = latest(contributions, "minutes")
    if not found:
        return []
    last: Minutes = contents.read("minutes", found[-1].content)
    return [Point(Why.MOVED_HERE, None, one.about) for one in last.points if one.closed_as is Closing.MOVED]


def _of_plan(plan: Plan) -> list[Point]:
    points = []
    if not plan.goals:
        points.append(Point(Why.NO_GOAL, None, ""))
    if plan.goals and plan.next_step is None:
        points.append(Point(Why.NO_STEP, None, ""))
    if plan.current is not None and plan_versions.is_changed(plan):
        points.append(Point(Why.CHANGED_PLAN, None, ""))
    return points
