"""Everybody wants the last places at once, over real connections: the queue's own functions beside the bare rows.

Before any time is taken it is seen that exactly as many got a place as there were, those who came first, and that a storm of
withdrawals, answers that never came and places that were cut leaves no place held twice and nobody passed in silence.
"""

import contextlib
import itertools
import os
import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import psycopg

from samkraft.operations import command, embedded_postgres, scratch_database
from samkraft.operations.bench import places_city
from samkraft.operations.bench.frame import Agreement, Bench, Contestant, Course, Goal, Kind
from samkraft.operations.bench.places_city import City
from samkraft.operations.bench.register_decisions import Clients

SIZES = {"S": (40, 5), "M": (200, 10), "L": (400, 20)}  # clients at once, places
BARE, COUNTING = "samma rader, utan kontroller", "räkna och sedan skriva, utan lås"
JOIN = "SELECT may_give FROM people_place_join(%s, %s, NULL, NULL, '{}', NULL, NULL, NULL, NULL)"
OFFER = "SELECT people_place_offer(%s, NULL)"


@dataclass(slots=True)
class Race:
    """The activity that this turn is about; a new one each turn, with the same people."""

    activity_id: UUID
    occasion_id: UUID


@contextlib.contextmanager
def lay_out(size: str) -> Iterator[Course]:
    """A server of its own with room for that many connections, a scratch city, and three ways of taking a place."""
    many, places = SIZES[size]
    with _server(2 * many + 40), scratch_database.made():
        command.set_up()
        with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as owner:
            city = places_city.build(owner, many)
            clients = Clients(many)
            race = Race(*places_city.occasion(owner, city, places))
            clients.at_once(lambda number: _greet(clients, city))
            try:
                contestants = (
                    Contestant(
                        "samkraft", Kind.PRODUCT, lambda: clients.at_once(_joining(clients, city, race)),
                        prepare=lambda: _another(owner, city, race, places),
                    ),
                    Contestant(
                        COUNTING, Kind.PEER, lambda: clients.at_once(_counting(clients, city, places)),
                        prepare=lambda: places_city.empty(owner),
                    ),
                    Contestant(
                        BARE, Kind.FLOOR, lambda: clients.at_once(_bare(clients, city, places)),
                        prepare=lambda: places_city.empty(owner),
                    ),
                )  # fmt: skip
                facts = {"samtidigt": many, "platser": places}
                yield Course(contestants, lambda: _agree(owner, city, clients, places), facts)
            finally:
                clients.leave()


BENCH = Bench(
    name="places",
    words="Alla ställer sig i kön i samma ögonblick, och de första får var sin plats. Golvet lägger in samma rader utan lås "
    "och utan att någon ordning hålls; det svarar inte för något.",
    sizes={size: f"{many} samtidigt om {places} platser" for size, (many, places) in SIZES.items()},
    goal=Goal(0.5, BARE),
    lay_out=lay_out,
)


@contextlib.contextmanager
def _server(connections: int) -> Iterator[None]:
    before = {name: os.environ.pop(name, None) for name in ("DATABASE_OWNER_URL", "DATABASE_URL")}
    folder = scratch_database.PROJECT / ".samkraft" / "bench-places"
    try:
        with embedded_postgres.start(folder, connections=connections, progress=lambda words: None) as cluster:
            os.environ |= {"DATABASE_OWNER_URL": cluster.owner_url(), "DATABASE_URL": cluster.app_url()}
            yield
    finally:
        for name, value in before.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value


def _greet(clients: Clients, city: City) -> bool:
    """Connect, and say who one is for as long as the connection lasts: an officer on everybody's case."""
    plain = clients.connection()
    plain.execute(places_city.CONTEXT, city.context)
    plain.commit()
    return True


def _another(owner: "psycopg.Connection[Any]", city: City, race: Race, places: int) -> None:
    race.activity_id, race.occasion_id = places_city.occasion(owner, city, places)


def _joining(clients: Clients, city: City, race: Race) -> Any:
    def join(number: int) -> bool:
        _join(clients.connection(), city.persons[number], race)
        return True

    return join


