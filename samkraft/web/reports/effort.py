"""Write down an effort in a report, change it or take it away."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samkraft.audit.actions import transactions
from samkraft.money.actions.reports import report_writing
from samkraft.money.rules.reports import reports as rules
from samkraft.money.rules.uses import EFFORT_LABELS, EffortStatus
from samkraft.partners.rules.roles import Permission
from samkraft.values.refusal import Refused
from samkraft.web import afterwards, refusals
from samkraft.web.acting import page
from samkraft.web.amount_fields import KronorField
from samkraft.web.reports import frame

FIELDS = {rules.TITLE_EMPTY.code: "title", rules.AMOUNT_NOT_POSITIVE.code: "amount"}


class EffortForm(forms.Form):
    """An effort."""

    use_required_attribute = False
    title = forms.CharField(
        label=gettext_lazy("Insats"),
        max_length=300,
        error_messages={"required": gettext_lazy("Skriv vad insatsen heter.")},
    )
    status = forms.ChoiceField(
        label=gettext_lazy("Hur långt kom den?"),
        choices=[(status.value, gettext_lazy(EFFORT_LABELS[status])) for status in EffortStatus],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Välj hur långt insatsen kom.")},
    )
    text = forms.CharField(label=gettext_lazy("Om insatsen"), required=False, widget=forms.Textarea(attrs={"rows": 4}))
    counterparty = forms.CharField(label=gettext_lazy("Tillsammans med"), required=False, max_length=200)
    amount = KronorField(
        label=gettext_lazy("Belopp"), help_text=gettext_lazy("Lämna tomt om ni inte vet hur mycket."), required=False
    )
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


@page(needs=Permission.ANSWER_FOR_COMMITTEE)
def show(request: Any, report_id: UUID, question_id: UUID, number: int) -> HttpResponse:
    """The form; number 0 is a new effort."""
    if request.method != "POST":
        return _render(request, report_id, question_id, number, None)
    form = EffortForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        try:
            report_writing.write_effort(
                by=request.by,
                report_id=report_id,
                question_id=question_id,
                number=number,
                version=data["version"],
                title=data["title"],
                status=EffortStatus(data["status"]),
                text=data["text"],
                counterparty=data["counterparty"],
                amount_ore=data["amount"],
                is_removed="remove" in request.POST,
            )
        except Refused as refusal:
            refusals.put_in(form, refusal, FIELDS)
        else:
            messages.success(
                request, _("Insatsen är borttagen.") if "remove" in request.POST else _("Insatsen är sparad.")
            )
            return afterwards.to("reports:report", report_id)
    with transactions.read(request.by):
        return _render(request, report_id, question_id, number, form)


def _render(request: Any, report_id: UUID, question_id: UUID, number: int, form: EffortForm | None) -> HttpResponse:
    found, content = frame.content_or_404(request, report_id)
    held = next((each for each in content.efforts if each.number == number), None)
    known = any(each.id == question_id for each in content.questions)
    if not found.may_write or not known or (number and held is None and form is None):
        raise Http404
    given = (
        {
            "title": held.title,
            "status": held.status.value,
            "text": held.text,
            "counterparty": held.counterparty,
            "amount": held.amount_ore,
            "version": held.version,
        }
        if held
        else {"version": 0}
    )
    title = _("Ändra insats") if number else _("Ny insats")
    context = {
        "shell": frame.inside(request, found, (title, "")),
        "row": found.row,
        "title": title,
        "form": form or EffortForm(initial=given),
        "held": held,
        "is_new": not number,
    }
    return render(request, "reports/effort.html", context, status=422 if form else 200)
