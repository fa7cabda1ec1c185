"""The split by key, case numbers, due dates and roundings."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samkraft.money.rules import allocation, case_numbers, due_dates, figures
from samkraft.values import kronor
from samkraft.values.refusal import Refused

KEY_2024 = (("asn", 5100), ("gvn", 2700), ("fsn", 1600), ("ks", 600))


def test_the_key_of_2024_is_exact() -> None:
    parts = allocation.split(kronor.from_kronor(25_600_000), KEY_2024)
    assert [part.amount_ore // 100 for part in parts] == [13_056_000, 6_912_000, 4_096_000, 1_536_000]
    assert not any(part.extra_ore for part in parts)


def test_the_krona_left_over_goes_to_the_largest_remainder_and_then_to_the_first_named() -> None:
    parts = allocation.split(kronor.from_kronor(100), (("a", 3333), ("b", 3333), ("c", 3334)))
    assert [part.amount_ore // 100 for part in parts] == [33, 33, 34]
    even = allocation.split(kronor.from_kronor(1), (("a", 5000), ("b", 5000)))
    assert [(part.amount_ore // 100, part.extra_ore // 100) for part in even] == [(1, 1), (0, 0)]


def _with_rest(listed: list[int]) -> list[int]:
    return [allocation.WHOLE - sum(listed), *listed]


shares = st.lists(st.integers(1, 3000), min_size=1, max_size=8).map(
    lambda weights: [
        (place, share)
        for place, share in enumerate(
            [
                allocation.WHOLE - sum(w * 9000 // sum(weights) for w in weights[1:]),
                *(w * 9000 // sum(weights) for w in weights[1:]),
            ]
        )
    ]
)


@given(amount=st.integers(1, 10**12), key=shares)
def test_every_krona_is_given_out_and_nobody_is_a_whole_krona_from_the_exact_product(
    amount: int, key: list[tuple[int, int]]
) -> None:
    if any(share <= 0 for _who, share in key):
        return
    parts = allocation.split(amount, key)
    step = 100 if amount % 100 == 0 else 1
    assert sum(part.amount_ore for part in parts) == amount
    for part in parts:
        assert abs(part.amount_ore * allocation.WHOLE - part.exact_ore_times_whole) < step * allocation.WHOLE


@pytest.mark.parametrize(
    ("key", "code"),
    [
        ([], "key_empty"),
        ([("a", 9999)], "key_not_whole"),
        ([("a", 5000), ("b", 5001)], "key_not_whole"),
        ([("a", 10_000), ("b", 0)], "key_share_not_positive"),
        ([("a", 12_000), ("b", -2_000)], "key_share_not_positive"),
        ([("a", 5000), ("a", 5000)], "key_committee_twice"),
    ],
)
def test_a_key_that_is_not_whole_is_refused(key: list[tuple[str, int]], code: str) -> None:
    with pytest.raises(Refused) as refused:
        allocation.check(key)
    assert refused.value.reason.code == code


def test_the_refusal_says_what_the_shares_sum_to() -> None:
    with pytest.raises(Refused, match="inte 100") as refused:
        allocation.check([("a", 5100), ("b", 4850)])
    assert "99,50 procent" in str(refused.value)


@pytest.mark.parametrize(
    ("typed", "tidy"),
    [
        ("STK-2023-576", "STK-2023-576"),
        (" stk-2023-576 ", "STK-2023-576"),
        ("Dnr: KS 2023/00123", "KS 2023/00123"),
        ("STK-2023-03", "STK-2023-03"),
        ("KS / 2023 : 45", "KS/2023:45"),
    ],
)
def test_case_numbers_have_one_way_of_being_written(typed: str, tidy: str) -> None:
    assert case_numbers.tidy(typed) == tidy


@pytest.mark.parametrize("typed", ["", "--", "ärendet", "A1" * 40, "<script>1</script>"])
def test_what_is_no_case_number_is_refused(typed: str) -> None:
    with pytest.raises(Refused, match="diarienummer"):
        case_numbers.tidy(typed)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2024-05-15", date(2024, 5, 15)),
        ("2024-05", date(2024, 5, 31)),
        ("senast maj 2024", date(2024, 5, 31)),
        ("28 februari 2025", date(2025, 2, 28)),
        ("februari", date(2024, 2, 29)),
        ("december", date(2023, 12, 31)),
        ("årsbokslut", date(2024, 1, 31)),
        ("i samband med årsanalysen", date(2024, 1, 31)),
        ("när det passar", None),
        ("2024-13", None),
        ("2024-02-30", None),
        ("30 februari 2025", None),
    ],
)
def test_due_dates_are_read_and_never_invented(words: str, day: date | None) -> None:
    assert due_dates.read(words, decided=date(2023, 5, 17)) == day


@pytest.mark.parametrize(
    ("one", "step", "other", "agrees"),
    [
        ("4096000", 0, "4100000", True),  # "4,1 miljoner" is rounded to a hundred thousand
        ("6912000", 0, "6192000", False),
        ("50", 0, "100", False),
        ("4050000", 0, "4100000", True),
        ("4049999", 0, "4100000", False),
    ],
)
def test_rounding_is_no_contradiction(one: str, step: int, other: str, agrees: bool) -> None:
    rounded_to = 100_000 if other == "4100000" else 0
    assert figures.agree(Decimal(one), step, Decimal(other), rounded_to) is agrees
