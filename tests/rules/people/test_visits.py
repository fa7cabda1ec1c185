"""What counts as the last visit."""

from datetime import UTC, datetime, timedelta

from samkraft.people.rules import visits

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


def ago(**how_long: float) -> datetime:
    return NOW - timedelta(**how_long)


def test_who_was_never_here_has_no_last_visit() -> None:
    assert visits.ended_before([], NOW) is None


def test_pages_opened_one_after_another_are_one_visit() -> None:
    """The visit goes on for as long as less than an hour lies between two pages, however long it is in all."""
    this_visit = [ago(minutes=50 * number) for number in range(1, 5)]
    assert visits.ended_before(this_visit, NOW) is None
    assert visits.ended_before([*this_visit, ago(days=2), ago(days=2, minutes=5)], NOW) == ago(days=2)


def test_an_hour_without_a_page_ends_the_visit() -> None:
    assert visits.ended_before([ago(hours=1)], NOW) == ago(hours=1)
    assert visits.ended_before([ago(minutes=59)], NOW) is None
