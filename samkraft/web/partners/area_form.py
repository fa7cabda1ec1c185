"""A new secrecy area of an organisation: without one, nobody there can be given a role."""

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

FIELDS = {rules.NAME_MISSING.code: "name", rules.NAME_TAKEN.code: "name"}


class AreaForm(forms.Form):
    """What is decided about the area. Only the first three must be known from the start."""

    name = forms.CharField(
        label=gettext_lazy("Namn"),
        help_text=gettext_lazy("Myndighetens namn, eller grenens om den är självständig."),
        max_length=200,
    )
    controller = forms.CharField(
        label=gettext_lazy("Personuppgiftsansvarig"),
        help_text=gettext_lazy("Den nämnd eller myndighet som svarar för uppgifterna."),
        max_length=200,
    )
    archive_authority = forms.CharField(
        label=gettext_lazy("Arkiv"), help_text=gettext_lazy("Vems arkiv handlingarna hör till."), max_length=200
    )
    secrecy_rule = forms.CharField(
        label=gettext_lazy("Sekretess"),
        help_text=gettext_lazy("Huvudregeln, till exempel 26 kap. 1 § OSL."),
        max_length=100,
        required=False,
    )
    harm_test = forms.ChoiceField(label=gettext_lazy("Skaderekvisit"), required=False)
    retention_plan = forms.CharField(
        label=gettext_lazy("Gallring"), widget=forms.Textarea(attrs={"rows": 2}), required=False
    )
    source = forms.CharField(
        label=gettext_lazy("Varifrån uppgifterna kommer"),
        help_text=gettext_lazy("Till exempel ett beslut med datum."),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["harm_test"].choices = [(test.value, _(label)) for test, label in rules.LABELS.items()]


@page(needs=Permission.MANAGE_MEMBERS)
def add(request: Any, code: str) -> HttpResponse:
    """Add an area. The first one is the whole authority unless somebody writes another name."""
    with transactions.read(request.by):
        found = organisations.page(code)
    if found is None:
        raise Http404
    name = found.row.name
    form = AreaForm(
        request.POST or None,
        initial={"name": "" if found.areas else name, "controller": name, "archive_authority": name},
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.add(by=request.by, authority_id=found.row.id, **form.cleaned_data)
        except Refused as refused:
            refusals.put_in(form, refused, FIELDS)
        else:
            messages.success(request, _("Sekretessområdet finns. Nu kan personer få roller där."))
            return afterwards.to("partners:organisation", code)
    frame = shell.of(request)
    frame.crumbs = [
        {"label": _("Organisationer"), "url": reverse("partners:organisations")},
        {"label": found.row.label, "url": reverse("partners:organisation", args=[code])},
        {"label": _("Nytt sekretessområde"), "url": ""},
    ]
    with transactions.read(request.by):
        return render(request, "partners/area_form.html", {"form": form, "found": found, "shell": frame})
