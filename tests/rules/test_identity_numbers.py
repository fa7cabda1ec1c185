"""Identity numbers: what is read, what is refused and why, held against two other implementations.

No whole number stands here: check digits are worked out, so that nobody's number is ever committed.
"""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from personnummer import personnummer
from stdnum.se import personnummer as stdnum_personnummer

from samkraft.values import identity_number
from samkraft.values.identity_number import IdentityNumber, Kind, Sex
from samkraft.values.refusal import Refused

TODAY = date(2026, 11, 22)


def whole(front: str, birth_number: str) -> str:
    """Twelve digits, the last one worked out."""
    ten = next(
        f"{front[-6:]}{birth_number}{last}"
        for last in range(10)
        if identity_number.is_check_digit_right(f"{front[-6:]}{birth_number}{last}")
    )
    return front[:2] + ten if len(front) == 8 else ten


def refusal(text: str, today: date = TODAY) -> str:
    with pytest.raises(Refused) as caught:
        identity_number.read(text, today)
    assert str(caught.value), "the reason can be said in words"
    return caught.value.reason.code


births = st.dates(date(1927, 1, 1), TODAY)
birth_numbers = st.integers(1, 999).map(lambda number: f"{number:03}")


@given(births, birth_numbers)
def test_a_personnummer_is_read_alike_with_twelve_digits_ten_digits_and_a_hyphen(day: date, number: str) -> None:
    twelve = whole(f"{day:%Y%m%d}", number)
    read = {
        identity_number.read(text, TODAY)
        for text in (twelve, f"{twelve[:8]}-{twelve[8:]}", twelve[2:], f" {twelve[2:8]} - {twelve[8:]} ")
    }
    assert read == {IdentityNumber(twelve)}
    (only,) = read
    assert (only.kind, only.birth_date) == (Kind.PERSONAL, day)
    assert identity_number.in_words(only, TODAY) == f"{twelve[2:8]}-{twelve[8:]}"


@given(st.dates(date(1902, 1, 1), date(2020, 12, 31)), birth_numbers)
def test_two_other_implementations_agree_about_personnummer(day: date, number: str) -> None:
    twelve = whole(f"{day:%Y%m%d}", number)
    ours = identity_number.read(twelve, TODAY)
    theirs = personnummer.Personnummer(twelve)
    assert (theirs.is_male(), theirs.is_coordination_number()) == (ours.sex is Sex.MAN, False)
    short = f"{twelve[2:8]}{'+' if TODAY.year - day.year >= 100 else '-'}{twelve[8:]}"
    assert identity_number.in_words(ours, TODAY) == short
    assert identity_number.read(short, TODAY) == ours
    assert stdnum_personnummer.is_valid(short)
    assert stdnum_personnummer.get_gender(short) == ("M" if ours.sex is Sex.MAN else "F")


@given(births, birth_numbers, st.integers(0, 9))
def test_one_wrong_check_digit_is_refused_by_all_three(day: date, number: str, other: int) -> None:
    twelve = whole(f"{day:%Y%m%d}", number)
    wrong = f"{twelve[:-1]}{other}"
    if wrong == twelve:
        assert identity_number.read(wrong, TODAY)
        return
    assert refusal(wrong) == "identity_number_wrong_check_digit"
    assert not personnummer.valid(wrong)
    assert not stdnum_personnummer.is_valid(f"{wrong[2:8]}-{wrong[8:]}")


@given(births.filter(lambda day: day < date(2026, 1, 1)), birth_numbers)
def test_a_samordningsnummer_has_sixty_added_to_its_day(day: date, number: str) -> None:
    twelve = whole(f"{day:%Y%m}{day.day + 60:02}", number)
    read = identity_number.read(twelve, TODAY)
    assert (read.kind, read.birth_date, read.sex) == (Kind.COORDINATION, day, Sex.MAN if int(number) % 2 else Sex.WOMAN)
    assert personnummer.Personnummer(twelve).is_coordination_number()
    assert not stdnum_personnummer.is_valid(f"{twelve[2:8]}-{twelve[8:]}"), "stdnum knows no samordningsnummer"


