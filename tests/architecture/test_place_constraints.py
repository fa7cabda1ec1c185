"""Every promise in the tables about places is tried by a statement that breaks it, past all policies: as the owner."""

from datetime import time, timedelta
from typing import Any

import pytest

from samkraft.audit.actions import transactions
from samkraft.offer.actions import activities, occasions
from samkraft.offer.models import ClosedPeriod, Outcome, Proposal, Session
from samkraft.people.actions import attendance
from samkraft.people.actions.places import place_suggestions, places
from samkraft.people.queries.places import place_suggestions as place_suggestions_of
from samkraft.web.offer import allotment_making
from tests.architecture import breaking
from tests.architecture.breaking import ID, NEW, Change
from tests.factories import joint_work
from tests.factories import places as made

AGAIN = {**ID, "number": 9}

# Constraint → table, what is changed in a copied row, and which row is copied.
BREAKS: dict[str, tuple[str, Change, str]] = {
    "offer_activity_code_key": ("offer_activity", {**ID, "name": "N"}, ""),
    "offer_activity_name_key": ("offer_activity", {**ID, "code": "n"}, ""),
    "offer_activity_kind_known": ("offer_activity", {**ID, "name": "N", "code": "n", "kind": "okänt"}, ""),
    "offer_activity_start_form_known": ("offer_activity", {**ID, "name": "N", "code": "n", "start_form": "okänd"}, ""),
    "offer_activity_reveals_known": ("offer_activity", {**ID, "name": "N", "code": "n", "reveals": "own_notes"}, ""),
    "offer_activity_decided_by_known": ("offer_activity", {**ID, "name": "N", "code": "n", "decided_by_role": "okänd"}, ""),
    "offer_outcome_position_once": ("offer_outcome", ID, ""),
    "offer_coordinator_some_time": ("offer_coordinator", {**ID, "period": "empty"}, ""),
    "offer_coordinator_no_overlap": ("offer_coordinator", ID, ""),
    "offer_priorityrule_version_once": ("offer_priorityrule", {**ID, "valid": "[2001-01-01,2001-02-01)"}, ""),
    "offer_priorityrule_some_time": ("offer_priorityrule", {**ID, "version": 9, "valid": "empty"}, ""),
    "offer_priorityrule_no_overlap": ("offer_priorityrule", {**ID, "version": 9}, ""),
    "offer_priorityline_once": ("offer_priorityline", ID, ""),
    "offer_priorityline_class_one_to_nine": ("offer_priorityline", {**ID, "criterion": "n", "priority_class": 10}, ""),
    "offer_occasion_ends_after_start": ("offer_occasion", {**ID, "ends_on": "2001-01-01"}, ""),
    "offer_occasion_hours_within_week": ("offer_occasion", {**ID, "hours_a_week": 41}, ""),
    "offer_occasion_answer_days_within": ("offer_occasion", {**ID, "answer_days": 0}, ""),
    "offer_place_number_once": ("offer_place", ID, ""),
    "offer_place_number_from_one": ("offer_place", {**ID, "number": 0}, ""),
    "offer_session_once": ("offer_session", ID, ""),
    "offer_session_ends_after_start": ("offer_session", {**ID, "ends_at": "2001-01-01T00:00:00Z"}, ""),
    "offer_closedperiod_some_time": ("offer_closedperiod", {**ID, "period": "empty"}, ""),
    "offer_proposal_kind_known": ("offer_proposal", {**ID, "kind": "okänt"}, ""),
    "offer_proposal_state_known": ("offer_proposal", {**ID, "state": "okänt"}, ""),
    "offer_proposal_about_an_occasion": ("offer_proposal", {**ID, "kind": "end", "occasion_id": None}, ""),
    "people_placeentry_code_once": ("people_placeentry", {**ID, "left_at": "2199-01-01T00:00:00Z"}, ""),
    "people_placeentry_once_at_a_time": ("people_placeentry", {**ID, "code": "N", "left_at": None}, "left_at IS NULL"),
    "people_placeentry_left_after": ("people_placeentry", {**ID, "code": "N", "left_at": "2001-01-01T00:00:00Z"}, ""),
    "people_placehold_one_for_each_place": ("people_placehold", {**ID, "person_id": "OTHER"}, "released_at IS NULL"),
    "people_placehold_one_for_each_person": ("people_placehold", {**ID, "place_id": "OTHER"}, "released_at IS NULL"),
    "people_placehold_released_as_something": ("people_placehold", {**ID, "released_as": "ended"}, "released_at IS NULL"),
    "people_placehold_begins_when_given": ("people_placehold", {**ID, "accepted_at": None, "released_at": "2199-01-01T00:00:00Z",
        "released_as": "ended"}, "started_on IS NOT NULL"),
    "people_placehold_ended_is_released": ("people_placehold", {**ID, "ended_on": "2030-01-01"}, "released_at IS NULL"),
    "people_placeevent_kind_known": ("people_placeevent", {**ID, "order": 99, "kind": "okänt"}, ""),
    "people_placeevent_order_once": ("people_placeevent", ID, ""),
    "people_placedisclosure_receiver_known": ("people_placedisclosure", {**ID, "receiver": "okänd"}, ""),
    "people_placedisclosure_one_at_a_time": ("people_placedisclosure", ID, "ended_at IS NULL"),
    "people_placedisclosure_provider_is_somebody": ("people_placedisclosure", {**ID, "organisation_id": None,
        "ended_at": "2199-01-01T00:00:00Z"}, "receiver = 'provider'"),
    "people_placedisclosure_decider_is_somebody": ("people_placedisclosure", {**ID, "receiver": "decider", "to_area_id": None,
        "ended_at": "2199-01-01T00:00:00Z"}, ""),
    "people_attendance_version_once": ("people_attendance", ID, ""),
    "people_attendance_presence_known": ("people_attendance", {**ID, "version": 9, "presence": "okänd"}, ""),
    "people_placesuggestion_key_once": ("people_placesuggestion", ID, ""),
    "people_placesuggestion_entry_once": ("people_placesuggestion", {**ID, "key": 99}, ""),
    "people_placesuggestion_why_known": ("people_placesuggestion", {**ID, "why": "okänt"}, ""),
    "people_placeadoption_one_offer": ("people_placeadoption", ID, "hold_id IS NOT NULL"),
    "people_placeadoption_result_known": ("people_placeadoption", {**ID, "result": "okänt"}, ""),
    "knowledge_allotment_weeks_within": ("knowledge_allotment", {**ID, "weeks": 99}, ""),
    "knowledge_allotment_gap_not_below": ("knowledge_allotment", {**ID, "gap": -0.1}, ""),
    "knowledge_allotment_under_bound": ("knowledge_allotment", {**ID, "value": 9e9}, ""),
    "knowledge_allotmentproof_allotment_id_key": ("knowledge_allotmentproof", ID, ""),
    "people_placeresult_once": ("people_placeresult", ID, ""),
    "people_placeresult_reached_known": ("people_placeresult", {**ID, "reached": "okänt"}, ""),
}  # fmt: skip
# Two promises meet in one row: which of the two speaks first is all the same.
MET_FIRST = {
    "people_placeentry_code_once": {"people_placeentry_once_at_a_time"},
    "people_placehold_released_as_something": {"people_placehold_one_for_each_place", "people_placehold_one_for_each_person"},
    "people_placehold_ended_is_released": {"people_placehold_one_for_each_place", "people_placehold_one_for_each_person"},
}  # fmt: skip
OURS = (
    "^(offer_(activity|outcome|coordinator|priority|occasion|place$|session|closed|proposal)|people_(place|attendance)"
)
OURS += "|knowledge_allotment)"


