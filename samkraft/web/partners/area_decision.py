"""Who decided how an authority is divided into secrecy areas, and when: noted so that anybody can ask for it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samkraft.audit.actions import transactions
from samkraft.partners.actions import areas as actions
from samkraft.partners.queries import organisations
from samkraft.partners.rules import areas as rules
from samkraft.partners.rules.roles import Permission
from samkraft.values.refusal import Refused
from samkraft.web import afterwards, refusals, shell
from samkraft.web.acting import page
from samkraft.web.date_fields import SwedishDateField

FIELDS = {
    rules.DECIDER_MISSING.code: "decided_by",
    rules.WHAT_MISSING.code: "text",
    rules.DECIDED_AHEAD.code: "decided_date",
}


class DecisionForm(forms.Form):
    """A decision as it was made."""

    decided_by = forms.CharField(
        label=gettext_lazy("Vem beslutade?"),
        help_text=gettext_lazy("Nämnden, eller den som har fått rätten att besluta."),
        max_length=200,
    )
    decided_date = SwedishDateField(label=gettext_lazy("Beslutsdag"))
    text = forms.CharField(
        label=gettext_lazy("Vad beslutades?"),
        help_text=gettext_lazy("Hur myndigheten delas i områden, och varför. Gärna med beslutets nummer."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


@page(needs=Permission.MANAGE_MEMBERS)
def add(request: Any, code: str) -> HttpResponse:
    """Note a decision. It stays: a later decision is noted beside it."""
    with transactions.read(request.by):
        found = organisations.page(code)
    if found is None:
        raise Http404
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.record_decision(by=request.by, authority_id=found.row.id, **form.cleaned_data)
        except Refused as refused:
            refusals.put_in(form, refused, FIELDS)
        else:
            messages.success(request, _("Beslutet är antecknat."))
            return afterwards.to("partners:organisation", code)
    frame = shell.of(request)
    frame.crumbs = [
        {"label": _("Organisationer"), "url": reverse("partners:organisations")},
        {"label": found.row.label, "url": reverse("partners:organisation", args=[code])},
        {"label": _("Beslut om områdena"), "url": ""},
    ]
    with transactions.read(request.by):
        return render(request, "partners/area_decision.html", {"form": form, "found": found, "shell": frame})
