"""One team's caseload as a whole answer: session, access, context, row-level security, page and trail."""

import contextlib
import html
import importlib
import os
import re
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from unittest import mock

import psycopg

from samkraft.operations import command, scratch_database
from samkraft.operations.bench import board_door, board_rows
from samkraft.operations.bench.board_door import Get
from samkraft.operations.bench.frame import Agreement, Bench, Contestant, Course, Goal, Kind
from samkraft.values.period import STOCKHOLM

SIZES = {"S": 5_600, "M": 350_000, "L": 2_000_000}
ANNOTATED, NAIVE = "händelser, en annoterad ORM-fråga, mall", "händelser, en akt i taget, mall"
ANNOTATED_OPEN = "samma ORM-fråga och mall utan radnivåsäkerhet"
WITHOUT = "samkraft utan radnivåsäkerhet"
LEAVES, DOOR = "samkraft, ett tomt urval: dörr, frågor och ram", "bara dörren: session, konto, sammanhang"
AT_S = "samkraft vid storlek S"
COMPARED = ("samkraft", ANNOTATED, ANNOTATED_OPEN, NAIVE, WITHOUT, AT_S)
WALLED = (
    "people_overview",
    "people_contribution",
    "people_savedview",
    "people_caseaccess",
    "people_enrolment",
    "audit_event",
)
MOST_BYTES, MOST_STATEMENTS, MOST_BETWEEN_SIZES = 80_000, 8, 1.3
WARM_UP = 5
COUNTED = 40


@contextlib.contextmanager
def lay_out(size: str) -> Iterator[Course]:
    """Scratch databases with a country of caseloads (and a single project beside it), and each way of answering."""
    with contextlib.ExitStack() as stack:
        small = "" if size == "S" else _filled(stack, "S")
        _filled(stack, size)
        command.set_up()
        owner = stack.enter_context(psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True))
        yield course(owner, small)


def _filled(stack: contextlib.ExitStack, size: str) -> str:
    stack.enter_context(scratch_database.made())
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as owner:
        board_rows.fill(owner, SIZES[size], datetime.now(tz=STOCKHOLM).date())
    return board_door.database()


def course(owner: "psycopg.Connection[Any]", small: str = "") -> Course:
    """Everybody who runs, in the filled database that the settings point at; `small` names another with one project."""
    here = board_door.database()
    gets = {here: board_door.open_for(board_rows.OFFICER)}
    if small:
        board_door.move_to(small)
        gets[small] = board_door.open_for(board_rows.OFFICER)
        board_door.move_to(here)
    get = gets[here]
    standing, down = _walls(owner, get, here, stand=True), _walls(owner, get, here, stand=False)
    by_itself = _asked_by_itself(get)
    contestants = [
        Contestant("samkraft", Kind.PRODUCT, lambda: get("/team/"), prepare=standing),
        Contestant(ANNOTATED, Kind.PEER, lambda: get("/annoterad/"), prepare=standing),
        Contestant(ANNOTATED_OPEN, Kind.PEER, lambda: by_itself("/annoterad/"), prepare=down),
        Contestant(NAIVE, Kind.PEER, lambda: get("/naiv/"), prepare=standing),
        Contestant(WITHOUT, Kind.FLOOR, lambda: by_itself("/team/"), prepare=down),
        Contestant(LEAVES, Kind.FLOOR, lambda: get("/team/?visa=pausad,mote-i-dag"), prepare=standing),
        Contestant(DOOR, Kind.FLOOR, lambda: get("/dorr/"), prepare=standing),
    ]
    if small:
        contestants.append(
            Contestant(AT_S, Kind.FLOOR, lambda: gets[small]("/team/"), prepare=_moved(small, gets[small]))
        )
    facts: dict[str, Any] = dict(zip(("deltagare", "händelser"), _counted(owner), strict=True))
    return Course(tuple(contestants), lambda: _agree(tuple(contestants), facts), facts)


BENCH = Bench(
    name="board",
    words="Ett teams lista på 150, hela svaret. Alla går genom samma dörr: session, medlemskap, sammanhang, logg.",
    sizes={size: f"{participants} deltagare" for size, participants in SIZES.items()},
    goal=Goal(10, ANNOTATED),
    lay_out=lay_out,
)


