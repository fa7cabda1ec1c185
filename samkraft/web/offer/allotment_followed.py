"""What came of a proposal that was adopted: starts and waiting beside what was proposed, those passed, places left empty."""

from collections.abc import Mapping, Sequence
from datetime import date
from statistics import median
from typing import Any
from uuid import UUID

from samkraft.knowledge.queries.allotments import Proposal
from samkraft.offer.queries.catalogue import OccasionRow
from samkraft.people.queries.places import place_lists
from samkraft.people.queries.places.place_suggestions import Suggested
from samkraft.people.rules.places import place_suggestions as states
from samkraft.people.rules.places.place_suggestions import Adopted, Fate, Why
from samkraft.values.period import day_in_stockholm


def followed(
    request: Any, proposal: Proposal, found: Sequence[Suggested], occasions: Mapping[UUID, OccasionRow], today: date
) -> dict[str, Any]:
    """Everything in numbers, as of today."""
    offered = [row for row in found if row.result is Adopted.OFFERED]
    began = [row for row in offered if row.started_on is not None and row.fate in states.BEGAN]
    waited = [(row.started_on - day_in_stockholm(row.joined_at)).days for row in began if row.started_on]
    expected = [(occasions[row.occasion_id].starts_on - day_in_stockholm(row.joined_at)).days for row in began]
    return {
        "proposed": sum(row.occasion_id is not None for row in found),
        "offered": len(offered),
        "unanswered": sum(row.fate is Fate.OFFERED for row in offered),
        "yes": sum(row.fate in states.SAID_YES for row in offered),
        "no": sum(row.fate in states.SAID_NO for row in offered),
        "nothing": sum(row.fate in states.CAME_TO_NOTHING for row in offered),
        "begun": len(began),
        "failed": sum(row.result not in (None, Adopted.OFFERED) for row in found),
        "waited": round(median(waited)) if waited else None,
        "expected": round(median(expected)) if expected else None,
        "passed": passed(found, today),
        "places": places(
            proposal, occasions, {one.occasion_id: one.free for one in place_lists.numbers(request.by)}, today
        ),
    }


def passed(found: Sequence[Suggested], today: date) -> dict[str, Any] | None:
    """Those who would have had a place by the queue's order and were proposed none; None when there are none."""
    those = [row for row in found if row.why is Why.GIVES_WAY]
    if not those:
        return None
    waiting = [(today - day_in_stockholm(row.joined_at)).days for row in those if row.standing == "waiting"]
    return {
        "many": len(those),
        "placed": sum(row.standing == "holding" for row in those),
        "left": sum(row.standing == "left" for row in those),
        "waiting": len(waiting),
        "days": round(median(waiting)) if waiting else None,
    }


def places(
    proposal: Proposal, occasions: Mapping[UUID, OccasionRow], free: Mapping[UUID, int], today: date
) -> dict[str, Any] | None:
    """Of the places in occasions that have begun, how many stand empty; None while none has begun."""
    begun = [one for one in proposal.occasions if occasions[one.id].starts_on <= today]
    begun = [one for one in begun if not occasions[one.id].cancelled_at]
    if not begun:
        return None
    return {
        "occasions": len(begun),
        "places": sum(one.places for one in begun),
        "empty": sum(min(free.get(one.id, 0), one.places) for one in begun),
        "proposed_empty": sum(one.places - one.given for one in begun),
    }
