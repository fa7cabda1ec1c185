"""Tables that are laid bare for the bulk path stand again exactly as before, or nothing has happened at all."""

import re
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import connection

from samkraft.operations.world.people import bare
from samkraft.operations.world.people.tables import COLUMNS
from tests import database

TABLES = list(COLUMNS)
CASTS = re.compile(r"::text|::character varying|\[\]|[()]")
_STANDING = (
    "SELECT conrelid::regclass::text || ' ' || conname || ' ' || pg_get_constraintdef(oid) || convalidated "
    "FROM pg_constraint WHERE connamespace = 'public'::regnamespace ORDER BY 1",
    "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1",
    "SELECT tgrelid::regclass::text || ' ' || tgname || ' ' || tgenabled::text FROM pg_trigger "
    "WHERE NOT tgisinternal ORDER BY 1",
    "SELECT relname || relrowsecurity || relforcerowsecurity FROM pg_class "
    "WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY 1",
    "SELECT polrelid::regclass::text || ' ' || polname FROM pg_policy ORDER BY 1",
)


@pytest.fixture
def owner(transactional_db: None) -> Iterator[Any]:
    with database.as_owner(connection.settings_dict["NAME"]) as connected:
        yield connected


def _standing(owner: Any) -> list[list[str]]:
    return [[row[0] for row in owner.execute(asked).fetchall()] for asked in _STANDING]


def _differing(then: list[list[str]], now: list[list[str]]) -> list[str]:
    """What has gone and what has come, line by line. The database writes the same condition in more than one way."""
    return [
        f"{sign} {one}"
        for told in zip(then, now, strict=True)
        for before, after in [[{CASTS.sub("", one) for one in lines} for lines in told]]
        for sign, ones in (("-", before - after), ("+", after - before))
        for one in sorted(ones)
    ]


def test_everything_stands_again_as_before(owner: Any) -> None:
    before = _standing(owner)
    with owner.transaction(), bare.laid_bare(owner, TABLES):
        within = _standing(owner)
    assert _differing(before, _standing(owner)) == []
    constraints, indexes, triggers, tables, policies = (
        sum(one not in now for one in then) for then, now in zip(before, within, strict=True)
    )
    assert min(constraints, indexes) > 30, "otherwise nothing was laid bare"
    assert triggers > 3
    assert tables == len(TABLES), "each was forced before"
    assert policies == 0


def test_what_a_constraint_refuses_is_refused_when_it_is_built_and_nothing_is_left(owner: Any) -> None:
    before = _standing(owner)
    nobody = "00000000-0000-4000-8000-000000000001"
    with (
        pytest.raises(psycopg.errors.ForeignKeyViolation),
        owner.transaction(),
        bare.laid_bare(owner, TABLES),
        owner.cursor() as cursor,
        cursor.copy("COPY people_identity (id, person_id, number, kind, valid) FROM STDIN") as copy,
    ):
        copy.write(f"{nobody}\t{nobody}\t198001019983\tpersonnummer\t[2020-01-01,)\n")
    assert _differing(before, _standing(owner)) == []
    assert owner.execute("SELECT count(*) FROM people_identity").fetchone() == (0,)


def test_two_consents_at_once_for_the_same_are_refused_when_the_exclusion_is_built(owner: Any) -> None:
    with pytest.raises(psycopg.errors.ExclusionViolation):
        _give_one_number_twice(owner)


def _give_one_number_twice(owner: Any) -> None:
    with owner.transaction(), bare.laid_bare(owner, TABLES):
        owner.execute("INSERT INTO people_person (id, created_at) VALUES (gen_random_uuid(), now())")
        for _twice in range(2):
            owner.execute(
                "INSERT INTO people_identity (id, person_id, number, kind, valid) SELECT gen_random_uuid(), id, "
                "'198001019983', 'personnummer', '[2020-01-01,)' FROM people_person"
            )


def test_an_index_that_is_not_built_again_is_noticed(owner: Any) -> None:
    before = _standing(owner)
    owner.execute("BEGIN")
    with bare.laid_bare(owner, TABLES):
        """Nothing goes in."""
    owner.execute("DROP INDEX people_contribution_person")
    assert any("people_contribution_person" in line for line in _differing(before, _standing(owner)))
    owner.execute("ROLLBACK")
