"""Faults of the kinds that each proof of secrecy is there to catch, one at a time: what is changed, and what must fall.

The mutants take stones out of the walls. These are faults of another kind: a question more, another word, a number that
counts too much, an answer from before, one law in Python and another in the database.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client

from samkraft.people.queries import boards
from samkraft.people.rules import secrecy
from samkraft.values.refusal import Reason, Refused
from tests.actions.people import test_attendance
from tests.people import random_summer, random_world, test_at_once, test_canary, test_neutral

# A door that should not be: it tells whether anybody has the number, or whether there is such a person.
TELLTALE = """
CREATE FUNCTION planted_knows(asked text) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER AS $$
    SELECT EXISTS (SELECT 1 FROM people_identity WHERE number = asked)
        OR EXISTS (SELECT 1 FROM people_person WHERE id::text = asked) $$;
GRANT EXECUTE ON FUNCTION planted_knows(text) TO samkraft_app;
"""
EVERYBODYS = "ALTER POLICY {policy} ON people_{table} USING (true); DROP POLICY protected_identity ON people_{table};"


@dataclass(frozen=True, slots=True)
class Kit:
    """What the proofs need to be run by hand."""

    owner: Any
    client: Client
    caplog: pytest.LogCaptureFixture
    patch: pytest.MonkeyPatch


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault in words, how it is planted, and the proof that must fall. `alone`: the proof commits what it does."""

    name: str
    plant: Callable[[Kit], None]
    proof: Callable[[Kit], None]
    alone: bool = False


def _sql(text: str) -> Callable[[Kit], None]:
    def plant(kit: Kit) -> None:
        kit.owner.execute(text)

    return plant


def _in_function(name: str, before: str, after: str) -> Callable[[Kit], None]:
    def plant(kit: Kit) -> None:
        text = kit.owner.execute("SELECT pg_get_functiondef(oid) FROM pg_proc WHERE proname = %s", [name]).fetchone()[0]
        assert before in text, f"{name} no longer says {before}"
        kit.owner.execute(text.replace(before, after))

    return plant


def _knows(asked: object) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT planted_knows(%s)", [str(asked)])
        return bool(cursor.fetchone()[0])


def _another_question_on_a_hit(kit: Kit) -> None:
    from samkraft.people.actions import guard

    kit.owner.execute(TELLTALE)
    ask = guard.ask

    def asking(function: str, *values: Any) -> Any:
        if function == "people_break_glass" and _knows(values[0]):
            _knows(values[0])  # a look at the one who was found
        return ask(function, *values)

    kit.patch.setattr(guard, "ask", asking)


def _another_word_on_a_hit(kit: Kit) -> None:
    from samkraft.people.queries import persons

    kit.owner.execute(TELLTALE)
    opened = persons.open_person

    def opening(by: Any, person_id: UUID, **more: Any) -> Any:
        try:
            return opened(by, person_id, **more)
        except Refused as refused:
            if _knows(person_id):
                raise Refused(Reason("not_found", "Du är inte med i det här ärendet.", "Be teamet.")) from refused
            raise

    kit.patch.setattr(persons, "open_person", opening)


def _rows_from_before(kit: Kit) -> None:
    """As from a cursor that was opened when everything could still be seen."""
    database = connection.settings_dict["NAME"]

    def remembered(by: Any, enrolment_ids: Any) -> list[Any]:
        from tests import database as databases

        with databases.as_owner(database) as owner:
            wanted = ", ".join(boards.Row._fields)
            found = owner.execute(
                f"SELECT {wanted} FROM people_overview WHERE enrolment_id = ANY (%s)", [list(enrolment_ids)]
            )
            return [boards.Row._make(row) for row in found.fetchall()]

    kit.patch.setattr(boards, "again", remembered)


def _words_in_the_trail(kit: Kit) -> None:
    from samkraft.audit.actions import trail
    from samkraft.people.actions import contributions

    write = contributions.write_within

    def writing(**said: Any) -> Any:
        written = write(**said)
        trail.record(by=said["by"], action="test.planted", subject_kind="people.person", subject_id=said["person_id"],
                     text=str(said["content"]))  # fmt: skip
        return written

    kit.patch.setattr(contributions, "write_within", writing)


def _words_in_the_log(kit: Kit) -> None:
    import logging

    from samkraft.people.actions import contributions

    write = contributions.write_within

    def writing(**said: Any) -> Any:
        logging.getLogger("samkraft.planted").info("skrev %s", said["content"])
        return write(**said)

    kit.patch.setattr(contributions, "write_within", writing)


