"""Add or change an organisation."""

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samkraft.audit.actions import transactions
from samkraft.partners.actions import organisations as actions
from samkraft.partners.queries import organisations
from samkraft.partners.rules import organisations as rules
from samkraft.partners.rules.roles import Permission
from samkraft.values.refusal import Refused
from samkraft.web import afterwards, refusals, shell
from samkraft.web.acting import page

# Which field a refusal stands beside.
FIELDS = {
    rules.NAME_MISSING.code: "name",
    rules.NAME_TAKEN.code: "name",
    rules.BAD_NUMBER.code: "organisation_number",
    rules.BAD_WORKPLACE_NUMBER.code: "workplace_number",
    rules.NO_SUCH_KIND.code: "kind",
    rules.PART_OF_ITSELF.code: "parent",
}


class OrganisationForm(forms.Form):
    """What is known about an organisation."""

    name = forms.CharField(label=gettext_lazy("Namn"), max_length=200)
    kind = forms.ChoiceField(label=gettext_lazy("Slag"))
    parent = forms.ChoiceField(
        label=gettext_lazy("Hör till"),
        help_text=gettext_lazy("För en nämnd eller ett kontor: kommunen. En egen myndighet lämnas tom."),
        required=False,
    )
    short_name = forms.CharField(
        label=gettext_lazy("Kort namn"), help_text=gettext_lazy("Till exempel GVN."), max_length=40, required=False
    )
    other_names = forms.CharField(
        label=gettext_lazy("Andra namn"),
        help_text=gettext_lazy("Ett på varje rad. Namn som står i beslut känns igen här."),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    administration_name = forms.CharField(
        label=gettext_lazy("Förvaltning"),
        help_text=gettext_lazy("För en nämnd: förvaltningens namn."),
        max_length=200,
        required=False,
    )
    organisation_number = forms.CharField(
        label=gettext_lazy("Organisationsnummer"),
        help_text=gettext_lazy("Tio siffror. Nämnder har kommunens."),
        required=False,
    )
    workplace_number = forms.CharField(
        label=gettext_lazy("Arbetsställenummer (CFAR)"), help_text=gettext_lazy("Åtta siffror."), required=False
    )
    note = forms.CharField(label=gettext_lazy("Anteckning"), widget=forms.Textarea(attrs={"rows": 3}), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind.value, _(label)) for kind, label in rules.LABELS.items()]
        bodies = [(row.code, row.name) for row in organisations.listed()]
        self.fields["parent"].choices = [("", _("ingen annan organisation")), *bodies]

    def as_arguments(self) -> dict[str, Any]:
        """What the actions take, except what the organisation is part of."""
        told = {name: value for name, value in self.cleaned_data.items() if name != "parent"}
        return {**told, "other_names": told["other_names"].splitlines()}


@page(needs=Permission.MANAGE_MEMBERS)
def add(request: Any) -> HttpResponse:
    """A new organisation."""
    with transactions.read(request.by):
        form = OrganisationForm(request.POST or None)
        above = organisations.ids()
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.add(by=request.by, parent_id=above.get(form.cleaned_data["parent"]), **form.as_arguments())
        except Refused as refused:
            _say(form, refused)
        else:
            with transactions.read(request.by):
                code = next(code for code, one in organisations.ids().items() if one == made)
            return afterwards.to("partners:organisation", code)
    with transactions.read(request.by):
        return render(request, "partners/organisation_form.html", {"form": form, "shell": _frame(request, _("Ny"))})


@page(needs=Permission.MANAGE_MEMBERS)
def change(request: Any, code: str) -> HttpResponse:
    """Change one. The second of two who edit it at once is told, and keeps what was typed."""
    with transactions.read(request.by):
        now = organisations.page(code)
        if now is None:
            raise Http404
        form = OrganisationForm(request.POST or None, initial=_initial(now))
    version = now.version
    changed_since = False
    if request.method == "POST" and form.is_valid():
        try:
            actions.change(
                by=request.by,
                code=code,
                version=request.POST.get("version", ""),
                parent_code=form.cleaned_data["parent"],
                **form.as_arguments(),
            )
        except Refused as refused:
            changed_since = refused.reason.code == rules.CHANGED_SINCE.code
            _say(form, refused)
        else:
            return afterwards.to("partners:organisation", code)
    elif request.method == "POST":
        version = request.POST.get("version", "")
    context = {
        "form": form,
        "now": now,
        "version": version,
        "changed_since": changed_since,
        "shell": _frame(request, now.row.label),
    }
    with transactions.read(request.by):
        return render(request, "partners/organisation_form.html", context)


def _initial(now: organisations.OrganisationPage) -> dict[str, Any]:
    return {
        "name": now.row.name,
        "kind": now.row.kind.value,
        "parent": now.parent_code,
        "short_name": now.row.short_name,
        "other_names": "\n".join(now.other_names),
        "administration_name": now.row.administration_name,
        "organisation_number": now.row.number,
        "workplace_number": now.workplace_number,
        "note": now.note,
    }


def _say(form: OrganisationForm, refused: Refused) -> None:
    refusals.put_in(form, refused, FIELDS)


def _frame(request: Any, last: str) -> shell.Shell:
    frame = shell.of(request)
    frame.crumbs = [
        {"label": _("Organisationer"), "url": reverse("partners:organisations")},
        {"label": last, "url": ""},
    ]
    return frame
