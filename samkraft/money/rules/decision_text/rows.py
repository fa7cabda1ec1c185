"""Lists and tables under a point: one item per line."""

import re
from collections.abc import Sequence
from dataclasses import replace

from samkraft.money.rules.decision_text import amounts, items, names, periods, roles, tables
from samkraft.money.rules.decision_text.amounts import Amount
from samkraft.money.rules.decision_text.parsed import Doubt, Parsed
from samkraft.money.rules.decision_text.reading import Item
from samkraft.values.wording import phrase

REFUSED = re.compile(r"(?<!\w)(?:avslag|avslås|ej\s+beviljad|beviljas\s+ej|nej)(?!\w)", re.I)
UNIT_AHEAD = re.compile(r"(?:belopp(?:en)?\s+(?:anges\s+)?i|angivet\s+i|\()\s*(kronor|kr|tkr|mnkr|mkr)(?!\w)", re.I)


def parse(
    text: str,
    flat: str,
    rows: Sequence[tuple[int, int]],
    inherited: Item,
    above: str,
    parsed: Parsed,
    each: Amount | None,
) -> None:
    """Add an item per row to `parsed`. Totals are checked and not counted; what does not fit is kept as lost."""
    head: tables.Head | None = None
    unit = UNIT_AHEAD.search(above)
    unit_ahead = amounts.ore_per_unit(unit[1]) if unit else None
    waiting: tuple[int, int] | None = None
    bare: list[int] = []
    for start, end in _joined(text, rows):
        if found := tables.head(text, start, end):
            head = found
            continue
        if tables.TOTAL.match(text, start, end):
            _check_total(text, start, end, head, unit_ahead, parsed, inherited.years)
            continue
        if head is not None and _from_table(text, start, end, head, unit_ahead, inherited, parsed, bare):
            continue
        numbers = [a for a in amounts.find_numbers(text, start, end) if roles.of(flat, start, a) == "main"]
        numbers = [a for a in numbers if a.unit] or numbers
        if waiting and numbers and not re.search(r"[^\W\d_]{3}", text[start : numbers[0].start]):
            start, waiting = waiting[0], None
        if not numbers:
            if each is not None:
                parsed.items.append(items.with_amount(inherited, names.tidy(text[start:end]), each))
            elif REFUSED.search(text, start, end):
                continue
            elif waiting is None and not re.search(r"\d", text[start:end]):
                waiting = (start, end)
            else:
                parsed.lost.append((start, end, phrase("raden har inget belopp som går att läsa")))
            continue
        _from_line(text, flat, start, end, numbers, unit_ahead, inherited, parsed)
    if waiting:
        parsed.lost.append((*waiting, phrase("raden har inget belopp")))
    if bare:
        first = parsed.items[bare[0]]
        at = first.amount_start or 0
        parsed.doubts.append(Doubt("missing_unit", at, at + 1, bare[0]))


