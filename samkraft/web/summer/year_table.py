"""Ung i sommar from year to year: what the city's reports tell, each figure with its source, differing ones side by side."""

from dataclasses import dataclass

from samkraft.money.queries import figures
from samkraft.web import acting

MEASURE = "summer-entrepreneurs"


@dataclass(frozen=True, slots=True)
class Told:
    """What one source says about a year."""

    many: int
    label: str
    source: str
    quote: str


@dataclass(frozen=True, slots=True)
class Year:
    """A year as its sources tell it, the greatest first. `change` is from the year before, when neither is disputed."""

    year: int
    told: tuple[Told, ...]
    change: int | None

    @property
    def is_disputed(self) -> bool:
        """Whether the sources say different numbers."""
        return len({one.many for one in self.told}) > 1


def rows() -> list[Year]:
    """Every year that a source tells of, the earliest first. The figures are public."""
    by_year: dict[int, list[Told]] = {}
    for row in figures.listed(by=acting.PUBLIC, measure=MEASURE):
        if row.year is not None and row.value is not None:
            by_year.setdefault(row.year, []).append(Told(int(row.value), row.label, row.document, row.quote))
    made: list[Year] = []
    for year, told in sorted(by_year.items()):
        one = Year(year, tuple(sorted(told, key=lambda each: -each.many)), None)
        before = made[-1] if made and made[-1].year == year - 1 else None
        if before and not before.is_disputed and not one.is_disputed:
            one = Year(year, one.told, one.told[0].many - before.told[0].many)
        made.append(one)
    return made
