"""The activity plan: its points as they stand, who answers for each, and what stands before it may be carried out."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import F, OuterRef, Subquery

from samkraft.audit.queries import statements
from samkraft.initiatives.models import PlanEvent, PlanPoint, PlanPointEntry
from samkraft.initiatives.queries import resolutions
from samkraft.initiatives.rules import activity_plans as rules
from samkraft.initiatives.rules.activity_plans import PlanEventKind, PointKind, PointState, Standing


@dataclass(frozen=True, slots=True)
class EntryRow:
    """What was said under a point, by whom and when."""

    version: int
    state: PointState
    owner_membership_id: UUID
    owner_name: str
    answer: str
    evidence: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class PointRow:
    """One point and what is said under it; `now` is None while nobody has taken it on."""

    id: UUID
    number: int
    kind: PointKind
    text: str
    now: EntryRow | None

    @property
    def state(self) -> PointState:
        """How far it has come."""
        return self.now.state if self.now else PointState.NOT_BEGUN


@dataclass(frozen=True, slots=True)
class EventRow:
    """One thing that happened to the whole plan. `of_now`: the points stand today as they stood then."""

    kind: PlanEventKind
    on_date: date
    reference: str
    note: str
    resolution_id: UUID | None
    resolution_number: str
    at: datetime
    by: str
    of_now: bool


@dataclass(frozen=True, slots=True)
class OwnedRow:
    """A point that waits for whoever answers for it, and since when."""

    initiative_code: str
    number: int
    text: str
    since: datetime


@dataclass(frozen=True, slots=True)
class PlanPage:
    """The whole plan."""

    points: tuple[PointRow, ...]
    history: tuple[EventRow, ...]
    standing: Standing
    digest: str

    @property
    def ready(self) -> int:
        """How many points are ready."""
        return sum(point.state is PointState.READY for point in self.points)


def page(initiative_id: UUID) -> PlanPage | None:
    """The plan; None while no points are laid out."""
    points = _points(initiative_id)
    if not points:
        return None
    digest = digest_of(points)
    events = PlanEvent.objects.filter(initiative_id=initiative_id).order_by("at", "id")
    history = tuple(_event(one, digest) for one in events.select_related("resolution__board"))
    return PlanPage(points, history, _standing(points, history), digest)


def point_history(point_id: UUID) -> tuple[EntryRow, ...]:
    """Everything that was said under a point, the latest first."""
    rows = PlanPointEntry.objects.filter(point_id=point_id).select_related("owner__user").order_by("-version")
    return tuple(_entry(row) for row in rows)


def owned(membership_id: UUID) -> list[OwnedRow]:
    """Points that a membership answers for and that are not ready, the oldest first."""
    latest = PlanPointEntry.objects.filter(point_id=OuterRef("point_id")).order_by("-version").values("version")[:1]
    mine = PlanPointEntry.objects.annotate(latest=Subquery(latest)).filter(
        version=F("latest"), owner_id=membership_id, state__in=[PointState.NOT_BEGUN.value, PointState.WORKING.value]
    )
    rows = mine.select_related("point__initiative").order_by("at", "point__number")
    return [OwnedRow(one.point.initiative.code, one.point.number, one.point.text, one.at) for one in rows]


def number_owned(membership_id: UUID) -> int:
    """How many `owned` gives."""
    waits = [PointState.NOT_BEGUN.value, PointState.WORKING.value]
    ((many,),) = statements.rows(_NUMBER_OWNED, {"owner": membership_id, "waits": waits})
    return int(many)


# Planned once: it is asked on every page of whoever sees the steering.
_NUMBER_OWNED = """
SELECT count(*) FROM initiatives_planpointentry a WHERE a.owner_id = %(owner)s AND a.state = ANY (%(waits)s)
    AND NOT EXISTS (SELECT FROM initiatives_planpointentry n WHERE n.point_id = a.point_id AND n.version > a.version)
"""


def digest_of(points: tuple[PointRow, ...]) -> str:
    """Of the points as they stand."""
    return rules.digest(
        [
            (one.number, one.text, one.now.answer if one.now else "", one.now.evidence if one.now else "")
            for one in points
        ]
    )


def _points(initiative_id: UUID) -> tuple[PointRow, ...]:
    latest = {
        row.point_id: row
        for row in PlanPointEntry.objects.filter(point__initiative_id=initiative_id)
        .select_related("owner__user")
        .order_by("version")
    }
    return tuple(
        PointRow(
            row.id, row.number, PointKind(row.kind), row.text, _entry(latest[row.id]) if row.id in latest else None
        )
        for row in PlanPoint.objects.filter(initiative_id=initiative_id).order_by("number")
    )


def _standing(points: tuple[PointRow, ...], history: tuple[EventRow, ...]) -> Standing:
    """Decided: as the points stand. Sent and approved: after that decision; an answer to another text is no answer."""
    latest = [one for one in history if one.of_now]
    decided = any(one.kind is PlanEventKind.DECIDED for one in latest)
    after = history[_last(history, PlanEventKind.DECIDED) :] if decided else ()
    approved = [one for one in after if one.kind in (PlanEventKind.APPROVED, PlanEventKind.RETURNED)]
    return Standing(
        unready=tuple(one.number for one in points if one.state is not PointState.READY),
        decided=decided,
        sent=any(one.kind is PlanEventKind.SENT for one in after),
        approved=bool(approved) and approved[-1].kind is PlanEventKind.APPROVED,
    )


def _last(history: tuple[EventRow, ...], kind: PlanEventKind) -> int:
    return max((place for place, one in enumerate(history) if one.kind is kind), default=0)


def _entry(row: PlanPointEntry) -> EntryRow:
    return EntryRow(
        row.version, PointState(row.state), row.owner_id, row.owner.user.name, row.answer, row.evidence, row.at, row.by
    )


def _event(one: PlanEvent, digest: str) -> EventRow:
    return EventRow(
        PlanEventKind(one.kind), one.on_date, one.reference, one.note, one.resolution_id,
        resolutions.number_of(one.resolution) if one.resolution else "", one.at, one.by, one.digest == digest,
    )  # fmt: skip
