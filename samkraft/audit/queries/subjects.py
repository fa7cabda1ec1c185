"""What has happened to things that are not people: matters, vouchers, funds. For their own pages' history."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from samkraft.audit.models import Event

MOST = 200


@dataclass(frozen=True, slots=True)
class Happened:
    """One event about a thing: when, by whom and what."""

    at: datetime
    who: str
    action: str
    subject_kind: str
    subject_id: str
    subject_name: str


def history(subjects: Iterable[tuple[str, object]]) -> list[Happened]:
    """The latest events about these things, newest first. Row-level security decides which the reader has."""
    wanted: dict[str, list[str]] = {}
    for kind, key in subjects:
        wanted.setdefault(kind, []).append(str(key))
    if not wanted:
        return []
    any_of = Q()
    for kind, keys in wanted.items():
        any_of |= Q(subject_kind=kind, subject_id__in=keys)
    rows = Event.objects.filter(any_of).order_by("-recorded_at", "-id")[:MOST]
    return [
        Happened(row.at, row.actor_name, row.action, row.subject_kind, row.subject_id, row.subject_name) for row in rows
    ]
