"""The doors to proposals of places, asked raw: each for those who coordinate, for one proposal, and no further than it says.

The proposals are written here by hand. Nothing is counted, so these are quick.
"""

import json
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from django.utils import timezone

from samkraft.audit.actions import transactions
from samkraft.knowledge.models import Allotment, AllotmentProof
from samkraft.offer.actions import activities
from samkraft.partners.rules.roles import Role
from samkraft.people.actions import guard
from samkraft.people.actions.places import place_coordination, place_suggestions, places
from samkraft.people.queries.places import place_lists
from samkraft.people.queries.places import place_suggestions as rows_of
from samkraft.values.context import Context
from samkraft.values.refusal import Refused
from tests.factories import joint_work, partners, people
from tests.factories import places as made
from tests.people import world
from tests.stories.test_best_use_of_places import REASON, Queue

pytestmark = pytest.mark.django_db
WALL = "row-level security"


class Proposed(Queue):
    """One who waits, and is proposed the only place there is."""

    def __init__(self) -> None:
        super().__init__()
        self.way = self.somebody()
        self.occasion = self.offered.occasion(self.way, places=1, starts_in=14)
        self.proposal_id = self.write(same=self.occasion)

    def write(self, **said: UUID | None) -> UUID:
        """A proposal of the coordinator's: for each who waits, in the queue's order, why and which occasion."""
        proposal_id, by = uuid4(), self.coordinator.context
        with transactions.write(by):
            Allotment.objects.create(
                id=proposal_id, activity_ids=[self.offered.activity_id], weeks=8, made_at=self.moment, made_by="x",
                membership_id=by.membership_id, locked=0, seed=1, seconds=1, method="", value=1, bound=1, gap=0,
                instance_digest="x", figures={},
            )  # fmt: skip
            AllotmentProof.objects.create(allotment_id=proposal_id, instance={}, plan={})
            lined = place_suggestions.line_up_within(
                proposal_id=proposal_id,
                activity_ids=[self.offered.activity_id],
                occasion_ids=[self.occasion],
                at=self.moment,
            )
            rows = [
                {"key": one.key, "occasion": occasion, "queue": None, "why": why, "passes": 0, "why_not": None}
                for one, (why, occasion) in zip(lined, said.items(), strict=True)
            ]
            place_suggestions.suggest_within(proposal_id=proposal_id, rows=rows, at=self.moment)
        return proposal_id


def _asked(by: Context, sql: str, *values: Any) -> list[tuple[Any, ...]] | str:
    """What a door answers, or the code of its refusal."""
    try:
        with transactions.write(by), transaction.atomic(), guard.refusing(), connection.cursor() as cursor:
            cursor.execute(sql, values)
            return list(cursor.fetchall())
    except Refused as refused:
        return refused.reason.code


def _lined_up(by: Context, given: Queue, occasions: list[UUID], proposal_id: UUID | None = None) -> Any:
    return _asked(
        by, "SELECT key, sex, after, may_have FROM people_place_line_up(%s, %s::uuid[], %s::uuid[], '{}', NULL, %s)",
        proposal_id or uuid4(), [given.offered.activity_id], occasions, given.moment,
    )  # fmt: skip


def _suggested(by: Context, proposal_id: UUID, at: Any, **row: Any) -> list[tuple[Any, ...]] | str:
    said = {"key": 1, "occasion": None, "queue": None, "why": "no_room", "passes": 0, "why_not": None, **row}
    return _asked(
        by, "SELECT people_place_suggest(%s, %s::jsonb, %s)", proposal_id, json.dumps([said], default=str), at
    )


def test_a_proposal_lines_up_those_who_wait_there_now_and_counts_no_other_proposals() -> None:
    given = Proposed()
    by = given.coordinator.context
    nobody = "SELECT * FROM people_place_line_up(%s, '{}', %s::uuid[], '{}', NULL, %s)"
    assert _asked(by, nobody, uuid4(), [given.occasion], given.moment) == "not_coordinator"
    for _ in range(2):
        (line,) = _lined_up(by, given, [given.occasion])
        assert line == (1, "", [], [given.occasion])
    entry = made.entry_of(given.way, given.officer)
    places.leave(
        by=given.officer.context, person_id=given.way.person_id, entry_id=entry.id, reason_code="other", at=given.way.at
    )
    assert _lined_up(by, given, [given.occasion]) == []


def test_a_card_that_another_area_wrote_and_did_not_give_tells_no_sex() -> None:
    given = Proposed()
    social = given.offered.setting.social
    joint_work.join(given.way, given.officer, social, categories=("enrolment",))
    card = {"given_name": "Amira", "family_name": "Haddad-Lund", "sex": "woman"}
    people.write(social.context, given.way.person_id, "card", card)
    assert [line[1] for line in _lined_up(given.coordinator.context, given, [given.occasion])] == [""]


