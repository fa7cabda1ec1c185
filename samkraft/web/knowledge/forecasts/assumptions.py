"""What forecasts may fall back on while the own data are few: the plan's own numbers, and an earlier initiative's."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from samkraft.audit.actions import transactions
from samkraft.knowledge.actions import forecasts as actions
from samkraft.knowledge.queries import forecasts as queries
from samkraft.knowledge.queries.forecasts import AssumptionsRow
from samkraft.knowledge.rules.forecasting.arranging import Assumed
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission, may
from samkraft.values.refusal import Refused
from samkraft.web import refusals
from samkraft.web.acting import page
from samkraft.web.knowledge import frames
from samkraft.web.number_fields import WholeNumberField

MOST = 10_000_000


class AssumptionsForm(forms.Form):
    """Whole numbers, each by itself; what is left empty is not assumed."""

    history_planned = WholeNumberField(required=False, min_value=1, max_value=MOST)
    history_came = WholeNumberField(required=False, min_value=0, max_value=MOST)
    history_left = WholeNumberField(required=False, min_value=1, max_value=MOST)
    history_reached = WholeNumberField(required=False, min_value=0, max_value=MOST)
    history_days = WholeNumberField(required=False, min_value=1, max_value=actions.MOST_DAYS)
    plan_days = WholeNumberField(required=False, min_value=1, max_value=actions.MOST_DAYS)
    plan_percent = WholeNumberField(required=False, min_value=1, max_value=100)
    source = forms.CharField(max_length=500)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        for name, label in (
            ("history_planned", _("Planerade deltagare i en tidigare insats")), ("history_came", _("Så många började")),
            ("history_left", _("Deltagare vars utfall är känt")), ("history_reached", _("Av dem till arbete eller studier")),
            ("history_days", _("Medeltid från start till slut där, i dagar")),
            ("plan_days", _("Planens medeltid från start till slut, i dagar")),
            ("plan_percent", _("Planens andel till arbete eller studier, i procent")), ("source", _("Källa")),
        ):  # fmt: skip
            fields[name].label = label
        fields["plan_days"].help_text = _("Tomt: fasernas riktdagar tillsammans.")
        fields["plan_percent"].help_text = _("Tomt: målet delat med de planerade.")
        fields["source"].help_text = _("Varifrån talen kommer, så att en kollega hittar dem.")

    def assumed(self) -> Assumed:
        """What was filled in."""
        said = dict(self.cleaned_data)
        said.pop("source")
        percent = said.pop("plan_percent")
        return Assumed(plan_share=percent / 100 if percent else None, **said)


@page(needs=Permission.SEE_RESULTS)
def show(request: Any, code: str) -> HttpResponse:
    """What holds; the form for those who lead."""
    row = frames.initiative(code)
    if request.method == "POST":
        access.require(request.by, Permission.MAKE_FORECASTS)
        form = AssumptionsForm(request.POST)
        if form.is_valid():
            expected = request.POST.get("expected", "")
            try:
                actions.assume(
                    by=request.by, initiative_id=row.id, assumed=form.assumed(), source=form.cleaned_data["source"],
                    expected=int(expected) if expected.isdigit() else 0,
                )  # fmt: skip
            except Refused as refused:
                refusals.put_in(form, refused)
            else:
                messages.success(request, _("Sparat. Nästa prognos räknar med det."))
                return redirect("results:assumptions", code)
        with transactions.read(request.by):
            return _draw(request, row, queries.assumptions(row.id), form, 422)
    held = queries.assumptions(row.id)
    may_write = may(request.by.role, Permission.MAKE_FORECASTS)
    return _draw(request, row, held, AssumptionsForm(initial=_initial(held)) if may_write else None, 200)


def _draw(request: Any, row: Any, held: AssumptionsRow, form: AssumptionsForm | None, status: int) -> HttpResponse:
    labels = AssumptionsForm().fields
    values = _initial(held)
    context = {
        "held": held, "form": form, "failed": form if form and form.errors else None,
        "lines": [(str(labels[name].label), value) for name, value in values.items() if value is not None and name != "source"],
    }  # fmt: skip
    crumbs = ((_("Prognos"), reverse("results:forecasts", args=[row.code])), (_("Vad prognosen räknar med"), ""))
    template = "knowledge/forecasts/assumptions.html"
    return frames.draw(request, template, row, "forecasts", context, *crumbs, status=status)


def _initial(held: AssumptionsRow) -> dict[str, Any]:
    said = held.assumed
    return {
        "history_planned": said.history_planned, "history_came": said.history_came, "history_left": said.history_left,
        "history_reached": said.history_reached, "history_days": said.history_days, "plan_days": said.plan_days,
        "plan_percent": round(100 * said.plan_share) if said.plan_share else None, "source": held.source,
    }  # fmt: skip
