"""How names are sorted, and which words a person is found by. The same on both sides of a search."""

import re
import unicodedata

from samkraft.partners.rules.organisations import swedish_sort_key

_LONGEST_WORD = 80
_MARKS = ("Mn", "Mc", "Me")


def sort_key(given_name: str, family_name: str) -> str:
    """By family name, then given name, å, ä and ö last. Stored, since the database knows no Swedish order."""
    return swedish_sort_key(f"{family_name} {given_name}".strip())[:320]


def words(text: str) -> list[str]:
    """The words of a name or of what somebody searches for, in one form: no capitals, whatever the alphabet."""
    folded = unicodedata.normalize("NFC", text.casefold())
    kept = "".join(sign if sign.isalnum() or unicodedata.category(sign) in _MARKS else " " for sign in folded)
    return [word[:_LONGEST_WORD] for word in kept.split()]


def search_words(given_name: str, family_name: str) -> list[str]:
    """Every word that a person is found by: each part of the name, also written without marks above the letters."""
    whole = words(f"{given_name} {family_name}")
    return sorted({form for word in whole for form in (word, _without_marks(word)) if form})


def _without_marks(word: str) -> str:
    """`öberg` as `oberg`, for who has no such key. Only Latin letters: in other scripts marks are vowels."""
    if not re.search(r"[a-z]", unicodedata.normalize("NFD", word)):
        return word
    plain = "".join(sign for sign in unicodedata.normalize("NFD", word) if unicodedata.category(sign) != "Mn")
    return plain.replace("ø", "o").replace("æ", "ae").replace("ł", "l").replace("đ", "d")
