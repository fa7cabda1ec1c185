"""Figures, targets and efforts in the words and shapes that pages show."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from samkraft.money.queries import figures as queries
from samkraft.money.queries.efforts import Effort
from samkraft.money.rules.contradictions import Choice
from samkraft.money.rules.figures import KIND_LABELS, UNIT_LABELS, Unit
from samkraft.money.rules.points import SUPPORT_LABELS, Support
from samkraft.money.rules.settling import State
from samkraft.money.rules.uses import EFFORT_LABELS, STAGE_LABELS, EffortStatus, UseStage
from samkraft.web import days, figures
from samkraft.web.money.addresses import address

EFFORT_SHAPES = {EffortStatus.DONE: "ok", EffortStatus.PARTLY: "needs", EffortStatus.NOT_DONE: "closed"}


def amount_of(value: Any, unit: Unit) -> str:
    """A value with its unit: `50 personer`, `6 192 000 kr`, `27 %`, `2018`."""
    if value is None:
        return figures.unknown()
    if unit in {Unit.YEAR, Unit.DATE}:
        return str(int(value))
    whole = value == value.to_integral_value()
    number = figures.decimal(value, 0 if whole else 2)
    return f"{number}{figures.HARD_SPACE}{_(UNIT_LABELS[unit])}"


def told(row: queries.Row) -> str:
    """What the source says, with span and rounding."""
    if row.value is None:
        return figures.unknown()
    if row.upper_value is not None:
        low = figures.decimal(row.value, 0)
        return f"{low}–{amount_of(row.upper_value, row.unit)}"
    return amount_of(row.value, row.unit)


def rounding(row: queries.Row) -> str:
    """How coarse it is, in words; empty for an exact figure."""
    if not row.rounded_to or row.value is None:
        return ""
    return _("avrundat till närmaste %(step)s") % {"step": figures.number(row.rounded_to)}


def line(row: queries.Row) -> dict[str, Any]:
    """A figure as a line of the list."""
    return {
        "id": row.id,
        "url": reverse("money:figure", args=[row.id]),
        "label": row.label,
        "body": row.body,
        "body_name": row.body_name,
        "fund": row.fund,
        "year": row.year or row.period_words,
        "group": row.group,
        "kind": _(KIND_LABELS[row.kind]),
        "told": told(row),
        "rounding": rounding(row),
        "document": row.document,
        "document_url": address("money:document", row.document_id),
        "used": used(row),
    }


def used(row: queries.Row) -> dict[str, Any] | None:
    """What has become of a figure that another source contradicts; None when none does."""
    if row.used is None:
        return None
    url = reverse("money:contradiction", args=[row.used.contradiction_id])
    if row.used.state is State.OPEN:
        return {"shape": "needs", "words": _("skiljer sig"), "url": url, "reason": ""}
    if row.used.choice is Choice.UNKNOWN:
        return {"shape": "closed", "words": _("går inte att veta"), "url": url, "reason": row.used.reason}
    if row.used.value == row.value:
        return {"shape": "ok", "words": _("används"), "url": url, "reason": row.used.reason}
    words = _("%(value)s används") % {"value": amount_of(row.used.value, row.unit)}
    return {"shape": "ok", "words": words, "url": url, "reason": row.used.reason}


def table(found: queries.TargetTable) -> dict[str, Any]:
    """One body's targets and outcomes, with a pair of columns for each year."""
    columns = []
    for place, year in enumerate(found.years):
        cells = [each.cells[place] for each in found.lines]
        kinds = (
            ("target", _("Mål %(year)d"), any(cell and cell.target for cell in cells)),
            ("outcome", _("Utfall %(year)d"), any(cell and cell.outcome for cell in cells)),
            ("share", _("Av målet %(year)d"), any(cell and cell.share is not None for cell in cells)),
        )
        columns += [(place, name, head % {"year": year}) for name, head, is_told in kinds if is_told]
    return {
        "code": found.body_code,
        "body": found.body,
        "heads": [head for _place, _name, head in columns],
        "lines": [
            {
                "label": each.label,
                "unit": _(UNIT_LABELS[each.unit]),
                "cells": [_cell(each.cells[place], name) for place, name, _head in columns],
            }
            for each in found.lines
        ],
        "documents": [(title, address("money:document", key)) for key, title in found.documents],
    }


