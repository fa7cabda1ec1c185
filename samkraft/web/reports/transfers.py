"""Put a report into the city's other systems without writing anything twice, and say that it is done."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samkraft.audit.actions import transactions
from samkraft.money.actions.reports import report_steps
from samkraft.money.queries.reports import reports
from samkraft.money.queries.reports.report_contents import Content
from samkraft.money.queries.reports.reports import ReportPage
from samkraft.money.rules.reports.reports import SYSTEM_LABELS, State, System
from samkraft.partners.rules.roles import Permission
from samkraft.values.refusal import Refused
from samkraft.values.wording import phrase
from samkraft.web import afterwards, exports, refusals
from samkraft.web.acting import page
from samkraft.web.exports import Head
from samkraft.web.reports import frame

VOUCHER_HEADS = (
    Head(phrase("Verifikat")),
    Head(phrase("Dag"), "date"),
    Head(phrase("Text")),
    Head(phrase("Från")),
    Head(phrase("Till")),
    Head(phrase("Belopp, kr"), "ore"),
)
FIELD_HEADS = (Head(phrase("Fält")), Head(phrase("Värde")))


@page(needs=Permission.SEE_MONEY)
def show(request: Any, report_id: UUID) -> HttpResponse:
    """What to copy, the files, and what is done."""
    found, content = _handed_in(request, report_id)
    return _render(request, found, content)


def _render(request: Any, found: ReportPage, content: Content, refusal: Any = None) -> HttpResponse:
    texts = reports.copies(by=request.by, report_id=found.row.id) or {}
    context = {
        "shell": frame.inside(request, found, (_("Till andra system"), "")),
        "page": found,
        "row": found.row,
        "refusal": refusal,
        "questions": [
            {
                "question": each,
                "text": texts[each.id],
                "done": _done(content, System.FOLLOW_UP, each.id),
                "file_url": reverse("reports:transfer_file", args=[found.row.id, f"fraga-{each.position}"]),
            }
            for each in content.questions
        ],
        "fields": reports.registration(by=request.by, report_id=found.row.id),
        "fields_done": _done(content, System.MATTERS, None),
        "vouchers": reports.vouchers(by=request.by, report_id=found.row.id),
        "vouchers_done": _done(content, System.ECONOMY, None),
        "may_mark": found.may_write or found.may_receive,
    }
    return render(request, "reports/transfers.html", context, status=422 if refusal else 200)


def _done(content: Content, system: System, question_id: UUID | None) -> dict[str, Any] | None:
    """Who said that it is done and when, and whether the part has changed since."""
    held = next((each for each in content.transfers if (each.system, each.question_id) == (system, question_id)), None)
    if held is None:
        return None
    return {"by": held.by, "at": held.at, "is_old": held.digest != content.digest(question_id)}


@page(needs=Permission.SEE_MONEY)
def file(request: Any, report_id: UUID, which: str) -> HttpResponse:
    """A file: `fraga-N` and `allt` as text, `platina` as a table, `raindance` and `raindance-xlsx` as vouchers."""
    found, content = _handed_in(request, report_id)
    name = slugify(f"{found.row.body_short} {found.row.fund_code} {found.row.year}")
    if which == "platina":
        return exports.answer(
            exports.CSV, f"{name}-platina", FIELD_HEADS, reports.registration(by=request.by, report_id=report_id)
        )
    if which in {"raindance", "raindance-xlsx"}:
        kind = exports.XLSX if which.endswith("xlsx") else exports.CSV
        return exports.answer(
            kind, f"{name}-raindance", VOUCHER_HEADS, reports.vouchers(by=request.by, report_id=report_id)
        )
    texts = reports.copies(by=request.by, report_id=report_id) or {}
    wanted = {f"fraga-{each.position}": texts[each.id] for each in content.questions}
    wanted["allt"] = "\n\n".join(texts.values())
    if which not in wanted:
        raise Http404
    return _text(f"{name}-{which}", wanted[which])


def _text(name: str, words: str) -> HttpResponse:
    response = HttpResponse(words.replace("\n", "\r\n").encode("utf-8-sig"), content_type="text/plain; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.txt"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@require_POST
@page(needs=Permission.SEE_MONEY)
def mark(request: Any, report_id: UUID) -> HttpResponse:
    """Say that a part is in a system, or that it is not."""
    try:
        system = System(request.POST.get("system", ""))
        question = request.POST.get("fraga", "")
        question_id = UUID(question) if question else None
    except ValueError:
        raise Http404 from None
    is_undone = "undo" in request.POST
    try:
        report_steps.mark_transferred(
            by=request.by, report_id=report_id, system=system, question_id=question_id, is_undone=is_undone
        )
    except Refused as refusal:
        with transactions.read(request.by):
            found, content = _handed_in(request, report_id)
            return _render(request, found, content, refusals.explain(refusal))
    done = _("Markeringen är borttagen.") if is_undone else _("Markerat som överfört till %(system)s.")
    messages.success(request, done % {"system": _(SYSTEM_LABELS[system])})
    return afterwards.to("reports:transfers", report_id)


def _handed_in(request: Any, report_id: UUID) -> tuple[ReportPage, Content]:
    found, content = frame.content_or_404(request, report_id)
    if found.row.state not in {State.HANDED_IN, State.FILED}:
        raise Http404
    return found, content
