"""The plan, folded from what one area holds: needs, goals, steps in a lane for each party, and what was agreed.

The one plan that a reader sees is the own area's part and what it has been given. A link to something that the area does
not hold is dropped, so that it neither shows nor counts.
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from samkraft.people.rules import contents, overviews
from samkraft.people.rules.categories import Release, release_of
from samkraft.people.rules.contents.choices import Outcome, StepState, Waited
from samkraft.people.rules.contents.plans import Agreement, Goal, Need, PlanVersion, Step
from samkraft.people.rules.held import Held, latest
from samkraft.values.refusal import Reason
from samkraft.values.wording import phrase

OPEN = overviews.OPEN

BODY_WITHOUT_ROLE = Reason(
    "plan_body_without_role",
    phrase("{body} har ingen roll i den här insatsen och kan inte ha egna steg i planen."),
    phrase("Be den som leder insatsen att lägga till parten, eller skriv ett eget steg som väntar på den."),
)
NOT_YOUR_PART = Reason(
    "plan_not_your_part",
    phrase("Varje part skriver sina egna steg. Det här steget hör till en annan part."),
    phrase("Skriv ett eget steg och ange vem det väntar på."),
)
UNKNOWN_LINK = Reason(
    "plan_unknown_link",
    phrase("Det som fältet {field} pekar på finns inte."),
    phrase("Ladda om sidan och välj igen."),
)
TELLS_OF_HIDDEN = Reason(
    "plan_tells_of_hidden",
    phrase("Det här lämnas ut till de andra parterna. Då får det inte peka på något som bara lämnas ut ett i taget."),
    phrase("Ta bort kopplingen i fältet {field}, eller välj samma slag av uppgift som det du pekar på."),
)
CIRCULAR = Reason(
    "plan_steps_wait_on_each_other",
    phrase("Stegen väntar på varandra i en ring: {titles}."),
    phrase("Ta bort ett av beroendena."),
)
NO_WORK_STEP = Reason(
    "plan_without_work_step",
    phrase("Planen har inget steg som är riktat mot arbete."),
    phrase("Lägg till ett, eller skriv varför det inte går än."),
)
NOTHING_TO_AGREE = Reason(
    "plan_nothing_to_agree",
    phrase("Planen har inget mål och inga steg än."),
    phrase("Skriv minst ett mål och ett steg först."),
)
CHANGED_SINCE = Reason(
    "plan_changed_since_version",
    phrase("Planen har ändrats sedan version {number}."),
    phrase("Läs ändringarna tillsammans och lägg fast en ny version."),
)
NO_SUCH_VERSION = Reason(
    "plan_no_such_version",
    phrase("Det finns ingen version {number} att säga ja till."),
    phrase("Lägg fast planen först."),
)
ALREADY_AGREED = Reason(
    "plan_already_agreed",
    phrase("Det är redan antecknat att {who} sa ja till version {number}."),
    phrase("Du behöver inte göra något."),
)


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


def frozen(plan: Plan, categories: Collection[str]) -> dict[str, Any]:
    """The plan as JSON that is never changed: what it held of these categories, in one form only."""
    parts: dict[str, tuple[NeedItem | GoalItem | StepItem, ...]] = {
        "needs": plan.needs,
        "goals": plan.goals,
        "steps": plan.steps,
    }
    return {
        name: [_frozen_item(item.held) for item in items if item.held.category in categories]
        for name, items in parts.items()
    }


def digest(fixed: dict[str, Any]) -> str:
    """SHA-256 over the frozen form, in hexadecimal: two copies are the same exactly when this is."""
    text = json.dumps(fixed, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def parts_to_file(plan: Plan) -> dict[str, dict[str, Any]]:
    """What is filed when a version is fixed: the category that each part is kept in → the part.

    What everybody on the case in the area reads goes together; each sensitive category is a part of its own, so that it is
    read by those who read that category and by nobody else.
    """
    held = {item.held.category for item in (*plan.needs, *plan.goals, *plan.steps)}
    parts = {"own_notes": frozen(plan, overviews.FOR_EVERY_ROLE)}
    for category in sorted(held - overviews.FOR_EVERY_ROLE):
        parts[category] = frozen(plan, {category})
    return parts


def why_not_fix(plan: Plan) -> Reason | None:
    """None when there is something to agree on."""
    return None if plan.goals and plan.steps else NOTHING_TO_AGREE


def why_not_agree(plan: Plan, number: int, party: str) -> Reason | None:
    """None when somebody may say yes to the version: the newest one, with nothing changed since, once."""
    version = plan.current
    if version is None or version.content.number != number:
        return NO_SUCH_VERSION
    if digest(frozen(plan, overviews.FOR_EVERY_ROLE)) != version.content.digest:
        return CHANGED_SINCE
    return ALREADY_AGREED if version.agreed_by(party) else None


def why_not_work_oriented(plan: Plan) -> Reason | None:
    """None when a step is directed at work, or when the goal is sickness compensation; else a question to answer."""
    if any(step.content.work_oriented and step.content.state is not StepState.DROPPED for step in plan.steps):
        return None
    aims = {goal.content.aim for goal in plan.goals}
    return None if aims == {Outcome.SICKNESS_COMPENSATION} else NO_WORK_STEP


def why_not_step(step: Step, *, own_area_id: UUID, writing_areas: Collection[UUID]) -> Reason | None:
    """None when an area may write the step: it is its own, and the area may have steps in the initiative's plans."""
    if step.body_area_id not in writing_areas:
        return BODY_WITHOUT_ROLE
    return None if step.body_area_id == own_area_id else NOT_YOUR_PART


def why_not_link(
    contributions: Iterable[Held], links: Iterable[UUID], category: str, *, kinds: Collection[str] = ()
) -> Reason | None:
    """None when something of the category may point at these lineages.

    What is released as it is written may not point at what is released item by item: the link in the copy would tell the
    receiver that something is there. A link to what the area does not hold is refused as what does not exist.
    """
    held = {one.lineage: one for one in latest(contributions, *kinds)}
    for link in links:
        if link not in held:
            return UNKNOWN_LINK
        standing = release_of(held[link].category) is Release.STANDING
        if release_of(category) is Release.STANDING and not standing:
            return TELLS_OF_HIDDEN
        if not standing and held[link].category != category:
            return TELLS_OF_HIDDEN
    return None


def ring(plan: Plan, lineage: UUID, depends_on: Iterable[UUID]) -> tuple[str, ...]:
    """The titles of the steps that would wait on each other in a ring; empty when there is none."""
    links = {step.held.lineage: step.depends_on for step in plan.steps} | {lineage: tuple(depends_on)}
    titles = {step.held.lineage: step.content.title for step in plan.steps}
    path: list[UUID] = []

    def leads_back(one: UUID) -> bool:
        path.append(one)
        for other in links.get(one, ()):
            if other == lineage or (other not in path and leads_back(other)):
                return True
        path.pop()
        return False

    return tuple(titles.get(one, "–") for one in path) if leads_back(lineage) else ()


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


def _frozen_item(held: Held) -> dict[str, Any]:
    return {
        "lineage": str(held.lineage),
        "version": held.version,
        "author_area_id": str(held.author_area_id),
        "author_name": held.author_name,
        "content": contents.write(contents.read(held.kind, held.content)),
    }
