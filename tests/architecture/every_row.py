"""One valid row in every table that has a constraint, for statements that try to break them."""

from datetime import date
from uuid import uuid4

from django.utils import timezone

from samkraft.initiatives.models import (
    Duty,
    DutyEvent,
    FeedToken,
    Goal,
    Initiative,
    InitiativePartner,
    InitiativeRules,
    Party,
    Phase,
    Reminder,
    StaffPromise,
    Team,
    TeamMember,
    Theory,
    Wave,
)
from samkraft.knowledge.models import (
    Assumptions,
    Binding,
    Forecast,
    Release,
    Scenario,
    ScenarioComment,
    ScenarioVersion,
    ScenarioWithdrawal,
    Series,
    Snapshot,
)
from samkraft.money.actions import decisions, economy_accounts, keys, ledger
from samkraft.money.actions.eu import eu_outcomes, eu_projects
from samkraft.money.actions.eu.eu_outcomes import EntryDraft
from samkraft.money.actions.eu.eu_projects import RowDraft, StatementDraft
from samkraft.money.models import (
    Appropriation,
    Contradiction,
    ContradictionSide,
    Document,
    Figure,
    MoneyRequest,
    Report,
    ReportAnswer,
    ReportEffort,
    ReportFigure,
    ReportQuestion,
    ReportStep,
    ReportTransfer,
    RequestEvent,
    Settlement,
    Use,
    Voucher,
)
from samkraft.money.rules.accounts import AccountKind
from samkraft.money.rules.economy_accounts import Range
from samkraft.money.rules.eu.eu_budgets import RowKind
from samkraft.money.rules.eu.eu_outcomes import ClaimStep
from samkraft.money.rules.eu.eu_statements import StatementKind
from samkraft.money.rules.points import Outcome
from samkraft.partners.models import StandIn, Unit
from samkraft.partners.rules.roles import Role
from samkraft.values.context import Context
from samkraft.values.period import Period
from tests.architecture import every_grant_row, every_steering_row
from tests.factories import eu_projects as eu
from tests.factories import money, partners


def make() -> None:
    """A small city in which something of everything has happened."""
    city = money.city()
    city.budget(1_000)
    _decide(city)
    _fund_from_the_eu(city.by)
    _note(city)
    _report(city)
    _undertake(city)
    every_grant_row.make(city)


def _decide(city: money.City) -> None:
    day = date(2024, 3, 6)
    points = [city.gives("1", "asn", 100)]
    proposal = decisions.propose(
        by=city.by,
        case_number="KS-2024-1",
        title="Fördelning",
        decider_id=city.orgs["ks"],
        points=points,
        meetings=[(city.orgs["ks"], day)],
    )
    decisions.decide(
        by=city.by,
        case_number="KS-2024-1",
        title="Fördelning",
        body_id=city.orgs["ks"],
        date=day,
        outcome=Outcome.AS_PROPOSED,
        proposal_id=proposal,
    )
    ledger.reverse(by=city.by, voucher_id=Voucher.objects.get(point__isnull=False).id, reason="Fel belopp")
    shares = [(city.orgs["asn"], 5100), (city.orgs["gvn"], 4900)]
    keys.decide(by=city.by, fund_id=city.fund_id, valid=Period(date(2023, 1, 1), date(2027, 1, 1)), shares=shares)
    Appropriation.objects.create(name="Annat", owner_id=city.orgs["ks"], year=2024, total_ore=1)


