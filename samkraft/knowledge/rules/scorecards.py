"""The scorecard: each item of the theory of change with its target and what it has come to, and whether that is in order."""

from dataclasses import dataclass
from enum import StrEnum

from samkraft.initiatives.rules.theory import Item, TargetKind
from samkraft.knowledge.rules.figures import Figure
from samkraft.knowledge.rules.measures import Better, Indicator, Kind
from samkraft.values.refusal import Reason
from samkraft.values.wording import phrase

NO_SUCH_ITEM = Reason("no_such_item", phrase("{item} finns inte i förändringsteorin."), phrase("Ladda om sidan."))
NO_SUCH_INDICATOR = Reason(
    "no_such_indicator", phrase("Indikatorn {indicator} finns inte."), phrase("Välj en i listan.")
)


class Standing(StrEnum):
    """How an item stands to its target."""

    REACHED = "reached"
    ON_THE_WAY = "on_the_way"
    BEHIND = "behind"
    UNKNOWN = "unknown"


STANDING_NAMES = {
    Standing.REACHED: phrase("målet är nått"),
    Standing.ON_THE_WAY: phrase("i takt"),
    Standing.BEHIND: phrase("efter"),
    Standing.UNKNOWN: phrase("går inte att säga än"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One item with its indicator and figure. before: the figure of the snapshot before. expected: where the plan is now."""

    item: Item
    indicator: Indicator | None
    figure: Figure | None
    before: Figure | None
    expected: float | None
    standing: Standing

    @property
    def value(self) -> float | None:
        """The figure itself; None when it is not known or not shown."""
        return self.figure.value(self.indicator.kind) if self.indicator and self.figure else None

    @property
    def value_before(self) -> float | None:
        """The same in the snapshot before."""
        return self.before.value(self.indicator.kind) if self.indicator and self.before else None


def stand(item: Item, one: Indicator | None, figure: Figure | None, before: Figure | None, gone: float) -> Line:
    """How an item stands. gone: how much of what is planned should have come by now, from 0 to 1.

    A count is held against the plan's share of its target, a share with its interval against the whole target: only when
    all of the interval lies on one side is anything said. Things are held against those that there should be by now.
    """
    line = Line(item, one, figure, before, None, Standing.UNKNOWN)
    if line.value is None or one is None or figure is None:
        return line
    if one.kind is Kind.THINGS:
        return _of_things(line, figure)
    if item.target_kind is TargetKind.COUNT and item.target is not None:
        expected = item.target * gone
        standing = _of_count(line.value, item.target, expected)
        return Line(item, one, figure, before, expected, standing)
    if (
        item.target_kind is TargetKind.SHARE and item.target is not None and one.kind is Kind.TIME
    ):  # all of it, no sample
        standing = Standing.REACHED if line.value >= item.target else Standing.BEHIND
        return Line(item, one, figure, before, item.target, standing)
    if item.target_kind is TargetKind.SHARE and item.target is not None and figure.low is not None:
        return Line(item, one, figure, before, item.target, _of_share(figure, item.target))
    if item.target_kind in (TargetKind.MORE, TargetKind.LESS) and line.value_before is not None:
        rises = line.value > line.value_before
        better = rises is (item.target_kind is TargetKind.MORE)
        same = line.value == line.value_before
        standing = Standing.ON_THE_WAY if better or same else Standing.BEHIND
        return Line(item, one, figure, before, None, standing)
    return line


def is_goal(line: Line) -> bool:
    """Whether the item has a number to reach. What is set up and made is news only when it lags."""
    if line.indicator is None or line.item.target_kind not in (TargetKind.COUNT, TargetKind.SHARE):
        return False
    return line.indicator.kind is not Kind.THINGS or line.standing is Standing.BEHIND


def _of_things(line: Line, figure: Figure) -> Line:
    """Things that were to be there by now are `figure.of`; where nothing says when, only that the target is reached."""
    item, value = line.item, line.value or 0.0
    expected = float(figure.of) if figure.of is not None else None
    standing = Standing.UNKNOWN
    wanted = {TargetKind.COUNT: item.target, TargetKind.DONE: 1.0}.get(item.target_kind)
    if wanted is not None and value >= wanted:
        standing = Standing.REACHED
    elif expected is not None:
        standing = Standing.ON_THE_WAY if value >= expected else Standing.BEHIND
    elif item.target_kind is TargetKind.MORE and line.value_before is not None:
        standing = Standing.ON_THE_WAY if value >= line.value_before else Standing.BEHIND
    return Line(item, line.indicator, figure, line.before, expected, standing)


def _of_count(value: float, target: float, expected: float) -> Standing:
    if value >= target:
        return Standing.REACHED
    return Standing.ON_THE_WAY if value >= expected else Standing.BEHIND


def _of_share(figure: Figure, target: float) -> Standing:
    if figure.low is not None and figure.low >= target:
        return Standing.REACHED
    if figure.high is not None and figure.high < target:
        return Standing.BEHIND
    return Standing.ON_THE_WAY


def direction(item: Item, first: float, last: float) -> Standing:
    """How somebody else's series stands to a target that is only a direction: by its first figure and its newest."""
    if item.target_kind not in (TargetKind.MORE, TargetKind.LESS):
        return Standing.UNKNOWN
    better = last == first or (last > first) is (item.target_kind is TargetKind.MORE)
    return Standing.ON_THE_WAY if better else Standing.BEHIND


def changed(kind: Kind, now: float | None, then: float | None) -> float | None:
    """How far a figure has moved."""
    return None if now is None or then is None else round(now - then, 6 if kind in (Kind.SHARE, Kind.TIME) else 1)


def is_better(one: Indicator, change: float | None) -> bool | None:
    """Whether a change is for the better; None when that cannot be said."""
    if not change or one.better is Better.NEITHER:
        return None
    return (change > 0) is (one.better is Better.MORE)
