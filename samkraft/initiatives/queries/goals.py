"""The goal tree as it is read."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from samkraft.initiatives.models import Goal, Initiative
from samkraft.initiatives.rules.goals import LABELS, GoalKind


@dataclass(frozen=True, slots=True)
class GoalRow:
    """One goal."""

    id: UUID
    code: str
    kind: GoalKind
    kind_name: str
    text: str
    owner_id: UUID
    owner_name: str
    parent_id: UUID | None
    source: str
    position: int


@dataclass(frozen=True, slots=True)
class InitiativeName:
    """An initiative where only its name is shown."""

    code: str
    name: str
    stage: str


@dataclass(frozen=True, slots=True)
class Branch:
    """A goal in the tree: how deep, what is undertaken for it (said once, highest up), and the goals under it."""

    goal: GoalRow
    depth: int
    initiatives: tuple[InitiativeName, ...]
    parts: tuple["Branch", ...]


@dataclass(frozen=True, slots=True)
class GoalPage:
    """One goal with what stands above and below it."""

    row: GoalRow
    version: str
    above: tuple[GoalRow, ...]
    below: Branch


def tree() -> tuple[Branch, ...]:
    """All goals as a tree: the council's first, then agreements' and financiers', each in its own order."""
    by_parent = _by_parent(listed())
    undertaken = _undertaken()
    return tuple(_branch(goal, 0, by_parent, undertaken) for goal in by_parent[None])


def listed() -> list[GoalRow]:
    """All goals in order of kind and position, as choices."""
    return [_row(goal) for goal in _all()]


def found(*, words: Iterable[str]) -> list[GoalRow]:
    """Goals whose text has every word."""
    goals = Goal.objects.select_related("owner")
    for word in words:
        goals = goals.filter(text__icontains=word)
    return [_row(goal) for goal in goals.order_by("position", "code")[:20]]


def page(code: str) -> GoalPage | None:
    """One goal; None when there is none."""
    rows = {goal.id: goal for goal in listed()}
    row = next((goal for goal in rows.values() if goal.code == code), None)
    if row is None:
        return None
    above: list[GoalRow] = []
    parent = row.parent_id
    while parent is not None and rows[parent] not in above:
        above.insert(0, rows[parent])
        parent = rows[parent].parent_id
    below = _branch(row, len(above), _by_parent(rows.values()), _undertaken())
    return GoalPage(row, version(row), tuple(above), below)


def version(row: GoalRow) -> str:
    """Changes with anything that can be edited, so that two people who edit the same goal find out."""
    content = "\x1f".join([row.kind, row.text, str(row.owner_id), str(row.parent_id), row.source, str(row.position)])
    return hashlib.sha256(content.encode()).hexdigest()[:16]


def row_of(goal_id: UUID) -> GoalRow:
    """One goal by id. Raises Goal.DoesNotExist."""
    return _row(Goal.objects.select_related("owner").get(id=goal_id))


def _all() -> list[Goal]:
    kinds = list(GoalKind)
    goals = Goal.objects.select_related("owner").order_by("position", "code")
    return sorted(goals, key=lambda goal: (kinds.index(GoalKind(goal.kind)), goal.position, goal.code))


def _undertaken() -> dict[UUID, list[InitiativeName]]:
    links = Initiative.objects.order_by("name").values_list("goals__id", "code", "name", "stage")
    undertaken: dict[UUID, list[InitiativeName]] = defaultdict(list)
    for goal_id, code, name, stage in links:
        if goal_id is not None:
            undertaken[goal_id].append(InitiativeName(code, name, stage))
    return undertaken


def _by_parent(goals: Iterable[GoalRow]) -> dict[UUID | None, list[GoalRow]]:
    by_parent: dict[UUID | None, list[GoalRow]] = defaultdict(list)
    for goal in goals:
        by_parent[goal.parent_id].append(goal)
    return by_parent


def _branch(
    goal: GoalRow,
    depth: int,
    by_parent: dict[UUID | None, list[GoalRow]],
    undertaken: dict[UUID, list[InitiativeName]],
    shown: frozenset[str] = frozenset(),
) -> Branch:
    own = tuple(one for one in undertaken.get(goal.id, []) if one.code not in shown)
    below = shown | {one.code for one in own}
    parts = tuple(_branch(part, depth + 1, by_parent, undertaken, below) for part in by_parent.get(goal.id, []))
    return Branch(goal, depth, own, parts)


def _row(goal: Goal) -> GoalRow:
    kind = GoalKind(goal.kind)
    return GoalRow(
        id=goal.id,
        code=goal.code,
        kind=kind,
        kind_name=LABELS[kind],
        text=goal.text,
        owner_id=goal.owner_id,
        owner_name=goal.owner.name,
        parent_id=goal.parent_id,
        source=goal.source,
        position=goal.position,
    )
