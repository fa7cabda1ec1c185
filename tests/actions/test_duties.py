"""Duties: planned once, done by those who answer for them, moved with a reason, and nothing lost between two people."""

from datetime import date
from uuid import UUID

import pytest

from samkraft.audit.actions import transactions
from samkraft.audit.models import Event
from samkraft.initiatives.actions import duties
from samkraft.initiatives.models import Duty, DutyEvent
from samkraft.initiatives.queries import duties as asked
from samkraft.initiatives.rules.duties import DutyState
from samkraft.partners.rules.roles import Role
from samkraft.values.context import Context
from samkraft.values.refusal import Refused
from tests.factories import initiatives, partners, refusals
from tests.factories.initiatives import moment

pytestmark = pytest.mark.django_db
TODAY = date(2024, 3, 1)
NOW = moment(2024, 3, 1)


@pytest.fixture
def officer() -> Context:
    return partners.by(Role.FUND_OFFICER)


@pytest.fixture
def duty(officer: Context) -> UUID:
    return initiatives.duty(officer, body="gvn")


def _state(duty: UUID) -> DutyState:
    row = asked.one(duty_id=duty, today=TODAY)
    assert row is not None
    return row.state


def _trail(duty: UUID) -> list[str]:
    with transactions.read(partners.by(Role.DATA_PROTECTION_OFFICER)):
        events = Event.objects.filter(subject_id=str(duty)).order_by("recorded_at")
        return list(events.values_list("action", flat=True))


def test_the_same_source_key_comes_once_whoever_plans_it(officer: Context) -> None:
    first = initiatives.duty(officer, source_key="beslut:7", title="Redovisa")
    with transactions.write(officer):
        again = duties.plan_within(
            by=officer,
            title="Redovisa igen",
            body_id=partners.organisation("gvn"),
            due_date=date(2030, 1, 1),
            binding=False,
            source_key="beslut:7",
        )
    assert again == first
    assert Duty.objects.get(source_key="beslut:7").title == "Redovisa"
    assert _trail(first) == ["duty.plan"]


def test_a_duty_without_words_is_refused(officer: Context) -> None:
    refused = refusals.of(initiatives.duty, by=officer, title="  ")
    assert refused.reason.code == "duty_without_title"


def test_the_bodys_controller_says_that_it_is_done_and_that_it_is_not(duty: UUID) -> None:
    controller = partners.by(Role.COMMITTEE_CONTROLLER, "gvn")
    duties.complete(by=controller, at=NOW, duty_id=duty, note="Rapporten ligger i Stratsys")
    assert _state(duty) is DutyState.DONE
    duties.reopen(by=controller, at=moment(2024, 3, 1, 11), duty_id=duty, note="Fel rapport")
    assert _state(duty) is DutyState.SOON
    assert _trail(duty) == ["duty.plan", "duty.done", "duty.reopened"]


@pytest.mark.parametrize(
    ("role", "code"),
    [
        (Role.COMMITTEE_CONTROLLER, "asn"),
        (Role.COUNCILLOR, ""),
        (Role.MAIN_PROJECT_LEADER, ""),
        (Role.SUBPROJECT_LEADER, "gvn"),
        (Role.GRANTEE_REPORTER, ""),
    ],
)
def test_nobody_else_says_that_it_is_done(duty: UUID, role: Role, code: str) -> None:
    refused = refusals.of(duties.complete, by=partners.by(role, code), at=NOW, duty_id=duty)
    assert refused.reason.code == "duty_not_yours"
    assert "GVN" in str(refused)
    assert _state(duty) is DutyState.SOON


def test_the_officer_says_it_for_everybody(officer: Context, duty: UUID) -> None:
    duties.complete(by=officer, at=NOW, duty_id=duty)
    assert _state(duty) is DutyState.DONE


def test_the_second_of_two_is_told_who_was_first(officer: Context, duty: UUID) -> None:
    duties.complete(by=officer, at=NOW, duty_id=duty, seen=0)
    refused = refusals.of(duties.complete, by=officer, at=NOW, duty_id=duty, seen=0)
    assert refused.reason.code == "duty_already_done"
    assert officer.actor_name in str(refused)
    assert "2024-03-01" in str(refused)


def test_who_has_not_seen_the_latest_change_is_told_of_it(officer: Context, duty: UUID) -> None:
    duties.move(by=officer, at=NOW, duty_id=duty, new_due_date=date(2024, 5, 1), reason="Nämnden möts i april", seen=0)
    refused = refusals.of(duties.complete, by=officer, at=NOW, duty_id=duty, seen=0)
    assert refused.reason.code == "duty_changed_meanwhile"
    duties.complete(by=officer, at=NOW, duty_id=duty, seen=1)
    assert _state(duty) is DutyState.DONE


