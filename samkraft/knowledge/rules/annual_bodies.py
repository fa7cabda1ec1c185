"""A committee's section of the annual analysis: how it opens, its text with figures, its efforts, its figures by year."""

from collections.abc import Sequence

from samkraft.knowledge.rules.annual_material import AnswerTold, BodyTold, EffortTold, FigureTold, QuestionAsked
from samkraft.knowledge.rules.documents.parts import (
    Bar,
    Bars,
    Column,
    Heading,
    Line,
    Notes,
    Paragraph,
    Part,
    Run,
    Table,
    words,
)
from samkraft.values import kronor

FEWEST_YEARS = 4  # of one figure before a chart of it says more than the table
MOST_YEARS = 4  # earlier years in one table
NOTHING = "–"
DIFFERS = " (en annan källa säger annat)"


def section(body: BodyTold, questions: Sequence[QuestionAsked], year: int, notes: Notes, key: str) -> list[Part]:
    """The section of one committee under one question and its sub-questions. The opening stands once."""
    name = f"{key}-{body.code}"
    parts: list[Part] = [Heading(2, body.name, name), Paragraph(words(body.opening))]
    if not body.is_handed_in:
        day = body.due_date.isoformat()
        parts.append(
            Paragraph((Run(f"Nämnden har inte lämnat in sin redovisning. Den skulle ha kommit senast {day}."),))
        )
        return parts
    answers = {answer.question: answer for answer in body.answers}
    for place, question in enumerate(questions):
        answer = answers.get(question.position)
        if answer is None:
            continue
        own = f"{name}-{question.position}"
        if place:
            parts.append(Heading(3, question.text, own))
        parts += _answer(answer, year, notes, own, body)
    return parts


def _answer(answer: AnswerTold, year: int, notes: Notes, key: str, body: BodyTold) -> list[Part]:
    known = {figure.number: figure for figure in answer.figures}
    parts: list[Part] = [
        Paragraph(
            _begun(tuple(_stretch(text, known.get(number), is_bare, notes) for text, number, is_bare in paragraph))
        )
        for paragraph in answer.paragraphs
    ]
    parts += _efforts(answer.efforts, year, notes, key, body)
    shown = [figure for figure in answer.figures if figure.is_shown]
    parts += _figures(shown, year, notes, key, body)
    for figure in shown:
        parts += _over_years(figure, year, key)
    return parts


def _stretch(text: str, figure: FigureTold | None, is_bare: bool, notes: Notes) -> Run:
    if figure is None:
        return Run(text)
    return Run(figure.bare if is_bare else figure.told, notes.number(figure.source, figure.address))


def _begun(line: Line) -> Line:
    """A sentence that begins with a figure, such as "omkring 4 100 000 kr", begins with a capital."""
    if not line or not line[0].text:
        return line
    first = line[0]
    return (Run(first.text[:1].upper() + first.text[1:], first.note, first.is_strong), *line[1:])


def _efforts(efforts: Sequence[EffortTold], year: int, notes: Notes, key: str, body: BodyTold) -> list[Part]:
    if not efforts:
        return []
    if not any(effort.text or effort.counterparty or effort.amount_ore is not None for effort in efforts):
        short: tuple[tuple[Line, ...], ...] = tuple((words(effort.title), words(effort.status)) for effort in efforts)
        two = (Column("Insats", weight=4), Column("Hur långt den kom", weight=2))
        return [Table(f"{key}-insatser", f"Insatser, {body.name}", two, short)]
    has_amounts = any(effort.amount_ore is not None for effort in efforts)
    columns = (
        Column("Insats", weight=4),
        Column("Hur långt den kom", weight=2),
        Column("Om insatsen", weight=4),
        *((Column("Belopp", is_number=True), Column("Källa", is_number=True)) if has_amounts else ()),
    )
    note = notes.number(f"{body.name}, redovisning {year}: insatsernas belopp", body.address) if has_amounts else 0
    rows = tuple(_effort(effort, note) for effort in efforts)
    return [Table(f"{key}-insatser", f"Insatser, {body.name}", columns, rows)]


def _effort(effort: EffortTold, note: int) -> tuple[Line, ...]:
    """The cells of a row. `note` is where the amounts come from, 0 when none of the efforts has any."""
    about = " ".join(
        part for part in (effort.text, f"Tillsammans med {effort.counterparty}." if effort.counterparty else "") if part
    )
    cells: tuple[Line, ...] = (words(effort.title), words(effort.status), words(about))
    if not note:
        return cells
    amount = kronor.in_words(effort.amount_ore) if effort.amount_ore is not None else "okänt"
    return (*cells, words(amount), (Run("", note),))


def _figures(figures: Sequence[FigureTold], year: int, notes: Notes, key: str, body: BodyTold) -> list[Part]:
    """A row for each figure with the years beside each other, and the note that tells where it comes from."""
    if not figures:
        return []
    found = {one for figure in figures for one, _told, _value in figure.earlier} | {
        figure.year for figure in figures if figure.year < year
    }
    years = sorted(found)[-MOST_YEARS:]
    columns = (
        Column("Uppgift", weight=3),
        *(Column(str(one), is_number=True) for one in years),
        Column(str(year), is_number=True),
        Column("Källa", is_number=True),
    )
    rows = tuple(_figure(figure, year, years, notes) for figure in figures)
    return [Table(f"{key}-siffror", f"Siffror, {body.name}", columns, rows)]


def _figure(figure: FigureTold, year: int, years: Sequence[int], notes: Notes) -> tuple[Line, ...]:
    before = {one: told for one, told, _value in figure.earlier}
    if figure.year < year:
        before[figure.year] = figure.told
    now = figure.told if figure.year == year else NOTHING
    note = notes.number(figure.source, figure.address)
    label = f"{figure.label}{DIFFERS if figure.differs else ''}"
    return (
        words(label),
        *(words(before.get(one, NOTHING)) for one in years),
        words(now),
        (Run("", note),),
    )


def _over_years(figure: FigureTold, year: int, key: str) -> list[Part]:
    """A chart where a figure is known for so many years that a picture says more."""
    known = [(one, told, value) for one, told, value in figure.earlier if value is not None]
    if figure.year != year or figure.value is None or len(known) + 1 < FEWEST_YEARS:
        return []
    rows = [*figure.earlier, (year, figure.told, figure.value)]
    told = ", ".join(f"{words_of} år {one}" for one, words_of, _value in rows)
    bars = tuple(Bar(str(one), value, words_of) for one, words_of, value in rows)
    return [
        Bars(
            f"{key}-ar-{figure.number}",
            f"{figure.label} {rows[0][0]}–{year}",
            f"Staplarna visar hur det har varit: {told}.",
            bars,
        )
    ]