def _note(city: money.City) -> None:
    now, who = timezone.now(), "Karin Wahl"
    document = Document.objects.create(kind="rapport", title="Årsanalys", received_at=now, received_by=who)
    figure = Figure.objects.create(
        measure="deltagare",
        label="Deltagare",
        kind="outcome",
        value=1,
        upper_value=2,
        unit="persons",
        document=document,
        noted_at=now,
        noted_by=who,
    )
    use = {"year": 2024, "stage": "planned", "support": "frame", "title": "Praktik", "noted_at": now, "noted_by": who}
    Use.objects.create(organisation_id=city.orgs["asn"], fund_id=city.fund_id, amount_ore=1, **use)
    request = MoneyRequest.objects.create(
        fund_id=city.fund_id,
        year=2024,
        organisation_id=city.orgs["asn"],
        purpose="Praktik",
        amount_ore=1,
        asked_at=now,
        asked_by=who,
    )
    RequestEvent.objects.create(request=request, kind="proposed", amount_ore=1, at=now, by=who)
    differs = Contradiction.objects.create(key="k", subject="s", question="q", found_at=now, found_by=who)
    side = ContradictionSide.objects.create(contradiction=differs, position=1, title="t", value="1", figure=figure)
    Settlement.objects.create(contradiction=differs, choice="use", side=side, reason="r", number=1, at=now, by=who)


def _report(city: money.City) -> None:
    now, asn = timezone.now(), city.orgs["asn"]
    member = partners.member(Role.COMMITTEE_CONTROLLER)
    who = {"membership_id": member.membership_id, "written_at": now, "written_by": "Sara Nylén"}
    question = ReportQuestion.objects.create(
        fund_id=city.fund_id, year=2024, position=1, text="Hur?", set_at=now, set_by="Karin Wahl"
    )
    report = Report.objects.create(
        fund_id=city.fund_id, year=2024, organisation_id=asn, due_date=date(2025, 1, 31), opened_at=now,
        opened_by="Karin Wahl",
    )  # fmt: skip
    part = {"report": report, "question": question}
    ReportAnswer.objects.create(version=1, text="Så här.", **part, **who)
    ReportEffort.objects.create(number=1, version=1, title="Kurs", status="done", amount_ore=1, **part, **who)
    ReportFigure.objects.create(
        number=1,
        version=1,
        measure="m",
        label="Deltagare",
        unit="persons",
        value=1,
        year=2024,
        source="Lista",
        **part,
        **who,
    )
    step = {"report": report, "membership_id": member.membership_id, "at": now, "by": "Sara Nylén"}
    ReportStep.objects.create(kind="ready", number=1, **step)
    ReportTransfer.objects.create(system="stratsys", digest="d", **step)


def _undertake(city: money.City) -> None:
    now, who, asn = timezone.now(), "Karin Wahl", city.orgs["asn"]
    member = partners.member(Role.COMMITTEE_CONTROLLER)
    Unit.objects.create(organisation_id=asn, name="Enheten")
    other = partners.member(Role.COMMITTEE_CONTROLLER)
    StandIn.objects.create(
        membership_id=member.membership_id,
        stand_in_id=other.membership_id,
        period=(date(2024, 6, 1), date(2024, 7, 1)),
        appointed_at=now,
        appointed_by=who,
    )
    goal = Goal.objects.create(code="mal", kind="council", text="Fler i arbete", owner_id=asn)
    Goal.objects.create(code="delmal", kind="council", text="Fler i praktik", owner_id=asn, parent=goal)
    initiative = Initiative.objects.create(
        code="insats", name="Insats", aim="Fler i arbete", owner_id=asn, stage="running"
    )
    InitiativePartner.objects.create(initiative=initiative, organisation_id=asn, part="ägare")
    StaffPromise.objects.create(
        initiative=initiative, employer_id=asn, role=Role.PROJECT_ECONOMIST.value, title="Ekonom", heads=1, months=1
    )
    _team_up(initiative, member)
    _know(initiative)
    every_steering_row.make(initiative, member)
    duty = Duty.objects.create(
        title="Rapport",
        body_id=asn,
        due_date=date(2024, 5, 1),
        binding=True,
        source_key="rapport",
        added_at=now,
        added_by=who,
    )
    DutyEvent.objects.create(duty=duty, kind="done", at=now, by=who)
    Reminder.objects.create(duty=duty, membership_id=member.membership_id, step="late", due_date=duty.due_date)
    FeedToken.objects.create(membership_id=member.membership_id, digest=uuid4().hex, made_at=now)


