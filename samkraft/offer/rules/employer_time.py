"""How much of a team's time goes to employers, as its members note it week by week. The target is a quarter.

The share is minutes for employers of minutes worked, over the weeks that somebody has noted; a week that nobody has noted is
not a week without employers, so it counts neither above nor below.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from samkraft.values.refusal import Reason
from samkraft.values.wording import phrase

Key = TypeVar("Key", bound=Hashable)
TARGET = 0.25
FULL_WEEK = 40 * 60
WEEKS_BACK = 8


class TimeKind(StrEnum):
    """What the time went to."""

    VISITS = "visits"
    CONTACTS = "contacts"
    RECRUITMENT = "recruitment"
    PLACEMENTS = "placements"


TIME_NAMES = {
    TimeKind.VISITS: phrase("Besök"),
    TimeKind.CONTACTS: phrase("Telefon och e-post"),
    TimeKind.RECRUITMENT: phrase("Rekrytering och matchning"),
    TimeKind.PLACEMENTS: phrase("Praktik och uppföljning"),
}

NOT_A_MONDAY = Reason("employer_time_monday", phrase("Veckan börjar på en måndag."), phrase("Välj en vecka i listan."))
TOO_EARLY = Reason(
    "employer_time_ahead", phrase("Den veckan har inte börjat."), phrase("Välj en vecka som har börjat.")
)
TOO_LATE = Reason(
    "employer_time_long_ago",
    phrase("Den veckan är för länge sedan."),
    phrase("Noteringar görs högst åtta veckor bakåt."),
)
MORE_THAN_WORKED = Reason(
    "employer_time_more_than_worked",
    phrase("Det är mer tid med arbetsgivare än du arbetade den veckan."),
    phrase("Rätta timmarna, eller hur många timmar du arbetade."),
)
BAD_HOURS = Reason("employer_time_hours", phrase("Timmarna ska vara mellan 0 och 60."), phrase("Rätta dem."))
NOT_IN_TEAM = Reason("employer_time_team", phrase("Du är inte med i det teamet."), phrase("Välj ditt eget team."))


@dataclass(frozen=True, slots=True)
class Week:
    """One member's week: whose area and team, the Monday, minutes worked and minutes for each kind."""

    team_id: UUID
    area_id: UUID
    monday: date
    worked: int
    minutes: Mapping[TimeKind, int]

    @property
    def spent(self) -> int:
        """Minutes for employers, of every kind."""
        return sum(self.minutes.values())


@dataclass(frozen=True, slots=True)
class Share:
    """What was noted for a group: minutes for employers of minutes worked, over so many members' weeks."""

    worked: int
    spent: int
    weeks: int
    by_kind: Mapping[TimeKind, int]

    @property
    def share(self) -> float | None:
        """None when nothing was worked: then there is no share."""
        return self.spent / self.worked if self.worked else None

    @property
    def is_enough(self) -> bool:
        """Whether the target is met."""
        return self.share is not None and self.share >= TARGET


def monday_of(day: date) -> date:
    """The Monday of the week."""
    return day - timedelta(days=day.weekday())


def month_of(monday: date) -> date:
    """The first day of the month that a week is counted in: that of its Thursday, as weeks are numbered."""
    return (monday + timedelta(days=3)).replace(day=1)


def why_not_note(*, monday: date, worked: int, minutes: Mapping[TimeKind, int], today: date) -> Reason | None:
    """None when a week can be noted so."""
    if monday.weekday() != 0:
        return NOT_A_MONDAY
    if monday > today:
        return TOO_EARLY
    if monday < monday_of(today) - timedelta(weeks=WEEKS_BACK):
        return TOO_LATE
    if any(not 0 <= one <= 60 * 60 for one in (worked, *minutes.values())):
        return BAD_HOURS
    return MORE_THAN_WORKED if sum(minutes.values()) > worked else None


def shares(weeks: Iterable[Week], of: Callable[[Week], Key]) -> dict[Key, Share]:
    """The share of each group, by what `of` makes of a week."""
    groups: dict[Key, list[Week]] = defaultdict(list)
    for one in weeks:
        groups[of(one)].append(one)
    return {key: _share(found) for key, found in groups.items()}


def _share(weeks: list[Week]) -> Share:
    return Share(
        sum(one.worked for one in weeks),
        sum(one.spent for one in weeks),
        len(weeks),
        {kind: sum(one.minutes.get(kind, 0) for one in weeks) for kind in TimeKind},
    )
