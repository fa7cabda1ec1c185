"""Reports against decisions, figures told twice, parts against wholes, uses against what was given."""

from decimal import Decimal

import pytest

from samkraft.money.rules.figures import FigureKind, Unit
from samkraft.money.rules.findings import told, used
from samkraft.money.rules.findings.facts import Figure, Sources
from samkraft.money.rules.findings.outcome import Finding
from samkraft.money.rules.points import Verb
from tests.factories.sources import (
    ASN,
    BOARD,
    FSN,
    FUND,
    GVN,
    LETTER,
    REDI,
    REPORT,
    figure,
    gives,
    item,
    point,
    ruling,
    stated,
    use,
)

KEY = {(FUND.id, 2024): {ASN.id: 5_100, GVN.id: 2_700, FSN.id: 1_600, BOARD.id: 600}}
SPLIT = ruling(
    gives("6", ASN, 13_056_000), gives("7", GVN, 6_912_000), gives("8", FSN, 4_096_000), gives("9", BOARD, 1_536_000)
)


def reported(*figures: Figure) -> list[Finding]:
    return list(told.report_against_decision(Sources(rulings=(SPLIT,), figures=figures, keys=KEY)))


def test_swapped_digits_in_a_report_are_found_with_what_speaks_for_each_side() -> None:
    (finding,) = reported(stated(6_192_000, step=1_000))
    decision, report = finding.sides
    assert not finding.agrees
    assert str(finding.explanation) == "Troligen omkastade siffror"
    assert (str(decision.support), decision.is_supported) == ("27 % av 25\u00a0600\u00a0000\u00a0kr, exakt", True)
    assert (str(report.support), report.is_supported) == ("24,19 %. Nyckeln säger 27 %", False)


def test_rounding_raises_no_alarm_and_is_kept_as_agreeing() -> None:
    (finding,) = reported(stated(4_100_000, FSN, step=100_000))
    assert finding.agrees
    assert str(finding.explanation) == "Samma belopp, avrundat till 100\u00a0000\u00a0kr."


def test_the_same_figure_said_to_be_exact_is_a_difference() -> None:
    (finding,) = reported(stated(4_100_000, FSN, step=0))
    assert not finding.agrees
    assert finding.explanation is None


def test_two_reports_about_the_same_money_stand_on_one_page() -> None:
    (finding,) = reported(stated(6_912_000), stated(6_192_000, document=LETTER))
    assert len(finding.sides) == 3
    assert not finding.agrees


@pytest.mark.parametrize(
    "silent",
    [
        stated(None),
        stated(6_192_000, fund=None),
        stated(6_192_000, year=2023),
        figure(6_192_000, "tilldelat", kind=FigureKind.BUDGET, unit=Unit.KRONOR),
        figure(6_192_000, "använt", kind=FigureKind.STATED, unit=Unit.KRONOR),
    ],
)
def test_a_report_is_not_held_against_a_decision_about_something_else(silent: Figure) -> None:
    assert not reported(silent)


def test_a_decision_that_is_only_known_from_the_report_is_not_held_against_it() -> None:
    decision = ruling(gives("7", GVN, 6_912_000), document=REPORT)
    sources = Sources(rulings=(decision,), figures=(stated(6_192_000),))
    assert not list(told.report_against_decision(sources))


def test_a_decided_amount_that_is_unknown_keeps_the_rule_silent() -> None:
    sources = Sources(rulings=(ruling(gives("7", GVN, None)),), figures=(stated(6_192_000),))
    assert not list(told.report_against_decision(sources))


def test_without_a_key_nothing_speaks_for_either_side() -> None:
    (finding,) = told.report_against_decision(Sources(rulings=(SPLIT,), figures=(stated(6_192_000),)))
    assert [side.is_supported for side in finding.sides] == [None, None]


def test_money_that_only_passes_through_to_grants_is_not_what_a_board_was_given() -> None:
    through = ruling(
        point("4", Verb.TRANSFERS, item(BOARD, 4_900_000)),
        point("5", Verb.GRANTS, item(REDI, 4_900_000, paid_by="4")),
        gives("9", BOARD, 1_536_000),
    )
    (finding,) = told.report_against_decision(Sources(rulings=(through,), figures=(stated(1_536_000, BOARD),)))
    assert finding.agrees


@pytest.mark.parametrize(
    ("one", "other", "swapped"),
    [
        (6_912_000, 6_192_000, True),
        (6_912_000, 6_912_000, False),
        (6_912_000, 6_913_000, False),
        (100, 10, False),
        (50, 500, False),
        (1_536_000, 5_136_000, True),
    ],
)
def test_swapped_digits_are_the_same_digits_in_another_order(one: int, other: int, swapped: bool) -> None:
    assert told.are_swapped(one, other) is swapped


