"""A new activity in the catalogue, put there by whoever leads the work for its owner."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samkraft.audit.actions import transactions
from samkraft.initiatives.queries import teams, undertakings
from samkraft.offer.actions import activities as actions
from samkraft.offer.actions.activities import ActivityDraft
from samkraft.offer.queries import catalogue
from samkraft.offer.rules import activities as rules
from samkraft.partners.rules.roles import Permission
from samkraft.people.rules.categories import CATEGORIES, Category
from samkraft.values.refusal import Refused
from samkraft.web import afterwards, refusals
from samkraft.web.acting import page
from samkraft.web.number_fields import WholeNumberField
from samkraft.web.offer import frames, words
from samkraft.web.sections import Plain

MOST_OUTCOMES = 6


@page(needs=Permission.MANAGE_OFFER)
def add(request: Any) -> HttpResponse:
    """One form; afterwards the activity's own page, where its coordinator is appointed and its occasions are laid in."""
    if request.method != "POST":
        return _draw(request, _form(request, None))
    with transactions.read(request.by):
        form = _form(request, request.POST)
    if form.is_valid():
        try:
            made = actions.add(by=request.by, draft=_draft(request, form.cleaned_data))
        except Refused as refused:
            refusals.put_in(form, refused, {"offer_name_taken": "name", "offer_no_name": "name"})
        else:
            messages.success(request, _("Aktiviteten finns i katalogen. Utse nu en platssamordnare."))
            with transactions.read(request.by):
                found = catalogue.activity_by_id(made)
            assert found is not None  # it was made just now
            return afterwards.to("offer:activity", found.code)
    with transactions.read(request.by):
        return _draw(request, form)


def _draw(request: Any, form: Plain) -> HttpResponse:
    crumbs = ((_("Katalog"), reverse("offer:catalogue")), (_("Ny aktivitet"), ""))
    return frames.draw(request, "offer/new_activity.html", {"form": form}, *crumbs)


def _form(request: Any, data: Any) -> Plain:
    joint = [
        (str(one.id), one.name)
        for one in undertakings.listed()
        if request.by.area_id in {party.area_id for party in teams.parties_on(one.id, on=timezone.localdate())}
    ]
    reveals = [(code, _(CATEGORIES[Category(code)].name)) for code in rules.REVEALS]
    fields: dict[str, forms.Field] = {
        "name": forms.CharField(label=_("Namn"), max_length=120),
        "kind": forms.ChoiceField(label=_("Slag"), choices=words.choices(rules.KIND_NAMES, empty=_("Välj"))),
        "about": forms.CharField(
            label=_("Vad det är"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
            help_text=_("Det här läser handläggare och deltagare."),
        ),
        "initiative": forms.ChoiceField(
            label=_("För vilka"), required=False, choices=[("", _("Alla som vi arbetar med")), *joint],
        ),
        "start_form": forms.ChoiceField(label=_("Start"), choices=words.choices(rules.START_FORM_NAMES, empty=_("Välj"))),
        "decided_by": forms.ChoiceField(
            label=_("Vem som ger platsen"), choices=words.choices(rules.DECIDED_BY_NAMES, empty=_("Välj")),
            help_text=_("Ett erbjudande är villkorat tills den har beslutat."),
        ),
        "reveals": forms.ChoiceField(
            label=_("Vad berättar en plats om den som har den?"), choices=[("", _("Välj")), *reveals],
            help_text=_("En plats i vård berättar om hälsa. Bara de som möter sådana uppgifter i arbetet ser vem som har den."),
        ),
        "prerequisites": forms.MultipleChoiceField(
            label=_("Förkunskaper"), required=False, choices=words.choices(rules.PREREQUISITES),
            widget=forms.CheckboxSelectMultiple,
        ),
        "usual_weeks": WholeNumberField(
            label=_("Hur många veckor det brukar vara"), required=False, min_value=1, max_value=260
        ),
        "outcomes": forms.CharField(
            label=_("Vad den ska leda till"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
            help_text=_("En rad för varje, högst sex. De frågas om när en plats avslutas."),
        ),
    }  # fmt: skip
    return Plain(fields, data)


def _draft(request: Any, said: dict[str, Any]) -> ActivityDraft:
    lines = [line.strip() for line in said["outcomes"].splitlines() if line.strip()]
    return ActivityDraft(
        name=said["name"], kind=said["kind"], owner_id=request.by.organisation_id, start_form=said["start_form"],
        reveals=said["reveals"], decided_by=said["decided_by"], about=said["about"],
        initiative_id=UUID(said["initiative"]) if said["initiative"] else None,
        prerequisites=tuple(said["prerequisites"]), usual_weeks=said["usual_weeks"],
        outcomes=tuple(lines[:MOST_OUTCOMES]),
    )  # fmt: skip
