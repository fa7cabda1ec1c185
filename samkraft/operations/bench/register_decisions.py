"""Many officers registering decisions at once, beside putting in the same rows with fewer promises."""

import contextlib
import itertools
import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import psycopg
from psycopg import sql
from psycopg.types.json import Jsonb

from samkraft.operations import command, scratch_database
from samkraft.operations.bench.frame import Agreement, Bench, Contestant, Course, Goal, Kind

SIZES = {"S": (4, 24), "M": (8, 200), "L": (16, 2000)}  # clients at once, decisions in a turn
BARE, COUNTING = "samma rader, utan kontroller", "räkna och sedan skriva, utan lås"
YEAR, AMOUNT_ORE = 2024, 100_00
APPROPRIATION = "Anslag"
TABLES = (
    "money_matter",
    "money_decision",
    "money_point",
    "money_pointitem",
    "money_voucher",
    "money_transfer",
    "audit_event",
)


@dataclass(frozen=True, slots=True)
class City:
    """Who decides, who receives, and two funds: one with plenty, one with money for a single decision."""

    by: Any
    board_id: UUID
    committee_id: UUID
    rich_id: UUID
    poor_id: UUID


class Clients:
    """People working at once, each with a connection of their own that stays open."""

    def __init__(self, many: int) -> None:
        self.many = many
        self._pool = ThreadPoolExecutor(max_workers=many)
        self._own = threading.local()

    def all_do(self, job: Callable[[int], bool], jobs: int) -> list[bool]:
        """Do the jobs, as many at once as there are clients; which of them won, in order."""
        return list(self._pool.map(job, range(jobs)))

    def at_once(self, job: Callable[[int], bool]) -> int:
        """Every client does its job at the same moment. How many won."""
        gate = threading.Barrier(self.many)

        def go(number: int) -> bool:
            gate.wait(timeout=30)
            return job(number)

        return sum(self.all_do(go, self.many))

    def connection(self) -> "psycopg.Connection[Any]":
        """This client's plain connection, as the serving role."""
        if not hasattr(self._own, "plain"):
            self._own.plain = psycopg.connect(os.environ["DATABASE_URL"])
        plain: psycopg.Connection[Any] = self._own.plain
        return plain

    def leave(self) -> None:
        """Close every connection."""

        def close(_number: int) -> bool:
            from django.db import connection

            connection.close()
            if hasattr(self._own, "plain"):
                self._own.plain.close()
            return True

        self.at_once(close)
        self._pool.shutdown()


@contextlib.contextmanager
def lay_out(size: str) -> Iterator[Course]:
    """A scratch city with money, and three ways of writing down a decision."""
    many, jobs = SIZES[size]
    with scratch_database.made():
        command.set_up()
        city, clients = _city(), Clients(many)
        numbers = itertools.count(1)
        rows = _rows_of_one(city)
        try:
            contestants = (
                Contestant(
                    "samkraft", Kind.PRODUCT, lambda: clients.all_do(_registering(city, city.rich_id, numbers), jobs)
                ),
                Contestant(
                    COUNTING, Kind.PEER, lambda: clients.all_do(_counting(clients, rows, uuid4(), 10**12), jobs)
                ),
                Contestant(BARE, Kind.FLOOR, lambda: clients.all_do(_bare(clients, rows), jobs)),
            )
            facts = {"samtidigt": many, "beslut per varv": jobs}
            yield Course(contestants, lambda: _agree(city, clients, rows, numbers), facts)
        finally:
            clients.leave()


BENCH = Bench(
    name="register-decisions",
    words="Ett beslut blir nio rader: ärende, beslut, punkt, mottagare, verifikat, överföring och tre i loggen. Golvet "
    "skickar nio frågor och svarar inte för något; produkten skickar 22, låser konton och väntar på varandra.",
    sizes={size: f"{many} samtidigt, {jobs} beslut" for size, (many, jobs) in SIZES.items()},
    goal=Goal(0.1, BARE),
    lay_out=lay_out,
)


def _city() -> City:
    from samkraft.money.actions import funds
    from samkraft.partners.actions import begin, organisations
    from samkraft.partners.rules.organisations import OrganisationKind
    from samkraft.partners.rules.roles import Role
    from samkraft.values.context import Context
    from samkraft.values.period import Period

    admin = begin.begin(
        email="bench@exempel.invalid",
        name="Mätaren",
        organisation_name="Staden",
        organisation_code="staden",
        organisation_number="",
    )
    own = {"parent_id": admin.organisation_id}
    board = organisations.add(by=admin, code="ks", name="Kommunstyrelsen", kind=OrganisationKind.BOARD.value, **own)
    committee = organisations.add(by=admin, code="asn", name="Nämnden", kind=OrganisationKind.COMMITTEE.value, **own)
    by = Context(
        admin.actor_id,
        "Mätaren",
        admin.membership_id,
        Role.FUND_OFFICER.value,
        admin.organisation_id,
        admin.area_id,
        "mätning",
    )
    appropriation = funds.appropriate(by=by, name=APPROPRIATION, owner_id=board, year=YEAR)
    made = []
    for code, amount in (("rich", 10**14), ("poor", AMOUNT_ORE)):
        valid = Period(date(YEAR, 1, 1), date(YEAR + 1, 1, 1))
        made.append(funds.establish(by=by, code=code, name=code, purpose="mätning", valid=valid))
        funds.budget(by=by, fund_id=made[-1], appropriation_id=appropriation, amount_ore=amount)
    return City(by, board, committee, made[0], made[1])