def _lived() -> None:
    """Something of everything: a place with a result, one that goes on, and one who waits."""
    offered = made.offered(start_form="running")
    officer, leader = offered.setting.officer, offered.setting.leader
    ways = [joint_work.begun(offered.setting, officer) for _ in range(3)]
    first = ways[0]
    occasion = offered.occasion(first, places=2, starts_in=1)
    activities.decide_priority(
        by=leader.context, activity_id=offered.activity_id, classes={"twelve_months": 1},
        start_date=first.today + timedelta(days=1), reference="Styrgruppen", at=first.at,
    )  # fmt: skip
    occasions.plan_weekly(
        by=offered.coordinator.context,
        occasion_id=occasion,
        weekdays=range(7),
        starts=time(9),
        ends=time(12),
        at=first.at,
    )
    offered.open(first, occasion)
    for way in ways:
        way.moment = first.moment
        places.join(by=officer.context, person_id=way.person_id, activity_id=offered.activity_id, at=way.at)
    session = Session.objects.order_by("starts_at")[1]
    for way in ways[:2]:
        hold = made.hold_of(way, officer)
        places.answer(by=officer.context, person_id=way.person_id, hold_id=hold.id, accepts=True, at=way.at)
        places.decide(
            by=officer.context, hold_id=hold.id, granted=True, number="AF-1", decided_date=way.today, at=way.at
        )
        places.disclose(
            by=officer.context, person_id=way.person_id, entry_id=hold.entry_id, receiver="provider", fields=["name"],
            shown_how="paper", shown_date=way.today, at=way.at,
        )  # fmt: skip
        way.moment = session.starts_at
        attendance.note(
            by=offered.provider.context, session_id=session.id, hold_id=hold.id, presence="present", at=way.at
        )
    hold = made.hold_of(first, officer)
    outcome = Outcome.objects.filter(activity_id=offered.activity_id)[0]
    places.finish(
        by=officer.context,
        person_id=first.person_id,
        hold_id=hold.id,
        on=first.today,
        outcomes={outcome.id: "yes"},
        at=first.at,
    )
    ClosedPeriod.objects.create(
        activity_id=offered.activity_id, period=(first.today, first.today + timedelta(days=9)), why="Jul"
    )
    _proposed(offered, first)
    Proposal.objects.create(
        activity_id=offered.activity_id, occasion_id=occasion, provider_id=offered.provider_id, kind="change", words="Fler",
        asked_at=first.at, asked_by="Ulla",
    )  # fmt: skip