def twice(*figures: Figure) -> list[Finding]:
    return list(told.told_twice(Sources(figures=figures)))


def test_fifty_and_a_hundred_youths_in_the_same_year_are_found() -> None:
    (finding,) = twice(figure(50, year=2022, document=LETTER), figure(100, year=2022))
    assert {side.value for side in finding.sides} == {"50", "100"}
    assert str(finding.explanation) == "Den ena är 2 gånger den andra"


def test_three_sources_give_three_sides() -> None:
    (finding,) = twice(figure(50), figure(100, document=LETTER), figure(70, document=LETTER))
    assert len(finding.sides) == 3


@pytest.mark.parametrize(
    "other",
    [
        figure(100, year=2023),
        figure(100, of=ASN),
        figure(100, "certifikat"),
        figure(100, unit=Unit.PLACES),
        figure(100, group="kvinnor"),
        figure(100, kind=FigureKind.TARGET),
        figure(100, fund=None),
        figure(None, document=LETTER),
        figure(50, document=LETTER),
        figure(60, document=LETTER, step=20),
        figure(40, document=LETTER, upper_value=Decimal(60)),
        figure(100, year=None),
    ],
)
def test_figures_about_different_things_or_that_may_be_the_same_are_silent(other: Figure) -> None:
    assert not twice(figure(50), other)


def test_a_stated_figure_is_compared_with_an_outcome() -> None:
    assert twice(figure(50), figure(100, kind=FigureKind.STATED, document=LETTER))


def test_a_range_that_does_not_meet_the_other_figure_is_found() -> None:
    assert twice(figure(50), figure(60, document=LETTER, upper_value=Decimal(70)))


def test_parts_that_are_the_whole_agree_and_others_are_found() -> None:
    whole = stated(350_000)
    parts = [stated(300_000, group="del: uppsökande"), stated(50_000, group="del: vägledning")]
    (finding,) = told.parts_against_whole(Sources(figures=(whole, *parts)))
    assert finding.agrees
    (wrong,) = told.parts_against_whole(Sources(figures=(whole, parts[0], stated(60_000, group="del: vägledning"))))
    assert not wrong.agrees
    assert [side.amount_ore for side in wrong.sides] == [35_000_000, 36_000_000]


def test_parts_without_the_whole_and_groups_that_are_no_parts_are_silent() -> None:
    parts = (stated(300_000, group="del: ett"), stated(50_000, group="del: två"))
    assert not list(told.parts_against_whole(Sources(figures=parts)))
    groups = (figure(100), figure(30, group="flickor"), figure(60, group="pojkar"))
    assert not list(told.parts_against_whole(Sources(figures=groups)))
    unknown = (stated(350_000), stated(300_000, group="del: ett"), stated(None, group="del: två"))
    assert not list(told.parts_against_whole(Sources(figures=unknown)))


def test_the_roundings_of_parts_add_up() -> None:
    parts = tuple(figure(33, group=f"del: {name}", step=1) for name in "abc")
    (finding,) = told.parts_against_whole(Sources(figures=(figure(100, step=1), *parts)))
    assert finding.agrees
    (exact,) = told.parts_against_whole(Sources(figures=(figure(100), *(figure(33, group=f"del: {n}") for n in "abc"))))
    assert not exact.agrees


def used_by(*uses: object) -> list[Finding]:
    return list(used.uses_against_share(Sources(rulings=(SPLIT,), uses=uses, keys=KEY)))


def test_five_grants_that_are_the_whole_share_agree() -> None:
    amounts = (350_000, 350_000, 500_000, 200_000, 136_000)
    (finding,) = used_by(
        *(use(BOARD, amount, f"bidrag {place}", is_grant=True) for place, amount in enumerate(amounts))
    )
    assert finding.agrees
    assert str(finding.sides[0].support) == "6 % av 25\u00a0600\u00a0000\u00a0kr, exakt"
    assert str(finding.sides[1].title) == "5 bidrag"


def test_uses_that_do_not_add_up_to_what_was_given_are_found() -> None:
    (finding,) = used_by(use(BOARD, 1_000_000), use(BOARD, 500_000, "annan"))
    assert not finding.agrees


def test_uses_without_amounts_are_silent_unless_the_known_ones_are_too_much() -> None:
    assert not used_by(use(BOARD, None))
    assert not used_by(use(BOARD, 1_000_000), use(BOARD, None, "annan"))
    assert used_by(use(BOARD, 2_000_000), use(BOARD, None, "annan"))
    assert not used_by(use(REDI, 2_000_000))