def test_a_duty_that_is_not_done_is_not_opened_again(officer: Context, duty: UUID) -> None:
    assert refusals.of(duties.reopen, by=officer, at=NOW, duty_id=duty).reason.code == "duty_not_done"


def test_a_moved_duty_gets_a_new_date_and_keeps_its_first(officer: Context, duty: UUID) -> None:
    duties.move(by=officer, at=NOW, duty_id=duty, new_due_date=date(2024, 5, 1), reason="Nämnden möts i april")
    duties.move(by=officer, at=moment(2024, 3, 2), duty_id=duty, new_due_date=date(2024, 6, 1), reason="Nytt möte")
    row = asked.one(duty_id=duty, today=TODAY)
    assert row is not None
    assert (row.due_date, row.first_date, row.moved) == (date(2024, 6, 1), date(2024, 3, 31), True)
    assert [event.note for event in asked.history(duty_id=duty)] == ["Nytt möte", "Nämnden möts i april"]


@pytest.mark.parametrize(
    ("day", "reason", "code"),
    [
        (date(2024, 5, 1), " ", "duty_move_without_reason"),
        (date(2024, 2, 29), "Därför", "duty_move_to_past"),
        (date(2024, 3, 31), "Därför", "duty_move_to_same_date"),
    ],
)
def test_a_move_is_refused_with_its_reason(officer: Context, duty: UUID, day: date, reason: str, code: str) -> None:
    refused = refusals.of(duties.move, by=officer, at=NOW, duty_id=duty, new_due_date=day, reason=reason)
    assert refused.reason.code == code
    assert "{" not in str(refused)
    assert not DutyEvent.objects.filter(duty_id=duty).exists()


def test_the_bodys_own_controller_does_not_move_its_date(duty: UUID) -> None:
    controller = partners.by(Role.COMMITTEE_CONTROLLER, "gvn")
    refused = refusals.of(
        duties.move, by=controller, at=NOW, duty_id=duty, new_due_date=date(2024, 5, 1), reason="Vi hinner inte"
    )
    assert refused.reason.code == "not_allowed"


def test_a_project_leader_plans_only_for_initiatives_of_the_own_organisation(officer: Context) -> None:
    leader = partners.member(Role.MAIN_PROJECT_LEADER)
    own = initiatives.initiative(officer, "egen", owner_id=leader.organisation_id)
    other = initiatives.initiative(officer, "annan")
    planned = initiatives.duty(leader.context, body="af", initiative_id=own)
    duties.move(by=leader.context, at=NOW, duty_id=planned, new_due_date=date(2024, 9, 1), reason="Upphandlingen")
    for initiative_id in (other, None):
        refused = refusals.of(initiatives.duty, by=leader.context, initiative_id=initiative_id)
        assert refused.reason.code == "duty_not_yours_to_plan"


def test_a_year_is_laid_out_once(officer: Context) -> None:
    for code in ("asn", "gvn", "fsn"):
        partners.organisation(code)
    assert duties.plan_year(by=officer, year=2025) > 0
    assert duties.plan_year(by=officer, year=2025) == 0
    titles = {row.title for row in asked.of_year(year=2025, today=TODAY, body_code="gvn")}
    assert titles == {
        "Besluta egen budget för 2025, med årets strategiska jobbsatsningar",
        "Genomför årets strategiska jobbsatsningar 2025",
    }


def test_what_a_decision_brings_is_left_to_the_decision(officer: Context) -> None:
    partners.organisation("gvn")
    duties.plan_year(by=officer, year=2024)
    assert not Duty.objects.filter(source_key="arshjul:2024:arsanalys:gvn").exists()
    duties.plan_year(by=officer, year=2025)
    assert Duty.objects.filter(source_key="arshjul:2025:arsanalys:gvn").exists()


def test_an_undecided_year_is_refused_and_says_which_are_decided(officer: Context) -> None:
    refused = refusals.of(duties.plan_year, by=officer, year=2031)
    assert "2031" in str(refused)
    assert "2023–2026" in str(refused)


@pytest.mark.parametrize("role", [Role.COMMITTEE_CONTROLLER, Role.COUNCILLOR, Role.MAIN_PROJECT_LEADER])
def test_only_who_holds_the_wheel_lays_out_a_year(role: Role) -> None:
    with pytest.raises(Refused):
        duties.plan_year(by=partners.by(role), year=2025)
    assert not Duty.objects.exists()
