"""Letting something leave: a line in the ledger, resting on figures that have passed the disclosure door."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from samkraft.audit.actions import trail, transactions
from samkraft.knowledge.models import Release, Snapshot
from samkraft.knowledge.queries import board_packs
from samkraft.knowledge.rules import releases as rules
from samkraft.knowledge.rules import writing
from samkraft.knowledge.rules.releases import What
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.people.actions import guard
from samkraft.people.queries import cohorts
from samkraft.people.queries.cohorts import Pseudonymous
from samkraft.values.context import Context
from samkraft.values.period import day_in_stockholm
from samkraft.values.refusal import Refused


@dataclass(frozen=True, slots=True)
class Left:
    """A file that has left, and its digest as the ledger has it."""

    content: bytes
    digest: str


def hand_out_pack(*, by: Context, at: datetime | None = None, initiative_id: UUID, ending: str) -> Left:
    """The board pack as a file. The same snapshot and duties give the same bytes. Raises Refused without a snapshot."""
    with transactions.write(by):
        access.require(by, Permission.SEE_RESULTS)
        snapshot = _latest(initiative_id)
        made = board_packs.document(initiative_id, today=day_in_stockholm(at or timezone.now()))
        if snapshot is None or made is None:
            raise Refused(rules.NO_SNAPSHOT)
        content = writing.as_file(made, ending)
        digest = _note(by, at, initiative_id, snapshot, What.BOARD_PACK, made.title, content, None)
        return Left(content, digest)


def hand_out_rows(*, by: Context, at: datetime | None = None, initiative_id: UUID, study: str) -> Pseudonymous:
    """Pseudonymous rows for a named study, of the last snapshot. Raises Refused for anybody but an evaluator."""
    with transactions.write(by):
        access.require(by, Permission.SEE_COHORTS)
        snapshot = _latest(initiative_id)
        if snapshot is None:
            raise Refused(rules.NO_SNAPSHOT)
        if not study.strip():
            raise Refused(rules.NO_STUDY)
        with guard.refusing():
            found = cohorts.rows(initiative_id, study=study.strip(), run=snapshot.run)
        content = "\n".join(found.names).encode()
        _note(by, at, initiative_id, snapshot, What.EXTRACT, study.strip(), content, len(found.names))
        return found


def _latest(initiative_id: UUID) -> Snapshot | None:
    return Snapshot.objects.filter(initiative_id=initiative_id).order_by("-run").first()


def _note(
    by: Context, at: datetime | None, initiative_id: UUID, snapshot: Snapshot, what: What, title: str, content: bytes,
    rows: int | None,
) -> str:  # fmt: skip
    digest = hashlib.sha256(content).hexdigest()
    told = [one for parts in snapshot.figures.values() for group in parts.values() for one in group.values()]
    hidden = sum("n" not in one for one in told)
    made = Release.objects.create(
        initiative_id=initiative_id, snapshot=snapshot, what=what.value, title=title[:200],
        released_at=at or timezone.now(), released_by=by.actor_name, shown=len(told) - hidden if rows is None else rows,
        hidden=hidden if rows is None else 0, digest=digest,
    )  # fmt: skip
    trail.record(
        by=by, at=at, action=f"release.{what.value}", subject_kind="knowledge.release", subject_id=made.id,
        subject_name=title[:200], digest=digest, run=snapshot.run, rows=rows,
    )  # fmt: skip
    return digest
