"""Two made one and told apart: months, consents and copies go with whom they are about, and nothing is moved twice."""

from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.utils import timezone

from samkraft.audit.actions import transactions
from samkraft.partners.rules.roles import Role
from samkraft.people.actions import call_lists, duplicates
from samkraft.people.actions.months import months as closing
from samkraft.people.queries.months import months as asked
from samkraft.people.rules.months import months as rules
from tests.factories import months as factory
from tests.factories import partners, people, refusals
from tests.factories.partners import Member
from tests.people import test_call_lists as listed
from tests.people import world

pytestmark = pytest.mark.django_db
THIS = rules.of_day(timezone.now().date())
NUMBER, ANOTHER = "199006022397", world.ANOTHER
# What a month was closed with: all of its rows but whose case opens them.
SEALED = "SELECT id, closing_id, enrolment_id, hours, started_on, ended_on, attested_by, note FROM people_monthrow ORDER BY id"

# Each table that tells whose it is, and what becomes of its rows when two are told apart who had been made one.
BACK = (
    "what was the newer person's goes back, and what an area wrote meanwhile goes with the area that knew only that one"
)
WITH = "goes with what it is about or a part of"
OUT = "is worked out again for both"
OWN = "stays: it is about the number that it was laid in with, on a row of its own, and no case"
FOLLOWS = {
    **dict.fromkeys(
        ("caseaccess", "recusal", "breakglass", "enrolment", "contribution", "consent", "consentscope"), BACK
    ),
    **dict.fromkeys(("placeentry", "recruitmentinvitation", "invitation"), BACK),
    **dict.fromkeys(("disclosure", "monthrow", "placehold", "placeevent", "placedisclosure", "placesuggestion"), WITH),
    **dict.fromkeys(("placeadoption", "attendance", "placeresult", "recruitmentresult", "invitationbooking"), WITH),
    **dict.fromkeys(("overview", "searchtoken"), OUT),
    **dict.fromkeys(("protection", "protectionname"), "stands for both, until somebody lifts it"),
    **dict.fromkeys(("callentry", "callnote", "summerapplicant"), OWN),
    "identity": "stays: each number is the one's who had it",
}


def _match(steward: Member, known: UUID, newer: UUID) -> UUID:
    sql = "SELECT id FROM people_match WHERE known_id = %s AND newer_id = %s"
    found: UUID = world.rows(steward.context, sql, known, newer)[0][0]
    return found


def _steward() -> Member:
    return partners.member(Role.DUPLICATE_STEWARD, name="Dag Dubblett")


def test_a_closed_month_is_read_with_the_enrolment_wherever_it_is_and_is_never_written_again() -> None:
    before, last = rules.step(THIS, -2), rules.step(THIS, -1)
    made = factory.made()
    known = people.participant(made.setting.social.context, text=NUMBER)
    way = made.person(rules.span(before)[0], NUMBER)
    own = people.participant(made.officer.context, text=ANOTHER)
    people.enrolled(made.setting, made.officer.context, own)
    for month, hours in ((before, 20), (last, 30)):
        made.report(way, month, hours)
    made.close(before)
    steward, by = _steward(), made.closer.context
    match = _match(steward, known, way.person_id)
    sealed = world.rows(by, SEALED)
    assert [row[3] for row in sealed] == [20]

    def require_whole(person: UUID) -> None:
        with transactions.read(by):
            found = asked.closings(by, made.setting.initiative_id)
            rows = [row for one in asked.snapshots(by, [one.id for one in found]).values() for row in one]
            assert {row.person_id for row in rows} == {person}
            assert len(rows) == len(found), "each month has its row"
            told = asked.changed_since(by, made.setting.initiative_id, found, {}, now=timezone.now())
            assert told == {}, "nothing is to be reported otherwise"
        for one in found:
            assert [number.number for number in closing.numbers(by=by, closing_id=one.id).values()] == [NUMBER]

    duplicates.join(by=steward.context, match_id=match, reason="Samma nummer")
    require_whole(known)
    made.close(last)  # while they are one
    sealed = world.rows(by, SEALED)
    duplicates.split(by=steward.context, match_id=match, reason="De är två")
    require_whole(way.person_id)
    assert world.rows(by, SEALED) == sealed
    assert world.count(made.setting.social.context, "people_monthrow") == 0, "not for who knows the other"