def _registering(city: City, fund_id: UUID, numbers: Iterator[int]) -> Callable[[int], bool]:
    """The product's own action. A refusal is a loss; anything else that is raised is a fault and stops the bench."""
    from samkraft.money.actions import decisions
    from samkraft.money.rules.points import Outcome, Verb
    from samkraft.money.rules.posting import ItemDraft, PointDraft
    from samkraft.values.refusal import Refused

    item = ItemDraft(
        receiver_id=city.committee_id, amount_ore=AMOUNT_ORE, year=YEAR, fund_id=fund_id, appropriation=APPROPRIATION
    )
    points = [PointDraft("1", Verb.ALLOCATES, "tilldelar nämnden 100 kronor", (item,))]

    def register(_number: int) -> bool:
        case = f"MÄT-{YEAR}-{next(numbers)}"
        with contextlib.suppress(Refused):
            decisions.decide(
                by=city.by, case_number=case, title=case, body_id=city.board_id, date=date(YEAR, 3, 6),
                outcome=Outcome.AS_PROPOSED, points=points,
            )  # fmt: skip
            return True
        return False

    return register


Rows = list[tuple[str, list[str], list[tuple[Any, ...]]]]  # table, columns, the rows that one decision becomes


def _rows_of_one(city: City) -> Rows:
    """Register one decision and copy what it became, into tables of the same columns with nothing but a key."""
    from django.db import connection

    connection.close()
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as owner:
        aggregates = {table: f"SELECT array_agg(id) FROM {table}" for table in TABLES}  # noqa: S608 - TABLES is our own
        before = {table: owner.execute(statement).fetchone() for table, statement in aggregates.items()}
        _registering(city, city.rich_id, itertools.count(0))(0)
        rows: Rows = []
        for table in TABLES:
            known = (before[table] or (None,))[0] or []
            made = f"SELECT * FROM {table} WHERE NOT id = ANY(%s::uuid[])"  # noqa: S608 - TABLES is our own
            found = owner.execute(made, [known])
            columns = [column.name for column in found.description or ()]
            rows.append((f"bench_{table}", columns, [tuple(map(_as_parameter, row)) for row in found.fetchall()]))
            owner.execute(f"CREATE TABLE bench_{table} (LIKE {table}, PRIMARY KEY (id))")
            owner.execute(f"GRANT SELECT, INSERT ON bench_{table} TO samkraft_app")
        owner.execute("CREATE INDEX ON bench_money_transfer (from_account_id)")
    connection.close()
    return rows


def _as_parameter(value: Any) -> Any:
    return Jsonb(value) if isinstance(value, list | dict) else value


def _put_in(plain: "psycopg.Connection[Any]", rows: Rows, account: UUID | None = None) -> None:
    for table, columns, values in rows:
        statement = sql.SQL("INSERT INTO {} VALUES ({})").format(
            sql.Identifier(table), sql.SQL(", ").join(sql.Placeholder() * len(columns))
        )
        for row in values:
            fresh = {"id": uuid4()} | (
                {"from_account_id": account} if account and table == "bench_money_transfer" else {}
            )
            plain.execute(statement, [fresh.get(column, value) for column, value in zip(columns, row, strict=True)])


def _bare(clients: Clients, rows: Rows) -> Callable[[int], bool]:
    """The least that any way must do: the rows, and a commit."""

    def insert(_number: int) -> bool:
        plain = clients.connection()
        _put_in(plain, rows)
        plain.commit()
        return True

    return insert


def _counting(clients: Clients, rows: Rows, account: UUID, budget_ore: int) -> Callable[[int], bool]:
    """What one writes without thinking of the neighbour: what has gone out, is there enough left, then in with it."""

    def insert(_number: int) -> bool:
        plain = clients.connection()
        asked = plain.execute(
            "SELECT coalesce(sum(amount_ore), 0) FROM bench_money_transfer WHERE from_account_id = %s", [account]
        )
        spent = (asked.fetchone() or (0,))[0]
        if budget_ore - spent < AMOUNT_ORE:
            plain.rollback()
            return False
        _put_in(plain, rows, account)
        plain.commit()
        return True

    return insert


def _agree(city: City, clients: Clients, rows: Rows, numbers: Iterator[int]) -> Agreement:
    """Of all who spend the last money at once exactly one wins, and of all who register the same decision."""
    last = clients.at_once(_registering(city, city.poor_id, numbers))
    same = clients.at_once(_registering(city, city.rich_id, itertools.repeat(0)))  # case 0 is registered already
    again = clients.at_once(_registering(city, city.rich_id, itertools.repeat(-1)))
    counted = clients.at_once(_counting(clients, rows, uuid4(), AMOUNT_ORE))
    whole = _book_is_whole()
    notes = (
        f"sista kronan: {last} av {clients.many} vann hos samkraft",
        f"samma beslut: {same} av {clients.many} vann när det redan fanns, {again} när det var nytt",
        "verifikaten har inga luckor och varje saldo är summan av sina överföringar"
        if whole
        else "boken går inte ihop",
        f"{COUNTING}: {counted} av {clients.many} vann, alltså {(counted - 1) * AMOUNT_ORE // 100} kronor som inte fanns",
    )
    return Agreement(last == 1 and same == 0 and again == 1 and whole, notes)


def _book_is_whole() -> bool:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) = max(number) FROM money_voucher) "
            "AND NOT EXISTS (SELECT 1 FROM money_account a WHERE balance_ore <> "
            "(SELECT coalesce(sum(CASE WHEN to_account_id = a.id THEN amount_ore ELSE -amount_ore END), 0) FROM money_transfer "
            "WHERE a.id IN (from_account_id, to_account_id)))"
        )
        holds: bool = cursor.fetchone()[0]
    connection.close()
    return holds
