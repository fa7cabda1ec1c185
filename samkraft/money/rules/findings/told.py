"""Figures in reports held against decisions, against each other and against their own parts."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from itertools import combinations
from uuid import UUID

from samkraft.money.rules import figures as figure_rules
from samkraft.money.rules.figures import FigureKind, Unit
from samkraft.money.rules.findings import ALLOCATED, PART, given, sides
from samkraft.money.rules.findings.facts import Figure, Sources
from samkraft.money.rules.findings.given import Given
from samkraft.money.rules.findings.outcome import Finding, Side, about
from samkraft.money.rules.findings.words import Said, say
from samkraft.values import kronor
from samkraft.values.wording import phrase


def report_against_decision(sources: Sources) -> Iterable[Finding]:
    """What a report says that a committee was given, against what was decided for it, fund and year by year.

    A transfer that only pays for grants is not what the committee was given. Silent when nothing is decided, when a
    decided amount is not stated, when the report gives no value, or when the decision is only known from that report.
    Figures that agree within their rounding are kept as agreeing. What speaks for each side is the fund's key: its
    share of all that was decided by it.
    """
    decided = given.to_bodies(sources)
    told: dict[tuple[UUID, UUID, int], list[Figure]] = defaultdict(list)
    for figure in sources.figures:
        if _says_allocated(figure) and figure.body and figure.fund and figure.year:
            told[(figure.body.id, figure.fund.id, figure.year)].append(figure)
    for place, figures in told.items():
        found = decided.get(place, [])
        amounts = [item.amount_ore for _ruling, _point, item in found]
        known_from = {ruling.document.id for ruling, _point, _item in found if ruling.document}
        figures = [figure for figure in figures if figure.document.id not in known_from]
        if found and figures and None not in amounts:
            yield _report_finding(sources, figures, found, sum(amount or 0 for amount in amounts), decided)


def _says_allocated(figure: Figure) -> bool:
    return (
        figure.measure == ALLOCATED
        and figure.unit is Unit.KRONOR
        and figure.kind is FigureKind.STATED
        and figure.value is not None
        and not figure.group
    )


def _report_finding(
    sources: Sources,
    figures: list[Figure],
    found: Given,
    amount: int,
    decided: Mapping[tuple[UUID, UUID, int], Given],
) -> Finding:
    first = figures[0]
    assert first.body is not None
    assert first.fund is not None
    assert first.year is not None
    share, whole = given.key_of(sources, (first.body.id, first.fund.id, first.year), decided)
    ruling, point, item = found[0]
    names = {"body": first.body.label, "fund": first.fund.name, "year": first.year}
    words, speaks = given.support(amount, share, whole)
    reports = []
    for figure in figures:
        said = (None, None) if _agrees(figure, amount) else given.support(_ore(figure), share, whole)
        reports.append(sides.of_figure(figure, support=said[0], is_supported=said[1]))
    return Finding(
        rule="report_against_decision",
        about=about(first.body.id, first.fund.id, first.year),
        subject=say(phrase("{body} {year}, {fund}"), **names),
        question=say(phrase("Hur mycket fick {body} för {fund} {year}?"), **{**names, "body": first.body.name}),
        sides=(
            sides.of_point(ruling, point, amount_ore=amount, item=item, support=words, is_supported=speaks),
            *reports,
        ),
        explanation=_explanation(amount, figures),
        agrees=all(_agrees(figure, amount) for figure in figures),
        year=first.year,
    )


def _ore(figure: Figure) -> int:
    return int((figure.value or Decimal(0)) * 100)


def _agrees(figure: Figure, amount: int) -> bool:
    return figure_rules.agree(Decimal(amount) / 100, 0, figure.value or Decimal(0), figure.rounded_to)


def _explanation(amount: int, figures: list[Figure]) -> Said | None:
    differing = [figure for figure in figures if not _agrees(figure, amount)]
    if differing:
        swapped = any(are_swapped(amount, _ore(figure)) for figure in differing)
        return say(phrase("Troligen omkastade siffror")) if swapped else None
    rounded = max(figures, key=lambda figure: abs(_ore(figure) - amount))
    if _ore(rounded) == amount:
        return say(phrase("Rapporten säger precis det som beslutades."))
    return say(phrase("Samma belopp, avrundat till {step}."), step=kronor.in_words(rounded.rounded_to * 100))


def are_swapped(one: int, other: int) -> bool:
    """Whether two different amounts have the same digits in another order, trailing zeros left out of both alike.

    6 912 000 and 6 192 000 are; 100 and 10 are not, nor 50 and 500: that is another size, not swapped digits.
    """
    first, second = str(abs(one)), str(abs(other))
    return one != other and len(first) == len(second) and sorted(first) == sorted(second)


COMPARED_WITH = {
    FigureKind.OUTCOME: "outcome",
    FigureKind.STATED: "outcome",
    FigureKind.TARGET: "target",
    FigureKind.BUDGET: "budget",
}


def told_twice(sources: Sources) -> Iterable[Finding]:
    """The same figure from several sources: same measure, body, fund, year, unit and group.

    Targets are not compared with outcomes, and what a body was given is held against the decision instead. Silent when
    every pair agrees within rounding (or lies within a range that another source gives), when a source gives no value,
    and for figures without a year.
    """
    same: dict[tuple[object, ...], list[Figure]] = defaultdict(list)
    for figure in sources.figures:
        if figure.value is not None and figure.year is not None and not _says_allocated(figure):
            body, fund = figure.body.id if figure.body else "", figure.fund.id if figure.fund else ""
            kind = COMPARED_WITH[figure.kind]
            same[(figure.measure, body, fund, figure.year, figure.unit, figure.group, kind)].append(figure)
    for place, told in same.items():
        ordered = sorted(told, key=lambda each: (each.said_date is None, str(each.said_date), each.document.title))
        if all(_may_be_same(one, other) for one, other in combinations(ordered, 2)):
            continue
        first = ordered[0]
        names = {"label": first.label, "year": first.year}
        values = {figure.value for figure in ordered if figure.value is not None}
        yield Finding(
            rule="told_twice",
            about=about(*place),
            subject=say(phrase("{label} {year}"), **names),
            question=say(phrase("Vilken uppgift stämmer om ”{label}” {year}?"), **names),
            sides=tuple(sides.of_figure(figure) for figure in ordered),
            explanation=_told_twice_words(sorted(values)),
            year=first.year,
        )


def _told_twice_words(values: list[Decimal]) -> Said | None:
    if len(values) != 2 or values[0] <= 0:
        return None
    if are_swapped(int(values[0]), int(values[1])):
        return say(phrase("Troligen omkastade siffror"))
    times, rest = divmod(values[1], values[0])
    return say(phrase("Den ena är {times} gånger den andra"), times=int(times)) if rest == 0 and times > 1 else None


def _may_be_same(one: Figure, other: Figure) -> bool:
    assert one.value is not None
    assert other.value is not None
    if one.upper_value is None and other.upper_value is None:
        return figure_rules.agree(one.value, one.rounded_to, other.value, other.rounded_to)
    lowest, highest = max(one.value, other.value), min(one.upper_value or one.value, other.upper_value or other.value)
    return lowest <= highest


def parts_against_whole(sources: Sources) -> Iterable[Finding]:
    """The parts that one document gives of a figure, against the whole that it gives.

    Parts are figures whose group begins with `del:`. Silent without both, and when a part has no value. Rounding adds
    up: each figure may lie half its step away.
    """
    told: dict[tuple[object, ...], tuple[list[Figure], list[Figure]]] = defaultdict(lambda: ([], []))
    for figure in sources.figures:
        body, fund = figure.body.id if figure.body else "", figure.fund.id if figure.fund else ""
        place: tuple[object, ...] = (figure.document.id, figure.measure, body, fund, figure.year or "", figure.kind)
        if not figure.group:
            told[place][0].append(figure)
        elif figure.group.startswith(PART):
            told[place][1].append(figure)
    for place, (wholes, parts) in told.items():
        if len(wholes) != 1 or len(parts) < 2 or any(each.value is None for each in (*wholes, *parts)):
            continue
        yield _parts_finding(place, wholes[0], sorted(parts, key=lambda each: each.group))


def _parts_finding(place: tuple[object, ...], whole: Figure, parts: list[Figure]) -> Finding:
    total = sum((part.value for part in parts if part.value is not None), Decimal(0))
    assert whole.value is not None
    agrees = figure_rules.agree(whole.value, whole.rounded_to, total, sum(part.rounded_to for part in parts))
    names = {"label": whole.label, "year": whole.year or "–"}
    is_money = whole.unit is Unit.KRONOR
    listed = " + ".join(f"{part.group.removeprefix(PART).strip()}: {_in_words(part)}" for part in parts)
    return Finding(
        rule="parts_against_whole",
        about=about(*place),
        subject=say(phrase("delarna av ”{label}” {year}"), **names),
        question=say(phrase("Är delarna av ”{label}” {year} tillsammans lika med helheten?"), **names),
        sides=(
            sides.of_figure(whole),
            Side(
                title=say(phrase("Delarna tillsammans")),
                place=whole.place,
                weight=f"{total.normalize():f}",
                value="" if is_money else f"{total.normalize():f}",
                amount_ore=int(total * 100) if is_money else None,
                quote=listed,
                said_by=whole.said_by,
                said_words=sides.day_or_year(whole.said_date, whole.year),
                document_id=whole.document.id,
            ),
        ),
        explanation=say(phrase("Delarna är tillsammans lika med helheten.")) if agrees else None,
        agrees=agrees,
        year=whole.year,
    )


def _in_words(figure: Figure) -> str:
    value = figure.value or Decimal(0)
    return kronor.in_words(int(value * 100)) if figure.unit is Unit.KRONOR else f"{value.normalize():f}"
