"""What the pages about reports share: the way to them, how a state looks, and a figure inside a text."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from samkraft.money.queries.reports import report_copies, reports
from samkraft.money.queries.reports.report_contents import Content
from samkraft.money.queries.reports.reports import ReportPage, Row
from samkraft.money.rules.reports import report_texts
from samkraft.money.rules.reports.reports import STATE_LABELS, State
from samkraft.web import shell
from samkraft.web.money import crumbs

SHAPES = {
    State.DRAFT: "closed",
    State.READY: "needs",
    State.REVIEWED: "needs",
    State.HANDED_IN: "ok",
    State.FILED: "ok",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, or a figure with what it is: its label, its source and where it stands on the page."""

    text: str
    number: int = 0
    about: str = ""


def of(request: Any, *more: tuple[str, str]) -> shell.Shell:
    """The page's frame: Medel, Redovisningar, then these steps."""
    return crumbs.frame(request, (_("Redovisningar"), reverse("reports:index") if more else ""), *more)


def inside(request: Any, found: ReportPage, *more: tuple[str, str]) -> shell.Shell:
    """The frame of a page inside one report."""
    row = found.row
    own = reverse("reports:report", args=[row.id]) if more else ""
    return of(request, (f"{row.fund} {row.year}, {row.body_short}", own), *more)


def state(row: Row) -> tuple[str, str]:
    """Shape and words of how far a report has come."""
    if row.is_late:
        return "overdue", _("försenad: %(state)s") % {"state": _(STATE_LABELS[row.state])}
    return SHAPES[row.state], _(STATE_LABELS[row.state])


def page_or_404(request: Any, report_id: UUID) -> ReportPage:
    """The report as the reader may see it."""
    found = reports.one(by=request.by, report_id=report_id)
    if found is None:
        raise Http404
    return found


def content_or_404(request: Any, report_id: UUID) -> tuple[ReportPage, Content]:
    """The same, where the text itself is needed."""
    found = page_or_404(request, report_id)
    if found.content is None:
        raise Http404
    return found, found.content


def paragraphs(content: Content, question_id: UUID) -> list[list[Piece]]:
    """The answer's paragraphs with its figures written out."""
    answer = content.answers.get(question_id)
    told = report_copies.figures_in_words(content)
    about = {each.number: f"{each.label} {each.year}. {each.source}" for each in content.figures}
    return [
        [_piece(piece, told, about) for piece in paragraph]
        for paragraph in report_texts.paragraphs(answer.text if answer else "")
    ]


def _piece(piece: report_texts.Piece, told: dict[int, tuple[str, str]], about: dict[int, str]) -> Piece:
    if not piece.figure:
        return Piece(piece.text)
    words = told.get(piece.figure)
    if words is None:
        return Piece(f"[[{piece.figure}]]")
    return Piece(words[1 if piece.is_bare else 0], piece.figure, about[piece.figure])


def unplaced(content: Content, question_id: UUID, year: int) -> Sequence[int]:
    """Figures of this year that stand under the question but not in any text."""
    named = {number for answer in content.answers.values() for number in report_texts.numbers(answer.text)}
    return [
        each.number
        for each in content.figures
        if each.question_id == question_id and each.year == year and each.number not in named
    ]
