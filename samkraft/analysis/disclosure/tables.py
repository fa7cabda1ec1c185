"""Tables of people: what is asked for, and the cells with their margins.

The finest combinations of all columns in a release are its atoms. Every cell, in every table and every earlier release,
is a sum of atoms; that is what lets `attack` see them all at once.
"""

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from samkraft.analysis.disclosure import thresholds
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase

TOO_LARGE = Reason(
    "too_many_combinations",
    phrase("Tabellerna har {many} kombinationer tillsammans; gränsen är {limit}."),
    phrase("Dela upp publiceringen eller slå ihop kategorier."),
)
UNKNOWN_COLUMN = Reason("unknown_column", phrase("Kolumnen {name} finns inte bland personernas uppgifter."))
UNKNOWN_CATEGORY = Reason("unknown_category", phrase("{value} finns inte i {name}."))


@dataclass(frozen=True, slots=True)
class Cell:
    """One number: the people in these categories. `where` holds (column, categories), columns in order of name.

    A column that is not in it is summed over.
    """

    where: tuple[tuple[str, tuple[str, ...]], ...]

    @classmethod
    def of(cls, where: Mapping[str, str | Iterable[str]]) -> "Cell":
        """A cell from column → category, or categories."""
        made = {name: (value,) if isinstance(value, str) else tuple(sorted(value)) for name, value in where.items()}
        return cls(tuple(sorted(made.items())))

    def categories(self, name: str) -> tuple[str, ...] | None:
        """The categories of a column that it holds; None for all."""
        return next((values for column, values in self.where if column == name), None)

    def without(self, name: str) -> "Cell":
        """The same, summed over a column."""
        return Cell(tuple(pair for pair in self.where if pair[0] != name))


@dataclass(frozen=True, slots=True)
class Table:
    """A table to publish: its name, the columns it is split by, and which people are in it (column → categories).

    Its margins are published with it: every sum over one or more of its columns.
    """

    name: str
    by: tuple[str, ...]
    only: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class People:
    """columns: column → each person's place among its categories (n). categories: column → all that there could be.

    sensitive: columns that say something of a person that others must not learn (how it ended, health, income). In
    them, "nobody" and "everybody" reveal a whole group. Written out, so that nobody forgets to think of it.
    """

    columns: Mapping[str, NDArray[np.int64]]
    categories: Mapping[str, tuple[str, ...]]
    sensitive: frozenset[str]


def people(
    columns: Mapping[str, Sequence[str]], *, sensitive: Iterable[str], all_of: Mapping[str, Sequence[str]] | None = None
) -> People:
    """People from words by column. all_of: categories that could occur although nobody has them now."""
    places, known = {}, {}
    for name, values in columns.items():
        there = tuple(dict.fromkeys([*(all_of or {}).get(name, ()), *sorted({str(value) for value in values})]))
        index = {value: place for place, value in enumerate(there)}
        places[name] = np.array([index[str(value)] for value in values], dtype=np.int64)
        known[name] = there
    wanted = frozenset(sensitive)
    for name in wanted - set(columns):
        raise Refused(UNKNOWN_COLUMN, name=name)
    return People(places, known, wanted)


def cells(table: Table, there: People) -> list[Cell]:
    """Every inner cell and every margin of a table, the inner ones first."""
    for name in (*table.by, *table.only):
        if name not in there.columns:
            raise Refused(UNKNOWN_COLUMN, name=name)
    found = []
    for size in range(len(table.by), -1, -1):
        for chosen in itertools.combinations(table.by, size):
            choices = []
            for name in chosen:
                kept = [
                    value for value in there.categories[name] if value in table.only.get(name, there.categories[name])
                ]
                choices.append([(name, value) for value in kept])
            for combination in itertools.product(*choices):
                outer = {name: values for name, values in table.only.items() if name not in chosen}
                found.append(Cell.of({**outer, **dict(combination)}))
    return list(dict.fromkeys(found))


class Atoms:
    """The finest combinations of some columns, and which of them each cell sums."""

    def __init__(self, categories: Mapping[str, tuple[str, ...]]) -> None:
        self.names = tuple(sorted(categories))
        self.categories = {name: categories[name] for name in self.names}
        self.shape = tuple(len(categories[name]) for name in self.names)
        many = int(np.prod(self.shape, dtype=np.int64)) if self.shape else 1
        if many > thresholds.MOST_ATOMS:
            raise Refused(TOO_LARGE, many=many, limit=thresholds.MOST_ATOMS)
        self.many = many
        self._along: dict[tuple[int, tuple[str, ...] | None], NDArray[np.int64]] = {}

    def members(self, cell: Cell) -> NDArray[np.int64]:
        """The places of the atoms that a cell sums, in order."""
        found, where = np.zeros(1, np.int64), dict(cell.where)
        for axis, name in enumerate(self.names):
            wanted = where.get(name)
            if (axis, wanted) not in self._along:
                self._along[axis, wanted] = self._steps(axis, wanted)
            found = np.add.outer(found, self._along[axis, wanted]).ravel()
        return found

    def _steps(self, axis: int, wanted: tuple[str, ...] | None) -> NDArray[np.int64]:
        """How far along one column's axis the wanted categories lie, counted in atoms; all of them for None."""
        name = self.names[axis]
        there = self.categories[name]
        for value in wanted or ():
            if value not in there:
                raise Refused(UNKNOWN_CATEGORY, name=name, value=value)
        places = [place for place, value in enumerate(there) if wanted is None or value in wanted]
        return np.array(places, np.int64) * int(np.prod(self.shape[axis + 1 :], dtype=np.int64))

    def counts(self, there: People, weights: NDArray[np.float64] | None = None) -> NDArray[np.float64]:
        """How many people (or how much of `weights`) each atom holds."""
        if not self.names:
            return np.array(
                [len(next(iter(there.columns.values()))) if weights is None else weights.sum()], dtype=float
            )
        flat = np.ravel_multi_index([there.columns[name] for name in self.names], self.shape)
        return np.bincount(flat, weights, self.many).astype(float)
