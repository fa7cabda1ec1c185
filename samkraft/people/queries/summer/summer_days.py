"""The summer day by day: what is planned, pressed and attested."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from samkraft.offer.rules.working_time import Shift
from samkraft.people.models import SummerAttest, SummerPunch, SummerShift
from samkraft.people.rules.summer import summer_places as rules
from samkraft.people.rules.summer.summer_places import Pressed
from samkraft.values.period import STOCKHOLM, day_in_stockholm


@dataclass(frozen=True, slots=True)
class Attested:
    """A day as it was last attested. `minutes` None in a programme."""

    placement_id: UUID
    day: date
    was_there: bool
    minutes: int | None
    absence: str
    attested_at: datetime
    attested_by: str
    version: int


@dataclass(frozen=True, slots=True)
class Day:
    """One day of a placement. `suggested` is what the supervisor is shown to attest, in minutes."""

    day: date
    shift: Shift | None
    pressed: tuple[Pressed, ...]
    attested: Attested | None

    @property
    def is_in(self) -> bool:
        """Whether somebody is checked in and not out."""
        return rules.is_forgotten(self.pressed)

    @property
    def suggested(self) -> int:
        """Minutes from in to out, less the planned break."""
        return rules.suggested_minutes(self.pressed, self.shift)


def attested(round_id: UUID, *, through: date | None = None) -> list[Attested]:
    """The latest word about each day of each placement of a round."""
    found = SummerAttest.objects.filter(round_id=round_id)
    return _latest(found.filter(day__lte=through) if through else found)


def of_placements(placement_ids: Iterable[UUID], *, first: date, last: date) -> dict[UUID, list[Day]]:
    """Each placement's days between two days (both included) that have anything planned, pressed or attested."""
    ids = list(placement_ids)
    begins = datetime.combine(first, datetime.min.time(), STOCKHOLM)
    ends = datetime.combine(last + timedelta(days=1), datetime.min.time(), STOCKHOLM)
    shifts: dict[tuple[UUID, date], Shift] = {}
    planned = SummerShift.objects.filter(
        placement_id__in=ids, is_cancelled=False, hours__startswith__gte=begins, hours__startswith__lt=ends
    )
    for row in planned.order_by("hours"):
        key = (row.placement_id, day_in_stockholm(row.hours.lower))
        shifts[key] = Shift(row.hours.lower, row.hours.upper, row.break_minutes)
    pressed: dict[tuple[UUID, date], list[Pressed]] = {}
    for press in SummerPunch.objects.filter(placement_id__in=ids, pressed_at__gte=begins, pressed_at__lt=ends).order_by(
        "pressed_at"
    ):
        pressed.setdefault((press.placement_id, day_in_stockholm(press.pressed_at)), []).append(
            Pressed(press.is_in, press.pressed_at)
        )
    told = {
        (one.placement_id, one.day): one
        for one in _latest(SummerAttest.objects.filter(placement_id__in=ids, day__gte=first, day__lte=last))
    }
    made: dict[UUID, list[Day]] = {one: [] for one in ids}
    for key in sorted(set(shifts) | set(pressed) | set(told), key=lambda one: (one[1], str(one[0]))):
        made[key[0]].append(Day(key[1], shifts.get(key), tuple(pressed.get(key, ())), told.get(key)))
    return made


def _latest(found: Iterable[SummerAttest]) -> list[Attested]:
    latest: dict[tuple[UUID, date], SummerAttest] = {}
    for row in found.order_by("day", "placement_id", "version"):  # type: ignore[attr-defined]  # a query set
        latest[row.placement_id, row.day] = row
    return [
        Attested(
            row.placement_id, row.day, row.was_there, row.minutes, row.absence, row.attested_at, row.attested_by,
            row.version,
        )
        for row in latest.values()
    ]  # fmt: skip
