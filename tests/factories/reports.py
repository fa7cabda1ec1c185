"""A small city whose committees report: the fund's questions, money decided, and people who write, review and receive."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from samkraft.money.actions import decisions
from samkraft.money.actions.reports import report_steps, report_writing, report_years
from samkraft.money.queries.reports import reports
from samkraft.money.rules.points import Outcome
from samkraft.money.rules.reports.reports import StepKind
from samkraft.money.rules.uses import EffortStatus
from samkraft.partners.rules.roles import Role
from samkraft.values.context import Context
from samkraft.values.period import STOCKHOLM
from tests.factories import money, partners

YEAR, DUE, CASE = 2024, date(2025, 1, 31), "KS-2024-1"
FIRST = "Hur har pengarna använts?"
PART = "Hur har insatserna bidragit?"
MET = datetime(2025, 1, 20, 10, tzinfo=STOCKHOLM)


@dataclass
class Reporting:
    """Whoever acts, the questions in order, and the report of each body."""

    city: money.City
    writer: Context
    reviewer: Context
    other: Context
    questions: list[UUID]
    reports: dict[str, UUID]

    def answer(self, text: str, *, version: int = 0, by: Context | None = None, question: int = 0) -> int:
        """Write in the report of the writer's committee."""
        return report_writing.answer(
            by=by or self.writer, at=MET, report_id=self.reports["asn"], question_id=self.questions[question],
            version=version, text=text,
        )  # fmt: skip

    def effort(self, title: str, status: EffortStatus = EffortStatus.DONE) -> int:
        """An effort in the same."""
        return report_writing.write_effort(
            by=self.writer,
            at=MET,
            report_id=self.reports["asn"],
            question_id=self.questions[0],
            title=title,
            status=status,
        )

    def step(self, kind: StepKind, by: Context, at: datetime = MET, text: str = "") -> None:
        """A step with the same report."""
        report_steps.take(by=by, at=at, report_id=self.reports["asn"], kind=kind, text=text)

    def hand_in(self, at: datetime = MET) -> None:
        """From draft to handed in."""
        self.step(StepKind.READY, self.writer, at)
        self.step(StepKind.REVIEWED, self.reviewer, at)
        self.step(StepKind.HANDED_IN, self.writer, at)

    def page(self, by: Context | None = None) -> reports.ReportPage:
        """The writer's committee's report as somebody sees it."""
        found = reports.one(by=by or self.writer, report_id=self.reports["asn"])
        assert found is not None
        return found


def begin() -> Reporting:
    """Money decided for two committees, questions set, reports open."""
    city = money.city()
    city.budget(1_000)
    decisions.decide(
        by=city.by, case_number=CASE, title="Fördelning", body_id=city.orgs["ks"], date=date(2024, 3, 6),
        outcome=Outcome.AS_PROPOSED, points=[city.gives("1", "asn", 600), city.gives("2", "gvn", 300)],
    )  # fmt: skip
    first = report_years.ask(by=city.by, fund_id=city.fund_id, year=YEAR, text=FIRST)
    part = report_years.ask(
        by=city.by, fund_id=city.fund_id, year=YEAR, text=PART, parent_id=first, organisation_id=city.orgs["gvn"]
    )
    report_years.open_year(by=city.by, fund_id=city.fund_id, year=YEAR, due_date=DUE)
    rows = {row.body_code: row.id for row in reports.listed(by=city.by)}
    return Reporting(
        city,
        partners.member(Role.COMMITTEE_CONTROLLER, "asn").context,
        partners.member(Role.COMMITTEE_CONTROLLER, "asn").context,
        partners.member(Role.COMMITTEE_CONTROLLER, "gvn").context,
        [first, part],
        rows,
    )
