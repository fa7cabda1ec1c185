"""Rows that people fill in without script: those that are there and some empty ones, read back from repeated fields."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from samkraft.money.rules.figures import UNIT_LABELS, Unit
from samkraft.money.rules.grants.grant_content import Line, Target
from samkraft.money.rules.grants.grant_reporting import OtherFigure
from samkraft.values import kronor
from samkraft.web import figures
from samkraft.web.grants import frames

# What a target can be counted in, as applicants think of it.
UNITS = (Unit.PERSONS, Unit.COMPANIES, Unit.PLACES, Unit.EVENTS, Unit.PERCENT, Unit.KRONOR, Unit.MONTHS, Unit.OTHER)


class Unreadable(Exception):
    """An amount that cannot be read. `kept` is everything that was typed."""

    def __init__(self, words: str, kept: dict[str, Any]) -> None:
        super().__init__(
            _("”%(text)s” går inte att läsa som ett belopp. Skriv kronor, till exempel 500 000.") % {"text": words}
        )
        self.kept = kept


def units() -> list[tuple[str, str]]:
    """The units as choices."""
    return [("", _("Välj enhet")), *((unit.value, frames.capital(_(UNIT_LABELS[unit]))) for unit in UNITS)]


def unit_word(value: str) -> str:
    """The word for a stored unit; empty for one that is not chosen."""
    return _(UNIT_LABELS[Unit(value)]) if value in {unit.value for unit in Unit} else ""


def money_rows(name: str, lines: Sequence[Line], spare: int) -> list[dict[str, Any]]:
    """Lines with empty ones after them, numbered from one."""
    shown: list[dict[str, Any]] = [
        {
            "words": line.words,
            "amount": figures.amount(line.amount_ore) if line.amount_ore is not None else "",
            "is_certain": line.is_certain,
        }
        for line in lines
    ]
    shown += [{"words": "", "amount": "", "is_certain": True}] * spare
    return [{**row, "name": name, "number": number} for number, row in enumerate(shown, start=1)]


def typed_rows(post: Any, name: str, spare: int) -> list[dict[str, Any]]:
    """The lines as they were typed, readable or not."""
    certain = post.getlist(f"{name}-certain")
    pairs = zip(post.getlist(f"{name}-words"), post.getlist(f"{name}-amount"), strict=False)
    shown = [
        {"words": words, "amount": amount, "is_certain": str(number) in certain}
        for number, (words, amount) in enumerate(pairs, start=1)
        if words.strip() or amount.strip()
    ]
    shown += [{"words": "", "amount": "", "is_certain": True}] * spare
    return [{**row, "name": name, "number": number} for number, row in enumerate(shown, start=1)]


def target_rows(targets: Sequence[Target], spare: int) -> list[dict[str, Any]]:
    """Targets with empty ones after them."""
    shown = [{"label": one.label, "unit": one.unit, "value": one.value} for one in targets]
    shown += [{"label": "", "unit": "", "value": ""}] * spare
    return [{**row, "number": number} for number, row in enumerate(shown, start=1)]


def figure_rows(others: Sequence[OtherFigure], spare: int) -> list[dict[str, Any]]:
    """Other figures with empty ones after them."""
    return target_rows([Target(one.label, one.unit, one.value) for one in others], spare)


def read_money(post: Any, name: str, kept: dict[str, Any]) -> list[dict[str, Any]]:
    """The lines that were filled in. Raises Unreadable, with `kept` and what could be read, for an odd amount."""
    found: list[dict[str, Any]] = []
    odd = ""
    certain = post.getlist(f"{name}-certain")
    for number, (words, amount) in enumerate(
        zip(post.getlist(f"{name}-words"), post.getlist(f"{name}-amount"), strict=False), start=1
    ):
        if not words.strip() and not amount.strip():
            continue
        ore: int | None = None
        if amount.strip():
            try:
                ore = kronor.parse(amount)
            except ValueError:
                odd = odd or amount.strip()
        found.append({
            "words": words.strip()[:300], "amount_ore": ore,
            "is_certain": str(number) in certain if f"{name}-has-certain" in post else True,
        })  # fmt: skip
    if odd:
        raise Unreadable(odd, {**kept, name: found})
    return found


def read_amount(post: Any, name: str, kept: dict[str, Any]) -> int | None:
    """One amount; None when it is empty."""
    words = post.get(name, "").strip()
    if not words:
        return None
    try:
        return kronor.parse(words)
    except ValueError:
        raise Unreadable(words, kept) from None


def whole(text: str | None) -> int | None:
    """A whole number of a hidden field; None for anything else."""
    return int(text) if text and text.isdigit() else None
