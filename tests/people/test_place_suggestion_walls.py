"""Who may know what of a proposal of places: on the case in the own area the row, the coordinator a code and what is proposed,
an evaluator numbers, everybody else nothing. And nobody is told what the engine had to know.
"""

import json
from datetime import time
from typing import Any
from uuid import uuid4

import pytest

from samkraft.audit.actions import transactions
from samkraft.knowledge.actions import allotments
from samkraft.knowledge.queries import allotments as asked
from samkraft.knowledge.rules import allotment_counting
from samkraft.offer.actions import occasions
from samkraft.partners.rules.roles import Role
from samkraft.people.actions import cases, protection
from samkraft.people.actions.places import place_coordination, place_suggestions, places
from samkraft.people.models import PlaceSuggestion
from samkraft.people.queries.places import place_suggestions as rows_of
from samkraft.people.rules.places.place_states import State
from samkraft.people.rules.places.place_suggestions import Why
from samkraft.web.offer import allotment_making
from tests.factories import joint_work, partners, people, refusals
from tests.factories import places as made
from tests.people import matrix, world
from tests.stories.test_best_use_of_places import REASON, Queue

pytestmark = pytest.mark.django_db
TABLES = ("people_placesuggestion", "people_placeadoption")
PROVEN = ("knowledge_allotment", "knowledge_allotmentproof")
CANARY = "Haddad-Lund"


class Proposed(Queue):
    """One who waits for what tells of health, proposed and adopted."""

    def __init__(self, **said: Any) -> None:
        super().__init__()
        self.offered.activity_id = made.activity(self.offered.setting, **said)
        place_coordination.appoint(
            by=self.offered.setting.leader.context, activity_id=self.offered.activity_id,
            membership_id=self.coordinator.membership_id,
        )  # fmt: skip
        self.way = self.somebody()
        self.occasion = self.offered.occasion(self.way, places=1, starts_in=14)
        self.proposal_id = self.propose()

    def adopt(self) -> None:
        rows = self.rows(self.proposal_id)
        place_suggestions.adopt(
            by=self.coordinator.context, proposal_id=self.proposal_id, suggestion_ids=[rows[0].id], reason=REASON
        )


def _everybody(given: Proposed) -> dict[str, Any]:
    setting = given.offered.setting
    joint_work.join(given.way, given.officer, setting.labour)
    return {
        "officer_on_the_case": given.officer,
        "colleague_not_on_it": joint_work.colleague(setting, given.officer),
        "another_area_on_the_case": setting.labour,
        "coordinator_of_it": given.coordinator,
        "coordinator_of_another": partners.member(Role.PLACE_COORDINATOR, "gvn", name="Per Plats"),
        "provider": given.offered.provider,
        "evaluator": partners.member(Role.EVALUATOR, "malmo-universitet", name="Eva Utvärderare"),
        "steering_group": partners.member(Role.STEERING_GROUP, "af", name="Stig Styr"),
        "main_project_leader": setting.leader,
        "data_protection_officer": partners.member(Role.DATA_PROTECTION_OFFICER),
    }


def _cells(given: Proposed, member: Any) -> dict[str, Any]:
    return {
        "rows": {table: world.count(member.context, table) for table in TABLES if world.count(member.context, table)},
        "told": made.asked(member, rows_of.of_proposal, given.proposal_id),
        "figures": made.asked(member, asked.one, given.proposal_id),
        "files": made.asked(member, asked.proof, given.proposal_id),
    }


def test_who_may_know_what_of_a_proposal_is_what_the_matrix_says() -> None:
    given = Proposed()
    given.adopt()
    asks = _everybody(given)
    written = matrix.table(matrix.PROPOSALS)
    assert set(written) == {*asks, "nobody"}
    found = {who: _cells(given, member) for who, member in asks.items()}
    seen = {who: {column: "R" if said else "-" for column, said in cells.items()} for who, cells in found.items()}
    assert {who: seen[who] for who in asks} == {who: dict(written[who]) for who in asks}
    assert not any(world.count(None, table) for table in (*TABLES, *PROVEN))
    outside = repr([cells for who, cells in found.items() if who != "officer_on_the_case"])
    assert CANARY not in outside
    assert str(given.way.person_id) not in outside


