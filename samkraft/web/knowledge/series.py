"""Other bodies' figures to lay beside our own: what is read in, and reading in more."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from samkraft.audit.actions import transactions
from samkraft.knowledge.actions import series as actions
from samkraft.knowledge.queries import scorecards
from samkraft.knowledge.rules import series as rules
from samkraft.knowledge.rules.indicators import BY_CODE, INDICATORS
from samkraft.knowledge.rules.series import Unit
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission, may
from samkraft.values.refusal import Refused
from samkraft.web import refusals
from samkraft.web.acting import page
from samkraft.web.knowledge import frames, words


class SeriesForm(forms.Form):
    """One series, as somebody pastes it."""

    indicator = forms.ChoiceField()
    name = forms.CharField(max_length=200)
    unit = forms.ChoiceField()
    source = forms.CharField(widget=forms.TextInput)
    text = forms.CharField(widget=forms.Textarea(attrs={"rows": 8}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["indicator"].label = _("Läggs bredvid")
        fields["indicator"].choices = [(one.code, _(one.name)) for one in INDICATORS]
        fields["name"].label = _("Seriens namn")
        fields["unit"].label = _("Vad värdena är")
        fields["unit"].choices = [(unit.value, _(rules.UNIT_NAMES[unit])) for unit in Unit]
        fields["source"].label = _("Källa")
        fields["source"].help_text = _("Vem som publicerar den, var och när du hämtade den.")
        fields["text"].label = _("Månader och värden")
        fields["text"].help_text = _(
            "En rad för varje månad, till exempel 2026-03; 12,4. Lämna värdet tomt där det saknas."
        )


@page(needs=Permission.SEE_RESULTS)
def listed(request: Any, code: str) -> HttpResponse:
    """What is read in; the form for those who lead."""
    row = frames.initiative(code)
    form, status = SeriesForm(request.POST or None), 200
    if request.method == "POST":
        access.require(request.by, Permission.MANAGE_RESULTS)
        if form.is_valid():
            try:
                actions.read_in(by=request.by, initiative_id=row.id, **form.cleaned_data)
            except Refused as refused:
                form.add_error("text", str(refusals.explain(refused)))
            else:
                messages.success(request, _said(row.id, form.cleaned_data["indicator"], request))
                return redirect("results:series", code)
        status = 422
    found = scorecards.series(row.id)
    context = {
        "lines": [
            (
                _(BY_CODE[one.indicator].name) if one.indicator in BY_CODE else one.indicator,
                one,
                len(rules.gaps(one.points)),
            )
            for one in found.values()
        ],
        "form": form if may(request.by.role, Permission.MANAGE_RESULTS) else None,
        "failed": form if status == 422 else None,
    }
    return frames.draw(request, "knowledge/series.html", row, "series", context, (_("Jämförelser"), ""), status=status)


def _said(initiative_id: UUID, indicator: str, request: Any) -> str:
    """What was read in, and which months in between have no value."""
    with transactions.read(request.by):
        found = scorecards.series(initiative_id).get(indicator)
    missing = words.months(rules.gaps(found.points)) if found else ""
    if not missing:
        return _("Serien är inläst.")
    return _("Serien är inläst. Dessa månader saknar värde: %(months)s. Kurvan har en lucka där.") % {"months": missing}
