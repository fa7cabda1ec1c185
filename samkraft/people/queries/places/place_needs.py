"""What a place coordinator should do something about: activities where the coming weeks' places will not cover those who wait."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from samkraft.offer.queries import catalogue
from samkraft.offer.rules import coverage
from samkraft.people.queries.places import place_lists
from samkraft.values.context import Context


@dataclass(frozen=True, slots=True)
class Short:
    """An activity that is short of so many places, and since when somebody has waited for one."""

    activity_id: UUID
    code: str
    name: str
    short: int
    oldest: datetime | None


def short(by: Context, *, today: date) -> list[Short]:
    """Those that the reader coordinates, the shortest of places first. Asked inside the reader's context."""
    mine = catalogue.activities(coordinated_by=by.membership_id, on=today)
    if not mine:
        return []
    waiting = {one.activity_id: one for one in place_lists.waiting(by)}
    free = {one.occasion_id: one.free for one in place_lists.numbers(by)}
    coming: dict[UUID, list[coverage.Coming]] = defaultdict(list)
    running = {one.id: one.start_form == "running" for one in mine}
    for one in catalogue.occasions(since=today):
        if one.activity_id in running and one.cancelled_at is None and one.id in free:
            goes_on = running[one.activity_id]
            if goes_on or one.starts_on > today:
                coming[one.activity_id].append(coverage.Coming(one.starts_on, free[one.id], goes_on))
    found = []
    for one in mine:
        line = waiting.get(one.id)
        lacking = coverage.short_of(line.waiting if line else 0, coming[one.id], today=today)
        if lacking:
            found.append(Short(one.id, one.code, one.name, lacking, line.oldest if line else None))
    return sorted(found, key=lambda row: -row.short)
