"""Decided money against budget, transfer, own share and other decisions."""

from samkraft.money.rules.findings import money
from samkraft.money.rules.findings.facts import Sources
from samkraft.money.rules.findings.outcome import Finding
from samkraft.money.rules.points import Verb
from tests.factories.sources import (
    ASN,
    BOARD,
    COOMPANION,
    FSN,
    GVN,
    OTHER_FUND,
    REDI,
    SUMMER,
    budget,
    gives,
    item,
    point,
    ruling,
)


def of_2023(**more: object) -> Sources:
    """Jobbpakt 2023: 39 837 000 in one matter, 2 000 000 earlier, against 42 000 000."""
    paid = {"year": 2023, "paid_by": "5"}
    large = ruling(
        gives("1", ASN, 23_920_000, 2023),
        gives("2", GVN, 5_500_000, 2023),
        gives("3", FSN, 3_000_000, 2023),
        point("5", Verb.TRANSFERS, item(BOARD, 7_417_000, 2023)),
        point("6", Verb.GRANTS, item(REDI, 500_000, **paid), item(SUMMER, 500_000, **paid)),
        point("7", Verb.GRANTS, item(COOMPANION, 6_417_000, **paid)),
        case="STK-2023-576",
        **more,
    )
    small = ruling(gives("1", GVN, 2_000_000, 2023), case="STK-2023-416")
    return Sources(rulings=(large, small), budgets=(budget(42_000_000, 2023),))


def only(found: list[Finding]) -> Finding:
    assert len(found) == 1, found
    return found[0]


def test_points_of_2023_leave_163_000_kronor_of_the_budget_without_a_decision() -> None:
    finding = only(list(money.points_against_budget(of_2023())))
    assert [side.amount_ore for side in finding.sides] == [4_200_000_000, 4_183_700_000]
    assert not finding.agrees
    assert "163\u00a0000\u00a0kr" in str(finding.explanation)


def test_money_that_is_transferred_and_then_granted_is_counted_once() -> None:
    assert only(list(money.points_against_budget(of_2023()))).sides[1].amount_ore == (39_837_000 + 2_000_000) * 100


def test_an_assumed_decision_is_said_to_be_assumed() -> None:
    finding = only(list(money.points_against_budget(of_2023(is_assumption=True))))
    assert str(finding.sides[1].support) == "Antaget: inget protokoll finns."


def test_a_budget_that_is_used_to_the_last_krona_is_kept_as_agreeing() -> None:
    sources = Sources(rulings=(ruling(gives("1", ASN, 25)),), budgets=(budget(25),))
    assert only(list(money.points_against_budget(sources))).agrees


def test_funds_of_one_family_share_their_budget() -> None:
    rulings = (ruling(gives("1", ASN, 25), gives("2", ASN, 9, fund=OTHER_FUND)),)
    sources = Sources(rulings=rulings, budgets=(budget(25), budget(9, fund=OTHER_FUND)))
    assert only(list(money.points_against_budget(sources))).agrees


def test_decisions_above_the_budget_are_told_as_above() -> None:
    sources = Sources(rulings=(ruling(gives("1", ASN, 30)),), budgets=(budget(25),))
    assert str(only(list(money.points_against_budget(sources))).explanation) == "Besluten går 5\u00a0kr över budgeten."


def test_nothing_is_said_of_a_budget_that_no_source_tells() -> None:
    sources = Sources(rulings=(ruling(gives("1", ASN, 30)),), budgets=(budget(25), budget(None)))
    assert not list(money.points_against_budget(sources))


def test_nothing_is_said_while_some_decided_amount_is_unknown_and_the_rest_fits() -> None:
    rulings = (ruling(gives("1", ASN, 20), gives("2", GVN, None)),)
    assert not list(money.points_against_budget(Sources(rulings=rulings, budgets=(budget(25),))))
    too_much = (ruling(gives("1", ASN, 26), gives("2", GVN, None)),)
    assert list(money.points_against_budget(Sources(rulings=too_much, budgets=(budget(25),))))


def test_nothing_is_said_of_a_year_that_nobody_has_decided_about() -> None:
    assert not list(money.points_against_budget(Sources(budgets=(budget(25),))))
    proposal = Sources(rulings=(ruling(gives("1", ASN, 20), posts=False),), budgets=(budget(25),))
    assert not list(money.points_against_budget(proposal))


