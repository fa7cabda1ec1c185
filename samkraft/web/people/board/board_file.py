"""A long list as a file, made beside the pages: the rows that the screen showed, as far as they may be seen now.

Rows are read some hundred at a time, each time anew. Whoever has been taken from the reader before the last of them was
written is in none of them: then the file is begun again. What it rested on is compared once more when it is fetched.
"""

from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import ngettext

from samkraft.audit.actions import reads, transactions
from samkraft.partners.actions.runners import Tell
from samkraft.partners.rules.errands import Made
from samkraft.partners.rules.roles import Permission
from samkraft.people.queries import bases
from samkraft.people.queries import boards as queries
from samkraft.people.queries.boards import Frame
from samkraft.values.context import Context
from samkraft.values.period import day_in_stockholm
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase
from samkraft.web import exports, figures
from samkraft.web.people.board import board_export, board_words

KIND = "caseload_file"
NAME = phrase("Lista över deltagare som fil")
NEEDS = Permission.SEE_CASELOAD
MOST_ROWS_AT_ONCE = 2_000  # longer ones are made beside the pages
ATTEMPTS = 3
RESTLESS = Reason(
    "list_restless",
    phrase("Åtkomst till någon i listan ändrades gång på gång medan filen gjordes."),
    phrase("Kör igen om en stund."),
)
NOBODY = Reason(
    "list_nobody", phrase("Du ser inte längre någon av dem som fanns i listan."), phrase("Gå till listan och exportera igen.")
)  # fmt: skip


def arguments(file: str, enrolment_ids: list[UUID], team_id: UUID | None) -> dict[str, Any]:
    """Which rows, in which order, as which file, of which team. Never what was searched for: that is names."""
    return {"file": file, "ids": [str(key) for key in enrolment_ids], "team": str(team_id) if team_id else None}


def about(arguments: dict[str, Any]) -> str:
    """How many rows it is of."""
    number = len(arguments["ids"])
    return ngettext("%(number)s rad", "%(number)s rader", number) % {"number": figures.number(number)}


def run(by: Context, arguments: dict[str, Any], tell: Tell) -> Made:
    """Make it."""
    file, asked = arguments["file"], [UUID(key) for key in arguments["ids"]]
    today = day_in_stockholm(timezone.now())
    with transactions.read(by):
        frame = queries.frame(by, today)
    for _attempt in range(ATTEMPTS):
        rows, written = _rows(by, frame, asked, file, tell)
        if not written:
            raise Refused(NOBODY)
        basis = bases.fingerprint(by, written)
        if basis:
            name = board_words.file_name(next((one for one in frame.teams if str(one.id) == arguments["team"]), None))
            whole = " ".join([basis, *map(str, written)])
            return Made(file=exports.made(file, name, board_export.HEADS, rows, basis=whole))
    raise Refused(RESTLESS)


def still_holds(by: Context, arguments: dict[str, Any], basis: str) -> bool:
    """Whether everyone in the file may be seen by whoever asks, and the same consents stand."""
    digest, _space, written = basis.partition(" ")
    return bases.fingerprint(by, [UUID(key) for key in written.split()]) == digest


def _rows(by: Context, frame: Frame, asked: list[UUID], file: str, tell: Tell) -> tuple[list[list[object]], list[UUID]]:
    """The cells, and whose they are. Each part is a transaction of its own and leaves its own trace."""
    cells: list[list[object]] = []
    written: list[UUID] = []
    for first in range(0, len(asked), queries.PAGE_OF_EXPORT):
        with transactions.read(by):
            part = board_export.part(by, frame, asked[first : first + queries.PAGE_OF_EXPORT], file)
        reads.record(by=by, reads=[part.read])
        cells += part.cells
        written += part.enrolment_ids
        tell(min(first + queries.PAGE_OF_EXPORT, len(asked)), len(asked))
    return cells, written
