"""The scorecard: fifteen indicators with medians for every team, month and sex, beside working them out from the events."""

import contextlib
import os
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import numpy as np
import psycopg

from samkraft.operations import command, scratch_database
from samkraft.operations.bench import scorecard_events, scorecard_peers
from samkraft.operations.bench.frame import Agreement, Bench, Contestant, Course, Goal, Kind
from samkraft.operations.bench.scorecard_events import Country

SIZES = {"S": 5_600, "M": 350_000}
INITIATIVE = UUID(int=0x4000_8000_0000_0001)
DUCKDB, POLARS = "händelser, DuckDB", "händelser, Polars"
ABSENT = "inte installerad: uv pip install --require-hashes -r requirements-bench.txt"
LIMIT_S_MS = 50


@contextlib.contextmanager
def lay_out(size: str) -> Iterator[Course]:
    """A scratch database with the job's rows, and the events in memory for the others."""
    country = scorecard_events.make(SIZES[size])
    with scratch_database.made():
        command.set_up()
        with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as owner:
            fill(owner, country)
            month_of = _months()
            contestants = [Contestant("samkraft", Kind.PRODUCT, lambda: _count(country))]
            if size == "S":
                contestants[0] = Contestant("samkraft", Kind.PRODUCT, lambda: _count(country), limit_ms=LIMIT_S_MS)
            for name, package, make in (
                (DUCKDB, "duckdb", scorecard_peers.duckdb),
                (POLARS, "polars", scorecard_peers.polars),
            ):
                if scorecard_peers.module(package) is None or scorecard_peers.module("pandas") is None:
                    contestants.append(Contestant(name, Kind.PEER, None, why_absent=ABSENT))
                else:
                    contestants.append(Contestant(name, Kind.PEER, make(country, month_of)))
            contestants.append(Contestant("bara kolumnerna ur databasen", Kind.FLOOR, _figures))
            facts = {"inskrivningar": country.people, "händelser": len(country.events["day"]), "team": country.teams}
            yield Course(tuple(contestants), lambda: _agree(country, contestants), facts)


BENCH = Bench(
    name="scorecard",
    words="Femton indikatorer med medianer för varje team, månad och kön: ur jobbets kolumner, bredvid att räkna ur händelser.",
    sizes={size: f"{people} inskrivningar, {people * scorecard_events.EVENTS_EACH} händelser" for size, people in SIZES.items()},
    goal=Goal(10, DUCKDB, also=(POLARS,)),
    lay_out=lay_out,
)  # fmt: skip


def fill(owner: "psycopg.Connection[Any]", country: Country) -> None:
    """The rows as the job keeps them; whose they are does not matter here, so the key that says it is taken away."""
    found = owner.execute(
        "SELECT conname FROM pg_constraint WHERE conrelid = 'people_milestone'::regclass AND contype = 'f'"
    ).fetchall()
    for (constraint,) in found:
        owner.execute(f'ALTER TABLE people_milestone DROP CONSTRAINT "{constraint}"')
    owner.execute("CREATE TEMPORARY TABLE came (packed bytea)")
    width = len(country.packed) // country.people
    with owner.cursor() as cursor, cursor.copy("COPY came FROM STDIN (FORMAT BINARY)") as copy:
        copy.set_types(["bytea"])
        for place in range(0, len(country.packed), width):
            copy.write_row([country.packed[place : place + width]])
    owner.execute(
        "INSERT INTO people_milestone (id, initiative_id, enrolment_id, from_run, packed) "
        "SELECT gen_random_uuid(), %s, gen_random_uuid(), 1, packed FROM came",
        [INITIATIVE],
    )
    owner.execute("SELECT people_cohort_lay_out(%s, 1)", [INITIATIVE])
    owner.execute("VACUUM ANALYZE people_milestone, people_cohortcolumn")


def _months() -> Any:
    from samkraft.knowledge.rules import months

    return months.index(np.arange(12_000)).astype(np.int32)


def _figures() -> Any:
    from samkraft.audit.actions import transactions
    from samkraft.knowledge.rules import cubes
    from samkraft.operations.jobs import CLOCK
    from samkraft.people.queries import cohorts

    with transactions.write(CLOCK):
        return cohorts.figures(INITIATIVE, 1, cubes.fields(_chosen()))


def _chosen() -> list[Any]:
    from samkraft.knowledge.rules.indicators import BY_CODE

    return [BY_CODE[code] for code in scorecard_peers.SQL]


def _count(country: Country) -> Any:
    """As the job does: through the door, then every cell at once."""
    from samkraft.knowledge.rules import cubes
    from samkraft.knowledge.rules.indicators import BY_CODE
    from samkraft.knowledge.rules.populations import View

    return cubes.count(
        View(_figures(), country.day), [BY_CODE[code] for code in scorecard_peers.SQL],
        teams=country.teams, first_month=country.first_month, many_months=scorecard_events.MONTHS + 12,
    )  # fmt: skip


def _agree(country: Country, contestants: list[Contestant]) -> Agreement:
    """Every cell of every indicator the same, and as many cells."""
    ours, many = _count(country), scorecard_events.MONTHS + 12
    notes, holds, looked_at = [], True, 0
    for one in contestants:
        if one.kind is not Kind.PEER or one.run is None:
            continue
        told = one.run()
        for code, cube in zip(scorecard_peers.SQL, ours, strict=True):
            mine = {
                (int(place) // (many * 3) + 1, int(place) // 3 % many + country.first_month, int(place) % 3): (
                    int(cube.of[place]), int(cube.n[place]), float(cube.median[place]) if cube.median is not None else 0.0,
                )
                for place in np.flatnonzero(cube.of)
            }  # fmt: skip
            theirs = scorecard_peers.cells(code, told[code])
            looked_at += len(theirs)
            if mine != theirs:
                holds = False
                notes.append(
                    f"{one.name}: {code} skiljer sig i {sum(mine.get(k) != v for k, v in theirs.items())} celler"
                )
    notes.append(f"{len(scorecard_peers.SQL)} indikatorer, {looked_at} celler jämförda")
    return Agreement(holds, tuple(notes))
