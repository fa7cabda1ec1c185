"""Lay out a year of reports: the set questions of a fund, and a report for each body that got money."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import connection
from django.utils import timezone

from samkraft.audit.actions import trail, transactions
from samkraft.initiatives.actions import duties
from samkraft.money.models import Fund, PointItem, Report, ReportQuestion
from samkraft.money.rules.points import GIVES_MONEY, POSTS
from samkraft.money.rules.reports import reports as rules
from samkraft.partners.queries import frames
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.values.context import Context
from samkraft.values.refusal import Refused


def ask(
    *,
    by: Context,
    at: datetime | None = None,
    fund_id: UUID,
    year: int,
    text: str,
    help_text: str = "",
    parent_id: UUID | None = None,
    organisation_id: UUID | None = None,
) -> UUID:
    """Add a question to a fund's year, after those that are there. With an organisation only that one answers it."""
    access.require(by, Permission.MANAGE_FUNDS)
    if not text.strip():
        raise Refused(rules.QUESTION_EMPTY)
    at = at or timezone.now()
    with transactions.write(by):
        _alone(fund_id, year)
        position = ReportQuestion.objects.filter(fund_id=fund_id, year=year).count() + 1
        question = ReportQuestion.objects.create(
            id=uuid4(),
            fund_id=fund_id,
            year=year,
            position=position,
            text=text.strip()[:400],
            help_text=help_text.strip(),
            parent_id=parent_id,
            organisation_id=organisation_id,
            set_at=at,
            set_by=by.actor_name,
        )
        trail.record(
            by=by, at=at, action="report.ask", subject_kind="money.reportquestion", subject_id=question.id,
            subject_name=question.text, year=year,
        )  # fmt: skip
        return question.id


def open_year(
    *, by: Context, at: datetime | None = None, fund_id: UUID, year: int, due_date: date, body_ids: Sequence[UUID] = ()
) -> list[UUID]:
    """Open a report for each committee and board that got money for the year, and put its last day in the year wheel.

    The same again opens only what is missing. `body_ids` narrows to some of them. Raises Refused when there are no
    questions for the year, and when nobody got anything.
    """
    access.require(by, Permission.MANAGE_FUNDS)
    at = at or timezone.now()
    with transactions.write(by):
        _alone(fund_id, year)
        fund = Fund.objects.get(id=fund_id)
        if not ReportQuestion.objects.filter(fund=fund, year=year).exists():
            raise Refused(rules.NO_QUESTIONS, fund=fund.name, year=year)
        bodies = [body for body in _receivers(fund, year) if not body_ids or body in body_ids]
        if not bodies:
            raise Refused(rules.NO_BODIES, fund=fund.name, year=year)
        known = set(Report.objects.filter(fund=fund, year=year).values_list("organisation_id", flat=True))
        return [_open(by, at, fund, year, body, due_date) for body in bodies if body not in known]


def _open(by: Context, at: datetime, fund: Fund, year: int, body_id: UUID, due_date: date) -> UUID:
    report = Report.objects.create(
        id=uuid4(), fund=fund, year=year, organisation_id=body_id, due_date=due_date, opened_at=at,
        opened_by=by.actor_name,
    )  # fmt: skip
    trail.record(
        by=by, at=at, action="report.open", subject_kind="money.report", subject_id=report.id,
        subject_name=f"{fund.name} {year}", body=body_id, due_date=due_date,
    )  # fmt: skip
    duties.plan_within(
        by=by,
        at=at,
        title=f"Redovisa {fund.name} {year}",
        body_id=body_id,
        due_date=due_date,
        binding=True,
        source_key=duty_key(report.id),
        basis=f"Frågorna om {fund.name} {year}",
        link=f"/medel/redovisningar/{report.id}/",
    )
    return report.id


def duty_key(report_id: UUID) -> str:
    """What a report's place in the year wheel is called. Used inside the transaction of the step that hands it in."""
    return f"report:{report_id}"


def _receivers(fund: Fund, year: int) -> list[UUID]:
    """Bodies with a frame of their own that decided points gave money of this fund and year, in the points' order."""
    items = PointItem.objects.filter(
        fund=fund,
        year=year,
        receiver__isnull=False,
        point__verb__in=[verb.value for verb in GIVES_MONEY],
        point__decision__outcome__in=[outcome.value for outcome in POSTS],
    ).order_by("point__decision__date", "point__position", "position")
    found = list(dict.fromkeys(items.values_list("receiver_id", flat=True)))
    holds = frames.which_hold(found)
    return [body for body in found if holds.get(body)]


def _alone(fund_id: UUID, year: int) -> None:
    """Whoever lays out the same fund's year at once waits here."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"reports {fund_id} {year}"])