def _cell(cell: queries.Cell | None, name: str) -> tuple[str, str]:
    """What stands in a column of a year, and where it leads."""
    if cell is None:
        return "", ""
    if name == "share":
        return (figures.percent(cell.share, 0) if cell.share is not None else ""), ""
    row = cell.target if name == "target" else cell.outcome
    return _short(row), reverse("money:figure", args=[row.id]) if row else ""


def _short(row: queries.Row | None) -> str:
    """The value that is used; both where it is not settled yet is told on the figure's own page."""
    if row is None:
        return ""
    if row.used is not None and row.used.value is None:
        return _("skiljer sig") if row.used.state is State.OPEN else figures.unknown()
    if row.upper_value is not None or row.told is None:
        return told(row)
    return figures.decimal(row.told, 0 if row.told == row.told.to_integral_value() else 2)


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a small picture, in its own units. `is_open` is drawn dashed: sources differ and nobody has settled it."""

    x: int
    y: int
    height: int
    centre: int
    label: str
    year: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """A measure over the years: as bars with their values on them, and as the rows behind."""

    title: str
    body: str
    width: int
    base: int
    bars: tuple[Bar, ...]
    rows: tuple[dict[str, Any], ...]


BAR, GAP, TOP, TALL = 56, 34, 26, 150


def picture(rows: list[queries.Row]) -> Picture:
    """Bars from zero. A year that sources tell differently has a bar for each until it is settled."""
    drawn = _without_unused(rows)
    highest = max((row.told if row.told is not None else row.value or 0) for row in drawn) or 1
    bars = []
    for place, row in enumerate(drawn):
        value = row.told if row.told is not None else row.value
        height = round(float((value or 0) / highest) * TALL)
        x = place * (BAR + GAP) + GAP // 2
        is_open = row.used is not None and row.used.value is None
        y = TOP + TALL - height
        label = figures.decimal(value, 0) if value is not None else figures.unknown()
        bars.append(Bar(x, y, max(height, 1), x + BAR // 2, label, str(row.year), is_open))
    return Picture(
        title=drawn[-1].label,
        body=drawn[-1].body,
        width=len(drawn) * (BAR + GAP),
        base=TOP + TALL,
        bars=tuple(bars),
        rows=tuple(line(row) for row in rows),
    )


def _without_unused(rows: list[queries.Row]) -> list[queries.Row]:
    """Where a year is settled, one of its figures is enough: the value that is used is the same for all of them."""
    kept: list[queries.Row] = []
    for row in rows:
        settled = row.used is not None and row.used.value is not None and row.used.choice is Choice.USE
        if settled and any(other.year == row.year for other in kept):
            continue
        kept.append(row)
    return kept


def effort(found: Effort) -> dict[str, Any]:
    """An effort as a line."""
    return {
        "title": found.title,
        "text": found.text,
        "stage": _(STAGE_LABELS[UseStage(found.stage)]),
        "support": _(SUPPORT_LABELS[found.support]) if found.support is not Support.FRAME else "",
        "counterparty": found.counterparty,
        "amount": figures.kronor(found.amount_ore),
        "quantity": f"{figures.number(found.quantity)} {found.quantity_unit}".strip() if found.quantity else "",
        "status": _(EFFORT_LABELS[found.status]) if found.status else "",
        "shape": EFFORT_SHAPES[found.status] if found.status else "",
        "document": found.document,
        "document_url": address("money:document", found.document_id) if found.document_id else "",
    }


def source_words(row: queries.Row) -> str:
    """When it was said: the day, or how the document words it."""
    return days.dated(row.said_date) if row.said_date else row.document_words
