"""What there is: activities, their occasions and sessions, who coordinates, and by which rule the queue stands."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from samkraft.offer.models import Activity, ClosedPeriod, Coordinator, Occasion, Outcome, PriorityRule, Session
from samkraft.values.period import STOCKHOLM, Period


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """An activity as the catalogue shows it. `only_initiative` is the initiative that has it for its own; empty for all."""

    id: UUID
    code: str
    name: str
    kind: str
    about: str
    owner_id: UUID
    owner: str
    only_initiative: str
    start_form: str
    reveals: str
    decided_by: str
    prerequisites: tuple[str, ...]
    usual_weeks: int | None


@dataclass(frozen=True, slots=True)
class OccasionRow:
    """One occasion. `ends_on` is the last day; None when it goes on. `is_open`: its places are being offered."""

    id: UUID
    activity_id: UUID
    name: str
    provider: str
    provider_id: UUID
    starts_on: date
    ends_on: date | None
    hours_a_week: int
    languages: tuple[str, ...]
    place_name: str
    district: str
    accessible: tuple[str, ...]
    answer_days: int
    is_open: bool
    cancelled_at: datetime | None
    cancel_reason: str


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One meeting of an occasion."""

    id: UUID
    occasion_id: UUID
    occasion: str
    activity: str
    starts_at: datetime
    ends_at: datetime
    place_name: str
    is_cancelled: bool


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """What an activity should lead to."""

    id: UUID
    text: str


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A version of who stands before whom: criterion → class."""

    version: int
    period: Period
    reference: str
    decided_by: str
    classes: dict[str, int]


@dataclass(frozen=True, slots=True)
class CoordinatorRow:
    """Who coordinates the activity, for which time."""

    membership_id: UUID
    name: str
    organisation: str
    period: Period


def activities(*, coordinated_by: UUID | None = None, on: date | None = None) -> list[ActivityRow]:
    """Every activity in order of name, or those that a membership coordinates on a day."""
    rows = Activity.objects.select_related("owner", "initiative").order_by("sort_key")
    if coordinated_by is not None:
        rows = rows.filter(coordinators__membership_id=coordinated_by, coordinators__period__contains=on)
    return [_activity(row) for row in rows]


def activity(code: str) -> ActivityRow | None:
    """One activity by its code."""
    row = Activity.objects.select_related("owner", "initiative").filter(code=code).first()
    return _activity(row) if row else None


def activity_by_id(activity_id: UUID) -> ActivityRow | None:
    """One activity."""
    row = Activity.objects.select_related("owner", "initiative").filter(id=activity_id).first()
    return _activity(row) if row else None


def names_of_activities(ids: Collection[UUID]) -> dict[UUID, str]:
    """The names of those of these activities that there are."""
    return dict(Activity.objects.filter(id__in=ids).values_list("id", "name")) if ids else {}


def names_of_occasions(ids: Collection[UUID]) -> dict[UUID, str]:
    """The activity's name and the first day, of those of these occasions that there are."""
    if not ids:
        return {}
    rows = Occasion.objects.filter(id__in=ids).values_list("id", "activity__name", "starts_on")
    return {one: f"{name}, {starts_on:%Y-%m-%d}" for one, name, starts_on in rows}


def occasions(
    *,
    activity_id: UUID | None = None,
    until: date | None = None,
    since: date | None = None,
    ids: Collection[UUID] | None = None,
) -> list[OccasionRow]:
    """Occasions in order of start: of one activity, some or all, that end on or after a day and begin before another."""
    rows = Occasion.objects.select_related("provider").order_by("starts_on", "id")
    if ids is not None:
        rows = rows.filter(id__in=ids)
    if activity_id is not None:
        rows = rows.filter(activity_id=activity_id)
    if since is not None:
        rows = rows.exclude(ends_on__lt=since)
    if until is not None:
        rows = rows.filter(starts_on__lt=until)
    return [_occasion(row) for row in rows]


def occasion(occasion_id: UUID) -> OccasionRow | None:
    """One occasion."""
    row = Occasion.objects.select_related("provider").filter(id=occasion_id).first()
    return _occasion(row) if row else None