def test_of_each_table_about_somebody_it_is_said_where_its_rows_go() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid AND c.relkind = 'r' "
            "WHERE c.relnamespace = 'public'::regnamespace AND a.attname = 'person_id' AND NOT a.attisdropped"
        )
        assert {row[0].removeprefix("people_") for row in cursor.fetchall()} == set(FOLLOWS)


def test_the_guard_moves_a_closed_row_and_writes_nothing_in_it() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = 'people_monthrow'::regclass AND attnum > 0 "
            "AND NOT attisdropped AND has_column_privilege('samkraft_guard', attrelid, attnum, 'UPDATE')"
        )
        assert cursor.fetchall() == [("person_id",)]


def _read(member: Member, table: str, column: str) -> set[Any]:
    return {row[0] for row in world.rows(member.context, f"SELECT {column} FROM people_{table}")}


def test_consents_and_copies_made_while_they_were_one_go_with_whom_they_are_about() -> None:
    setting = people.joint()
    social, officer, steward = setting.social, setting.officer, _steward()
    known, newer = (people.participant(one.context, text=NUMBER) for one in (social, officer))
    match = _match(steward, known, newer)
    duplicates.join(by=steward.context, match_id=match, reason="Samma nummer")
    for giver, receiver in ((officer, social), (social, officer)):
        people.consent(giver.context, known, receiver.area_id, "plan")
        people.write(giver.context, known, "need", {"text": f"{giver.area_id}", "life_area": "work"})
    texts = "content ->> 'text'"
    for one in (officer, social):
        assert _read(one, "contribution", texts) >= {str(officer.area_id), str(social.area_id)}, "while they were one"
        assert _read(one, "consent", "from_area_id") == {officer.area_id, social.area_id}
    duplicates.split(by=steward.context, match_id=match, reason="De är två")
    for one, person in ((officer, newer), (social, known)):
        assert _read(one, "contribution", "person_id") == {person}
        assert _read(one, "contribution", texts) - {None} == {str(one.area_id)}, "the other's words are about another"
        for table in ("consent", "consentscope"):
            assert _read(one, table, "from_area_id") == {one.area_id}, table
        assert _read(one, "disclosure", "from_area_id") == {one.area_id}


def test_nobody_is_made_one_with_a_third_through_another() -> None:
    setting = people.joint()
    first, second, third = (
        people.participant(one.context, text=NUMBER) for one in (setting.social, setting.officer, setting.labour)
    )
    steward = _steward()
    by, said = steward.context, {"reason": "Samma nummer"}
    nearest, far, between = (_match(steward, *pair) for pair in ((first, second), (first, third), (second, third)))
    duplicates.join(by=by, match_id=between, **said)
    for match in (nearest, far):
        with refusals.refused("joined_with_another"):  # the second has the third's; the third is moved already
            duplicates.join(by=by, match_id=match, **said)
    duplicates.split(by=by, match_id=between, **said)
    duplicates.join(by=by, match_id=nearest, **said)
    with refusals.refused("joined_with_another"):  # what is the second's is the first's
        duplicates.join(by=by, match_id=between, **said)
    duplicates.join(by=by, match_id=far, **said)
    assert {_read(one, "contribution", "person_id").pop() for one in (setting.officer, setting.labour)} == {first}
    for match, member, person in ((nearest, setting.officer, second), (far, setting.labour, third)):
        duplicates.split(by=by, match_id=match, **said)
        assert _read(member, "contribution", "person_id") == {person}


def test_who_was_called_in_and_made_one_with_another_is_found_there() -> None:
    laid = listed.laid_in()
    laid.draw()
    entry, by = laid.to_call()[0], laid.officer.context
    number = next(one for place, one in enumerate(laid.numbers) if entry.name == f"Namn{place} Efternamn{place}")
    known = people.participant(laid.made.social.context, text=number)
    person = call_lists.begin(by=by, entry_id=entry.id)
    steward = _steward()
    match = _match(steward, known, person)
    duplicates.join(by=steward.context, match_id=match, reason="Samma nummer")
    assert call_lists.begin(by=by, entry_id=entry.id) == known
    assert _read(laid.officer, "caseaccess", "person_id") == {known}, "no second case was begun"
    duplicates.split(by=steward.context, match_id=match, reason="De är två")
    assert call_lists.begin(by=by, entry_id=entry.id) == person
