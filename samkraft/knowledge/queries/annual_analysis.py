"""The annual analysis of a year: its material from the reports, and the document that is composed of it."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from samkraft.knowledge.queries import annual_grants
from samkraft.knowledge.rules import annual_analysis as rules
from samkraft.knowledge.rules.annual_material import (
    AnswerTold,
    BodyTold,
    Difference,
    EffortTold,
    FigureTold,
    FundTold,
    Material,
    QuestionAsked,
    SideTold,
)
from samkraft.knowledge.rules.documents.parts import Document
from samkraft.money.queries.contradictions import contradiction_sides, contradictions
from samkraft.money.queries.reports import report_copies, report_years
from samkraft.money.queries.reports.report_contents import Content, Figure
from samkraft.money.queries.reports.report_years import BodyYear, FundYear
from samkraft.money.rules.contradictions import LABELS as CHOICE_LABELS
from samkraft.money.rules.findings.words import Said
from samkraft.money.rules.reports import report_openings, report_texts, report_words
from samkraft.money.rules.reports.report_words import Line
from samkraft.money.rules.uses import EFFORT_LABELS
from samkraft.partners.queries import organisations
from samkraft.values import kronor
from samkraft.values.context import Context
from samkraft.values.period import day_in_stockholm

CITY_CODE, CITY = "malmo", "Malmö stad"


def document(
    *, by: Context, year: int, fund_codes: Sequence[str] = (), body_codes: Sequence[str] = ()
) -> Document | None:
    """The document; None when the year has no reports."""
    found = material(by=by, year=year, fund_codes=fund_codes, body_codes=body_codes)
    return rules.compose(found) if found.funds else None


def material(*, by: Context, year: int, fund_codes: Sequence[str] = (), body_codes: Sequence[str] = ()) -> Material:
    """What the document is composed of. Drafts are left out: they are the committees' own."""
    read = report_years.read(by=by, year=year, fund_codes=fund_codes, body_codes=body_codes)
    days = [
        day_in_stockholm(body.handed_in_at)
        for fund in read.funds
        for body in fund.bodies
        if body.handed_in_at is not None
    ]
    city = organisations.by_code(CITY_CODE)
    grants = annual_grants.told(by=by, year=year, fund_codes=fund_codes, body_codes=body_codes)
    days += [one.filed_on for one in grants if one.filed_on]
    return Material(
        year=year,
        city=city.name if city else CITY,
        as_of=max(days, default=None),
        funds=tuple(_fund(fund, year, read.disputed) for fund in read.funds),
        differences=tuple(_difference(row, sides) for row, sides in read.differences),
        is_part=bool(body_codes),
        grants=tuple(annual_grants.in_words(one) for one in grants),
    )


def years(*, by: Context) -> list[int]:
    """The years that an analysis can be composed of."""
    return report_years.years(by=by)


def _fund(fund: FundYear, year: int, disputed: frozenset[UUID]) -> FundTold:
    decided = {item.decision_id: item for body in fund.bodies for item in body.items}
    return FundTold(
        code=fund.code,
        name=fund.name,
        purpose=fund.purpose,
        goals=fund.goals,
        decisions=tuple(
            (
                f"{item.decider.name} beslutade {report_openings.when(item.decided_date, is_known=not item.date_words)} "
                f"om pengarna ({item.case_number}).",
                f"{item.case_number}: {item.date_words}" if item.date_words else "",
            )
            for item in decided.values()
        ),
        questions=tuple(QuestionAsked(position, text, parent) for position, text, parent, _id in fund.questions),
        bodies=tuple(_body(body, fund, year, disputed) for body in fund.bodies),
    )


def _body(body: BodyYear, fund: FundYear, year: int, disputed: frozenset[UUID]) -> BodyTold:
    known = [one.amount_ore for one in body.given]
    amount = sum(each or 0 for each in known) if known and None not in known else None
    return BodyTold(
        code=body.code,
        name=body.name,
        short_name=body.short_name,
        opening=body.opening,
        decided_ore=amount,
        decided_note="; ".join(f"{item.case_number}, punkt {item.number}" for item in body.items),
        decided_address=f"/medel/punkter/{body.items[0].point_id}/" if body.items else "",
        address=f"/medel/redovisningar/{body.report_id}/",
        is_handed_in=body.content is not None,
        handed_in_date=_day(body),
        due_date=body.due_date,
        answers=tuple(_answers(body, fund, year, disputed)) if body.content else (),
    )


def _day(body: BodyYear) -> date | None:
    return day_in_stockholm(body.handed_in_at) if body.handed_in_at else None


def _answers(body: BodyYear, fund: FundYear, year: int, disputed: frozenset[UUID]) -> list[AnswerTold]:
    content = body.content
    assert content is not None
    figures = {figure.number: figure for figure in content.figures}
    found = []
    for position, _text, _parent, question_id in fund.questions:
        lines = body.lines.get(question_id)
        if lines is None:
            continue
        answer = content.answers.get(question_id)
        text = answer.text if answer else ""
        found.append(
            AnswerTold(
                question=position,
                paragraphs=tuple(
                    tuple((piece.text, piece.figure, piece.is_bare) for piece in paragraph)
                    for paragraph in report_texts.paragraphs(text)
                ),
                efforts=_efforts(content, question_id),
                figures=tuple(_figures(body, figures, lines, text, year, disputed)),
            )
        )
    return found


def _efforts(content: Content, question_id: UUID) -> tuple[EffortTold, ...]:
    return tuple(
        EffortTold(
            each.title, each.status.value, EFFORT_LABELS[each.status], each.text, each.counterparty, each.amount_ore
        )
        for each in content.efforts
        if each.question_id == question_id
    )


def _figures(
    body: BodyYear,
    figures: Mapping[int, Figure],
    lines: Sequence[Line],
    text: str,
    year: int,
    disputed: frozenset[UUID],
) -> list[FigureTold]:
    """The question's figures, and those of other questions that its text names (which stand in their own table)."""
    shown = {line.number: line for line in lines}
    named = {number for number in report_texts.numbers(text) if number in figures and number not in shown}
    return [_figure(body, figures[number], shown.get(number), year, disputed) for number in (*shown, *sorted(named))]


def _figure(body: BodyYear, figure: Figure, line: Line | None, year: int, disputed: frozenset[UUID]) -> FigureTold:
    return FigureTold(
        number=figure.number,
        label=figure.label,
        year=figure.year,
        told=report_copies.written(figure),
        bare=report_words.bare(figure.value, figure.unit),
        value=figure.value,
        earlier=line.earlier if line else (),
        source=f"{body.name}, redovisning {year}: {figure.source}",
        address=f"/medel/redovisningar/{body.report_id}/#siffra-{figure.number}",
        is_shown=line is not None,
        differs=figure.noted_id in disputed,
    )


def _difference(row: contradictions.Row, sides: Sequence[contradiction_sides.Side]) -> Difference:
    settled = ""
    if row.settled is not None:
        chosen = f" {row.settled.side}." if row.settled.side else ""
        settled = f"{CHOICE_LABELS[row.settled.choice].capitalize()}.{chosen} Skäl: {row.settled.reason}"
    return Difference(
        subject=str(row.subject),
        question=str(row.question),
        sides=tuple(
            SideTold(
                str(side.title),
                kronor.in_words(side.amount_ore) if side.amount_ore is not None else str(side.value),
                _place(side.document_title, side.place),
            )
            for side in sides
        ),
        settled=settled,
        address=f"/medel/uppgifter-som-skiljer-sig/{row.id}/",
    )


def _place(title: str, place: Said) -> str:
    return ", ".join(part for part in (title, str(place)) if part)
