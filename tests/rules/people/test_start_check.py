"""The start check: named answers, unknown allowed, and consent asked but never a gate."""

import pytest

from samkraft.people.rules import start_check
from samkraft.people.rules.start_check import CONSENT, Answer, Asked

QUESTIONS = (
    Asked("in_city", "Folkbokförd i kommunen?", must_hold=True),
    Asked("twelve_months", "Inskriven i tolv månader?"),
    Asked("enrolled_already", "Redan inskriven?", expected="no", must_hold=True),
)


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({}, None),
        ({"in_city": "yes", "enrolled_already": "no"}, None),
        ({"in_city": "unknown"}, None),
        ({"twelve_months": "no"}, None),
        ({"in_city": "no"}, "Folkbokförd i kommunen?"),
        ({"enrolled_already": "yes"}, "Redan inskriven?"),
    ],
)
def test_only_a_known_answer_to_what_must_hold_stops_somebody(answers: dict[str, str], expected: str | None) -> None:
    found = start_check.why_not_begin(start_check.check(QUESTIONS, answers))
    assert (found and found[1]["question"]) == expected


@pytest.mark.parametrize("consent", ["yes", "no", "unknown", ""])
def test_consent_is_asked_and_never_a_gate(consent: str) -> None:
    checked = start_check.check(QUESTIONS, {CONSENT: consent})
    assert checked.is_consent_asked == (consent or "unknown")
    assert start_check.why_not_begin(checked) is None
    assert start_check.why_not_answer(QUESTIONS, {CONSENT: consent}) is None
    assert CONSENT not in {one.question.code for one in checked.unexpected + checked.unknown}


def test_what_is_unknown_and_what_speaks_against_are_told_apart() -> None:
    checked = start_check.check(QUESTIONS, {"in_city": "yes", "twelve_months": "no"})
    assert [one.question.code for one in checked.unknown] == ["enrolled_already"]
    assert [one.question.code for one in checked.unexpected] == ["twelve_months"]
    assert checked.answers[2].answer is Answer.UNKNOWN


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ({"in_city": "kanske"}, "start_check_unknown_answer"),
        ({"shoe_size": "yes"}, "start_check_unknown_question"),
        ({CONSENT: "kanske"}, "start_check_unknown_answer"),
    ],
)
def test_other_answers_and_other_questions_are_refused(answers: dict[str, str], code: str) -> None:
    found = start_check.why_not_answer(QUESTIONS, answers)
    assert found
    assert found[0].code == code
    assert found[0].text.format(**found[1])
