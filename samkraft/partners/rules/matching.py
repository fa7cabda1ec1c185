"""Whether words in a document name an organisation. Only a name that is known counts; likeness gives suggestions."""

import re
from collections.abc import Iterable, Mapping
from typing import TypeVar

Key = TypeVar("Key")

_SMALL_WORDS = frozenset({"och", "i", "av", "för", "till", "vid", "samt", "the", "of", "by", "ab"})
_BEFORE = re.compile(
    r"^(?:den\s+)?(?:ideella\s+)?(?:föreningen|stiftelsen|bolaget|företaget|stadens?)\s+", re.IGNORECASE
)
MOST_SUGGESTIONS = 4


def fold(words: str) -> str:
    """One way of writing a name for comparison: small letters, single spaces, one sort of hyphen, no outer quotes."""
    even = re.sub(r"[\u2010-\u2015]", "-", words.replace("\u00ad", ""))
    return " ".join(even.casefold().strip(" \t\n.,;:”\"'’").split())


def ways_of_saying(words: str) -> list[str]:
    """The words, and the same without a leading "föreningen", a genitive s or brackets after. In order of trust."""
    plain = fold(words)
    without_brackets = fold(re.sub(r"\([^)]*\)", " ", words))
    ways = [plain, without_brackets]
    ways += [fold(_BEFORE.sub("", way)) for way in (plain, without_brackets)]
    ways += [way[:-1] for way in (plain, without_brackets) if way.endswith("s")]
    return [way for way in dict.fromkeys(ways) if way]


def find(words: str, names: Mapping[str, Key]) -> Key | None:
    """The one whose name the words are. `names` has folded names as keys. None when no name is exactly that."""
    for way in ways_of_saying(words):
        if way in names:
            return names[way]
    return None


def suggest(words: str, names: Mapping[str, Key]) -> list[Key]:
    """Those whose names share the most of their words with these, best first; never more than a few."""
    asked = _telling(fold(words))
    if not asked:
        return []
    scores: dict[Key, float] = {}
    for name, key in names.items():
        has = _telling(name)
        shared = _shared(asked, has)
        if shared:
            scores[key] = max(scores.get(key, 0.0), shared / len(asked | has))
    ordered = sorted(scores.items(), key=lambda pair: -pair[1])
    return [key for key, _score in ordered[:MOST_SUGGESTIONS]]


def _telling(folded: str) -> frozenset[str]:
    return frozenset(word for word in re.split(r"[^\wåäöé]+", folded) if len(word) > 1 and word not in _SMALL_WORDS)


def _shared(asked: Iterable[str], has: Iterable[str]) -> int:
    others = list(has)
    return sum(
        1 for word in asked if any(word == other or (len(word) > 4 and other.startswith(word)) for other in others)
    )
