"""What is wrong in an instance that is read: every fault with its place in the file, told at once."""

import math
from typing import Any

from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase, spoken

MOST_SHOWN = 12
FAULTS = Reason("bad_instance", phrase("Filen går inte att använda. {faults}"), phrase("Formatet står i hjälpen."))

_LARGEST = 10**9
_LARGEST_NUMBER = 10**8
_ENDLESS = (math.inf, -math.inf)


class Faults:
    """Collects what is wrong, with the place in the file."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def add(self, where: str, what: str) -> None:
        """One more fault."""
        self.found.append(f"{where or spoken('filen')}: {what}")

    def refuse(self) -> None:
        """Raise Refused when anything was wrong."""
        if not self.found:
            return
        more = (
            [spoken("… och {count} fel till", count=len(self.found) - MOST_SHOWN)]
            if len(self.found) > MOST_SHOWN
            else []
        )
        raise Refused(FAULTS, faults=". ".join([*self.found[:MOST_SHOWN], *more]) + ".")

    def number(self, table: dict[str, Any], key: str, where: str, default: float | None = None) -> float:
        """A finite number, small enough that no benefit outweighs a hard rule."""
        value = table.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int | float) or value != value or value in _ENDLESS:
            self.add(f"{where}.{key}", spoken("ska vara ett vanligt tal") if key in table else spoken("saknas"))
            return 0.0
        if not -_LARGEST_NUMBER <= value <= _LARGEST_NUMBER:
            self.add(f"{where}.{key}", spoken("är större än hundra miljoner"))
            return 0.0
        return float(value)

    def whole(
        self, table: dict[str, Any], key: str, where: str, default: int | None = None, least: int = -_LARGEST
    ) -> int:
        """A whole number, not below `least`."""
        value = table.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= _LARGEST:
            some = spoken("ska vara ett heltal")
            words = some if least == -_LARGEST else spoken("ska vara ett heltal, minst {least}", least=least)
            self.add(f"{where}.{key}", words if key in table else spoken("saknas"))
            return max(least, 0)
        return value

    def text(self, table: dict[str, Any], key: str, where: str, default: str | None = None) -> str:
        """A text that is not empty."""
        value = table.get(key, default)
        if not isinstance(value, str) or (not value and default is None):
            self.add(f"{where}.{key}", spoken("ska vara en text") if key in table else spoken("saknas"))
            return ""
        return value

    def texts(self, table: dict[str, Any], key: str, where: str) -> tuple[str, ...]:
        """A list of texts."""
        value = table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            self.add(f"{where}.{key}", spoken("ska vara en lista av texter"))
            return ()
        return tuple(value)

    def rows(self, table: dict[str, Any], key: str, where: str, *, needed: bool = True) -> list[dict[str, Any]]:
        """A list of objects."""
        value = table.get(key, [] if not needed else None)
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            self.add(f"{where}.{key}".lstrip("."), spoken("ska vara en lista") if key in table else spoken("saknas"))
            return []
        return value

    def known(self, table: dict[str, Any], names: set[str], where: str) -> None:
        """No other keys than these: a misspelt one would be silently without effect."""
        for name in sorted(set(table) - names):
            words = spoken("finns inte i formatet (finns: {names})", names=", ".join(sorted(names)))
            self.add(f"{where}.{name}".lstrip("."), words)