def _fund_from_the_eu(by: Context) -> None:
    """An EU project with something in every table."""
    project = eu.project()
    eu_projects.note_budget(
        by=project.economist,
        project_id=project.id,
        rows=[RowDraft(RowKind.TRAVEL, 100, "Genomförande"), RowDraft(RowKind.PUBLIC_CASH, 100)],
        statements=[StatementDraft(StatementKind.CASH_IS_STAFF, RowKind.PUBLIC_CASH, "personal", person_months=2)],
    )
    project.hours(eu.JAN, 100)
    eu_outcomes.note_participant_hours(
        by=project.economist, at=eu.LATER, project_id=project.id, month=eu.FEB, minutes=1, ore_per_hour=1, source="x"
    )
    entry = EntryDraft(RowKind.TRAVEL, eu.FEB, 5, "tåg", "V1")
    eu_outcomes.enter(by=project.economist, at=eu.LATER, project_id=project.id, entries=[entry])
    project.move(project.claim(eu.JAN, eu.FEB), ClaimStep.CERTIFIED)
    project.hours(eu.FEB, 90)
    economy_accounts.say_ranges(
        by=project.economist, project_id=project.id, ranges=[Range("461", "469", RowKind.TRAVEL)]
    )
    economy_accounts.say_account(by=by, kind=AccountKind.FRAME, number="1799", name="Ramar")


def _know(initiative: Initiative) -> None:
    now, who = timezone.now(), "Karin Wahl"
    Theory.objects.create(initiative=initiative, version=1, items=[], decided_at=now, decided_by=who)
    snapshot = Snapshot.objects.create(
        initiative=initiative, run=1, day=date(2024, 1, 31), made_at=now, definitions=1, figures={}, kept={}, digest=""
    )
    Release.objects.create(
        initiative=initiative, snapshot=snapshot, what="snapshot", title="", released_at=now, released_by=who, shown=0,
        hidden=0, digest="",
    )  # fmt: skip
    Binding.objects.create(initiative=initiative, item="mal", indicator="participants", bound_at=now, bound_by=who)
    Series.objects.create(
        initiative=initiative, indicator="participants", version=1, name="Serie", unit="people", source="", points=[],
        read_in_at=now, read_in_by=who,
    )  # fmt: skip
    _forecast(initiative, snapshot)


def _forecast(initiative: Initiative, snapshot: Snapshot) -> None:
    written = {"written_at": timezone.now(), "written_by": "Karin Wahl"}
    made = {"made_at": timezone.now(), "made_by": "Karin Wahl"}
    scenario = Scenario.objects.create(initiative=initiative, **made)
    version = ScenarioVersion.objects.create(scenario=scenario, number=1, name="Fler team", changes={}, **written)
    ScenarioComment.objects.create(scenario=scenario, text="Ja.", **written)
    ScenarioWithdrawal.objects.create(scenario=scenario, withdrawn_at=timezone.now(), withdrawn_by="Karin Wahl")
    assumed = Assumptions.objects.create(initiative=initiative, number=1, numbers={}, source="", **written)
    Forecast.objects.create(
        initiative=initiative, snapshot=snapshot, version=version, assumptions=assumed, number=1, replications=100, seed=1,
        seconds=1.0, result={}, draws={}, previous="", digest="", **made,
    )  # fmt: skip


def _team_up(initiative: Initiative, member: partners.Member) -> None:
    year = (date(2024, 1, 1), date(2025, 1, 1))
    Phase.objects.create(initiative=initiative, number=1, name="Kartläggning", guide_days=60, counts_to_limit=True)
    Wave.objects.create(initiative=initiative, number=1, name="Våren", period=year, planned=100)
    team = Team.objects.create(initiative=initiative, number=1, name="Team 1", places=150, period=year)
    TeamMember.objects.create(team=team, membership_id=member.membership_id, period=year)
    Party.objects.create(initiative=initiative, area_id=member.area_id, joins_team=True, writes_plan=True, period=year)
    InitiativeRules.objects.create(
        initiative=initiative, version=1, rules={}, valid=year, decided_at=timezone.now(), decided_by="Karin Wahl"
    )
