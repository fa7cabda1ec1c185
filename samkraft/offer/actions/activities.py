"""Activities: what there is, who stands before whom in its queue, and when it is closed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from django.utils import timezone
from django.utils.text import slugify
from psycopg.types.range import DateRange

from samkraft.audit.actions import trail, transactions
from samkraft.initiatives.queries import teams as arrangements
from samkraft.offer import permissions
from samkraft.offer.models import Activity, ClosedPeriod, Outcome, PriorityLine, PriorityRule
from samkraft.offer.rules import activities as rules
from samkraft.offer.rules import priorities
from samkraft.partners.rules import access
from samkraft.partners.rules.organisations import swedish_sort_key
from samkraft.partners.rules.roles import Permission
from samkraft.values.context import Context
from samkraft.values.period import Period, day_in_stockholm
from samkraft.values.refusal import Refused

KIND = "offer.activity"


@dataclass(frozen=True, slots=True)
class ActivityDraft:
    """What is said about a new activity. `initiative_id` when only its participants may have a place."""

    name: str
    kind: str
    owner_id: UUID
    start_form: str
    reveals: str
    decided_by: str
    about: str = ""
    initiative_id: UUID | None = None
    prerequisites: tuple[str, ...] = ()
    usual_weeks: int | None = None
    outcomes: tuple[str, ...] = field(default_factory=tuple)
    code: str = ""


def add(*, by: Context, draft: ActivityDraft, at: datetime | None = None) -> UUID:
    """Put an activity in the catalogue, for the own organisation or for an initiative that one's area is party to."""
    access.require(by, Permission.MANAGE_OFFER)
    at = at or timezone.now()
    _require_sound(draft)
    with transactions.write(by):
        _require_lead(by, draft.owner_id, draft.initiative_id, at)
        made = Activity(
            id=uuid4(), code=draft.code or slugify(draft.name)[:60], name=draft.name.strip(), kind=draft.kind,
            about=draft.about.strip(), owner_id=draft.owner_id, initiative_id=draft.initiative_id,
            start_form=draft.start_form, reveals=draft.reveals, decided_by_role=draft.decided_by,
            prerequisites=list(draft.prerequisites), usual_weeks=draft.usual_weeks, added_at=at, added_by=by.actor_name,
            sort_key=swedish_sort_key(draft.name)[:220],
        )  # fmt: skip
        if Activity.objects.filter(name__iexact=made.name).exists() or Activity.objects.filter(code=made.code).exists():
            raise Refused(rules.NAME_TAKEN, name=made.name)
        made.save(force_insert=True)
        Outcome.objects.bulk_create(
            Outcome(id=uuid4(), activity=made, position=place, text=text.strip())
            for place, text in enumerate(draft.outcomes, 1)
            if text.strip()
        )
        trail.record(by=by, at=at, action="activity.add", subject_kind=KIND, subject_id=made.id, subject_name=made.name)
        return made.id


def decide_priority(
    *,
    by: Context,
    activity_id: UUID,
    classes: Mapping[str, int],
    start_date: date,
    reference: str,
    at: datetime | None = None,
) -> int:
    """Decide who stands before whom from a day, and return the version. Criterion → class, 1 first.

    The rule before it ends where this begins. Queues change order that day; nothing that was given is taken back.
    """
    access.require(by, Permission.MANAGE_OFFER)
    at = at or timezone.now()
    if refused := priorities.why_not_decide(classes, start_date, reference, today=day_in_stockholm(at)):
        raise Refused(refused)
    with transactions.write(by):
        activity = _activity(activity_id)
        _require_lead(by, activity.owner_id, activity.initiative_id, at)
        earlier = list(PriorityRule.objects.select_for_update().filter(activity_id=activity_id).order_by("version"))
        for one in earlier:
            if one.valid.lower >= start_date:
                raise Refused(priorities.LATER_RULE, day=one.valid.lower.isoformat())
            if one.valid.upper is None or one.valid.upper > start_date:
                one.valid = DateRange(one.valid.lower, start_date)
                one.save(update_fields=["valid"])
        made = PriorityRule.objects.create(
            activity_id=activity_id, version=len(earlier) + 1, valid=DateRange(start_date, None),
            reference=reference.strip(), decided_at=at, decided_by=by.actor_name,
        )  # fmt: skip
        PriorityLine.objects.bulk_create(
            PriorityLine(rule=made, criterion=criterion, priority_class=number) for criterion, number in classes.items()
        )
        trail.record(
            by=by, at=at, action="activity.priority", subject_kind=KIND, subject_id=activity_id,
            version=made.version, classes=dict(classes), start=start_date, reference=reference,
        )  # fmt: skip
        return made.version


