"""Committees' reports: the list of a year, and one with everything that the reader may see of it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from samkraft.money.models import Figure, Fund, Report, ReportAnswer, ReportEffort, ReportFigure, ReportQuestion
from samkraft.money.queries import decided_items
from samkraft.money.queries.reports import report_contents, report_copies
from samkraft.money.queries.reports.report_contents import Content
from samkraft.money.rules.figures import Unit
from samkraft.money.rules.reports.report_words import Line
from samkraft.money.rules.reports.reports import READ_BY_OTHERS, State, System
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission, may
from samkraft.values.context import Context
from samkraft.values.period import day_in_stockholm


@dataclass(frozen=True, slots=True)
class Row:
    """One report as a line: whose, about what, how far, when due, and how much of it stands in other systems."""

    id: UUID
    fund_code: str
    fund: str
    year: int
    body_id: UUID
    body_code: str
    body: str
    body_short: str
    due_date: date
    state: State
    is_late: bool
    came_late: bool
    review_lapsed: bool
    answered: int
    questions: int
    handed_in_at: datetime | None
    transferred: frozenset[System]
    is_own: bool
    changed_at: datetime | None
    changed_by: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a fund's year, for the one who sets them."""

    id: UUID
    position: int
    text: str
    help_text: str
    parent: str
    body: str


@dataclass(frozen=True, slots=True)
class YearOfFund:
    """A fund and year that can be reported on: its questions and reports. `bodies` got money for it."""

    fund_id: UUID
    code: str
    name: str
    year: int
    questions: int
    reports: int


@dataclass(frozen=True, slots=True)
class ReportPage:
    """One report. `content` is None for whoever may not read it yet."""

    row: Row
    opening: str
    content: Content | None
    lines: tuple[Line, ...]
    case_number: str
    matter_id: UUID | None
    amount_ore: int | None
    may_write: bool
    may_receive: bool


@dataclass(frozen=True, slots=True)
class Version:
    """What somebody saved at one time."""

    what: str
    number: int
    version: int
    text: str
    question_id: UUID
    at: datetime
    by: str
    is_removed: bool


@dataclass(frozen=True, slots=True)
class Measure:
    """Something that the body has counted before."""

    measure: str
    label: str
    unit: Unit


def listed(*, by: Context, year: int | None = None, fund_code: str = "", body_code: str = "") -> list[Row]:
    """Reports, narrowed: the latest year first, then by fund and body."""
    access.require(by, Permission.SEE_MONEY)
    found = Report.objects.select_related("fund", "organisation")
    if year is not None:
        found = found.filter(year=year)
    if fund_code:
        found = found.filter(fund__code=fund_code)
    if body_code:
        found = found.filter(organisation__code=body_code)
    reports = list(found.order_by("-year", "fund__name", "organisation__sort_key"))
    contents = report_contents.of(reports)
    today = day_in_stockholm(timezone.now())
    return [_row(by, report, contents[report.id], today) for report in reports]


def years(*, by: Context) -> list[YearOfFund]:
    """Every fund and year in which questions are set or reports opened, the latest first."""
    access.require(by, Permission.SEE_MONEY)
    questions: dict[tuple[UUID, int], int] = defaultdict(int)
    reports: dict[tuple[UUID, int], int] = defaultdict(int)
    for key in ReportQuestion.objects.values_list("fund_id", "year"):
        questions[key] += 1
    for key in Report.objects.values_list("fund_id", "year"):
        reports[key] += 1
    names = dict(Fund.objects.values_list("id", "name"))
    codes = dict(Fund.objects.values_list("id", "code"))
    found = [
        YearOfFund(fund, codes[fund], names[fund], year, questions[fund, year], reports[fund, year])
        for fund, year in {*questions, *reports}
    ]
    return sorted(found, key=lambda each: (-each.year, each.name))


def questions(*, by: Context, fund_id: UUID, year: int) -> list[Asked]:
    """The set questions of a fund's year, in order."""
    access.require(by, Permission.SEE_MONEY)
    rows = ReportQuestion.objects.filter(fund_id=fund_id, year=year).select_related("organisation", "parent")
    return [
        Asked(
            each.id, each.position, each.text, each.help_text, each.parent.text if each.parent else "",
            each.organisation.name if each.organisation else "",
        )
        for each in rows.order_by("position")
    ]  # fmt: skip


def one(*, by: Context, report_id: UUID) -> ReportPage | None:
    """One report; None when there is none. A draft is the committee's own: others see only how far it has come."""
    access.require(by, Permission.SEE_MONEY)
    report = Report.objects.select_related("fund", "organisation").filter(id=report_id).first()
    if report is None:
        return None
    content = report_contents.of([report])[report.id]
    items = decided_items.of_year(fund_ids=[report.fund_id], year=report.year)
    own = [item for item in items if item.receiver and item.receiver.id == report.organisation_id and not item.paid_by]
    before = report_copies.earlier([report.organisation_id], report.year).get(report.organisation_id, {})
    may_read = _may_read(by, report, content)
    return ReportPage(
        row=_row(by, report, content, day_in_stockholm(timezone.now())),
        opening=report_copies.opening(report, items),
        content=content if may_read else None,
        lines=tuple(report_copies.lines(content, None, report.year, before)) if may_read else (),
        case_number=own[0].case_number if own else "",
        matter_id=own[0].matter_id if own else None,
        amount_ore=_sum([item.amount_ore for item in own]),
        may_write=report.organisation_id == by.organisation_id and may(by.role, Permission.ANSWER_FOR_COMMITTEE),
        may_receive=may(by.role, Permission.REGISTER_DECISIONS),
    )


