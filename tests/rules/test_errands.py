"""What is done beside the pages: what one is now is its events, and it is asked for with nothing that tells of anybody."""

from datetime import UTC, datetime, timedelta

import pytest

from samkraft.partners.rules import errands
from samkraft.partners.rules.errands import Happened, State

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)

AN_ID = "6f1c2a0e-5d0b-4a57-9d5e-0c5b8f3f2a11"


def happened(*states: State | Happened) -> list[Happened]:
    return [
        one if isinstance(one, Happened) else Happened(one, NOON + timedelta(minutes=place))
        for place, one in enumerate(states, start=1)
    ]


def test_without_events_it_waits_for_its_turn_since_it_was_asked_for() -> None:
    now = errands.standing(NOON, [])
    assert (now.state, now.since, now.tries, now.percent) == (State.ASKED, NOON, 0, 0)


def test_how_far_it_has_come_is_the_last_that_was_told() -> None:
    far = Happened(State.RUNNING, NOON, done=500, total=2_000)
    now = errands.standing(NOON, happened(State.RUNNING, far))
    assert (now.state, now.done, now.total, now.percent, now.tries) == (State.RUNNING, 500, 2_000, 25, 1)


def test_a_new_beginning_is_one_more_try_and_asking_again_forgets_them() -> None:
    far = Happened(State.RUNNING, NOON, done=1, total=2)
    assert errands.standing(NOON, happened(State.RUNNING, far, State.RUNNING)).tries == 2
    again = errands.standing(NOON, happened(State.RUNNING, State.FAILED, State.ASKED))
    assert (again.state, again.tries) == (State.ASKED, 0)


def test_what_was_made_is_known_after_it_has_been_opened_and_not_after_it_was_asked_for_again() -> None:
    done = Happened(State.DONE, NOON, address="/medel/", until=NOON + timedelta(days=1))
    opened = errands.standing(NOON, happened(State.RUNNING, done, State.OPENED))
    assert (opened.state, opened.address, opened.until) == (State.OPENED, "/medel/", NOON + timedelta(days=1))
    assert errands.standing(NOON, happened(State.RUNNING, done, State.ASKED)).address == ""


@pytest.mark.parametrize(
    "value",
    [AN_ID, 7, True, None, "2026-11-02", "xlsx", [AN_ID, 3], {"ids": [AN_ID], "file": "csv"}],
)
def test_ids_codes_days_and_numbers_may_be_carried(value: object) -> None:
    assert errands.is_opaque(value)


@pytest.mark.parametrize(
    "value", ["Amira Haddad", "amira haddad", "Åsa", {"Namn": 1}, [["ont i ryggen"]], 1.5, "x" * 65, {"q": "Ek"}]
)
def test_words_about_anybody_may_not(value: object) -> None:
    assert not errands.is_opaque(value)
