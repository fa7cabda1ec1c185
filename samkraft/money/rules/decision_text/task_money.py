"""Money that comes with a task: "… får i uppdrag att följa upp. Högst 750 tkr får användas för detta under 2022"."""

import re
from dataclasses import replace

from samkraft.money.rules.decision_text import amounts, appropriations, item_years, roles
from samkraft.money.rules.decision_text.parsed import Parsed
from samkraft.money.rules.decision_text.reading import Item

SENTENCE = re.compile(r"[.]\s+(?=[A-ZÅÄÖ])")
# The sentence must give the money; a task to apply for, to save or to reckon with money gives none.
GIVEN = re.compile(
    r"(?<!\w)(?:får\s+(?:användas|disponeras|tas\s+i\s+anspråk)|avsätts|anslås|beviljas|tilldelas|anvisas|tillförs|"
    r"ska\s+(?:avsättas|anslås|anvisas)|belastar|finansieras)(?!\w)", re.I
)  # fmt: skip


def add(text: str, flat: str, start: int, end: int, parsed: Parsed) -> bool:
    """Give the first one addressed the amount that a later sentence of the task gives; whether there was one."""
    cut = SENTENCE.search(flat, start, end)
    while cut is not None:
        following = SENTENCE.search(flat, cut.end(), end)
        stop = following.start() if following else end
        found = [a for a in amounts.find(text, cut.end(), stop) if roles.of(flat, cut.end(), a) == "main"]
        if len(found) == 1 and found[0].ore and GIVEN.search(flat, cut.end(), stop):
            _give(flat, cut.end(), stop, found[0], parsed)
            return True
        cut = following
    return False


def _give(flat: str, start: int, stop: int, amount: amounts.Amount, parsed: Parsed) -> None:
    source = appropriations.find(flat, start, stop)
    years, yearly = item_years.of_clause(flat, start, stop, parsed)
    first = parsed.items[0] if parsed.items else Item(None, None)
    parsed.items[:1] = [
        replace(
            first, amount_ore=amount.ore, years=years, yearly=yearly, ceiling=amount.ceiling, roughly=amount.roughly,
            appropriation=source.words if source else None, amount_start=amount.start,
        )
    ]  # fmt: skip
    parsed.marks.append(("amount", amount.start, amount.end))
    if source:
        parsed.marks.append(("appropriation", source.start, source.end))
