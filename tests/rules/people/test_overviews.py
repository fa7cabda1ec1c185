"""The row of the caseload board: what one area may know of one enrolment, and nothing more."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from samkraft.people.rules import overviews
from samkraft.people.rules.categories import READS, Category
from samkraft.people.rules.overviews import Overview
from tests.rules.people.cases import CARE, EMPLOYMENT, ENROLMENT, SOCIAL, Case, named

ON = {"who": "body", "area_id": str(EMPLOYMENT), "role": "employment_officer", "name": "Omar", "what": "Avtal"}


def row(case: Case, *consent_ends: date) -> Overview:
    found = overviews.fold(case.held, ENROLMENT, consent_ends)
    assert found is not None
    return found


def enrolled() -> Case:
    case = Case()
    case.enrol(date(2026, 3, 2))
    return case


def test_who_is_not_known_to_take_part_has_no_row() -> None:
    case = Case()
    case.step("Praktik")
    assert overviews.fold(case.held, ENROLMENT) is None
    case.enrol(enrolment=named("another"))
    assert overviews.fold(case.held, ENROLMENT) is None


def test_an_enrolment_of_which_nothing_else_is_known_is_an_empty_row() -> None:
    assert row(enrolled()) == Overview(started_on=date(2026, 3, 2))


def test_everything_that_is_known_is_in_the_row() -> None:
    case = enrolled()
    case.add("card", {"given_name": "Åsa", "family_name": "Öberg"})
    case.add("team", {"team_id": str(named("t")), "team_name": "Team 4", "since": "2026-03-02"})
    lead = {"membership_id": str(named("m")), "name": "Karin Wahl", "role": "social_secretary", "since": "2026-03-02"}
    case.add("lead", {**lead, "area_id": str(SOCIAL)})
    case.add("phase", {"number": 1, "since": "2026-03-02"})
    case.add("phase", {"number": 2, "since": "2026-05-02", "reason": "Klar."})
    case.step("Praktik", from_date="2026-06-01", due_date="2026-07-01", state="waiting", waits_on=ON,
              waiting_since="2026-04-01", programme={"number": "A1", "ends_on": "2026-09-30"})  # fmt: skip
    case.add("meeting", {"starts_at": "2026-06-02T09:00+02:00", "purpose": "planning", "state": "booked"}, name="m1")
    case.add("meeting", {"starts_at": "2026-05-05T09:00+02:00", "purpose": "start", "state": "held"}, name="m2")
    case.add("contact_made", {"on": "2026-04-20", "how": "phone"})
    case.add("time_report", {"month": "2026-03", "hours": 9, "how": "paper"})
    case.add("time_report", {"month": "2026-04", "hours": 9, "how": "paper"})
    said = {"version_number": 1, "digest": "0" * 64, "party": "participant", "how": "paper", "agreed_on": "2026-04-02"}
    case.add("agreement", said)
    case.add("plan_version", {"number": 1, "frozen": {"needs": []}, "digest": "0" * 64}, category="own_notes")
    assert row(case, date(2027, 1, 1), date(2026, 12, 1)) == Overview(
        team_id=named("t"), name="Åsa Öberg", sort_key=row(case).sort_key,
        lead_membership_id=named("m"), lead_name="Karin Wahl", lead_area_id=SOCIAL,
        phase=2, phase_since=date(2026, 5, 2), started_on=date(2026, 3, 2),
        next_step="Praktik", next_step_from=date(2026, 6, 1), due_date=date(2026, 7, 1),
        waits_who="body", waits_area_id=EMPLOYMENT, waits_role="employment_officer", waits_name="Omar", waits_what="Avtal",
        waiting_since=date(2026, 4, 1), last_contact_on=date(2026, 5, 5), has_plan=True, plan_agreed_on=date(2026, 4, 2),
        programme_ends_on=date(2026, 9, 30), meetings=(datetime(2026, 6, 2, 7, tzinfo=UTC),),
        time_report_through="2026-04", consent_ends_on=date(2026, 12, 1),
    )  # fmt: skip


def test_no_category_that_some_role_of_the_area_may_not_read_is_in_the_row() -> None:
    case = enrolled()
    before = row(case)
    on = {"who": "us", "what": "Ringa"}
    case.step("Smärtskola", category="health", state="waiting", waits_on=on, waiting_since="2026-03-03",
              programme={"number": "A1", "ends_on": "2026-09-30"})  # fmt: skip
    case.step("Budgetrådgivning", category="social_situation", from_date="2026-03-03", due_date="2026-03-04")
    case.add("assessment_item", {"life_area": "care", "text": "Vårdplan", "source": "x"}, author=CARE)
    assert row(case) == before
    assert {"health", "social_situation"}.isdisjoint(overviews.FOR_EVERY_ROLE)
    planners = [{category.value for category in reads} for reads in READS.values() if Category.PLAN in reads]
    assert planners
    assert all(reads >= overviews.FOR_EVERY_ROLE for reads in planners)


@pytest.mark.parametrize(
    ("last", "who", "area", "since"),
    [
        ("us", "us", SOCIAL, date(2026, 3, 2)),
        ("participant", "participant", None, date(2026, 3, 2)),
        ("none", "", None, None),
    ],
)
def test_the_newest_message_says_whom_the_thread_waits_on(
    last: str, who: str, area: UUID | None, since: date | None
) -> None:
    case = enrolled()
    case.add("message", {"text": "Hej", "waits_on": "us"})
    case.add("message", {"text": "Hej", "waits_on": last})
    found = row(case)
    assert (found.waits_who, found.waits_area_id, found.waiting_since) == (who, area, since)
    assert found.last_contact_on == date(2026, 3, 2)


def test_a_step_that_waits_goes_before_the_thread() -> None:
    case = enrolled()
    case.add("message", {"text": "Hej", "waits_on": "participant"})
    case.step("Praktik", state="waiting", waits_on=ON, waiting_since="2026-03-09")
    assert row(case).waits_who == "body"


def test_who_has_left_has_a_day_until_the_promise_is_broken() -> None:
    case = enrolled()
    said = {"outcome": "work", "left_on": "2026-06-30", "promised_start": "2026-08-01"}
    case.add("exit", said, name="exit")
    assert row(case).exited_on == date(2026, 6, 30)
    case.add("exit", {**said, "promise_kept": False}, name="exit")
    assert row(case).exited_on is None


def test_the_newest_pause_is_told_with_its_days() -> None:
    case = enrolled()
    case.add("pause", {"from_date": "2026-04-01", "until": "2026-05-01", "reason_kind": "illness"})
    case.add("pause", {"from_date": "2026-06-01", "reason_kind": "illness"})
    found = row(case)
    assert (found.paused_from, found.paused_until) == (date(2026, 6, 1), None)


def test_another_enrolment_of_the_same_person_is_not_mixed_in() -> None:
    case = enrolled()
    before = row(case)
    case.held.append(replace(case.held[-1], id=named("x"), lineage=named("y"), enrolment_id=named("another")))
    case.add("phase", {"number": 5, "since": "2026-03-02"}, enrolment=named("another"))
    case.step("Annat")
    case.held[-1] = replace(case.held[-1], enrolment_id=named("another"))
    assert row(case) == before
