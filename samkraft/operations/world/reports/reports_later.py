"""Ung i sommar 2025: one report is late and empty, one waits for somebody to review it. All of it is invented."""

from datetime import date
from uuid import UUID

from samkraft.money.actions.reports import report_steps, report_years
from samkraft.money.queries.reports import reports
from samkraft.money.rules.figures import Unit
from samkraft.money.rules.reports.reports import StepKind
from samkraft.operations.world.cast import acting, moment
from samkraft.operations.world.reports.told import Answer, Effort, Number, write
from samkraft.operations.world.staff import CONTROLLERS, email_of
from samkraft.partners.rules.roles import Role
from samkraft.values.context import Context

FUND, YEAR = "ung-i-sommar", 2025
QUESTIONS = (
    "Hur har tilldelade medel för Ung i sommar använts under året?",
    "Hur många platser har fördelats under 2025 och hur har utvecklingen av antalet platser varit jämfört med tidigare år?",
)


def load(office: Context, funds: dict[str, UUID], bodies: dict[str, UUID]) -> None:
    """The questions, a report for each body, and what the board has written so far."""
    ids = [
        report_years.ask(by=office, at=moment(2025, 12, 1), fund_id=funds[FUND], year=YEAR, text=text)
        for text in QUESTIONS
    ]
    report_years.open_year(
        by=office, at=moment(2025, 12, 1), fund_id=funds[FUND], year=YEAR, due_date=date(2026, 1, 31),
        body_ids=[bodies["asn"], bodies["ks"]],
    )  # fmt: skip
    writer = acting(email_of(CONTROLLERS["ks"]), Role.COMMITTEE_CONTROLLER)
    row = next(row for row in reports.listed(by=writer, year=YEAR) if row.body_code == "ks")
    at = moment(2026, 1, 26)
    write(
        writer,
        row.id,
        ids[0],
        Answer(
            1,
            "Påhittat i demon: UngDrive Academy har köpts även i år.",
            (Effort("UngDrive Academy", "Påhittat i demon."),),
        ),
        at,
    )
    number = Number(
        "summer-entrepreneurs",
        "Unga i Sommarlovsentreprenör eller UngDrive",
        Unit.PERSONS,
        "210",
        "Påhittat i demon",
        YEAR,
    )
    write(writer, row.id, ids[1], Answer(2, "Påhittat i demon: [[1]] har fått plats.", (), (number,)), at)
    report_steps.take(by=writer, at=at, report_id=row.id, kind=StepKind.READY)
