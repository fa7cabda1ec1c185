"""Every promise in the tables of Ung i sommar is tried by a statement that breaks it, past all policies: as the owner.

Triggers work even for the owner; a constraint that a trigger always meets first is named with it.
"""

from typing import Any

import psycopg
import pytest

from samkraft.people.actions.summer import summer_attendance
from samkraft.people.actions.summer.summer_attendance import Press
from tests.architecture import breaking
from tests.architecture.breaking import ID, NEW, Change
from tests.factories import summer

# Constraint → table, what is changed in a copied row, and which row is copied.
BREAKS: dict[str, tuple[str, Change, str]] = {
    "people_summerstaff_once_at_a_time": ("people_summerstaff", ID, ""),
    "people_summerlink_digest_key": ("people_summerlink", ID, ""),
    "people_summerlink_for_somebody": ("people_summerlink", {**ID, "digest": "x", "kind": "apply"}, "kind = 'youth'"),
    "people_summerlink_runs_out": ("people_summerlink", {**ID, "digest": "x", "period": "[2199-01-01,)"}, ""),
    "people_summerguardian_once": ("people_summerguardian", ID, ""),
    "people_summerguardian_one_or_two": ("people_summerguardian", {**ID, "number": 3}, ""),
    "people_summerconsent_in_turn": ("people_summerconsent", ID, ""),
    "people_summerconsent_how_known": ("people_summerconsent", {**ID, "number": 9, "how": "rykte"}, ""),
    "people_summerconsent_yes_knowing_risks": ("people_summerconsent", {**ID, "number": 9, "knows_risks": False}, "says_yes"),
    "people_summerdraw_once": ("people_summerdraw", {**ID, "published_at": "2199-01-01"}, ""),
    "people_summerdraw_step_known": ("people_summerdraw", {**ID, "step": "annat"}, ""),
    "people_summerplacement_place_once": (
        "people_summerplacement", {**ID, "applicant_id": "other", "confirmed_at": None, "confirmed_by": None}, "answer = 'yes'"),
    "people_summerplacement_week_once": ("people_summerplacement", {**ID, "place_id": "other"}, "answer = 'yes'"),
    "people_summerplacement_answer_known": ("people_summerplacement", {**ID, "answer": "kanske", "confirmed_at": None}, ""),
    "people_summerplacement_yes_first": ("people_summerplacement", {**ID, "answer": ""}, "confirmed_at IS NOT NULL"),
    "people_summerplacement_end_explained": ("people_summerplacement", {**ID, "has_ended": True, "end_reason": ""}, ""),
    "people_summershift_one_at_a_time": ("people_summershift", ID, ""),
    "people_summershift_some_time": ("people_summershift", {**ID, "hours": "empty", "is_cancelled": True}, ""),
    "people_summerpunch_by_known": ("people_summerpunch", {**ID, "key": NEW, "pressed_by": "okänd", "is_in": False}, "is_in"),
    "people_summerattest_version_once": ("people_summerattest", ID, ""),
    "people_summerattest_within_a_day": ("people_summerattest", {**ID, "version": 9, "minutes": 1441}, ""),
    "people_summerattest_absent_no_minutes": ("people_summerattest", {**ID, "version": 9, "was_there": False}, "minutes > 0"),
    "people_summercard_once": ("people_summercard", ID, ""),
    "people_summercard_ends": ("people_summercard", {**ID, "period": "[2199-01-01,)"}, ""),
    "offer_summerround_code_key": ("offer_summerround", ID, ""),
    "offer_summerround_form_known": ("offer_summerround", {**ID, "code": "n", "form": "annat"}, ""),
    "offer_summerround_strata_known": ("offer_summerround", {**ID, "code": "n", "strata": "annat"}, ""),
    "offer_summerround_opens_and_closes": ("offer_summerround", {**ID, "code": "n", "applying": "[2199-01-01,)"}, ""),
    "offer_summerround_born_in_order": ("offer_summerround", {**ID, "code": "n", "born_from": 2999}, ""),
    "offer_summerround_some_days_to_answer": ("offer_summerround", {**ID, "code": "n", "answer_days": 0}, ""),
    "offer_summerperiod_once": ("offer_summerperiod", {**ID, "period": "[2040-01-02,2040-01-09)"}, ""),
    "offer_summerperiod_no_overlap": ("offer_summerperiod", {**ID, "number": 9}, ""),
    "offer_summerperiod_whole_weeks": ("offer_summerperiod", {**ID, "number": 9, "period": "[2040-01-03,2040-01-09)"}, ""),
    "offer_summerworkplace_once": ("offer_summerworkplace", ID, ""),
    "offer_summerhours_once": ("offer_summerhours", ID, ""),
    "offer_summerhours_weekday": ("offer_summerhours", {**ID, "weekday": 8}, ""),
    "offer_summerhours_in_order": ("offer_summerhours", {**ID, "weekday": 7, "starts": "23:00"}, ""),
    "offer_summerplace_once": ("offer_summerplace", ID, ""),
    "offer_summersupervisor_once_at_a_time": ("offer_summersupervisor", ID, ""),
    "offer_summerseed_round_id_key": ("offer_summerseed", ID, ""),
    "offer_summerseed_fingerprint_is_one": ("offer_summerseed", {**ID, "fingerprint": "abc"}, ""),
    "offer_summerwage_once": ("offer_summerwage", ID, ""),
    "offer_summerwage_some": ("offer_summerwage", {**ID, "from_age": 99, "hourly_ore": 0}, ""),
    "offer_workingtimerule_group_known": ("offer_workingtimerule", {"id": 10**6, "group": "annan"}, ""),
    "offer_workingtimerule_no_overlap": ("offer_workingtimerule", {"id": 10**6}, ""),
}  # fmt: skip
# What something else always meets first, and what that is.
MET_FIRST = {
    "people_summerapplicant_code_once": "the published list",
    "people_summerapplicant_person_once": "the published list",
    "people_summerapplicant_code_random": "the published list",
    "people_summerapplicant_sex": "updated below",
    "people_summerapplicant_ground": "the published list",
    "people_summerapplicant_one_or_two_guardians": "updated below",
    "people_summerpunch_key_once": "the trigger that keeps what is sent twice once",
    "people_summerpayment_in_turn": "needs a basis; tests/stories/test_summer_year.py makes two",
    "offer_summerround_applying_some_time": "an empty time neither opens nor closes",
}


