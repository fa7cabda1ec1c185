"""The plan as lanes: weeks across, one lane for each authority whose steps the reader's area holds."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from samkraft.partners.queries.areas import AreaLabel
from samkraft.people.rules.contents.choices import StepState
from samkraft.people.rules.held import Held
from samkraft.people.rules.plans import Plan, StepItem, Waiting
from samkraft.values.period import STOCKHOLM

WEEKS = 12
_BEFORE = 1


@dataclass(frozen=True, slots=True)
class Week:
    """One column."""

    number: int
    monday: date
    is_now: bool


@dataclass(frozen=True, slots=True)
class Box:
    """One step in its lane: from which column, over how many, in which shape and words."""

    step: StepItem
    first: int
    span: int
    shape: str
    state: str
    note: str
    received: Held | None


@dataclass(frozen=True, slots=True)
class Lane:
    """One authority's steps: those in sight, and how many lie before, after or have no time."""

    area: AreaLabel | None
    boxes: tuple[Box, ...]
    before: int
    after: int
    untimed: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """The whole picture. `earlier` and `later` are the first Mondays of the neighbouring windows."""

    weeks: tuple[Week, ...]
    lanes: tuple[Lane, ...]
    earlier: date
    later: date
    is_moved: bool


def draw(plan: Plan, bodies: dict[UUID, AreaLabel], today: date, first: date | None = None) -> Picture:
    """Twelve weeks from the one before this, or from another Monday."""
    home = _monday(today) - timedelta(weeks=_BEFORE)
    start = _monday(first) if first else home
    weeks = tuple(
        Week(monday.isocalendar().week, monday, monday == _monday(today))
        for monday in (start + timedelta(weeks=number) for number in range(WEEKS))
    )
    waiting = {one.step.held.lineage: one for one in plan.waiting}
    lanes = tuple(_lane(lane.area_id, lane.steps, bodies, waiting, start, today) for lane in plan.lanes)
    return Picture(weeks, lanes, start - timedelta(weeks=WEEKS), start + timedelta(weeks=WEEKS), is_moved=start != home)


def _lane(
    area_id: UUID,
    steps: tuple[StepItem, ...],
    bodies: dict[UUID, AreaLabel],
    waiting: dict[UUID, Waiting],
    start: date,
    today: date,
) -> Lane:
    boxes, untimed, before, after = [], [], 0, 0
    for step in steps:
        window = _window(step, today)
        if window is None:
            untimed.append(_box(step, 1, 1, waiting, today))
            continue
        first, last = ((_monday(day) - start).days // 7 for day in window)
        if last < 0:
            before += 1
        elif first >= WEEKS:
            after += 1
        else:
            seen = max(first, 0)
            boxes.append(_box(step, seen + 1, min(last, WEEKS - 1) - seen + 1, waiting, today))
    boxes.sort(key=lambda box: (box.first, -box.span, str(box.step.held.lineage)))
    return Lane(bodies.get(area_id), tuple(boxes), before, after, tuple(untimed))


def _window(step: StepItem, today: date) -> tuple[date, date] | None:
    """The step's weeks; one that only has a last day, or only waits, is drawn where that is.

    What should have been done but is not goes on until today: it does not slip out of sight. What is done or dropped
    ends when that was said, whatever was planned.
    """
    content = step.content
    days = [day for day in (content.from_date, content.waiting_since, content.to_date, content.due_date) if day]
    if days and step.is_open and (step.is_overdue(today) or content.state is not StepState.PLANNED):
        days.append(today)
    if not step.is_open:
        ended = step.held.occurred_at.astimezone(STOCKHOLM).date()
        days = [min(day, ended) for day in days] or [ended]
    return (min(days), max(days)) if days else None


def _box(step: StepItem, first: int, span: int, waiting: dict[UUID, Waiting], today: date) -> Box:
    shape, state = shape_of(step, today)
    waits = waiting.get(step.held.lineage)
    return Box(step, first, span, shape, state, _note(step, waits, today), step.held if step.held.received else None)


def shape_of(step: StepItem, today: date) -> tuple[str, str]:
    """The shape and the word for where a step is."""
    state = step.content.state
    if step.is_overdue(today):
        return "overdue", _("försenat")
    if state is StepState.DONE:
        return "ok", _("klart")
    if state is StepState.DROPPED:
        return "closed", _("utgår")
    if state is StepState.WAITING:
        return "needs", _("väntar på någon")
    if state is StepState.ONGOING:
        return "needs", _("pågår")
    return "closed", _("inte börjat")


def _note(step: StepItem, waits: Waiting | None, today: date) -> str:
    days = waits.days(today) if waits else None
    if days is not None:
        if not days:
            return _("väntar sedan i dag")
        return _("väntat {days} dagar").format(days=days) if days != 1 else _("väntat 1 dag")
    return step.content.responsible


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
