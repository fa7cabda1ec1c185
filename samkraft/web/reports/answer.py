"""Write the text of an answer. Two who write at once: the second sees both texts side by side and loses nothing."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samkraft.audit.actions import transactions
from samkraft.money.actions.reports import report_writing
from samkraft.money.queries.reports import report_copies, reports
from samkraft.money.rules.reports import report_texts
from samkraft.money.rules.reports.reports import STALE
from samkraft.partners.rules.roles import Permission
from samkraft.values.refusal import Refused
from samkraft.web import afterwards, refusals
from samkraft.web.acting import page
from samkraft.web.reports import frame


class AnswerForm(forms.Form):
    """The text, and the version that it was written from."""

    use_required_attribute = False
    text = forms.CharField(
        label=gettext_lazy("Svar"),
        help_text=gettext_lazy(
            "En tom rad ger ett nytt stycke. Skriv [[1]] där siffra 1 ska stå, eller [[1 tal]] för bara talet."
        ),
        error_messages={"required": gettext_lazy("Skriv ett svar. Finns det inget att berätta skriver du det.")},
        widget=forms.Textarea(attrs={"rows": 14}),
    )
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


@page(needs=Permission.ANSWER_FOR_COMMITTEE)
def show(request: Any, report_id: UUID, question_id: UUID) -> HttpResponse:
    """The form, and what it says when it is saved."""
    if request.method != "POST":
        return _render(request, report_id, question_id, None)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        with transactions.read(request.by):
            return _render(request, report_id, question_id, form)
    data = form.cleaned_data
    try:
        report_writing.answer(
            by=request.by,
            report_id=report_id,
            question_id=question_id,
            version=data["version"],
            text=data["text"],
        )
    except Refused as refusal:
        with transactions.read(request.by):
            return _again(request, report_id, question_id, data, refusal)
    messages.success(request, _("Svaret är sparat."))
    return afterwards.to("reports:report", report_id)


def _again(request: Any, report_id: UUID, question_id: UUID, data: dict[str, Any], refusal: Refused) -> HttpResponse:
    """Refused: with both texts and a proposal that holds both when somebody else came first."""
    if refusal.reason.code != STALE.code:
        form = AnswerForm(initial=data)
        return _render(request, report_id, question_id, form, refusal=refusal)
    _found, content = frame.content_or_404(request, report_id)
    held = content.answers[question_id]
    base = reports.text_of(by=request.by, report_id=report_id, question_id=question_id, version=data["version"])
    merged = report_texts.merge(base, data["text"], held.text)
    form = AnswerForm(initial={"text": merged.text, "version": held.version})
    sides = {"mine": data["text"], "theirs": held.text, "who": held.written_by, "is_clean": merged.is_clean}
    return _render(request, report_id, question_id, form, refusal=refusal, sides=sides)


def _render(
    request: Any,
    report_id: UUID,
    question_id: UUID,
    form: AnswerForm | None,
    *,
    refusal: Refused | None = None,
    sides: dict[str, Any] | None = None,
) -> HttpResponse:
    found, content = frame.content_or_404(request, report_id)
    question = next((each for each in content.questions if each.id == question_id), None)
    if question is None or not found.may_write:
        raise Http404
    answer = content.answers.get(question_id)
    given = {"text": answer.text if answer else "", "version": answer.version if answer else 0}
    context = {
        "shell": frame.inside(request, found, (_("Fråga %(number)s") % {"number": question.position}, "")),
        "page": found,
        "row": found.row,
        "question": question,
        "form": form or AnswerForm(initial=given),
        "refusal": refusals.explain(refusal) if refusal else None,
        "sides": sides,
        "figures": [
            (
                each,
                report_copies.written(each),
                reverse("reports:figure", args=[report_id, each.question_id, each.number]),
            )
            for each in content.figures
            if each.year == found.row.year
        ],
        "figure_url": reverse("reports:figure", args=[report_id, question_id, 0]),
    }
    is_wrong = refusal is not None or (form is not None and form.is_bound)
    return render(request, "reports/answer.html", context, status=422 if is_wrong else 200)
