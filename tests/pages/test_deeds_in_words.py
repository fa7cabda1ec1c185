"""Whoever reviews the trail reads what was done in words, never in the program's own names for it."""

import re

import pytest

from samkraft.initiatives.rules.duties import DutyEventKind
from samkraft.money.rules.access_requests import Step
from samkraft.money.rules.eu.eu_outcomes import ClaimStep
from samkraft.money.rules.reports.reports import StepKind
from samkraft.money.rules.requests import RequestEventKind
from samkraft.money.rules.settling import Choice
from samkraft.people.rules.contents.choices import HandoverState, MeetingState
from samkraft.web.audit import subjects, words
from tests.architecture import house

LITERAL = re.compile(
    r"""(?:action=|by, at, |action: str = |case,\s+|action = |if \w+ else |else )"([a-z_]+\.[a-z_]+)\""""
)
PUT_TOGETHER = [
    *(f"duty.{kind.value}" for kind in DutyEventKind),
    *(f"request.{kind.value}" for kind in RequestEventKind),
    *(f"report.{kind.value}" for kind in StepKind),
    *(f"eu_claim.{step.value}" for step in ClaimStep),
    *(f"access_request.{step.value}" for step in Step),
    *(f"contradiction.{choice.value}" for choice in Choice),
    *(f"plan.{kind}_{done}" for kind in ("need", "goal", "step") for done in ("added", "changed")),
    *(f"meeting.{state.value}" for state in MeetingState),
    *(f"handover.{state.value}" for state in HandoverState),
]


def _deeds() -> list[str]:
    texts = [path.read_text(encoding="utf-8") for path in house.PRODUCT.glob("*/actions/**/*.py")]
    return sorted({deed for text in texts for deed in LITERAL.findall(text)} | set(PUT_TOGETHER))


def test_there_are_deeds_to_put_into_words() -> None:
    assert len(_deeds()) > 40


@pytest.mark.parametrize("deed", _deeds())
def test_each_deed_has_words(deed: str) -> None:
    assert deed in words.DEEDS, f"{deed} would be shown as a code in the review"


KIND = re.compile(
    r"""(?:subject_kind=|^(?:KIND|SUBJECT)\b.* = |Read\(\s*"[a-z_.]+",\s*)"([a-z_]+\.[a-z_]+)\"""", re.MULTILINE
)


def _kinds() -> list[str]:
    texts = [path.read_text(encoding="utf-8") for path in house.PRODUCT.glob("**/*.py")]
    return sorted({kind for text in texts for kind in KIND.findall(text)})


def test_there_are_kinds_to_put_into_words() -> None:
    assert len(_kinds()) > 40


@pytest.mark.parametrize("kind", _kinds())
def test_each_kind_of_subject_has_words(kind: str) -> None:
    assert kind in subjects.KINDS, f"{kind} would be shown as a code in the review"