def test_what_comes_first_is_said_of_the_own_areas_places_and_not_of_what_another_waits_for() -> None:
    """The officer's step leans on one of the social services', and both areas wait for a place with the same person."""
    queue = Queue()
    officer, social = queue.officer, queue.offered.setting.social
    way = joint_work.begun(queue.offered.setting, officer)
    joint_work.join(way, officer, social)
    queue.moment = way.at
    theirs = way.step(social, "Språkkurs")
    ours = way.step(officer, "Praktik", depends_on=[str(theirs)])
    for member, step in ((officer, ours), (social, theirs)):
        places.join(
            by=member.context, person_id=way.person_id, activity_id=queue.offered.activity_id, step=step, at=way.at
        )  # fmt: skip
    queue.moment = way.at
    assert [line[2] for line in _lined_up(queue.coordinator.context, queue, [])] == [[], []]


def test_what_a_proposal_came_to_is_written_once_by_who_coordinates_and_within_its_own_activity() -> None:
    given = Proposed()
    by, proposal_id, at = given.coordinator.context, uuid4(), given.moment
    other = Queue()
    elsewhere = other.offered.occasion(other.somebody(), places=1, starts_in=14)
    assert len(_lined_up(by, given, [given.occasion], proposal_id)) == 1
    assert _suggested(partners.by(Role.PLACE_COORDINATOR, "gvn"), proposal_id, at) == "not_coordinator"
    for word in ("occasion", "queue"):
        assert _suggested(by, proposal_id, at, **{word: elsewhere}) == "suggested_already", word
    assert _suggested(by, uuid4(), at) == [(0,)], "no proposal, no rows"
    assert _suggested(by, proposal_id, at, occasion=given.occasion, why="same") == [(1,)]
    assert _suggested(by, proposal_id, at) == "suggested_already"
    both = made.asked(given.coordinator, rows_of.of_proposal, given.proposal_id)
    assert [row.occasion_id for row in both] == [given.occasion], "the one before stands"


def test_a_proposal_is_told_to_who_coordinates_when_it_has_come_to_something() -> None:
    given = Proposed()
    by, proposal_id = given.coordinator.context, uuid4()
    told = "SELECT occasion_id FROM people_place_suggested(%s)"
    assert _asked(by, told, given.proposal_id) == [(given.occasion,)]
    assert _asked(by, told, proposal_id) == []
    assert _asked(partners.by(Role.PLACE_COORDINATOR, "gvn"), told, given.proposal_id) == []
    assert len(_lined_up(by, given, [given.occasion], proposal_id)) == 1
    assert _asked(by, told, proposal_id) == [], "lined up, and nothing has come of it yet"


def test_rows_are_adopted_from_their_own_proposal_where_one_coordinates_with_a_reason_for_who_is_passed() -> None:
    queue = Proposed()
    second = queue.somebody()
    proposal_id = queue.write(no_room=None, gains=queue.occasion)
    by, outsider = queue.coordinator.context, partners.by(Role.PLACE_COORDINATOR, "gvn")
    rows = {row.entry_id: row.id for row in queue.rows(proposal_id)}
    nothing, gains = rows[made.entry_of(queue.way, queue.officer).id], rows[made.entry_of(second, queue.officer).id]
    adopt = "SELECT result, passed FROM people_place_adopt(%s, %s::uuid[], %s, %s)"

    def adopted(who: Context, row: UUID, of: UUID, words: str = REASON) -> list[tuple[Any, ...]] | str:
        return _asked(who, adopt, of, [row], words, queue.moment)

    assert adopted(by, gains, uuid4()) == "unknown_suggestion"
    assert adopted(by, gains, queue.proposal_id) == "unknown_suggestion", "of another proposal"
    assert adopted(by, nothing, proposal_id) == "unknown_suggestion", "nothing was proposed"
    assert adopted(outsider, gains, proposal_id) == "unknown_suggestion"
    for words in ("kort", "              "):
        assert adopted(by, gains, proposal_id, words) == "passing_needs_reason"
    assert adopted(by, gains, proposal_id) == [("offered", 1)]


def test_a_place_that_was_cut_is_given_to_nobody_by_adopting() -> None:
    queue = Proposed()
    by, (row,) = queue.coordinator.context, queue.rows(queue.proposal_id)
    place_coordination.resize(by=by, occasion_id=queue.occasion, places=0, at=queue.moment)
    adopt = "SELECT result, passed FROM people_place_adopt(%s, %s::uuid[], %s, %s)"
    assert _asked(by, adopt, queue.proposal_id, [row.id], REASON, queue.moment) == [("full", 0)]


