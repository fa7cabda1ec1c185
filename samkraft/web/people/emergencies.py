"""Nödåtkomst: open a file of the own authority without being on the case; and the review by somebody else."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samkraft.audit.actions import transactions
from samkraft.partners.queries import areas
from samkraft.partners.rules.roles import Permission
from samkraft.people.actions import emergencies as actions
from samkraft.people.queries import oversight
from samkraft.values import identity_number
from samkraft.values.refusal import Refused
from samkraft.web import afterwards, refusals, shell
from samkraft.web.acting import page


class OpenForm(forms.Form):
    """Which number, why, and for how long."""

    use_required_attribute = False
    number = forms.CharField(label=gettext_lazy("Personnummer eller samordningsnummer"))
    reason = forms.CharField(
        label=gettext_lazy("Varför är det bråttom?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Minst 20 tecken. Dataskyddsombudet granskar varje gång."),
    )
    minutes = forms.ChoiceField(
        label=gettext_lazy("Hur länge?"),
        choices=[
            ("30", gettext_lazy("30 minuter")),
            ("60", gettext_lazy("1 timme")),
            ("240", gettext_lazy("4 timmar")),
        ],
        initial="60",
    )


@page(needs=Permission.WORK_WITH_PEOPLE)
def open_case(request: Any) -> HttpResponse:
    """The form, and those that one has opened before with what the review said."""
    if request.method != "POST":
        return _render(request, OpenForm())
    form = OpenForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        try:
            number = identity_number.read(data["number"], timezone.localdate())
            person_id = actions.open_case(
                by=request.by, number=number, reason=data["reason"], minutes=int(data["minutes"])
            )
        except Refused as refusal:
            refusals.put_in(form, refusal)
        else:
            messages.warning(request, _("Akten är öppen en stund. Det du läser antecknas och granskas."))
            return afterwards.to("people:person", person_id)
    with transactions.read(request.by):
        return _render(request, form)


@page(needs=Permission.REVIEW_AUDIT)
def review(request: Any) -> HttpResponse:
    """Every nödåtkomst, those to review first. Never whom it was about: that is in the authority's own file."""
    refusal = None
    if request.method == "POST":
        try:
            actions.review(
                by=request.by,
                opened_id=UUID(request.POST.get("opened", "")),
                is_justified=request.POST.get("verdict") == "justified",
                note=request.POST.get("note", ""),
            )
        except ValueError:
            return afterwards.at(request.path)
        except Refused as found:
            refusal = refusals.explain(found)
        else:
            messages.success(request, _("Granskningen är sparad."))
            return afterwards.at(request.path)
        with transactions.read(request.by):
            return _render_review(request, refusal)
    return _render_review(request, None)


def _render(request: Any, form: OpenForm) -> HttpResponse:
    frame = shell.of(request)
    frame.crumbs = [{"label": _("Deltagare"), "url": reverse("people:everyone")}, {"label": _("Nödåtkomst")}]
    context = {"shell": frame, "form": form, "rows": oversight.emergencies(request.by)}
    return render(request, "people/emergency.html", context)


def _render_review(request: Any, refusal: Any) -> HttpResponse:
    frame = shell.of(request)
    frame.crumbs = [{"label": _("Granskning"), "url": reverse("audit:events")}, {"label": _("Nödåtkomst")}]
    bodies = areas.labels()
    sent = request.POST if refusal else {}
    rows = [
        {
            "row": row, "body": bodies.get(row.area_id),
            "typed": sent.get("note", "") if sent.get("opened") == str(row.id) else "",
        }
        for row in oversight.emergencies(request.by)
    ]  # fmt: skip
    context = {"shell": frame, "rows": rows, "refusal": refusal}
    return render(request, "people/emergency_review.html", context)
