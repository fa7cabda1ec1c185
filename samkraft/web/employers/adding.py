"""A new employer: an organisation that is known already, or a new one."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _

from samkraft.audit.actions import transactions
from samkraft.offer.actions import employers as actions
from samkraft.offer.actions.employers import EmployerDraft
from samkraft.offer.rules import employers as rules
from samkraft.partners.queries import organisations
from samkraft.partners.rules.roles import Permission
from samkraft.values.refusal import Refused
from samkraft.web import afterwards, refusals
from samkraft.web.acting import page
from samkraft.web.employers import frames, words
from samkraft.web.sections import Plain

# Which field a refusal stands beside.
FIELDS = {
    "name_missing": "name", "name_taken": "name", "bad_organisation_number": "organisation_number",
    "employer_already": "organisation",
}  # fmt: skip


@page(needs=Permission.KEEP_EMPLOYERS)
def show(request: Any) -> HttpResponse:
    """One form. Nothing about participants is written here."""
    if request.method != "POST":
        return _draw(request, form_of())
    with transactions.read(request.by):
        form = form_of(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        known = said.pop("organisation")
        try:
            made = actions.register(
                by=request.by, draft=EmployerDraft(organisation_id=UUID(known) if known else None, **said)
            )
        except Refused as refused:
            refusals.put_in(form, refused, FIELDS)
        else:
            messages.success(request, _("Arbetsgivaren är upplagd. Skriv den första kontakten."))
            return afterwards.to("employers:employer", made)
    with transactions.read(request.by):
        return _draw(request, form)


def _draw(request: Any, form: forms.Form) -> HttpResponse:
    return frames.draw(request, "employers/new.html", {"form": form}, (_("Ny arbetsgivare"), ""))


def form_of(data: Any = None) -> Plain:
    """The form, with every organisation that is known to choose from."""
    known = [("", _("En ny, som skrivs nedan")), *((str(row.id), row.name) for row in organisations.listed())]
    return Plain(
        {
            "organisation": forms.ChoiceField(label=_("Finns organisationen redan?"), choices=known, required=False),
            "name": forms.CharField(label=_("Namn på en ny"), required=False, max_length=200),
            "organisation_number": forms.CharField(
                label=_("Organisationsnummer"), required=False, max_length=13,
                help_text=_("Då hittar vi företagets annonser. Har en enskild firma personnummer: lämna tomt."),
            ),
            **particulars(),
        },
        data,
    )  # fmt: skip


def particulars() -> dict[str, forms.Field]:
    """What can be changed later too."""
    return {
        "industry": forms.ChoiceField(label=_("Bransch"), choices=words.choices(rules.INDUSTRY_NAMES, empty=_("Välj"))),
        "district": forms.ChoiceField(label=_("Stadsdel"), choices=words.districts(), required=False),
        "contact_name": forms.CharField(label=_("Vem frågar vi efter"), required=False, max_length=120),
        "contact_phone": forms.CharField(
            label=_("Telefon till jobbet"), required=False, max_length=30,
            widget=forms.TextInput(attrs={"inputmode": "tel"}),
        ),
        "contact_email": forms.EmailField(label=_("E-post till jobbet"), required=False),
    }  # fmt: skip