def test_a_row_is_read_on_the_case_by_those_who_meet_the_category_and_not_past_protection() -> None:
    given = Proposed(reveals="health")
    given.adopt()
    setting, way, officer = given.offered.setting, given.way, given.officer
    joint_work.join(way, officer, setting.social)
    colleague = partners.member(Role.EMPLOYMENT_OFFICER, name="Kim Kollega")
    counsellor = partners.member(Role.STUDY_COUNSELLOR, "af", name="Stina Studie")
    for member in (colleague, counsellor):
        cases.assign(by=officer.context, person_id=way.person_id, membership_id=member.membership_id)
    assert _seen(officer) == _seen(colleague) == set(TABLES)
    assert _seen(setting.social) == set(), "another area's"
    assert _seen(setting.outsider) == set(), "not on the case"
    assert _seen(counsellor) == set(), "not met at work"
    protection.protect(by=officer.context, person_id=way.person_id, level="marked", membership_ids=[])
    assert _seen(colleague) == set(), "not on the list"
    assert _seen(officer) == set(TABLES)


def _seen(member: Any) -> set[str]:
    return {table for table in TABLES if world.count(member.context, table)}


def test_what_is_lined_up_is_days_and_numbers_and_for_those_who_coordinate_alone() -> None:
    given = Proposed()
    entry = made.entry_of(given.way, given.officer)
    lined = _lined_up(given.coordinator.context, given, uuid4())
    assert [(row.waited, row.may_have) for row in lined] == [(0, (given.occasion,))]
    assert not any(str(one) in repr(lined) for one in (entry.id, given.way.person_id, entry.code))
    for by in (partners.by(Role.PLACE_COORDINATOR, "gvn"), given.officer.context):
        for activity in (given.offered.activity_id, uuid4()):
            with refusals.refused("not_coordinator"):
                _lined_up(by, given, uuid4(), activity)
        for row in (_row_id(given), uuid4()):  # a miss is answered like a hit
            with refusals.refused("unknown_suggestion"):
                place_suggestions.adopt(by=by, proposal_id=given.proposal_id, suggestion_ids=[row], reason=REASON)
    with refusals.refused("not_allowed"):
        allotment_making.propose(by=given.offered.provider.context)
    with refusals.refused("suggested_already"):
        _lined_up(given.coordinator.context, given, given.proposal_id)
    with refusals.refused("suggested_already"), transactions.write(given.coordinator.context):
        place_suggestions.suggest_within(proposal_id=given.proposal_id, rows=[], at=given.moment)


def _lined_up(by: Any, given: Proposed, proposal_id: Any, activity_id: Any = None) -> list[Any]:
    with transactions.write(by):
        return place_suggestions.line_up_within(
            proposal_id=proposal_id, activity_ids=[activity_id or given.offered.activity_id],
            occasion_ids=[given.occasion], at=given.moment,
        )  # fmt: skip


def _row_id(given: Proposed) -> Any:
    with transactions.read(given.officer.context):
        return PlaceSuggestion.objects.get(proposal_id=given.proposal_id).id


def test_nobody_who_coordinates_reads_the_numbers_even_when_they_made_the_proposal() -> None:
    given = Proposed()
    for table in ("knowledge_allotmentproof", "people_placesuggestion"):
        assert world.count(given.coordinator.context, table) == 0
    evaluator = partners.member(Role.EVALUATOR, "malmo-universitet")
    assert world.count(evaluator.context, "people_placeentry") == 0
    with refusals.refused("not_allowed"):
        allotments.hand_out(by=given.coordinator.context, proposal_id=given.proposal_id)
    proof = allotments.hand_out(by=evaluator.context, proposal_id=given.proposal_id)
    assert allotment_counting.digest(proof.instance) == proof.digest
    said = json.dumps([proof.instance, proof.plan])
    entry = made.entry_of(given.way, given.officer)
    assert not any(str(one) in said for one in (entry.id, entry.code, given.way.person_id, given.offered.activity_id))


