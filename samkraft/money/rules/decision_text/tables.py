"""Tables in decisions: which column holds the receiver, which the amount that is decided, and in what unit."""

import re
from dataclasses import dataclass

from samkraft.money.rules.decision_text import amounts

# What a column head means, in order: the first row that matches counts. "decided" wins over "amount".
COLUMNS: tuple[tuple[str, str], ...] = (
    ("asked", r"(?:an)?sökt\w*|ansökan|begär\w*|äska\w*|önska\w*|sökande\s+belopp"),
    ("earlier", r"föregående|utfall|tidigare|bokslut|förra|beviljat\s+(?:i\s+fjol|föregående)|i\s+fjol"),
    ("decided", r"bevilja\w*|beslut\w*|förslag\w*|tilldel\w*|fördel\w*|ny\s+ram|föreslaget|bidrag\s+\d{4}|att\s+bevilja"),
    ("change", r"förändring|differens|skillnad|andel|procent|%"),
    ("amount", r"belopp\w*|bidrag\w*|summa|kronor|kr|tkr|mnkr|mkr|stöd|anslag|ram|totalt"),
    ("name", r"förening\w*|organisation\w*|mottagare|sökande|nämnd\w*|namn|projekt\w*|verksamhet|ändamål|"
        r"aktör\w*|bidragsmottagare|part|förvaltning\w*|bolag\w*|syfte"),
)  # fmt: skip
_COMPILED = tuple((kind, re.compile(pattern, re.I)) for kind, pattern in COLUMNS)
TOTAL = re.compile(r"[\s|]*(?:summa|totalt?|sammanlagt|total(?:summa)?|s:a|delsumma|tot)(?![a-zåäö])", re.I)
UNIT_IN_HEAD = re.compile(r"\(?\b(kronor|kr|tkr|mnkr|mkr|msek|ksek|sek)\b\)?", re.I)
YEAR = re.compile(r"(?:19|20)\d\d")
GAP = re.compile(r"\t+|[ ]{2,}|\s*\|\s*")
CELL_NUMBER = re.compile(r"[-–]|\d{1,3}(?:[ .]\d{3})+(?:,\d+)?|\d+(?:,\d+)?")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell at `start:end`."""

    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Head:
    """What the columns mean: a kind and, for columns of years, the year. `unit` is in öre per one, when it is said."""

    kinds: tuple[str, ...]
    years: tuple[int | None, ...]
    unit: int | None
    labels: tuple[str, ...] = ()

    @property
    def numbers(self) -> list[int]:
        """The columns that hold numbers."""
        return [index for index, kind in enumerate(self.kinds) if kind != "name"]

    def chosen(self, asked_for: tuple[int, ...] = ()) -> list[int]:
        """The columns that hold what is decided: several only when each is a year of its own.

        `asked_for` are the years that the point itself holds for: a frame "för 2024" is not last year's column.
        """
        for kind in ("decided", "amount"):
            columns = [index for index, found in enumerate(self.kinds) if found == kind]
            if len(columns) > 1 and all(self.years[index] for index in columns):
                if of_these_years := [index for index in columns if self.years[index] in asked_for]:
                    return of_these_years
                if len({self.labels[index] for index in columns}) == 1:
                    return columns
                # "Beviljat 2024" beside "Förslag 2025": what was decided last year is history.
                return [max(columns, key=lambda index: self.years[index] or 0)]
            if columns:
                return columns[-1:] if kind == "decided" else columns[:1]
        return []


def cells(text: str, start: int, end: int) -> list[Cell]:
    """The cells of a line, parted by tabs, bars or wide gaps. Between bars and tabs an empty cell is a cell."""
    found: list[Cell] = []
    if "|" in text[start:end] or "\t" in text[start:end]:
        return _ruled_cells(text, start, end)
    at = start
    for gap in [*GAP.finditer(text, start, end), None]:
        stop = gap.start() if gap else end
        if text[at:stop].strip():
            lead = len(text[at:stop]) - len(text[at:stop].lstrip())
            found.append(Cell(at + lead, at + lead + len(text[at:stop].strip()), text[at:stop].strip()))
        at = gap.end() if gap else end
    return found


def _ruled_cells(text: str, start: int, end: int) -> list[Cell]:
    mark = "|" if "|" in text[start:end] else "\t"
    line = text[start:end]
    if mark == "|":
        start, line = (
            start + len(line) - len(line.lstrip(" |")) if line.lstrip().startswith("|") else start,
            line.strip().removeprefix("|"),
        )
        line = text[start:end].rstrip().removesuffix("|")
    found, at = [], start
    for piece in line.split(mark):
        begin = at + len(piece) - len(piece.lstrip())
        found.append(Cell(begin, begin + len(piece.strip()), piece.strip()))
        at += len(piece) + 1
    return found


def head(text: str, start: int, end: int) -> Head | None:
    """The line as the head of a table, or None when it holds an amount or no word that names a column."""
    if amounts.find(text, start, end) or TOTAL.match(text, start, end):
        return None
    line = cells(text, start, end)
    if len(line) < 2:
        line = _words_as_cells(text, start, end)
    kinds, years = [], []
    for cell in line:
        kind = next((kind for kind, pattern in _COMPILED if pattern.search(cell.words)), None)
        year = YEAR.search(cell.words)
        kinds.append(kind or ("amount" if year else "name"))
        years.append(int(year[0]) if year else None)
    if (
        len(kinds) < 2
        or not any(kind != "name" for kind in kinds)
        or any(re.search(r"\d[ .]\d{3}", cell.words) for cell in line)
    ):
        return None
    unit = UNIT_IN_HEAD.search(text, start, end)
    labels = tuple(re.sub(r"[\W\d]+", "", cell.words.lower()) for cell in line)
    return Head(tuple(kinds), tuple(years), amounts.ore_per_unit(unit[1]) if unit else None, labels)


def _words_as_cells(text: str, start: int, end: int) -> list[Cell]:
    """A head whose gaps were lost: cut before each word that names a column."""
    named = re.compile(
        r"(?:sökt\w*|ansökt\w*|bevilja\w*|förslag\w*|belopp|tilldela\w*|summa|bidrag|(?:19|20)\d\d)(?:\s+(?:belopp|bidrag|summa|(?:19|20)\d\d|\(\w+\)))*",
        re.I,
    )
    marks = list(named.finditer(text, start, end))
    if not marks or not text[start : marks[0].start()].strip():
        return []
    found = [Cell(start, marks[0].start(), text[start : marks[0].start()].strip())]
    return found + [Cell(mark.start(), mark.end(), mark[0]) for mark in marks]


def without_words(head_: Head, columns: list[int], row: dict[int, Cell]) -> list[int]:
    """The column to read when the chosen one holds words in this row ("Bifall"): another of the same kind."""
    if len(columns) != 1 or (cell := row.get(columns[0])) is None or not re.match(r"[^\W\d_]{3}", cell.words):
        return columns
    kind = head_.kinds[columns[0]]
    same = [i for i, other in enumerate(head_.kinds) if other == kind and i in row and row[i].words[:1].isdigit()]
    dashes = [i for i, other in enumerate(head_.kinds) if other == kind and i in row and row[i].words in "-–"]
    return same[-1:] or dashes[-1:] or columns


def numbers_of(text: str, start: int, end: int, head_: Head) -> tuple[Cell | None, dict[int, Cell]] | None:
    """The name of a row and its numbers by column; None when the row does not fit the head in one way only."""
    line = cells(text, start, end)
    if len(line) == len(head_.kinds):
        names = [cell for cell, kind in zip(line, head_.kinds, strict=True) if kind == "name"]
        return (names[0] if names else None), {
            index: cell for index, (cell, kind) in enumerate(zip(line, head_.kinds, strict=True)) if kind != "name"
        }
    return _glued(text, start, end, head_)


def _glued(text: str, start: int, end: int, head_: Head) -> tuple[Cell | None, dict[int, Cell]] | None:
    """A row whose gaps were lost ("Teater Skogen 250 000 200 000"): every way of cutting the digits is tried."""
    tail = re.search(r"(?:[ \t]+(?:\d{1,3}(?:,\d+)?|\d{4,}|[-–]))+[ \t]*$", text[start:end])
    if tail is None:
        return None
    columns = head_.numbers
    tokens = [(start + tail.start() + m.start(), start + tail.start() + m.end()) for m in re.finditer(r"\S+", tail[0])]
    ways = list(_cuts([text[a:b] for a, b in tokens], len(columns)))
    if len(ways) != 1:
        return None
    found, at = {}, 0
    for column, size in zip(columns, ways[0], strict=True):
        a, b = tokens[at][0], tokens[at + size - 1][1]
        found[column] = Cell(a, b, text[a:b])
        at += size
    return Cell(start, start + tail.start(), text[start : start + tail.start()].strip()), found


def _cuts(tokens: list[str], columns: int) -> list[tuple[int, ...]]:
    """The ways to cut tokens into so many well-formed numbers (groups of three after the first)."""
    if columns == 0:
        return [()] if not tokens else []
    ways = []
    for size in range(1, min(4, len(tokens) - columns + 1) + 1):
        group = tokens[:size]
        well_formed = all(re.fullmatch(r"\d{3}", token) for token in group[1:]) and not (
            len(group[0]) > 1 and group[0].startswith("0")
        )
        if well_formed and (size == 1 or re.fullmatch(r"[1-9]\d{0,2}", group[0])):
            ways += [(size, *rest) for rest in _cuts(tokens[size:], columns - 1)]
    return ways
