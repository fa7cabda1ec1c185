"""Take a step with a report, or say something about it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samkraft.audit.actions import transactions
from samkraft.money.actions.reports import report_steps
from samkraft.money.rules.reports.reports import StepKind
from samkraft.partners.rules.roles import Permission
from samkraft.values.refusal import Refused
from samkraft.values.wording import phrase
from samkraft.web import afterwards, refusals
from samkraft.web.acting import page
from samkraft.web.reports import frame, report

DONE = {
    StepKind.READY: phrase("Redovisningen väntar nu på att en kollega granskar den."),
    StepKind.REVIEWED: phrase("Redovisningen är granskad. Den som har skrivit kan lämna in den."),
    StepKind.GIVEN_BACK: phrase("Redovisningen är tillbaka hos den som skriver, med ditt skäl."),
    StepKind.HANDED_IN: phrase("Redovisningen är inlämnad till stadskontoret."),
    StepKind.FILED: phrase(
        "Redovisningen är lagd till handlingarna. Dess siffror och insatser är nu uppgifter med källa."
    ),
}


@require_POST
@page(needs=Permission.SEE_MONEY)
def take(request: Any, report_id: UUID, kind: str) -> HttpResponse:
    """One step; refused steps show the report again with the reason."""
    try:
        wanted = StepKind(kind.replace("-", "_"))
    except ValueError:
        raise Http404 from None
    if wanted is StepKind.COMMENT:
        raise Http404
    text = request.POST.get("text", "")
    try:
        report_steps.take(by=request.by, report_id=report_id, kind=wanted, text=text)
    except Refused as refusal:
        return _again(request, report_id, refusal, text, wanted.value)
    messages.success(request, _(DONE[wanted]))
    return afterwards.to("reports:report", report_id)


@require_POST
@page(needs=Permission.SEE_MONEY)
def comment(request: Any, report_id: UUID) -> HttpResponse:
    """A comment, on a question (`fraga`) or on the whole."""
    text, question = request.POST.get("text", ""), request.POST.get("fraga", "")
    try:
        question_id = UUID(question) if question else None
    except ValueError:
        raise Http404 from None
    try:
        report_steps.comment(by=request.by, report_id=report_id, question_id=question_id, text=text)
    except Refused as refusal:
        return _again(request, report_id, refusal, text, "comment")
    messages.success(request, _("Kommentaren är sparad."))
    return afterwards.to("reports:report", report_id)


def _again(request: Any, report_id: UUID, refusal: Refused, text: str, step: str) -> HttpResponse:
    with transactions.read(request.by):
        found = frame.page_or_404(request, report_id)
        return report.shown(request, found, refusals.explain(refusal), text, step)
