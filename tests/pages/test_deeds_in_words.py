"""Whoever reviews the trail reads what was done in words, never in the program's own names for it."""

import ast
import re
from collections.abc import Iterator
from functools import cache

import pytest

from samkraft.initiatives.rules.duties import DutyEventKind
from samkraft.money.rules.access_requests import Step
from samkraft.money.rules.eu.eu_outcomes import ClaimStep
from samkraft.money.rules.reports.reports import StepKind
from samkraft.money.rules.requests import RequestEventKind
from samkraft.money.rules.settling import Choice
from samkraft.people.rules.contents.choices import HandoverState, MeetingState
from samkraft.web.audit import field_words, subjects, words
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


NOT_CONTENT = {"by", "at", "action", "subject_kind", "subject_id", "subject_name"}


@cache
def _fields() -> list[str]:
    """Each field that an event or a reading is written down with, also through functions that pass theirs on."""
    found: set[str] = set()
    for path in house.PRODUCT.glob("**/*.py"):
        text = path.read_text(encoding="utf-8")
        if "trail.record(" not in text and "Read(" not in text:
            continue
        tree = ast.parse(text)
        calls = [one for one in ast.walk(tree) if isinstance(one, ast.Call)]
        own = dict(_passing_on(tree)) | {"trail.record": NOT_CONTENT}
        for one in calls:
            called = ast.unparse(one.func)
            if called in own:
                found |= {word.arg for word in one.keywords if word.arg} - own[called] - NOT_CONTENT
            if called == "Read":
                said = [
                    word.value for word in one.keywords if word.arg == "content" and isinstance(word.value, ast.Dict)
                ]
                found |= {key.value for each in said for key in each.keys if isinstance(key, ast.Constant)}
    return sorted(found)


def _passing_on(tree: ast.AST) -> Iterator[tuple[str, set[str]]]:
    """Functions that give `trail.record` what they are called with beside their own parameters."""
    for one in ast.walk(tree):
        if not isinstance(one, ast.FunctionDef) or one.args.kwarg is None:
            continue
        inside = [
            call for call in ast.walk(one) if isinstance(call, ast.Call) and ast.unparse(call.func) == "trail.record"
        ]
        if any(word.arg is None for call in inside for word in call.keywords):
            yield one.name, {each.arg for each in [*one.args.args, *one.args.kwonlyargs]}


def test_there_are_fields_to_put_into_words() -> None:
    assert {"amount_ore", "due_date", "new_date"} <= set(_fields())


def test_each_field_of_an_event_has_words() -> None:
    assert [one for one in _fields() if one not in field_words.FIELDS] == []


def test_a_field_is_read_in_words_with_days_and_kronor() -> None:
    assert field_words.lines("amount_ore", 1305600000) == ["13\u00a0056\u00a0000\u00a0kr"]
    assert field_words.lines("due_date", "2024-03-11") == ["11\u00a0mars\u00a02024"]
    assert field_words.lines("binding", False) == ["nej"]
    assert field_words.lines("role", "fund_officer") == ["Handläggare, stadskontoret"]
    assert field_words.lines("after", {"due_date": "2024-03-11", "note": None}) == [
        "Senast: 11\u00a0mars\u00a02024",
        "Anteckning: –",
    ]
    assert field_words.lines("reason", "2024-99-99") == ["2024-99-99"]
    assert field_words.name("no_such_field") == "no_such_field"
