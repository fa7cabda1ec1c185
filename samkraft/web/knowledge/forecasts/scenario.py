"""Something to try: the numbers, why, what came of it, what colleagues say. Saved in versions; two at once lose nothing."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from samkraft.audit.actions import transactions
from samkraft.initiatives.queries.undertakings import InitiativeRow
from samkraft.knowledge.actions import forecasts, scenarios
from samkraft.knowledge.queries import forecasts as forecasts_asked
from samkraft.knowledge.queries import scenarios as asked
from samkraft.knowledge.queries.scenarios import ScenarioRow
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission, may
from samkraft.values.refusal import Refused
from samkraft.web import refusals
from samkraft.web.acting import page
from samkraft.web.errands import errand
from samkraft.web.knowledge import frames
from samkraft.web.knowledge.forecasts import gaps, words
from samkraft.web.knowledge.forecasts.scenario_form import ScenarioForm, initial

OWN = "eget"  # saved as a scenario of one's own


@page(needs=Permission.MAKE_FORECASTS)
def new(request: Any, code: str) -> HttpResponse:
    """A new one, empty: everything as it is arranged."""
    row = frames.initiative(code)
    if request.method == "POST":
        return _save(request, row, None)
    return _draw(request, row, None, ScenarioForm(**_ground(row.id)))


@page(needs=Permission.SEE_RESULTS)
def show(request: Any, code: str, scenario_id: UUID) -> HttpResponse:
    """One: read by all who see the figures, written by those who lead. The forms save, comment and withdraw."""
    row = frames.initiative(code)
    if request.method == "POST":
        return _post(request, row, scenario_id)
    one = asked.one(row.id, scenario_id)
    if one is None:
        raise Http404
    return _draw(request, row, one, _form(request, row, one))


def _ground(initiative_id: UUID) -> dict[str, Any]:
    """What the form's numbers are held against: how it is arranged, and what the newest forecast says of activities."""
    latest = forecasts_asked.latest(initiative_id)
    return {
        "prepared": forecasts_asked.prepared(initiative_id),
        "activities": latest.result.get("activities", []) if latest else [],
    }


def _post(request: Any, row: InitiativeRow, scenario_id: UUID) -> HttpResponse:
    here = reverse("results:scenario", args=[row.code, scenario_id])
    if "comment" in request.POST:
        return _comment(request, row, scenario_id, here)
    if "withdraw" in request.POST:
        reason = request.POST.get("reason", "")
        scenarios.withdraw(by=request.by, initiative_id=row.id, scenario_id=scenario_id, reason=reason)
        messages.success(request, _("Scenariot är tillbakadraget. Prognoser som har gjorts av det finns kvar."))
        return redirect("results:forecasts", row.code)
    return _save(request, row, scenario_id)


def _comment(request: Any, row: InitiativeRow, scenario_id: UUID, here: str) -> HttpResponse:
    try:
        scenarios.comment(by=request.by, initiative_id=row.id, scenario_id=scenario_id, text=request.POST["comment"])
    except Refused as refused:
        with transactions.read(request.by):
            one = asked.one(row.id, scenario_id)
            if one is None:
                raise
            said = {"text": request.POST["comment"], "wrong": str(refusals.explain(refused))}
            return _draw(request, row, one, _form(request, row, one), status=422, comment=said)
    return redirect(f"{here}#kommentarer")


def _form(request: Any, row: InitiativeRow, one: ScenarioRow) -> ScenarioForm | None:
    """The form of somebody who may change it, while it is not withdrawn."""
    if not may(request.by.role, Permission.MAKE_FORECASTS) or one.withdrawn_at:
        return None
    return ScenarioForm(initial=initial(one), **_ground(row.id))


def _save(request: Any, row: InitiativeRow, scenario_id: UUID | None) -> HttpResponse:
    access.require(request.by, Permission.MAKE_FORECASTS)
    with transactions.read(request.by):
        ground = _ground(row.id)
        one = asked.one(row.id, scenario_id) if scenario_id else None
    if scenario_id is not None and one is None:
        raise Http404
    form = ScenarioForm(request.POST, **ground)
    target = None if OWN in request.POST else scenario_id
    if form.is_valid():
        try:
            saved = scenarios.save(
                by=request.by, initiative_id=row.id, scenario_id=target, expected=_whole(request.POST.get("expected")),
                name=form.cleaned_data["name"], why=form.cleaned_data["why"], changes=form.changes(),
            )  # fmt: skip
        except Refused as refused:
            field = words.refusal(refused, "why")
            form.add_error(field if field in form.fields else None, str(refusals.explain(refused)))
        else:
            if "only_save" in request.POST:
                messages.success(request, _("Sparat."))
                return redirect("results:scenario", row.code, saved.scenario_id)
            asked_for = forecasts.ask(by=request.by, initiative_id=row.id, version_id=saved.version_id)
            return errand.sent_to(asked_for)
    with transactions.read(request.by):
        one = asked.one(row.id, scenario_id) if scenario_id else None
        return _draw(request, row, one, form, status=422)


def _draw(
    request: Any, row: InitiativeRow, one: ScenarioRow | None, form: ScenarioForm | None, *, status: int = 200,
    comment: dict[str, str] | None = None,
) -> HttpResponse:  # fmt: skip
    arranged = form_arranged(row)
    made = one.forecast if one else None
    base = forecasts_asked.same_ground(row.id, made) if made else None
    apart = gaps.lines(base, made) if made and base else []
    context = {
        "one": one, "form": form, "failed": form if form and form.errors else None,
        "changed": words.changed(one.now.changes, arranged) if one else [],
        "versions": [(each, words.changed(each.changes, arranged)) for each in one.versions] if one else [],
        "made": made, "sentences": words.sentences(row.code, made) if made else [],
        "against": reverse("results:forecast_against", args=[row.code, base.id, made.id]) if made and base else "",
        "apart": apart, "apart_goals": gaps.goals(apart),
        "apart_waits": [line for line in apart if line.is_told and line.is_wait],
        "expected": one.now.number if one else 0, "comment": comment or {"text": "", "wrong": ""},
    }  # fmt: skip
    crumbs = (
        (_("Prognos"), reverse("results:forecasts", args=[row.code])),
        (one.now.name if one else _("Ny ändring"), ""),
    )
    template = "knowledge/forecasts/scenario.html"
    return frames.draw(request, template, row, "forecasts", context, *crumbs, status=status)


def form_arranged(row: InitiativeRow) -> Any:
    """How the initiative is arranged; None while it cannot be forecast."""
    try:
        return forecasts_asked.prepared(row.id).arranged
    except Refused:
        return None


def _whole(text: str | None) -> int:
    return int(text) if text and text.isdigit() else 0
