"""Proposals of places: line up those who wait, keep what was counted, hand out the files. Never more than a proposal.

Nothing here makes an offer; `people.actions.place_suggestions.adopt` does, when a person says so. Between lining up and
keeping it is counted (`rules.allotment_counting`), and nothing is held meanwhile.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from django.utils import timezone

from samkraft.audit.actions import trail, transactions
from samkraft.knowledge.models import Allotment, AllotmentProof
from samkraft.knowledge.queries import allotments as queries
from samkraft.knowledge.rules import allotment_counting, allotments
from samkraft.knowledge.rules.allotment_counting import Counted, Lined
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.people.actions.places import place_suggestions
from samkraft.values.context import Context
from samkraft.values.period import day_in_stockholm
from samkraft.values.refusal import Refused

SUBJECT = place_suggestions.PROPOSAL


def line_up(
    *,
    by: Context,
    weeks: int = allotments.USUAL,
    locks: Sequence[tuple[UUID, UUID]] = (),
    earlier_id: UUID | None = None,
    at: datetime | None = None,
) -> Lined:
    """Those who wait for the activities that one coordinates, under numbers drawn for this proposal, and what can be given.

    `locks`: (entry, occasion) that are decided beforehand. `earlier_id`: a proposal to begin from. Raises Refused when there
    is nothing to give.
    """
    access.require(by, Permission.COORDINATE_PLACES)
    if not allotments.SHORTEST <= weeks <= allotments.LONGEST:
        raise Refused(allotments.WEEKS_OUT_OF_RANGE, least=allotments.SHORTEST, most=allotments.LONGEST)
    moment = at or timezone.now()
    today, proposal_id = day_in_stockholm(moment), uuid4()
    with transactions.write(by):
        openings = queries.openings(by, today=today, weeks=weeks)
        if not openings:
            raise Refused(allotments.NO_OCCASIONS, weeks=weeks)
        earlier = None if earlier_id is None else queries.one(by, earlier_id)
        rows = place_suggestions.line_up_within(
            proposal_id=proposal_id, activity_ids=sorted({one.activity_id for one in openings}, key=str),
            occasion_ids=[one.id for one in openings], locked=[entry for entry, _ in locks],
            earlier_id=earlier.id if earlier else None, at=moment,
        )  # fmt: skip
        trail.record(
            by=by, at=at, action="allotment.line_up", subject_kind=SUBJECT, subject_id=proposal_id, number=len(rows)
        )
    return Lined(
        proposal_id, tuple(rows), tuple(openings), today, weeks, tuple(occasion for _, occasion in locks),
        earlier.id if earlier else None,
    )  # fmt: skip


def keep(*, by: Context, lined: Lined, counted: Counted, at: datetime | None = None) -> UUID:
    """Keep a proposal whole: its figures, the files that prove it, and what it says of each who waits. Return its id."""
    access.require(by, Permission.COORDINATE_PLACES)
    moment = at or timezone.now()
    with transactions.write(by):
        Allotment.objects.create(
            id=lined.proposal_id, activity_ids=sorted({one.activity_id for one in lined.openings}, key=str), weeks=lined.weeks,
            made_at=moment, made_by=by.actor_name, membership_id=by.membership_id, earlier_id=lined.earlier_id,
            locked=len(lined.locks), seed=allotment_counting.SEED, seconds=counted.seconds, method=counted.method,
            value=counted.value, bound=counted.bound, gap=counted.gap,
            instance_digest=allotment_counting.digest(counted.instance), figures=counted.figures,
        )  # fmt: skip
        AllotmentProof.objects.create(allotment_id=lined.proposal_id, instance=counted.instance, plan=counted.plan)
        many = place_suggestions.suggest_within(proposal_id=lined.proposal_id, rows=counted.rows, at=moment)
        trail.record(
            by=by, at=at, action="allotment.propose", subject_kind=SUBJECT, subject_id=lined.proposal_id, number=many
        )
    return lined.proposal_id


def hand_out(*, by: Context, proposal_id: UUID, at: datetime | None = None) -> queries.Proof:
    """The instance and the plan of a proposal, for an evaluator. That they were taken is in the trail.

    Raises Refused for anybody else, and for a proposal that does not exist.
    """
    access.require(by, Permission.SEE_COHORTS)
    with transactions.write(by):
        found = queries.proof(by, proposal_id)
        if found is None:
            raise Refused(allotments.NO_SUCH)
        trail.record(by=by, at=at, action="allotment.files", subject_kind=SUBJECT, subject_id=proposal_id)
        return found
