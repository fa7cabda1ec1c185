"""A report as text for other systems, so that nobody writes it twice: per question, as a whole, and what to register."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Q

from samkraft.money.models import Figure, Report, Transfer
from samkraft.money.queries import book, decided_items
from samkraft.money.queries.reports import report_contents
from samkraft.money.queries.reports.report_contents import Content, Question
from samkraft.money.rules.figures import FigureKind, Unit
from samkraft.money.rules.reports import report_openings, report_texts, report_words
from samkraft.money.rules.reports.report_openings import Given
from samkraft.money.rules.reports.report_words import EffortLine, Line
from samkraft.values.period import day_in_stockholm

Key = tuple[str, str, str]
Earlier = dict[Key, list[tuple[int, Decimal | None, bool]]]  # year, value, whether sources differ

DIFFER = "källorna skiljer sig"


def written(figure: report_contents.Figure) -> str:
    """The figure as it reads in a text."""
    return report_words.figure(figure.value, figure.unit, figure.group, figure.rounded_to)


def figures_in_words(content: Content) -> dict[int, tuple[str, str]]:
    """Number → how the figure reads with its unit, and alone."""
    return {each.number: (written(each), report_words.bare(each.value, each.unit)) for each in content.figures}


def given(report: Report, items: Sequence[decided_items.Item] | None = None) -> list[Given]:
    """What decisions gave the body of the fund and year."""
    found = items if items is not None else decided_items.of_year(fund_ids=[report.fund_id], year=report.year)
    return [
        Given(
            decider=item.decider.name,
            decided_date=item.decided_date,
            day_is_known=not item.date_words,
            case_number=item.case_number,
            amount_ore=item.amount_ore,
            is_assumption=item.is_assumption,
        )
        for item in found
        if item.receiver and item.receiver.id == report.organisation_id and not item.paid_by
    ]


def case_number_of(report: Report) -> str:
    """The case number of the decision that gave the money; empty when none is registered."""
    return next((one.case_number for one in given(report)), "")


def opening(report: Report, items: Sequence[decided_items.Item] | None = None) -> str:
    """The paragraph that opens the report, from the decision."""
    goals = list(report.fund.goals.order_by("position", "code").values_list("text", flat=True))
    return opening_of(report, given(report, items), goals)


def opening_of(report: Report, told: Sequence[Given], goals: Sequence[str]) -> str:
    """The same, when what was given and the fund's goals are at hand."""
    return report_openings.paragraph(
        body=report.organisation.name,
        fund=report.fund.name,
        year=report.year,
        purpose=report.fund.purpose,
        goals=goals,
        given=told,
    )


def earlier(organisation_ids: Sequence[UUID], year: int) -> dict[UUID, Earlier]:
    """Body → (measure, unit, group) → the years before, oldest first, from what sources have told as outcome.

    Where two sources tell the same year differently, neither is shown as the truth: the year says that they differ.
    """
    rows = Figure.objects.filter(
        Q(organisation_id__in=organisation_ids), year__lt=year, kind=FigureKind.OUTCOME.value
    ).order_by("year", "noted_at")
    told: dict[tuple[UUID, Key, int], set[Decimal | None]] = defaultdict(set)
    for row in rows.defer("quote", "place"):
        told[row.organisation_id, (row.measure, row.unit, row.group), row.year].add(row.value)
    found: dict[UUID, Earlier] = defaultdict(lambda: defaultdict(list))
    for (body, key, one_year), values in sorted(told.items(), key=lambda pair: pair[0][2]):
        found[body][key].append((one_year, next(iter(values)) if len(values) == 1 else None, len(values) > 1))
    return found


