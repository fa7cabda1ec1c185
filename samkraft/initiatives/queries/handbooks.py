"""The method handbook: its versions, what each says, which holds on a day, and who decided it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from samkraft.initiatives.models import HandbookEvent, HandbookText, HandbookVersion
from samkraft.initiatives.queries import resolutions
from samkraft.initiatives.queries.resolutions import ResolutionRow
from samkraft.initiatives.rules import handbooks as rules
from samkraft.initiatives.rules.handbooks import HandbookEventKind, Section, VersionState
from samkraft.values.period import STOCKHOLM


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version. `resolution_number` and `holds_from` are set once it is decided."""

    id: UUID
    number: str
    about: str
    state: VersionState
    holds_from: date | None
    until: date | None
    resolution_id: UUID | None
    resolution_number: str
    revision: int
    saved_at: datetime
    saved_by: str


@dataclass(frozen=True, slots=True)
class EventRow:
    """One thing that happened to a version."""

    kind: HandbookEventKind
    at: datetime
    by: str
    holds_from: date | None


@dataclass(frozen=True, slots=True)
class VersionPage:
    """One version with its text and history."""

    row: VersionRow
    sections: tuple[Section, ...]
    history: tuple[EventRow, ...]
    resolution: ResolutionRow | None


def versions(initiative_id: UUID, *, today: date) -> list[VersionRow]:
    """Every version: drafts first, then the decided, the latest first."""
    found = list(HandbookVersion.objects.filter(initiative_id=initiative_id))
    events: dict[UUID, list[HandbookEvent]] = {}
    for event in (
        HandbookEvent.objects.filter(version__in=found).order_by("at", "id").select_related("resolution__board")
    ):
        events.setdefault(event.version_id, []).append(event)
    texts = {
        text.version_id: text
        for text in HandbookText.objects.filter(version__in=found).order_by("revision").defer("sections")
    }
    begins = sorted(event.holds_from for held in events.values() for event in held if event.holds_from is not None)
    rows = [_row(one, events.get(one.id, []), texts[one.id], begins, today) for one in found if one.id in texts]
    return sorted(rows, key=lambda one: (one.holds_from or date.max, one.saved_at), reverse=True)


def in_force(initiative_id: UUID, *, on: date) -> VersionRow | None:
    """The version that held on the day; None where none was decided yet. The past never changes: see `why_not_hold`."""
    return in_force_among(versions(initiative_id, today=on), on=on)


def in_force_among(found: Iterable[VersionRow], *, on: date) -> VersionRow | None:
    """The same, of versions that are at hand."""
    held = [one for one in found if one.holds_from is not None and one.holds_from <= on]
    return max(held, key=lambda one: one.holds_from or date.min, default=None)


def decided(initiative_id: UUID) -> list[tuple[date, str]]:
    """From which day each decided version holds, and its number, the oldest first: for many days at once."""
    events = HandbookEvent.objects.filter(
        version__initiative_id=initiative_id, kind=HandbookEventKind.DECIDED.value
    ).order_by("holds_from")
    return [(event.holds_from, event.version.number) for event in events.select_related("version") if event.holds_from]


@dataclass(frozen=True, slots=True)
class DecidedRow:
    """A version that a meeting has put in force: the decision, its day, and the day from which the version holds."""

    id: UUID
    number: str
    resolution_id: UUID
    resolution_number: str
    decided_date: date
    holds_from: date


def put_in_force(initiative_id: UUID, *, until: date | None = None) -> list[DecidedRow]:
    """The decided versions in order of decision; until: those whose decision bound by the end of that day."""
    found = HandbookEvent.objects.filter(
        version__initiative_id=initiative_id, kind=HandbookEventKind.DECIDED.value, resolution__isnull=False
    )
    if until is not None:
        found = found.filter(at__lt=datetime.combine(until + timedelta(days=1), time(), STOCKHOLM))
    rows = found.select_related("version", "resolution__board").order_by("resolution__decided_date", "at")
    return [
        DecidedRow(
            one.version_id, one.version.number, one.resolution.id, resolutions.number_of(one.resolution),
            one.resolution.decided_date, one.holds_from or one.resolution.decided_date,
        )
        for one in rows
        if one.resolution is not None
    ]  # fmt: skip


def held_on(decided: list[tuple[date, str]], day: date) -> str:
    """Of what `decided` gave: the number that held on the day; empty before the first."""
    return next((number for since, number in reversed(decided) if since <= day), "")


def page(initiative_id: UUID, number: str, *, today: date) -> VersionPage | None:
    """One version with its text; None when there is none."""
    row = next((one for one in versions(initiative_id, today=today) if one.number == number), None)
    if row is None:
        return None
    text = HandbookText.objects.filter(version_id=row.id).order_by("-revision").first()
    assert text is not None
    events = HandbookEvent.objects.filter(version_id=row.id).order_by("at", "id")
    history = tuple(EventRow(HandbookEventKind(one.kind), one.at, one.by, one.holds_from) for one in events)
    resolution = resolutions.one(row.resolution_id) if row.resolution_id else None
    return VersionPage(row, rules.from_json(text.sections), history, resolution)


def _row(
    one: HandbookVersion, events: list[HandbookEvent], text: HandbookText, begins: list[date], today: date
) -> VersionRow:
    last = next((event for event in events if event.kind == HandbookEventKind.DECIDED.value), None)
    since = last.holds_from if last else None
    after = next((day for day in begins if since is not None and day > since), None)
    kinds = [HandbookEventKind(event.kind) for event in events]
    decided_by = last.resolution if last else None
    return VersionRow(
        id=one.id,
        number=one.number,
        about=one.about,
        state=rules.state(kinds=kinds, holds_from=since, next_from=after, today=today),
        holds_from=since,
        until=after,
        resolution_id=decided_by.id if decided_by else None,
        resolution_number=resolutions.number_of(decided_by) if decided_by else "",
        revision=text.revision,
        saved_at=text.at,
        saved_by=text.by,
    )
