"""Small things that everything stands on: kronor, periods, organisation numbers, what the surroundings say."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.se import orgnr

from samkraft.project import configuration
from samkraft.values import kronor, organisation_number, wording
from samkraft.values.period import Period, day_in_stockholm
from samkraft.values.refusal import Reason, Refused


@pytest.mark.parametrize(
    ("typed", "ore"),
    [
        ("500 000", 50_000_000),
        ("500.000 kr", 50_000_000),
        ("13\u00a0056\u00a0000 kronor", 1_305_600_000),
        ("1 234,50", 123_450),
        ("0,5", 50),
        ("-200", -20_000),
        ("\u2212200", -20_000),
        ("42000000", 4_200_000_000),
    ],
)
def test_amounts_are_read_as_people_type_them(typed: str, ore: int) -> None:
    assert kronor.parse(typed) == ore


@pytest.mark.parametrize("typed", ["", "tolv", "1 2", "12 34", "1,234,5", "5 mnkr", "12,345", "1e6", "5 000 000 0"])
def test_what_is_no_amount_is_refused_not_guessed(typed: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the error carries what was typed, nothing more
        kronor.parse(typed)


@given(st.integers(min_value=-(10**15), max_value=10**15))
def test_what_is_written_can_be_read_back(ore: int) -> None:
    assert kronor.parse(kronor.in_words(ore)) == ore


def test_amounts_never_break_over_two_lines() -> None:
    assert kronor.in_words(1_305_600_000) == "13\u00a0056\u00a0000\u00a0kr"
    assert " " not in kronor.in_words(-1_305_600_050)


def test_the_last_day_is_outside_a_period_and_said_as_the_day_before() -> None:
    year = Period(date(2024, 1, 1), date(2025, 1, 1))
    assert date(2024, 12, 31) in year
    assert date(2025, 1, 1) not in year
    assert year.last_day == date(2024, 12, 31)
    assert date(2999, 1, 1) in Period(date(2024, 1, 1))


def test_a_period_cannot_end_before_it_starts() -> None:
    with pytest.raises(ValueError, match="ends after"):
        Period(date(2024, 1, 1), date(2024, 1, 1))


def test_an_evening_in_utc_can_be_the_next_day_in_sweden() -> None:
    assert day_in_stockholm(datetime(2024, 6, 30, 22, 30, tzinfo=UTC)) == date(2024, 7, 1)


@given(st.from_regex(r"[0-9]{10}", fullmatch=True))
def test_organisation_numbers_are_judged_as_another_implementation_does(digits: str) -> None:
    try:
        ours = organisation_number.tidy(digits)
    except ValueError:
        ours = ""
    # The other one takes any ten digits with a right check digit; a third digit below 2 is a person's number.
    theirs = digits if orgnr.is_valid(digits) and digits[2] >= "2" else ""
    assert ours == theirs


@pytest.mark.parametrize("number", ["202100-2114", "212000-1124", "202100-5521", "222000-2295", "232100-0255"])
def test_the_parties_own_numbers_are_right(number: str) -> None:
    assert organisation_number.in_words(organisation_number.tidy(number)) == number


def test_a_refusal_says_what_is_wrong_and_the_way_out() -> None:
    reason = Reason("no_room", "Det finns {left} kvar.", "Fyll på först.")
    assert str(Refused(reason, left="3 kr")) == "Det finns 3 kr kvar. Fyll på först."


GOOD = {
    "DATABASE_URL": "postgresql://samkraft_app@db.example/samkraft",
    "SAMKRAFT_SECRET_KEY": "x" * 50,
    "SAMKRAFT_HOSTS": "samkraft.example",
    "SAMKRAFT_SITE_URL": "https://samkraft.example",
}


def test_a_complete_configuration_is_safe_by_default() -> None:
    here = configuration.read(GOOD)
    assert (here.secure, here.demo, here.debug, here.as_owner) == (True, False, False, False)
    assert here.database["user"] == "samkraft_app"


@pytest.mark.parametrize(
    ("name", "value", "word"),
    [
        ("DATABASE_URL", "", "DATABASE_URL"),
        ("DATABASE_URL", "postgresql://x@y/", "vilken databas"),
        ("DATABASE_URL", "mysql://x", "går inte att läsa"),
        ("SAMKRAFT_SECRET_KEY", "", "SAMKRAFT_SECRET_KEY"),
        ("SAMKRAFT_SECRET_KEY", "short", "för kort"),
        ("SAMKRAFT_HOSTS", "", "SAMKRAFT_HOSTS"),
        ("SAMKRAFT_SITE_URL", "http://samkraft.example", "https://"),
    ],
)
def test_each_fault_in_the_surroundings_is_told_by_name(name: str, value: str, word: str) -> None:
    with pytest.raises(configuration.Misconfigured, match=word):
        configuration.read({**GOOD, name: value})


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(configuration.Misconfigured) as fault:
        configuration.read({})
    assert len(str(fault.value).splitlines()) == 4


def test_debug_needs_the_demo() -> None:
    assert configuration.read({**GOOD, "SAMKRAFT_DEBUG": "1"}).debug is False


def test_days_written_in_figures_are_said_in_words_in_running_text() -> None:
    assert (
        wording.days_in_words("Välja en tid, senast 2026-11-16.") == "Välja en tid, senast 16\u00a0november\u00a02026."
    )
    assert wording.days_in_words("2024-02-23 och 2024-13-40, KS-2024-02-231") == (
        "23\u00a0februari\u00a02024 och 2024-13-40, KS-2024-02-231"
    )