def lines(content: Content, question_id: UUID | None, year: int, before: Earlier) -> list[Line]:
    """The figures of a question (or of all) with their earlier years, in order of number.

    Figures that the report itself gives for an earlier year come first; what sources tell fills in the others.
    """
    wanted = [each for each in content.figures if question_id in {None, each.question_id}]
    own: Earlier = defaultdict(list)
    for each in content.figures:
        if each.year < year:
            own[each.measure, each.unit.value, each.group].append((each.year, each.value, False))
    own_now = {(each.measure, each.unit.value, each.group) for each in content.figures if each.year == year}
    result = []
    for each in wanted:
        key = (each.measure, each.unit.value, each.group)
        if each.year < year and key in own_now:
            continue  # told beside this year's
        years = {row[0]: row for row in (*before.get(key, []), *own.get(key, []))} if each.year == year else {}
        result.append(
            Line(
                each.number, each.label, each.year, written(each),
                tuple(
                    (one, DIFFER if differs else report_words.figure(value, Unit(key[1]), key[2]), value)
                    for one, value, differs in sorted(years.values(), key=lambda row: row[0])
                ),
                each.source,
            )
        )  # fmt: skip
    return result


def of_question(report: Report, content: Content, question: Question, before: Earlier, first_words: str = "") -> str:
    """One question's answer as text. `first_words` is the opening, for the first question of the report."""
    answer = content.answers.get(question.id)
    all_lines = lines(content, None, report.year, before)
    numbers = {each.number for each in content.figures if each.question_id == question.id}
    told = figures_in_words(content)
    text = answer.text if answer else ""
    return report_words.question(
        heading=question.text,
        opening=first_words,
        text=report_texts.plain(text, told),
        efforts=[
            EffortLine(each.title, each.status, each.text, each.counterparty, each.amount_ore)
            for each in content.efforts
            if each.question_id == question.id
        ],
        figures=[line for line in all_lines if line.number in numbers],
    )


def whole(report: Report, content: Content) -> str:
    """The whole report as text, as it is kept when it is taken to file."""
    before = earlier([report.organisation_id], report.year).get(report.organisation_id, {})
    head = f"Redovisning {report.year}: {report.fund.name}\n{report.organisation.name}"
    parts = [
        of_question(report, content, question, before, opening(report) if place == 0 else "")
        for place, question in enumerate(content.questions)
    ]
    return "\n\n".join([head, *parts])


def registration(report: Report, content: Content) -> list[tuple[str, str]]:
    """What to register in the matter system, as (field, value)."""
    handed_in = content.standing.handed_in_at
    who = next((step.by for step in reversed(content.steps) if step.kind.value == "handed_in"), "")
    return [
        ("Diarienummer", case_number_of(report) or report_words.UNKNOWN),
        ("Handlingstyp", "Inkommande: redovisning"),
        ("Rubrik", f"Redovisning av {report.fund.name} {report.year}"),
        ("Avsändare", report.organisation.name),
        ("Kontaktperson", who),
        ("Inkom", day_in_stockholm(handed_in).isoformat() if handed_in else ""),
        ("Sekretess", "Nej"),
        ("Antal frågor besvarade", str(len(content.questions) - len(content.unanswered()))),
    ]


def vouchers(report: Report) -> list[tuple[str, date, str, str, str, int]]:
    """The ledger's vouchers that moved this fund's money of the year to or from the body: number, day, text, from, to, öre."""
    rows = (
        Transfer.objects.filter(
            Q(to_account__organisation_id=report.organisation_id)
            | Q(from_account__organisation_id=report.organisation_id),
            Q(to_account__fund_id=report.fund_id) | Q(from_account__fund_id=report.fund_id),
        )
        .select_related(
            "voucher",
            "from_account__organisation",
            "from_account__fund",
            "from_account__appropriation",
            "to_account__organisation",
            "to_account__fund",
            "to_account__appropriation",
        )
        .order_by("voucher__year", "voucher__number", "id")
    )
    return [
        (
            f"{row.voucher.year}-{row.voucher.number}", row.posted_date, row.voucher.text,
            book.name_of(row.from_account), book.name_of(row.to_account), row.amount_ore,
        )
        for row in rows
        if (row.to_account.year or row.from_account.year) == report.year
    ]  # fmt: skip
