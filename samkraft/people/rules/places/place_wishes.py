"""What the plan says is looked for, before anybody fills in the rest: the step, what it is for, and what is known of the person.

Only what the reader's own area holds; what the plan does not say is left open, never guessed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samkraft.offer.rules.activities import LANGUAGES
from samkraft.people.rules.contents.choices import StepState
from samkraft.people.rules.contents.persons import Card
from samkraft.people.rules.plans import Plan, StepItem

MAY_BE_LOOKED_FOR = (StepState.PLANNED, StepState.WAITING)
SWEDISH = "sv"


@dataclass(frozen=True, slots=True)
class FromPlan:
    """What a search begins with. `step` None: no open step of the own part is without its place; then only the card counts."""

    step: StepItem | None
    goal: str
    need: str
    kind: str
    earliest: date | None
    languages: tuple[str, ...]
    by_interpreter: bool
    has: tuple[str, ...]


def steps_of(plan: Plan, area_id: UUID) -> list[StepItem]:
    """The open steps of the own part that have not begun: those that a place could be found for, the next step first."""
    found = [
        one for one in plan.steps
        if one.held.author_area_id == area_id and one.content.state in MAY_BE_LOOKED_FOR
    ]  # fmt: skip
    first = plan.next_step.held.lineage if plan.next_step else None
    return sorted(found, key=lambda one: one.held.lineage != first)


def from_plan(
    plan: Plan, card: Card | None, steps: Sequence[StepItem], chosen: UUID | None, *, today: date
) -> FromPlan:
    """The chosen step, or the first; a window that has begun already is no hinder to begin later."""
    step = next((one for one in steps if one.held.lineage == chosen), steps[0] if steps else None)
    goal = next((one for one in plan.goals if step and one.held.lineage == step.goal), None)
    need = next((one for one in plan.needs if goal and one.held.lineage == goal.need), None)
    start = step.content.from_date if step else None
    return FromPlan(
        step,
        goal.content.words if goal else "",
        need.content.text if need else "",
        step.content.step_kind.value if step else "",
        start if start and start > today else None,
        _languages(card),
        bool(card and card.interpreter),
        _has(plan, today),
    )


def _languages(card: Card | None) -> tuple[str, ...]:
    """Swedish, unless an interpreter is needed; and the person's own language, where anything is held in it."""
    if card is None:
        return ()
    said = card.language.strip().lower()
    code = next((code for code, name in LANGUAGES.items() if said in (code, name.lower())), SWEDISH)
    own = [code] if code != SWEDISH else []
    return tuple(own if card.interpreter and own else [SWEDISH, *own])


def _has(plan: Plan, today: date) -> tuple[str, ...]:
    """A programme decision that still holds says that one is enrolled at the employment service, too."""
    decided = any(
        one.content.programme is not None and one.content.programme.ends_on >= today and one.is_open
        for one in plan.steps
    )
    return ("registered_at_af", "programme") if decided else ()
