"""What a decision on teams or places has been followed by: the wait in the last month before it, and in the latest since.

It is what happened after, not what the decision caused: other things change too, and the page says so.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse

from samkraft.initiatives.queries import resolutions
from samkraft.knowledge.queries.scorecards import Scorecard
from samkraft.knowledge.rules.figures import Figure
from samkraft.knowledge.rules.groups import Dimension
from samkraft.knowledge.rules.indicators import BY_CODE
from samkraft.partners.rules.roles import Permission, may
from samkraft.values.context import Context
from samkraft.web.governance.capacity_words import made_in_words
from samkraft.web.knowledge import words

INDICATOR = "wait_for_meeting"


@dataclass(frozen=True, slots=True)
class Followed:
    """One decision. before and since are the wait in words with its month; empty where no month can be shown."""

    number: str
    text: str
    url: str
    from_date: date
    before: str
    before_month: str
    since: str
    since_month: str


def of(by: Context, code: str, initiative_id: UUID, card: Scorecard) -> list[Followed]:
    """Every decision that has changed capacity, the latest first; none for whoever does not see the steering."""
    if not may(by.role, Permission.SEE_STEERING):
        return []
    one = BY_CODE[INDICATOR]
    told = card.told.get(INDICATOR, {}).get(Dimension.MONTH.value, {})
    known = {month: figure for month, figure in sorted(told.items()) if figure.value(one.kind) is not None}
    return [_one(code, row, known) for row in reversed(resolutions.changes(initiative_id))]


def _one(code: str, row: resolutions.ResolutionRow, known: dict[str, Figure]) -> Followed:
    assert row.change is not None
    one, turn = BY_CODE[INDICATOR], f"{row.change.from_date:%Y-%m}"
    earlier, later = [month for month in known if month < turn], [month for month in known if month >= turn]
    return Followed(
        row.number,
        made_in_words(row.change),
        reverse("governance:decision", args=[code, row.id]),
        row.change.from_date,
        words.value(one, known[earlier[-1]]) if earlier else "",
        words.group(Dimension.MONTH, earlier[-1], {}) if earlier else "",
        words.value(one, known[later[-1]]) if later else "",
        words.group(Dimension.MONTH, later[-1], {}) if later else "",
    )