def sessions(
    *, occasion_ids: Iterable[UUID] | None = None, provider_id: UUID | None = None, first: date, days: int
) -> list[SessionRow]:
    """Sessions from a day and so many days on, in order of time: of some occasions, or of a provider."""
    low = datetime.combine(first, datetime.min.time(), STOCKHOLM)
    rows = Session.objects.select_related("occasion__activity").filter(
        starts_at__gte=low, starts_at__lt=low + timedelta(days=days), occasion__cancelled_at=None
    )
    if occasion_ids is not None:
        rows = rows.filter(occasion_id__in=list(occasion_ids))
    if provider_id is not None:
        rows = rows.filter(occasion__provider_id=provider_id)
    return [_session(row) for row in rows.order_by("starts_at", "id")]


def session(session_id: UUID) -> SessionRow | None:
    """One session."""
    row = Session.objects.select_related("occasion__activity").filter(id=session_id).first()
    return _session(row) if row else None


def outcomes(activity_id: UUID) -> list[OutcomeRow]:
    """What the activity should lead to, in order."""
    return [
        OutcomeRow(row.id, row.text) for row in Outcome.objects.filter(activity_id=activity_id).order_by("position")
    ]


def rule_on(activity_id: UUID, *, on: date) -> RuleRow | None:
    """The rule that holds on the day; None where everybody stands in the order in which they came."""
    row = PriorityRule.objects.filter(activity_id=activity_id, valid__contains=on).prefetch_related("lines").first()
    if row is None:
        return None
    return _rule(row)


def rule_versions(activity_id: UUID) -> list[RuleRow]:
    """Every rule that has held or will hold, the first first."""
    rows = PriorityRule.objects.filter(activity_id=activity_id).prefetch_related("lines").order_by("version")
    return [_rule(row) for row in rows]


def coordinators(activity_id: UUID, *, on: date) -> list[CoordinatorRow]:
    """Those who are place coordinators on the day, in order of name."""
    rows = Coordinator.objects.select_related("membership__user", "membership__organisation").filter(
        activity_id=activity_id, period__contains=on
    )
    return [
        CoordinatorRow(
            row.membership_id, row.membership.user.name, row.membership.organisation.name,
            Period(row.period.lower, row.period.upper),
        )
        for row in rows.order_by("membership__user__sort_key")
    ]  # fmt: skip


def closed(activity_id: UUID) -> list[tuple[Period, str]]:
    """When the activity is closed, and why."""
    rows = ClosedPeriod.objects.filter(activity_id=activity_id).order_by("period")
    return [(Period(row.period.lower, row.period.upper), row.why) for row in rows]


def closed_of(activity_ids: Collection[UUID]) -> dict[UUID, list[tuple[Period, str]]]:
    """The same for several activities in one question; those that are never closed are left out."""
    found: dict[UUID, list[tuple[Period, str]]] = defaultdict(list)
    for row in ClosedPeriod.objects.filter(activity_id__in=activity_ids).order_by("period"):
        found[row.activity_id].append((Period(row.period.lower, row.period.upper), row.why))
    return dict(found)


def _rule(row: PriorityRule) -> RuleRow:
    lines = {one.criterion: one.priority_class for one in row.lines.all()}
    classes = dict(sorted(lines.items(), key=lambda pair: (pair[1], pair[0])))
    return RuleRow(row.version, Period(row.valid.lower, row.valid.upper), row.reference, row.decided_by, classes)


def _activity(row: Activity) -> ActivityRow:
    return ActivityRow(
        id=row.id, code=row.code, name=row.name, kind=row.kind, about=row.about, owner_id=row.owner_id,
        owner=row.owner.short_name or row.owner.name, only_initiative=row.initiative.name if row.initiative else "",
        start_form=row.start_form, reveals=row.reveals, decided_by=row.decided_by_role,
        prerequisites=tuple(row.prerequisites), usual_weeks=row.usual_weeks,
    )  # fmt: skip


def _occasion(row: Occasion) -> OccasionRow:
    return OccasionRow(
        id=row.id, activity_id=row.activity_id, name=row.name, provider=row.provider.name, provider_id=row.provider_id,
        starts_on=row.starts_on, ends_on=row.ends_on, hours_a_week=row.hours_a_week, languages=tuple(row.languages),
        place_name=row.place_name, district=row.district, accessible=tuple(row.accessible), answer_days=row.answer_days,
        is_open=row.offering_since is not None, cancelled_at=row.cancelled_at, cancel_reason=row.cancel_reason,
    )  # fmt: skip


def _session(row: Any) -> SessionRow:
    return SessionRow(
        row.id, row.occasion_id, row.occasion.name, row.occasion.activity.name, row.starts_at, row.ends_at,
        row.place_name, row.cancelled_at is not None,
    )  # fmt: skip