def test_what_stands_in_the_way_elsewhere_is_counted_and_not_told() -> None:
    """The person has a place at the same hours in an activity of another coordinator's."""
    queue = Queue()
    way = queue.somebody()
    elsewhere = made.activity(queue.offered.setting, decided_by="owner")
    other = partners.member(Role.PLACE_COORDINATOR, "af", name="Olle Ordnar")
    place_coordination.appoint(
        by=queue.offered.setting.leader.context, activity_id=elsewhere, membership_id=other.membership_id
    )
    own, queue.offered.activity_id = queue.offered.activity_id, elsewhere
    queue.offered.coordinator = other
    busy = queue.offered.occasion(way, places=1, starts_in=10)
    _meets(other, busy)
    places.join(by=queue.officer.context, person_id=way.person_id, activity_id=elsewhere, at=way.at)
    queue.offered.open(way, busy)
    hold = made.hold_of(way, queue.officer)
    places.answer(by=queue.officer.context, person_id=way.person_id, hold_id=hold.id, accepts=True, at=way.at)
    queue.offered.activity_id, queue.offered.coordinator = own, queue.coordinator
    occasion = queue.offered.occasion(way, places=2, starts_in=14)
    _meets(queue.coordinator, occasion)
    free = queue.somebody()
    rows = queue.rows(queue.propose())
    assert [(row.why, row.occasion_id) for row in rows] == [(Why.NOTHING_FITS, None), (Why.SAME, occasion)]
    assert rows[0].why_not is None
    assert str(busy) not in repr(rows)
    assert str(elsewhere) not in repr(rows)
    assert made.state(free, queue.officer) is State.WAITING


def _meets(member: Any, occasion_id: Any) -> None:
    occasions.plan_weekly(
        by=member.context, occasion_id=occasion_id, weekdays=(0, 1, 2, 3, 4), starts=time(9), ends=time(12)
    )


def test_a_step_that_comes_first_holds_the_next_back() -> None:
    """Two queues of one coordinator's: what the plan says comes first must have ended. The codes are not joined by anything."""
    queue = Queue()
    first_activity = queue.offered.activity_id
    way = queue.somebody()
    second_activity = made.activity(queue.offered.setting)
    place_coordination.appoint(
        by=queue.offered.setting.leader.context, activity_id=second_activity,
        membership_id=queue.coordinator.membership_id,
    )  # fmt: skip
    entry = made.entry_of(way, queue.officer)
    places.leave(by=queue.officer.context, person_id=way.person_id, entry_id=entry.id, reason_code="other", at=way.at)
    before = way.step(queue.officer, "Vägledning", step_kind="education")
    after = way.step(queue.officer, "Praktik", step_kind="workplace", depends_on=[str(before)])
    for activity, step in ((first_activity, before), (second_activity, after)):
        places.join(by=queue.officer.context, person_id=way.person_id, activity_id=activity, step=step, at=way.at)
    early = queue.offered.occasion(way, places=1, starts_in=14, weeks=2)
    queue.offered.activity_id = second_activity
    too_soon = queue.offered.occasion(way, places=1, starts_in=21, weeks=2)
    in_time = queue.offered.occasion(way, places=1, starts_in=42, weeks=2)
    rows = {row.activity_id: row for row in queue.rows(queue.propose())}
    assert (rows[first_activity].occasion_id, rows[second_activity].occasion_id) == (early, in_time)
    assert rows[second_activity].queue_occasion_id == in_time, "who cannot come yet says no, in the queue too"
    assert too_soon not in {row.occasion_id for row in rows.values()}


def test_a_protected_persons_sex_is_not_lined_up() -> None:
    given = Proposed()
    card = {"given_name": "Amira", "family_name": CANARY, "sex": "woman"}
    people.write(given.officer.context, given.way.person_id, "card", card)
    assert [row.sex for row in _lined_up(given.coordinator.context, given, uuid4())] == ["woman"]
    protection.protect(by=given.officer.context, person_id=given.way.person_id, level="marked", membership_ids=[])
    assert [row.sex for row in _lined_up(given.coordinator.context, given, uuid4())] == [""]
