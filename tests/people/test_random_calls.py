"""Random call lists: in whatever order people are laid in, drawn and protected, nobody is told more than the rules say."""

import os

import pytest

from tests.people import checks, random_calls

pytestmark = pytest.mark.django_db
LONG = int(os.environ.get("SAMKRAFT_RANDOM_WORLDS", "0"))
FIRST = int(os.environ.get("SAMKRAFT_RANDOM_FROM", "20261122"))


@pytest.mark.parametrize("seed", range(FIRST, FIRST + (LONG or 1)))
def test_the_rules_and_the_database_agree_on_every_list(seed: int) -> None:
    with checks.in_a_transaction_of_tests():
        random_calls.play(seed, 40 if LONG else 15)


def test_every_deed_was_both_done_and_refused() -> None:
    if LONG < 10:
        pytest.skip("told by the long proof")
    told = random_calls.HAPPENED
    assert {name for name in random_calls.DEEDS if name != "take_part" and not told[name, True]} == set()
    refused = ("lay_in", "name_caller", "take_off", "draw", "note")
    assert {name for name in refused if not told[name, False]} == set()
