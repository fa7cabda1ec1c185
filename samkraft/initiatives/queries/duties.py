"""The year wheel as it is read: duties with their present date and state."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from samkraft.audit.queries import statements
from samkraft.initiatives import permissions
from samkraft.initiatives.models import Duty, DutyEvent
from samkraft.initiatives.rules import duties as rules
from samkraft.initiatives.rules.duties import DutyEventKind, DutyState
from samkraft.values.context import Context
from samkraft.values.refusal import Reason

CHANGING = tuple(kind.value for kind in DutyEventKind if kind is not DutyEventKind.REMINDED)
CLOSED = (DutyEventKind.DONE.value, DutyEventKind.WITHDRAWN.value)


@dataclass(frozen=True, slots=True)
class DutyRow:
    """One duty on one day. `days` is how many days are left; negative when it is late. `seen` counts its changes."""

    id: UUID
    title: str
    body_id: UUID
    body_code: str
    body_name: str
    body_short: str
    due_date: date
    first_date: date
    due_words: str
    binding: bool
    basis: str
    link: str
    state: DutyState
    days: int
    seen: int

    @property
    def moved(self) -> bool:
        """Whether the date is another than the first one."""
        return self.due_date != self.first_date

    @property
    def days_late(self) -> int:
        """How many days it is late; 0 when it is not."""
        return max(0, -self.days) if self.state is DutyState.LATE else 0


@dataclass(frozen=True, slots=True)
class DutyEventRow:
    """One thing that happened to a duty."""

    kind: DutyEventKind
    at: datetime
    by: str
    note: str
    new_due_date: date | None


@dataclass(frozen=True, slots=True)
class DutyPage:
    """One duty with its history, and why the reader may not do each thing to it; None when they may."""

    row: DutyRow
    initiative_name: str
    initiative_code: str
    history: tuple[DutyEventRow, ...]
    why_not_complete: Reason | None
    why_not_reopen: Reason | None
    why_not_move: Reason | None


@dataclass(frozen=True, slots=True)
class Body:
    """A body that has duties."""

    code: str
    name: str
    short: str


def of_year(*, year: int, today: date, body_code: str = "") -> list[DutyRow]:
    """The duties whose present date falls in the year, of one body or (empty) of all, in order of date."""
    found = _standing().filter(now_date__year=year)
    return _rows(found.filter(body__code=body_code) if body_code else found, today)


def of_body(*, body_id: UUID, today: date) -> list[DutyRow]:
    """All duties of one body, whatever the year."""
    return _rows(_standing().filter(body_id=body_id), today)


def of_initiative(*, initiative_id: UUID, today: date) -> list[DutyRow]:
    """All duties that belong to an initiative."""
    return _rows(_standing().filter(initiative_id=initiative_id), today)


def everything(*, today: date) -> list[DutyRow]:
    """Every duty of every body."""
    return _rows(_standing(), today)


def found(*, words: Iterable[str], today: date) -> list[DutyRow]:
    """Duties that have every word in title, body or basis: what is not done first, then by date."""
    hits = _standing()
    for word in words:
        hits = hits.filter(
            Q(title__icontains=word)
            | Q(basis__icontains=word)
            | Q(body__name__icontains=word)
            | Q(body__short_name__icontains=word)
        )
    return sorted(_rows(hits, today), key=lambda row: row.state is DutyState.DONE)


def late(*, today: date, body_id: UUID | None = None) -> list[DutyRow]:
    """What should have been done, longest ago first."""
    found = _dated().filter(_is_open(), now_date__lt=today)
    return _rows(found.filter(body_id=body_id) if body_id else found, today)


def waiting_for(*, by: Context, today: date) -> list[DutyRow]:
    """What this person's body has to do now: late, or due within a month. Empty for who does not answer for a body."""
    found = _waiting_for(by, today)
    return [] if found is None else _rows(found, today)


def number_waiting_for(*, by: Context, today: date) -> int:
    """How many `waiting_for` gives, without reading them."""
    if permissions.why_not_answer(by, body=by.organisation_id, initiative_owner=None) is not None:
        return 0
    horizon = today + timedelta(days=rules.SOON_DAYS)
    ((many,),) = statements.rows(_NUMBER, {"body": by.organisation_id, "horizon": horizon} | _KINDS)
    return int(many)


_KINDS = {
    "moved": DutyEventKind.MOVED.value,
    "deciding": [kind.value for kind in rules.DECIDING],
    "closed": list(CLOSED),
}
# As `_waiting_for` says it; planned once, since it is asked on every page of whoever has duties.
_NUMBER = """
SELECT count(*) FROM initiatives_duty d WHERE d.body_id = %(body)s
    AND coalesce((SELECT e.new_due_date FROM initiatives_dutyevent e WHERE e.duty_id = d.id AND e.kind = %(moved)s
        ORDER BY e.at DESC, e.id DESC LIMIT 1), d.due_date) <= %(horizon)s
    AND NOT coalesce((SELECT e.kind FROM initiatives_dutyevent e WHERE e.duty_id = d.id AND e.kind = ANY (%(deciding)s)
        ORDER BY e.at DESC, e.id DESC LIMIT 1) = ANY (%(closed)s), false)
"""


