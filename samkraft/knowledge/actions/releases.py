"""Letting something leave: a line in the ledger, resting on figures that have passed the disclosure door."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from samkraft.audit.actions import trail, transactions
from samkraft.knowledge.models import Release, Snapshot
from samkraft.knowledge.queries import board_packs, studies
from samkraft.knowledge.rules import releases as rules
from samkraft.knowledge.rules import writing
from samkraft.knowledge.rules.releases import What
from samkraft.knowledge.rules.studies import registrations, stages
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


def hand_out_rows(*, by: Context, at: datetime | None = None, initiative_id: UUID, study_id: UUID) -> Pseudonymous:
    """Pseudonymous rows for a registered study, of the last snapshot. Raises Refused for anybody but an evaluator.

    The names that the rows go under are those of the registration that holds: another version gives other names.
    """
    with transactions.write(by):
        access.require(by, Permission.SEE_COHORTS)
        held = studies.held(study_id)
        if held is None or studies.initiative_of(study_id) != initiative_id:
            raise Refused(stages.NO_SUCH_STUDY)
        if not held.registration.may_go_on:
            raise Refused(registrations.WITHOUT_RIGHT)
        snapshot = _latest(initiative_id)
        if snapshot is None:
            raise Refused(rules.NO_SNAPSHOT)
        with guard.refusing():
            found = cohorts.rows(initiative_id, study=str(held.registered.id), run=snapshot.run)
        content = "\n".join(found.names).encode()
        _note(by, at, initiative_id, snapshot, What.EXTRACT, held.registration.title, content, len(found.names))
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
