"""Balances of every account on a day, over a book of many transfers."""

import contextlib
import importlib.util
import os
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg

from samkraft.operations import command, scratch_database
from samkraft.operations.bench.frame import Agreement, Bench, Contestant, Course, Goal, Kind

SIZES = {"S": (20_000, 40), "M": (1_000_000, 200), "L": (5_000_000, 500)}  # transfers, organisations
FIRST_YEAR, YEARS = 2015, 10
# A day in the middle of an early year, the last day of a year, and a day shortly before the end.
DAYS = (date(2017, 5, 17), date(2020, 12, 31), date(2024, 11, 30))
Balances = list[dict[UUID, int]]

ORM = "Djangos ORM, två grupperade summor"
COLUMNS = "DuckDB, samma rader i minnet"


@contextlib.contextmanager
def lay_out(size: str) -> Iterator[Course]:
    """A scratch database with a made-up book, and everybody's way of asking it."""
    transfers, organisations = SIZES[size]
    with scratch_database.made():
        command.set_up()
        with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as owner:
            accounts = _fill(owner, transfers, organisations)
            columns = _columns(owner)
        contestants = (
            Contestant("samkraft", Kind.PRODUCT, _product),
            Contestant(ORM, Kind.PEER, _orm),
            Contestant("en SQL-fråga över alla överföringar", Kind.PEER, _plain_sql),
            Contestant(COLUMNS, Kind.PEER, columns),
        )
        facts = {"överföringar": transfers, "konton": accounts, "dagar": ", ".join(str(day) for day in DAYS)}
        yield Course(contestants, lambda: _agree(contestants), facts)


BENCH = Bench(
    name="ledger-balances",
    words="Saldot på varje konto vid slutet av tre olika dagar; ett varv är alla tre.",
    sizes={size: f"{transfers} överföringar" for size, (transfers, _) in SIZES.items()},
    goal=Goal(10, ORM),
    lay_out=lay_out,
)


def _product() -> Balances:
    from samkraft.audit.actions import transactions
    from samkraft.money.queries import balances
    from samkraft.partners.rules.roles import Role
    from samkraft.values.context import Context

    by = Context(uuid4(), "Mätaren", uuid4(), Role.FUND_OFFICER.value, uuid4(), uuid4(), "mätning")
    with transactions.read(by):
        return [balances.on(by=by, day=day) for day in DAYS]


def _orm() -> Balances:
    """As one writes it well with the ORM: the database groups and sums, Python only subtracts."""
    from django.apps import apps
    from django.db.models import Sum

    transfer = apps.get_model("money", "Transfer")
    found: Balances = []
    for day in DAYS:
        until = transfer.objects.filter(posted_date__lte=day)
        held = dict(until.values_list("to_account").annotate(Sum("amount_ore")).order_by())
        for account, out in until.values_list("from_account").annotate(Sum("amount_ore")).order_by():
            held[account] = held.get(account, 0) - out
        found.append({account: ore for account, ore in held.items() if ore})
    return found


def _plain_sql() -> Balances:
    """One statement that unrolls every transfer into its two sides."""
    from django.db import connection

    found: Balances = []
    with connection.cursor() as cursor:
        for day in DAYS:
            cursor.execute(
                "SELECT s.account, sum(s.ore)::bigint FROM money_transfer t, LATERAL (VALUES (t.to_account_id, t.amount_ore), "
                "(t.from_account_id, -t.amount_ore)) AS s (account, ore) WHERE t.posted_date <= %s "
                "GROUP BY s.account HAVING sum(s.ore) <> 0",
                [day],
            )
            found.append(dict(cursor.fetchall()))
    return found


def _columns(owner: "psycopg.Connection[Any]") -> Callable[[], Balances] | None:
    """The same rows in a columnar engine. None when it is not installed."""
    if importlib.util.find_spec("duckdb") is None:
        return None
    import duckdb

    engine = duckdb.connect()
    engine.execute("SET threads = 2")
    engine.execute("CREATE TABLE transfer (from_account UUID, to_account UUID, ore BIGINT, posted DATE)")
    with tempfile.TemporaryDirectory(prefix="samkraft-bench-") as folder:
        file = Path(folder) / "transfers.csv"
        with file.open("wb") as rows, owner.cursor() as cursor:
            statement = "COPY (SELECT from_account_id, to_account_id, amount_ore, posted_date FROM money_transfer) TO STDOUT CSV"
            with cursor.copy(statement) as out:
                for part in out:
                    rows.write(part)
        engine.execute(f"COPY transfer FROM '{file}' (FORMAT csv)")

    def ask() -> Balances:
        statement = (
            "SELECT account, sum(ore)::BIGINT FROM (SELECT to_account AS account, ore, posted FROM transfer UNION ALL "
            "SELECT from_account, -ore, posted FROM transfer) WHERE posted <= ? GROUP BY account HAVING sum(ore) <> 0"
        )
        return [dict(engine.execute(statement, [day]).fetchall()) for day in DAYS]

    return ask


