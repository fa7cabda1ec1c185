"""A whole year of reports at once, for documents: funds, questions, committees, contents. A fixed number of statements."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from samkraft.money.models import Fund, Report, ReportQuestion
from samkraft.money.queries import decided_items, figures
from samkraft.money.queries.contradictions import contradiction_sides, contradictions
from samkraft.money.queries.decided_items import Item
from samkraft.money.queries.reports import report_contents, report_copies
from samkraft.money.queries.reports.report_contents import Content
from samkraft.money.rules.reports.report_openings import Given
from samkraft.money.rules.reports.report_words import Line
from samkraft.money.rules.reports.reports import READ_BY_OTHERS
from samkraft.money.rules.settling import State
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.values.context import Context


@dataclass(frozen=True, slots=True)
class BodyYear:
    """A committee's report about one fund. `content` is None until it is handed in: a draft is its own."""

    report_id: UUID
    code: str
    name: str
    short_name: str
    due_date: date
    opening: str
    given: tuple[Given, ...]
    items: tuple[Item, ...]
    content: Content | None
    lines: dict[UUID, list[Line]]
    handed_in_at: datetime | None


@dataclass(frozen=True, slots=True)
class FundYear:
    """A fund's year with its questions (position, text, position of the parent, id) and committees."""

    code: str
    name: str
    purpose: str
    goals: tuple[str, ...]
    questions: tuple[tuple[int, str, int, UUID], ...]
    bodies: tuple[BodyYear, ...]


@dataclass(frozen=True, slots=True)
class Year:
    """Everything that a document about a year needs. `disputed` are noted figures that another source contradicts."""

    year: int
    funds: tuple[FundYear, ...]
    disputed: frozenset[UUID]
    differences: tuple[tuple[contradictions.Row, tuple[contradiction_sides.Side, ...]], ...]


def read(*, by: Context, year: int, fund_codes: Sequence[str] = (), body_codes: Sequence[str] = ()) -> Year:
    """The reports of a year, narrowed to some funds or bodies. Asks for the right to see money."""
    access.require(by, Permission.SEE_MONEY)
    found = Report.objects.filter(year=year).select_related("fund", "organisation")
    if fund_codes:
        found = found.filter(fund__code__in=fund_codes)
    if body_codes:
        found = found.filter(organisation__code__in=body_codes)
    reports = list(found.order_by("fund__name", "organisation__sort_key"))
    funds = {report.fund_id: report.fund for report in reports}
    items: dict[tuple[UUID, UUID], list[Item]] = defaultdict(list)
    for item in decided_items.of_year(fund_ids=list(funds), year=year):
        if item.receiver:
            items[item.fund_id, item.receiver.id].append(item)
    contents = report_contents.of(reports)
    before = report_copies.earlier([report.organisation_id for report in reports], year)
    goals = _goals(list(funds))
    questions = _questions(list(funds), year)
    bodies: dict[UUID, list[BodyYear]] = defaultdict(list)
    for report in reports:
        own = items[report.fund_id, report.organisation_id]
        bodies[report.fund_id].append(
            _body(report, contents[report.id], own, before.get(report.organisation_id, {}), goals[report.fund_id])
        )
    return Year(
        year=year,
        funds=tuple(
            FundYear(fund.code, fund.name, fund.purpose, tuple(goals[key]), tuple(questions[key]), tuple(bodies[key]))
            for key, fund in funds.items()
        ),
        disputed=frozenset(row.id for row in figures.disputed(year=year) if row.used and row.used.choice is None),
        differences=tuple(_differences(by, year)),
    )


def years(*, by: Context) -> list[int]:
    """The years that have reports, the latest first."""
    access.require(by, Permission.SEE_MONEY)
    return sorted(set(Report.objects.values_list("year", flat=True)), reverse=True)


def _body(
    report: Report, content: Content, items: list[Item], before: report_copies.Earlier, goals: Sequence[str]
) -> BodyYear:
    may_read = content.standing.state in READ_BY_OTHERS
    given = tuple(report_copies.given(report, items))
    return BodyYear(
        report_id=report.id,
        code=report.organisation.code,
        name=report.organisation.name,
        short_name=report.organisation.short_name or report.organisation.name,
        due_date=report.due_date,
        opening=report_copies.opening_of(report, given, goals),
        given=given,
        items=tuple(item for item in items if not item.paid_by),
        content=content if may_read else None,
        lines={
            question.id: report_copies.lines(content, question.id, report.year, before)
            for question in content.questions
        }
        if may_read
        else {},
        handed_in_at=content.standing.handed_in_at if may_read else None,
    )


def _differences(by: Context, year: int) -> Iterator[tuple[contradictions.Row, tuple[contradiction_sides.Side, ...]]]:
    """What sources differ about, of the year or of no year: open or settled."""
    rows = [
        row
        for row in contradictions.listed(by=by)
        if row.year in {year, None} and row.state in {State.OPEN, State.SETTLED}
    ]
    sides = contradiction_sides.sides_of([row.id for row in rows])
    for row in sorted(rows, key=lambda each: (each.state is State.SETTLED, str(each.subject), str(each.question))):
        yield row, tuple(sides[row.id])


def _goals(fund_ids: Sequence[UUID]) -> dict[UUID, list[str]]:
    found: dict[UUID, list[str]] = {key: [] for key in fund_ids}
    rows = Fund.objects.filter(id__in=fund_ids, goals__isnull=False).order_by("goals__position", "goals__code")
    for fund_id, text in rows.values_list("id", "goals__text"):
        found[fund_id].append(text)
    return found


def _questions(fund_ids: Sequence[UUID], year: int) -> dict[UUID, list[tuple[int, str, int, UUID]]]:
    found: dict[UUID, list[tuple[int, str, int, UUID]]] = defaultdict(list)
    rows = ReportQuestion.objects.filter(fund_id__in=fund_ids, year=year).select_related("parent").order_by("position")
    for row in rows:
        found[row.fund_id].append((row.position, row.text, row.parent.position if row.parent else 0, row.id))
    return found