def test_who_stands_before_whom_follows_the_rule_that_holds_now_and_not_an_earlier_one() -> None:
    queue, today = Queue(), timezone.localdate()
    for days, first_in_line in ((30, "rule_limit"), (1, "both_supports")):
        activities.decide_priority(
            by=queue.offered.setting.leader.context, activity_id=queue.offered.activity_id, classes={first_in_line: 1},
            start_date=today - timedelta(days=days), reference="Styrgruppen", at=timezone.now() - timedelta(days=days + 2),
        )  # fmt: skip
    first, second = queue.somebody(), queue.somebody(criteria=["rule_limit"])
    entries = [made.entry_of(way, queue.officer).id for way in (first, second)]
    before = [world.rows(queue.officer.context, "SELECT people_place_before(%s)", one) for one in entries]
    assert before == [[(0,)], [(1,)]]
    assert [
        row.entry_id for row in made.asked(queue.coordinator, place_lists.queue, queue.offered.activity_id)
    ] == entries  # fmt: skip


def test_that_a_proposal_lies_unadopted_is_told_to_those_who_steer_alone() -> None:
    given = Proposed()
    setting, lies = given.offered.setting, "SELECT proposal FROM knowledge_left_lying(%s)"
    later = timezone.now() + timedelta(days=1)
    for member in (setting.leader, partners.member(Role.STEERING_GROUP)):
        assert world.rows(member.context, lies, later) == [(given.proposal_id,)], member.name
    for member in (given.coordinator, given.officer, partners.member(Role.EVALUATOR), partners.member(Role.PROVIDER)):
        assert world.rows(member.context, lies, later) == [], member.name


def test_a_proposal_is_read_by_who_coordinates_all_of_it_and_evaluators_and_kept_in_ones_own_name() -> None:
    given = Proposed()
    evaluator = partners.member(Role.EVALUATOR, "malmo-universitet")
    assert world.count(given.coordinator.context, "knowledge_allotment") == 1
    assert world.count(evaluator.context, "knowledge_allotment") == 1
    assert world.count(evaluator.context, "knowledge_allotmentproof") == 1
    for by in (given.officer.context, given.offered.setting.leader.context, partners.by(Role.PLACE_COORDINATOR, "gvn")):
        assert world.count(by, "knowledge_allotment") == world.count(by, "knowledge_allotmentproof") == 0
    coordinator, officer = given.coordinator.context, given.officer.context
    assert world.count(coordinator, "knowledge_allotmentproof") == 0
    mine, theirs = given.coordinator.membership_id, given.officer.membership_id
    assert _proposal(coordinator, given, mine) == ""
    assert WALL in _proposal(coordinator, given, theirs), "in another's name"
    assert WALL in _proposal(officer, given, theirs), "of what one does not coordinate"
    assert WALL in _proof(officer, given.proposal_id)
    assert WALL in _proof(evaluator.context, given.proposal_id)


def test_a_proposal_that_has_come_to_include_what_another_coordinates_is_not_read() -> None:
    given = Proposed()
    row = _row(given)
    both = {**row, "id": str(uuid4()), "activity_ids": [*row["activity_ids"], str(uuid4())]}
    assert WALL in _copied(given.coordinator.context, both)


def test_a_proof_is_kept_by_whoever_made_the_proposal_and_by_nobody_else_who_coordinates() -> None:
    given = Proposed()
    other = partners.member(Role.PLACE_COORDINATOR, "gvn", name="Per Plats")
    place_coordination.appoint(
        by=given.offered.setting.leader.context,
        activity_id=given.offered.activity_id,
        membership_id=other.membership_id,
    )
    assert world.count(other.context, "knowledge_allotment") == 1
    assert WALL in _proof(other.context, given.proposal_id)
    assert _proof(given.coordinator.context, given.proposal_id).startswith("duplicate key")


def _row(given: Proposed) -> dict[str, Any]:
    with transactions.read(given.coordinator.context), connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(a) FROM knowledge_allotment a WHERE id = %s", [given.proposal_id])
        value = cursor.fetchone()[0]
    found: dict[str, Any] = json.loads(value) if isinstance(value, str) else value
    return found


def _proposal(by: Context, given: Proposed, membership_id: UUID) -> str:
    return _copied(by, {**_row(given), "id": str(uuid4()), "membership_id": str(membership_id)})


def _copied(by: Context, row: dict[str, Any]) -> str:
    return world.refused(
        by,
        "INSERT INTO knowledge_allotment SELECT * FROM jsonb_populate_record(NULL::knowledge_allotment, %s)",
        json.dumps(row),
    )


def _proof(by: Context, proposal_id: UUID) -> str:
    return world.refused(
        by,
        "INSERT INTO knowledge_allotmentproof (id, allotment_id, instance, plan) VALUES (gen_random_uuid(), %s, '{}', '{}')",
        proposal_id,
    )