def test_a_transfer_that_pays_exactly_its_grants_agrees() -> None:
    finding = only(list(money.transfer_against_grants(of_2023())))
    assert finding.agrees
    assert {side.amount_ore for side in finding.sides} == {741_700_000}


def test_a_transfer_larger_than_its_grants_is_found() -> None:
    points = (
        point("4", Verb.TRANSFERS, item(BOARD, 100)),
        point("5", Verb.GRANTS, item(REDI, 60, paid_by="4"), item(COOMPANION, 30, paid_by="4")),
    )
    finding = only(list(money.transfer_against_grants(Sources(rulings=(ruling(*points),)))))
    assert not finding.agrees
    assert [side.amount_ore for side in finding.sides] == [10_000, 9_000]


def test_a_transfer_is_compared_year_by_year() -> None:
    points = (
        point("4", Verb.TRANSFERS, item(BOARD, 100, 2024), item(BOARD, 100, 2025)),
        point("5", Verb.GRANTS, item(REDI, 100, 2024, paid_by="4"), item(REDI, 90, 2025, paid_by="4")),
    )
    found = list(money.transfer_against_grants(Sources(rulings=(ruling(*points),))))
    assert {finding.year: finding.agrees for finding in found} == {2024: True, 2025: False}


def test_grants_whose_amount_is_unknown_keep_the_rule_silent() -> None:
    points = (point("4", Verb.TRANSFERS, item(BOARD, 100)), point("5", Verb.GRANTS, item(REDI, None, paid_by="4")))
    assert not list(money.transfer_against_grants(Sources(rulings=(ruling(*points),))))


def own_grants(*amounts: int) -> Sources:
    share = ruling(gives("9", BOARD, 1_536_000))
    grants = [
        ruling(point("1", Verb.GRANTS, item(REDI, amount, from_appropriation=False)), case=f"STK-2024-{number}")
        for number, amount in enumerate(amounts, start=400)
    ]
    return Sources(rulings=(share, *grants))


def test_five_grants_that_are_the_whole_share_agree() -> None:
    finding = only(list(money.grants_against_own_share(own_grants(350_000, 350_000, 500_000, 200_000, 136_000))))
    assert finding.agrees
    assert finding.sides[0].amount_ore == finding.sides[1].amount_ore == 153_600_000


def test_what_is_left_of_a_share_is_no_contradiction() -> None:
    assert not list(money.grants_against_own_share(own_grants(350_000, 350_000)))


def test_a_transfer_that_pays_other_grants_is_no_part_of_the_share() -> None:
    through = ruling(
        point("4", Verb.TRANSFERS, item(BOARD, 900)),
        point("5", Verb.GRANTS, item(COOMPANION, 900, paid_by="4")),
        case="STK-1",
    )
    own = own_grants(1_536_000)
    (finding,) = money.grants_against_own_share(Sources(rulings=(*own.rulings, through)))
    assert finding.sides[0].amount_ore == 153_600_000


def test_the_same_money_in_two_decisions_is_found() -> None:
    sources = Sources(
        rulings=(ruling(gives("1", GVN, 7), case="STK-2024-1"), ruling(gives("3", GVN, 7), case="STK-2024-2"))
    )
    finding = only(list(money.decided_twice(sources)))
    assert not finding.agrees
    assert len(finding.sides) == 2


def test_the_same_amount_twice_in_one_decision_is_not_found() -> None:
    assert not list(money.decided_twice(Sources(rulings=(ruling(gives("1", GVN, 7), gives("2", GVN, 7)),))))


def test_the_same_amount_for_two_purposes_or_years_is_not_found() -> None:
    purposes = (
        ruling(gives("1", GVN, 7, purpose="Maxa"), case="STK-2024-1"),
        ruling(gives("1", GVN, 7, purpose="KAA"), case="STK-2024-2"),
    )
    years = (ruling(gives("1", GVN, 7, 2023), case="STK-2023-1"), ruling(gives("1", GVN, 7, 2024), case="STK-2024-2"))
    assert not list(money.decided_twice(Sources(rulings=purposes)))
    assert not list(money.decided_twice(Sources(rulings=years)))
