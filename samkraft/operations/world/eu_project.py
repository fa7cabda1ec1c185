"""Malmökraften 2.0 as an EU project: the budget and what its text says are the sources'; hours and claims are invented.

The sources give no hourly rates. Those here are assumptions, marked as such, near what a person-month costs on average.
"""

from datetime import date
from decimal import Decimal
from uuid import UUID

from samkraft.money.actions.eu import eu_claims, eu_outcomes, eu_projects
from samkraft.money.actions.eu.eu_outcomes import EntryDraft
from samkraft.money.actions.eu.eu_projects import RowDraft, StatementDraft
from samkraft.money.queries.eu import eu_claims as claims
from samkraft.money.queries.eu import eu_projects as queries
from samkraft.money.rules.eu import eu_outcomes as rules
from samkraft.money.rules.eu.eu_budgets import RowKind, Told
from samkraft.money.rules.eu.eu_outcomes import ClaimStep
from samkraft.money.rules.eu.eu_statements import StatementKind
from samkraft.operations.world import undertaken
from samkraft.operations.world.cast import acting, fund_officer, moment
from samkraft.operations.world.staff import email_of
from samkraft.operations.world.stage import Stage
from samkraft.partners.rules.roles import Role
from samkraft.values import kronor
from samkraft.values.context import Context
from samkraft.values.period import Period

WHAT = "EU-projektet: budget, timmar och ansökningar om utbetalning"
CODE = "malmokraften-2"
STARTS, ENDS = date(2020, 1, 1), date(2022, 7, 1)
PLANNING, IMPLEMENTATION = "Analys och planering", "Genomförande"
NOTED_THROUGH = date(2021, 11, 1)  # the last month with hours: the project goes on for half a year more

BUDGET = (
    (RowKind.PERSONNEL, 2_680_912, PLANNING, ""),
    (RowKind.PERSONNEL, 72_976_822, IMPLEMENTATION, ""),
    *((kind, 0, phase, "") for phase in (PLANNING, IMPLEMENTATION) for kind in (
        RowKind.EXTERNAL, RowKind.TRAVEL, RowKind.MOBILITY, RowKind.EQUIPMENT, RowKind.INDIRECT, RowKind.REVENUE)),
    (RowKind.REGIONAL_FUND, 0, IMPLEMENTATION, ""),
    (RowKind.SUPPORT, 43_087_734, "", ""),
    (RowKind.PUBLIC_IN_KIND, 0, "", ""),
    (RowKind.PARTICIPANT_COMPENSATION, 16_015_966, "", ""),
    (RowKind.ESTABLISHMENT_COMPENSATION, 0, "", ""),
    (RowKind.PUBLIC_CASH, 25_000_000, "", ""),
    (RowKind.OWNER_CASH, 7_570_000, "", "af"),
    (RowKind.PRIVATE_CASH, 0, "", ""),
    (RowKind.PRIVATE_IN_KIND, 0, "", ""),
)  # fmt: skip
STATEMENTS = (
    (StatementKind.PROMISES_COST, RowKind.EXTERNAL, "en upphandlad utvärdering", "af", None),
    (StatementKind.PROMISES_COST, RowKind.EXTERNAL, "workshoppar för ledning och styrgrupp", "af", None),
    (StatementKind.PROMISES_COST, RowKind.TRAVEL, "ett studiebesök i Köpenhamn för omkring 40 handläggare", "af", None),
    (StatementKind.PAYS_IN_KIND, RowKind.PUBLIC_IN_KIND, "staden bidrar med två delprojektledare", "malmo", None),
    (StatementKind.PAYS_IN_KIND, RowKind.PUBLIC_IN_KIND, "en av tre handläggare hos Försäkringskassan", "fk", None),
    (
        StatementKind.CASH_IS_STAFF, RowKind.OWNER_CASH,
        "huvudprojektledaren och projektadministratören är Arbetsförmedlingens kontanta insats", "af", 60,
    ),
)  # fmt: skip
# Kronor an hour, assumed: 2020, and from 2021 two percent more.
RATES = {
    Role.MAIN_PROJECT_LEADER: ("Projektledare", 585),
    Role.SUBPROJECT_LEADER: ("Delprojektledare", 560),
    Role.PROJECT_ECONOMIST: ("Ekonom", 480),
    Role.PROJECT_ADMINISTRATOR: ("Administratör", 410),
    Role.EMPLOYMENT_OFFICER: ("Handläggare", 468),
    Role.SOCIAL_SECRETARY: ("Handläggare", 468),
    Role.LABOUR_MARKET_SECRETARY: ("Handläggare", 468),
    Role.CARE_COORDINATOR: ("Vårdsamordnare", 495),
    Role.INSURANCE_OFFICER: ("Handläggare", 468),
    Role.STUDY_COUNSELLOR: ("Vägledare", 462),
}
SHORT = {"af": "AF", "malmo": "MS", "region-skane": "RS", "fk": "FK", "asn": "ASF", "gvn": "GVF"}
HOURS_BY_MONTH = (142, 138, 146, 132, 128, 136, 72, 118, 148, 150, 144, 116)  # January to December, with holidays
CLAIMS = ((2020, 1, 2020, 5), (2020, 5, 2020, 9), (2020, 9, 2021, 1), (2021, 1, 2021, 5), (2021, 5, 2021, 9))
COMPENSATION_KR = 58  # kronor per participant's hour, assumed


