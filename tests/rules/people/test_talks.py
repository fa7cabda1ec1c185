"""Thread, agenda, notes for the own system, hand-over and time reports, as one area may know them."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from samkraft.people.rules import agendas, contents, enrolments, handovers, meetings, own_system_notes, threads
from samkraft.people.rules.agendas import Why
from tests.rules.people.cases import EMPLOYMENT, SOCIAL, Case, named

TODAY = date(2026, 4, 1)


def say(case: Case, text: str, waits_on: str = "none", *, them: bool = False, **more: Any) -> UUID:
    said = {"text": text, "from_participant": them, "waits_on": waits_on, **more}
    return case.add("message", said, name=text, voice="participant" if them else "staff")


def test_each_side_waits_since_its_oldest_unanswered_message() -> None:
    case = Case()
    say(case, "Fråga 1", "us", them=True)
    case.now += timedelta(days=2)
    say(case, "Fråga 2", "us", them=True)
    say(case, "Till dig", "participant")
    thread = threads.fold(case.held)
    assert (thread.waits_on_us_since, thread.waits_on_participant_since) == (None, date(2026, 3, 4))
    assert [line.is_answered for line in thread.lines] == [True, True, False]


def test_a_side_that_writes_again_does_not_answer_itself() -> None:
    case = Case()
    question = say(case, "Fråga", "us", them=True)
    say(case, "Hallå?", them=True)
    thread = threads.fold(case.held)
    assert thread.waits_on_us_since == date(2026, 3, 2)
    assert threads.why_not_answer(thread, question) is None
    say(case, "Fråga", "us", them=True, answered_by=str(named("x")))
    assert threads.fold(case.held).waits_on_us_since is None
    assert threads.why_not_answer(threads.fold(case.held), question) is threads.ANSWERED_ALREADY
    assert threads.why_not_answer(thread, named("nothing")) is threads.ANSWERED_ALREADY


def test_in_the_thread_nobody_waits_on_another_body() -> None:
    assert threads.why_not_write("body") is threads.WAITS_ON_BODY
    assert [threads.why_not_write(side) for side in ("us", "participant", "none")] == [None, None, None]


def test_the_agenda_takes_up_what_is_open_in_order_of_how_it_presses() -> None:
    case = Case()
    meeting = case.add("meeting", {"starts_at": "2026-03-05T09:00+01:00", "purpose": "start", "state": "held"})
    points = [{"about": "Bostad", "closed_as": "moved"}, {"about": "Klart", "closed_as": "decided"}]
    case.add("minutes", {"meeting": str(meeting), "points": points})
    case.goal()
    late = case.step("Intyg", due_date="2026-03-31")
    on = {"who": "participant", "what": "Lämna CV"}
    waiting = case.step("CV", state="waiting", waits_on=on, waiting_since="2026-03-20")
    internship = case.step("Praktik", step_kind="workplace", state="ongoing")
    done = case.step("Kurs", step_kind="education", state="done", result="Klar")
    say(case, "När?", "us", them=True)
    asked = {"until": "2026-12-01", "state": "asked", "asked_by": str(named("a")), "reason": "Praktiken"}
    case.add("prolongation", asked)
    found = [(point.why, point.about, point.text) for point in agendas.agenda(case.held, TODAY)]
    assert found == [
        (Why.MOVED_HERE, None, "Bostad"),
        (Why.OVERDUE, late, "Intyg"),
        (Why.WAITING, waiting, "Lämna CV"),
        (Why.MORE_TIME, case.held[-1].lineage, "Praktiken"),
        (Why.UNANSWERED, case.held[-2].lineage, "När?"),
        (Why.BEFORE_ACTIVITY, internship, "Praktik"),
        (Why.AFTER_ACTIVITY, done, "Kurs"),
    ]
    assert set(agendas.NAMES) == set(Why)


@pytest.mark.parametrize(("purpose", "state", "asked"), [
    ("before_activity", "booked", False), ("before_activity", "held", False), ("before_activity", "cancelled", True),
    ("planning", "held", True),
])  # fmt: skip
def test_the_talk_before_an_activity_is_asked_for_until_it_is_booked(purpose: str, state: str, asked: bool) -> None:
    case = Case()
    step = case.step("Praktik", step_kind="workplace", from_date="2026-05-01")
    said = {"starts_at": "2026-04-01T09:00+02:00", "purpose": purpose, "state": state, "about": str(step)}
    case.add("meeting", said)
    assert [point.why for point in agendas.meetings_missing(case.held)] == ([Why.BEFORE_ACTIVITY] if asked else [])


def test_a_plan_without_goal_or_step_is_on_the_agenda() -> None:
    case = Case()
    assert [point.why for point in agendas.agenda(case.held, TODAY)] == [Why.NO_GOAL]
    case.goal()
    assert [point.why for point in agendas.agenda(case.held, TODAY)] == [Why.NO_STEP]


def test_a_note_holds_only_what_the_own_area_wrote() -> None:
    case = Case()
    meeting = case.add("meeting", {"starts_at": "2026-03-05T09:00+01:00", "purpose": "start", "state": "held"})
    points = [{"about": "Praktik", "closed_as": "decided", "text": "Börjar i maj."}]
    case.add("minutes", {"meeting": str(meeting), "points": points})
    theirs = [{"about": "Hemligt", "closed_as": "decided"}]
    case.add("minutes", {"meeting": str(meeting), "points": theirs}, author=EMPLOYMENT)
    case.step("Boendestöd", due_date="2026-05-01")
    case.step("Deras steg", author=EMPLOYMENT, from_date="2026-03-03")
    case.step("Klart steg", state="done", result="x")
    lines = own_system_notes.draft(case.held, SOCIAL, meeting)
    assert [line.template.format(**line.details) for line in lines] == [
        "Gemensamt möte 2026-03-05 kl. 09.00.",
        "Praktik: beslutat. Börjar i maj.",
        "Vårt steg: Boendestöd, planerat, senast klart 2026-05-01.",
    ]
    assert own_system_notes.draft(case.held, SOCIAL, named("nothing"))[0].details["title"] == "Boendestöd"


def test_notes_wait_until_they_are_entered() -> None:
    case = Case()
    case.add("own_system_note", {"system": "AIS", "text": "A"}, name="note")
    assert len(own_system_notes.to_enter(case.held)) == 1
    assert own_system_notes.to_enter(case.held, named("somebody")) == []
    case.add("own_system_note", {"system": "AIS", "text": "A", "entered_at": "2026-03-03"}, name="note")
    assert own_system_notes.to_enter(case.held) == []


ME, TEAM, OTHER = named("me"), named("team"), named("other")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, None),
        ({"from": str(TEAM)}, None),
        ({"to": str(ME)}, handovers.TO_ITSELF),
        ({"from": str(OTHER), "to": str(ME)}, handovers.NOT_YOURS),
        ({"overlap_until": "2026-04-01"}, None),
        ({"overlap_until": "2026-03-31"}, handovers.OVERLAP_PAST),
        ({"overlap_until": "2026-07-02"}, None),
        ({"overlap_until": "2026-07-03"}, handovers.OVERLAP_TOO_LONG),
    ],
)
def test_what_may_be_handed_over(change: dict[str, str], expected: object) -> None:
    said = {"from": str(ME), "to": str(OTHER), "state": "asked", "reason": "x", **change}
    content = contents.read("handover", said)
    found = handovers.why_not_ask(content, asked=[], own={ME, TEAM}, today=TODAY)
    assert (found[0] if found else None) is expected


def test_a_hand_over_waits_until_it_is_answered_by_whichever_area() -> None:
    case = Case()
    said = {"from": str(ME), "to": str(OTHER), "state": "asked", "reason": "x"}
    content = contents.read("handover", said)
    request = case.add("handover", said)
    waiting = handovers.why_not_ask(content, asked=handovers.fold(case.held), own={ME}, today=TODAY)
    assert waiting == (handovers.ASKED_ALREADY, {})
    case.add("handover", {**said, "state": "refused", "answers": str(request)}, author=EMPLOYMENT)
    assert [one.state for one in handovers.fold(case.held)] == ["refused"]
    assert handovers.why_not_ask(content, asked=handovers.fold(case.held), own={ME}, today=TODAY) is None


@pytest.mark.parametrize(
    ("month", "exited_on", "expected"),
    [
        ("2026-01", None, None),
        ("2026-04", None, None),
        ("2026-05", None, meetings.MONTH_AHEAD),
        ("2025-12", None, meetings.MONTH_OUTSIDE),
        ("2026-02", date(2026, 2, 1), None),
        ("2026-03", date(2026, 2, 1), meetings.MONTH_OUTSIDE),
    ],
)
def test_months_that_can_be_reported(month: str, exited_on: date | None, expected: object) -> None:
    assert meetings.why_not_report(month, date(2026, 1, 31), exited_on, TODAY) is expected


@pytest.mark.parametrize(
    ("started", "exited", "expected"),
    [
        (date(2026, 1, 31), None, ("2026-01", "2026-02", "2026-03")),
        (date(2025, 11, 2), date(2026, 1, 5), ("2025-11", "2025-12", "2026-01")),
        (date(2026, 4, 1), None, ()),
        (date(2026, 3, 1), date(2026, 4, 1), ("2026-03",)),
    ],
)
def test_months_that_are_due_are_those_that_are_over(
    started: date, exited: date | None, expected: tuple[str, ...]
) -> None:
    assert meetings.months_due(started, exited, TODAY) == expected


@pytest.mark.parametrize(
    ("month", "hours", "least", "expected"),
    [
        ("2026-02", 8, 2, False),
        ("2026-02", 7, 2, True),
        ("2026-03", 8, 2, True),
        ("2026-03", 9, 2, False),
        ("2026-03", 0, None, False),
    ],
)
def test_a_month_under_the_least_time_asks_for_a_talk(
    month: str, hours: int, least: int | None, expected: bool
) -> None:
    assert meetings.is_too_little(month, hours, least) is expected


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, None),
        ({"start": TODAY + timedelta(days=92)}, None),
        ({"start": TODAY + timedelta(days=93)}, enrolments.TOO_FAR_AHEAD),
        ({"start": date(2026, 3, 1)}, None),
        ({"start": date(2026, 2, 28)}, enrolments.BEFORE_REFERRAL),
        ({"referred_on": None}, enrolments.NOT_REFERRED),
        ({"is_enrolled": True}, enrolments.ENROLLED_ALREADY),
        ({"parties": {EMPLOYMENT}}, enrolments.NOT_A_PARTY),
    ],
)
def test_who_may_begin(change: dict[str, Any], expected: object) -> None:
    said = {
        "start": TODAY, "today": TODAY, "referred_on": date(2026, 3, 1), "is_enrolled": False, "own_area_id": SOCIAL,
        "parties": {SOCIAL}, **change,
    }  # fmt: skip
    assert enrolments.why_not_begin(**said) is expected
