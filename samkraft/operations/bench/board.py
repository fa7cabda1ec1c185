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
from typing import Any
from unittest import mock

import psycopg

from samkraft.operations import command, scratch_database
from samkraft.operations.bench import board_rows
from samkraft.operations.bench.frame import Agreement, Bench, Contestant, Course, Goal, Kind
from samkraft.values.period import STOCKHOLM

SIZES = {"S": 5_600, "M": 350_000, "L": 2_000_000}
ANNOTATED, NAIVE = "händelser, en annoterad ORM-fråga, mall", "händelser, en akt i taget, mall"
WITHOUT = "samkraft utan radnivåsäkerhet"
LEAVES = "samkraft, bara sidans ram"
WALLED = ("people_overview", "people_contribution", "people_savedview", "audit_event")
MOST_BYTES, MOST_STATEMENTS = 80_000, 8


@contextlib.contextmanager
def lay_out(size: str) -> Iterator[Course]:
    """A scratch database with a country of caseloads, somebody signed in, and each way of answering."""
    participants = SIZES[size]
    with scratch_database.made():
        command.set_up()
        with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as owner:
            made = board_rows.fill(owner, participants, datetime.now(tz=STOCKHOLM).date())
            get = _signed_in()
            contestants = (
                Contestant("samkraft", Kind.PRODUCT, lambda: get("/team/"), prepare=_walls(owner, stand=True)),
                Contestant(ANNOTATED, Kind.PEER, lambda: get("/annoterad/"), prepare=_walls(owner, stand=True)),
                Contestant(NAIVE, Kind.PEER, lambda: get("/naiv/"), prepare=_walls(owner, stand=True)),
                Contestant(WITHOUT, Kind.FLOOR, _unfiltered(get), prepare=_walls(owner, stand=False)),
                Contestant(LEAVES, Kind.FLOOR, lambda: get("/team/?q=finnsinte"), prepare=_walls(owner, stand=True)),
            )
            facts = {"deltagare": made.participants, "team": made.teams, "händelser": made.events}
            yield Course(contestants, lambda: _agree(owner, contestants, facts), facts)


BENCH = Bench(
    name="board",
    words="Ett teams lista på 150, hela svaret. Alla går genom samma dörr: session, medlemskap, sammanhang, logg.",
    sizes={size: f"{participants} deltagare" for size, participants in SIZES.items()},
    goal=Goal(10, ANNOTATED),
    lay_out=lay_out,
)


def _signed_in() -> Callable[[str], str]:
    """A way to ask for a page as somebody who has signed in."""
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.test import Client

    settings.ROOT_URLCONF = "samkraft.operations.bench.board_peers"
    settings.ALLOWED_HOSTS = ["testserver"]
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    client = Client()
    client.force_login(
        get_user_model().objects.get(id=board_rows.OFFICER),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )

    def get(address: str) -> str:
        response = client.get(address, secure=True)
        if response.status_code != 200:
            raise RuntimeError(f"{address}: {response.status_code}")
        return str(response.content.decode())

    return get


def _walls(owner: "psycopg.Connection[Any]", *, stand: bool) -> Callable[[], None]:
    """Put row-level security up or take it down, before the clock starts."""
    verb = "ENABLE" if stand else "DISABLE"

    def put() -> None:
        for table in WALLED:
            row = owner.execute("SELECT relrowsecurity FROM pg_class WHERE relname = %s", [table]).fetchone()
            if row is not None and row[0] is not stand:
                owner.execute(f"ALTER TABLE {table} {verb} ROW LEVEL SECURITY")

    return put


def _unfiltered(get: Callable[[str], str]) -> Callable[[], str]:
    """The same page where the program itself must remember to ask for the own area, team and case."""
    from django.apps import apps

    from samkraft.people.queries import boards, inboxes
    from samkraft.people.rules.boards import Row

    def caseload(by: Any, today: Any, *, left: bool = False) -> list[Row]:
        rows = apps.get_model("people", "Overview").objects.filter(area_id=by.area_id, team_id__in=_teams(by))
        return [Row._make(values) for values in rows.values_list(*Row._fields)]

    def _teams(by: Any) -> list[Any]:
        members = apps.get_model("initiatives", "TeamMember").objects.filter(membership_id=by.membership_id)
        return list(members.values_list("team_id", flat=True))

    def run() -> str:
        with mock.patch.object(boards, "caseload", caseload), mock.patch.object(inboxes, "waiting", return_value=[]):
            return get("/team/")

    return run


_ROW = re.compile(r'<tr[^>]*>\s*(<th scope="row".*?)(?=<tr|</table>|</tbody>)', re.DOTALL)
_CELL = re.compile(r"<t[hd][^>]*>(.*?)(?=<t[hd]|\Z)", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


def cells(page: str) -> list[list[str]]:
    """What stands in each cell of each row, without markup."""
    return [[_words(cell) for cell in _CELL.findall(row)] for row in _ROW.findall(page)]


def _words(cell: str) -> str:
    return " ".join(html.unescape(_TAG.sub(" ", cell)).replace("\u00a0", " ").split()).replace(" ,", ",")


def _agree(owner: "psycopg.Connection[Any]", contestants: tuple[Contestant, ...], facts: dict[str, Any]) -> Agreement:
    """Everybody's table says the same; the page is small enough and asks the database few enough times."""
    answers = {}
    for one in contestants:
        one.prepare()
        if one.run is not None and one.name != LEAVES:
            answers[one.name] = one.run()
    first = _plain(cells(answers["samkraft"]))
    differ = [name for name, answer in answers.items() if _plain(cells(answer)) != first]
    _walls(owner, stand=True)()
    statements = _statements(contestants[0])
    facts |= {"rader": len(first), "byte": len(answers["samkraft"].encode()), "frågor": statements}
    facts |= _lists_alone()
    small = facts["byte"] <= MOST_BYTES and statements <= MOST_STATEMENTS
    notes = [
        f"{len(answers)} sätt, {len(first)} rader med åtta celler: lika"
        if not differ
        else f"skiljer sig: {', '.join(differ)}",
        f"sidan är {facts['byte']} byte och {statements} frågor (högst {MOST_BYTES} och {MOST_STATEMENTS})",
    ]
    return Agreement(not differ and len(first) == board_rows.TEAM_SIZE and small, tuple(notes))


def _lists_alone() -> dict[str, str]:
    """What differs between the ways, measured by itself: everybody pays the same for the door and the page's frame."""
    from samkraft.audit.actions import transactions
    from samkraft.operations.bench import board_peers
    from samkraft.partners.queries import memberships
    from samkraft.people.queries import boards as asked
    from samkraft.people.rules import boards

    made = importlib.import_module("samkraft.web.people.board_rows")  # by name: the floors keep pages out of here
    by, today = memberships.of_user(board_rows.OFFICER)[0].context(), datetime.now(tz=STOCKHOLM).date()

    def product() -> None:
        frame = asked.frame(by, today)
        lines = boards.in_order(boards.lines(asked.caseload(by, today), frame.day))
        made.body(lines, made.Said(today, by.area_id, {}))

    times: dict[str, list[float]] = {"samkraft": [], ANNOTATED: []}
    with transactions.read(by):
        for turn in range(6):
            for name, run in (("samkraft", product), (ANNOTATED, lambda: board_peers.rows_alone(by, today))):
                began = time.perf_counter()
                run()
                if turn:
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