def is_loaded() -> bool:
    """Whether the project is there already."""
    return queries.page(by=fund_officer(), code=CODE) is not None


def load() -> None:
    """The project from its application to the claim that waits for somebody to certify it."""
    stage = Stage.begin(acting(email_of("Inger Ros"), Role.PROJECT_ECONOMIST))
    project_id = _register(stage)
    _budget(stage, project_id)
    _rates(stage, project_id)
    positions = _positions(stage, project_id)
    month = STARTS
    while month <= NOTED_THROUGH:
        _month(stage, project_id, positions, month)
        for first in (claim for claim in CLAIMS if date(claim[2], claim[3], 1) == rules.following(month)):
            _claim(stage.by, project_id, first)
        month = rules.following(month)
    eu_claims.draft(
        by=stage.by, at=moment(2021, 12, 8), project_id=project_id, period=Period(date(2021, 9, 1), date(2021, 12, 1))
    )


def _register(stage: Stage) -> UUID:
    return eu_projects.register(
        by=stage.by,
        at=moment(2019, 12, 2),
        code=CODE,
        name="Malmökraften 2.0",
        programme="Europeiska socialfonden 2014–2020, programområde 2, mål 2.1",
        owner_id=stage.org("af"),
        initiative_id=stage.initiative_ids["malmokraften-2"],
        period=Period(STARTS, ENDS),
        demand_percent=Decimal("53.00"),
        demand_decimals=2,
        yearly_hours=1662,
        planned_participants=5600,
        source=undertaken.APPLICATION,
    )


def _budget(stage: Stage, project_id: UUID) -> None:
    eu_projects.note_budget(
        by=stage.by,
        at=moment(2019, 12, 2, 11),
        project_id=project_id,
        decided_date=date(2019, 10, 24),
        rows=[
            RowDraft(kind, kronor.from_kronor(amount), phase, stage.org(code) if code else None)
            for kind, amount, phase, code in BUDGET
        ],
        told=Told(
            costs_ore=kronor.from_kronor(75_657_734),
            support_ore=kronor.from_kronor(43_087_734),
            cofinancing_ore=kronor.from_kronor(48_585_966),
            total_ore=kronor.from_kronor(91_673_700),
            support_share=Decimal("47.00"),
            cofinancing_share=Decimal("53.00"),
        ),
        statements=[
            StatementDraft(kind, row, what, place="ansökan", organisation_id=stage.org(code), person_months=months)
            for kind, row, what, code, months in STATEMENTS
        ],
        source=undertaken.APPLICATION,
    )


def _rates(stage: Stage, project_id: UUID) -> None:
    years = ((Period(STARTS, date(2021, 1, 1)), 100), (Period(date(2021, 1, 1), ENDS), 102))
    for function, an_hour in dict(RATES.values()).items():
        for period, percent in years:
            eu_projects.set_rate(
                by=stage.by, at=moment(2019, 12, 3), project_id=project_id, function=function, period=period,
                ore_per_hour=an_hour * percent, is_assumption=True,
                source="Antaget: programmets tabell finns inte i källorna. Nära snittet per personmånad i ansökan.",
            )  # fmt: skip


