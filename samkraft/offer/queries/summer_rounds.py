"""Rounds of Ung i sommar as pages and the people's side read them. Nothing here is about a young person."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db.models import Count, Q

from samkraft.offer.models import (
    SummerHours,
    SummerPeriod,
    SummerPlace,
    SummerRound,
    SummerSeed,
    SummerSupervisor,
    SummerWage,
    SummerWorkplace,
)
from samkraft.offer.rules import summer_rounds as rules
from samkraft.offer.rules.summer_rounds import Form, Limits, SchoolYear, Strata
from samkraft.values.context import Context
from samkraft.values.period import Period


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """Whole weeks of a round, with how many places there are in them."""

    id: UUID
    number: int
    period: Period
    places: int

    @property
    def weeks(self) -> tuple[int, int]:
        """The first and the last ISO week."""
        return rules.week_numbers(self.period)


@dataclass(frozen=True, slots=True)
class SeedRow:
    """What was said beforehand about the seed."""

    source: str
    fingerprint: str
    published_at: datetime
    published_by: str


@dataclass(frozen=True, slots=True)
class RoundRow:
    """A round with its periods."""

    id: UUID
    code: str
    name: str
    form: Form
    area_id: UUID
    organisation_id: UUID
    organisation_name: str
    led_membership_id: UUID
    opens: datetime
    closes: datetime
    limits: Limits
    strata: Strata
    answer_days: int
    priority_places: int
    periods: tuple[PeriodRow, ...]
    seed: SeedRow | None

    @property
    def first_day(self) -> date:
        """The first Monday."""
        return min(one.period.start_date for one in self.periods)

    @property
    def places(self) -> int:
        """Places in all."""
        return sum(one.places for one in self.periods)

    @property
    def school_years(self) -> tuple[SchoolYear, ...]:
        """Those who may apply, in the order of school."""
        return tuple(one for one in SchoolYear if one.value in self.limits.school_years)


@dataclass(frozen=True, slots=True)
class HoursRow:
    """A weekday's hours at a workplace; Monday is 1."""

    weekday: int
    starts: time
    ends: time
    break_minutes: int


@dataclass(frozen=True, slots=True)
class SupervisorRow:
    """Somebody who looks after young people at a workplace. `checked_at` None: no register check has been seen."""

    id: UUID
    membership_id: UUID
    name: str
    period: Period
    checked_at: datetime | None
    checked_by: str | None


@dataclass(frozen=True, slots=True)
class WorkplaceRow:
    """A workplace with its hours, supervisors and places by period."""

    id: UUID
    round_id: UUID
    name: str
    organisation_name: str
    street: str
    district: str
    does: str
    tasks: tuple[str, ...]
    least_age: int
    hours: tuple[HoursRow, ...]
    supervisors: tuple[SupervisorRow, ...]
    places: dict[UUID, int]


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One place: a workplace in a period."""

    id: UUID
    workplace_id: UUID
    period_id: UUID
    number: int


@dataclass(frozen=True, slots=True)
class WageRow:
    """What an hour is paid from an age."""

    from_age: int
    hourly_ore: int
    source: str


def listed(*, area_id: UUID | None = None) -> list[RoundRow]:
    """All rounds, or an area's own; the latest first."""
    found = SummerRound.objects.select_related("organisation").order_by("-applying", "code")
    return _rows(found.filter(area_id=area_id) if area_id else found)


def has_any(area_id: UUID) -> bool:
    """Whether an area has, or has had, a round of its own."""
    return SummerRound.objects.filter(area_id=area_id).exists()


def by_code(code: str) -> RoundRow | None:
    """The round with this address."""
    return next(iter(_rows(SummerRound.objects.select_related("organisation").filter(code=code))), None)


def one(round_id: UUID) -> RoundRow:
    """The round. Raises LookupError when there is none."""
    found = _rows(SummerRound.objects.select_related("organisation").filter(id=round_id))
    if not found:
        raise LookupError(f"no round {round_id}")
    return found[0]