def _joined(text: str, rows: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """A line "Totalt …" that ran into the row before it is a row of its own."""
    found: list[tuple[int, int]] = []
    for start, end in rows:
        cut = re.search(r"\n[ \t]*(?=(?:summa|totalt|sammanlagt)\b)", text[start:end], re.I)
        found += [(start, start + cut.start()), (start + cut.end(), end)] if cut else [(start, end)]
    return found


def _from_table(
    text: str,
    start: int,
    end: int,
    head: tables.Head,
    unit_ahead: int | None,
    inherited: Item,
    parsed: Parsed,
    bare: list[int],
) -> bool:
    row = tables.numbers_of(text, start, end, head)
    chosen = head.chosen(inherited.years)
    if row is None or not chosen:
        return False
    name, numbers = row
    chosen = tables.without_words(head, chosen, numbers)
    receiver = names.tidy(name.words) if name else None
    if receiver is None:
        return False
    for column in chosen:
        cell = numbers.get(column)
        if cell is None or not tables.CELL_NUMBER.fullmatch(
            re.sub(r"\s*(?:kr|kronor|tkr|mnkr|mkr|:-)\.?$", "", cell.words, flags=re.I)
        ):
            return False
        if cell.words in "-–":
            continue
        amount = _in_cell(text, cell, head.unit or unit_ahead)
        if amount is None:
            return False
        years = (head.years[column],) if head.years[column] else None
        parsed.items.append(items.with_amount(inherited, receiver, amount, years))  # type: ignore[arg-type]  # the caller has both
        parsed.marks += [("receiver", name.start, name.end), ("amount", amount.start, amount.end)]  # type: ignore[union-attr]  # the caller has both
        if amount.unit is None and head.unit is None and unit_ahead is None:
            bare.append(len(parsed.items) - 1)
    return True


def _in_cell(text: str, cell: tables.Cell, unit: int | None) -> Amount | None:
    """The number of a cell. Without any unit a number in a column of amounts is read as kronor, and asked about."""
    with_unit = amounts.find(text, cell.start, cell.end)
    if with_unit:
        return with_unit[0]
    if not tables.CELL_NUMBER.fullmatch(cell.words) or not cell.words[0].isdigit():
        return None
    number = amounts.bare(text, cell.start, cell.end)
    return replace(number, ore=int(number.number * (unit or 100)))


def _from_line(
    text: str, flat: str, start: int, end: int, numbers: list[Amount], unit: int | None, inherited: Item, parsed: Parsed
) -> None:
    if len(numbers) > 1:
        parsed.doubts.append(Doubt("amount_not_assigned", numbers[0].start, numbers[-1].end))
        parsed.lost.append((start, end, phrase("flera belopp på raden och inget säger vilket som gäller")))
        return
    amount = numbers[0]
    if amount.unit is None and unit:
        amount = amount.in_unit(unit)
    before, after = text[start : amount.start], flat[amount.end : end]
    receiver = (
        names.tidy(re.split(r"\s+(?:för|avseende)\s+(?=[a-zåäö])", before)[0])
        if re.search(r"[^\W\d_]{2}", before)
        else None
    )
    purpose = inherited.purpose
    stacked = [line.strip() for line in before.split("\n") if line.strip()]
    if len(stacked) > 1 and not before.rsplit("\n", 1)[-1].strip():
        # A table whose cells came one below the other: who, what for, how much.
        receiver, purpose = names.tidy(stacked[0]), " ".join(stacked[1:])
    if receiver is None and (match := re.match(r"\s*(?:till|åt)?\s*", after)):
        stop = names.end_of_name(flat, amount.end + match.end(), end)
        receiver = names.tidy(flat[amount.end + match.end() : stop])
    receiver = receiver or inherited.receiver
    if match := re.search(r"(?<!\w)(?:för|avseende)\s+(?!(?:19|20)\d\d|år)(\S.*)", flat[start:end]):
        purpose = re.split(r"\d{1,3} \d{3}", match[1])[0].strip(" .,;:–-") or purpose
    own = periods.find_years(flat, amount.end, end) or periods.find_years(flat, start, amount.start)
    item = items.with_amount(inherited, receiver, amount, own[0].years if own else None)
    parsed.items.append(replace(item, purpose=purpose))
    at = start + len(before) - len(before.lstrip())
    parsed.marks += [("receiver", at, amount.start)] if before.strip() else []
    parsed.marks.append(("amount", amount.start, amount.end))
    if amount.unit is None and amount.ore is None:
        parsed.doubts.append(Doubt("missing_unit", amount.start, amount.end, len(parsed.items) - 1))
    if amount.doubtful:
        parsed.lost.append((amount.start, amount.end, amount.doubtful))


def _check_total(
    text: str,
    start: int,
    end: int,
    head: tables.Head | None,
    unit_ahead: int | None,
    parsed: Parsed,
    years: tuple[int, ...],
) -> None:
    row = tables.numbers_of(text, start, end, head) if head else None
    stated: int | None = None
    if row and head and head.chosen(years):
        amounts_of = [
            _in_cell(text, row[1][column], head.unit or unit_ahead) for column in head.chosen(years) if column in row[1]
        ]
        stated = sum(a.ore or 0 for a in amounts_of if a)
    elif found := amounts.find_numbers(text, start, end):
        stated = found[-1].ore
    if stated is None:
        return
    counted = sum(item.amount_ore or 0 for item in parsed.items)
    if stated != counted:
        parsed.doubts.append(Doubt("sum_differs", start, end))
