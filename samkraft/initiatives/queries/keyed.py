"""Duties by what they come from: for the domain that planned them and wants to know what became of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from samkraft.initiatives.models import Duty
from samkraft.initiatives.queries import duties


@dataclass(frozen=True, slots=True)
class Keyed:
    """A duty with its key, when it was planned, and what has happened to it, newest first."""

    source_key: str
    added_at: datetime
    row: duties.DutyRow
    history: tuple[duties.DutyEventRow, ...]


def beginning(*, prefixes: Sequence[str], today: date) -> list[Keyed]:
    """The duties whose key begins with any of the prefixes, in the order in which they were planned.

    Meant for a handful: one query for each duty that is found.
    """
    found = _beginning(prefixes).values_list("id", "source_key", "added_at")
    listed = []
    for duty_id, key, added_at in found:
        row = duties.one(duty_id=duty_id, today=today)
        if row is not None:
            listed.append(Keyed(key, added_at, row, tuple(duties.history(duty_id=duty_id))))
    return listed


def ids_beginning(prefixes: Sequence[str]) -> list[UUID]:
    """Only which they are."""
    return list(_beginning(prefixes).values_list("id", flat=True))


def _beginning(prefixes: Sequence[str]) -> "QuerySet[Duty]":
    if not prefixes:
        return Duty.objects.none()
    wanted = Q()
    for prefix in prefixes:
        wanted |= Q(source_key__startswith=prefix)
    return Duty.objects.filter(wanted).order_by("added_at", "source_key")
