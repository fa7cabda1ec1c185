"""The plan, folded from what one area holds: needs, goals, steps in a lane for each party, and what was agreed.

The one plan that a reader sees is the own area's part and what it has been given. A link to something that the area does
not hold is dropped, so that it neither shows nor counts.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from samkraft.people.rules import contents, overviews
from samkraft.people.rules.contents.choices import StepState, Waited
from samkraft.people.rules.contents.plans import Agreement, Goal, Need, PlanVersion, Step
from samkraft.people.rules.held import Held, latest

OPEN = overviews.OPEN


@dataclass(frozen=True, slots=True)
class NeedItem:
    """A need, by its newest held version."""

    held: Held
    content: Need


@dataclass(frozen=True, slots=True)
class GoalItem:
    """A goal; `need` is its lineage, or None when there is none that the area holds."""

    held: Held
    content: Goal
    need: UUID | None


@dataclass(frozen=True, slots=True)
class StepItem:
    """A step; `goal` and `depends_on` name only what the area holds, `blocked_by` those of them that are not done."""

    held: Held
    content: Step
    goal: UUID | None
    depends_on: tuple[UUID, ...]
    blocked_by: tuple[UUID, ...]

    @property
    def is_open(self) -> bool:
        """Whether something is left to do."""
        return self.content.state in OPEN

    def is_overdue(self, today: date) -> bool:
        """Whether the day by which it should be done has passed."""
        return self.is_open and self.content.due_date is not None and self.content.due_date < today


@dataclass(frozen=True, slots=True)
class FixedVersion:
    """A version as it was fixed, with who said yes to it."""

    held: Held
    content: PlanVersion
    agreements: tuple[Agreement, ...]

    def agreed_by(self, party: str) -> bool:
        """Whether the participant, or an area by its id as text, said yes to it."""
        return any(one.party == party for one in self.agreements)


@dataclass(frozen=True, slots=True)
class Lane:
    """The steps that one party answers for."""

    area_id: UUID
    steps: tuple[StepItem, ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """That a step waits: on whom, for what, since when."""

    step: StepItem
    who: Waited
    area_id: UUID | None
    role: str
    name: str
    what: str
    since: date | None

    def days(self, today: date) -> int | None:
        """Days waited; None when nobody noted since when."""
        return None if self.since is None else max(0, (today - self.since).days)


@dataclass(frozen=True, slots=True)
class Plan:
    """What an area knows of the plan, each thing once, in the order in which it came."""

    needs: tuple[NeedItem, ...]
    goals: tuple[GoalItem, ...]
    steps: tuple[StepItem, ...]
    versions: tuple[FixedVersion, ...]
    next_step: StepItem | None

    def goals_for(self, need: UUID | None) -> tuple[GoalItem, ...]:
        """The goals of a need; with None those that answer to no need."""
        return tuple(goal for goal in self.goals if goal.need == need)

    def steps_to(self, goal: UUID | None) -> tuple[StepItem, ...]:
        """The steps that lead to a goal; with None those that lead to none in particular."""
        return tuple(step for step in self.steps if step.goal == goal)

    @property
    def lanes(self) -> tuple[Lane, ...]:
        """A lane for each party that has a step, in the order of their first steps."""
        areas = dict.fromkeys(step.content.body_area_id for step in self.steps)
        return tuple(
            Lane(area, tuple(step for step in self.steps if step.content.body_area_id == area)) for area in areas
        )

    @property
    def results(self) -> tuple[StepItem, ...]:
        """The steps that came to something."""
        return tuple(step for step in self.steps if step.content.state is StepState.DONE)

    @property
    def waiting(self) -> tuple[Waiting, ...]:
        """Everything that waits on somebody, the longest wait first."""
        found = [_waiting(step) for step in self.steps if step.content.state is StepState.WAITING]
        return tuple(sorted(found, key=lambda one: (one.since or date.max, str(one.step.held.lineage))))

    @property
    def current(self) -> FixedVersion | None:
        """The newest fixed version."""
        return self.versions[-1] if self.versions else None


def fold(contributions: Sequence[Held]) -> Plan:
    """The plan as the area that holds these contributions may know it."""
    first = _first_times(contributions)
    needs = [NeedItem(held, contents.read("need", held.content)) for held in _items(contributions, "need", first)]
    known_needs = {need.held.lineage for need in needs}
    goals = [_goal(held, known_needs) for held in _items(contributions, "goal", first)]
    steps = _step_items(_items(contributions, "step", first), {goal.held.lineage for goal in goals})
    nearest = overviews.nearest_step(contributions)
    return Plan(
        needs=tuple(needs),
        goals=tuple(goals),
        steps=tuple(steps),
        versions=_versions(contributions),
        next_step=next((step for step in steps if nearest and step.held.lineage == nearest.lineage), None),
    )


def in_order(steps: Sequence[StepItem]) -> tuple[StepItem, ...]:
    """A step after all that it depends on; otherwise in the order in which they came."""
    left, found = list(steps), list[StepItem]()
    while left:
        waits = {one.held.lineage for one in left}
        ready = next(
            (one for one in left if not waits.intersection(one.depends_on)), left[0]
        )  # a ring is cut where it began
        left.remove(ready)
        found.append(ready)
    return tuple(found)


def _waiting(step: StepItem) -> Waiting:
    on = step.content.waits_on
    assert on is not None  # a step that waits says on whom
    area = step.held.author_area_id if on.who is Waited.US else on.area_id
    return Waiting(step, on.who, area, on.role, on.name, on.what, step.content.waiting_since)


def _first_times(contributions: Iterable[Held]) -> dict[UUID, tuple[Any, ...]]:
    first: dict[UUID, tuple[Any, ...]] = {}
    for held in sorted(contributions, key=lambda one: one.version):
        first.setdefault(held.lineage, (held.occurred_at, str(held.lineage)))
    return first


def _items(contributions: Iterable[Held], kind: str, first: dict[UUID, tuple[Any, ...]]) -> list[Held]:
    return sorted(latest(contributions, kind), key=lambda held: first[held.lineage])


def _goal(held: Held, known_needs: set[UUID]) -> GoalItem:
    content = contents.read("goal", held.content)
    return GoalItem(held, content, content.need if content.need in known_needs else None)


def _step_items(found: list[Held], known_goals: set[UUID]) -> list[StepItem]:
    read = {held.lineage: contents.read("step", held.content) for held in found}
    items = []
    for held in found:
        content = read[held.lineage]
        depends_on = tuple(one for one in content.depends_on if one in read)
        blocked_by = tuple(one for one in depends_on if read[one].state in OPEN)
        goal = content.goal if content.goal in known_goals else None
        items.append(StepItem(held, content, goal, depends_on, blocked_by))
    return items


def _versions(contributions: Iterable[Held]) -> tuple[FixedVersion, ...]:
    """The own fixed versions, by number; only the part that everybody in the area reads counts as the version."""
    found = [held for held in latest(contributions, "plan_version") if held.category in overviews.FOR_EVERY_ROLE]
    agreed = [contents.read("agreement", held.content) for held in latest(contributions, "agreement")]
    versions = []
    for held in found:
        content = contents.read("plan_version", held.content)
        said_yes = tuple(one for one in agreed if (one.version_number, one.digest) == (content.number, content.digest))
        versions.append(FixedVersion(held, content, said_yes))
    return tuple(sorted(versions, key=lambda version: (version.content.number, version.held.written_at)))
