"""Dates as people write them."""

from datetime import date

import pytest

from samkraft.web import date_fields


@pytest.mark.parametrize(
    "text",
    ["2026-03-31", "20260331", "260331", "2026/3/31", "31/3 2026", "31.3.2026", "31-03-2026", "31 mars 2026",
     "31:e mars 2026", " 31  MARS 2026 "],
)  # fmt: skip
def test_a_date_is_read_however_it_is_written(text: str) -> None:
    assert date_fields.read(text) == date(2026, 3, 31)


@pytest.mark.parametrize(
    "text", ["", "snart", "31/3", "2026-02-30", "31 mats 2026", "2026331", "mars 2026", "2026-13-01", "1 1 1"]
)
def test_what_is_no_date_is_not_guessed(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - any reason why it is none
        date_fields.read(text)
