"""What an application and a report need before they can go, what stops a payment, state aid and the lot: as tables."""

from datetime import date
from decimal import Decimal

import pytest

from samkraft.money.rules.grants import grant_aid, grant_content, grant_reporting, grant_terms
from samkraft.money.rules.grants.grant_aid import Given
from samkraft.money.rules.grants.grant_content import Application, Line, OtherAid, Target
from samkraft.money.rules.grants.grant_terms import Held
from tests.factories.grants import CONTENT, other

TODAY = date(2025, 6, 1)


@pytest.mark.parametrize(
    ("content", "codes"),
    [
        (CONTENT, []),
        (other(title=" "), ["application_without_title"]),
        (other(purpose=""), ["application_without_purpose"]),
        (other(asked_ore=None), ["application_without_amount", "budget_does_not_add_up"]),
        (other(costs=(Line("Löner", 149_999_900),)), ["budget_does_not_add_up"]),
        (other(costs=()), ["application_without_budget"]),
        (other(financiers=(Line("En stiftelse", None),)), ["budget_line_without_amount", "budget_does_not_add_up"]),
        (other(costs=(Line("", 150_000_000),)), ["budget_line_without_words"]),
        (other(targets=(Target("Deltagare", "", "95"),)), ["target_without_unit"]),
        (other(targets=(Target("Deltagare", "persons", "många"),)), ["target_without_value"]),
        (other(targets=(Target("Deltagare", "persons", "0"),)), ["target_without_value"]),
        (other(targets=()), ["application_without_targets"]),
        (other(has_other_aid=None), ["application_aid_untold"]),
        (other(has_other_aid=True), ["application_aid_untold"]),
        (other(has_other_aid=True, other_aid=(OtherAid("Region", "2024-01-01", 1),)), []),
    ],
)  # fmt: skip
def test_what_is_left_before_an_application_can_go(content: Application, codes: list[str]) -> None:
    assert [fault.reason.code for fault in grant_content.faults(content)] == codes


def test_what_is_stored_is_read_back_the_same() -> None:
    assert grant_content.read(CONTENT.as_json()) == CONTENT
    assert grant_content.tidy(other(costs=(*CONTENT.costs, Line(" ", None)))) == CONTENT


@pytest.mark.parametrize(
    ("held", "signed", "recovery", "code"),
    [
        (None, True, False, None),
        (None, False, False, "instalment_without_agreement"),
        (None, True, True, "instalment_recovery"),
        (Held("slutrapport 2024", date(2025, 5, 31), False), True, False, "instalment_report_missing"),
        (Held("slutrapport 2024", date(2025, 6, 1), False), True, False, "instalment_report_not_yet"),
        (Held("slutrapport 2024", date(2025, 5, 31), True), True, False, None),
    ],
)
def test_what_stops_a_payment(held: Held | None, signed: bool, recovery: bool, code: str | None) -> None:
    found = grant_terms.why_not_pay(held, is_signed=signed, has_recovery=recovery, today=TODAY)
    assert (found[0].code if found else None) == code


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2025, 5, 31), "call_not_open"),
        (date(2025, 6, 1), None),
        (date(2025, 6, 9), None),
        (date(2025, 6, 10), "call_closed"),
    ],
)
def test_the_first_and_the_last_day_are_in_time(day: date, code: str | None) -> None:
    found = grant_terms.why_not_send(date(2025, 6, 1), date(2025, 6, 9), day)
    assert (found[0].code if found else None) == code
    assert grant_terms.why_not_send(date(2025, 6, 1), None, date(2030, 1, 1)) is None


def test_de_minimis_is_counted_over_three_years_against_the_ceiling_of_its_day() -> None:
    given = [
        Given(date(2022, 6, 1), 10_000_00),
        Given(date(2022, 6, 2), 100_000_00),
        Given(date(2025, 6, 1), 200_000_00),
    ]
    held = grant_aid.standing(given, date(2025, 6, 1))
    assert (held.sum_cents, held.ceiling_cents, held.left_cents) == (300_000_00, 300_000_00, 0)
    assert grant_aid.ceiling(date(2023, 12, 31))[0] == 200_000
    assert grant_aid.standing([Given(date(2024, 2, 29), 1)], date(2027, 2, 28)).sum_cents == 1
    assert grant_aid.standing([Given(date(2021, 2, 28), 1)], date(2024, 2, 29)).sum_cents == 0
    assert grant_aid.euro_cents(500_000_00, Decimal("11.45")) == 43_668_12


def test_the_lot_is_the_same_whoever_draws_and_another_with_another_seed() -> None:
    frame = [str(number) for number in range(200)]
    drawn = grant_terms.sample(frame, seed="7 11 23", size=9)
    assert drawn == grant_terms.sample(list(reversed(frame)), seed="7 11 23", size=9)
    assert len(set(drawn)) == 9
    assert drawn != grant_terms.sample(frame, seed="7 11 24", size=9)
    often = [one for seed in range(400) for one in grant_terms.sample(frame, seed=str(seed), size=20)]
    counts = [often.count(one) for one in frame]
    assert min(counts) > 15  # forty each in the mean: nobody is left out
    assert max(counts) < 70


SAID = {
    "done": "Kurser",
    "year": "2024",
    "outcomes": {"a": {"value": "102"}},
    "costs": [{"words": "Löner", "amount_ore": 1}],
}


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({}, []),
        ({"year": "2023"}, ["report_says_wrong_year"]),
        ({"done": ""}, ["report_words_missing"]),
        ({"outcomes": {}}, ["report_outcome_missing"]),
        ({"outcomes": {"a": {"value": "många"}}}, ["report_outcome_unreadable"]),
        ({"outcomes": {"a": {"is_unknown": True}}}, ["report_why_unknown"]),
        ({"outcomes": {"a": {"is_unknown": True, "words": "Räknas i juni"}}}, []),
        ({"costs": []}, ["report_costs_missing"]),
        ({"costs": [{"words": "Löner", "amount_ore": None}]}, ["report_cost_incomplete"]),
    ],
)
def test_what_is_left_before_a_report_can_go(changes: dict[str, object], codes: list[str]) -> None:
    report = grant_reporting.read(SAID | changes)
    assert [fault.reason.code for fault in grant_reporting.faults(report, [("a", "Deltagare")], year=2024)] == codes
