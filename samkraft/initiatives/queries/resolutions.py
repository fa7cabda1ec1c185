"""What meetings have decided: number, words, what shall be done, and what it has changed."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from samkraft.initiatives.models import AgendaPoint, MeetingEvent, Resolution, ResolutionTask
from samkraft.initiatives.queries import boards
from samkraft.initiatives.queries.boards import BoardRow
from samkraft.initiatives.rules import capacities, meetings
from samkraft.initiatives.rules.capacities import Asked, Change
from samkraft.initiatives.rules.meetings import About, MeetingEventKind, Outcome
from samkraft.initiatives.rules.seats import Aside


@dataclass(frozen=True, slots=True)
class TaskRow:
    """What shall be done because of a decision."""

    id: UUID
    title: str
    owner_id: UUID
    owner_name: str
    due_date: date


@dataclass(frozen=True, slots=True)
class CapacityRow:
    """What a decision has changed of a team, and who made the change."""

    change: Change
    team_id: UUID
    team_name: str
    places_before: int | None
    places_after: int | None
    from_date: date
    made_at: datetime
    made_by: str


@dataclass(frozen=True, slots=True)
class ResolutionRow:
    """One decision. `number` is as it is referred to. `is_adjusted`: the minutes stand, so it binds."""

    id: UUID
    point_id: UUID
    meeting_id: UUID
    board: BoardRow
    number: str
    title: str
    about: About
    about_id: str
    outcome: Outcome
    text: str
    ordered: Asked | None
    aside: tuple[Aside, ...]
    holds_from: date | None
    decided_date: date
    registered_by: str
    is_adjusted: bool
    tasks: tuple[TaskRow, ...]
    change: CapacityRow | None

    @property
    def waits_for_change(self) -> bool:
        """Whether a change of capacity is decided and adjusted but not yet made."""
        return self.outcome in meetings.YES and self.ordered is not None and self.is_adjusted and self.change is None


@dataclass(frozen=True, slots=True)
class PutOff:
    """A point that waits to be taken up again, as it was brought up."""

    id: UUID
    title: str
    proposal: str
    about: About
    about_id: str
    asked: Asked | None


def one(resolution_id: UUID) -> ResolutionRow | None:
    """One decision; None when there is none."""
    found = _listed(Resolution.objects.filter(id=resolution_id))
    return found[0] if found else None


def of_meeting(meeting_id: UUID) -> list[ResolutionRow]:
    """What a meeting decided, in order."""
    return _listed(Resolution.objects.filter(point__meeting_id=meeting_id).order_by("point__number"))


def of_initiative(initiative_id: UUID) -> list[ResolutionRow]:
    """Everything that has been decided, the latest first."""
    found = Resolution.objects.filter(board__initiative_id=initiative_id)
    return _listed(found.order_by("-decided_date", "-board__name", "-number"))


def changes(initiative_id: UUID) -> list[ResolutionRow]:
    """Decisions that have changed teams or places, the oldest first."""
    found = Resolution.objects.filter(board__initiative_id=initiative_id, capacity_change__isnull=False)
    return _listed(found.order_by("capacity_change__from_date", "number"))


def put_off(initiative_id: UUID) -> list[tuple[PutOff, ResolutionRow]]:
    """Points that a meeting put off or wanted more of, in adjusted minutes, and that no later meeting has taken up.

    A later point is about the same when it names the same thing, or the point itself.
    """
    away = (Outcome.POSTPONED.value, Outcome.RETURNED.value)
    found = Resolution.objects.filter(board__initiative_id=initiative_id, outcome__in=away).select_related("point")
    every = AgendaPoint.objects.filter(meeting__board__initiative_id=initiative_id).exclude(about_id="")
    brought: dict[tuple[str, str], datetime] = {}
    for point in every.order_by("brought_at"):
        brought[point.about, point.about_id] = point.brought_at
    told = {row.id: row for row in _listed(found)}
    waiting = []
    for one in found.order_by("decided_date", "number"):
        point = one.point
        again = brought.get((point.about, point.about_id or str(point.id)))
        if told[one.id].is_adjusted and (again is None or again <= one.registered_at):
            what = PutOff(
                point.id, point.title, point.proposal, About(point.about), point.about_id,
                capacities.from_json(point.asked),
            )  # fmt: skip
            waiting.append((what, told[one.id]))
    return waiting


def number_of(row: Resolution) -> str:
    """How a decision is referred to."""
    return meetings.number_in_words(row.board.prefix, row.year, row.number)


def _listed(found: "QuerySet[Resolution]") -> list[ResolutionRow]:
    rows = list(found.select_related("point", "board", "capacity_change__team"))
    tasks: dict[UUID, list[TaskRow]] = {}
    for task in (
        ResolutionTask.objects.filter(resolution__in=rows).select_related("owner").order_by("due_date", "title")
    ):
        tasks.setdefault(task.resolution_id, []).append(
            TaskRow(task.id, task.title, task.owner_id, task.owner.name, task.due_date)
        )
    adjusted = set(
        MeetingEvent.objects.filter(
            meeting_id__in={row.point.meeting_id for row in rows}, kind=MeetingEventKind.ADJUSTED.value
        ).values_list("meeting_id", flat=True)
    )
    return [_row(row, tuple(tasks.get(row.id, ())), row.point.meeting_id in adjusted) for row in rows]


def _row(row: Resolution, tasks: tuple[TaskRow, ...], is_adjusted: bool) -> ResolutionRow:
    made = getattr(row, "capacity_change", None)
    change = None
    if made is not None:
        change = CapacityRow(
            Change(made.change), made.team_id, made.team.name, made.places_before, made.places_after, made.from_date,
            made.made_at, made.made_by,
        )  # fmt: skip
    return ResolutionRow(
        id=row.id,
        point_id=row.point_id,
        meeting_id=row.point.meeting_id,
        board=boards.row(row.board),
        number=number_of(row),
        title=row.point.title,
        about=About(row.point.about),
        about_id=row.point.about_id,
        outcome=Outcome(row.outcome),
        text=row.text,
        ordered=capacities.from_json(row.ordered),
        aside=tuple(Aside(UUID(one["seat"]), one["reason"]) for one in row.aside),
        holds_from=row.holds_from,
        decided_date=row.decided_date,
        registered_by=row.registered_by,
        is_adjusted=is_adjusted,
        tasks=tasks,
        change=change,
    )
