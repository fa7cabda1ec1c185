"""Putting duties in the wheel: one by one, or a whole year's cycle."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from samkraft.audit.actions import transactions
from samkraft.initiatives.actions import duties as actions
from samkraft.initiatives.queries import undertakings
from samkraft.initiatives.rules import duties as rules
from samkraft.partners.queries import organisations
from samkraft.partners.rules.roles import Permission
from samkraft.values.refusal import Refused
from samkraft.web import afterwards, refusals, shell
from samkraft.web.acting import page
from samkraft.web.duties.forms import PlanForm


@page(needs=Permission.MANAGE_DUTIES)
def add(request: Any) -> HttpResponse:
    """A single duty."""
    if request.method != "POST":
        return _render(request, PlanForm(initial={"key": str(uuid4()), "binding": "yes"}, **_choices()))
    with transactions.read(request.by):
        choices = _choices()
    form = PlanForm(request.POST, **choices)
    if form.is_valid():
        data = form.cleaned_data
        try:
            duty_id = actions.plan(
                by=request.by,
                title=data["title"],
                body_id=UUID(data["body"]),
                due_date=data["due_date"],
                due_words=data["due_words"],
                binding=data["binding"] == "yes",
                basis=data["basis"],
                initiative_id=UUID(data["initiative"]) if data["initiative"] else None,
                source_key=f"{rules.DELIVERY_PREFIX if data['is_delivery'] else 'enstaka:'}{data['key'] or uuid4()}",
            )
        except Refused as refusal:
            field = {rules.NO_TITLE.code: "title", rules.NOT_YOURS_TO_PLAN.code: "initiative"}.get(refusal.reason.code)
            form.add_error(field, str(refusals.explain(refusal)))
        else:
            messages.success(request, _("Uppgiften finns nu i årshjulet."))
            return afterwards.to("duties:duty", duty_id)
    return _render(request, form, status=422)


@require_POST
@page(needs=Permission.MANAGE_DUTIES)
def year(request: Any) -> HttpResponse:
    """The cycle of the year in the form's field `ar`."""
    asked = request.POST.get("ar", "")
    number = int(asked) if asked.isdecimal() and len(asked) == 4 else 0
    new = actions.plan_year(by=request.by, year=number)
    if new:
        words = ngettext("%(new)d ny uppgift i årshjulet.", "%(new)d nya uppgifter i årshjulet.", new)
        messages.success(request, words % {"new": new})
    else:
        messages.info(request, _("Alla uppgifter för %(year)d fanns redan.") % {"year": number})
    return afterwards.at(f"{reverse('duties:wheel')}?ar={number}")


def _choices() -> dict[str, list[tuple[str, str]]]:
    return {
        "bodies": [(str(row.id), row.name) for row in organisations.listed()],
        "initiatives": [(str(row.id), row.name) for row in undertakings.listed()],
    }


def _render(request: Any, form: PlanForm, status: int = 200) -> HttpResponse:
    frame = shell.of(request)
    frame.crumbs = [{"label": _("Årshjul"), "url": reverse("duties:wheel")}, {"label": _("Ny uppgift"), "url": ""}]
    return render(request, "duties/plan.html", {"form": form, "shell": frame}, status=status)
