"""Makes a proposal of places beside the pages, for whoever coordinates the activities, as that membership may when it runs."""

import time
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import ngettext

from samkraft.audit.actions import transactions
from samkraft.knowledge.actions import allotments
from samkraft.knowledge.queries import allotments as queries
from samkraft.knowledge.rules import allotment_counting, allotment_mending
from samkraft.knowledge.rules import allotments as rules
from samkraft.knowledge.rules.allotments import USUAL
from samkraft.partners.actions.runners import Tell
from samkraft.partners.rules.errands import Made
from samkraft.partners.rules.roles import Permission
from samkraft.people.queries.places import place_suggestions
from samkraft.people.rules.places.place_suggestions import Why
from samkraft.values.context import Context
from samkraft.values.refusal import Refused
from samkraft.values.wording import phrase

KIND = "allotment"
NAME = phrase("Förslag till användning av platserna")
NEEDS = Permission.COORDINATE_PLACES
STEPS = 4


def run(by: Context, arguments: dict[str, Any], tell: Tell) -> Made:
    """Make it; what came of it is a page."""
    locks = [(UUID(entry), UUID(occasion)) for entry, occasion in arguments.get("locks", ())]
    earlier = arguments.get("earlier")
    made = propose(
        by=by, weeks=int(arguments["weeks"]), locks=locks, earlier_id=UUID(earlier) if earlier else None, tell=tell
    )
    return Made(address=reverse("offer:allotment", args=[made]))


def propose(
    *,
    by: Context,
    weeks: int = USUAL,
    locks: Sequence[tuple[UUID, UUID]] = (),
    earlier_id: UUID | None = None,
    at: datetime | None = None,
    tell: Tell = lambda done, total: None,
) -> UUID:
    """Line up, count, keep. Nothing is held while it is counted; if the program stops there, nothing is proposed."""
    tell(0, STEPS)
    lined = allotments.line_up(by=by, weeks=weeks, locks=locks, earlier_id=earlier_id, at=at)
    tell(1, STEPS)
    solution = allotment_counting.solve(lined, clock=time.monotonic)
    tell(2, STEPS)
    counted = allotment_counting.told(lined, solution, clock=time.monotonic)
    tell(3, STEPS)
    return allotments.keep(by=by, lined=lined, counted=counted, at=at)


def move(*, by: Context, proposal_id: UUID, entry_id: UUID, occasion_id: UUID, at: datetime | None = None) -> UUID:
    """Give one who waits a place in a proposal, at once: a new proposal, mended around it and not solved anew; its id.

    What was decided before stays so. Raises Refused when a rule would be broken.
    """
    with transactions.read(by):
        earlier = queries.one(by, proposal_id)
        if earlier is None:
            raise Refused(rules.NO_SUCH)
        locks = [*decided(by, proposal_id, without=entry_id), (entry_id, occasion_id)]
    began = time.monotonic()
    lined = allotments.line_up(by=by, weeks=earlier.weeks, locks=locks, earlier_id=earlier.id, at=at)
    solution = allotment_mending.mended(
        lined, prices=earlier.prices,
        with_floor=earlier.fairness.is_rule and earlier.fairness.is_kept is not False,
    )  # fmt: skip
    counted = allotment_counting.told(lined, solution, clock=time.monotonic, seconds=round(time.monotonic() - began, 3))
    return allotments.keep(by=by, lined=lined, counted=counted, at=at)


def decided(by: Context, proposal_id: UUID, *, without: UUID | None = None) -> list[tuple[UUID, UUID]]:
    """Inside a transaction: (entry, occasion) that were decided beforehand in a proposal, of those who still wait."""
    return [
        (row.entry_id, row.occasion_id)
        for row in place_suggestions.of_proposal(by, proposal_id)
        if row.why is Why.LOCKED and row.occasion_id and row.standing == "waiting" and row.entry_id != without
    ]


def about(arguments: dict[str, Any]) -> str:
    """How far ahead it looks."""
    weeks = int(arguments.get("weeks", USUAL))
    return ngettext("{weeks} vecka framåt", "{weeks} veckor framåt", weeks).format(weeks=weeks)
