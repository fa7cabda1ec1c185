"""Applications: an organisation's own, and what has come in to the city. The database decides which rows there are."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from samkraft.money.models import (
    Grant,
    GrantApplication,
    GrantAssessor,
    GrantEvent,
    GrantOpinion,
)
from samkraft.money.queries.grants import grant_calls
from samkraft.money.queries.grants.grant_assessments import (
    OpinionRow,
    ProposalRow,
    SeatRow,
    mean_points,
    opinion_of,
    seat_of,
    seats_of,
)
from samkraft.money.queries.grants.grant_calls import CallRow
from samkraft.money.queries.grants.grant_files import FileRow, files
from samkraft.money.rules.grants import grant_content
from samkraft.money.rules.grants.grant_content import Application
from samkraft.money.rules.grants.grant_kinds import Advice, ApplicationState, GrantEventKind
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission, may
from samkraft.values.context import Context


@dataclass(frozen=True, slots=True)
class ApplicationRow:
    """One application. `number` is empty for a draft. `points` is the mean share of the most points, 0 to 1, or None."""

    id: UUID
    number: str
    organisation: str
    organisation_id: UUID
    call_id: UUID
    call_title: str
    year: int
    title: str
    asked_ore: int | None
    state: ApplicationState
    sent_at: datetime | None
    changed_at: datetime
    changed_by: str
    closes_date: date | None
    points: float | None
    proposed_ore: int | None
    advice: Advice | None
    waits_completion: bool
    grant_id: UUID | None


@dataclass(frozen=True, slots=True)
class EventRow:
    """What happened."""

    kind: GrantEventKind
    text: str
    new_date: date | None
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class ApplicationPage:
    """Everything about one. What the city writes (seats, opinions, proposals) is empty for the organisation."""

    row: ApplicationRow
    call: CallRow
    content: Application
    version: int
    sent_by: str
    digest: str
    follows_id: UUID | None
    files: tuple[FileRow, ...]
    events: tuple[EventRow, ...]
    seats: tuple[SeatRow, ...] = ()
    opinions: tuple[OpinionRow, ...] = ()
    proposals: tuple[ProposalRow, ...] = ()


def own(*, by: Context) -> list[ApplicationRow]:
    """The organisation's own, drafts among them; the latest first."""
    access.require(by, Permission.APPLY_FOR_GRANTS)
    found = GrantApplication.objects.filter(organisation_id=by.organisation_id)
    return _rows(found.order_by("-call__year", "-changed_at"), inside=False)


def received(*, by: Context, call_id: UUID | None = None) -> list[ApplicationRow]:
    """What has come in and the reader may see, in order of number; the latest year first."""
    access.require(by, Permission.SEE_GRANTS)
    found = GrantApplication.objects.filter(sent_at__isnull=False)
    if call_id is not None:
        found = found.filter(call_id=call_id)
    return _rows(found.order_by("-number_year", "-number"), inside=True)


def to_assess(*, by: Context) -> list[ApplicationRow]:
    """Those that wait for the reader's own assessment."""
    seats = GrantAssessor.objects.filter(
        membership_id=by.membership_id, recused_at__isnull=True, assessments__isnull=True
    )
    rows = _rows(
        GrantApplication.objects.filter(id__in=seats.values("application_id")).order_by("sent_at"), inside=True
    )
    return [row for row in rows if row.state in _UNDER_WAY]


def opinions_asked(*, by: Context) -> list[tuple[ApplicationRow, date]]:
    """Those that the reader's administration is asked about and has not answered, with the day."""
    asked = dict(
        GrantOpinion.objects.filter(organisation_id=by.organisation_id, answered_at__isnull=True).values_list(
            "application_id", "due_date"
        )
    )
    rows = _rows(GrantApplication.objects.filter(id__in=asked).order_by("sent_at"), inside=True)
    return [(row, asked[row.id]) for row in rows if row.state in _UNDER_WAY]


