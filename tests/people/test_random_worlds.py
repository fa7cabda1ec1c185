"""Random worlds: whatever is written, handed over, withdrawn, assigned and protected, the rules and the database agree."""

import os

import pytest
from django.db import connection, transaction

from tests.people import random_lists, random_world

pytestmark = pytest.mark.django_db
# SAMKRAFT_RANDOM_WORLDS=500 makes it a long proof (`samkraft prove secrecy` does so).
LONG = int(os.environ.get("SAMKRAFT_RANDOM_WORLDS", "0"))
FIRST = int(os.environ.get("SAMKRAFT_RANDOM_FROM", "20261122"))
SEEDS = range(FIRST, FIRST + (LONG or 3))


@pytest.mark.parametrize("seed", SEEDS)
def test_the_rules_and_the_database_agree_on_every_row(seed: int) -> None:
    with transaction.atomic():
        connection.atomic_blocks[-1]._from_testcase = True  # the actions may open their transactions inside
        random_world.play(seed, 60 if LONG else 20)
        transaction.set_rollback(True)


def test_every_deed_was_both_done_and_refused() -> None:
    """A deed that is always refused proves nothing; nor does one that nobody is ever refused."""
    if LONG < 40:
        pytest.skip("told by the long proof")
    told = random_lists.HAPPENED
    assert {
        name for name in random_world.DEEDS if name != "change_team" and not (told[name, True] and told[name, False])
    } == set()
