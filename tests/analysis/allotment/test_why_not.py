"""Why not: the change that is named gives the place, and one place less does not; solved exactly both times."""

import time
from collections import Counter

import numpy as np
import pytest

from samkraft.analysis.allotment import allotting, explaining, made_up
from samkraft.analysis.allotment.allotting import Allotment
from samkraft.analysis.allotment.instance import Instance
from samkraft.analysis.allotment.made_up import Size


def _made(instance: Instance) -> Allotment:
    return allotting.allot(instance, seconds=20, seed=1, clock=time.monotonic, small_enough=0.0)


@pytest.mark.parametrize(
    ("instance", "pairs"),
    [
        (made_up.assignment(40, 10, 3, seed=5), 120),
        (made_up.programme(Size(12, 6, 3), seed=4, scarcity=0.3, floor=None), 40),
        (made_up.programme(Size(12, 6, 3), seed=6, scarcity=0.3, floor=0.8), 40),
    ],
    ids=["plain", "stages", "stages with a floor"],
)
def test_the_smallest_change_gives_the_place_and_less_does_not(instance: Instance, pairs: int) -> None:
    made = _made(instance)
    assert made.plan is not None
    random = np.random.default_rng(1)
    asked = [
        (person.id, activity.occasion(start.week))
        for person in instance.people
        for activity, start in instance.occasions()
        if any(wish.activity == activity.id for need in person.tracks[0] for wish in need.wishes)
    ]
    kinds: Counter[str] = Counter()
    for at in random.choice(len(asked), min(pairs, len(asked)), replace=False):
        person, occasion = asked[at]
        answer = explaining.why_not(made, person, occasion)
        assert answer is not None
        kinds[answer.reason] += 1
        if answer.reason == explaining.HAS:
            assert occasion in made.plan.placements[person]
            continue
        assert answer.is_proven
        if answer.change == explaining.PLACES:
            assert _gets(instance, person, occasion, answer.places)
            assert not _gets(instance, person, occasion, answer.places - 1)
            assert answer.loss_most > 0
        elif answer.change == explaining.LOCK:
            locked = _made(explaining.changed(instance, occasion, 0, person))
            assert locked.plan is not None
            assert occasion in locked.plan.placements[person]
            assert made.plan.value - locked.plan.value == pytest.approx(answer.loss_most, abs=1e-5)
    assert kinds[explaining.FULL] > 3, kinds


def test_a_loss_that_is_small_beside_the_whole_plan_is_still_a_loss() -> None:
    """With sixteen places more all have 108.88330 together and, with this person in it, 108.88324: that is less."""
    instance = made_up.assignment(60, 12, 3, seed=438532568)
    answer = explaining.why_not(_made(instance), "P15", "A2@0")
    assert answer is not None
    assert (answer.change, answer.places) == (explaining.PLACES, 17)
    assert not _gets(instance, "P15", "A2@0", 16)


def _gets(instance: Instance, person: str, occasion: str, places: int) -> bool:
    """Whether the best plan with more places is no better than the best plan in which the person has the place."""
    free = _made(explaining.changed(instance, occasion, places)).plan
    forced = _made(explaining.changed(instance, occasion, places, person)).plan
    assert free is not None
    return forced is not None and forced.value >= free.value - 1e-6


def test_on_large_instances_the_loss_is_an_interval_and_not_called_proven() -> None:
    made = allotting.allot(
        made_up.programme(Size(250, 24, 16), seed=1), seconds=4, seed=1, clock=time.monotonic, small_enough=0.01
    )
    assert made.plan is not None
    dear = max(made.plan.proofs[0].places, key=lambda one: made.plan.proofs[0].places[one])
    for person in made.instance.people[:60]:
        answer = explaining.why_not(made, person.id, dear)
        if answer is not None and answer.reason != explaining.HAS:
            assert not answer.is_proven
            assert 0 <= answer.loss_least <= answer.loss_most
            assert answer.price > 0
            assert "inte bevisat" in explaining.in_words(answer) or "lock" in explaining.in_words(answer)


def test_what_was_not_wished_has_no_explanation() -> None:
    made = _made(made_up.assignment(6, 4, 1, seed=5))
    assert explaining.why_not(made, "P1", "A99@0") is None
    assert explaining.why_not(made, "nobody", "A1@0") is None