def page(*, by: Context, application_id: UUID) -> ApplicationPage | None:
    """One application as the reader may see it; None when there is none for this reader."""
    if not may(by.role, Permission.APPLY_FOR_GRANTS):
        access.require(by, Permission.SEE_GRANTS)
    found = GrantApplication.objects.filter(id=application_id).first()
    if found is None:
        return None
    inside = may(by.role, Permission.SEE_GRANTS)
    (row,) = _rows([found], inside=inside)
    call = grant_calls.one(by=by, call_id=found.call_id)
    assert call is not None
    return ApplicationPage(
        row=row,
        call=call,
        content=grant_content.read(found.content),
        version=found.version,
        sent_by=found.sent_by,
        digest=found.digest,
        follows_id=found.follows_id,
        files=files(application_id=application_id),
        events=tuple(_event(one) for one in found.events.order_by("at")),
        seats=tuple(seat_of(one) for one in seats_of(found)) if inside else (),
        opinions=tuple(opinion_of(one) for one in found.opinions.select_related("organisation").order_by("asked_at"))
        if inside
        else (),
        proposals=tuple(
            ProposalRow(
                one.version, Advice(one.advice), one.amount_ore, one.text, tuple(one.conditions), one.at, one.by
            )
            for one in found.proposals.order_by("-version")
        )
        if inside
        else (),
    )


_UNDER_WAY = (ApplicationState.RECEIVED, ApplicationState.ASSESSED, ApplicationState.PROPOSED)


def _rows(found: Iterable[GrantApplication], *, inside: bool) -> list[ApplicationRow]:
    if hasattr(found, "select_related"):
        found = found.select_related("organisation", "call")
    rows = list(found)
    ids = [row.id for row in rows]
    granted = dict(Grant.objects.filter(application_id__in=ids).values_list("application_id", "id"))
    events: dict[UUID, list[str]] = {}
    for key, kind in (
        GrantEvent.objects.filter(application_id__in=ids).order_by("at").values_list("application_id", "kind")
    ):
        events.setdefault(key, []).append(kind)
    seats: dict[UUID, list[GrantAssessor]] = {}
    proposals: dict[UUID, tuple[int | None, Advice]] = {}
    if inside:
        for seat in GrantAssessor.objects.filter(application_id__in=ids).prefetch_related("assessments"):
            seats.setdefault(seat.application_id, []).append(seat)
        for row in rows:
            latest = row.proposals.order_by("version").last()
            if latest is not None:
                proposals[row.id] = (latest.amount_ore, Advice(latest.advice))
    made = []
    for row in rows:
        told = events.get(row.id, [])
        points = mean_points(seats.get(row.id, []))
        proposed = proposals.get(row.id)
        asks = [kind for kind in told if kind in ("completion_asked", "completed")]
        made.append(
            ApplicationRow(
                id=row.id,
                number=f"BID-{row.number_year}-{row.number}" if row.number else "",
                organisation=row.organisation.name,
                organisation_id=row.organisation_id,
                call_id=row.call_id,
                call_title=row.call.title,
                year=row.call.year,
                title=str(row.content.get("title") or ""),
                asked_ore=row.content.get("asked_ore"),
                state=_state(row, told, row.id in granted, points is not None, proposed is not None),
                sent_at=row.sent_at,
                changed_at=row.changed_at,
                changed_by=row.changed_by,
                closes_date=row.call.closes_date,
                points=points,
                proposed_ore=proposed[0] if proposed else None,
                advice=proposed[1] if proposed else None,
                waits_completion=bool(asks) and asks[-1] == "completion_asked",
                grant_id=granted.get(row.id),
            )
        )
    return made


def _state(
    row: GrantApplication, told: list[str], is_granted: bool, is_assessed: bool, is_proposed: bool
) -> ApplicationState:
    if row.sent_at is None:
        return ApplicationState.DRAFT
    if is_granted:
        return ApplicationState.GRANTED
    if "withdrawn" in told:
        return ApplicationState.WITHDRAWN
    if "rejected" in told:
        return ApplicationState.REJECTED
    if is_proposed:
        return ApplicationState.PROPOSED
    return ApplicationState.ASSESSED if is_assessed else ApplicationState.RECEIVED


def _event(row: GrantEvent) -> EventRow:
    return EventRow(GrantEventKind(row.kind), row.text, row.new_date, row.at, row.by)