def workplaces(round_id: UUID) -> list[WorkplaceRow]:
    """The round's workplaces by name. Four statements."""
    return _workplaces(SummerWorkplace.objects.filter(round_id=round_id))


def supervised(by: Context, *, on: date) -> list[WorkplaceRow]:
    """The workplaces where the asker supervises on a day, or will or did within the supervision's time."""
    mine = SummerSupervisor.objects.filter(membership_id=by.membership_id, period__contains=on)
    return _workplaces(SummerWorkplace.objects.filter(id__in=mine.values("workplace_id")))


def places(round_id: UUID) -> list[PlaceRow]:
    """Every place that is not withdrawn, by workplace, period and number."""
    found = SummerPlace.objects.filter(period__round_id=round_id, is_withdrawn=False)
    ordered = found.order_by("workplace__name", "period__number", "number")
    return [PlaceRow(row.id, row.workplace_id, row.period_id, row.number) for row in ordered]


def wages(round_id: UUID) -> list[WageRow]:
    """The wages by age, the lowest age first."""
    found = SummerWage.objects.filter(round_id=round_id).order_by("from_age")
    return [WageRow(row.from_age, row.hourly_ore, row.source) for row in found]


def _rows(found: Iterable[SummerRound]) -> list[RoundRow]:
    rounds = list(found)
    ids = [row.id for row in rounds]
    periods: dict[UUID, list[PeriodRow]] = {}
    counted = SummerPeriod.objects.filter(round_id__in=ids).annotate(
        many=Count("places", filter=Q(places__is_withdrawn=False))
    )
    for row in counted.order_by("number"):
        periods.setdefault(row.round_id, []).append(
            PeriodRow(row.id, row.number, Period(row.period.lower, row.period.upper), row.many)
        )
    seeds = {
        row.round_id: SeedRow(row.source, row.fingerprint, row.published_at, row.published_by)
        for row in SummerSeed.objects.filter(round_id__in=ids)
    }
    return [
        RoundRow(
            row.id, row.code, row.name, Form(row.form), row.area_id, row.organisation_id, row.organisation.name,
            row.led_membership_id, row.applying.lower, row.applying.upper,
            Limits(row.born_from, row.born_to, frozenset(row.school_years)), Strata(row.strata), row.answer_days,
            row.priority_places, tuple(periods.get(row.id, ())), seeds.get(row.id),
        )
        for row in rounds
    ]  # fmt: skip


def _workplaces(found: Iterable[SummerWorkplace]) -> list[WorkplaceRow]:
    rows = list(found.select_related("organisation").order_by("name"))  # type: ignore[attr-defined]  # a query set
    ids = [row.id for row in rows]
    hours: dict[UUID, list[HoursRow]] = {}
    for day in SummerHours.objects.filter(workplace_id__in=ids).order_by("weekday"):
        hours.setdefault(day.workplace_id, []).append(HoursRow(day.weekday, day.starts, day.ends, day.break_minutes))
    supervisors: dict[UUID, list[SupervisorRow]] = {}
    for who in SummerSupervisor.objects.filter(workplace_id__in=ids).select_related("membership__user").order_by("id"):
        supervisors.setdefault(who.workplace_id, []).append(
            SupervisorRow(
                who.id, who.membership_id, who.membership.user.name, Period(who.period.lower, who.period.upper),
                who.checked_at, who.checked_by,
            )
        )  # fmt: skip
    counts: dict[UUID, dict[UUID, int]] = {}
    there = SummerPlace.objects.filter(workplace_id__in=ids, is_withdrawn=False).values("workplace_id", "period_id")
    for line in there.annotate(many=Count("id")).order_by("workplace_id", "period_id"):
        counts.setdefault(line["workplace_id"], {})[line["period_id"]] = line["many"]
    return [
        WorkplaceRow(
            row.id, row.round_id, row.name, row.organisation.name, row.street, row.district, row.does, tuple(row.tasks),
            row.least_age, tuple(hours.get(row.id, ())), tuple(supervisors.get(row.id, ())), counts.get(row.id, {}),
        )
        for row in rows
    ]  # fmt: skip
