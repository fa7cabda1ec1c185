"""An EU project from its budget to a paid claim: closed months stay closed, and two persons stand behind a claim."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from samkraft.money.actions.contradictions import contradictions
from samkraft.money.actions.eu import eu_claims, eu_outcomes, eu_projects
from samkraft.money.actions.eu.eu_outcomes import EntryDraft
from samkraft.money.actions.eu.eu_projects import RowDraft, StatementDraft
from samkraft.money.models import Contradiction
from samkraft.money.queries.eu import eu_claims as claims
from samkraft.money.queries.eu import eu_projects as projects
from samkraft.money.rules.eu.eu_budgets import RowKind
from samkraft.money.rules.eu.eu_outcomes import ClaimStep
from samkraft.money.rules.eu.eu_statements import StatementKind
from samkraft.partners.rules.roles import Role
from samkraft.values.period import Period
from samkraft.values.refusal import Refused
from tests.factories import eu_projects as eu
from tests.factories import partners
from tests.factories.at_once import together
from tests.factories.eu_projects import FEB, JAN, LATER, MAR, Project

pytestmark = pytest.mark.django_db


@pytest.fixture
def project() -> Project:
    return eu.project()


def test_a_claim_from_hours_to_payment_freezes_what_was_certified(project: Project) -> None:
    project.hours(JAN, 100)
    project.hours(JAN, 120)  # a correction: the latest holds
    eu_outcomes.note_participant_hours(
        by=project.economist,
        at=LATER,
        project_id=project.id,
        month=JAN,
        minutes=600,
        ore_per_hour=5_800,
        source="närvaro",
    )
    cost = EntryDraft(RowKind.EXTERNAL, JAN, 10_000, "lokal", "V1")
    assert eu_outcomes.enter(by=project.economist, at=LATER, project_id=project.id, entries=[cost]) == 1
    claim = project.claim(JAN, MAR)
    project.move(claim, ClaimStep.CERTIFIED, ClaimStep.SENT)
    eu_claims.move(by=project.economist, at=LATER, claim_id=claim, step=ClaimStep.APPROVED, amount_ore=4_700_000)
    project.move(claim, ClaimStep.PAID)
    (row,) = claims.listed(project.id)
    assert row.rows == {
        RowKind.PERSONNEL: 4_800_000, RowKind.EXTERNAL: 10_000, RowKind.PARTICIPANT_COMPENSATION: 58_000,
    }  # fmt: skip
    assert (row.costs_ore, row.approved_ore, row.standing) == (4_810_000, 4_700_000, ClaimStep.PAID)
    assert row.paid_ore == 4_700_000


def test_nothing_is_written_into_a_month_that_is_certified_and_everything_again_when_it_is_taken_back(
    project: Project,
) -> None:
    project.hours(JAN, 100)
    claim = project.claim(JAN, FEB)
    project.hours(JAN, 101)  # only prepared: still open
    project.move(claim, ClaimStep.CERTIFIED)
    for write in (
        lambda: project.hours(JAN, 90),
        lambda: eu_outcomes.note_participant_hours(
            by=project.economist, at=LATER, project_id=project.id, month=JAN, minutes=1, ore_per_hour=1, source="x"
        ),
        lambda: eu_outcomes.enter(
            by=project.economist, at=LATER, project_id=project.id,
            entries=[EntryDraft(RowKind.TRAVEL, FEB, 5, "tåg"), EntryDraft(RowKind.TRAVEL, JAN, 5, "tåg")],
        ),
    ):  # fmt: skip
        with pytest.raises(Refused) as refused:
            write()
        assert refused.value.reason is eu_outcomes.PERIOD_CLOSED
    assert claims.outcome(project.id).sums == {
        RowKind.PERSONNEL: 4_040_000
    }  # February's half of the refused did not stay
    project.hours(FEB, 80)
    project.move(claim, ClaimStep.WITHDRAWN)
    project.hours(JAN, 90)
    project.move(project.claim(JAN, MAR), ClaimStep.CERTIFIED)


def test_the_database_itself_keeps_a_certified_month_closed(project: Project) -> None:
    project.hours(JAN, 100)
    project.move(project.claim(JAN, FEB), ClaimStep.CERTIFIED)
    statements = {
        "money_euhours": ("(id, position_id, month, number, minutes, source, noted_at, noted_by) VALUES "
                          "(gen_random_uuid(), %s, '2020-01-01', 9, 1, '', now(), '')", project.position),
        "money_euparticipanthours": ("(id, project_id, month, number, minutes, ore_per_hour, source, noted_at, noted_by)"
                                     " VALUES (gen_random_uuid(), %s, '2020-01-01', 9, 1, 1, 'x', now(), '')", project.id),
        "money_euentry": ("(id, project_id, kind, month, amount_ore, text, reference, noted_at, noted_by) VALUES "
                          "(gen_random_uuid(), %s, 'travel', '2020-01-01', 1, '', '', now(), '')", project.id),
        "money_euclaim": ("(id, project_id, number, period) VALUES (gen_random_uuid(), %s, 9, '[2020-01-01,2020-03-01)')",
                          project.id),
    }  # fmt: skip
    for table, (values, key) in statements.items():
        with pytest.raises(DatabaseError, match="money_eu_"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {table} {values}", [key])
        with transaction.atomic(), connection.cursor() as cursor:  # the same a month later is taken
            cursor.execute(f"INSERT INTO {table} {values}".replace("2020-01-01", "2020-02-01"), [key])


def test_who_prepared_a_claim_cannot_certify_it_not_even_in_the_database(project: Project) -> None:
    project.hours(JAN, 100)
    claim = eu_claims.draft(by=project.economist, at=LATER, project_id=project.id, period=Period(JAN, FEB))
    with pytest.raises(Refused, match="Huvudprojektledare"):
        eu_claims.move(by=project.economist, at=LATER, claim_id=claim, step=ClaimStep.CERTIFIED)
    also_leader = partners.member(Role.MAIN_PROJECT_LEADER, user_id=project.economist.actor_id).context
    with pytest.raises(Refused) as refused:
        eu_claims.move(by=also_leader, at=LATER, claim_id=claim, step=ClaimStep.CERTIFIED)
    assert refused.value.reason is eu_claims.SAME_PERSON
    values = "(id, claim_id, step, text, at, by, by_id) VALUES (gen_random_uuid(), %s, 'certified', '', now(), '', %s)"
    with (
        pytest.raises(DatabaseError, match="money_eu_same_person"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"INSERT INTO money_euclaimstep {values}", [claim, project.economist.actor_id])


def test_steps_go_in_order_and_a_month_is_claimed_once(project: Project) -> None:
    project.hours(JAN, 100)
    claim = project.claim(JAN, MAR)
    with pytest.raises(Refused) as refused:
        project.move(claim, ClaimStep.PAID)
    assert refused.value.reason is eu_claims.WRONG_STEP
    with pytest.raises(Refused) as refused:
        project.claim(FEB, date(2020, 4, 1))
    assert refused.value.reason is eu_claims.OVERLAPS
    with pytest.raises(Refused) as refused:
        project.claim(date(2020, 4, 2), date(2020, 5, 1))
    assert refused.value.reason is eu_claims.NOT_WHOLE_MONTHS
    with pytest.raises(Refused) as refused:
        project.claim(date(2021, 3, 1), date(2021, 4, 1))
    assert refused.value.reason is eu_claims.NOT_OVER
    project.move(project.claim(MAR, date(2020, 4, 1)), ClaimStep.WITHDRAWN)
    project.claim(MAR, date(2020, 4, 1))


def test_a_claim_without_a_rate_or_without_anything_is_refused() -> None:
    project = eu.project(rate=False)
    empty = project.claim(JAN, FEB)
    with pytest.raises(Refused) as refused:
        project.move(empty, ClaimStep.CERTIFIED)
    assert refused.value.reason is eu_claims.NOTHING_TO_CLAIM
    project.hours(JAN, 10)
    with pytest.raises(Refused) as refused:
        project.move(empty, ClaimStep.CERTIFIED)
    assert refused.value.reason is eu_claims.RATE_MISSING
    assert "Handläggare" in str(refused.value)


@pytest.mark.parametrize(
    ("month", "hours", "more", "reason"),
    [
        (date(2019, 12, 1), 10, {}, eu_outcomes.NOT_IN_TIME),
        (date(2022, 1, 1), 10, {}, eu_outcomes.NOT_IN_TIME),
        (date(2021, 3, 1), 10, {}, eu_outcomes.NOT_OVER),
        (JAN, 745, {}, eu_outcomes.TOO_MANY_HOURS),
        (JAN, -1, {}, eu_outcomes.TOO_MANY_HOURS),
        (JAN, 10, {"expected_number": 3}, eu_outcomes.MEANWHILE),
    ],
)
def test_hours_that_cannot_be(project: Project, month: date, hours: int, more: dict[str, int], reason: object) -> None:
    with pytest.raises(Refused) as refused:
        project.hours(month, hours, **more)
    assert refused.value.reason is reason
    assert not claims.outcome(project.id).counted


def test_a_voucher_is_taken_in_once_and_the_whole_file_is_refused(project: Project) -> None:
    first = EntryDraft(RowKind.TRAVEL, JAN, 100, "tåg", "V7")
    eu_outcomes.enter(by=project.economist, at=LATER, project_id=project.id, entries=[first])
    with pytest.raises(Refused) as refused:
        eu_outcomes.enter(
            by=project.economist, at=LATER, project_id=project.id,
            entries=[EntryDraft(RowKind.TRAVEL, JAN, 50, "buss", "V8"), first],
        )  # fmt: skip
    assert refused.value.reason is eu_outcomes.REFERENCE_TWICE
    assert claims.outcome(project.id).sums == {RowKind.TRAVEL: 100}


def test_two_rates_never_hold_on_the_same_day(project: Project) -> None:
    with pytest.raises(Refused) as refused:
        eu_projects.set_rate(
            by=project.economist, project_id=project.id, function="Handläggare",
            period=Period(date(2021, 1, 1), None), ore_per_hour=1,
        )  # fmt: skip
    assert refused.value.reason is eu_projects.RATE_OVERLAPS


def test_the_page_holds_budget_against_outcome_and_the_rules_speak(project: Project) -> None:
    by = project.economist
    eu_projects.note_budget(
        by=by, project_id=project.id,
        rows=[
            RowDraft(RowKind.PERSONNEL, 40_000_000, "Genomförande"), RowDraft(RowKind.EXTERNAL, 0, "Genomförande"),
            RowDraft(RowKind.SUPPORT, 18_800_500), RowDraft(RowKind.PUBLIC_CASH, 21_199_500, financier_id=by.organisation_id),
        ],
        statements=[StatementDraft(StatementKind.PROMISES_COST, RowKind.EXTERNAL, "en utvärdering")],
    )  # fmt: skip
    for month in (JAN, FEB, MAR):
        project.hours(month, 100)
    page = projects.page(by=by, code="mk")
    assert page is not None
    assert page.budget is not None
    assert page.budget.demand.short_ore == 500
    personnel = next(line for line in page.lines if line.kind is RowKind.PERSONNEL)
    assert (personnel.budget_ore, personnel.spent_ore, personnel.used_percent) == (40_000_000, 12_000_000, 30)
    assert personnel.forecast is not None
    assert (personnel.forecast.months_left, personnel.forecast.expected_ore) == (21, 96_000_000)
    contradictions.look(by=partners.by(Role.FUND_OFFICER))
    rules = set(Contradiction.objects.filter(agrees=False).values_list("rule", flat=True))
    assert {"share_below_demand", "promise_without_money"} <= rules
    (position,) = projects.hours(by=by, project_id=project.id, year=2020)
    assert position.minutes[FEB] == (1, 6000)


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([], eu_projects.NO_ROWS),
        ([RowDraft(RowKind.TRAVEL, -1, "G")], eu_projects.NEGATIVE_ROW),
        ([RowDraft(RowKind.TRAVEL, 1)], eu_projects.COST_NEEDS_PHASE),
        ([RowDraft(RowKind.SUPPORT, 1), RowDraft(RowKind.SUPPORT, 2)], eu_projects.ROW_TWICE),
    ],
)
def test_budgets_that_do_not_hold_together(project: Project, rows: list[RowDraft], reason: object) -> None:
    with pytest.raises(Refused) as refused:
        eu_projects.note_budget(by=project.economist, project_id=project.id, rows=rows)
    assert refused.value.reason is reason


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_of_hours_and_a_certificate_at_once_the_frozen_rows_hold_what_is_in_the_book() -> None:
    project = eu.project()
    project.hours(JAN, 100)
    claim = project.claim(JAN, FEB)

    answers = together(
        lambda: project.hours(JAN, 140),
        lambda: project.move(claim, ClaimStep.CERTIFIED),
        lambda: project.hours(FEB, 10),
    )
    (row,) = claims.listed(project.id)
    held = claims.outcome(project.id, Period(JAN, FEB)).sums[RowKind.PERSONNEL]
    assert row.rows[RowKind.PERSONNEL] == held, answers
    assert answers in (["done", "done", "done"], ["done", "done", "eu_period_closed"])
