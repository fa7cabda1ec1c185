"""What the pages about steering share: which initiative, its tabs, the crumbs, and a form that keeps what was typed."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from samkraft.audit.actions import transactions
from samkraft.initiatives.queries import undertakings
from samkraft.initiatives.queries.undertakings import InitiativeRow
from samkraft.partners.queries import colleagues
from samkraft.partners.rules.roles import Permission, may
from samkraft.values.refusal import Refused
from samkraft.web import afterwards, refusals, shell

Crumb = tuple[str, str]


def initiative(request: Any, code: str) -> InitiativeRow:
    """The initiative of the address. Raises Http404."""
    with transactions.read(request.by):
        found = undertakings.row(code)
    if found is None:
        raise Http404
    return found


def tabs(request: Any, code: str, here: str) -> list[dict[str, Any]]:
    """The parts of the steering that the role may see."""
    parts = [
        ("overview", _("Styrning"), Permission.SEE_STEERING),
        ("meetings", _("Möten och beslut"), Permission.SEE_STEERING),
        ("boards", _("Grupper"), Permission.SEE_STEERING),
        ("risks", _("Risker"), Permission.SEE_STEERING),
        ("plan", _("Aktivitetsplan"), Permission.SEE_STEERING),
        ("handbook", _("Metodstöd"), Permission.SEE_HANDBOOK),
        ("staffing", _("Bemanning"), Permission.SEE_STEERING),
    ]
    return [
        {"label": label, "url": reverse(f"governance:{name}", args=[code]), "current": name == here, "count": None}
        for name, label, needs in parts
        if may(request.by.role, needs)
    ]


def draw(
    request: Any, template: str, row: InitiativeRow, here: str, context: dict[str, Any], *crumbs: Crumb,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    """A page about how an initiative is steered. The last crumb is where one is."""
    frame = shell.of(request)
    way = [(row.name, "")]
    if may(request.by.role, Permission.SEE_RESULTS):
        way = [(_("Läget"), reverse("results:home")), (row.name, reverse("results:show", args=[row.code]))]
    if may(request.by.role, Permission.SEE_STEERING):
        way.append((_("Styrning"), reverse("governance:overview", args=[row.code]) if crumbs else ""))
    frame.crumbs = [{"label": label, "url": url} for label, url in (*way, *crumbs)]
    all_tabs = tabs(request, row.code, here)
    common = {
        "shell": frame, "row": row, "tabs": all_tabs if len(all_tabs) > 1 else [],
        "may_manage": may(request.by.role, Permission.MANAGE_STEERING),
    }  # fmt: skip
    return render(request, template, common | context, status=status)


def edit(
    request: Any, row: InitiativeRow, here: str, form: forms.Form, save: Callable[[dict[str, Any]], object], *,
    heading: str, said: str, back: str, button: str = "", fields: Mapping[str, str] | None = None,
    more: dict[str, Any] | None = None, crumbs: tuple[Crumb, ...] = (), template: str = "governance/edit.html",
) -> HttpResponse:  # fmt: skip
    """Show a form, or save what came and go back; a refusal stands by its field, and what was typed stays."""
    if request.method == "POST" and form.is_valid():
        try:
            save(dict(form.cleaned_data))
        except Refused as refusal:
            field = (fields or {}).get(refusal.reason.code)
            form.add_error(field if field in form.fields else None, str(refusals.explain(refusal)))
        else:
            messages.success(request, said)
            return afterwards.at(back)
    context = {"form": form, "heading": heading, "back": back, "button": button or _("Spara"), **(more or {})}
    status = 422 if form.is_bound else 200
    with transactions.read(request.by):
        return draw(request, template, row, here, context, *crumbs, (heading, ""), status=status)


def done(request: Any, act: Callable[[], object], said: str, back: str) -> HttpResponse:
    """One deed from a button: back again, with what was done or why not."""
    try:
        act()
    except Refused as refusal:
        refusals.tell(request, refusal)
    else:
        messages.success(request, said)
    return afterwards.at(back)


def owners(request: Any, today: Any) -> list[tuple[str, str]]:
    """Those who can own a risk or answer for a point: everybody who sees the steering, by last name."""
    with transactions.read(request.by):
        found = colleagues.having(Permission.SEE_STEERING, on=today)
    return [(str(one.membership_id), f"{one.name}, {one.title or _(one.role_name)}") for one in found]


def nothing(request: Any, heading: str, text: str) -> HttpResponse:
    """A calm page where there is nothing to show yet."""
    return render(request, "governance/nothing.html", {"heading": heading, "text": text})
