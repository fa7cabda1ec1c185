"""Rounds of Ung i sommar: planned, with a seed said beforehand, workplaces with places and hours, supervisors, wages."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from uuid import UUID, uuid4

from django.db import DatabaseError, IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange
from django.utils import timezone

from samkraft.audit.actions import trail, transactions
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
from samkraft.offer.rules import working_time
from samkraft.offer.rules.summer_rounds import Form, SchoolYear, Strata
from samkraft.partners.queries import colleagues
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.values.context import Context
from samkraft.values.period import Period
from samkraft.values.refusal import Refused

KIND = "offer.summer_round"
MOST_PLACES = 500


@dataclass(frozen=True, slots=True)
class RoundDraft:
    """A round as it is planned. `weeks` are (year, first, last) ISO weeks for each period."""

    code: str
    name: str
    form: Form
    opens: datetime
    closes: datetime
    weeks: tuple[tuple[int, int, int], ...]
    born_from: int
    born_to: int
    school_years: tuple[SchoolYear, ...] = tuple(SchoolYear)
    strata: Strata = Strata.NONE
    answer_days: int = 5
    priority_places: int = 0


@dataclass(frozen=True, slots=True)
class WorkplaceDraft:
    """A workplace: what is done there, the hours of its weekdays (weekday, starts, ends, break), places by period."""

    name: str
    organisation_id: UUID
    area_id: UUID
    does: str
    places: dict[int, int]
    hours: tuple[tuple[int, time, time, int], ...]
    street: str = ""
    district: str = ""
    tasks: frozenset[str] = field(default_factory=frozenset)
    least_age: int = 15


def plan(*, by: Context, draft: RoundDraft, at: datetime | None = None) -> UUID:
    """A new round in the own area, led by whoever plans it. Raises Refused for what cannot be as it is said."""
    access.require(by, Permission.RUN_SUMMER)
    periods = [_weeks(*one) for one in draft.weeks]
    if not draft.name.strip():
        raise Refused(rules.NO_NAME)
    if not periods or rules.overlapping(periods):
        raise Refused(rules.OVERLAPPING)
    first_day = min(one.start_date for one in periods)
    if reason := rules.why_not_plan(draft.opens, draft.closes, draft.born_from, draft.born_to, first_day):
        raise Refused(reason)
    with transactions.write(by):
        made = SummerRound(
            id=uuid4(), code=draft.code, name=" ".join(draft.name.split()), form=draft.form.value, area_id=by.area_id,
            organisation_id=by.organisation_id, led_membership_id=by.membership_id,
            applying=DateTimeTZRange(draft.opens, draft.closes), born_from=draft.born_from, born_to=draft.born_to,
            school_years=[one.value for one in draft.school_years], strata=draft.strata.value,
            answer_days=draft.answer_days, priority_places=draft.priority_places,
        )  # fmt: skip
        try:
            with transaction.atomic():
                made.save(force_insert=True)
        except IntegrityError as error:
            raise Refused(rules.NAME_TAKEN) from error
        for number, period in enumerate(sorted(periods, key=lambda one: one.start_date), 1):
            SummerPeriod.objects.create(round=made, number=number, period=DateRange(period.start_date, period.end_date))
        _record(by, at, "summer.plan", made, form=draft.form.value, periods=len(periods))
        return made.id


def publish_seed(
    *, by: Context, round_id: UUID, source: str, fingerprint: str = "", at: datetime | None = None
) -> None:
    """Say, before applications close, where the seed will come from: a source of a later day, or a seed's fingerprint."""
    access.require(by, Permission.RUN_SUMMER)
    at = at or timezone.now()
    fingerprint = fingerprint.strip().lower()
    if fingerprint and (len(fingerprint) != 64 or set(fingerprint) - set("0123456789abcdef")):
        raise Refused(rules.BAD_FINGERPRINT)
    if not source.strip():
        raise Refused(rules.NO_SEED)
    with transactions.write(by):
        held = locked_within(by, round_id)
        if at >= held.applying.upper:
            raise Refused(rules.SEED_AFTER_OPENING)
        if SummerSeed.objects.filter(round=held).exists():
            raise Refused(rules.SEED_PUBLISHED)
        SummerSeed.objects.create(
            round=held, source=source.strip(), fingerprint=fingerprint, published_at=at, published_by=by.actor_name
        )
        _record(by, at, "summer.publish_seed", held, source=source.strip(), fingerprint=fingerprint)


