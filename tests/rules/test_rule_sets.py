"""Rules as data: what is kept comes back the same, and what contradicts itself is refused."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samkraft.initiatives.rules import rule_sets
from samkraft.initiatives.rules.rule_sets import Agrees, Criterion, Question, RuleSet
from samkraft.values.refusal import Refused

WHOLE = st.integers(1, 1_000)
WORDS = st.text(max_size=20)
RULE_SETS = st.builds(
    RuleSet,
    limit_days=st.none() | WHOLE,
    promise_days=st.none() | WHOLE,
    follow_up_months=st.lists(WHOLE, unique=True, max_size=4).map(tuple),
    least_weekly_hours=st.none() | WHOLE,
    agreement_parties=st.just((Agrees.PARTICIPANT, Agrees.LEADING_AREA)),
    target_group=st.lists(
        st.builds(Criterion, WORDS, WORDS, st.booleans()), max_size=3, unique_by=lambda one: one.code
    ).map(tuple),
    start_check=st.lists(st.builds(Question, WORDS, WORDS), max_size=3, unique_by=lambda one: one.code).map(tuple),
    certificate=WORDS,
)


@given(RULE_SETS)
def test_what_is_kept_as_json_comes_back_the_same(rules: RuleSet) -> None:
    rule_sets.require_sound(rules)
    assert rule_sets.of_data(json.loads(json.dumps(rules.as_data()))) == rules


def test_nothing_kept_means_no_limits() -> None:
    assert rule_sets.of_data({}) == RuleSet()


@pytest.mark.parametrize(
    "data",
    [
        {"limit_days": "182"},
        {"limit_days": True},
        {"unknown": 1},
        {"equal_places": "ja"},
        {"agreement_parties": ["everybody"]},
        {"start_check": [{"code": "a"}]},
        {"follow_up_months": [1.5]},
        {"certificate": 3},
    ],
)
def test_what_is_not_rules_of_ours_is_refused(data: dict[str, Any]) -> None:
    with pytest.raises(Refused) as refused:
        rule_sets.of_data(data)
    assert refused.value.reason.code == "rule_set_unreadable"


@pytest.mark.parametrize(
    ("rules", "code"),
    [
        (RuleSet(limit_days=0), "rule_set_not_above_none"),
        (RuleSet(follow_up_months=(1, 0)), "rule_set_not_above_none"),
        (RuleSet(follow_up_months=(1, 3, 1)), "rule_set_follow_ups_twice"),
        (RuleSet(agreement_parties=(Agrees.LEADING_AREA,)), "rule_set_without_participant"),
        (RuleSet(start_check=(Question("a", "A?"), Question("a", "B?"))), "rule_set_question_twice"),
    ],
)
def test_rules_that_contradict_themselves_are_refused(rules: RuleSet, code: str) -> None:
    with pytest.raises(Refused) as refused:
        rule_sets.require_sound(rules)
    assert refused.value.reason.code == code
    assert "{" not in str(refused.value)