def _counted(owner: "psycopg.Connection[Any]") -> tuple[int, int]:
    tables = ("people_enrolment", "people_contribution")
    rows = owner.execute("SELECT relname, reltuples::bigint FROM pg_class WHERE relname = ANY (%s)", [list(tables)])
    found = dict(rows.fetchall())
    return found[tables[0]], found[tables[1]]


def _moved(database: str, get: Get) -> Callable[[], None]:
    """Let a database answer, and let it answer a few times before the clock starts when it did not just now."""

    def move() -> None:
        if board_door.move_to(database):
            for _turn in range(WARM_UP):
                get("/team/")

    return move


def _walls(owner: "psycopg.Connection[Any]", get: Get, here: str, *, stand: bool) -> Callable[[], None]:
    """Put row-level security up or take it down, before the clock starts; what was planned is planned anew first."""
    verb = "ENABLE" if stand else "DISABLE"
    warm = get if stand else _asked_by_itself(get)

    def put() -> None:
        changed = board_door.move_to(here)
        for table in WALLED:
            row = owner.execute("SELECT relrowsecurity FROM pg_class WHERE relname = %s", [table]).fetchone()
            if row is not None and row[0] is not stand:
                owner.execute(f"ALTER TABLE {table} {verb} ROW LEVEL SECURITY")
                changed = True
        if changed:  # only now: who asks while the walls of the one before still lie down is shown the country
            for _turn in range(WARM_UP):
                warm("/team/")

    return put


# What the program itself has to remember where no wall does it.
_MINE = """person_id IN (SELECT a.person_id FROM people_caseaccess a JOIN initiatives_teammember t ON t.team_id = a.team_id
    WHERE a.area_id = %s AND t.membership_id = %s AND a.period @> now())"""


def _asked_by_itself(get: Get) -> Get:
    """A way to ask for the same page where the program itself must remember to ask for the own area, team and case."""
    from samkraft.people.queries import boards, inboxes
    from samkraft.people.rules.boards import Row

    mine = _MINE.replace("%s", "%(area)s", 1).replace("%s", "%(me)s", 1)
    inbox = inboxes._ASKED
    for asked in ("c.area_id = %(area)s", "o.lead_membership_id = %(me)s"):
        if asked not in inbox:
            raise LookupError(asked)
        inbox = inbox.replace(asked, f"{asked} AND {asked[0]}.{mine}")
    sql = f"SELECT {', '.join(Row._fields)} FROM people_overview WHERE area_id = %s AND {_MINE}"  # noqa: S608 - names of our own

    own = [board_rows.AREA, board_rows.AREA, board_rows.MEMBERSHIP]

    def caseload(today: Any, *, left: bool = False) -> Any:
        return sql, own

    def run(address: str) -> str:
        with mock.patch.object(boards, "caseload_question", caseload), mock.patch.object(inboxes, "_ASKED", inbox):
            return get(address)

    return run


