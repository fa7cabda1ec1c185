"""The data sets that are open to anybody: what each holds, column by column, and its rows."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from samkraft.money.queries import open_data
from samkraft.values.context import Context
from samkraft.values.wording import phrase


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name in the file, what it means, and how a row gives it."""

    name: str
    meaning: str
    value: Callable[[Any], object]


@dataclass(frozen=True, slots=True)
class Dataset:
    """A set of rows that is published as it is."""

    slug: str
    title: str
    description: str
    keywords: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: Callable[[Context], Iterable[Any]]


def _kronor(ore: int | None) -> str:
    """Whole kronor as they are; öre only when there are any. Empty: no source tells."""
    if ore is None:
        return ""
    return str(ore // 100) if ore % 100 == 0 else str(Decimal(ore) / 100)


FUNDS = Dataset(
    "satsningar",
    phrase("Satsningar per år"),
    phrase("Vad kommunfullmäktige har avsatt för varje satsning och år, vad som är fördelat och vad som är kvar."),
    ("budget", "arbetsmarknad", "kommun"),
    (
        Column("satsning", phrase("satsningens beteckning"), lambda row: row.fund),
        Column("namn", phrase("satsningens namn"), lambda row: row.name),
        Column("ar", phrase("budgetår"), lambda row: row.year),
        Column("budget_kr", phrase("kronor; tomt när ingen källa säger det"), lambda row: _kronor(row.budget_ore)),
        Column("fordelat_kr", phrase("kronor som är beslutade"), lambda row: _kronor(row.allocated_ore)),
        Column(
            "kvar_kr",
            phrase("kronor som är kvar; tomt när det inte går att räkna ut"),
            lambda row: _kronor(row.left_ore),
        ),
    ),
    lambda by: open_data.funds_by_year(by=by),
)
DECIDED = Dataset(
    "beslut",
    phrase("Beslutade medel och bidrag"),
    phrase(
        "Varje beslutad punkt om pengar: vem som får, hur mycket, vilket år, ur vilken satsning och enligt vilket beslut."
    ),
    ("beslut", "bidrag", "arbetsmarknad", "kommun"),
    (
        Column("diarienummer", phrase("ärendets nummer"), lambda row: row.case_number),
        Column("punkt", phrase("beslutspunktens nummer"), lambda row: row.point),
        Column("verb", phrase("vad punkten gör: allocates, transfers eller grants"), lambda row: row.verb),
        Column("slag", phrase("slags stöd"), lambda row: row.support),
        Column("satsning", phrase("satsningens beteckning"), lambda row: row.fund),
        Column("ar", phrase("året pengarna gäller"), lambda row: row.year),
        Column("beslutat_av", phrase("organet som beslutade"), lambda row: row.decider),
        Column("beslutsdag", phrase("dag, ÅÅÅÅ-MM-DD"), lambda row: row.decided_date),
        Column("mottagare", phrase("den som får pengarna"), lambda row: row.receiver),
        Column("belopp_kr", phrase("kronor; tomt när beslutet inte säger det"), lambda row: _kronor(row.amount_ore)),
        Column("antaget", phrase("ja när inget protokoll finns"), lambda row: "ja" if row.is_assumption else "nej"),
    ),
    lambda by: open_data.decided(by=by),
)
TOLD = Dataset(
    "uppgifter",
    phrase("Mål och utfall ur offentliga dokument"),
    phrase("Siffror som nämnder och organisationer har redovisat, var och en med sin källa. Källor kan säga olika."),
    ("utfall", "uppföljning", "arbetsmarknad", "kommun"),
    (
        Column("matt", phrase("måttets beteckning"), lambda row: row.measure),
        Column("benamning", phrase("måttet i ord"), lambda row: row.label),
        Column("slag", phrase("mål, utfall, budget eller uppgift"), lambda row: row.kind),
        Column("organ", phrase("vem siffran gäller"), lambda row: row.body),
        Column("satsning", phrase("satsningens beteckning"), lambda row: row.fund),
        Column("ar", phrase("år; tomt när källan inte säger det"), lambda row: row.year),
        Column("grupp", phrase("del av helheten"), lambda row: row.group),
        Column("varde", phrase("tomt när källan inte säger det"), lambda row: row.value),
        Column("till_varde", phrase("övre värde när källan ger ett spann"), lambda row: row.upper_value),
        Column("enhet", phrase("måttets enhet"), lambda row: row.unit),
        Column("kalla", phrase("dokumentet som säger det"), lambda row: row.source),
        Column("stalle", phrase("var i dokumentet"), lambda row: row.place),
    ),
    lambda by: open_data.told(by=by),
)
ALL = (FUNDS, DECIDED, TOLD)


def as_csv(dataset: Dataset, by: Context) -> bytes:
    """Commas, decimal points, UTF-8, one head: for programs. Text that a spreadsheet would run is made harmless."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([column.name for column in dataset.columns])
    writer.writerows(_cells(dataset, by))
    return buffer.getvalue().encode()


def as_json(dataset: Dataset, by: Context) -> Iterator[dict[str, str]]:
    """The same rows by name."""
    names = [column.name for column in dataset.columns]
    return (dict(zip(names, row, strict=True)) for row in _cells(dataset, by))


def _cells(dataset: Dataset, by: Context) -> Iterator[list[str]]:
    for row in dataset.rows(by):
        yield [_written(column.value(row)) for column in dataset.columns]


def _written(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, date):
        return value.isoformat()
    text = str(value)
    return f"'{text}" if text[:1] in "=+@\t\r" or (text[:1] == "-" and not text[1:2].isdigit()) else text
