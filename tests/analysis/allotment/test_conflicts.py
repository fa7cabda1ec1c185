"""An instance without a plan names rules that cannot hold at once: dropping any one makes it possible."""

import itertools
import time

from samkraft.analysis.allotment import allotting, conflicts
from samkraft.analysis.allotment.instance import (
    Activity,
    Clash,
    Floor,
    Instance,
    Lock,
    Need,
    Person,
    Pool,
    Rule,
    Start,
    Together,
    Wish,
)
from tests.analysis.allotment import cases


def _person(name: str, *stages: str, has: frozenset[str] = frozenset(), sex: str = "K", ready: int = 0) -> Person:
    needs = tuple(Need((Wish(one, 1.0),)) for one in stages)
    return Person(name, (needs,), ready=ready, has=has, groups={"sex": sex})


ACTIVITIES = (
    Activity("A", 2, (Start(0, 1), Start(2, 2))),
    Activity("B", 2, (Start(1, 2), Start(4, 2)), frozenset({"tag"})),
)


def _found(people: list[Person], rules: list[Rule]) -> tuple[Instance, set[str]]:
    instance = Instance(6, ACTIVITIES, tuple(people), tuple(rules))
    made = allotting.allot(instance, seconds=5, seed=1, clock=time.monotonic)
    assert made.plan is None
    assert made.is_feasible is False
    found = conflicts.irreducible(instance)
    assert found is not None
    assert found.is_irreducible
    assert found.is_minimum
    for item in found.rules:
        assert conflicts.in_words(item)
        kept = set(found.rules) - {item}
        dropped = frozenset(set(conflicts._items(conflicts._concerned(instance))) - kept)
        assert conflicts.is_possible(conflicts._concerned(instance), dropped) is True
    return instance, {item[0] for item in found.rules}


def test_two_promises_of_one_place() -> None:
    rules: list[Rule] = [Lock("l1", person="P1", occasion="A@0"), Lock("l2", person="P2", occasion="A@0")]
    _, kinds = _found([_person("P1", "A"), _person("P2", "A"), _person("P3", "A")], rules)
    assert kinds == {"lock", "places"}


def test_a_promise_to_somebody_who_is_not_eligible() -> None:
    _, kinds = _found([_person("P1", "B")], [Lock("l1", person="P1", occasion="B@1")])
    assert kinds == {"lock", "eligible"}


def test_promises_in_the_wrong_order() -> None:
    rules: list[Rule] = [Lock("l1", person="P1", occasion="A@2"), Lock("l2", person="P1", occasion="B@1")]
    _, kinds = _found([_person("P1", "A", "B", has=frozenset({"tag"}))], rules)
    assert kinds == {"lock", "order"}


def test_a_promise_before_somebody_is_ready() -> None:
    _, kinds = _found([_person("P1", "A", ready=1)], [Lock("l1", person="P1", occasion="A@0")])
    assert kinds == {"lock", "away"}


def test_a_pool_too_small_for_the_promises() -> None:
    people = [_person("P1", "A"), _person("P2", "A")]
    rules: list[Rule] = [
        Lock("l1", person="P1", occasion="A@2"), Lock("l2", person="P2", occasion="A@2"),
        Pool("rum", activities=("A",), most=1),
    ]  # fmt: skip
    _, kinds = _found(people, rules)
    assert kinds == {"lock", "pool"}


def test_promises_that_clash() -> None:
    tag = frozenset({"tag"})
    rules: list[Rule] = [
        Lock("l1", person="P1", occasion="A@0"), Lock("l2", person="P1", occasion="B@4"),
        Clash("krock", occasions=("A@0", "B@4")),
    ]  # fmt: skip
    _, kinds = _found([_person("P1", "A", "B", has=tag)], rules)
    assert kinds == {"lock", "clash"}


def test_people_who_go_together_with_promises_apart() -> None:
    people = [_person("P1", "A"), _person("P2", "A")]
    rules: list[Rule] = [
        Lock("l1", person="P1", occasion="A@0"), Lock("l2", person="P2", occasion="A@2"), Together("par", people=("P1", "P2")),
    ]  # fmt: skip
    _, kinds = _found(people, rules)
    assert "together" in kinds


def test_a_floor_that_promises_make_impossible() -> None:
    people = [_person("P1", "A", sex="M"), _person("P2", "A", sex="K", ready=1)]
    rules: list[Rule] = [
        Lock("l1", person="P1", occasion="A@2"), Floor("golv", by="sex", share=1.0), Pool("rum", activities=("A",), most=1)
    ]  # fmt: skip
    _, kinds = _found(people, rules)
    assert kinds == {"lock", "floor", "pool"}


def test_every_random_case_without_a_plan_names_its_rules() -> None:
    seen = 0
    for seed in itertools.count():
        instance = cases.instance(seed)
        if cases.best(instance) is None:
            found = conflicts.irreducible(instance)
            assert found is not None, seed
            assert found.is_irreducible, seed
            seen += 1
        if seen == 3:
            break


def test_what_is_possible_has_no_conflict() -> None:
    assert conflicts.irreducible(Instance(6, ACTIVITIES, (_person("P1", "A"),), ())) is None
