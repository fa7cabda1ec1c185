"""Proposals of places: what could be given, and the proposals that have been made for the activities one coordinates.

Asked inside the reader's context: the database shows a proposal to whoever coordinates all its activities.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, models

from samkraft.knowledge.models import Allotment, AllotmentProof
from samkraft.knowledge.rules.allotment_mending import Prices
from samkraft.knowledge.rules.allotment_outcomes import Fairness, Way
from samkraft.knowledge.rules.allotments import Opening
from samkraft.offer.queries import catalogue
from samkraft.people.queries.places import place_lists
from samkraft.values.context import Context
from samkraft.values.period import day_in_stockholm


@dataclass(frozen=True, slots=True)
class OccasionFigure:
    """How a proposal uses an occasion. `price`: what one more place there would be worth, in places."""

    id: UUID
    places: int
    given: int
    queued: int
    price: float


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposal as it was made. `gap` is how far it may be from the best, as a share of the bound."""

    id: UUID
    activity_ids: tuple[UUID, ...]
    weeks: int
    made_at: datetime
    made_by: str
    earlier_id: UUID | None
    locked: int
    seed: int
    seconds: float
    method: str
    value: float
    bound: float
    gap: float
    digest: str
    plan: Way
    queue: Way
    plan_weeks: tuple[int, ...]
    queue_weeks: tuple[int, ...]
    fairness: Fairness
    occasions: tuple[OccasionFigure, ...]
    weights: Mapping[str, Any]
    is_checked: bool
    prices: tuple[Prices, ...] = ()

    @property
    def first_day(self) -> date:
        """The day it was made, from which its weeks run."""
        return day_in_stockholm(self.made_at)

    @property
    def last_day(self) -> date:
        """The last day of its weeks."""
        return self.first_day + timedelta(weeks=self.weeks)


@dataclass(frozen=True, slots=True)
class Lying:
    """That a proposal was made and has led to nothing. What it says is for whoever coordinates its activities."""

    id: UUID
    made_at: datetime
    made_by: str
    activity_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class Proof:
    """The two files of a proposal: who waits as numbers, and the plan with the prices that prove it."""

    id: UUID
    made_at: datetime
    digest: str
    instance: Mapping[str, Any]
    plan: Mapping[str, Any]


def openings(by: Context, *, today: date, weeks: int) -> list[Opening]:
    """Occasions of the activities one coordinates that begin in so many weeks, with free places that nobody is offered yet.

    What is open already is not among them: there every free place goes to the next in line at once.
    """
    mine = {one.id: one for one in catalogue.activities(coordinated_by=by.membership_id, on=today)}
    free = {one.occasion_id: one.free for one in place_lists.numbers(by)}
    until = today + timedelta(weeks=weeks)
    found = [
        one
        for one in catalogue.occasions(since=today, until=until + timedelta(days=1))
        if one.activity_id in mine and not one.is_open and one.cancelled_at is None and free.get(one.id, 0) > 0
    ]
    times: dict[UUID, list[tuple[datetime, datetime]]] = {}
    for session in catalogue.sessions(occasion_ids=[one.id for one in found], first=today, days=7 * (weeks + 26)):
        if not session.is_cancelled:
            times.setdefault(session.occasion_id, []).append((session.starts_at, session.ends_at))
    closed = {
        activity_id: [period for period, _ in catalogue.closed(activity_id)]
        for activity_id in {one.activity_id for one in found}
    }
    made = []
    for one in found:
        starts_on = _first_day(one.starts_on, mine[one.activity_id].start_form, closed[one.activity_id], today)
        if starts_on is None or starts_on > until:
            continue
        made.append(
            Opening(
                one.id, one.activity_id, starts_on, one.ends_on, free[one.id], one.hours_a_week,
                tuple(times.get(one.id, ())),
            )
        )  # fmt: skip
    return sorted(made, key=lambda each: (each.starts_on, str(each.id)))


def _first_day(starts_on: date, start_form: str, closed: list[Any], today: date) -> date | None:
    """The day somebody could begin; None when a joint start is past or lies in a closed period."""
    if start_form == "joint":
        return None if starts_on <= today or any(starts_on in period for period in closed) else starts_on
    day = max(starts_on, today)
    while (inside := next((period for period in closed if day in period), None)) is not None:
        if inside.end_date is None:
            return None
        day = inside.end_date
    return day


def listed(by: Context, *, most: int = 20) -> list[Proposal]:
    """The latest first."""
    return [_proposal(row) for row in Allotment.objects.order_by("-made_at")[:most]]


def left_lying(before: datetime) -> list[Lying]:
    """Proposals that nobody has adopted anything of and no newer one has replaced, the oldest first. For those who steer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT proposal, made_at, made_by, activity_ids FROM knowledge_left_lying(%s)", [before])
        return [Lying(row[0], row[1], row[2], tuple(row[3])) for row in cursor.fetchall()]


def one(by: Context, proposal_id: UUID) -> Proposal | None:
    """One proposal, for whoever coordinates all its activities."""
    row = Allotment.objects.filter(id=proposal_id).first()
    return _proposal(row) if row else None


def proofs(by: Context, *, most: int = 50) -> list[tuple[UUID, datetime, int]]:
    """For an evaluator: id, when it was made, and how many waited, the latest first."""
    rows = AllotmentProof.objects.order_by("-allotment__made_at")[:most]
    rows = rows.annotate(made_at=models.F("allotment__made_at"))
    return [(row.allotment_id, row.made_at, len(row.instance["people"])) for row in rows]


def proof(by: Context, proposal_id: UUID) -> Proof | None:
    """The two files, for an evaluator."""
    row = AllotmentProof.objects.select_related("allotment").filter(allotment_id=proposal_id).first()
    if row is None:
        return None
    return Proof(row.allotment_id, row.allotment.made_at, row.allotment.instance_digest, row.instance, row.plan)


def _proposal(row: Allotment) -> Proposal:
    said = row.figures
    return Proposal(
        id=row.id, activity_ids=tuple(row.activity_ids), weeks=row.weeks, made_at=row.made_at, made_by=row.made_by,
        earlier_id=row.earlier_id, locked=row.locked, seed=row.seed, seconds=row.seconds, method=row.method, value=row.value,
        bound=row.bound, gap=row.gap, digest=row.instance_digest, plan=Way(**said["plan"]), queue=Way(**said["queue"]),
        plan_weeks=tuple(said["plan_weeks"]), queue_weeks=tuple(said["queue_weeks"]), fairness=Fairness(**said["fairness"]),
        occasions=tuple(
            OccasionFigure(UUID(one["id"]), one["places"], one["given"], one["queued"], one["price"])
            for one in said["occasions"]
        ),
        weights=said["weights"], is_checked=said["is_checked"],
        prices=tuple(
            Prices(
                one["priority"], {UUID(name): price for name, price in one["places"].items()}, one["classes"],
                {int(name): value for name, value in one["kept"].items()},
            )
            for one in said.get("prices", ())
        ),
    )  # fmt: skip
