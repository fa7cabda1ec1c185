"""What the rows of a file can name: activities that one coordinates, providers, one's own sessions and the codes there."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from samkraft.offer.queries import catalogue
from samkraft.partners.queries import organisations
from samkraft.people.models import ImportedFile
from samkraft.people.queries.places import place_lists
from samkraft.people.rules.imports.attendance import Met
from samkraft.people.rules.imports.occasions import Known
from samkraft.people.rules.imports.shapes import Kind, plain
from samkraft.values.context import Context

LONGEST_DAYS = 92  # a file whose days lie further apart has a day that is a typing error


def named(by: Context, *, on: date) -> Known:
    """Activities that the reader coordinates on the day, and organisations, by everything that they are called."""
    mine = catalogue.activities(coordinated_by=by.membership_id, on=on)
    return Known(
        _by_name((one.id, (one.name, one.code)) for one in mine),
        _by_name((one.id, (one.name, one.short_name, one.code, one.number)) for one in organisations.listed()),
    )


def sessions(by: Context, days: tuple[date, date]) -> list[Met]:
    """The reader's own sessions from the first day to the last, both included."""
    first, last = days
    many = min((last - first).days + 1, LONGEST_DAYS)
    found = catalogue.sessions(provider_id=by.organisation_id, first=first, days=many)
    return [Met(one.id, one.starts_at, one.activity, one.occasion) for one in found]


def codes(by: Context, session_id: UUID) -> dict[str, tuple[UUID, str]]:
    """Who has a place on the day of a session: code → the hold, and what is noted."""
    return {one.code: (one.hold_id, one.presence) for one in place_lists.roll(by, session_id)}


def latest(by: Context, kind: Kind, *, most: int = 5) -> list[tuple[datetime, str, int]]:
    """The own area's latest files of the kind: when, by whom, and how many rows."""
    rows = ImportedFile.objects.filter(area_id=by.area_id, kind=kind.value).order_by("-read_at", "id")[:most]
    return [(row.read_at, row.read_by, row.rows) for row in rows]


def _by_name(found: Iterable[tuple[UUID, tuple[str, ...]]]) -> dict[str, frozenset[UUID]]:
    known: dict[str, set[UUID]] = defaultdict(set)
    for one, names in found:
        for name in names:
            if name:
                known[plain(name)].add(one)
    return {name: frozenset(ids) for name, ids in known.items()}
