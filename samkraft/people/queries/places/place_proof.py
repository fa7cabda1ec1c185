"""Every activity's queue gone through again from its events. Run as the owner, who sees every area; told by ids alone."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samkraft.offer.queries import catalogue
from samkraft.people.models import PlaceEntry, PlaceEvent, PlaceHold
from samkraft.people.rules.places import place_replays
from samkraft.people.rules.places.place_replays import Entry, Fault, Finding, Happening
from samkraft.values.period import day_in_stockholm


@dataclass(frozen=True, slots=True)
class Checked:
    """How much was gone through, and what was found."""

    activities: int
    entries: int
    offers: int
    findings: tuple[Finding, ...]

    @property
    def holds(self) -> bool:
        """Whether nothing was found."""
        return not self.findings


def check() -> Checked:
    """Go through everything that the asker may see: everything, for the owner."""
    entries = offers = 0
    found: list[Finding] = []
    ids = [one.id for one in catalogue.activities()]
    for activity_id in ids:
        told = _one(activity_id)
        entries, offers = entries + told.entries, offers + told.offers
        found += told.findings
    return Checked(len(ids), entries, offers, tuple(found))


def of_activity(activity_id: UUID) -> Checked:
    """The same for one activity."""
    return _one(activity_id)


def _one(activity_id: UUID) -> Checked:
    rows = list(PlaceEntry.objects.filter(activity_id=activity_id))
    holds = {hold.id: hold for hold in PlaceHold.objects.filter(activity_id=activity_id)}
    activity = catalogue.activity_by_id(activity_id)
    is_running = activity is not None and activity.start_form == "running"
    occasions = {
        one.id: place_replays.Occasion(one.id, one.starts_on, is_running)
        for one in catalogue.occasions(activity_id=activity_id)
    }
    events = list(PlaceEvent.objects.filter(entry__activity_id=activity_id).order_by("entry_id", "order"))
    entries = {
        row.id: Entry(
            row.id, row.person_id, row.activity_id, row.joined_at, row.occasion_id, row.not_before, tuple(row.criteria)
        )
        for row in rows
    }
    happened = [
        Happening(
            one.entry_id, one.order, one.kind, one.happened_at, day_in_stockholm(one.happened_at), one.occasion_id,
            holds[one.hold_id].place_id if one.hold_id else None,
        )
        for one in events
    ]  # fmt: skip
    found = place_replays.replay(entries, occasions, happened, _classes(activity_id))
    found += _states(rows, holds, events)
    return Checked(1, len(rows), sum(one.kind == "offered" for one in events), tuple(found))


def _classes(activity_id: UUID) -> place_replays.ClassOf:
    rules = catalogue.rule_versions(activity_id)

    def class_of(entry: Entry, day: date) -> int:
        lines = next((rule.classes for rule in rules if day in rule.period), {})
        return min((lines[one] for one in entry.criteria if one in lines), default=99)

    return class_of


def _states(rows: list[PlaceEntry], holds: dict[UUID, PlaceHold], events: list[PlaceEvent]) -> list[Finding]:
    kinds: dict[UUID, list[str]] = defaultdict(list)
    for one in events:
        kinds[one.entry_id].append(one.kind)
    live = {hold.entry_id: hold for hold in holds.values() if hold.released_at is None}
    begun = {entry for entry, hold in live.items() if hold.started_on is not None}
    return [
        Finding(Fault.STATE_DIFFERS, row.id)
        for row in rows
        if place_replays.why_state_differs(
            kinds[row.id], has_live_hold=row.id in live, has_left=row.left_at is not None, has_begun=row.id in begun
        )
    ]