def _agree(contestants: tuple[Contestant, ...]) -> Agreement:
    """All give the same balances; on the last day they are what the database keeps; the book sums to nothing."""
    answers = {one.name: one.run() for one in contestants if one.run is not None}
    first = answers["samkraft"]
    differ = [name for name, answer in answers.items() if answer != first]
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM money_transfer WHERE posted_date > %s", [DAYS[-1]])
        later = cursor.fetchone()[0]
    whole = all(sum(held.values()) == 0 for held in first)
    notes = [
        f"{len(answers)} sätt, {sum(map(len, first))} saldon: lika"
        if not differ
        else f"skiljer sig: {', '.join(differ)}"
    ]
    notes.append("varje dags saldon tar ut varandra" if whole else "saldona tar inte ut varandra")
    notes.append(f"{later} överföringar är bokförda efter den sista dagen")
    return Agreement(not differ and whole and later > 0, tuple(notes))


def _fill(owner: "psycopg.Connection[Any]", transfers: int, organisations: int) -> int:
    """A made-up book: each organisation has a frame and a receiver's account a year; money goes between them all year."""
    owner.execute("SELECT setseed(0.42)")
    owner.execute("ALTER TABLE money_transfer DISABLE TRIGGER USER; ALTER TABLE money_voucher DISABLE TRIGGER USER")
    owner.execute(
        "INSERT INTO partners_organisation (id, code, name, short_name, other_names, administration_name, kind, "
        "organisation_number, workplace_number, note, sort_key) SELECT gen_random_uuid(), 'o' || n, 'Organ ' || n, '', '[]', '', "
        "'committee', '', '', '', 'organ ' || n FROM generate_series(1, %s) n",
        [organisations],
    )
    owner.execute(
        "INSERT INTO money_account (id, kind, year, organisation_id, is_source, balance_ore) "
        "SELECT gen_random_uuid(), made.kind, y, o.id, true, 0 FROM partners_organisation o, "
        "unnest(ARRAY['frame', 'receiver']) made (kind), generate_series(%s::int, %s::int) y",
        [FIRST_YEAR, FIRST_YEAR + YEARS - 1],
    )
    owner.execute(
        "INSERT INTO money_voucher (id, year, number, posted_date, text, reason, digest, registered_at, registered_by) "
        "SELECT gen_random_uuid(), %(first)s + n %% %(years)s, n, "
        "make_date(%(first)s + n %% %(years)s, 1, 1) + (random() * 364)::int, "
        "'', '', '', now(), '' FROM generate_series(1, %(many)s) n",
        {"first": FIRST_YEAR, "years": YEARS, "many": transfers // 10},
    )
    owner.execute(
        "CREATE TEMP TABLE slot AS "
        "SELECT id, year, row_number() OVER (PARTITION BY year ORDER BY id) - 1 AS place FROM money_account"
    )
    owner.execute("CREATE UNIQUE INDEX ON slot (year, place); ANALYZE slot")
    owner.execute(
        "INSERT INTO money_transfer (id, voucher_id, position, from_account_id, to_account_id, amount_ore, posted_date) "
        "SELECT gen_random_uuid(), v.id, p.position, a.id, b.id, 100 * (1 + (random() * 1e6)::bigint), v.posted_date FROM "
        "(SELECT v.*, position, (random() * (%(places)s - 1))::int AS giver, 1 + (random() * (%(places)s - 2))::int AS step "
        " FROM money_voucher v, generate_series(1, 10) position) p JOIN money_voucher v ON v.id = p.id "
        "JOIN slot a ON a.year = p.year AND a.place = p.giver "
        "JOIN slot b ON b.year = p.year AND b.place = (p.giver + p.step) %% %(places)s",
        {"places": organisations * 2},
    )
    owner.execute(
        "UPDATE money_account a SET balance_ore = coalesce(m.ore, 0) FROM (SELECT id, sum(ore) AS ore FROM ("
        "SELECT to_account_id AS id, amount_ore AS ore FROM money_transfer UNION ALL "
        "SELECT from_account_id, -amount_ore FROM money_transfer) s GROUP BY id) m WHERE m.id = a.id"
    )
    owner.execute(
        "INSERT INTO money_monthtotal SELECT account, date_trunc('month', posted_date)::date, sum(ore) FROM ("
        "SELECT to_account_id AS account, posted_date, amount_ore AS ore FROM money_transfer UNION ALL "
        "SELECT from_account_id, posted_date, -amount_ore FROM money_transfer) s GROUP BY 1, 2"
    )
    owner.execute("ALTER TABLE money_transfer ENABLE TRIGGER USER; ALTER TABLE money_voucher ENABLE TRIGGER USER")
    owner.execute("VACUUM ANALYZE money_transfer")
    owner.execute("VACUUM ANALYZE money_account")
    owner.execute("VACUUM ANALYZE money_monthtotal")
    return organisations * 2 * YEARS
