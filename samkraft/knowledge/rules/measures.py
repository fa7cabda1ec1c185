"""What an indicator is: whom or what it is about, who is counted, which way is better, and how it may be told."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from samkraft.knowledge.rules.populations import POPULATIONS, Days, Mask, View


class Kind(StrEnum):
    """What the figure is."""

    COUNT = "count"
    SHARE = "share"
    MEDIAN = "median"
    TIME = "time"
    THINGS = "things"
    SERIES = "series"


class Better(StrEnum):
    """Which way is better; some figures only describe."""

    MORE = "more"
    LESS = "less"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator.

    population: whom it is about, one of `POPULATIONS`. hits: those of them who are counted; all of them without. value
    (medians): days. month: the column whose
    month the figure belongs to; empty for what is only known as it stands. sensitive: that a group has nobody or only such
    people would tell of them what others must not learn. board_filter: the caseload's own filter that
    shows whom to work with. lag_days: how long after the enrolment it comes, for the plan. missing: why there is no figure.
    splits: the only dimensions in which it is told; all of them without.
    """

    code: str
    name: str
    meaning: str
    source: str
    kind: Kind
    better: Better = Better.NEITHER
    population: str = ""
    hits: Callable[[View], Mask] | None = None
    value: Callable[[View], Days] | None = None
    month: str = ""
    sensitive: bool = False
    board_filter: str = ""
    lag_days: int = 0
    missing: str = ""
    splits: tuple[str, ...] = ()

    def counted(self, view: View) -> Mask:
        """Who is counted."""
        among = POPULATIONS[self.population](view)
        return among & self.hits(view) if self.hits else among

    @property
    def is_counted(self) -> bool:
        """Whether it is worked out here, month by month, and not published by somebody else."""
        return self.kind is not Kind.SERIES
