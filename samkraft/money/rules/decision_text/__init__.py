"""Reads Swedish municipal decision texts: `read(text)` gives one `Reading` per matter.

Where to start: `document.read` conducts; `source_text` evens out the text, `matters` and `headings` find sections,
`clauses` cuts them into points, `points` and `items` read one point, `remainder` sorts the amounts that no point took
up, `money_once` says which point pays for which, `carried` spreads a source or a year that is told once for all,
`questions` asks what the text leaves open and `answers` takes the answers. Words that vary between cities are rows of
data in `verbs`, `headings`, `amounts`, `roles` and `tables`.

How money is counted: an item's amount is the amount as stated. "Årligen 2024–2026" is stated once, holds for three years
and counts once in the total; `total_by_year_ore` counts it on each year. A transfer and the grants paid out of it count
once. What is refused, taken away, told as history or part of another amount never counts. An amount that cannot be read
with certainty is None with a question, never a guess. Every amount in a point is in an item, told as something else
(`Reading.told`), asked about, or said not to be understood. A matter that is sent back gives the points of that decision;
the points of the proposal that was sent back are not listed, since nobody has decided them.
"""

from samkraft.money.rules.decision_text.answers import answer
from samkraft.money.rules.decision_text.document import read
from samkraft.money.rules.decision_text.reading import (
    Answer,
    Facts,
    Item,
    Mark,
    Meeting,
    NotUnderstood,
    Place,
    Point,
    Question,
    Reading,
)  # fmt: skip

__all__ = [
    "Answer",
    "Facts",
    "Item",
    "Mark",
    "Meeting",
    "NotUnderstood",
    "Place",
    "Point",
    "Question",
    "Reading",
    "answer",
    "read",
]
