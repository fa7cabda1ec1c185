"""What a membership has asked for beside the pages, and how far it has come. The walls leave out everybody else's."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from samkraft.audit.queries import statements
from samkraft.partners.models import Errand, ErrandEvent, ErrandFile
from samkraft.partners.rules import errands as rules
from samkraft.partners.rules.errands import File, Happened, Standing, State
from samkraft.values.context import Context

SHOWN = 50
# How many wait for whoever asked: done and not opened, or failed and not put away. A file that has expired waits no more.
WAITING = """
SELECT count(*) FROM partners_errand e CROSS JOIN LATERAL (
    SELECT v.state, v.until FROM partners_errandevent v WHERE v.errand_id = e.id ORDER BY v.number DESC LIMIT 1) l
WHERE e.membership_id = %(me)s AND l.state IN ('done', 'failed', 'stale')
  AND (l.until IS NULL OR l.until > statement_timestamp())
"""


@dataclass(frozen=True, slots=True)
class ErrandRow:
    """One errand: what kind, with which arguments, when it was asked for, and what it is now."""

    id: UUID
    kind: str
    arguments: dict[str, Any]
    language: str
    asked_at: datetime
    now: Standing
    file_name: str

    @property
    def waits(self) -> bool:
        """Whether it waits for whoever asked for it."""
        return self.now.state in rules.WAITS_FOR_THE_ASKER


def one(by: Context, errand_id: UUID) -> ErrandRow | None:
    """One of the reader's own, or None."""
    return next(_rows(Errand.objects.filter(id=errand_id, membership_id=by.membership_id)), None)


def listed(by: Context) -> list[ErrandRow]:
    """The reader's own, the latest first."""
    return list(_rows(Errand.objects.filter(membership_id=by.membership_id).order_by("-asked_at", "-id")[:SHOWN]))


def waiting(by: Context, at: datetime) -> list[ErrandRow]:
    """Those that wait for whoever asked, as `number_waiting` counts them."""
    rows = _rows(Errand.objects.filter(membership_id=by.membership_id).order_by("asked_at", "id"))
    return [row for row in rows if row.waits and (row.now.until is None or row.now.until > at)]


def number_waiting(by: Context) -> int:
    """How many wait for whoever asked."""
    ((number,),) = statements.rows(WAITING, {"me": by.membership_id})
    return int(number)


def file_of(by: Context, errand_id: UUID) -> File | None:
    """What was made, if it has not expired. Whoever hands it out asks first whether it still may be seen."""
    row = ErrandFile.objects.filter(errand_id=errand_id, membership_id=by.membership_id).first()
    return File(row.name, row.content_type, bytes(row.content), row.basis) if row else None


def _rows(found: Iterable[Errand]) -> Iterable[ErrandRow]:
    errands = list(found)
    keys = [row.id for row in errands]
    events: dict[UUID, list[Happened]] = {}
    for event in ErrandEvent.objects.filter(errand_id__in=keys).order_by("errand_id", "number"):
        events.setdefault(event.errand_id, []).append(_happened(event))
    names = dict(ErrandFile.objects.filter(errand_id__in=keys).values_list("errand_id", "name"))
    return iter(
        [
            ErrandRow(
                row.id, row.kind, row.arguments, row.language, row.asked_at,
                rules.standing(row.asked_at, events.get(row.id, [])), names.get(row.id, ""),
            )
            for row in errands
        ]
    )  # fmt: skip


def _happened(event: ErrandEvent) -> Happened:
    return Happened(
        State(event.state), event.happened_at, event.done, event.total, event.reason, event.address, event.until
    )
