"""All that the board and the figure in its bar are made of, in one journey to the database."""

from dataclasses import dataclass
from datetime import date

from samkraft.audit.queries import statements
from samkraft.audit.queries.statements import Rows
from samkraft.people.queries import boards, inboxes
from samkraft.people.queries.boards import Frame
from samkraft.people.rules.boards import Row
from samkraft.values.context import Context


@dataclass(frozen=True, slots=True)
class Opened:
    """The frame, the caseload, and what the inbox asks beside it: `inboxes.waiting` takes `asked`."""

    frame: Frame
    rows: list[Row]
    asked: Rows


def board(by: Context, today: date, *, left: bool = False) -> Opened:
    """Three statements, sent together; each goes through the walls by itself."""
    frame, rows, asked = statements.several(
        [boards.frame_question(by, today), boards.caseload_question(today, left=left), inboxes.question(by, today)]
    )
    return Opened(boards.frame_from(frame, by, today), boards.rows_from(rows), asked)
