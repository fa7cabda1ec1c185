"""Proposes who gets which place: line up → instance → solve → check → keep. Never more than a proposal.

Nothing here makes an offer; `people.actions.place_suggestions.adopt` does, when a person says so. Every part is read and
written in a transaction of its own, and nothing is held while it is counted.
"""

import hashlib
import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.utils import timezone

from samkraft.audit.actions import trail, transactions
from samkraft.knowledge.models import Allotment, AllotmentProof
from samkraft.knowledge.queries import allotments as queries
from samkraft.knowledge.rules import allotment_outcomes as outcomes
from samkraft.knowledge.rules import allotment_reasons, allotments
from samkraft.knowledge.rules.allotments import Asked, Opening
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.people.actions import place_suggestions
from samkraft.people.rules.place_lines import InLine
from samkraft.values.context import Context
from samkraft.values.period import day_in_stockholm
from samkraft.values.refusal import Refused

if TYPE_CHECKING:
    from samkraft.analysis.allotment.allotting import Allotment as Solved

SUBJECT = place_suggestions.PROPOSAL
SEED, SECONDS, WHY_SECONDS = 1, 4.0, 6.0
STEPS = 4
Tell = Callable[[int, int], None]


def _quietly(_done: int, _total: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class _Made:
    """What was counted, before it is kept."""

    asked: Asked
    solved: "Solved"
    queued: Mapping[int, UUID]
    is_kept: bool | None
    checked: bool


def propose(
    *,
    by: Context,
    weeks: int = allotments.USUAL,
    locks: Sequence[tuple[UUID, UUID]] = (),
    earlier_id: UUID | None = None,
    at: datetime | None = None,
    tell: Tell = _quietly,
    seconds: float = SECONDS,
) -> UUID:
    """Make a proposal for the activities that one coordinates, and return its id.

    `locks`: (entry, occasion) that are decided beforehand. `earlier_id`: a proposal to begin from. Raises Refused when there
    is nothing to give, nobody who waits, or a lock cannot hold.
    """
    access.require(by, Permission.COORDINATE_PLACES)
    if not allotments.SHORTEST <= weeks <= allotments.LONGEST:
        raise Refused(allotments.WEEKS_OUT_OF_RANGE, least=allotments.SHORTEST, most=allotments.LONGEST)
    moment = at or timezone.now()
    today = day_in_stockholm(moment)
    tell(0, STEPS)
    with transactions.read(by):
        openings = queries.openings(by, today=today, weeks=weeks)
        earlier = None if earlier_id is None else queries.one(by, earlier_id)
    if not openings:
        raise Refused(allotments.NO_OCCASIONS, weeks=weeks)
    proposal_id = uuid4()
    activity_ids = sorted({one.activity_id for one in openings}, key=str)
    rows = place_suggestions.line_up(
        by=by, proposal_id=proposal_id, activity_ids=activity_ids, occasion_ids=[one.id for one in openings],
        locked=[entry for entry, _ in locks], earlier_id=earlier.id if earlier else None, at=at,
    )  # fmt: skip
    tell(1, STEPS)
    made = _solved(rows, openings, today=today, weeks=weeks, locks=[one for _, one in locks], seconds=seconds)
    tell(2, STEPS)
    given, figures, said = _told(made, rows, openings, today=today, weeks=weeks)
    tell(3, STEPS)
    header = _header(made, figures)
    with transactions.write(by):
        Allotment.objects.create(
            id=proposal_id, activity_ids=activity_ids, weeks=weeks, made_at=moment, made_by=by.actor_name,
            membership_id=by.membership_id, earlier_id=earlier.id if earlier else None, locked=len(locks), seconds=seconds,
            **header,
        )  # fmt: skip
        _keep_proof(proposal_id, made)
        place_suggestions.suggest_within(proposal_id=proposal_id, rows=said, at=moment)
        trail.record(
            by=by,
            at=moment,
            action="allotment.propose",
            subject_kind=SUBJECT,
            subject_id=proposal_id,
            number=len(given),
        )
    return proposal_id


def _solved(
    rows: Sequence[InLine],
    openings: Sequence[Opening],
    *,
    today: date,
    weeks: int,
    locks: Sequence[UUID],
    seconds: float,
) -> _Made:
    """Solve, with the floor if it can be kept; else without it, and say so."""
    from samkraft.analysis.allotment import allotting

    queued = outcomes.in_queue_order(rows, openings)
    for with_floor in (True, False):
        try:
            asked = allotments.instance_of(
                rows, openings, today=today, weeks=weeks, queued=queued, locks=locks, with_floor=with_floor
            )
        except ValueError:
            raise Refused(allotments.LOCK_IMPOSSIBLE) from None
        if not asked.instance.people:
            raise Refused(allotments.NOBODY_WAITS)
        before = allotments.earlier(asked, rows)
        solved = allotting.allot(
            asked.instance, seconds=seconds, seed=SEED, clock=time.monotonic,
            yesterday=_yesterday(before) if before else None,
        )  # fmt: skip
        if solved.plan is not None:
            had_floor = with_floor and asked.has_floor
            is_kept = True if had_floor else None if with_floor else False
            return _Made(asked, solved, queued, is_kept, _holds(asked, solved))
        if not asked.has_floor:
            break
    raise Refused(allotments.LOCK_IMPOSSIBLE if locks else allotments.NO_PLAN)


def _yesterday(before: Mapping[str, tuple[str, ...]]) -> Any:
    from samkraft.analysis.allotment.plan import Plan

    return Plan(dict(before), 0.0, 0.0, (), "before", SEED)


def _holds(asked: Asked, solved: "Solved") -> bool:
    """Whether the checker, which shares no code with what made the plan, counts the same from the files alone."""
    from samkraft.analysis.allotment import plan, proving, reading, writing

    assert solved.plan is not None
    read = reading.read(json.dumps(writing.data(asked.instance)))
    return proving.check(read, plan.from_data(json.loads(json.dumps(solved.plan.as_data())))).holds


def _told(
    made: _Made, rows: Sequence[InLine], openings: Sequence[Opening], *, today: date, weeks: int
) -> tuple[dict[int, UUID], dict[str, Any], list[dict[str, Any]]]:
    """Entry → occasion, the figures, and what is kept of each row."""
    assert made.solved.plan is not None
    starts = {one.id: one.starts_on for one in openings}
    of = {one.id: one.activity_id for one in openings}
    given = allotments.given(made.asked, rows, made.solved.plan.placements, of)
    queued = made.queued
    passing = outcomes.passes(rows, openings, given)
    reasons = allotment_reasons.of_rows(
        made.asked, made.solved, rows, given, queued, starts, clock=time.monotonic, seconds=WHY_SECONDS
    )
    said = [
        {
            "key": row.key,
            "occasion": given.get(row.key),
            "queue": queued.get(row.key),
            "why": outcomes.why(row, given.get(row.key), queued.get(row.key), starts).value,
            "passes": passing.get(row.key, 0),
            "why_not": reasons.get(row.key),
        }
        for row in rows
    ]
    until = today + timedelta(weeks=weeks)
    prices = {
        made.asked.occasions[name]: price for proof in made.solved.plan.proofs for name, price in proof.places.items()
    }
    fair = outcomes.fairness(
        rows, given, share=allotments.FLOOR_SHARE, is_rule=made.asked.has_floor, is_kept=made.is_kept
    )
    figures = {
        "plan": asdict(outcomes.way(rows, given, starts, today=today, until=until)),
        "queue": asdict(outcomes.way(rows, queued, starts, today=today, until=until)),
        "plan_weeks": outcomes.still_waiting(rows, given, starts, today=today, weeks=weeks),
        "queue_weeks": outcomes.still_waiting(rows, queued, starts, today=today, weeks=weeks),
        "fairness": asdict(fair),
        "occasions": [
            {
                "id": str(one.id),
                "places": one.places,
                "given": sum(each == one.id for each in given.values()),
                "queued": sum(each == one.id for each in queued.values()),
                "price": round(prices.get(one.id, 0.0), 4),
            }
            for one in openings
        ],
        "weights": asdict(allotments.WEIGHTS),
        "classes": [
            {"priority": one.priority, "value": one.value, "bound": one.bound, "gap": one.gap}
            for one in made.solved.plan.proofs
        ],
        "is_checked": made.checked,
    }
    return given, figures, said


def _header(made: _Made, figures: dict[str, Any]) -> dict[str, Any]:
    """What is proven. With classes each has its own bound; the worst gap is said."""
    assert made.solved.plan is not None
    proofs = made.solved.plan.proofs
    return {
        "seed": SEED,
        "method": made.solved.plan.method,
        "value": sum(one.value for one in proofs),
        "bound": sum(max(one.bound, one.value) for one in proofs),
        "gap": max(one.gap for one in proofs),
        "instance_digest": digest(_instance(made.asked)),
        "figures": figures,
    }


def _instance(asked: Asked) -> dict[str, Any]:
    from samkraft.analysis.allotment import writing

    return writing.data(asked.instance)


def _keep_proof(proposal_id: UUID, made: _Made) -> None:
    assert made.solved.plan is not None
    AllotmentProof.objects.create(
        allotment_id=proposal_id, instance=_instance(made.asked), plan=made.solved.plan.as_data()
    )


def digest(instance: Mapping[str, Any]) -> str:
    """SHA-256 of an instance as JSON with sorted keys and no spaces."""
    return hashlib.sha256(json.dumps(instance, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


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