def _broken(owner: Any, table: str, change: Change, where: str) -> str:
    """The constraint that refuses a copied row with this change; what the trigger says; empty when nothing does."""
    others = {column: _other(owner, column) for column, value in change.items() if value == "other"}
    return breaking.refused_by(owner, table, breaking.with_new_keys(owner, change | others), where)


def _other(owner: Any, column: str) -> str:
    """Another applicant without a place; another place that is free in the same weeks."""
    asked = {
        "applicant_id": "SELECT id FROM people_summerapplicant WHERE id NOT IN (SELECT applicant_id FROM people_summerplacement)",
        "place_id": "SELECT p.id FROM offer_summerplace p JOIN offer_summerperiod t ON t.id = p.period_id WHERE t.period && ("
        "SELECT weeks FROM people_summerplacement WHERE answer = 'yes' LIMIT 1) AND p.id NOT IN "
        "(SELECT place_id FROM people_summerplacement)",
    }[column]
    return str(owner.execute(f"{asked} LIMIT 1").fetchone()[0])


@pytest.mark.django_db(transaction=True)
def test_what_breaks_a_promise_of_the_summer_is_refused(owner: Any) -> None:
    given = summer.planned(places=1)
    summer.begin_now(given)
    for number in range(4):
        summer.applies(given, f"Ung{number}", age=17)
    summer.draw(given)
    from samkraft.people.actions.summer import summer_placing

    summer_placing.place_all(by=given.holder.context, round_id=given.id)
    with summer.transactions.read(given.holder.context):
        begun = summer.SummerPlacement.objects.order_by("weeks")[0]
        name = next(name for name, link in given.links.items() if link.applicant_id == begun.applicant_id)
    held = summer.starts(given, name)
    mine = given.links[name]
    from uuid import uuid4

    summer_attendance.press(by=mine.by, link=mine, presses=[Press(uuid4(), held, True, summer.yesterday_at(9))])
    summer_attendance.attest(
        by=given.supervisor.context, placement_id=held, day=summer.yesterday_at(9).date(), was_there=True, minutes=60
    )
    from samkraft.offer.actions import summer_rounds as planning

    planning.change_places(
        by=given.holder.context,
        workplace_id=given.workplace_id,
        period_id=given.row.periods[0].id,
        places=2,
        held_numbers=[1],
    )
    found = {name: _broken(owner, *said) for name, said in BREAKS.items()}
    assert {name: told for name, told in found.items() if told != name} == {}
    for column, value in (("sex", "annat"), ("guardians_needed", "3")):
        with pytest.raises(psycopg.errors.CheckViolation), owner.transaction(force_rollback=True):
            owner.execute(f"UPDATE people_summerapplicant SET {column} = %s", [value])


@pytest.mark.django_db
def test_every_promise_of_the_summer_is_tried() -> None:
    assert breaking.worded("^(people_summer|offer_summer|offer_working)") == BREAKS.keys() | MET_FIRST.keys()