def _python_forgets_protection(kit: Kit) -> None:
    know = secrecy.may_know

    def knowing(reader: Any, row: Any, case: Any, at: Any) -> bool:
        return know(reader, row, secrecy.Case(case.accesses, case.recused_user_ids, None), at)

    kit.patch.setattr(secrecy, "may_know", knowing)


def _random(kit: Kit) -> None:
    kit.patch.setitem(random_world.DEEDS, "recuse", (3, 12))  # seldom otherwise
    # A world's keys are new each time, and with them what is done to whom: so many that none is spared by chance.
    for seed in range(20261122, 20261162):
        random_world.play(seed, 60)


def _often(**weights: int) -> Callable[[Kit], None]:
    """Random worlds in which some deeds come often."""

    def prove(kit: Kit) -> None:
        for name, weight in weights.items():
            kit.patch.setitem(random_world.DEEDS, name, (random_world.DEEDS[name][0], weight))
        _random(kit)

    return prove


def _after(*deeds: tuple[str, tuple[int, ...]]) -> Callable[[Kit], None]:
    """A random world that is not left to chance: what follows from these deeds."""

    def prove(_kit: Kit) -> None:
        world = random_world.World()
        for name, numbers in (*random_world.OPENING, *deeds):
            getattr(world, name)(*numbers)
            world.compare()

    return prove


def _summers(_kit: Kit) -> None:
    for seed in range(20261122, 20261134):
        random_summer.play(seed, 30)


_DOUBLED = _often(begin=8, join=10, split=10, queue=10, invite=8, propose=6)


def _lists(address: str) -> Callable[[Kit], None]:
    return lambda kit: test_neutral.test_lists_and_searches_are_the_same_with_and_without_a_hidden_row(
        address, kit.client
    )


def _reading(how: str) -> Callable[[Kit], None]:
    return lambda kit: test_at_once.test_a_reader_in_the_middle_of_reading_sees_nothing_from_the_next_statement(
        how, kit.owner
    )


