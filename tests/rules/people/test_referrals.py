"""Which referrals are open, what comes next with each, and when one may be ended."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from samkraft.people.rules import contents, referrals
from samkraft.people.rules.contents.choices import ReferralEnding
from samkraft.people.rules.contents.persons import ReferralEnd
from samkraft.people.rules.referrals import Begun, Next
from samkraft.people.rules.start_check import Asked
from samkraft.values.refusal import Refused
from tests.rules.people.cases import Case

CAME = date(2026, 3, 2)
QUESTIONS = (Asked("lives_here", "Bor personen här?", must_hold=True), Asked("alone", "Bor personen ensam?"))


def _referral(case: Case, received: str = "2026-03-02", **check: str) -> UUID:
    return case.add("referral", {"how": "remittering", "received_on": received, "start_check": check})


def _ended(case: Case, lineage: UUID, on: str = "2026-03-20", reason: str = "moved") -> None:
    case.add("referral_end", {"referral": str(lineage), "reason": reason, "ended_on": on})


@pytest.mark.parametrize(
    ("times", "is_taken_up"),
    [
        ([], False),
        ([Begun(date(2026, 3, 2), None)], True),
        ([Begun(date(2026, 4, 1), date(2026, 5, 1))], True),
        ([Begun(date(2026, 1, 1), None)], True),
        ([Begun(date(2026, 1, 1), date(2026, 3, 3))], True),
        ([Begun(date(2026, 1, 1), date(2026, 3, 2))], False),
        ([Begun(date(2025, 1, 1), date(2025, 6, 1))], False),
    ],
    ids=["never", "that day", "later and left", "took part already", "left after", "left that day", "left long before"],
)
def test_it_is_taken_up_by_who_took_part_then_or_has_begun_since(times: list[Begun], is_taken_up: bool) -> None:
    assert referrals.is_taken_up(CAME, times) is is_taken_up


def test_the_oldest_waits_first_and_an_ended_one_not_at_all() -> None:
    case = Case()
    newer, older, ended = _referral(case, "2026-03-10"), _referral(case), _referral(case, "2026-01-10")
    _ended(case, ended, "2026-02-01")
    assert [one.held.lineage for one in referrals.open_ones(case.held)] == [older, newer]
    ground = referrals.ground(case.held)
    assert ground is not None
    assert ground.held.lineage == newer, "who begins does so on the newest"
    assert referrals.last_ended(case.held) is None, "there is one to begin on"


def test_when_all_are_ended_nobody_begins_until_a_new_one_comes() -> None:
    case = Case()
    first = _referral(case)
    _ended(case, first)
    assert referrals.open_ones(case.held) == []
    assert referrals.ground(case.held) is None
    end = referrals.last_ended(case.held)
    assert end is not None
    assert end.ended_on == date(2026, 3, 20)
    again = _referral(case, "2026-04-01")
    assert [one.held.lineage for one in referrals.open_ones(case.held)] == [again]
    assert referrals.last_ended(case.held) is None


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({}, ""),
        ({"on": date(2026, 3, 1)}, "referral_ended_before_it_came"),
        ({"on": CAME}, ""),
        ({"times": [Begun(date(2026, 3, 9), None)]}, "referral_taken_up"),
        ({"is_ended": True}, "referral_ended_already"),
    ],
)
def test_what_has_begun_or_ended_is_not_ended_nor_before_it_came(more: dict[str, Any], code: str) -> None:
    case = Case()
    lineage = _referral(case)
    if more.get("is_ended"):
        _ended(case, lineage)
    (standing,) = referrals.all_of(case.held)
    end = ReferralEnd(referral=lineage, reason=ReferralEnding.MOVED, ended_on=more.get("on", date(2026, 3, 20)))
    refused = referrals.why_not_end(standing, end, more.get("times", []))
    assert (refused[0].code if refused else "") == code


def test_another_reason_is_said_in_words() -> None:
    said = {"referral": str(uuid4()), "reason": "other", "ended_on": "2026-03-20"}
    with pytest.raises(Refused) as caught:
        contents.read("referral_end", said)
    assert caught.value.reason.code == "content_missing"
    assert contents.read("referral_end", {**said, "note": "Börjar hos en annan kommun."}).note


@pytest.mark.parametrize(
    ("check", "more", "expected"),
    [
        ({}, {}, Next.CHECK),
        ({"lives_here": "yes"}, {}, Next.CHECK),
        ({"lives_here": "yes", "alone": "no"}, {}, Next.ENROL),
        ({"lives_here": "no"}, {}, Next.STOPPED),
        ({"lives_here": "yes", "alone": "no"}, {"may_enrol": False}, Next.HAND_OVER),
        ({"lives_here": "yes", "alone": "no"}, {"questions": []}, Next.HAND_OVER),
        ({}, {"is_handed_over": True, "may_enrol": False}, Next.HANDED_OVER),
        ({}, {"is_own": False}, Next.ENROL),
        ({"lives_here": "perhaps"}, {}, Next.CHECK),
        ({"lives_here": "no", "alone": "no"}, {"questions": [QUESTIONS, ()]}, Next.ENROL),
        ({"lives_here": "no"}, {"questions": [(), QUESTIONS]}, Next.CHECK),
    ],
)
def test_what_comes_next(check: dict[str, str], more: dict[str, Any], expected: Next) -> None:
    case = Case()
    _referral(case, **check)
    (standing,) = referrals.all_of(case.held)
    facts: dict[str, Any] = {
        "questions": [QUESTIONS],
        "is_own": True,
        "is_handed_over": False,
        "may_enrol": True,
        **more,
    }
    assert referrals.next_thing(standing.content, **facts) is expected


def test_the_day_when_somebody_should_have_begun() -> None:
    assert referrals.due_date(CAME) == date(2026, 3, 16)
