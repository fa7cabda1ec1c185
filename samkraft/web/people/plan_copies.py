"""The plan on one page: needs, goals and steps as they are now, or as a version fixed them, in words."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from samkraft.people.rules import contents
from samkraft.people.rules.categories import CATEGORIES, Category
from samkraft.people.rules.contents.choices import name_of
from samkraft.people.rules.contents.plans import Step
from samkraft.people.rules.held import latest
from samkraft.people.rules.overviews import FOR_EVERY_ROLE
from samkraft.people.rules.plans import FixedVersion
from samkraft.web import days
from samkraft.web.people import opened


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step. `sensitive`: what it tells of, where it is filed apart."""

    title: str
    body: str
    responsible: str
    when: str
    state: str
    sensitive: str


@dataclass(frozen=True, slots=True)
class PlanCopy:
    """Everything that stands in the plan. goals: the words, how one sees that it is reached, and by when."""

    needs: tuple[str, ...]
    goals: tuple[tuple[str, str, Any], ...]
    steps: tuple[StepLine, ...]
    why_no_work: str


def of_now(one: opened.Page) -> PlanCopy:
    """The plan as it stands for the reader's area."""
    plan = one.plan
    return PlanCopy(
        tuple(need.content.text for need in plan.needs),
        tuple((goal.content.words, goal.content.measure, goal.content.by_date) for goal in plan.goals),
        tuple(_step(one, step.content, step.held.category) for step in plan.steps),
        "",
    )


def of(one: opened.Page, version: FixedVersion) -> PlanCopy:
    """A version as it was fixed: what everybody in the area reads, and the sensitive parts that the reader reads."""
    parts = [
        held
        for held in latest(one.opened.held, "plan_version")
        if held.content["number"] == version.content.number and not held.received
    ]
    needs, goals, steps, why = [], [], [], ""
    for held in sorted(parts, key=lambda each: each.category not in FOR_EVERY_ROLE):
        fixed = held.content["frozen"]
        needs += [contents.read("need", each["content"]).text for each in fixed["needs"]]
        for each in fixed["goals"]:
            goal = contents.read("goal", each["content"])
            goals.append((goal.words, goal.measure, goal.by_date))
        steps += [_step(one, contents.read("step", each["content"]), held.category) for each in fixed["steps"]]
        why = why or fixed.get("why_no_work", "")
    return PlanCopy(tuple(needs), tuple(goals), tuple(steps), why)


def _step(one: opened.Page, content: Step, category: str) -> StepLine:
    is_apart = category not in FOR_EVERY_ROLE
    return StepLine(
        content.title,
        _body(one, content.body_area_id),
        content.responsible,
        _when(content),
        _(name_of(content.state)).lower(),
        _(CATEGORIES[Category(category)].name) if is_apart else "",
    )


def _body(one: opened.Page, area_id: UUID) -> str:
    return one.bodies[area_id].name if area_id in one.bodies else ""


def _when(content: Step) -> str:
    if content.from_date and content.to_date:
        return _("%(first)s till %(last)s") % {
            "first": days.dated(content.from_date), "last": days.dated(content.to_date),
        }  # fmt: skip
    if content.from_date:
        return _("från %(day)s") % {"day": days.dated(content.from_date)}
    return _("senast %(day)s") % {"day": days.dated(content.due_date)} if content.due_date else ""
