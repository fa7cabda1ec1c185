"""What is taken back and what is protected holds from the next statement: on other connections, open pages, files, queues."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from samkraft.audit.actions import transactions
from samkraft.people.actions import cases, consents, guard, protection
from samkraft.people.queries import boards, contributions
from samkraft.people.queries import consents as asked
from samkraft.values.context import Context
from samkraft.values.refusal import Refused
from samkraft.web.acting import FORM_FIELD
from tests import database
from tests.factories import people, signed_in
from tests.people import world
from tests.people.test_doors import _access

pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def _another(by: Context) -> Iterator[Any]:
    """A second connection as the serving role, in a transaction that is already under way in this context."""
    address = database.url_of("DATABASE_URL", connection.settings_dict["NAME"])
    assert "samkraft_app" in address or os.environ["DATABASE_URL"]
    with psycopg.connect(address) as other, other.cursor() as cursor:
        for name in ("actor_id", "membership_id", "organisation_id", "area_id", "role", "purpose"):
            setting = f"samkraft.{name.removesuffix('_id')}"
            cursor.execute("SELECT set_config(%s, %s, true)", [setting, str(getattr(by, name))])
        yield cursor
        other.rollback()


def _count(cursor: Any, person: UUID) -> int:
    return int(cursor.execute("SELECT count(*) FROM people_contribution WHERE person_id = %s", [person]).fetchone()[0])


def _disclosable() -> tuple[people.Setting, UUID, UUID, UUID]:
    setting = people.joint()
    by = setting.social.context
    person = people.participant(by)
    people.enrolled(setting, by, person)
    people.join_team(setting, by, person, setting.officer)
    item = people.write(by, person, "assessment_item", {"life_area": "health", "text": "x", "source": "y"})
    people.consent(by, person, setting.officer.area_id, "health")
    with transactions.read(by):
        scope = next(line.id for line in asked.standing(by, person) if line.category == "health")
    return setting, person, item.id, scope


def test_a_consent_taken_back_is_no_basis_for_a_transaction_that_had_begun_before() -> None:
    setting, person, item, scope = _disclosable()
    with _another(setting.social.context) as other:
        assert _count(other, person) > 0
        consents.withdraw(by=setting.social.context, person_id=person, scope_ids=[scope])
        with pytest.raises(psycopg.DatabaseError, match="no_basis"):
            other.execute("SELECT people_release(%s, %s, %s, '')", [item, setting.officer.area_id, scope])


def test_what_is_written_after_the_withdrawal_does_not_leave_though_the_transaction_began_before() -> None:
    setting, person, _, _ = _disclosable()
    by = setting.social.context
    with _another(by) as other:
        assert _count(other, person) > 0
        world.withdraw(by, person, "plan")
        need = people.write(by, person, "need", {"text": "nytt", "life_area": "work"})
        assert need.handed_over == 0
        other.execute("SELECT people_release_standing(%s)", [need.id])
        assert other.fetchone()[0] == 0


@pytest.mark.parametrize(
    "how", ["protected", "access ended", "recused", "membership ended", "account closed", "team left"]
)
def test_a_reader_in_the_middle_of_reading_sees_nothing_from_the_next_statement(how: str, owner: Any) -> None:
    setting, person, _, _ = _disclosable()
    social, officer = setting.social.context, setting.officer
    with _another(officer.context) as other:
        assert _count(other, person) > 0
        if how == "protected":
            protection.protect(by=social, person_id=person, level="marked")
        elif how == "access ended":
            access = _access(officer.context, person, "team")
            cases.end_access(by=officer.context, person_id=person, access_id=access.id)
        elif how == "recused":
            people.recuse(by=officer.context, person_id=person, user_id=officer.user_id, ground="close")
        else:
            statement, value = {
                "membership ended": (
                    "UPDATE partners_membership SET valid = '[2022-01-03,2024-01-01)' WHERE id = %s", officer.membership_id),
                "account closed": ("UPDATE partners_user SET is_active = false WHERE id = %s", officer.user_id),
                "team left": ("DELETE FROM initiatives_teammember WHERE membership_id = %s", officer.membership_id),
            }[how]  # fmt: skip
            owner.execute(statement, [value])
        assert _count(other, person) == 0
        assert other.execute("SELECT count(*) FROM people_overview").fetchone()[0] == 0
        with pytest.raises(psycopg.DatabaseError, match="not_on_case"):
            other.execute("SELECT people_number_of(%s)", [person])


def test_a_file_that_is_being_made_ends_where_it_was_when_the_rest_was_closed() -> None:
    setting = people.joint()
    by, officer = setting.social.context, setting.officer.context
    persons = [people.participant(by, given=name) for name in ("Första", "Andra")]
    enrolments = [people.enrolled(setting, by, person) for person in persons]
    for person in persons:
        people.join_team(setting, by, person, setting.officer)
    with _another(officer) as other:
        page = "SELECT name FROM people_overview WHERE enrolment_id = ANY (%s)"
        assert len(other.execute(page, [[enrolments[0]]]).fetchall()) == 1
        protection.protect(by=by, person_id=persons[1], level="marked")
        assert other.execute(page, [[enrolments[1]]]).fetchall() == []
    with transactions.read(officer):
        assert len(boards.again(officer, enrolments)) == 1, "the screen had both"


def test_an_open_page_is_refused_with_the_reason_when_the_consent_behind_it_is_gone(client: Client) -> None:
    setting, person, item, scope = _disclosable()
    signed_in.sign_in(client, setting.social)
    address = reverse("people:disclose", args=[person, item])
    before = client.get(address).content.decode()
    assert str(scope) in before
    consents.withdraw(by=setting.social.context, person_id=person, scope_ids=[scope])
    answer = client.post(
        address, {"scope": str(scope), FORM_FIELD: str(setting.social.membership_id), "understood": "on"}
    )
    assert "Det finns inget samtycke som gäller nu" in answer.content.decode()
    assert world.count(setting.officer.context, "people_contribution", "kind = 'assessment_item'") == 0


def test_what_waited_in_a_queue_asks_again_when_its_turn_comes() -> None:
    """A job carries ids and a context; it opens that context and asks then. What was true when it was queued is not believed."""
    setting, person, item, scope = _disclosable()
    queued = {"by": setting.social.context, "person": person, "item": item, "scope": scope}
    consents.withdraw(by=setting.social.context, person_id=person, scope_ids=[scope])
    with pytest.raises(Refused) as refused, transactions.write(queued["by"]):  # type: ignore[arg-type]  # as it was queued
        guard.ask("people_release", queued["item"], setting.officer.area_id, queued["scope"], "")
    assert refused.value.reason.code == "no_basis"
    protection.protect(by=setting.social.context, person_id=person, level="marked")
    with transactions.read(setting.officer.context):
        assert contributions.held(setting.officer.context, person) == []


def test_nobody_is_on_the_case_of_nobody_not_even_who_has_cases(owner: Any) -> None:
    """NULL is no answer to whether somebody may: it is no."""
    setting, _person, _, _ = _disclosable()
    by = setting.social.context
    for name in ("actor_id", "membership_id", "organisation_id", "area_id", "role"):
        owner.execute(
            "SELECT set_config(%s, %s, false)", [f"samkraft.{name.removesuffix('_id')}", str(getattr(by, name))]
        )
    assert owner.execute("SELECT people_may(NULL)").fetchone()[0] is not True
    with pytest.raises(psycopg.DatabaseError, match="not_on_case"):
        owner.execute("SELECT people_require(NULL)")
