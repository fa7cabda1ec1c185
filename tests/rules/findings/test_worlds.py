"""Generated cities: where nothing is planted every rule is silent, and what is planted is found by its rule."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samkraft.money.rules.figures import FigureKind, Unit
from samkraft.money.rules.findings import every
from samkraft.money.rules.findings.facts import Body, Document, Figure, Point, Ruling, Sources
from samkraft.money.rules.points import Verb
from tests.factories import eu_budgets
from tests.factories.sources import (
    BOARD,
    FUND,
    KSAU,
    body,
    budget,
    figure,
    gives,
    item,
    key,
    point,
    ruling,
    stated,
    use,
)

SEEDS = st.integers(min_value=0, max_value=2**32)
YEAR = 2024


def clean(random: Random) -> Sources:
    """A year in a city where every source agrees: key, decisions, a transfer with its grants, reports, uses, letters."""
    committees = [body(f"Nämnd {letter}") for letter in "ABCDE"[: random.randint(2, 5)]]
    shares = _shares(random, len(committees))
    whole = random.randint(1, 400) * 10_000  # a multiple of 10 000 kronor: every share is whole kronor
    amounts = [whole * share // 10_000 for share in shares]
    grantees = [body(f"Förening {number}", frame=False) for number in range(random.randint(1, 3))]
    grants = [random.randint(1, 900) * 1_000 for _grantee in grantees]
    paid = {"year": YEAR, "paid_by": "t"}
    first = random.randint(1, len(committees))
    asked = [*committees, *grantees]
    day = date(YEAR, 3, random.randint(1, 28))
    name = f"Tjänsteskrivelse KSAU {day:%y%m%d} Fördelning"
    points = (
        *(
            gives(str(place), each, amount)
            for place, (each, amount) in enumerate(zip(committees, amounts, strict=True))
        ),
        point("t", Verb.TRANSFERS, item(BOARD, sum(grants))),
        *(
            point(f"g{place}", Verb.GRANTS, item(each, amount, **paid))
            for place, (each, amount) in enumerate(zip(grantees, grants, strict=True))
        ),
        point("r", Verb.INSTRUCTS, *(item(each) for each in asked)),
    )
    decision = ruling(
        *points,
        addressees=tuple(each.name for each in asked),
        document=Document(key("letter"), name, (name,)),
        meetings=((KSAU, day), (BOARD, day + timedelta(days=9))),
        is_read=True,
    )
    other = ruling(gives("1", committees[0], 1_000, 2023), case="STK-2023-9", addressees=(committees[0].name,))
    return Sources(
        rulings=(decision, other),
        budgets=(budget(whole, YEAR), budget(sum(grants), YEAR), budget(1_000, 2023)),
        figures=tuple(_figures(random, committees[:first], amounts)),
        uses=tuple(use(each, amount, f"allt {each.name}") for each, amount in zip(committees, amounts, strict=True)),
        keys={(FUND.id, YEAR): {each.id: share for each, share in zip(committees, shares, strict=True)}},
        eu_budgets=(eu_budgets.agreeing(random),),
    )


def _shares(random: Random, count: int) -> list[int]:
    cuts = sorted(random.sample(range(1, 10_000), count - 1))
    return [high - low for low, high in zip([0, *cuts], [*cuts, 10_000], strict=True)]


def _figures(random: Random, committees: list[Body], amounts: list[int]) -> list[Figure]:
    """Reports of what was given, some of them rounded; participants told by two sources, sometimes with a rounding."""
    found: list[Figure] = []
    for each, amount in zip(committees, amounts, strict=False):
        step = random.choice([0, 1_000, 100_000])
        told = round(amount / step) * step if step else amount
        found.append(stated(told, each, step=step))
        count = random.randint(1, 900)
        found.append(figure(count, of=each))
        found.append(figure(round(count, -1), of=each, document=Document(key("other"), "Rapport"), step=10))
        found.append(figure(count + 5, of=each, kind=FigureKind.TARGET))
        found.append(figure(count, "platser", of=each, unit=Unit.PLACES))
        parts = [random.randint(1, 50) for _part in range(3)]
        found.append(figure(sum(parts), "elever", of=each))
        found += [figure(part, "elever", of=each, group=f"del: {place}") for place, part in enumerate(parts)]
    return found


def _with_point(sources: Sources, number: str, change: Callable[[Point], Point]) -> Sources:
    decision = sources.rulings[0]
    points = tuple(change(each) if each.number == number else each for each in decision.points)
    return _with_ruling(sources, replace(decision, points=points))


def _with_ruling(sources: Sources, decision: Ruling) -> Sources:
    return replace(sources, rulings=(decision, *sources.rulings[1:]))


def less_than_the_budget(sources: Sources, random: Random) -> Sources:
    return replace(sources, budgets=(*sources.budgets, budget(random.randint(1, 10**6), YEAR)))


def a_larger_transfer(sources: Sources, random: Random) -> Sources:
    def grow(found: Point) -> Point:
        paid = found.items[0]
        return replace(found, items=(replace(paid, amount_ore=(paid.amount_ore or 0) + random.randint(1, 10**6)),))

    return _with_point(sources, "t", grow)


def another_amount_in_a_report(sources: Sources, random: Random) -> Sources:
    report = next(each for each in sources.figures if each.measure == "tilldelat")
    assert report.value is not None
    wrong = replace(report, value=report.value + report.rounded_to + random.randint(1, 10**6))
    return replace(sources, figures=tuple(wrong if each is report else each for each in sources.figures))


def another_count_in_a_report(sources: Sources, random: Random) -> Sources:
    told = next(each for each in sources.figures if each.measure == "deltagare" and each.rounded_to)
    assert told.value is not None
    wrong = replace(told, value=told.value + 11 + random.randint(1, 900))
    return replace(sources, figures=tuple(wrong if each is told else each for each in sources.figures))


def a_part_too_many(sources: Sources, random: Random) -> Sources:
    part = next(each for each in sources.figures if each.group.startswith("del:"))
    assert part.value is not None
    wrong = replace(part, value=part.value + random.randint(1, 50))
    return replace(sources, figures=tuple(wrong if each is part else each for each in sources.figures))


def a_use_too_many(sources: Sources, random: Random) -> Sources:
    first = sources.uses[0]
    return replace(sources, uses=(*sources.uses, use(first.body, random.randint(1, 10**6), "ännu en")))


def nobody_told(sources: Sources, random: Random) -> Sources:
    decision = sources.rulings[0]
    left_out = random.choice(decision.addressees)
    return _with_ruling(sources, replace(decision, addressees=tuple(a for a in decision.addressees if a != left_out)))


def a_grantee_not_asked(sources: Sources, random: Random) -> Sources:
    return _with_point(
        sources,
        "r",
        lambda found: replace(found, items=tuple(each for each in found.items if each.receiver.holds_frame)),
    )


def another_meeting_day(sources: Sources, random: Random) -> Sources:
    decision = sources.rulings[0]
    moved = tuple((each, day + timedelta(days=random.randint(1, 60))) for each, day in decision.meetings)
    return _with_ruling(sources, replace(decision, meetings=moved))


def the_same_once_more(sources: Sources, random: Random) -> Sources:
    decision = sources.rulings[0]
    return replace(sources, rulings=(*sources.rulings, ruling(decision.points[0], case="STK-2024-999")))


def a_grant_to_a_supplier(sources: Sources, random: Random) -> Sources:
    def to_supplier(found: Point) -> Point:
        one = found.items[0]
        assert one.receiver is not None
        return replace(found, items=(replace(one, receiver=replace(one.receiver, is_supplier=True)),))

    return _with_point(sources, "g0", to_supplier)


PLANTED = {
    less_than_the_budget: "points_against_budget",
    a_larger_transfer: "transfer_against_grants",
    another_amount_in_a_report: "report_against_decision",
    another_count_in_a_report: "told_twice",
    a_part_too_many: "parts_against_whole",
    a_use_too_many: "uses_against_share",
    nobody_told: "duty_missing_addressee",
    a_grantee_not_asked: "grant_without_report",
    another_meeting_day: "document_name_against_meeting",
    the_same_once_more: "decided_twice",
    a_grant_to_a_supplier: "grant_to_supplier",
    **eu_budgets.PLANTED,
}


def differing(sources: Sources) -> set[str]:
    return {finding.rule for finding in every.look(sources) if not finding.agrees}


@given(SEEDS)
@settings(max_examples=150, deadline=None)
def test_a_city_where_every_source_agrees_raises_no_alarm(seed: int) -> None:
    assert differing(clean(Random(seed))) == set()


@pytest.mark.parametrize("plant", PLANTED, ids=lambda plant: plant.__name__)
@given(seed=SEEDS)
@settings(max_examples=40, deadline=None)
def test_what_is_planted_is_found_by_its_rule(plant: Callable[[Sources, Random], Sources], seed: int) -> None:
    random = Random(seed)
    assert PLANTED[plant] in differing(plant(clean(random), random))


def test_every_rule_that_can_differ_has_something_planted() -> None:
    assert set(PLANTED.values()) | {"grants_against_own_share"} == set(every.RULES)
    assert set(every.LABELS) == set(every.RULES)


@given(SEEDS)
@settings(max_examples=40, deadline=None)
def test_the_order_of_the_sources_changes_nothing(seed: int) -> None:
    random = Random(seed)
    sources = the_same_once_more(another_count_in_a_report(clean(random), random), random)
    figures, rulings = list(sources.figures), list(sources.rulings)
    random.shuffle(figures)
    random.shuffle(rulings)
    turned = replace(sources, figures=tuple(figures), rulings=tuple(rulings))
    assert {each.stem: each.digest for each in every.look(sources)} == {
        each.stem: each.digest for each in every.look(turned)
    }


@given(SEEDS)
@settings(max_examples=40, deadline=None)
def test_a_subject_is_told_once_and_its_key_has_room(seed: int) -> None:
    random = Random(seed)
    stems = [each.stem for each in every.look(less_than_the_budget(clean(random), random))]
    assert len(stems) == len(set(stems))
    assert all(len(stem) <= 300 - len("#0001:") - 16 and "#" not in stem for stem in stems)
