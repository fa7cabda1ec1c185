"""The demo's reports: what committees told of 2024, question by question, and a later year where somebody is late.

What the reports of 2024 tell are the sources' facts in the demo's own words; on which day somebody wrote, reviewed and
handed in is invented, and so is everything about 2025.
"""

from datetime import date, timedelta
from uuid import UUID

from samkraft.money.actions.reports import report_steps, report_years
from samkraft.money.queries import fund_codes
from samkraft.money.queries.reports import reports
from samkraft.money.rules.reports.reports import StepKind, System
from samkraft.operations.world.cast import acting, fund_officer, moment
from samkraft.operations.world.reports import reports_jobs, reports_later, reports_safety
from samkraft.operations.world.reports.told import Told, write
from samkraft.operations.world.staff import CONTROLLERS, REVIEWERS, email_of
from samkraft.partners.queries import organisations
from samkraft.partners.rules.roles import Role
from samkraft.values.context import Context

WHAT = "nämndernas redovisningar"
DUE = date(2025, 1, 31)


def is_loaded() -> bool:
    """Whether there is any report."""
    return bool(reports.years(by=fund_officer()))


def load() -> None:
    """The questions, then each body's report from the first word to the file."""
    office = fund_officer()
    funds, bodies = fund_codes.ids(), organisations.ids()
    for code, asked in (*reports_jobs.QUESTIONS.items(), *reports_safety.QUESTIONS.items()):
        _ask(office, funds[code], bodies, asked, 2024)
        report_years.open_year(by=office, at=moment(2024, 12, 2), fund_id=funds[code], year=2024, due_date=DUE)
    rows = {(row.fund_code, row.body_code): row for row in reports.listed(by=office, year=2024)}
    for told in (*reports_jobs.TOLD, *reports_safety.TOLD):
        _tell(office, rows[told.fund, told.body].id, funds[told.fund], told)
    reports_later.load(office, funds, bodies)


def _ask(
    office: Context,
    fund_id: UUID,
    bodies: dict[str, UUID],
    asked: tuple[tuple[str, str, int], ...],
    year: int,
) -> None:
    """(question, code of the only body that answers, place of the question that it stands under)."""
    ids: list[UUID] = []
    for text, body, parent in asked:
        ids.append(
            report_years.ask(
                by=office,
                at=moment(year, 12, 2),
                fund_id=fund_id,
                year=year,
                text=text,
                organisation_id=bodies[body] if body else None,
                parent_id=ids[parent - 1] if parent else None,
            )
        )


def _tell(office: Context, report_id: UUID, fund_id: UUID, told: Told) -> None:
    writer = acting(email_of(CONTROLLERS[told.body]), Role.COMMITTEE_CONTROLLER)
    reviewer = acting(email_of(REVIEWERS[told.body]), Role.COMMITTEE_CONTROLLER)
    questions = {each.position: each.id for each in reports.questions(by=office, fund_id=fund_id, year=2024)}
    written = moment(2025, 1, 20)
    for answer in told.answers:
        write(writer, report_id, questions[answer.question], answer, written)
    handed_in = DUE + timedelta(days=told.days_late)
    if told.comment:
        report_steps.comment(
            by=reviewer, at=moment(2025, 1, 22), report_id=report_id,
            question_id=questions[told.answers[0].question], text=told.comment,
        )  # fmt: skip
    step = report_steps.take
    day = moment(handed_in.year, handed_in.month, handed_in.day, 9)
    step(by=writer, at=day - timedelta(days=3), report_id=report_id, kind=StepKind.READY)
    step(by=reviewer, at=day - timedelta(days=1), report_id=report_id, kind=StepKind.REVIEWED)
    step(by=writer, at=day, report_id=report_id, kind=StepKind.HANDED_IN)
    if told.filed:
        step(by=office, at=moment(2025, 2, 20), report_id=report_id, kind=StepKind.FILED)
    for system in told.transferred:
        parts = [questions[each.question] for each in told.answers] if system is System.FOLLOW_UP else [None]
        for part in parts:
            report_steps.mark_transferred(
                by=writer, at=moment(2025, 2, 21), report_id=report_id, system=system, question_id=part
            )
