"""What a document is made of. Texts are plain; nothing in them is markup."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text. `note` is the number of the note that tells where it comes from, 0 for none."""

    text: str
    note: int = 0
    is_strong: bool = False


Line = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading. `key` is its name in the document, for links."""

    level: int
    text: str
    key: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph. A quiet one is small print, such as what a table leaves out."""

    line: Line
    is_quiet: bool = False


@dataclass(frozen=True, slots=True)
class Points:
    """A list: numbered from 1, or with bullets."""

    lines: tuple[Line, ...]
    is_numbered: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column's head. Numbers stand to the right. `weight` is its share of the width."""

    head: str
    is_number: bool = False
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table with heads and a caption; the first cell of each row is its head. A sum may close it."""

    key: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Line, ...], ...]
    total: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar. No value: unknown, drawn as a dashed frame with the word."""

    label: str
    value: Decimal | None
    told: str


@dataclass(frozen=True, slots=True)
class Bars:
    """A chart of bars; `told` says in words what it shows, for whoever cannot see it. A table beside it has the values."""

    key: str
    caption: str
    told: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """Where something comes from. `address` is a path inside the product; only the web page links to it."""

    number: int
    text: str
    address: str = ""


Part = Heading | Paragraph | Points | Table | Bars


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document. `head` is what stands in the page head: sender, day, case number."""

    title: str
    author: str
    head: tuple[str, ...]
    parts: tuple[Part, ...]
    notes: tuple[Note, ...] = ()
    notes_heading: str = "Källor"
    dated: date | None = None
    has_contents: bool = True
    contents_heading: str = "Innehåll"
    keywords: tuple[str, ...] = ()


@dataclass(slots=True)
class Notes:
    """Hands out numbers to notes: the same words get the same number, in order of first mention."""

    _numbers: dict[tuple[str, str], int] = field(default_factory=dict)

    def number(self, text: str, address: str = "") -> int:
        """The number of the note with these words; 0 when there are none."""
        if not text:
            return 0
        return self._numbers.setdefault((text, address), len(self._numbers) + 1)

    def all(self) -> tuple[Note, ...]:
        """All notes in order."""
        return tuple(Note(number, text, address) for (text, address), number in self._numbers.items())


def words(text: str, note: int = 0) -> Line:
    """A line of one stretch."""
    return (Run(text, note),)


def contents(document: Document, depth: int = 2) -> list[Heading]:
    """The headings that the contents list, down to a depth."""
    return [part for part in document.parts if isinstance(part, Heading) and part.level <= depth]


def plain(line: Sequence[Run]) -> str:
    """The line's words alone."""
    return "".join(run.text for run in line)
