"""The whole plan as a list, with what can be done with each thing; and an own step moved on with one button."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samkraft.audit.actions import transactions
from samkraft.partners.rules.roles import Permission
from samkraft.people.actions import plans as actions
from samkraft.people.rules import states
from samkraft.people.rules.contents.choices import StepState
from samkraft.people.rules.plans import StepItem, in_order
from samkraft.people.rules.states import Kind, Move
from samkraft.values.refusal import Refused
from samkraft.values.wording import phrase
from samkraft.web import afterwards, refusals
from samkraft.web.acting import page
from samkraft.web.people import lanes, opened, person

# What is asked in the form that comes with a move: not the same question for what became of it as for why it is taken up.
_ASKS = {
    StepState.DONE: phrase("Hur gick det?"),
    StepState.DROPPED: phrase("Varför utgår det?"),
    StepState.ONGOING: phrase("Varför öppnas det igen?"),
    StepState.PLANNED: phrase("Varför tas det upp igen?"),
}


@dataclass(frozen=True, slots=True)
class Tried:
    """A move that was refused: of which step, to what, what was typed and why not."""

    lineage: UUID
    to: str
    reason: str
    why_not: str


@page(needs=Permission.WRITE_PLAN)
def edit(request: Any, person_id: UUID) -> HttpResponse:
    """Each goal with the steps that lead to it, a step after what it depends on."""
    return _show(request, person_id)


@require_POST
@page(needs=Permission.WRITE_PLAN)
def move(request: Any, person_id: UUID, lineage: UUID) -> HttpResponse:
    """An own step begins, is done, drops out or is taken up again. What was typed stays when it is refused."""
    to, reason = request.POST.get("to", ""), request.POST.get("reason", "")
    try:
        based_on = int(request.POST.get("based_on", ""))
    except ValueError:
        return afterwards.to("people:edit_plan", person_id)
    try:
        actions.move_step(by=request.by, person_id=person_id, lineage=lineage, to=to, based_on=based_on, reason=reason)
    except Refused as refusal:
        tried = Tried(lineage, to, reason, str(refusals.explain(refusal)))
        with transactions.read(request.by):
            return _show(request, person_id, tried)
    messages.success(request, _moved(to))
    return afterwards.at(f"{afterwards.to('people:edit_plan', person_id).url}#steg-{lineage}")


def _moved(to: str) -> str:
    said = {
        StepState.ONGOING.value: _("Steget pågår."),
        StepState.DONE.value: _("Steget är klart."),
        StepState.DROPPED.value: _("Steget utgår."),
        StepState.PLANNED.value: _("Steget är planerat."),
    }
    return said.get(to, _("Ändringen är sparad."))


def _show(request: Any, person_id: UUID, tried: Tried | None = None) -> HttpResponse:
    one = opened.open_page(request, person_id, what="plan_edit")
    titles = {step.held.lineage: step.content.title for step in one.plan.steps}
    context = {
        "tabs": opened.tabs(person_id, "plan"),
        "groups": [
            {
                "goal": goal,
                "is_ours": goal is not None and goal.held.author_area_id == request.by.area_id,
                "steps": [
                    _step(request, one, step, titles, tried)
                    for step in in_order(one.plan.steps_to(goal.held.lineage if goal else None))
                ],
            }
            for goal in (*one.plan.goals, None)
        ],
        "needs": one.plan.needs,
        "tried": tried,
    }
    return render(request, "people/person/plan_edit.html", person.with_crumbs(request, one, context))


def _step(
    request: Any, one: opened.Page, step: StepItem, titles: dict[UUID, str], tried: Tried | None
) -> dict[str, Any]:
    shape, state = lanes.shape_of(step, one.today)
    is_ours = step.held.author_area_id == request.by.area_id
    mine = tried if tried is not None and tried.lineage == step.held.lineage else None
    moves = _moves(request, step) if is_ours else []
    return {
        "step": step,
        "shape": shape,
        "state": state,
        "body": one.bodies.get(step.content.body_area_id),
        "is_ours": is_ours,
        "after": [titles[one] for one in step.depends_on if one in titles],
        "is_blocked": bool(step.blocked_by),
        "at_once": [one for one in moves if not one.needs_reason],
        "with_words": [
            {
                "move": one,
                "asks": _(_ASKS[StepState(one.after)]),
                "typed": mine.reason if mine and mine.to == one.after else None,
            }
            for one in moves
            if one.needs_reason
        ],
    }


def _moves(request: Any, step: StepItem) -> Sequence[Move]:
    """By the table of states; to wait asks on whom, and is done in the form for the whole step."""
    before = states.state_of(Kind.STEP, step.held.content)
    found = states.from_here(Kind.STEP, before, request.by.role)
    return [one for one in found if one.after != StepState.WAITING]
