"""What is handed over goes by its own basis, from its own area, newest last: asked of the guard functions one by one."""

import time
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from samkraft.audit.actions import transactions
from samkraft.initiatives.actions import teams
from samkraft.partners.rules.roles import Role
from samkraft.people.actions import numbers
from samkraft.people.queries import consents as asked
from samkraft.values.context import Context
from tests.factories import partners, people
from tests.people import world
from tests.people.test_doors import NUMBER, _ask
from tests.people.test_month_policies import good, write

pytestmark = pytest.mark.django_db
LATER = "200001052380"
# A part of a consent like one that there is, in another category and for another time.
PART = (
    "INSERT INTO people_consentscope SELECT (jsonb_populate_record(s, jsonb_build_object('id', gen_random_uuid(), "
    "'category', %s, 'period', tstzrange(clock_timestamp() + %s, clock_timestamp() + %s)))).* FROM people_consentscope s "
    "WHERE s.category = %s AND s.person_id = %s AND s.to_area_id = %s RETURNING id"
)


def _part(by: Context, person: UUID, to: UUID, category: str, begins: timedelta, ends: timedelta, like: str) -> UUID:
    with transactions.write(by), connection.cursor() as cursor:
        cursor.execute(PART, [category, begins, ends, like, person, to])
        ((made,),) = cursor.fetchall()
    return UUID(str(made))


def _lapsed(by: Context, person: UUID, to: UUID, category: str, like: str) -> UUID:
    return _part(by, person, to, category, timedelta(days=-60), timedelta(days=-30), like)


def _told(by: Context, function: str, *values: object) -> Any:
    with transactions.write(by), connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}({', '.join(['%s'] * len(values))})", values)
        return cursor.fetchone()[0]


def _scope(by: Context, person: UUID, to: UUID, category: str) -> UUID:
    with transactions.read(by):
        return next(one.id for one in asked.standing(by, person) if (one.category, one.to_area_id) == (category, to))


def _three() -> tuple[people.Setting, UUID]:
    setting = people.joint()
    social = setting.social.context
    person = people.participant(social, text=NUMBER)
    people.enrolled(setting, social, person)
    people.join_team(setting, social, person, setting.officer, setting.labour)
    return setting, person


def _about_what_is_not_told(why: str, setting: people.Setting, person: UUID) -> UUID:
    """Something of the social services that the labour market part has not been told of."""
    social, labour = setting.social.context, setting.labour.area_id
    step: dict[str, object] = {"title": "Läkarbesök", "step_kind": "rehabilitating",
                               "body_area_id": str(social.area_id), "responsible": "Per", "state": "planned"}  # fmt: skip
    category = "health" if why == "it goes one at a time" else "work"
    if why == "it is told to another":
        people.consent(social, person, setting.officer.area_id, category)
    if why == "the consent has lapsed":
        _lapsed(social, person, labour, category, "plan")
    if why in ("it goes one at a time", ""):
        people.consent(social, person, labour, category)
    return people.write(social, person, "step", step, category=category).lineage


@pytest.mark.parametrize(
    "why", ["", "it goes one at a time", "it is told to another", "the consent has lapsed", "nobody has agreed"]
)
def test_an_answer_goes_only_to_those_who_were_told_what_it_answers(why: str) -> None:
    setting, person = _three()
    about = _about_what_is_not_told(why, setting, person)
    content: dict[str, object] = {"about": str(about), "text": "inte alls"}
    people.write(setting.social.context, person, "dissent", content, category="plan")
    held = world.count(setting.labour.context, "people_contribution", "kind = 'dissent'")
    assert held == (0 if why else 1)


def test_what_is_given_is_the_newest_from_the_own_area_to_another_about_the_same_person() -> None:
    setting, person = _three()
    social, labour = setting.social.context, setting.labour.area_id
    situation: dict[str, object] = {"life_area": "health", "text": "x", "source": "y"}
    first = people.write(social, person, "assessment_item", situation)
    newer = people.write(
        social, person, "assessment_item", {**situation, "text": "z"}, lineage=first.lineage, based_on=1
    )
    people.consent(social, person, labour, "health")
    scope = _scope(social, person, labour, "health")
    assert _ask(social, "people_release", first.id, social.area_id, scope, "") == "same_area"
    other = people.participant(social)
    people.consent(social, other, labour, "health")
    anothers = _scope(social, other, labour, "health")
    assert _ask(social, "people_release", newer.id, labour, anothers, "") == "no_basis", "another person's consent"
    assert _ask(social, "people_release", newer.id, labour, scope, "") == ""
    assert _ask(social, "people_release", first.id, labour, scope, "") == "newer_given"