def add_workplace(*, by: Context, round_id: UUID, draft: WorkplaceDraft, at: datetime | None = None) -> UUID:
    """A workplace with its hours and places. A body may lend several; each has a name of its own in the round."""
    access.require(by, Permission.RUN_SUMMER)
    if unknown := draft.tasks - working_time.TASK_NAMES.keys():
        raise ValueError(f"unknown tasks: {sorted(unknown)}")
    if any(starts >= ends for _weekday, starts, ends, _break in draft.hours):
        raise Refused(rules.HOURS_OUT_OF_ORDER)
    if not any(draft.places.values()):
        raise Refused(rules.NO_PLACES)
    with transactions.write(by):
        held = locked_within(by, round_id)
        made = SummerWorkplace(
            id=uuid4(), round=held, organisation_id=draft.organisation_id, area_id=draft.area_id, name=draft.name,
            street=draft.street, district=draft.district, does=draft.does, tasks=sorted(draft.tasks),
            least_age=draft.least_age,
        )  # fmt: skip
        try:
            with transaction.atomic():
                made.save(force_insert=True)
        except IntegrityError as error:
            raise Refused(rules.NAME_TAKEN) from error
        for weekday, starts, ends, pause in draft.hours:
            SummerHours.objects.create(workplace=made, weekday=weekday, starts=starts, ends=ends, break_minutes=pause)
        for period in SummerPeriod.objects.filter(round=held):
            _places_within(made, period, draft.places.get(period.number, 0))
        _record(by, at, "summer.add_workplace", held, workplace=made.id, places=sum(draft.places.values()))
        return made.id


def change_places(
    *,
    by: Context,
    workplace_id: UUID,
    period_id: UUID,
    places: int,
    held_numbers: Sequence[int],
    at: datetime | None = None,
) -> None:
    """As many places as said in a period. `held_numbers` are those that are somebody's: it cannot become fewer."""
    access.require(by, Permission.RUN_SUMMER)
    with transactions.write(by):
        workplace = SummerWorkplace.objects.get(id=workplace_id)
        held = locked_within(by, workplace.round_id)
        if places < len(held_numbers):
            raise Refused(rules.FEWER_THAN_HELD, held=len(held_numbers))
        period = SummerPeriod.objects.get(id=period_id, round=held)
        rows = list(SummerPlace.objects.filter(workplace=workplace, period=period).order_by("number"))
        keep = set(held_numbers)
        for row in rows:
            if len(keep) < places:
                keep.add(row.number)
        for row in rows:
            if row.is_withdrawn != (row.number not in keep):
                _withdraw_within(row.id, is_withdrawn=row.number not in keep)
        _places_within(workplace, period, max(len(rows), len(rows) + places - len(keep)))
        _record(by, at, "summer.change_places", held, workplace=workplace_id, places=places)


def withdraw_all_within(*, by: Context, workplace_id: UUID, period_id: UUID, at: datetime) -> int:
    """No places at a workplace in a period from now on, inside the transaction of the action that has ended what was there.

    The database refuses when one of them is still somebody's. Returns how many places it was.
    """
    workplace = SummerWorkplace.objects.get(id=workplace_id)
    held = locked_within(by, workplace.round_id)
    rows = SummerPlace.objects.filter(workplace=workplace, period_id=period_id, period__round=held, is_withdrawn=False)
    ids = list(rows.values_list("id", flat=True))
    for one in ids:
        _withdraw_within(one, is_withdrawn=True)
    _record(by, at, "summer.withdraw_places", held, workplace=workplace_id, period=period_id, places=len(ids))
    return len(ids)


