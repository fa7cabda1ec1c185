"""Days, weeks and years. Upper bounds of periods are exclusive."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

STOCKHOLM = ZoneInfo("Europe/Stockholm")


@dataclass(frozen=True, slots=True)
class Period:
    """From a first day up to, but not including, an end day. No end means that it goes on."""

    start_date: date
    end_date: date | None = None

    def __post_init__(self) -> None:
        if self.end_date is not None and self.end_date <= self.start_date:
            raise ValueError("a period ends after it starts")

    def __contains__(self, day: date) -> bool:
        return self.start_date <= day and (self.end_date is None or day < self.end_date)

    @property
    def last_day(self) -> date | None:
        """The last day that belongs to the period, as people say it."""
        return None if self.end_date is None else self.end_date - timedelta(days=1)


def year(number: int) -> Period:
    """A calendar year."""
    return Period(date(number, 1, 1), date(number + 1, 1, 1))


def day_in_stockholm(instant: datetime) -> date:
    """The calendar day in Sweden of an aware instant."""
    return instant.astimezone(STOCKHOLM).date()
