"""The board pack: one page of what matters, then the evidence. The same figures give the same document.

Everything in it comes from one snapshot, so everything in it has passed the disclosure door already.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from samkraft.initiatives.rules.theory import LEVEL_NAMES, Level, TargetKind
from samkraft.knowledge.rules import board_pack_steering, control, groups, scorecards
from samkraft.knowledge.rules.board_pack_steering import Agenda, RiskLine
from samkraft.knowledge.rules.documents.parts import (
    Bar,
    Bars,
    Column,
    Document,
    Heading,
    Notes,
    Paragraph,
    Part,
    Points,
    Run,
    Table,
    words,
)
from samkraft.knowledge.rules.figures import Figure
from samkraft.knowledge.rules.forecasting import telling
from samkraft.knowledge.rules.forecasting.telling import Landing
from samkraft.knowledge.rules.groups import Dimension
from samkraft.knowledge.rules.measures import Indicator, Kind
from samkraft.knowledge.rules.scorecards import Line, Standing
from samkraft.values.wording import full_day, number, percent, phrase, spoken

_ORDER = (Standing.BEHIND, Standing.ON_THE_WAY, Standing.REACHED, Standing.UNKNOWN)
NOT_SHOWN = phrase("visas inte")
SPLITS = (Dimension.SEX, Dimension.TEAM)


@dataclass(frozen=True, slots=True)
class Basis:
    """What a pack is made of. told: indicator → dimension → group → figure. names: group → name. duties: title, body, day."""

    initiative: str
    owner: str
    day: date
    before: date | None
    digest: str
    lines: tuple[Line, ...]
    others: tuple[Line, ...]
    told: Mapping[str, Mapping[str, Mapping[str, Figure]]]
    names: Mapping[str, str]
    duties: tuple[tuple[str, str, date], ...]
    agenda: Agenda | None = None
    risks: tuple[RiskLine, ...] = ()
    landing: Landing | None = None


def compose(basis: Basis) -> Document:
    """The whole document."""
    notes = Notes()
    parts: list[Part] = [*_what_matters(basis, notes), *_evidence(basis, notes)]
    return Document(
        title=spoken(phrase("Underlag till styrgruppen: {initiative}"), initiative=basis.initiative),
        author=basis.owner,
        head=(
            basis.initiative,
            spoken(phrase("Uppgifter till och med {day}"), day=full_day(basis.day)),
        ),
        parts=tuple(parts),
        notes=notes.all(),
        notes_heading=spoken(phrase("Källor")),
        dated=basis.day,
        has_contents=False,
        keywords=(basis.initiative,),
    )


def told(one: Indicator, figure: Figure | None) -> str:
    """A figure in words, with its interval where it is a share of few."""
    value = figure.value(one.kind) if figure else None
    if figure is None or value is None:
        return spoken(NOT_SHOWN)
    if one.kind is Kind.SHARE:
        return spoken(
            phrase("{share} ({n} av {of}, troligen {low}–{high})"),
            share=percent(value), n=number(figure.n or 0), of=number(figure.of or 0), low=number(100 * (figure.low or 0)),
            high=percent(figure.high or 0),
        )  # fmt: skip
    if one.kind is Kind.MEDIAN:
        return spoken(phrase("{days} dagar"), days=number(value))
    if one.kind is Kind.THINGS and figure.of is not None:
        return spoken(phrase("{n} av {of}"), n=number(value), of=number(figure.of))
    return percent(value) if one.kind is Kind.TIME else number(value)


def _what_matters(basis: Basis, notes: Notes) -> list[Part]:
    goals = [one for one in basis.lines if scorecards.is_goal(one)]
    goals.sort(key=lambda one: (_ORDER.index(one.standing), one.item.code))
    parts: list[Part] = [
        Heading(1, spoken(phrase("Det viktigaste")), "viktigast"),
        Points(tuple((Run(_sentence(one)),) for one in goals)),
    ]
    parts += board_pack_steering.agenda(basis.agenda)
    moved = _moved(basis)
    if moved and basis.before:
        parts += [
            Heading(2, spoken(phrase("Vad som har ändrats sedan {day}"), day=full_day(basis.before)), "andrat"),
            Points(tuple(words(text) for text in moved)),
        ]
    if basis.landing:
        parts += telling.in_pack(basis.landing, notes)
    parts += board_pack_steering.risks(basis.risks)
    if basis.duties:
        parts += [
            Heading(2, spoken(phrase("Att göra")), "att-gora"),
            Points(
                tuple(
                    words(spoken(phrase("{title}, {body}, senast {day}"), title=title, body=body, day=full_day(due)))
                    for title, body, due in basis.duties
                )
            ),
        ]
    happened = phrase("Här står vad som har hänt. Det säger inte vad som beror på insatsen, och inte vad som kommer.")
    both = phrase(
        "Siffrorna är vad som har hänt och prognosen vad som troligen kommer. Inget av det säger vad som beror på insatsen."
    )
    parts.append(
        Paragraph(
            words(
                spoken(both if basis.landing else happened),
                notes.number(
                    spoken(
                        phrase("Ögonblicksbild {day}, kontrollsumma {digest}, Samkraft"),
                        day=full_day(basis.day),
                        digest=basis.digest[:16],
                    )
                ),
            ),
            is_quiet=True,
        )
    )
    return parts


def _sentence(one: Line) -> str:
    assert one.indicator is not None
    said = {"goal": one.item.text, "now": told(one.indicator, one.figure), "target": _target(one)}
    standing = spoken(scorecards.STANDING_NAMES[one.standing])
    if one.value is None:
        reason = spoken(one.indicator.missing) if one.indicator.missing else spoken(phrase("För få för att visas."))
        return spoken(phrase("{goal}: ingen siffra. Målet är {target}. {reason}"), reason=reason, **said)
    if one.indicator.kind is Kind.COUNT and one.expected is not None:
        return spoken(
            phrase("{goal}: {now} av {target}. Enligt planen {expected} i dag: {standing}."),
            expected=number(one.expected), standing=standing, **said,
        )  # fmt: skip
    return spoken(phrase("{goal}: {now}. Målet är {target}: {standing}."), standing=standing, **said)


def _target(one: Line) -> str:
    target = one.item.target or 0
    return percent(target) if one.item.target_kind is TargetKind.SHARE else number(target)


def _moved(basis: Basis, most: int = 5) -> list[str]:
    found = []
    for one in (*basis.lines, *basis.others):
        if one.indicator is None or one.value is None or not one.value_before:
            continue
        change = one.value - one.value_before
        if change:
            text = spoken(
                phrase("{name}: från {before} till {now}"),
                name=spoken(one.indicator.name), before=_short(one.indicator, one.before), now=_short(one.indicator, one.figure),
            )  # fmt: skip
            found.append((abs(change) / abs(one.value_before), text))
    return [text for _size, text in sorted(found, key=lambda pair: (-pair[0], pair[1]))[:most]]


def _short(one: Indicator, figure: Figure | None) -> str:
    value = figure.value(one.kind) if figure else None
    if value is None:
        return spoken(NOT_SHOWN)
    if one.kind in (Kind.SHARE, Kind.TIME):
        return percent(value)
    return spoken(phrase("{days} dagar"), days=number(value)) if one.kind is Kind.MEDIAN else number(value)


def _evidence(basis: Basis, notes: Notes) -> list[Part]:
    parts: list[Part] = [Heading(1, spoken(phrase("Styrkortet")), "styrkort"), _card(basis, notes)]
    for one in _measured(basis):
        parts += _of_indicator(one, basis)
    parts += [
        Heading(1, spoken(phrase("Så är det räknat")), "sa-ar-det-raknat"),
        Paragraph(
            words(
                spoken(
                    phrase(
                        "Färre än fem visas aldrig, och inte heller det som tillsammans med tidigare underlag skulle avslöja "
                        "dem. Troligen är ett 95-procentigt intervall (Wilson). Gränser i trender står så långt ut att risken "
                        "är {alarm} att någon punkt hamnar utanför av en slump."
                    ),
                    alarm=percent(control.FALSE_ALARM),
                )
            )
        ),
    ]
    return parts


def _measured(basis: Basis) -> list[Indicator]:
    lines = (*basis.lines, *basis.others)
    return [one.indicator for one in lines if one.indicator and one.indicator.is_counted and one.value is not None]


def _card(basis: Basis, notes: Notes) -> Table:
    columns: tuple[Column, ...] = (
        Column(spoken(phrase("Del")), weight=3), Column(spoken(phrase("Mäts av")), weight=2),
        Column(spoken(phrase("Nu")), is_number=True, weight=2), Column(spoken(phrase("Mål")), is_number=True),
    )  # fmt: skip
    told_of = telling.by_item(basis.landing) if basis.landing else {}
    if told_of:
        columns = (*columns, Column(spoken(phrase("Prognos")), is_number=True, weight=2))
    rows = []
    for level in reversed(Level):
        for one in (line for line in basis.lines if line.item.level is level):
            measured = one.indicator
            source = notes.number(spoken(measured.source)) if measured else 0
            rows.append((
                (Run(f"{one.item.text} ({spoken(LEVEL_NAMES[level]).lower()})"),),
                words(spoken(measured.name) if measured else spoken(phrase("inget än"))),
                words(told(measured, one.figure) if measured and measured.is_counted else "–", source),
                words(_target(one) if one.item.target else "–"),
                *([words(told_of.get(one.item.code, "–"))] if told_of else []),
            ))  # fmt: skip
    return Table("styrkortet", spoken(phrase("Förändringsteorins delar")), columns, tuple(rows))


def _of_indicator(one: Indicator, basis: Basis) -> list[Part]:
    parts: list[Part] = [
        Heading(2, spoken(one.name), one.code.replace("_", "-")),
        Paragraph(words(spoken(one.meaning)), is_quiet=True),
    ]
    for dimension in SPLITS:
        figures = {
            group: figure
            for group, figure in basis.told.get(one.code, {}).get(dimension.value, {}).items()
            if group != groups.UNKNOWN
        }
        if any(figure.value(one.kind) is not None for figure in figures.values()):
            parts += _split(one, dimension, figures, basis.names)
    return parts


def _split(
    one: Indicator, dimension: Dimension, figures: Mapping[str, Figure], names: Mapping[str, str]
) -> Sequence[Part]:
    split, name = spoken(groups.NAMES[dimension]), spoken(one.name)
    caption = spoken(phrase("{name} efter {split}"), name=name, split=split.lower())
    rows = {spoken(groups.in_words(dimension, group, names)): figure for group, figure in figures.items()}
    if dimension is Dimension.TEAM:
        rows = {spoken(phrase("Team {number}"), number=group): figure for group, figure in figures.items()}
    key = f"{one.code}-{dimension.value}".replace("_", "-")
    table = Table(
        key,
        caption,
        (Column(split, weight=2), Column(spoken(phrase("Värde")), is_number=True, weight=2)),
        tuple((words(group), words(told(one, figure))) for group, figure in rows.items()),
    )
    if dimension is not Dimension.SEX:
        return (table,)
    bars = tuple(
        Bar(
            group,
            None if (value := figure.value(one.kind)) is None else Decimal(str(round(value, 4))),
            told(one, figure),
        )
        for group, figure in rows.items()
    )
    described = spoken(phrase("Stapeldiagram. Tabellen efter har samma värden."))
    return (Bars(f"{key}-bild", caption, described, bars), table)
