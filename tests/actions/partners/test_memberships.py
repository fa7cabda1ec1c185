"""Who gets which role: through the action, with the database behind it."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from samkraft.partners.actions import memberships
from samkraft.partners.queries import memberships as asked
from samkraft.partners.queries import organisations, people
from samkraft.partners.rules.organisations import OrganisationKind
from samkraft.partners.rules.roles import Role
from samkraft.values.context import Context
from samkraft.values.refusal import Refused
from tests.factories import partners, refusals

pytestmark = pytest.mark.django_db

START = date(2024, 1, 1)


def _give(by: Context, user_id: object, organisation_id: object, role: Role, **more: object) -> object:
    area_id = more.pop("area_id", None) or partners.area(organisation_id)
    return memberships.give(
        by=by,
        user_id=user_id,
        organisation_id=organisation_id,
        area_id=area_id,
        role=role.value,
        **{"start_date": START, **more},
    )


def test_a_role_is_given_with_both_days_included() -> None:
    by, user, body = partners.administrator(), partners.person(), partners.organisation("gvn")
    _give(by, user, body, Role.COMMITTEE_CONTROLLER, last_date=date(2024, 12, 31))
    held = people.one(user).roles
    assert [(row.start_date, row.last_date, row.state) for row in held] == [(START, date(2024, 12, 31), "ended")]


def test_nobody_gives_themselves_a_role() -> None:
    by = partners.administrator()
    assert (
        refusals.code_of(_give, by, by.actor_id, by.organisation_id, Role.COUNCILLOR, area_id=by.area_id)
        == "own_membership"
    )


def test_nobody_ends_or_prolongs_their_own_role() -> None:
    by = partners.administrator()
    assert (
        refusals.code_of(memberships.end, by=by, membership_id=by.membership_id, last_date=date.today())
        == "own_membership"
    )
    assert (
        refusals.code_of(memberships.prolong, by=by, membership_id=by.membership_id, last_date=None) == "own_membership"
    )


def test_only_someone_who_manages_members_gives_roles() -> None:
    officer = partners.by(Role.FUND_OFFICER)
    user, body = partners.person(), partners.organisation("gvn")
    assert refusals.code_of(_give, officer, user, body, Role.COMMITTEE_CONTROLLER) == "not_allowed"


def test_conflicting_roles_are_refused_across_organisations_with_the_reason() -> None:
    officer = partners.member(Role.FUND_OFFICER)
    redi = partners.organisation("redi", OrganisationKind.ASSOCIATION)
    with pytest.raises(Refused) as refused:
        _give(partners.administrator(), officer.user_id, redi, Role.GRANTEE_REPORTER)
    assert "får inte söka eller redovisa" in str(refused.value)
    assert "STK" in str(refused.value)


def test_the_same_role_twice_at_the_same_time_is_refused_in_words() -> None:
    member = partners.member(Role.COMMITTEE_CONTROLLER, "gvn")
    body = member.organisation_id
    assert refusals.code_of(_give, partners.administrator(), member.user_id, body, Role.COMMITTEE_CONTROLLER) == (
        "overlapping_membership"
    )


def test_the_database_refuses_an_overlap_that_the_program_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    member = partners.member(Role.COMMITTEE_CONTROLLER, "gvn")
    monkeypatch.setattr(asked, "held_by", lambda user_id: [])
    code = refusals.code_of(
        _give, partners.administrator(), member.user_id, member.organisation_id, Role.COMMITTEE_CONTROLLER
    )
    assert code == "overlapping_membership"


def test_the_database_refuses_a_role_that_does_not_exist() -> None:
    member = partners.member(Role.COMMITTEE_CONTROLLER, "gvn")
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE partners_membership SET role = 'king' WHERE id = %s", [member.membership_id])


def test_an_area_of_another_authority_is_refused() -> None:
    fk = partners.member(Role.INSURANCE_OFFICER)
    code = refusals.code_of(
        _give,
        partners.administrator(),
        partners.person(),
        partners.organisation("gvn"),
        Role.COMMITTEE_CONTROLLER,
        area_id=fk.area_id,
    )
    assert code == "area_of_another"


def test_another_authoritys_roles_are_its_own_to_give_once_it_has_an_administrator() -> None:
    city = partners.administrator()
    body = partners.organisation("fk", OrganisationKind.STATE_AUTHORITY)
    theirs = partners.person("Olle Fransson")
    _give(city, theirs, body, Role.SYSTEM_ADMINISTRATOR)  # the first one
    with pytest.raises(Refused) as refused:
        _give(city, partners.person(), body, Role.INSURANCE_OFFICER)
    assert refused.value.reason.code == "out_of_reach"
    assert "Olle Fransson" in str(refused.value)
    own = asked.of_user(theirs)[0].context()
    _give(own, partners.person(), body, Role.INSURANCE_OFFICER)


def test_another_authoritys_people_are_not_touched_either() -> None:
    from samkraft.partners.actions import people as accounts

    city = partners.administrator()
    body = partners.organisation("fk", OrganisationKind.STATE_AUTHORITY)
    _give(city, partners.person(), body, Role.SYSTEM_ADMINISTRATOR)
    officer = partners.person()
    own = asked.of_user(next(row.user_id for row in people.roles_held(organisation_id=body)))[0].context()
    membership = _give(own, officer, body, Role.INSURANCE_OFFICER)
    assert refusals.code_of(accounts.deactivate, by=city, user_id=officer) == "out_of_reach"
    assert (
        refusals.code_of(memberships.end, by=city, membership_id=membership, last_date=date.today()) == "out_of_reach"
    )


def test_a_role_ends_after_its_last_day_and_not_before() -> None:
    member = partners.member(Role.COUNCILLOR)
    today = date.today()
    memberships.end(by=partners.administrator(), membership_id=member.membership_id, last_date=today)
    assert asked.of_user(member.user_id)  # still today
    memberships.end(
        by=partners.administrator(), membership_id=member.membership_id, last_date=today - timedelta(days=1)
    )
    assert asked.of_user(member.user_id) == []
    again = refusals.code_of(
        memberships.end, by=partners.administrator(), membership_id=member.membership_id, last_date=today
    )
    assert again == "already_ended"


def test_a_role_is_prolonged_only_to_later_and_asks_about_conflicts_again() -> None:
    by, user, body = partners.administrator(), partners.person(), partners.organisation("stk", OrganisationKind.OFFICE)
    next_year = date.today() + timedelta(days=365)
    given = _give(by, user, body, Role.FUND_OFFICER, last_date=next_year)
    earlier = next_year - timedelta(days=1)
    assert refusals.code_of(memberships.prolong, by=by, membership_id=given, last_date=earlier) == "not_a_longer_time"
    redi = partners.organisation("redi", OrganisationKind.ASSOCIATION)
    _give(by, user, redi, Role.GRANTEE_REPORTER, start_date=next_year + timedelta(days=1))
    assert refusals.code_of(memberships.prolong, by=by, membership_id=given, last_date=None) == "conflicting_roles"


def test_a_closed_account_has_no_roles_until_it_is_opened() -> None:
    from samkraft.partners.actions import people as accounts

    member = partners.member(Role.COUNCILLOR)
    accounts.deactivate(by=partners.administrator(), user_id=member.user_id)
    assert asked.of_user(member.user_id) == []
    accounts.reactivate(by=partners.administrator(), user_id=member.user_id)
    assert asked.of_user(member.user_id)


def test_what_is_given_stands_in_the_trail_with_who_gave_it(owner: object) -> None:
    from samkraft.audit.actions import transactions
    from samkraft.audit.queries import events

    member = partners.member(Role.COUNCILLOR)
    officer = partners.member(Role.DATA_PROTECTION_OFFICER)
    with transactions.read(officer.context):
        found = [
            row for row in events.listed(action="membership.given").rows if row.subject_id == str(member.membership_id)
        ]
    assert [(row.actor_name, row.content["role"]) for row in found] == [("Ada Ministrator", "councillor")]


def test_begin_works_once_only() -> None:
    from samkraft.partners.actions import begin

    partners.administrator()
    code = refusals.code_of(begin.begin, email="x@exempel.invalid", name="X Y", organisation_name="Annan stad")
    assert code == "already_begun"
    assert organisations.by_code("annan-stad") is None