def test_what_was_received_is_not_given_on_by_itself() -> None:
    setting, person = _three()
    social, officer = setting.social.context, setting.officer.context
    people.consent(officer, person, social.area_id, "work")
    body = str(officer.area_id)
    people.write(officer, person, "step", {"title": "Praktik", "step_kind": "workplace", "body_area_id": body,
                                           "responsible": "Åsa", "state": "planned"}, category="work")  # fmt: skip
    copy = world.rows(social, "SELECT id FROM people_contribution WHERE kind = 'step'")[0][0]
    people.consent(social, person, setting.labour.area_id, "work")
    assert world.count(setting.labour.context, "people_contribution", "kind = 'step'") == 0
    assert _told(social, "people_release_standing", copy) == 0
    assert world.count(setting.labour.context, "people_contribution", "kind = 'step'") == 0


def test_what_goes_by_itself_goes_by_those_on_the_case_and_while_the_consent_stands() -> None:
    setting, person = _three()
    social, labour = setting.social.context, setting.labour
    step: dict[str, object] = {
        "title": "Praktik", "step_kind": "workplace", "body_area_id": str(social.area_id), "responsible": "Per",
        "state": "planned",
    }  # fmt: skip
    written = people.write(social, person, "step", step, category="work")
    lapsed = _lapsed(social, person, labour.area_id, "work", "plan")
    assert _told(social, "people_release_current", lapsed) == 0
    assert world.count(labour.context, "people_contribution", "kind = 'step'") == 0
    colleague = partners.member(Role.SOCIAL_SECRETARY).context
    assert _ask(colleague, "people_release_standing", written.id) == "not_found"
    assert _ask(social, "people_release_standing", written.id) == ""


def test_the_number_of_a_time_after_the_consent_had_lapsed_is_not_told() -> None:
    setting = people.joint()
    social, officer = setting.social.context, setting.officer
    person = people.participant(social, text=NUMBER)
    people.enrolled(setting, social, person)
    people.consent(social, person, officer.area_id, "enrolment")
    with transactions.write(social), connection.cursor() as cursor:
        cursor.execute("SELECT people_assign_team(%s, %s, %s)", [person, setting.team_id, officer.area_id])
    short = timedelta(seconds=0.5)
    scope = _part(social, person, officer.area_id, "contact", timedelta(0), short, "enrolment")
    assert _told(social, "people_release_current", scope) == 1
    time.sleep(short.total_seconds())
    assert _told(officer.context, "people_number_of", person) == NUMBER
    numbers.change(by=social, person_id=person, text=LATER)
    assert _told(social, "people_number_of", person) == LATER
    assert _told(officer.context, "people_number_of", person) == NUMBER, "nothing newer"
    assert _in_a_month(setting, person) == ([(NUMBER,)], [(False,)]), "nor in the file of a month"


def _in_a_month(setting: people.Setting, person: UUID) -> tuple[list[tuple[Any, ...]], ...]:
    """The number, and whether it is a woman's, as those who close the officer's area's month are told."""
    closer = partners.member(Role.PROJECT_ADMINISTRATOR, "af", name="Mats Björk")
    by, leader = closer.context, setting.leader.context
    teams.add_member(
        by=leader, team_id=setting.team_id, membership_id=closer.membership_id, start_date=partners.START_DATE
    )  # fmt: skip
    closing, row = good("monthclosing", by), good("monthrow", by)
    write(by, "monthclosing", **{**closing, "initiative_id": setting.initiative_id})
    write(by, "monthrow", **{**row, "closing_id": closing["id"], "person_id": person})
    return (
        world.rows(by, "SELECT number FROM people_month_numbers(%s)", closing["id"]),
        world.rows(by, "SELECT is_woman FROM people_month_number_kinds(%s)", closing["id"]),
    )


def test_what_was_taken_back_before_it_began_is_not_taken_back_again() -> None:
    setting, person = _three()
    social = setting.social.context
    ahead = _part(social, person, setting.labour.area_id, "work", timedelta(days=30), timedelta(days=60), "plan")
    assert [_told(social, "people_withdraw", [ahead], "participant", "x") for _ in range(2)] == [1, 0]
