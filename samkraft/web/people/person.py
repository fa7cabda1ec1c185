"""The person's first page: the goal, the next step, what waits; then the plan in lanes and what has happened."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from samkraft.partners.rules.roles import Permission, may
from samkraft.people.rules import withholding
from samkraft.web import shell
from samkraft.web.acting import page
from samkraft.web.people import lanes, news, opened, timeline


@page(needs=Permission.WORK_WITH_PEOPLE)
def show(request: Any, person_id: UUID) -> HttpResponse:
    """The plan and the timeline."""
    one = opened.open_page(request, person_id, what="plan", names_kept=True)
    body = request.GET.get("myndighet", "")
    authors = {held.author_area_id for held in one.opened.held}
    context = {
        "page": one,
        "head": one.head,
        "news": news.since_last_visit(request, one),
        "person_id": person_id,
        "tabs": opened.tabs(person_id, "plan"),
        "picture": lanes.draw(one.plan, one.bodies, one.today, _first_week(request)),
        "steps": [(step, *lanes.shape_of(step, one.today)) for step in one.plan.steps],
        "story": _story(one),
        "as_table": request.GET.get("visa") == "tabell",
        "lines": timeline.lines(one.opened.held, one.bodies, body=body, everything="allt" in request.GET),
        "authors": sorted((one.bodies[area] for area in authors if area in one.bodies), key=lambda area: area.name),
        "body": body,
        "is_cut": len(one.opened.held) > timeline.MOST and "allt" not in request.GET,
        "actions": _deeds(request, one),
    }
    return render(request, "people/person/plan.html", with_crumbs(request, one, context))


def _story(one: opened.Page) -> list[dict[str, Any]]:
    """Need, goal, steps and what came of them: one card for each goal, and one for steps that lead to none."""
    needs = {need.held.lineage: need for need in one.plan.needs}
    cards = [
        {
            "goal": goal,
            "need": needs.get(goal.need) if goal.need else None,
            "steps": one.plan.steps_to(goal.held.lineage),
        }
        for goal in one.plan.goals
    ]
    loose = one.plan.steps_to(None)
    if loose:
        cards.append({"goal": None, "need": None, "steps": loose})
    return [card | {"steps": [(step, *lanes.shape_of(step, one.today)) for step in card["steps"]]} for card in cards]


def with_crumbs(request: Any, one: opened.Page, context: dict[str, Any]) -> dict[str, Any]:
    """The crumbs lead back to the list that one came from."""
    frame = shell.of(request)
    frame.crumbs = [
        {"label": one.head.team_name or _("Deltagare"), "url": _list_address(request)},
        {"label": one.head.name},
    ]
    return context | {
        "shell": frame,
        "page": one,
        "head": one.head,
        "never_here": never_here(),
        "is_first": "picture" in context,
    }


def never_here() -> list[tuple[str, str]]:
    """What is not written on these pages, and where it is."""
    return [(_(what), _(where)) for what, where in withholding.NEVER_HERE.items()]


def actions(request: Any, person_id: UUID, *wanted: tuple[str, str, str]) -> list[dict[str, str]]:
    """What the role does from a page: label, route and icon of each; the first is the page's own button."""
    if not may(request.by.role, Permission.WRITE_PLAN):
        return []
    return [{"label": label, "url": reverse(route, args=[person_id]), "icon": icon} for label, route, icon in wanted]


def _deeds(request: Any, one: opened.Page) -> list[dict[str, str]]:
    """What one does next: meets and plans, or follows up after the exit."""
    if one.head.exited_on:
        return actions(request, one.opened.person_id, (_("Följ upp"), "people:journey", "check"))
    return actions(
        request,
        one.opened.person_id,
        (_("Håll möte"), "people:meetings", "users-round"),
        (_("Ändra plan"), "people:edit_plan", "pencil"),
    )


def _list_address(request: Any) -> str:
    """The exact list, with its filters, when the page was opened from one."""
    came_from = request.GET.get("lista", "")
    home = reverse("people:board")
    return f"{home}?{came_from}" if came_from and "/" not in came_from else home


def _first_week(request: Any) -> date | None:
    try:
        return date.fromisoformat(request.GET.get("vecka", ""))
    except ValueError:
        return None
