"""Random summer rounds: in whatever order people apply, are named, placed, begin and end, each sees what the rules say."""

import os

import pytest

from tests.people import checks, random_summer

pytestmark = pytest.mark.django_db
LONG = int(os.environ.get("SAMKRAFT_RANDOM_WORLDS", "0"))
FIRST = int(os.environ.get("SAMKRAFT_RANDOM_FROM", "20261122"))


@pytest.mark.parametrize("seed", range(FIRST, FIRST + (LONG or 1)))
def test_the_rules_and_the_database_agree_on_every_round(seed: int) -> None:
    with checks.in_a_transaction_of_tests():
        random_summer.play(seed, 40 if LONG else 15)


def test_every_deed_was_both_done_and_refused() -> None:
    if LONG < 10:
        pytest.skip("told by the long proof")
    told = random_summer.HAPPENED
    assert {name for name in random_summer.DEEDS if not (told[name, True] and told[name, False])} == set(), told
