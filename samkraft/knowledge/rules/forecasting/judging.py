"""How well earlier forecasts held: what they said of each month's end against what snapshots have told since."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from samkraft.analysis.queues.forecast import scores
from samkraft.analysis.queues.forecast.calibration import ORIGINS_IN_ONE_PROJECT
from samkraft.knowledge.rules.figures import wilson

FEW = ORIGINS_IN_ONE_PROJECT
WIDE, NARROW = 0.9, 0.5


@dataclass(frozen=True, slots=True)
class Said:
    """What a forecast said of one measure at a month's end: 5, 25, 50, 75 and 95 per cent."""

    forecast: int
    known: date
    is_backtest: bool
    measure: str
    day: date
    quantiles: tuple[float, float, float, float, float]


@dataclass(frozen=True, slots=True)
class Judged:
    """One saying with its outcome. simple: what a straight line from the day it was made would have said."""

    said: Said
    outcome: int
    simple: float | None

    @property
    def is_inside(self) -> bool:
        """Within the wide interval."""
        return self.said.quantiles[0] <= self.outcome <= self.said.quantiles[4]

    @property
    def is_in_middle(self) -> bool:
        """Within the half that is as likely inside as outside."""
        return self.said.quantiles[1] <= self.outcome <= self.said.quantiles[3]

    @property
    def score(self) -> float:
        """The interval's score (Gneiting and Raftery 2007), in people: its width, and a fine for missing."""
        return scores.interval_between(self.said.quantiles[0], self.said.quantiles[4], self.outcome, WIDE)


@dataclass(frozen=True, slots=True)
class Held:
    """How a number of sayings held together: how many, how many inside each interval, and within what that share may lie.

    missed: the mean distance from the middle. simple, beside: of the straight line, and of the middle in the same ones.
    """

    many: int
    inside: int
    low: float
    high: float
    in_middle: int
    missed: float
    simple: float | None
    beside: float


def judge(told: Sequence[Said], happened: Mapping[str, Mapping[date, int]], began: date) -> list[Judged]:
    """Those whose day has come and whose outcome may be shown, the latest forecast first."""
    found = []
    for one in told:
        outcome = happened.get(one.measure, {}).get(one.day)
        if outcome is None:
            continue
        then, days = happened.get(one.measure, {}).get(one.known), (one.known - began).days
        simple = then * (one.day - began).days / days if then is not None and days > 0 else None
        found.append(Judged(one, outcome, simple))
    return sorted(found, key=lambda one: (one.said.known, one.said.day, one.said.measure), reverse=True)


def held(found: Sequence[Judged]) -> Held | None:
    """All of them together; None when there are none."""
    if not found:
        return None
    inside = sum(one.is_inside for one in found)
    straight = [(abs(one.simple - one.outcome), _missed(one)) for one in found if one.simple is not None]
    return Held(
        len(found), inside, *wilson(inside, len(found)), sum(one.is_in_middle for one in found),
        sum(map(_missed, found)) / len(found), sum(line for line, _own in straight) / len(straight) if straight else None,
        sum(own for _line, own in straight) / max(1, len(straight)),
    )  # fmt: skip


def _missed(one: Judged) -> float:
    return abs(one.said.quantiles[2] - one.outcome)
