"""The board as a file: the rows and columns that the screen shows, in its order.

The rows are read again, some hundred at a time in statements of their own: what is taken from the reader while the file
is being made is not in it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext as _

from samkraft.audit.actions.reads import Read
from samkraft.people.queries import boards as queries
from samkraft.people.queries.boards import Frame
from samkraft.people.rules import boards
from samkraft.people.rules.boards import Line
from samkraft.values.context import Context
from samkraft.values.wording import phrase
from samkraft.web import exports
from samkraft.web.exports import Head
from samkraft.web.people import bodies
from samkraft.web.people.board import board_rows
from samkraft.web.people.board.board_rows import Said

HEADS = (
    Head(phrase("Namn")),
    Head(phrase("Fas"), "number"),
    Head(phrase("Dag"), "number"),
    Head(phrase("Nästa steg")),
    Head(phrase("Väntar på")),
    Head(phrase("Väntat, dagar"), "number"),
    Head(phrase("Väntat sedan"), "date"),
    Head(phrase("Försenat")),
    Head(phrase("Kontakt"), "date"),
    Head(phrase("Processledare")),
)


def answer(
    request: Any, file: str, frame: Frame, shown: Sequence[Line], name: str
) -> HttpResponse | StreamingHttpResponse:
    """The file, with one trace for each part that was read."""
    return exports.answer(file, name, HEADS, rows(request, frame, [one.row.enrolment_id for one in shown], file))


@dataclass(frozen=True, slots=True)
class Part:
    """Some hundred rows as cells, whose they are, and the trace that reading them leaves."""

    cells: list[list[object]]
    enrolment_ids: list[UUID]
    read: Read


def rows(request: Any, frame: Frame, ids: Sequence[UUID], file: str) -> Iterator[list[object]]:
    """The rows of these enrolments as cells; who they are about is put among the page's reads."""
    for first in range(0, len(ids), queries.PAGE_OF_EXPORT):
        found = part(request.by, frame, ids[first : first + queries.PAGE_OF_EXPORT], file)
        request.reads.append(found.read)
        yield from found.cells


def part(by: Context, frame: Frame, ids: Sequence[UUID], file: str) -> Part:
    """These enrolments, read now: what has been taken from the reader since is not among them."""
    found = boards.lines(queries.again(by, ids), frame.day)
    waited_for = {one.row.waits_area_id for one in found if one.row.waits_area_id}
    words = board_rows.Words(Said(frame.day.today, by.area_id, bodies.names(waited_for)))
    shown = [str(one.row.person_id) for one in found]
    read = Read("caseload.exported", "people.caseload", "", content={"file": file, "shown": shown})
    return Part([_cells(one, words) for one in found], [one.row.enrolment_id for one in found], read)


def _cells(one: Line, words: board_rows.Words) -> list[object]:
    row = one.row
    return [
        row.name or _("Namn saknas"),
        "" if row.phase is None else row.phase,
        "" if one.day is None else one.day,
        row.next_step,
        board_rows.waits_on(row, words),
        "" if one.waited is None else one.waited,
        row.waiting_since,
        _("ja") if one.bits & boards.LATE else "",
        row.last_contact_on,
        row.lead_name,
    ]
