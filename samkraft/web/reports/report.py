"""One report: what was decided, the answers with their figures, how far it has come, and what the reader can do now."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from samkraft.money.queries.reports import reports
from samkraft.money.queries.reports.report_contents import Content, Question
from samkraft.money.queries.reports.reports import ReportPage
from samkraft.money.rules.reports.reports import OPEN_FOR_WRITING, STEP_LABELS, State, StepKind
from samkraft.money.rules.uses import EFFORT_LABELS, EffortStatus
from samkraft.partners.rules.roles import Permission
from samkraft.web import figures as numbers
from samkraft.web.acting import page
from samkraft.web.reports import frame, step_buttons

EFFORT_SHAPES = {EffortStatus.DONE: "ok", EffortStatus.PARTLY: "needs", EffortStatus.NOT_DONE: "closed"}
STEP_SHAPES = {StepKind.GIVEN_BACK: "needs", StepKind.COMMENT: "closed"}

SHOWN_YEARS = 3  # earlier ones, beside this year's


@page(needs=Permission.SEE_MONEY)
def show(request: Any, report_id: UUID) -> HttpResponse:
    """The report. Anchors: `fraga-N`, `siffra-N`."""
    return shown(request, frame.page_or_404(request, report_id))


def shown(request: Any, found: ReportPage, refusal: Any = None, typed: str = "", step: str = "") -> HttpResponse:
    """The page, also after a step that was refused: what was typed is kept."""
    kind, words = frame.state(found.row)
    content = found.content
    can_write = content is not None and found.may_write and found.row.state in OPEN_FOR_WRITING
    context = {
        "shell": frame.inside(request, found),
        "page": found,
        "row": found.row,
        "kind": kind,
        "words": words,
        "amount": numbers.kronor(found.amount_ore),
        "questions": [_question(found, content, each, can_write) for each in content.questions] if content else [],
        "can_write": can_write,
        "buttons": step_buttons.of(request, found),
        "history": _history(content) if content else [],
        "refusal": refusal,
        "typed": typed,
        "failed_step": step,
        "may_transfer": content is not None
        and (found.may_write or found.may_receive)
        and found.row.state in {State.HANDED_IN, State.FILED},
        "may_comment": content is not None
        and (found.may_write or found.may_receive)
        and found.row.state is not State.FILED,
    }
    return render(request, "reports/report.html", context, status=422 if refusal else 200)


def _question(found: ReportPage, content: Content, question: Question, can_write: bool) -> dict[str, Any]:
    own_numbers = {each.number for each in content.figures if each.question_id == question.id}
    lines = [line for line in found.lines if line.number in own_numbers]
    years = sorted({year for line in lines for year, _told, _value in line.earlier})[-SHOWN_YEARS:]
    answer = content.answers.get(question.id)
    return {
        "question": question,
        "is_first": question.position == content.questions[0].position,
        "is_part": question.parent_id is not None,
        "paragraphs": frame.paragraphs(content, question.id),
        "answer": answer,
        "efforts": [_effort(found, each) for each in content.efforts if each.question_id == question.id],
        "has_amounts": any(e.amount_ore is not None for e in content.efforts if e.question_id == question.id),
        "years": years,
        "figures": [_line(found, question, line, years) for line in lines],
        "unplaced": frame.unplaced(content, question.id, found.row.year) if can_write else [],
        "comments": [
            step for step in content.steps if step.kind is StepKind.COMMENT and step.question_id == question.id
        ],
        "answer_url": reverse("reports:answer", args=[found.row.id, question.id]),
        "effort_url": reverse("reports:effort", args=[found.row.id, question.id, 0]),
        "figure_url": reverse("reports:figure", args=[found.row.id, question.id, 0]),
    }


def _effort(found: ReportPage, each: Any) -> dict[str, Any]:
    return {
        "effort": each,
        "shape": EFFORT_SHAPES[each.status],
        "words": _(EFFORT_LABELS[each.status]),
        "amount": numbers.kronor(each.amount_ore) if each.amount_ore is not None else "",
        "url": reverse("reports:effort", args=[found.row.id, each.question_id, each.number]),
    }


def _line(found: ReportPage, question: Question, line: Any, years: list[int]) -> dict[str, Any]:
    before = {year: told for year, told, _value in line.earlier}
    if line.year < found.row.year:
        before[line.year] = line.told
    return {
        "line": line,
        "before": [(year, before.get(year, numbers.NONE)) for year in years],
        "now": line.told if line.year == found.row.year else numbers.NONE,
        "url": reverse("reports:figure", args=[found.row.id, question.id, line.number]),
    }


def _history(content: Content) -> list[dict[str, Any]]:
    """The steps, the latest first; comments on a question stand beside it."""
    return [
        {
            "when": step.at,
            "heading": _("%(who)s %(did)s") % {"who": step.by, "did": _(STEP_LABELS[step.kind])},
            "text": step.text,
            "kind": STEP_SHAPES.get(step.kind, "ok"),
            "url": reverse("money:document", args=[step.document_id]) if step.document_id else "",
        }
        for step in reversed(content.steps)
        if step.kind is not StepKind.COMMENT or step.question_id is None
    ]


@page(needs=Permission.SEE_MONEY)
def history(request: Any, report_id: UUID) -> HttpResponse:
    """Who changed what, the latest first."""
    found, content = frame.content_or_404(request, report_id)
    positions = {each.id: each.position for each in content.questions}
    saved = reports.history(by=request.by, report_id=report_id)
    context = {
        "shell": frame.inside(request, found, (_("Ändringar"), "")),
        "page": found,
        "row": found.row,
        "saved": [(each, positions.get(each.question_id, 0), _what(each.what)) for each in saved],
    }
    return render(request, "reports/history.html", context)


def _what(what: str) -> str:
    return {"answer": _("text"), "effort": _("insats"), "figure": _("siffra")}[what]
