"""What a meeting decides, under a number of its own; and the adjusting that lets it bind."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db.models import Max
from django.utils import timezone

from samkraft.audit.actions import trail, transactions
from samkraft.initiatives.actions import activity_plans, duties, handbooks, leading, meetings, presences
from samkraft.initiatives.models import AgendaPoint, Initiative, Resolution, ResolutionTask
from samkraft.initiatives.queries import meetings as asked_meetings
from samkraft.initiatives.queries import resolutions as queries
from samkraft.initiatives.queries.meetings import MeetingPage, PointRow
from samkraft.initiatives.queries.resolutions import ResolutionRow
from samkraft.initiatives.rules import capacities
from samkraft.initiatives.rules import meetings as rules
from samkraft.initiatives.rules.capacities import Asked
from samkraft.initiatives.rules.meetings import BINDING, YES, About, MeetingEventKind, Outcome, Task
from samkraft.initiatives.rules.seats import Aside
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.values.context import Context
from samkraft.values.period import day_in_stockholm
from samkraft.values.refusal import Refused


def decide(
    *,
    by: Context,
    at: datetime | None = None,
    point_id: UUID,
    outcome: Outcome,
    text: str,
    tasks: Sequence[Task] = (),
    ordered: Asked | None = None,
    holds_from: date | None = None,
    aside: Sequence[Aside] = (),
) -> UUID:
    """Register what a meeting did with a point, and return the decision's id. It binds once the minutes are adjusted.

    ordered: another change of capacity than was proposed. holds_from: from when a version of the handbook holds.
    aside: those who took no part because of a conflict of interest, each with the reason.
    Raises Refused before the meeting, after its minutes, without words, when the body does not decide on such things, and
    when what would be bound is not ready.
    """
    now = at or timezone.now()
    with transactions.write(by):
        access.require(by, Permission.MANAGE_STEERING)
        page = meetings.locked_within(AgendaPoint.objects.get(id=point_id).meeting_id, now)
        leading.lock_within(by, page.row.board.initiative_id)
        point = asked_meetings.point(point_id)
        decided = day_in_stockholm(page.row.starts_at)
        if reason := rules.why_not_decide(page.row.state):
            raise Refused(reason, when=decided.isoformat())
        if point.resolution is not None:
            raise Refused(rules.DECIDED_ALREADY, number=point.resolution.number)
        if not text.strip():
            raise Refused(rules.NO_TEXT)
        _refuse_tasks(tasks, decided)
        bound = _bound(page, point, outcome, ordered, holds_from or decided, decided)
        row = Resolution.objects.create(
            point_id=point_id, board_id=page.row.board.id, year=decided.year,
            number=_next_number(page.row.board.id, decided.year), outcome=outcome.value, text=text.strip(),
            aside=presences.as_json_within(page, aside), decided_date=decided, registered_at=now,
            registered_by=by.actor_name, **bound,
        )  # fmt: skip
        ResolutionTask.objects.bulk_create(
            ResolutionTask(resolution=row, title=task.title.strip(), owner_id=task.body_id, due_date=task.due_date)
            for task in tasks
        )
        trail.record(
            by=by, at=at, action="resolution.decide", subject_kind="initiatives.resolution", subject_id=row.id,
            subject_name=point.title, number=queries.number_of(row), outcome=outcome.value, about=point.about.value,
            tasks=len(tasks), aside=len(aside),
        )  # fmt: skip
        return row.id


def adjust(*, by: Context, at: datetime | None = None, meeting_id: UUID) -> None:
    """Adjust the minutes: what was decided binds from now on, and what shall be done comes into the year wheel.

    Raises Refused for whoever wrote them, for whoever has no place in the body, and when there are none to adjust.
    """
    now = at or timezone.now()
    with transactions.write(by):
        page = meetings.require_adjuster_within(by, meeting_id, now)
        meetings.add_event_within(by, now, page, MeetingEventKind.ADJUSTED)
        initiative = Initiative.objects.get(id=page.row.board.initiative_id)
        for resolution in queries.of_meeting(meeting_id):
            _bind(by, now, initiative, resolution)


def _refuse_tasks(tasks: Sequence[Task], decided: date) -> None:
    for task in tasks:
        if not task.title.strip():
            raise Refused(rules.TASK_INCOMPLETE, title="–")
        if task.due_date < decided:
            raise Refused(rules.TASK_IN_THE_PAST, title=task.title.strip(), day=task.due_date.isoformat())


def _bound(
    page: MeetingPage, point: PointRow, outcome: Outcome, ordered: Asked | None, holds_from: date, decided: date
) -> dict[str, object]:
    """What the decision says of what it binds. Refuses a body that does not decide on it, and what is not ready."""
    if outcome not in YES or point.about not in BINDING:
        return {}
    if not page.row.board.decides:
        raise Refused(rules.MAY_NOT_BIND, board=page.row.board.name)
    if point.about is About.CAPACITY:
        change = ordered or point.asked
        if change is None:
            raise Refused(rules.NOTHING_TO_BIND)
        if refused := capacities.why_not(change):
            raise refused
        return {"ordered": capacities.as_json(change)}
    if point.about is About.HANDBOOK:
        if not point.about_id:
            raise Refused(rules.NOTHING_TO_BIND)
        handbooks.refuse_too_early_within(version_id=UUID(point.about_id), holds_from=holds_from, decided=decided)
        return {"holds_from": holds_from}
    return {"digest": activity_plans.require_ready_within(page.row.board.initiative_id)}


def _bind(by: Context, now: datetime, initiative: Initiative, resolution: ResolutionRow) -> None:
    for task in resolution.tasks:
        duties.plan_within(
            by=by, at=now, title=task.title, body_id=task.owner_id, due_date=task.due_date, binding=True,
            basis=f"{resolution.board.name}, {resolution.number}", link=f"/laget/{initiative.code}/beslut/{resolution.id}/",
            source_key=f"resolution:{resolution.id}:{task.id}", initiative_id=initiative.id,
        )  # fmt: skip
    is_yes = resolution.outcome in YES
    if resolution.about is About.HANDBOOK and resolution.about_id and resolution.board.decides:
        if is_yes:
            assert resolution.holds_from is not None
            handbooks.decide_within(
                by=by, at=now, version_id=UUID(resolution.about_id), resolution_id=resolution.id,
                holds_from=resolution.holds_from,
            )  # fmt: skip
        else:
            handbooks.return_within(by=by, at=now, version_id=UUID(resolution.about_id))
    if resolution.about is About.ACTIVITY_PLAN and is_yes:
        activity_plans.decide_within(by=by, at=now, initiative_id=initiative.id, resolution_id=resolution.id)


def _next_number(board_id: UUID, year: int) -> int:
    latest = Resolution.objects.filter(board_id=board_id, year=year).aggregate(Max("number"))["number__max"]
    return (latest or 0) + 1
