"""Counts a proposal of places: instance → solve → have it checked → compare with the queue alone → say why not."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from samkraft.knowledge.rules import allotment_outcomes as outcomes
from samkraft.knowledge.rules import allotment_reasons, allotments
from samkraft.knowledge.rules.allotments import Asked, Opening
from samkraft.people.rules.places.place_lines import InLine
from samkraft.people.rules.places.place_suggestions import Why
from samkraft.values.refusal import Refused

if TYPE_CHECKING:
    from samkraft.analysis.allotment.allotting import Allotment as Solved
    from samkraft.analysis.allotment.plan import Plan

SEED, SECONDS, WHY_SECONDS = 1, 4.0, 6.0
Clock = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Lined:
    """What a proposal is counted from: those who wait, what can be given, and what is decided beforehand.

    `locks` are the occasions of the locked entries, by number.
    """

    proposal_id: UUID
    rows: tuple[InLine, ...]
    openings: tuple[Opening, ...]
    today: date
    weeks: int
    locks: tuple[UUID, ...] = ()
    earlier_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Solution:
    """A plan for the instance, and the queue's own. `is_kept`: the floor; None where it is no rule.

    `solved` is None where an earlier plan was only mended.
    """

    asked: Asked
    solved: "Solved | None"
    plan: "Plan"
    queued: Mapping[int, UUID]
    is_kept: bool | None
    is_checked: bool


@dataclass(frozen=True, slots=True)
class Counted:
    """What came of it. `rows` are what is kept of each who waits; instance and plan are the files."""

    seconds: float
    method: str
    value: float
    bound: float
    gap: float
    figures: Mapping[str, Any]
    rows: tuple[Mapping[str, Any], ...]
    instance: Mapping[str, Any]
    plan: Mapping[str, Any]


def solve(lined: Lined, *, clock: Clock, seconds: float = SECONDS) -> Solution:
    """The plan, with the floor if it can be kept; else without it. Raises Refused when there is none, or a lock cannot hold."""
    from samkraft.analysis.allotment import allotting

    queued = outcomes.in_queue_order(lined.rows, lined.openings)
    for with_floor in (True, False):
        try:
            asked = allotments.instance_of(
                lined.rows, lined.openings, today=lined.today, weeks=lined.weeks, queued=queued, locks=lined.locks,
                with_floor=with_floor,
            )  # fmt: skip
        except ValueError:
            raise Refused(allotments.LOCK_IMPOSSIBLE) from None
        if not asked.instance.people:
            raise Refused(allotments.NOBODY_WAITS)
        before = allotments.earlier(asked, lined.rows)
        solved = allotting.allot(
            asked.instance, seconds=seconds, seed=SEED, clock=clock, yesterday=_yesterday(before) if before else None
        )
        if solved.plan is not None:
            kept = None if with_floor and not asked.has_floor else with_floor
            return Solution(asked, solved, solved.plan, queued, kept, holds(asked, solved.plan))
        if not asked.has_floor:
            break
    raise Refused(allotments.LOCK_IMPOSSIBLE if lined.locks else allotments.NO_PLAN)


def told(lined: Lined, made: Solution, *, clock: Clock, seconds: float = SECONDS) -> Counted:
    """Everything that is kept of a solution."""
    starts = {one.id: one.starts_on for one in lined.openings}
    of = {one.id: one.activity_id for one in lined.openings}
    given = allotments.given(made.asked, lined.rows, made.plan.placements, of)
    passing = outcomes.passes(lined.rows, lined.openings, given)
    reasons = {} if made.solved is None else allotment_reasons.of_rows(
        made.asked, made.solved, lined.rows, given, made.queued, starts, clock=clock, seconds=WHY_SECONDS
    )  # fmt: skip
    rows = tuple(
        {
            "key": row.key,
            "occasion": given.get(row.key),
            "queue": made.queued.get(row.key),
            "why": _why(row, given.get(row.key), made.queued.get(row.key), starts).value,
            "passes": passing.get(row.key, 0),
            "why_not": reasons.get(row.key),
        }
        for row in lined.rows
    )
    proofs = made.plan.proofs
    return Counted(
        seconds,
        made.plan.method,
        sum(one.value for one in proofs),
        sum(max(one.bound, one.value) for one in proofs),  # with classes each has its own bound
        max(one.gap for one in proofs),
        _figures(lined, made, given, starts),
        rows,
        _as_data(made.asked),
        made.plan.as_data(),
    )


def _why(row: InLine, proposed: UUID | None, queued: UUID | None, starts: Mapping[UUID, date]) -> Why:
    """What somebody has decided beforehand is said to be so."""
    return Why.LOCKED if row.lock is not None and proposed else outcomes.why(row, proposed, queued, starts)


def digest(instance: Mapping[str, Any]) -> str:
    """SHA-256 of an instance as JSON with sorted keys and no spaces."""
    return hashlib.sha256(json.dumps(instance, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _yesterday(before: Mapping[str, tuple[str, ...]]) -> "Plan":
    from samkraft.analysis.allotment.plan import Plan

    return Plan(dict(before), 0.0, 0.0, (), "before", SEED)


def _as_data(asked: Asked) -> dict[str, Any]:
    from samkraft.analysis.allotment import writing

    return writing.data(asked.instance)


def holds(asked: Asked, plan: "Plan") -> bool:
    """Whether the checker, which shares no code with what made the plan, counts the same from the files alone."""
    from samkraft.analysis.allotment import plan as plans
    from samkraft.analysis.allotment import proving, reading

    read = reading.read(json.dumps(_as_data(asked)))
    return proving.check(read, plans.from_data(json.loads(json.dumps(plan.as_data())))).holds


def _figures(lined: Lined, made: Solution, given: Mapping[int, UUID], starts: Mapping[UUID, date]) -> dict[str, Any]:
    """Numbers about places and waiting; nobody's."""
    rows, today, until = lined.rows, lined.today, lined.today + timedelta(weeks=lined.weeks)
    prices = {made.asked.occasions[name]: price for proof in made.plan.proofs for name, price in proof.places.items()}
    fair = outcomes.fairness(
        rows, given, share=allotments.FLOOR_SHARE, is_rule=made.asked.has_floor, is_kept=made.is_kept
    )
    return {
        "plan": asdict(outcomes.way(rows, given, starts, today=today, until=until)),
        "queue": asdict(outcomes.way(rows, made.queued, starts, today=today, until=until)),
        "plan_weeks": outcomes.still_waiting(rows, given, starts, today=today, weeks=lined.weeks),
        "queue_weeks": outcomes.still_waiting(rows, made.queued, starts, today=today, weeks=lined.weeks),
        "fairness": asdict(fair),
        "occasions": [
            {
                "id": str(one.id),
                "places": one.places,
                "given": sum(each == one.id for each in given.values()),
                "queued": sum(each == one.id for each in made.queued.values()),
                "price": round(prices.get(one.id, 0.0), 4),
            }
            for one in lined.openings
        ],
        "prices": [
            {
                "priority": proof.priority,
                "kept": {str(one): value for one, value in proof.kept.items()},
                "places": {str(made.asked.occasions[name]): price for name, price in proof.places.items()},
                "classes": {name: price for name, price in proof.shares.items() if name.startswith("class:")},
            }
            for proof in made.plan.proofs
        ],
        "weights": asdict(allotments.WEIGHTS),
        "is_checked": made.is_checked,
    }