def _positions(stage: Stage, project_id: UUID) -> list[tuple[UUID, Period, int]]:
    """(position, its time, its place in the list) for every head that the parties have promised."""
    made, numbers = [], dict.fromkeys(SHORT, 0)
    for promise in undertaken.STAFF:
        ends = ENDS if promise.months == 30 else date(2022, 1, 1)
        for _head in range(promise.heads):
            numbers[promise.employer] += 1
            position = eu_projects.add_position(
                by=stage.by, at=moment(2019, 12, 4), project_id=project_id,
                code=f"{SHORT[promise.employer]}-{numbers[promise.employer]:02}", title=promise.title,
                function=RATES[promise.role][0], employer_id=stage.org(promise.employer), period=Period(STARTS, ends),
            )  # fmt: skip
            made.append((position, Period(STARTS, ends), len(made)))
    return made


def _month(stage: Stage, project_id: UUID, positions: list[tuple[UUID, Period, int]], month: date) -> None:
    noted = moment(*_day(month, 8))
    for position, _period, place in positions:
        hours = HOURS_BY_MONTH[month.month - 1] + (place * 7 + month.month * 3) % 9 - 4
        if (place + month.month) % 17 == 0:
            hours //= 2  # ill, or on leave
        if place == 0:
            hours += 24  # the leader works more than a year of the programme holds
        eu_outcomes.note_hours(
            by=stage.by,
            at=noted,
            position_id=position,
            month=month,
            minutes=hours * 60,
            source="tidrapport, attesterad",
        )
    ramp = min(1.0, len(rules.months_of(Period(STARTS, rules.following(month)))) / 8)
    eu_outcomes.note_participant_hours(
        by=stage.by, at=noted, project_id=project_id, month=month,
        minutes=int(9_300 * ramp) * 60 + (month.month * 37 % 300) * 60, ore_per_hour=COMPENSATION_KR * 100,
        source="summan av månadens närvarorapporter",
    )  # fmt: skip
    if month.month in (3, 9):
        eu_outcomes.enter(by=stage.by, at=noted, project_id=project_id, entries=_cash(stage, month))


def _cash(stage: Stage, month: date) -> list[EntryDraft]:
    words = f"halvår {month:%Y}, {'första' if month.month == 3 else 'andra'}"
    return [
        EntryDraft(RowKind.PUBLIC_CASH, month, kronor.from_kronor(5_000_000), words, f"IN-{month:%y%m}-1"),
        EntryDraft(
            RowKind.OWNER_CASH, month, kronor.from_kronor(1_514_000), words, f"IN-{month:%y%m}-2", stage.org("af")
        ),
    ]


def _claim(by: Context, project_id: UUID, months: tuple[int, int, int, int]) -> None:
    first, end = date(months[0], months[1], 1), date(months[2], months[3], 1)
    leader = acting(email_of("Kristina Holm"), Role.MAIN_PROJECT_LEADER)
    claim = eu_claims.draft(by=by, at=moment(*_day(end, 9)), project_id=project_id, period=Period(first, end))
    eu_claims.move(by=leader, at=moment(*_day(end, 12)), claim_id=claim, step=ClaimStep.CERTIFIED)
    eu_claims.move(by=by, at=moment(*_day(end, 13)), claim_id=claim, step=ClaimStep.SENT)
    if end < date(2021, 9, 1):
        eu_claims.move(
            by=by, at=moment(*_day(rules.following(end), 20)), claim_id=claim, step=ClaimStep.APPROVED,
            amount_ore=_approved(project_id, claim),
        )  # fmt: skip
        eu_claims.move(by=by, at=moment(*_day(rules.following(end), 28)), claim_id=claim, step=ClaimStep.PAID)


def _approved(project_id: UUID, claim: UUID) -> int:
    """The EU's part of the budget, of what the claim holds; whole kronor."""
    rows = next(one.rows for one in claims.listed(project_id) if one.id == claim)
    return sum(rows.values()) * 43_087_734 // 91_673_700 // 100 * 100


def _day(month: date, day: int) -> tuple[int, int, int]:
    later = month if month.day == 1 else rules.following(month)
    return (rules.following(later).year, rules.following(later).month, day)