def to_remind(*, today: date) -> list[UUID]:
    """Open duties that are late or near enough for a reminder; whether it has been sent is asked when it is sent."""
    horizon = today + timedelta(days=max(rules.STEP_DAYS.values()))
    return list(
        _dated().filter(_is_open(), now_date__lte=horizon).order_by("now_date", "id").values_list("id", flat=True)
    )


def one(*, duty_id: UUID, today: date) -> DutyRow | None:
    """One duty; None when there is none."""
    return next(iter(_rows(_dated().filter(id=duty_id), today)), None)


def page(*, by: Context, duty_id: UUID, today: date) -> DutyPage | None:
    """Everything that the page about one duty shows; None when there is none."""
    row = one(duty_id=duty_id, today=today)
    if row is None:
        return None
    duty = Duty.objects.select_related("initiative").get(id=duty_id)
    owner = duty.initiative.owner_id if duty.initiative else None
    answer = permissions.why_not_answer(by, body=row.body_id, initiative_owner=owner)
    manage = permissions.why_not_manage(by, initiative_owner=owner)
    return DutyPage(
        row=row,
        initiative_name=duty.initiative.name if duty.initiative else "",
        initiative_code=duty.initiative.code if duty.initiative else "",
        history=tuple(history(duty_id=duty_id)),
        why_not_complete=answer or rules.why_not(DutyEventKind.DONE, row.state),
        why_not_reopen=answer or rules.why_not(DutyEventKind.REOPENED, row.state),
        why_not_move=manage or rules.why_not(DutyEventKind.MOVED, row.state),
    )


def history(*, duty_id: UUID) -> list[DutyEventRow]:
    """What has happened to a duty, newest first."""
    events = DutyEvent.objects.filter(duty_id=duty_id).order_by("-at", "-id")
    return [
        DutyEventRow(DutyEventKind(event.kind), event.at, event.by, event.note, event.new_due_date) for event in events
    ]


def bodies() -> list[Body]:
    """The bodies that have any duty, in Swedish order."""
    found = (
        Duty.objects.order_by("body__sort_key")
        .values_list("body__code", "body__name", "body__short_name", "body__sort_key")
        .distinct()
    )
    return [Body(code, name, short or name) for code, name, short, _sort_key in found]


def years() -> list[int]:
    """The years that have any duty."""
    return sorted({day.year for day in _standing().order_by().values_list("now_date", flat=True)})


def _waiting_for(by: Context, today: date) -> "QuerySet[Duty] | None":
    if permissions.why_not_answer(by, body=by.organisation_id, initiative_owner=None) is not None:
        return None
    horizon = today + timedelta(days=rules.SOON_DAYS)
    return _dated().filter(_is_open(), body_id=by.organisation_id, now_date__lte=horizon)


def _is_open() -> Q:
    return Q(last_kind__isnull=True) | ~Q(last_kind__in=CLOSED)


def _standing() -> "QuerySet[Duty]":
    """All but those that were withdrawn with what they came from: these have only their own page."""
    return _dated().filter(Q(last_kind__isnull=True) | ~Q(last_kind=DutyEventKind.WITHDRAWN.value))


def _dated() -> "QuerySet[Duty]":
    """Duties with the date that holds now, whether they are done, and how often they have changed."""
    events = DutyEvent.objects.filter(duty=OuterRef("pk")).order_by("-at", "-id")
    deciding = [kind.value for kind in rules.DECIDING]
    moved = events.filter(kind=DutyEventKind.MOVED.value).values("new_due_date")[:1]
    return Duty.objects.annotate(
        now_date=Coalesce(Subquery(moved), F("due_date")),
        last_kind=Subquery(events.filter(kind__in=deciding).values("kind")[:1]),
        changes=Count("events", filter=Q(events__kind__in=CHANGING)),
    )


def _rows(found: "QuerySet[Duty]", today: date) -> list[DutyRow]:
    ordered = found.select_related("body").order_by("now_date", "body__sort_key", "title", "id")
    return [_row(duty, today) for duty in ordered]


def _row(duty: Duty, today: date) -> DutyRow:
    return DutyRow(
        id=duty.id,
        title=duty.title,
        body_id=duty.body_id,
        body_code=duty.body.code,
        body_name=duty.body.name,
        body_short=duty.body.short_name or duty.body.name,
        due_date=duty.now_date,
        first_date=duty.due_date,
        due_words=duty.due_words,
        binding=duty.binding,
        basis=duty.basis,
        link=duty.link,
        state=rules.state_of(duty.now_date, [duty.last_kind] if duty.last_kind else [], today),
        days=(duty.now_date - today).days,
        seen=duty.changes,
    )
