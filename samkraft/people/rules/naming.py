"""How a name is searched: word by word, whatever the case, accents and joins; and by how each word begins."""

import unicodedata

_SHORTEST_BEGINNING = 2
_LONGEST = 80
# Letters of their own in Swedish; everything else is searched without its marks.
_KEPT = {"å", "ä", "ö"}


def words(text: str) -> list[str]:
    """The words of a name as they are compared: lower case, marks removed except å, ä and ö, split at all but letters."""
    plain = []
    for letter in unicodedata.normalize("NFC", text).casefold():
        if letter in _KEPT:
            plain.append(letter)
            continue
        base = "".join(part for part in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(part))
        plain.append(base if base.isalnum() else " ")
    return [word[:_LONGEST] for word in "".join(plain).split()]


def tokens(name: str) -> set[str]:
    """What a name is found by: each word, and each beginning of it from two letters. Equality is what an index finds."""
    found = set()
    for word in words(name):
        found.add(word)
        found.update(word[:length] for length in range(_SHORTEST_BEGINNING, len(word)))
    return found
