"""The other pages of a working day, each as a whole answer with its own limit: a list of everyone, a person, a name, a file."""

import contextlib
import os
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import psycopg

from samkraft.operations import command, scratch_database
from samkraft.operations.bench import board, board_door, board_rows
from samkraft.operations.bench.board_door import Get
from samkraft.operations.bench.frame import Agreement, Bench, Contestant, Course, Kind
from samkraft.values.period import STOCKHOLM

OWN, EVERYONE, PERSON, SEARCH = (
    "ett teams lista på 150",
    "hela insatsens lista på 5 600",
    "en persons sida",
    "sök ett namn",
)
WAITING = "vilka av 5 600 som väntar på att börja"
AS_CSV, AS_XLSX = "1 200 rader som CSV", "1 200 rader som XLSX"
# Milliseconds that a person does not notice as waiting; a file may take a second.
LIMITS = {OWN: 30, EVERYONE: 100, PERSON: 25, SEARCH: 30, WAITING: 100, AS_CSV: 1_000, AS_XLSX: 1_000}
EXPORTED = 8 * board_rows.TEAM_SIZE
# The nearest public system of this kind, on the same kind of machine, warm, with one reader. It is never counted as beaten:
# the limits above are a tenth of its times for lists and files, and a fifth for one person.
ELSEWHERE = "les-emplois (Django, öppen källkod)"
MEASURED_THERE = {OWN: "274–439 ms", EVERYONE: "2,0 s", PERSON: "124 ms", SEARCH: "149 ms", AS_CSV: "10,4 s"}


@contextlib.contextmanager
def lay_out(size: str) -> Iterator[Course]:
    """A scratch database with a country of caseloads, and three who have signed in."""
    with scratch_database.made(), psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as owner:
        board_rows.fill(owner, board.SIZES[size], datetime.now(tz=STOCKHOLM).date())
        command.set_up()
        yield course(owner, board.SIZES[size])


def course(owner: "psycopg.Connection[Any]", participants: int) -> Course:
    """Each page for whom it is: one team, eight teams, all the teams of one project."""
    row = owner.execute("SELECT md5('person' || 1)::uuid").fetchone()
    assert row is not None
    mine = board_door.open_for(board_rows.OFFICER)
    eight, all_teams = (board_door.open_for(reader) for reader, _many in board_rows.READERS)
    whole = min(participants, board_rows.READERS[1][1] * board_rows.TEAM_SIZE)
    asked: dict[str, tuple[Get, str]] = {
        OWN: (mine, "/team/"),
        EVERYONE: (all_teams, "/deltagare/"),
        PERSON: (mine, f"/deltagare/{row[0]}/"),
        SEARCH: (mine, "/sok/?q=efternamn7"),
        WAITING: (all_teams, "/deltagare/vantar/"),
        AS_CSV: (eight, "/deltagare/?fil=csv"),
        AS_XLSX: (eight, "/deltagare/?fil=xlsx"),
    }
    contestants = [Contestant(name, Kind.PRODUCT, _asking(*one), limit_ms=LIMITS[name]) for name, one in asked.items()]
    contestants += [
        Contestant(f"{ELSEWHERE}: {name}", Kind.PEER, None, why_absent=f"körs inte här; uppmätt för sig: {measured}")
        for name, measured in MEASURED_THERE.items()
    ]
    facts: dict[str, Any] = {}
    return Course(tuple(contestants), lambda: _agree(asked, whole, facts), facts)


def _asking(get: Get, address: str) -> Callable[[], str]:
    return lambda: get(address)


def _agree(asked: dict[str, tuple[Get, str]], whole: int, facts: dict[str, Any]) -> Agreement:
    """Each page holds what it should and is small enough; the file has all its rows."""
    pages = {name: get(address) for name, (get, address) in asked.items()}
    facts |= {f"byte, {name}": len(pages[name].encode()) for name in (OWN, EVERYONE, PERSON, SEARCH, WAITING)}
    lines = pages[AS_CSV].count("\r\n") - 1
    checks = {
        f"listan har {board_rows.TEAM_SIZE} rader": len(board.cells(pages[OWN])) == board_rows.TEAM_SIZE,
        f"insatsens lista räknar {whole}": f"{whole:,}".replace(",", "\u00a0") in pages[EVERYONE],
        "personens sida har namnet": "Namn1 Efternamn1" in pages[PERSON],
        "alla har börjat": "Ingen väntar på att börja" in pages[WAITING],
        "sökningen hittar någon": "Efternamn7" in pages[SEARCH],
        f"filen har {EXPORTED} rader": lines == EXPORTED,
        f"varje sida är högst {board.MOST_BYTES} byte": max(facts.values()) <= board.MOST_BYTES,
    }
    return Agreement(
        all(checks.values()), tuple(f"{words}: {'ja' if holds else 'NEJ'}" for words, holds in checks.items())
    )


BENCH = Bench(
    name="pages",
    words="Hela svaret för sidorna omkring, genom samma dörr. Varje sida har sin egen gräns i millisekunder.",
    sizes={size: f"{participants} deltagare" for size, participants in board.SIZES.items()},
    goal=None,
    lay_out=lay_out,
)