def add_supervisor(
    *,
    by: Context,
    workplace_id: UUID,
    membership_id: UUID,
    start_date: date,
    last_day: date,
    at: datetime | None = None,
) -> UUID:
    """Somebody of the workplace's body who looks after the young people there. Not in force for a minor until checked."""
    access.require(by, Permission.RUN_SUMMER)
    with transactions.write(by):
        workplace = SummerWorkplace.objects.get(id=workplace_id)
        held = locked_within(by, workplace.round_id)
        who = colleagues.one(membership_id)
        if who is None or who.area_id != workplace.area_id:
            raise Refused(rules.NOT_YOUR_ROUND)
        made = SummerSupervisor.objects.create(
            workplace=workplace, membership_id=membership_id,
            period=DateRange(start_date, date.fromordinal(last_day.toordinal() + 1)),
        )  # fmt: skip
        _record(by, at, "summer.add_supervisor", held, workplace=workplace_id, membership=membership_id)
        return made.id


def check_supervisor(*, by: Context, supervisor_id: UUID, at: datetime | None = None) -> None:
    """Note that the extract from the criminal register has been seen. The extract itself is not kept."""
    access.require(by, Permission.RUN_SUMMER)
    at = at or timezone.now()
    with transactions.write(by):
        row = SummerSupervisor.objects.select_related("workplace").get(id=supervisor_id)
        held = locked_within(by, row.workplace.round_id)
        SummerSupervisor.objects.filter(id=row.id, checked_at=None).update(checked_at=at, checked_by=by.actor_name)
        _record(by, at, "summer.check_supervisor", held, supervisor=supervisor_id)


def set_wage(
    *, by: Context, round_id: UUID, from_age: int, hourly_ore: int, source: str, at: datetime | None = None
) -> None:
    """What an hour is paid from an age (that which is turned in the year), with where it was decided."""
    access.require(by, Permission.RUN_SUMMER)
    at = at or timezone.now()
    if from_age not in rules.AGES or not rules.LEAST_WAGE_ORE <= hourly_ore <= rules.MOST_WAGE_ORE:
        raise Refused(rules.WAGE_OUT_OF_RANGE)
    if not source.strip():
        raise Refused(rules.WAGE_WITHOUT_SOURCE)
    with transactions.write(by):
        held = locked_within(by, round_id)
        if SummerWage.objects.filter(round=held, from_age=from_age).exists():
            raise Refused(rules.WAGE_SET, age=from_age)
        SummerWage.objects.create(
            round=held, from_age=from_age, hourly_ore=hourly_ore, source=source, decided_at=at, decided_by=by.actor_name
        )
        _record(by, at, "summer.set_wage", held, from_age=from_age, hourly_ore=hourly_ore)


def locked_within(by: Context, round_id: UUID) -> SummerRound:
    """The round of the own area, locked. Inside a transaction. Raises Refused when it is another area's or none."""
    held = SummerRound.objects.select_for_update().filter(id=round_id, area_id=by.area_id).first()
    if held is None:
        raise Refused(rules.NOT_YOUR_ROUND)
    return held


def _weeks(year: int, first: int, last: int) -> Period:
    found = rules.weeks(year, first, last)
    if found is None:
        raise Refused(rules.NOT_WHOLE_WEEKS, year=year, first=first, last=last)
    return found


def _places_within(workplace: SummerWorkplace, period: SummerPeriod, many: int) -> None:
    """Inside the transaction: rows up to this many."""
    there = SummerPlace.objects.filter(workplace=workplace, period=period).count()
    SummerPlace.objects.bulk_create(
        SummerPlace(workplace=workplace, period=period, number=number)
        for number in range(there + 1, min(many, MOST_PLACES) + 1)
    )


def _withdraw_within(place_id: UUID, *, is_withdrawn: bool) -> None:
    """Inside the transaction. The database refuses a place that has become somebody's since the page was made."""
    try:
        SummerPlace.objects.filter(id=place_id).update(is_withdrawn=is_withdrawn)
    except DatabaseError as error:
        if getattr(error.__cause__, "sqlstate", None) == "SK001":
            raise Refused(rules.HELD_SINCE) from error
        raise


def _record(by: Context, at: datetime | None, action: str, held: SummerRound, **content: object) -> None:
    trail.record(by=by, at=at, action=action, subject_kind=KIND, subject_id=held.id, subject_name=held.name, **content)