STILL = "(c.period @> statement_timestamp() OR c.period @> transaction_timestamp())"
HIDDEN_COUNTED = EVERYBODYS.format(policy="reads_overview", table="overview")
FAULTS = (
    Fault("a referral finds persons whom another area knows",
          _in_function("people_begin_case", "i.person_id IN (SELECT people_cases())", "true"),
          lambda kit: test_neutral.test_to_refer_somebody_answers_alike_whether_or_not_another_area_knows_the_number()),
    Fault("one question more when somebody was found", _another_question_on_a_hit,
          lambda kit: test_neutral.test_every_miss_of_an_emergency_is_the_same()),
    Fault("an emergency that says why nobody was found",
          _in_function("people_break_glass", "IF found_person IS NULL OR", "IF found_person IS NULL AND EXISTS (SELECT 1 FROM "
                       "people_identity i WHERE i.number = number_asked) THEN PERFORM people_refuse('not_on_case'); END IF; "
                       "IF found_person IS NULL OR"),
          lambda kit: test_neutral.test_every_miss_of_an_emergency_is_the_same()),
    Fault("another word when the page is about somebody hidden", _another_word_on_a_hit,
          lambda kit: test_neutral.test_a_hidden_person_and_nobody_are_the_same_page("person", kit.client)),
    Fault("a count that counts the hidden rows", _sql(HIDDEN_COUNTED), _lists("people:board")),
    Fault("who is on the case is asked as it was when the transaction began",
          _in_function("people_cases", "c.period @> statement_timestamp()", STILL),
          _reading("access ended"), alone=True),
    Fault("who is protected is asked as it was when the transaction began",
          _in_function("people_hidden", "statement_timestamp()", "transaction_timestamp()"),
          _reading("protected"), alone=True),
    Fault("jäv is forgotten", _in_function("people_cases", "r.user_id = me.user_id", "false"), _reading("recused"), alone=True),
    Fault("a consent is asked for as it was when the transaction began",
          _in_function("people_release", "s.withdrawn_at IS NULL AND s.period @> clock_timestamp()",
                       "s.period @> transaction_timestamp()"),
          lambda kit: test_at_once.test_a_consent_taken_back_is_no_basis_for_a_transaction_that_had_begun_before(), alone=True),
    Fault("a job that believes what was true when it was queued",
          _in_function("people_release", "s.withdrawn_at IS NULL AND s.period @> clock_timestamp()", "true"),
          lambda kit: test_at_once.test_what_waited_in_a_queue_asks_again_when_its_turn_comes(), alone=True),
    Fault("a file from one open cursor", _rows_from_before,
          lambda kit: test_at_once.test_a_file_that_is_being_made_ends_where_it_was_when_the_rest_was_closed(), alone=True),
    Fault("another area's words in a table",
          _sql(EVERYBODYS.format(policy="reads_own_area_on_case", table="contribution")),
          lambda kit: test_canary.test_no_table_shows_another_areas_words(kit.caplog)),
    Fault("words in the trail", _words_in_the_trail, lambda kit: test_canary.test_no_table_shows_another_areas_words(kit.caplog)),
    Fault("words in a log", _words_in_the_log, lambda kit: test_canary.test_no_table_shows_another_areas_words(kit.caplog)),
    Fault("another area's words on a page",
          _sql(EVERYBODYS.format(policy="reads_own_area_on_case", table="contribution")),
          lambda kit: test_canary.test_no_page_search_or_file_shows_another_areas_words("officer", kit.client, kit.caplog)),
    Fault("the rules forget protection", _python_forgets_protection,
          _after(("assign", (1, 0, 6)), ("protect", (2, 0, 1)))),
    Fault("random worlds: the rules forget protection", _python_forgets_protection, _random),
    Fault("random worlds: the database forgets jäv", _in_function("people_cases", "r.user_id = me.user_id", "false"), _random),
    Fault("random worlds: a copy keeps the number of the original",
          _in_function("people_copy", "coalesce(max(c.version), 0) + 1", "source.version"), _random),
    Fault("random worlds: a place in a queue does not follow when two are found to be one",
          _sql("ALTER TABLE people_match DISABLE TRIGGER places_follow"), _random),
    Fault("random worlds: a place in a queue tells what the reader does not meet at work",
          _sql("ALTER POLICY reads_place_on_case ON people_placeentry USING (person_id = ANY (ARRAY(SELECT people_cases())))"),
          _random),
    Fault("random worlds: a place in a queue that came meanwhile stays when two are told apart",
          _in_function("people_place_follow_match", "(people_came_by_newer(", "(false AND people_came_by_newer("), _DOUBLED),
    Fault("an invitation that came meanwhile stays when two are told apart",
          _in_function("people_recruitment_follow_match", "AND people_came_by_newer", "AND false AND people_came_by_newer"),
          lambda kit: test_attendance.test_what_came_meanwhile_goes_with_the_enrolment_it_was_for_when_two_are_told_apart()),
    Fault("random worlds: what was proposed does not follow when two are found to be one",
          _in_function("people_place_follow_match", ", 'placesuggestion']", "]"), _DOUBLED),
    Fault("random worlds: a proposal's row tells what the reader does not meet at work",
          _sql("ALTER POLICY reads_place_on_case ON people_placesuggestion "
               "USING (person_id = ANY (ARRAY(SELECT people_cases())))"), _often(queue=8, propose=6)),
    Fault("random worlds: an employer is told the name of somebody protected",
          _in_function("people_recruitment_list", "i.told - ARRAY['name', 'phone', 'email', 'language']", "i.told"),
          _after(("invite", (1, 0, 0)), ("protect", (1, 0, 1)))),
    Fault("random worlds: an adopted row passes somebody who is not told",
          _in_function("people_place_adopt", "PERFORM people_place_note(other.entry_id, NULL, 'passed'",
                       "PERFORM people_place_note(NULL, NULL, 'passed'"),
          _after(("queue", (1, 0, 0)), ("queue", (1, 1, 0)), ("propose", (1, 0)), ("adopt", (1, 0, 1)),
                 ("adopt", (1, 0, 0)))),
    Fault("random summers: a protected young person's placement is read by all who hold the round",
          _sql("DROP POLICY protected_identity ON people_summerplacement"), _summers),
    Fault("random summers: one list of names opens everybody who is protected",
          _in_function("people_summer_hidden", "AND n.membership_id = ", "AND n.membership_id <> "), _summers),
    Fault("random worlds: withdrawal is not noticed",
          _in_function("people_release", "s.withdrawn_at IS NULL AND s.period @> clock_timestamp()", "true"), _random),
)  # fmt: skip
ALWAYS = {
    "one question more when somebody was found", "another word when the page is about somebody hidden",
    "a count that counts the hidden rows", "who is on the case is asked as it was when the transaction began",
    "words in the trail", "the rules forget protection",
}  # fmt: skip
