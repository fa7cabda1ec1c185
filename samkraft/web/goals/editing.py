"""Adding and changing goals and initiatives. What was typed stays when it cannot be saved."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samkraft.audit.actions import transactions
from samkraft.initiatives.actions import goals as goal_actions
from samkraft.initiatives.actions import undertakings as actions
from samkraft.initiatives.queries import goals as goal_queries
from samkraft.initiatives.queries import undertakings as queries
from samkraft.initiatives.rules import goals as goal_rules
from samkraft.initiatives.rules import undertakings as rules
from samkraft.initiatives.rules.goals import GoalKind
from samkraft.initiatives.rules.undertakings import Stage
from samkraft.partners.queries import organisations
from samkraft.partners.rules.organisations import code_from
from samkraft.partners.rules.roles import Permission
from samkraft.values.refusal import Refused
from samkraft.web import afterwards, refusals, shell
from samkraft.web.acting import page
from samkraft.web.goals import initiative
from samkraft.web.goals.forms import GoalForm, InitiativeForm, PartnerForm

FIELDS = {
    goal_rules.CIRCLE.code: "parent",
    goal_rules.OWN_PARENT.code: "parent",
    goal_rules.ROOT_UNDER.code: "parent",
    goal_rules.NO_TEXT.code: "text",
    goal_rules.CODE_TAKEN.code: "code",
    rules.NO_NAME.code: "name",
    rules.NAME_TAKEN.code: "name",
    rules.NO_AIM.code: "aim",
    rules.ENDS_BEFORE_START.code: "last_day",
    rules.PARTNER_TWICE.code: "organisation",
}


@page(needs=Permission.MANAGE_GOALS)
def add_goal(request: Any) -> HttpResponse:
    """A new goal. `?under=code` chooses where it stands."""

    def save(data: dict[str, Any]) -> str:
        code = data["code"] or code_from(data["text"]).strip("-")
        goal_actions.add(by=request.by, code=code, **_goal(data))
        return reverse("goals:goal", args=[code])

    under = goal_queries.page(request.GET.get("under", "")) if request.method == "GET" else None
    initial = {"parent": str(under.row.id), "kind": GoalKind.INITIATIVE} if under else {"kind": GoalKind.COUNCIL}
    return _edit(request, GoalForm, initial, save, "goals/edit_goal.html", _("Målet är tillagt."))


@page(needs=Permission.MANAGE_GOALS)
def change_goal(request: Any, code: str) -> HttpResponse:
    """Change one goal."""
    with transactions.read(request.by):
        found = goal_queries.page(code)
    if found is None:
        raise Http404

    def save(data: dict[str, Any]) -> str:
        goal_actions.change(by=request.by, goal_id=found.row.id, version=data["version"] or None, **_goal(data))
        return reverse("goals:goal", args=[code])

    row = found.row
    initial = {
        "text": row.text,
        "kind": row.kind,
        "owner": str(row.owner_id),
        "parent": str(row.parent_id or ""),
        "position": row.position,
        "source": row.source,
        "version": found.version,
    }
    return _edit(request, GoalForm, initial, save, "goals/edit_goal.html", _("Ändringen är sparad."), now=found)


@page(needs=Permission.MANAGE_GOALS)
def add_initiative(request: Any) -> HttpResponse:
    """A new initiative."""

    def save(data: dict[str, Any]) -> str:
        code = data["code"] or code_from(data["name"]).strip("-")
        actions.add(by=request.by, code=code, **_initiative(data))
        return reverse("goals:initiative", args=[code])

    initial = {"stage": Stage.PLANNED}
    return _edit(request, InitiativeForm, initial, save, "goals/edit_initiative.html", _("Insatsen är tillagd."))


@page(needs=Permission.MANAGE_GOALS)
def change_initiative(request: Any, code: str) -> HttpResponse:
    """Change one initiative and which goals it serves."""
    with transactions.read(request.by):
        found = queries.page(code)
    if found is None:
        raise Http404

    def save(data: dict[str, Any]) -> str:
        actions.change(by=request.by, initiative_id=found.row.id, version=data["version"] or None, **_initiative(data))
        return reverse("goals:initiative", args=[code])

    row = found.row
    initial = {
        "name": row.name,
        "aim": row.aim,
        "target_groups": row.target_groups,
        "owner": str(row.owner_id),
        "stage": row.stage,
        "start_date": row.start_date,
        "last_day": row.last_day,
        "goals": [str(goal.id) for goal in found.goals],
        "source": row.source,
        "version": found.version,
    }
    template = "goals/edit_initiative.html"
    return _edit(request, InitiativeForm, initial, save, template, _("Ändringen är sparad."), now=found)


@require_POST
@page(needs=Permission.MANAGE_GOALS)
def add_partner(request: Any, code: str) -> HttpResponse:
    """One more party in an initiative."""
    with transactions.read(request.by):
        found = queries.page(code)
        bodies = _bodies()
    if found is None:
        raise Http404
    form = PartnerForm(request.POST, bodies=bodies)
    if form.is_valid():
        data = form.cleaned_data
        try:
            actions.add_partner(
                by=request.by,
                initiative_id=found.row.id,
                organisation_id=UUID(data["organisation"]),
                part=data["part"],
            )
        except Refused as refusal:
            refusals.put_in(form, refusal, FIELDS)
        else:
            messages.success(request, _("Parten är tillagd."))
            return afterwards.to("goals:initiative", code)
    with transactions.read(request.by):
        return initiative.draw(request, code, tried=form)


def _edit(
    request: Any,
    kind: type[GoalForm] | type[InitiativeForm],
    initial: dict[str, Any],
    save: Callable[[dict[str, Any]], str],
    template: str,
    said: str,
    *,
    now: Any = None,
) -> HttpResponse:
    """Show the form, or save what came and go to the page; a refusal stands by its field."""
    with transactions.read(request.by):
        choices = {"bodies": _bodies(), "goals": [(str(goal.id), goal.text) for goal in goal_queries.listed()]}
    is_new = now is None
    if request.method != "POST":
        return _show(request, kind(initial=initial, is_new=is_new, **choices), template, now)
    form = kind(request.POST, is_new=is_new, **choices)
    if form.is_valid():
        try:
            address = save(form.cleaned_data)
        except Refused as refusal:
            refusals.put_in(form, refusal, FIELDS)
            if refusal.reason is goal_rules.CHANGED_MEANWHILE:
                form.data = form.data.copy()
                form.data["version"] = now.version  # the page shows what holds now: the next try is made knowing it
                return _show(request, form, template, now, has_changed=True)
        else:
            messages.success(request, said)
            return afterwards.at(address)
    return _show(request, form, template, now)


def _show(request: Any, form: forms.Form, template: str, now: Any, *, has_changed: bool = False) -> HttpResponse:
    frame = shell.of(request)
    of_goals = isinstance(form, GoalForm)
    home = {"label": _("Mål"), "url": reverse("goals:tree")}
    register = {"label": _("Insatser"), "url": reverse("goals:initiatives")}
    frame.crumbs = [home] if of_goals else [home, register]
    if now is not None:
        route = "goals:goal" if of_goals else "goals:initiative"
        name = now.row.text if of_goals else now.row.name
        frame.crumbs.append({"label": name, "url": reverse(route, args=[now.row.code])})
    frame.crumbs.append({"label": _("Ändra") if now is not None else _("Lägg till"), "url": ""})
    context = {"form": form, "now": now, "has_changed": has_changed, "shell": frame}
    return render(request, template, context, status=422 if form.is_bound else 200)


def _bodies() -> list[tuple[str, str]]:
    return [(str(row.id), row.name) for row in organisations.listed()]


def _goal(data: dict[str, Any]) -> dict[str, Any]:
    return {
        "kind": GoalKind(data["kind"]),
        "text": data["text"],
        "owner_id": UUID(data["owner"]),
        "parent_id": UUID(data["parent"]) if data["parent"] else None,
        "source": data["source"],
        "position": data["position"] or 0,
    }


def _initiative(data: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": data["name"],
        "aim": data["aim"],
        "target_groups": data["target_groups"],
        "owner_id": UUID(data["owner"]),
        "stage": Stage(data["stage"]),
        "start_date": data["start_date"],
        "last_day": data["last_day"],
        "goal_ids": [UUID(goal) for goal in data.get("goals", [])],
        "source": data["source"],
    }
