"""A person writes down that sources differ where no rule can see it."""

import re
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samkraft.audit.actions import transactions
from samkraft.money.actions.contradictions import contradictions as actions
from samkraft.money.rules import settling
from samkraft.partners.rules.roles import Permission
from samkraft.values import kronor
from samkraft.values.refusal import Refused
from samkraft.web import afterwards, refusals, shell
from samkraft.web.acting import page
from samkraft.web.money.addresses import address
from samkraft.web.number_fields import YearField

SIDES = (1, 2, 3, 4)
_AMOUNT = re.compile(r"\b(kr|kronor)\.?$", re.IGNORECASE)


class SubjectForm(forms.Form):
    """What it is about."""

    subject = forms.CharField(
        label=gettext_lazy("Vad gäller det?"),
        help_text=gettext_lazy("Kort, till exempel ”budgetåret då uppdraget gavs”."),
        max_length=200,
    )
    question = forms.CharField(
        label=gettext_lazy("Vilken fråga ger källorna olika svar på?"),
        help_text=gettext_lazy("Till exempel ”Vilket års budget gav kommunstyrelsen uppdraget?”"),
        max_length=500,
    )
    year = YearField(
        label=gettext_lazy("År"),
        required=False,
        min_value=1990,
        max_value=2199,
    )
    explanation = forms.CharField(
        label=gettext_lazy("Vad vet du mer?"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class SideForm(forms.Form):
    """One source. The first two are needed, the others when there are more."""

    title = forms.CharField(
        label=gettext_lazy("Källa"),
        help_text=gettext_lazy("Till exempel ”Tjänsteskrivelsen 2023”."),
        required=False,
        max_length=200,
    )
    place = forms.CharField(
        label=gettext_lazy("Var står det?"),
        help_text=gettext_lazy("Diarienummer, punkt eller sida."),
        required=False,
        max_length=200,
    )
    value = forms.CharField(
        label=gettext_lazy("Vad säger den?"),
        help_text=gettext_lazy("Siffran, dagen eller ordet. Skriv kr efter belopp: 6 417 000 kr."),
        required=False,
        max_length=200,
    )
    quote = forms.CharField(
        label=gettext_lazy("Meningen, ord för ord"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    said_by = forms.CharField(label=gettext_lazy("Sagt av"), required=False, max_length=200)
    said_words = forms.CharField(label=gettext_lazy("När"), required=False, max_length=100)

    def draft(self) -> actions.SideDraft | None:
        """The side, or None when nothing is filled in."""
        data = self.cleaned_data
        if not any(data.values()):
            return None
        value, amount = data["value"], None
        if _AMOUNT.search(value.strip()):
            try:
                amount = kronor.parse(value)
            except ValueError:
                amount = None
        return actions.SideDraft(
            title=data["title"] or data["place"],
            value=value,
            amount_ore=amount,
            place=data["place"],
            quote=data["quote"],
            said_by=data["said_by"],
            said_words=data["said_words"],
        )


@page(needs=Permission.SEE_MONEY)
def show(request: Any) -> HttpResponse:
    """The form, and what becomes of it."""
    if request.method != "POST":
        return _render(request, SubjectForm(), [SideForm(prefix=f"side{number}") for number in SIDES])
    form = SubjectForm(request.POST)
    sides = [SideForm(request.POST, prefix=f"side{number}") for number in SIDES]
    if all([form.is_valid(), *[side.is_valid() for side in sides]]):
        try:
            entered = actions.enter(
                by=request.by,
                subject=form.cleaned_data["subject"],
                question=form.cleaned_data["question"],
                year=form.cleaned_data["year"],
                explanation=form.cleaned_data["explanation"],
                sides=[draft for draft in (side.draft() for side in sides) if draft],
            )
        except Refused as refusal:
            words = str(refusals.explain(refusal))
            if refusal.reason is settling.SIDE_WITHOUT_SOURCE:
                sides[refusal.details["number"] - 1].add_error("place", words)
            form.add_error(None, words)
        else:
            messages.success(request, _("Skillnaden är inskriven."))
            return afterwards.to("money:contradiction", entered)
    with transactions.read(request.by):
        return _render(request, form, sides)


def _render(request: Any, form: SubjectForm, sides: list[SideForm]) -> HttpResponse:
    frame = shell.of(request)
    frame.crumbs = [
        {"label": _("Medel"), "url": address("money:home")},
        {"label": _("Uppgifter som skiljer sig"), "url": reverse("money:contradictions")},
        {"label": _("Skriv in en skillnad"), "url": ""},
    ]
    context = {"shell": frame, "form": form, "sides": list(zip(SIDES, sides, strict=True))}
    return render(request, "money/contradictions/new.html", context, status=422 if form.is_bound else 200)
