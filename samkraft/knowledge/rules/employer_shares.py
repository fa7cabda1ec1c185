"""The share of the teams' time that goes to employers, as figures of a snapshot: in all, by team, by body and by month.

It is about staff and not about participants, so it does not pass the disclosure door; what single members have noted is
summed for each team before it comes here, as on the page where the time is noted.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from samkraft.knowledge.rules import months
from samkraft.knowledge.rules.figures import Figure
from samkraft.knowledge.rules.groups import Dimension, Frame
from samkraft.offer.rules import employer_time
from samkraft.offer.rules.employer_time import Share, Week
from samkraft.people.rules.cohorts import as_number

CODE = "employer_time"
WHOLE = "all"


def figures(
    frame: Frame, weeks: Iterable[Week], numbers: Mapping[UUID, int], until: date
) -> dict[str, dict[str, Figure]]:
    """Dimension → group → figure, in minutes. numbers: the initiative's teams; other teams' weeks are left out."""
    began = months.first_day(frame.first_month)
    counted = [one for one in weeks if one.team_id in numbers and began <= employer_time.month_of(one.monday) <= until]
    last = int(months.index(as_number(until)))
    told = {
        Dimension.TEAM: employer_time.shares(counted, lambda one: str(numbers[one.team_id])),
        Dimension.BODY: employer_time.shares(counted, lambda one: str(one.area_id)),
        Dimension.MONTH: employer_time.shares(counted, lambda one: f"{employer_time.month_of(one.monday):%Y-%m}"),
    }
    groups = {
        Dimension.TEAM: [str(one) for one in sorted({*numbers.values()})],
        Dimension.BODY: sorted(told[Dimension.BODY]),
        Dimension.MONTH: [months.word(one) for one in range(frame.first_month, last + 1)],
    }
    whole = employer_time.shares(counted, lambda _one: WHOLE)
    return {WHOLE: {WHOLE: _figure(whole.get(WHOLE))}} | {
        dimension.value: {group: _figure(told[dimension].get(group)) for group in listed}
        for dimension, listed in groups.items()
    }


def _figure(share: Share | None) -> Figure:
    """Nothing noted is not nought."""
    return Figure(n=share.spent, of=share.worked) if share and share.worked else Figure()
