"""Captions, alternative texts and records pass the same door: no number reaches a text that the release does not show."""

import re
from collections.abc import Iterable, Mapping, Sequence

from samkraft.analysis.disclosure import thresholds
from samkraft.analysis.disclosure.release import HIDDEN, Release
from samkraft.analysis.disclosure.tables import Cell
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase

_FIELD = re.compile(r"\{([^{}]+)\}")
_NUMBER = re.compile(r"(?<![\w])\d[\d\u00a0 ]*(?:[.,]\d+)?(?!\w)")
FEW = phrase("färre än fem eller dolt")

LOOSE_NUMBER = Reason(
    "loose_number",
    phrase("Texten innehåller talet {number}, som inte kommer ur publiceringen."),
    phrase("Hämta det ur en tabell med {{kolumn=värde}}, eller ange det som känt (årtal, paragraf)."),
)
RARE_RECORD = Reason(
    "rare_record",
    phrase("{many} rader har kombinationer som delas av färre än {limit} personer."),
    phrase("Slå ihop kategorier eller ta bort kolumner."),
)


def caption(template: str, release: Release, known: Iterable[str] = ()) -> str:
    """Fill in a text. `{kon=kvinna, utgang=arbete}` becomes the count, or words when it is hidden; `{alla}` is the total.

    Any other number must be in `known` (years, paragraphs). Raises Refused for a number from elsewhere.
    """
    allowed = {_tidy(word) for word in known}
    for number in _NUMBER.findall(_FIELD.sub("", template)):
        if _tidy(number) not in allowed:
            raise Refused(LOOSE_NUMBER, number=number.strip())

    def filled(match: re.Match[str]) -> str:
        count = release.at(_cell(match[1]))
        return FEW if count is None else str(count)

    return _FIELD.sub(filled, template)


alternative_text = caption  # the same door: what is read aloud is published too


def _cell(words: str) -> Cell:
    if words.strip() == "alla":
        return Cell(())
    pairs = [part.partition("=") for part in words.split(",")]
    return Cell.of({name.strip(): value.strip() for name, _, value in pairs})


def _tidy(number: str) -> str:
    return re.sub(r"[\s\u00a0]", "", number).rstrip(".,")


def records(rows: Sequence[Mapping[str, str]], columns: Sequence[str]) -> list[dict[str, str]]:
    """Rows about one person each, with only these columns, when every combination is shared by at least five.

    Raises Refused otherwise. The order is by the values, so that it says nothing of who came when.
    """
    made = [{name: str(row[name]) for name in columns} for row in rows]
    keys = [tuple(row.values()) for row in made]
    counts: dict[tuple[str, ...], int] = {}
    for key in keys:
        counts[key] = counts.get(key, 0) + 1
    rare = sum(1 for key in keys if counts[key] < thresholds.SMALLEST_COUNT)
    if rare:
        raise Refused(RARE_RECORD, many=rare, limit=thresholds.SMALLEST_COUNT)
    return [row for _, row in sorted(zip(keys, made, strict=True), key=lambda pair: pair[0])]


__all__ = ["FEW", "HIDDEN", "alternative_text", "caption", "records"]
