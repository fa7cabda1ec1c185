"""A draw that nobody could steer, and that anybody can make again."""

from datetime import UTC, datetime

import pytest

from samkraft.analysis.draws import fair
from samkraft.values.refusal import Refused

EARLY, LATE = datetime(2026, 1, 10, 9, tzinfo=UTC), datetime(2026, 1, 14, 21, tzinfo=UTC)
PEOPLE = fair.listed([f"p{number:03d}" for number in range(60)], ["kvinna", "man", "man"] * 20)
RULE = fair.rule(PEOPLE, {"kvinna": 10, "man": 10}, seed_source="onsdagens lottodragning 14 januari", at=EARLY)


def test_anybody_who_runs_it_again_gets_the_same_list_in_whatever_order_the_people_stand() -> None:
    first = fair.made(PEOPLE, RULE, seed="7 12 19 22 30 35 41", seed_at=LATE)
    turned = dict(reversed(PEOPLE.items()))
    assert fair.made(turned, RULE, seed=" 7 12 19 22 30 35 41 ", seed_at=LATE) == first
    assert fair.is_same(first.drawn, PEOPLE, RULE, seed="7 12 19 22 30 35 41", seed_at=LATE)
    assert not fair.is_same(first.drawn[1:], PEOPLE, RULE, seed="7 12 19 22 30 35 41", seed_at=LATE)


def test_each_stratum_gets_its_places_and_everybody_a_known_chance() -> None:
    draw = fair.made(PEOPLE, RULE, seed="x", seed_at=LATE)
    assert [sum(PEOPLE[one] == kind for one in draw.drawn) for kind in ("kvinna", "man")] == [10, 10]
    assert draw.chance["p000"] == 0.5
    assert draw.chance["p001"] == 0.25
    assert sorted(draw.order["kvinna"]) == sorted(one for one, kind in PEOPLE.items() if kind == "kvinna")


def test_over_many_seeds_everybody_is_drawn_as_often_as_the_chance_says() -> None:
    counts = dict.fromkeys(PEOPLE, 0)
    for seed in range(800):
        for one in fair.made(PEOPLE, RULE, seed=str(seed), seed_at=LATE).drawn:
            counts[one] += 1
    squares = sum(
        (many - 800 * (0.5 if PEOPLE[one] == "kvinna" else 0.25)) ** 2
        / (800 * (0.25 if PEOPLE[one] == "kvinna" else 0.1875))
        for one, many in counts.items()
    )
    assert 30 < squares < 95  # chi-square, about 58 degrees of freedom: 0.1 % on either side


def test_a_changed_list_a_changed_rule_or_an_early_seed_is_found() -> None:
    with pytest.raises(Refused) as refused:
        fair.made({**PEOPLE, "p999": "man"}, RULE, seed="x", seed_at=LATE)
    assert refused.value.reason is fair.LIST_CHANGED
    with pytest.raises(Refused) as refused:
        fair.made(PEOPLE, RULE, seed="x", seed_at=EARLY)
    assert refused.value.reason is fair.SEED_TOO_EARLY
    other = fair.rule(PEOPLE, {"kvinna": 11, "man": 10}, seed_source=RULE.seed_source, at=EARLY)
    assert (
        fair.made(PEOPLE, other, seed="x", seed_at=LATE).order != fair.made(PEOPLE, RULE, seed="x", seed_at=LATE).order
    )


@pytest.mark.parametrize(
    ("places", "reason"),
    [
        ({"kvinna": 10}, fair.UNKNOWN_STRATUM),
        ({"kvinna": 0, "man": 1}, fair.NO_PLACES),
        ({"kvinna": 21, "man": 1}, fair.TOO_MANY_PLACES),
    ],
)
def test_places_that_cannot_be_drawn_are_refused(places: dict[str, int], reason: object) -> None:
    with pytest.raises(Refused) as refused:
        fair.rule(PEOPLE, places, seed_source="s", at=EARLY)
    assert refused.value.reason is reason


def test_nobody_has_two_tickets_and_a_list_has_somebody_in_it() -> None:
    with pytest.raises(Refused):
        fair.listed(["a", "a"])
    with pytest.raises(Refused):
        fair.list_digest({})
    with pytest.raises(Refused):
        fair.made(PEOPLE, RULE, seed="  ", seed_at=LATE)
