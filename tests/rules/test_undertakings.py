"""The arithmetic of promised staff, and periods of initiatives."""

from datetime import date

from samkraft.initiatives.rules import undertakings
from samkraft.initiatives.rules.undertakings import Staff
from samkraft.operations.world import undertaken


def test_the_parties_promised_42_people_and_1158_person_months() -> None:
    assert undertakings.staff_of((one.heads, one.months) for one in undertaken.STAFF) == Staff(42, 1_158)


def test_each_employer_promised_what_the_application_says() -> None:
    by_employer: dict[str, list[tuple[int, int]]] = {}
    for one in undertaken.STAFF:
        by_employer.setdefault(one.employer, []).append((one.heads, one.months))
    sums = {employer: undertakings.staff_of(promises) for employer, promises in by_employer.items()}
    assert sums == {
        "af": Staff(13, 360),
        "malmo": Staff(22, 600),
        "region-skane": Staff(2, 60),
        "fk": Staff(3, 84),
        "asn": Staff(1, 30),
        "gvn": Staff(1, 24),
    }


def test_an_initiative_may_end_the_day_it_starts_but_not_before() -> None:
    day = date(2024, 1, 1)
    assert undertakings.why_not_period(day, day) is None
    assert undertakings.why_not_period(day, date(2023, 12, 31)) is undertakings.ENDS_BEFORE_START
    assert undertakings.why_not_period(None, day) is None
    assert undertakings.why_not_period(day, None) is None
