"""Makes a proposal of places beside the pages, for whoever coordinates the activities, as that membership may when it runs."""

import time
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import ngettext

from samkraft.knowledge.actions import allotments
from samkraft.knowledge.rules import allotment_counting
from samkraft.knowledge.rules.allotments import USUAL
from samkraft.partners.actions.runners import Tell
from samkraft.partners.rules.errands import Made
from samkraft.partners.rules.roles import Permission
from samkraft.values.context import Context
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


def about(arguments: dict[str, Any]) -> str:
    """How far ahead it looks."""
    weeks = int(arguments.get("weeks", USUAL))
    return ngettext("{weeks} vecka framåt", "{weeks} veckor framåt", weeks).format(weeks=weeks)