def _proposed(offered: made.Offered, way: joint_work.Way) -> None:
    """A proposal for one more who waits, adopted."""
    by, officer = offered.coordinator.context, offered.setting.officer
    waits = joint_work.begun(offered.setting, officer, at=way.at)
    places.join(by=officer.context, person_id=waits.person_id, activity_id=offered.activity_id, at=waits.at)
    offered.occasion(waits, places=1, starts_in=20)
    way.moment = waits.moment
    proposal_id = allotment_making.propose(by=by, at=way.at)
    with transactions.read(by):
        rows = [row.id for row in place_suggestions_of.of_proposal(by, proposal_id) if row.occasion_id]
    place_suggestions.adopt(by=by, proposal_id=proposal_id, suggestion_ids=rows, reason="", at=way.at)


def _fresh(owner: Any, table: str, values: Change) -> Change:
    """New keys, and for OTHER the key of another row that the column may point at."""
    other = {"person_id": "people_person", "place_id": "offer_place"}
    found = {}
    for column, value in values.items():
        if value is NEW:
            found[column] = breaking.fresh_key(owner)
        elif value == "OTHER":
            free = f"NOT EXISTS (SELECT 1 FROM {table} h WHERE h.{column} = o.id AND h.released_at IS NULL)"
            made_place = owner.execute(f"SELECT o.id FROM {other[column]} o WHERE {free} LIMIT 1").fetchone()
            if made_place is None:
                made_place = owner.execute(
                    "INSERT INTO offer_place (id, occasion_id, number) SELECT gen_random_uuid(), id, 99 FROM offer_occasion "
                    "LIMIT 1 RETURNING id"
                ).fetchone()
            found[column] = str(made_place[0])
        else:
            found[column] = value
    return found


@pytest.mark.django_db(transaction=True)
def test_what_breaks_a_promise_about_places_is_refused(owner: Any) -> None:
    _lived()
    found = {
        name: breaking.refused_by(owner, table, _fresh(owner, table, values), where)
        for name, (table, values, where) in BREAKS.items()
    }
    assert {
        name: refused for name, refused in found.items() if refused != name and refused not in MET_FIRST.get(name, ())
    } == {}


@pytest.mark.django_db
def test_every_promise_about_places_is_tried() -> None:
    assert breaking.worded(OURS) == BREAKS.keys()