_ROW = re.compile(r'<tr[^>]*>\s*(<th scope="row".*?)(?=<tr|</table>|</tbody>)', re.DOTALL)
_CELL = re.compile(r"<t[hd][^>]*>(.*?)(?=<t[hd]|\Z)", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


def cells(page: str) -> list[list[str]]:
    """What stands in each cell of each row, without markup."""
    return [[_words(cell) for cell in _CELL.findall(row)] for row in _ROW.findall(page)]


def _words(cell: str) -> str:
    return " ".join(html.unescape(_TAG.sub(" ", cell)).replace("\u00a0", " ").split()).replace(" ,", ",")


def _agree(contestants: tuple[Contestant, ...], facts: dict[str, Any]) -> Agreement:
    """Everybody's table says the same; the page is small enough and asks the database few enough times."""
    answers = {}
    for one in contestants:
        if one.run is not None and one.name in COMPARED:
            one.prepare()
            answers[one.name] = one.run()
    first = _plain(cells(answers["samkraft"]))
    differ = [name for name, answer in answers.items() if _plain(cells(answer)) != first]
    contestants[0].prepare()
    statements = _statements(contestants[0])
    facts |= {"rader": len(first), "byte": len(answers["samkraft"].encode()), "frågor": statements}
    facts |= _lists_alone() | _processor_time(contestants)
    small = facts["byte"] <= MOST_BYTES and statements <= MOST_STATEMENTS
    notes = [
        f"{len(answers)} sätt, {len(first)} rader med åtta celler: lika"
        if not differ
        else f"skiljer sig: {', '.join(differ)}",
        f"sidan är {facts['byte']} byte och {statements} frågor (högst {MOST_BYTES} och {MOST_STATEMENTS})",
    ]
    if AT_S in answers:
        notes.append(f"mellan storlekarna: högst {MOST_BETWEEN_SIZES} gånger, läses på raden {AT_S}".replace(".", ","))
    return Agreement(not differ and len(first) == board_rows.TEAM_SIZE and small, tuple(notes))


def _processor_time(contestants: tuple[Contestant, ...]) -> dict[str, str]:
    """What the answer costs the processor, in this process and in the database's: waiting for others' work is not in it.

    Only where the database runs on the same machine and tells.
    """
    spent = {}
    for one in contestants:
        if one.name in ("samkraft", ANNOTATED, ANNOTATED_OPEN, DOOR) and one.run is not None:
            one.prepare()
            one.run()
            before, began = _spent_by_database(), time.thread_time()
            for _turn in range(COUNTED):
                one.run()
            after, ended = _spent_by_database(), time.thread_time()
            if before is None or after is None:
                return {}
            spent[one.name] = (ended - began + after - before) * 1000 / COUNTED
    ours, theirs, unwalled, door = (spent[name] for name in ("samkraft", ANNOTATED, ANNOTATED_OPEN, DOOR))
    said = f"{ours:.1f} ms mot {theirs:.1f} ms, {theirs / ours:.1f} gånger"
    said += f"; den andra utan radnivåsäkerhet {unwalled:.1f} ms; bara dörren {door:.1f} ms"
    return {"processortid, sidan och databasen": said.replace(".", ",")}


def _spent_by_database() -> float | None:
    """Seconds of processor time of the database's process for this connection."""
    from django.db import connection

    connection.ensure_connection()
    told = Path(f"/proc/{connection.connection.info.backend_pid}/stat")
    if not told.exists() or "postgres" not in (words := told.read_text()):
        return None
    fields = words.rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _lists_alone() -> dict[str, str]:
    """What differs between the ways, measured by itself: everybody pays the same for the door and the page's frame."""
    from samkraft.audit.actions import transactions
    from samkraft.operations.bench import board_peers
    from samkraft.partners.queries import memberships
    from samkraft.people.queries import boards as asked
    from samkraft.people.rules import boards

    made = importlib.import_module("samkraft.web.people.board.board_rows")  # by name: the floors keep pages out of here
    by, today = memberships.of_user(board_rows.OFFICER)[0].context(), datetime.now(tz=STOCKHOLM).date()

    def product() -> None:
        frame = asked.frame(by, today)
        lines = boards.in_order(boards.lines(asked.caseload(by, today), frame.day))
        made.body(lines, made.Said(today, by.area_id, {}))

    times: dict[str, list[float]] = {"samkraft": [], ANNOTATED: []}
    with transactions.read(by):
        for turn in range(12):
            for name, run in (("samkraft", product), (ANNOTATED, lambda: board_peers.rows_alone(by, today))):
                began = time.perf_counter()
                run()
                if turn > 2:
                    times[name].append((time.perf_counter() - began) * 1000)
    ours, theirs = (statistics.median(times[name]) for name in times)
    said = f"{ours:.1f} ms mot {theirs:.1f} ms, {theirs / ours:.1f} gånger".replace(".", ",")
    return {"bara listan, utan dörr och ram": said}


def _plain(rows: list[list[str]]) -> list[list[str]]:
    """`i dag` and `i går` are said only by the product; the other dates are said alike by all."""
    today = datetime.now(tz=STOCKHOLM).date()
    months = ("jan", "feb", "mars", "april", "maj", "juni", "juli", "aug", "sep", "okt", "nov", "dec")
    said = {
        f"{day.day} {months[day.month - 1]}": words
        for day, words in ((today, "i dag"), (today - timedelta(days=1), "i går"))
    }

    def plainly(cell: str) -> str:
        for date_words, words in said.items():
            cell = re.sub(rf"(?<!\d){date_words}\b", words, cell)
        return cell

    return [[plainly(cell) for cell in row] for row in rows]


def _statements(product: Contestant) -> int:
    from django.db import connection

    seen = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        seen.append(sql)
        return execute(sql, params, many, context)

    assert product.run is not None
    with connection.execute_wrapper(note):
        product.run()
    return len(seen)
