"""Every cell of the matrix, asked of the rules in Python and of the database in raw SQL."""

from collections.abc import Iterator
from datetime import date
from itertools import product
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from samkraft.audit.actions import transactions
from samkraft.people.queries import boards, contributions, searching
from samkraft.people.rules import categories, secrecy
from tests.people import matrix, stage, world
from tests.people.stage import Stage, Thing

ROLES = matrix.table(matrix.ROLES)


@pytest.fixture(scope="module")
def played(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[Stage, Any]]:
    """The stage, committed once for all tests here, and the owner's connection."""
    from tests import database

    with django_db_blocker.unblock():
        name = connection.settings_dict["NAME"]
        with database.as_owner(name) as owner:
            yield stage.set_up(owner), owner
        connection.close()
        database.clone(name)


@pytest.fixture(autouse=True)
def _on_stage(played: tuple[Stage, Any], django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock():
        yield


def _is_there(case: str, protection: str, standing: str) -> bool:
    """Whether somebody in a role that meets people is let in to the case, as the matrix says."""
    on = matrix.ON_THE_CASE[case][0] and matrix.PROTECTION[protection]
    return on and (matrix.READERS[standing] or (standing.startswith("called in") and case in matrix.CALLED_IN))


def _held(thing: Thing) -> bool:
    """Whether this version lies in the readers' area at all, as the matrix says."""
    if thing.written_in == stage.HERE:
        return True
    mark, covered = (
        matrix.releases()[thing.category],
        thing.person != "for another category" or thing.category == "work",
    )
    standing, per_item = matrix.CONSENT[
        "stands" if thing.person == "for another category" and covered else thing.person
    ]
    return covered and mark != "n" and thing.version in (standing if mark == "s" else per_item)


SITUATIONS = list(product(matrix.ON_THE_CASE, matrix.PROTECTION))


def test_the_matrix_is_whole() -> None:
    assert set(ROLES) == {role.value for role in categories.READS} | {
        "main_project_leader", "data_protection_officer", "duplicate_steward", "place_coordinator", "provider", "employer",
    }  # fmt: skip
    assert all(set(cells) == {category.value for category in categories.Category} for cells in ROLES.values())
    assert matrix.releases() == {c.value: said.release.value[0] for c, said in categories.CATEGORIES.items()}


def test_what_consent_leaves_in_the_receiving_area_is_what_the_matrix_says(played: tuple[Stage, Any]) -> None:
    made, _ = played
    received = {
        (t.person, t.category, t.version) for t in made.things if t.area == stage.HERE and t.written_in == stage.THERE
    }
    expected = {
        (consent, category, version)
        for consent, category, version in product(matrix.CONSENT, stage.CATEGORIES, (1, 2))
        if _held(Thing(made.giver.area_id, consent, category, version, stage.HERE, stage.THERE))
    }
    assert received == expected
    assert len(received) == 45


@pytest.mark.parametrize(("case", "protection"), SITUATIONS, ids=lambda words: words)
def test_reading(case: str, protection: str, played: tuple[Stage, Any]) -> None:
    """Each reader finds exactly the versions that the matrix, the rules and the database agree on."""
    made, owner = played
    stage.stand(made, owner, case, protection)
    python = {person: stage.case_in_python(owner, key) for person, key in made.persons.items()}
    wrong: list[Any] = []
    for role, standing in made.readers:
        by, reader = made.readers[role, standing].context, stage.reader_in_python(made, role, standing)
        found = {key for (key,) in world.rows(by, "SELECT id FROM people_contribution")}
        areas = {stage.HERE: made.writer.area_id, stage.THERE: made.giver.area_id}
        for thing in made.things:
            matrix_says = (
                thing.area == stage.HERE
                and _held(thing)
                and _is_there(case, protection, standing)
                and ROLES[role][thing.category] != "-"
            )
            row = secrecy.Row(areas[thing.area], made.persons[thing.person], thing.category)
            rules_say = secrecy.may_know(reader, row, python[thing.person], world.now())
            if not matrix_says == rules_say == (thing.id in found):
                wrong.append((role, standing, thing, matrix_says, rules_say, thing.id in found))
        wrong += _beside(made, by, role, _is_there(case, protection, standing))
        wrong += _by_the_product(made, by, role, _is_there(case, protection, standing), found)
    assert wrong == []


def _by_the_product(made: Stage, by: Any, role: str, there: bool, in_sql: set[UUID]) -> list[tuple[Any, ...]]:
    """The same, asked as pages, lists, searches, counts and files ask: nobody more and nobody less than raw SQL finds."""
    cells = ROLES[role]
    everybody = set(made.persons.values()) if there and set(cells.values()) != {"-"} else set()
    enrolled = everybody if cells["plan"] != "-" else set()  # the caseload tells of plans
    by_person: dict[UUID, set[UUID]] = {person: set() for person in made.persons.values()}
    with transactions.read(by):
        for person in made.persons.values():
            by_person[person] = {one.id for one in contributions.held(by, person)}
        answers = {
            "read": (set().union(*by_person.values()), in_sql),
            "list": ({row.person_id for row in boards.caseload(by, date.today())}, enrolled),
            "search": (
                {one.person_id for one in searching.by_name(by, "Eget")},
                everybody if cells["contact"] != "-" else set(),
            ),
            "export": ({row.person_id for row in boards.again(by, made.enrolments)}, enrolled),
            "count": (len(boards.caseload(by, date.today())), len(enrolled)),
        }
    return [(role, column, *pair) for column, pair in answers.items() if pair[0] != pair[1]]


def _beside(made: Stage, by: Any, role: str, there: bool) -> list[tuple[Any, ...]]:
    """What is kept beside the contributions follows them: counts, lists, search, consents, existence by id."""
    cells = ROLES[role]
    people = len(made.persons) if there and set(cells.values()) != {"-"} else 0
    given = {"never given": 0, "for another area": 0, "for another category": 1}
    scopes = sum(given.get(person, len(stage.RELEASABLE)) for person in made.persons)
    own = (made.writer.area_id,)
    expected = {
        ("people_overview", "true", ()): people if cells["plan"] != "-" else 0,
        ("people_taking_part()", "true", ()): people if cells["enrolment"] != "-" else 0,
        ("people_enrolment", "true", ()): people if cells["enrolment"] != "-" else 0,
        ("people_searchtoken", "token = 'eget'", ()): people if cells["contact"] != "-" else 0,
        ("people_consentscope", "true", ()): scopes if people else 0,
        ("people_consent", "true", ()): len(made.persons) - 2 if people else 0,
        ("people_disclosure", "category <> 'contact'", ()): _acts(made, cells) if people else 0,
        ("people_caseaccess", "area_id <> %s", own): 0,
        ("people_contribution", "area_id <> %s", own): 0,
        ("people_contribution", "id = %s", (made.originals["stands", "health", 1],)): 0,
    }
    found = {asked: world.count(by, *asked[:2], *asked[2]) for asked in expected}
    faults: list[tuple[Any, ...]] = [
        (role, asked, expected[asked], found[asked]) for asked in expected if expected[asked] != found[asked]
    ]
    if not people:
        for table in ("caseaccess", "protection", "protectionname", "recusal", "disclosure", "breakglass", "match"):
            faults += [(role, table, world.count(by, f"people_{table}"))] if world.count(by, f"people_{table}") else []
    return faults


def _acts(made: Stage, cells: dict[str, str]) -> int:
    """How many things were handed over in categories that the role meets, but for the contact, where a card went too."""
    received = [thing for thing in made.things if thing.area == stage.HERE and thing.written_in == stage.THERE]
    return sum(cells[thing.category] != "-" for thing in received if thing.category != "contact")


INSERT = (
    "INSERT INTO people_contribution (id, area_id, person_id, kind, category, lineage, version, content, voice, author_area_id, "
    "author_organisation_id, author_membership_id, author_name, author_role, occurred_at, written_at, withheld_ground, "
    "withheld_by, copy_of_id, disclosure_id) VALUES (gen_random_uuid(), %s, %s, 'dissent', %s, gen_random_uuid(), 1, "
    "'{}', 'staff', %s, %s, %s, 'n', %s, now(), now(), '', '', %s, %s)"
)


def _insert(by: Any, person: UUID, category: str, **other: Any) -> bool:
    """Whether the database lets this reader write such a row; nothing of it stays."""
    said: dict[str, Any] = {"area": by.area_id, "author": by.area_id, "membership": by.membership_id, "role": by.role}
    said |= {"copy": None, "act": None} | other
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                INSERT,
                [said["area"], person, category, said["author"], by.organisation_id, said["membership"], said["role"],
                 said["copy"], said["act"]],
            )  # fmt: skip
            transaction.set_rollback(True)
    except DatabaseError:
        return False
    return True


