"""Why somebody who waits was not proposed a place, as far as a place coordinator may know it.

The engine knows of other queues, other places and what the plan asks for first; a coordinator does not. So there are three
answers: others are worth as much or more there (with a price and how many more places it takes), another proposal as good
gives it, or something else, which is not told.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from math import isfinite
from typing import TYPE_CHECKING, Any
from uuid import UUID

from samkraft.knowledge.rules.allotments import Asked
from samkraft.people.rules.places.place_lines import InLine
from samkraft.values.wording import phrase

if TYPE_CHECKING:
    from samkraft.analysis.allotment.allotting import Allotment
    from samkraft.analysis.allotment.explaining import WhyNot

FULL, TIE, OTHER = "full", "tie", "other"
WORDS = {
    FULL: phrase("Platserna räcker inte: de som föreslås väger lika mycket eller mer."),
    TIE: phrase("Ett annat förslag som är lika bra ger platsen."),
    OTHER: phrase(
        "Förslaget som helhet blir sämre om platsen ges här. Vad det beror på visas inte: det kan röra annat än kön."
    ),
}
EACH_SECONDS = 1.0


def of_rows(
    asked: Asked, solved: "Allotment", rows: Sequence[InLine], given: Mapping[int, UUID], queued: Mapping[int, UUID],
    starts: Mapping[UUID, date], *, clock: Callable[[], float], seconds: float,
) -> dict[int, dict[str, Any]]:  # fmt: skip
    """Entry → the answer for the occasion that it would have by the queue, or else the first that it could have.

    For those who get nothing, or later than in the queue's order, until the time is out; who comes last has no answer then.
    """
    from samkraft.analysis.allotment import explaining

    began, found = clock(), {}
    for row in rows:
        wanted = _wanted(row, given, queued, starts)
        if wanted is None or row.key not in asked.people:
            continue
        if clock() - began > seconds:
            break
        told = explaining.why_not(solved, asked.people[row.key], asked.name(wanted), seconds=EACH_SECONDS)
        found[row.key] = {"occasion": str(wanted), **_allowed(told)}
    return found


def _wanted(
    row: InLine, given: Mapping[int, UUID], queued: Mapping[int, UUID], starts: Mapping[UUID, date]
) -> UUID | None:
    """What somebody would rather have had; None when they have it."""
    first = queued.get(row.key) or min(row.may_have, key=lambda one: (starts[one], str(one)), default=None)
    if first is None or (row.key in given and starts[given[row.key]] <= starts[first]):
        return None
    return first


def _allowed(told: "WhyNot | None") -> dict[str, Any]:
    """What may be told of an answer."""
    if told is None or told.reason not in (FULL, TIE):
        return {"reason": OTHER}
    if told.reason == TIE:
        return {"reason": TIE}
    return {
        "reason": FULL,
        "price": round(told.price, 4),
        "loss_least": _number(told.loss_least),
        "loss_most": _number(told.loss_most),
        "places": told.places if told.change == "places" else None,
        "is_proven": told.is_proven,
    }


def _number(loss: float) -> float | None:
    """None where it cannot be at all: somebody else's place is decided beforehand."""
    return round(loss, 4) if isfinite(loss) else None