def copies(*, by: Context, report_id: UUID) -> dict[UUID, str] | None:
    """Question → its answer as text to put into the follow-up system; None for whoever may not read the report."""
    access.require(by, Permission.SEE_MONEY)
    report = Report.objects.select_related("fund", "organisation").filter(id=report_id).first()
    if report is None:
        return None
    content = report_contents.of([report])[report.id]
    if not _may_read(by, report, content):
        return None
    before = report_copies.earlier([report.organisation_id], report.year).get(report.organisation_id, {})
    opening = report_copies.opening(report)
    return {
        question.id: report_copies.of_question(report, content, question, before, opening if place == 0 else "")
        for place, question in enumerate(content.questions)
    }


def registration(*, by: Context, report_id: UUID) -> list[tuple[str, str]]:
    """What to register in the matter system."""
    report, content = _readable(by, report_id)
    return report_copies.registration(report, content) if report and content else []


def vouchers(*, by: Context, report_id: UUID) -> list[tuple[str, date, str, str, str, int]]:
    """The vouchers of the fund's money of the year to and from the body."""
    report, _content = _readable(by, report_id)
    return report_copies.vouchers(report) if report else []


def history(*, by: Context, report_id: UUID) -> list[Version]:
    """Everything that was saved, the latest first: who changed what."""
    report, content = _readable(by, report_id)
    if report is None or content is None:
        return []
    found = [
        Version("answer", 0, row.version, row.text, row.question_id, row.written_at, row.written_by, False)
        for row in ReportAnswer.objects.filter(report=report)
    ]
    for kind, model in (("effort", ReportEffort), ("figure", ReportFigure)):
        for row in model.objects.filter(report=report):
            text = row.title if kind == "effort" else f"{row.label} {row.year}"
            found.append(
                Version(
                    kind, row.number, row.version, text, row.question_id, row.written_at, row.written_by, row.is_removed
                )
            )
    return sorted(found, key=lambda each: (each.at, each.version), reverse=True)


def text_of(*, by: Context, report_id: UUID, question_id: UUID, version: int) -> str:
    """An answer as it was in a version; empty for version 0."""
    report, content = _readable(by, report_id)
    if report is None or content is None:
        return ""
    row = ReportAnswer.objects.filter(report=report, question_id=question_id, version=version).first()
    return row.text if row else ""


def measures(*, by: Context) -> list[Measure]:
    """What the reader's own body has counted in reports and what sources say of it, by name."""
    access.require(by, Permission.SEE_MONEY)
    found: dict[str, Measure] = {}
    own = Figure.objects.filter(organisation_id=by.organisation_id).order_by("label")
    mine = ReportFigure.objects.filter(report__organisation_id=by.organisation_id).order_by("label")
    for measure, label, unit in (
        *own.values_list("measure", "label", "unit"),
        *mine.values_list("measure", "label", "unit"),
    ):
        found.setdefault(measure, Measure(measure, label, Unit(unit)))
    return sorted(found.values(), key=lambda each: each.label)


def _readable(by: Context, report_id: UUID) -> tuple[Report | None, Content | None]:
    access.require(by, Permission.SEE_MONEY)
    report = Report.objects.select_related("fund", "organisation").filter(id=report_id).first()
    if report is None:
        return None, None
    content = report_contents.of([report])[report.id]
    return (report, content) if _may_read(by, report, content) else (None, None)


def _may_read(by: Context, report: Report, content: Content) -> bool:
    """Anybody who sees money, from the day it is handed in; before that only the committee's own."""
    if content.standing.state in READ_BY_OTHERS:
        return True
    return report.organisation_id == by.organisation_id and may(by.role, Permission.ANSWER_FOR_COMMITTEE)


def _row(by: Context, report: Report, content: Content, today: date) -> Row:
    standing = content.standing
    written = [
        *((answer.written_at, answer.written_by) for answer in content.answers.values() if answer.written_at),
        *((each.written_at, each.written_by) for each in (*content.efforts, *content.figures)),
    ]
    changed = max(written, default=None)
    return Row(
        id=report.id,
        fund_code=report.fund.code,
        fund=report.fund.name,
        year=report.year,
        body_id=report.organisation_id,
        body_code=report.organisation.code,
        body=report.organisation.name,
        body_short=report.organisation.short_name or report.organisation.name,
        due_date=report.due_date,
        state=standing.state,
        is_late=standing.is_late(report.due_date, today),
        came_late=standing.came_late(report.due_date),
        review_lapsed=standing.review_lapsed,
        answered=len(content.questions) - len(content.unanswered()),
        questions=len(content.questions),
        handed_in_at=standing.handed_in_at,
        transferred=_whole_transfers(content),
        is_own=report.organisation_id == by.organisation_id,
        changed_at=changed[0] if changed else None,
        changed_by=changed[1] if changed else "",
    )


def _whole_transfers(content: Content) -> frozenset[System]:
    """The systems in which everything of the report stands as it is now."""
    done = {(each.system, each.question_id): each.digest for each in content.transfers}
    found = {
        system
        for system in (System.MATTERS, System.ECONOMY)
        if done.get((system, None)) is not None and done[system, None] == content.digest()
    }
    if content.questions and all(
        done.get((System.FOLLOW_UP, each.id)) == content.digest(each.id) for each in content.questions
    ):
        found.add(System.FOLLOW_UP)
    return frozenset(found)


def _sum(amounts: Sequence[int | None]) -> int | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if known and len(known) == len(amounts) else None