def _join(plain: "psycopg.Connection[Any]", person_id: UUID, race: Race) -> None:
    """As the action does: the queue first, and when that is written, what there is to give. Each is one statement."""
    plain.autocommit = True
    (may_give,) = plain.execute(JOIN, [person_id, race.activity_id]).fetchone() or (False,)
    if may_give:
        plain.execute(OFFER, [race.activity_id])
    plain.autocommit = False


def _bare(clients: Clients, city: City, places: int) -> Any:
    """The least: the entry and its event, and for as many as there are places the hold and its event."""

    def insert(number: int) -> bool:
        plain = clients.connection()
        _put_in(plain, city, number, has_place=number < places)
        plain.commit()
        return True

    return insert


def _counting(clients: Clients, city: City, places: int) -> Any:
    """What one writes without thinking of the neighbour: how many have a place, is there one left, then in with it."""

    def insert(number: int) -> bool:
        plain = clients.connection()
        taken = (plain.execute("SELECT count(*) FROM bench_people_placehold").fetchone() or (0,))[0]
        _put_in(plain, city, number, has_place=taken < places)
        plain.commit()
        return bool(taken < places)

    return insert


def _put_in(plain: "psycopg.Connection[Any]", city: City, number: int, *, has_place: bool) -> None:
    entry = uuid4()
    plain.execute(places_city.BARE_ENTRY, [entry, city.persons[number]])
    plain.execute(places_city.BARE_EVENT, [uuid4(), entry, city.persons[number], "joined"])
    if has_place:
        plain.execute(places_city.BARE_HOLD, [uuid4(), entry, city.persons[number]])
        plain.execute(places_city.BARE_EVENT, [uuid4(), entry, city.persons[number], "offered"])


def _agree(owner: "psycopg.Connection[Any]", city: City, clients: Clients, places: int) -> Agreement:
    race = Race(*places_city.occasion(owner, city, places))
    clients.at_once(_joining(clients, city, race))
    granted, distinct, in_order, entries = places_city.outcome(owner, race.activity_id, places)
    places_city.empty(owner)
    counted = clients.at_once(_counting(clients, city, places))
    storm = Race(*places_city.occasion(owner, city, places))
    findings, left = _storm(owner, city, clients, storm, places)
    notes = (
        f"{granted} av {clients.many} fick en plats, på {distinct} olika platser; alla {entries} står i kön; "
        + ("ordningen är exakt" if in_order else "ORDNINGEN ÄR FEL"),
        f"{COUNTING}: {counted} fick en plats, alltså {counted - places} som inte fanns",
        f"i stormen: {left} har en plats av {places - places // 5} sedan {places // 5} togs bort; "
        + ("ingen plats hölls två gånger och ingen förbigicks" if not findings else f"FEL: {findings[:3]}"),
    )
    holds = granted == distinct == places and in_order and entries == clients.many and not findings
    return Agreement(holds and left == places - places // 5, notes)


def _storm(
    owner: "psycopg.Connection[Any]", city: City, clients: Clients, race: Race, places: int
) -> tuple[list[Any], int]:
    """All at once: people join, withdraw and say no, offers run out, and a fifth of the places is cut."""
    number_of = itertools.count()
    keep = places - places // 5

    def blow(number: int) -> bool:
        plain, chance = clients.connection(), random.Random(number)  # noqa: S311 - which deed, not a secret
        _join(plain, city.persons[number], race)
        if next(number_of) == places:
            _until_done(plain, places_city.CUT, [race.occasion_id, keep])
        deed = chance.random()
        if deed < 0.25:
            places_city.withdraw(plain, city.persons[number], race.activity_id)
        elif deed < 0.5:
            places_city.decline(plain, city.persons[number], race.activity_id)
        elif deed < 0.6:
            places_city.run_out(city, race.activity_id)
        return True

    clients.at_once(blow)
    return places_city.replayed(city, race.activity_id), places_city.holding(owner, race.activity_id)


def _until_done(plain: "psycopg.Connection[Any]", statement: str, arguments: list[Any]) -> None:
    plain.execute(statement, arguments)
    plain.commit()
