"""Reads tables of a scenario file key by key, and notes every fault with its place instead of stopping at the first."""

import math
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from samkraft.analysis.queues import quantities
from samkraft.analysis.queues.quantities import Amount, Parameter, Quantity
from samkraft.analysis.queues.scenario_lines import Path
from samkraft.values.wording import phrase, spoken

ABOVE = phrase("{key} ska vara större än {least:g}, inte {value:g}.")
LEAST = phrase("{key} ska vara minst {least:g}, inte {value:g}.")


@dataclass
class Notes:
    """Faults found so far, each with its place, and parameters that were written where they are used."""

    faults: list[tuple[Path, str]] = field(default_factory=list)
    parameters: dict[str, Parameter] = field(default_factory=dict)

    def add(self, path: Path, words: str) -> None:
        """Note a fault."""
        self.faults.append((path, words))


class Table:
    """One table of the file. Keys that nobody asked for are faults too: a misspelt key must not be silently ignored."""

    def __init__(self, data: Any, path: Path, notes: Notes) -> None:
        self.path, self.notes, self.asked = path, notes, set[str]()
        if not isinstance(data, dict):
            notes.add(path, spoken("Här ska det vara en tabell."))
            data = {}
        self.data: dict[str, Any] = data

    def _get(self, key: str, kind: type | tuple[type, ...], words: str, default: Any) -> Any:
        self.asked.add(key)
        if key not in self.data:
            if default is ...:
                self.notes.add(self.path, spoken("{key} saknas.", key=key))
            return None if default is ... else default
        value = self.data[key]
        if not isinstance(value, kind) or (isinstance(value, bool) and bool not in _tuple(kind)):
            self.notes.add(
                (*self.path, key),
                spoken("{key} ska vara {words}, inte {value}.", key=key, words=spoken(words), value=_shown(value)),
            )
            return None if default is ... else default
        return value

    def text(self, key: str, default: Any = ...) -> str:
        """A string, not empty when it is required."""
        value = self._get(key, str, phrase("en text inom citattecken"), default)
        if default is ... and value is not None and not value.strip():
            self.notes.add((*self.path, key), spoken("{key} är tom.", key=key))
        return value or ""

    def one_of(self, key: str, words: tuple[str, ...], default: str) -> str:
        """One of some words."""
        value = self.text(key, default)
        if value not in words:
            self.notes.add(
                (*self.path, key),
                spoken("{key} ska vara ett av {words}, inte ”{value}”.", key=key, words=", ".join(words), value=value),
            )
            return default
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of strings; none when the key is not there."""
        value = self._get(key, list, phrase("en lista"), [])
        if any(not isinstance(one, str) for one in value):
            self.notes.add((*self.path, key), spoken("{key} ska vara en lista med texter.", key=key))
            return ()
        return tuple(value)

    def day(self, key: str, default: Any = ...) -> date:
        """A day."""
        value = self._get(key, date, phrase("ett datum utan citattecken, som 2020-02-01"), default)
        if isinstance(value, datetime):
            self.notes.add((*self.path, key), spoken("{key} ska vara ett datum utan klockslag.", key=key))
            value = value.date()
        return value if value is not None or default is None else date(1900, 1, 1)

    def number(self, key: str, default: Any = ..., *, least: float = 0.0, above: bool = False) -> float:
        """A finite number, at least `least`, or above it."""
        value = self._get(key, (int, float), phrase("ett tal"), default)
        return default if value is None and default is not ... else self._checked(key, value or 0.0, least, above)

    def whole(self, key: str, default: Any = ..., *, least: int = 0) -> int:
        """A whole number."""
        value = self._get(key, int, phrase("ett heltal"), default)
        if value is None:
            return default if default is not ... else least
        return int(self._checked(key, value, least, above=False))

    def flag(self, key: str) -> bool:
        """True or false; false when it is not there."""
        return bool(self._get(key, bool, phrase("true eller false"), False))

    def amount(self, key: str, default: Any = ..., *, most: float = math.inf, above: bool = False) -> Amount:
        """A number, the name of a parameter, or a quantity written out, which becomes a parameter of its own."""
        value = self._get(key, (int, float, str, dict), phrase("ett tal, en parameters namn eller en tabell"), default)
        if value is None:
            return 0.0
        if isinstance(value, str):
            return value
        if isinstance(value, dict):
            name = ".".join(str(part) for part in (*self.path, key))
            made = quantity(value, (*self.path, key), self.notes)
            self.notes.parameters[name] = Parameter(name, name, {"": made})
            return name
        number = self._checked(key, value, 0.0, above)
        if number > most:
            self.notes.add(
                (*self.path, key),
                spoken("{key} får vara högst {most:g}, inte {value:g}.", key=key, most=most, value=number),
            )
        return number

    def _checked(self, key: str, value: float, least: float, above: bool) -> float:
        if not math.isfinite(value):
            self.notes.add((*self.path, key), spoken("{key} ska vara ett ändligt tal.", key=key))
        elif value < least or (above and value <= least):
            self.notes.add(
                (*self.path, key),
                spoken(
                    ABOVE if above else LEAST,
                    key=key,
                    least=least,
                    value=value,
                ),
            )
        return float(value)

    def tables(self, key: str, *, required: bool = False) -> list["Table"]:
        """A list of tables."""
        value = self._get(key, list, phrase("en lista med tabeller"), ... if required else [])
        if required and value == []:
            self.notes.add((*self.path, key), spoken("{key} är tom.", key=key))
        return [Table(one, (*self.path, key, number), self.notes) for number, one in enumerate(value or [])]

    def table(self, key: str) -> "Table | None":
        """A table, when it is there."""
        value = self._get(key, dict, phrase("en tabell"), None)
        return None if value is None else Table(value, (*self.path, key), self.notes)

    def close(self) -> None:
        """Note the keys that nobody asked for."""
        for key in self.data.keys() - self.asked:
            known = ", ".join(sorted(self.asked))
            self.notes.add(
                (*self.path, key), spoken("{key} finns inte här. Det som finns: {known}.", key=key, known=known)
            )


def quantity(value: Any, path: Path, notes: Notes) -> Quantity:
    """A number, or a table that says how uncertain it is."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        if not math.isfinite(value) or value < 0:
            notes.add(path, spoken("Talet ska vara ändligt och minst 0."))
        return quantities.Fixed(float(value))
    read = Table(value, path, notes)
    made: Quantity
    if "successes" in read.data:
        made = quantities.Share(
            read.number("successes"), read.number("of", above=True), read.number("weight", 1.0, above=True),
            read.number("by_wave", 0.0),
        )  # fmt: skip
        if made.successes > made.of or made.by_wave >= 1:
            notes.add(path, spoken("successes får vara högst of, och by_wave mindre än 1."))
            made = quantities.Fixed(0.5)
    elif "low" in read.data:
        likely = read.number("likely") if "likely" in read.data else None
        made = quantities.Range(read.number("low"), read.number("high"), likely)
        if made.low >= made.high or (likely is not None and not made.low <= likely <= made.high):
            notes.add(path, spoken("low ska vara mindre än high, och likely mellan dem."))
            made = quantities.Fixed(made.low)
    elif "draws" in read.data:
        values = read._get("draws", list, phrase("en lista med tal"), [])
        fine = [float(one) for one in values if isinstance(one, (int, float)) and math.isfinite(one) and one >= 0]
        if not fine or len(fine) < len(values):
            notes.add(path, spoken("draws ska vara en lista med ändliga tal som är minst 0."))
        made = quantities.Draws(tuple(fine) or (0.0,))
    else:
        made = quantities.Spread(read.number("mean", above=True), read.number("sd", above=True))
    read.close()
    return made


def _tuple(kind: type | tuple[type, ...]) -> tuple[type, ...]:
    return kind if isinstance(kind, tuple) else (kind,)


def _shown(value: Any) -> str:
    return f"”{value}”" if isinstance(value, str) else str(value)