def close_for(*, by: Context, activity_id: UUID, first: date, last: date, why: str, at: datetime | None = None) -> UUID:
    """Say that an activity is closed from a first to a last day. Sessions that are planned then are cancelled by hand."""
    access.require(by, Permission.COORDINATE_PLACES)
    at = at or timezone.now()
    if last < first or not why.strip():
        raise Refused(priorities.BAD_CLOSING)
    with transactions.write(by):
        require_coordinator_within(by, activity_id, at)
        made = ClosedPeriod.objects.create(
            activity_id=activity_id, period=DateRange(first, last + timedelta(days=1)), why=why.strip()
        )
        trail.record(
            by=by, at=at, action="activity.close", subject_kind=KIND, subject_id=activity_id, first=first, last=last
        )
        return made.id


def require_coordinator_within(by: Context, activity_id: UUID, at: datetime) -> Activity:
    """The activity, for its place coordinator. Inside the transaction of an action; raises Refused for anybody else."""
    activity = _activity(activity_id)
    appointed = activity.coordinators.filter(period__contains=day_in_stockholm(at)).values_list(
        "membership_id", flat=True
    )
    if refused := permissions.why_not_coordinate(by, appointed=list(appointed)):
        raise Refused(refused, role=by.role, who="–") if refused is not rules.NOT_YOURS else Refused(refused)
    return activity


def closed_periods(activity_id: UUID) -> list[tuple[Period, str]]:
    """When the activity is closed, and why."""
    rows = ClosedPeriod.objects.filter(activity_id=activity_id).order_by("period")
    return [(Period(row.period.lower, row.period.upper), row.why) for row in rows]


def _activity(activity_id: UUID) -> Activity:
    found = Activity.objects.filter(id=activity_id).first()
    if found is None:
        raise Refused(rules.NO_SUCH_ACTIVITY)
    return found


def _require_lead(by: Context, owner_id: UUID, initiative_id: UUID | None, at: datetime) -> None:
    parties = arrangements.parties_on(initiative_id, on=day_in_stockholm(at)) if initiative_id else ()
    refused = permissions.why_not_lead(by, owner_id=owner_id, party_area_ids={party.area_id for party in parties})
    if refused:
        raise Refused(refused)


def _require_sound(draft: ActivityDraft) -> None:
    if not draft.name.strip():
        raise Refused(rules.NO_NAME)
    lists: Sequence[tuple[str, Sequence[str], Sequence[str]]] = (
        (rules.WORDS_OF["kind"], [draft.kind], [one.value for one in rules.ActivityKind]),
        (rules.WORDS_OF["start_form"], [draft.start_form], [one.value for one in rules.StartForm]),
        (rules.WORDS_OF["decided_by"], [draft.decided_by], [one.value for one in rules.DecidedBy]),
        (rules.WORDS_OF["reveals"], [draft.reveals], rules.REVEALS),
        (rules.WORDS_OF["prerequisites"], draft.prerequisites, list(rules.PREREQUISITES)),
    )
    for label, codes, known in lists:
        if wrong := rules.why_not_codes(codes, known):
            raise Refused(rules.UNKNOWN_CODE, code=wrong, field=label)