@pytest.mark.parametrize(("case", "protection"), SITUATIONS, ids=lambda words: words)
def test_writing(case: str, protection: str, played: tuple[Stage, Any]) -> None:
    """A row can be written exactly where the matrix and the rules say, and never for another area, name, role or as a copy."""
    made, owner = played
    stage.stand(made, owner, case, protection)
    person = made.persons["stands"]
    python = stage.case_in_python(owner, person)
    wrong: list[Any] = []
    for role, standing in made.readers:
        by, reader = made.readers[role, standing].context, stage.reader_in_python(made, role, standing)
        there = _is_there(case, protection, standing)
        with transactions.write(by):
            for category in stage.CATEGORIES:
                matrix_says = there and ROLES[role][category] == "W"
                rules_say = secrecy.may_write(reader, secrecy.Row(by.area_id, person, category), python, world.now())
                database_says = _insert(by, person, category)
                if not matrix_says == rules_say == database_says:
                    wrong.append((role, standing, category, matrix_says, rules_say, database_says))
            for forged in (
                {"area": made.giver.area_id},
                {"author": made.giver.area_id},
                {"membership": made.giver.membership_id},
                {"role": "social_secretary" if role != "social_secretary" else "care_coordinator"},
                {"copy": uuid4(), "act": uuid4()},
            ):
                wrong += [(role, standing, forged)] if _insert(by, person, "plan", **forged) else []
    assert wrong == []


def test_handing_over(played: tuple[Stage, Any]) -> None:
    """The newer version of a thing that goes item by item can be handed over only where a consent for it stands now."""
    made, owner = played
    stage.stand(made, owner, "not at all", "none")
    items = [name for name, mark in matrix.releases().items() if mark == "p"]
    before = owner.execute("SELECT count(*) FROM people_disclosure").fetchone()[0]
    refused = {}
    for consent, person in made.persons.items():
        for category in items:
            refused[consent, category] = stage.hand_over(made, person, made.originals[consent, category, 2], category)
    assert refused == {
        (consent, category): "" if consent in matrix.MAY_HAND_OVER else "no_basis"
        for consent, category in product(matrix.CONSENT, items)
    }
    after = owner.execute("SELECT count(*) FROM people_disclosure").fetchone()[0]
    assert after - before == len(items) * len(matrix.MAY_HAND_OVER)
    notes = made.originals["stands", "own_notes", 2]
    assert stage.hand_over(made, made.persons["stands"], notes, "own_notes") == "never_leaves"