@pytest.mark.parametrize("front", ["19800060", "19800071", "19800360", "19990091"])
def test_a_date_of_birth_that_is_not_fully_known_is_accepted_where_the_packages_refuse_it(front: str) -> None:
    twelve = whole(front, "238")
    read = identity_number.read(twelve, TODAY)
    assert (read.kind, read.birth_date, read.birth_year, read.sex) == (
        Kind.COORDINATION,
        None,
        int(front[:4]),
        Sex.WOMAN,
    )
    assert not personnummer.valid(twelve)


def test_a_plus_sign_means_a_century_more() -> None:
    ten = whole("260101", "239")
    assert identity_number.read(f"{ten[:6]}+{ten[6:]}", TODAY).birth_year == 1926
    assert identity_number.read(f"{ten[:6]}-{ten[6:]}", TODAY).birth_year == 2026
    assert identity_number.read(ten, TODAY).birth_year == 2026
    young = whole("270101", "239")
    assert identity_number.read(f"{young[:6]}-{young[6:]}", TODAY).birth_year == 1927
    oldest = IdentityNumber(whole("19270101", "239"))
    assert "+" not in identity_number.in_words(oldest, TODAY)
    assert "+" in identity_number.in_words(oldest, date(2027, 1, 1)), "from the year in which the person turns 100"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "not_a_number"),
        ("Anna Andersson", "not_a_number"),
        ("8112–18–9876", "not_a_number"),
        ("１９８１１２１８９８７６", "not_a_number"),
        ("811218", "wrong_length"),
        ("811218-98", "not_a_number"),
        ("198112189", "wrong_length"),
        ("1981121898760", "wrong_length"),
        ("811218T123", "temporary"),
        ("811218-T123", "temporary"),
        ("19811218A12B", "temporary"),
        ("212000-1124", "of_an_organisation"),
        ("162120001124", "of_an_organisation"),
        ("19812301-2345", "no_such_day"),
        ("19810230-1233", "no_such_day"),
        ("19811300-1234", "no_such_day"),
        ("19810001-1234", "no_such_day"),
        ("19810292-1234", "no_such_day"),
        ("19811200-1234", "no_such_day"),
        ("20261123-1234", "not_born_yet"),
        ("261123-1234", "not_born_yet"),
        ("20990101-1234", "not_born_yet"),
        ("18121212-1212", "wrong_century"),
        ("19811218+1234", "wrong_century"),
        ("198112180004", "birth_number_never_used"),
        ("198112189875", "wrong_check_digit"),
    ],
)  # fmt: skip
def test_each_fault_has_a_reason_of_its_own(text: str, code: str) -> None:
    assert refusal(text).removeprefix("identity_number_") == code


def test_the_twenty_ninth_of_february_is_there_every_fourth_year_only() -> None:
    assert identity_number.read(whole("19840229", "238"), TODAY).birth_date == date(1984, 2, 29)
    assert refusal(whole("19830229", "238")) == "identity_number_no_such_day"
    assert refusal(whole("19830289", "238")) == "identity_number_no_such_day"


def test_a_number_follows_only_a_samordningsnummer() -> None:
    coordination, personal = IdentityNumber(whole("19800373", "238")), IdentityNumber(whole("19800313", "238"))
    assert identity_number.why_not_succeed(coordination, personal) is None
    for old, new in ((personal, coordination), (personal, personal), (coordination, coordination)):
        assert identity_number.why_not_succeed(old, new) is identity_number.NOT_A_SUCCESSOR


@given(st.text(max_size=20))
def test_whatever_is_typed_is_read_or_refused(text: str) -> None:
    with suppress(Refused):  # anything else that is raised is a fault
        assert identity_number.read(text, TODAY)


def test_a_number_does_not_show_itself_in_a_log() -> None:
    number = IdentityNumber(whole("19800313", "238"))
    assert not any(digit.isdigit() for digit in f"{number} {number!r} {[number]}")


def test_a_plus_sign_in_a_whole_number_must_be_true() -> None:
    for year, is_true in ((1926, True), (1927, False)):
        twelve = whole(f"{year}0101", "239")
        text = f"{twelve[:8]}+{twelve[8:]}"
        if is_true:
            assert identity_number.read(text, TODAY).birth_year == year
        else:
            assert refusal(text) == "identity_number_wrong_century"


def test_who_is_born_today_has_been_born() -> None:
    twelve = whole(f"{TODAY:%Y%m%d}", "238")
    assert identity_number.read(twelve, TODAY).birth_date == TODAY
    assert refusal(twelve, TODAY - timedelta(days=1)) == "identity_number_not_born_yet"
