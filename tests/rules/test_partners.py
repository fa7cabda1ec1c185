"""Rules about roles, reach, people and organisations: plain values in, a yes or a reason out."""

from datetime import date
from uuid import uuid4

import pytest

from samkraft.partners.rules import memberships, organisations, people, reach
from samkraft.partners.rules.organisations import OrganisationKind
from samkraft.partners.rules.roles import PERMISSION_NAMES, ROLES, Permission, Role, conflict_between
from samkraft.values.period import Period
from samkraft.values.refusal import Refused

YEAR = Period(date(2024, 1, 1), date(2025, 1, 1))
ORGANISATION, OTHER = uuid4(), uuid4()


def _held(role: Role, organisation: object = ORGANISATION, period: Period = YEAR) -> memberships.Held:
    return memberships.Held(uuid4(), role, organisation, "Kommunstyrelsen", period)


def _code(role: Role, held: memberships.Held, period: Period = YEAR, organisation: object = ORGANISATION) -> str:
    try:
        memberships.require_fits(
            name="Eva",
            role=role,
            organisation_id=organisation,
            period=period,
            held=[held],
        )
    except Refused as refused:
        return refused.reason.code
    return "fits"


@pytest.mark.parametrize(
    ("role", "held", "organisation", "period", "expected"),
    [
        (Role.COUNCILLOR, Role.COUNCILLOR, ORGANISATION, YEAR, "overlapping_membership"),
        (Role.COUNCILLOR, Role.COUNCILLOR, OTHER, YEAR, "fits"),
        (Role.COUNCILLOR, Role.COUNCILLOR, ORGANISATION, Period(date(2025, 1, 1)), "fits"),  # the day after the last
        (Role.COUNCILLOR, Role.COUNCILLOR, ORGANISATION, Period(date(2024, 12, 31)), "overlapping_membership"),
        (Role.FUND_OFFICER, Role.GRANTEE_REPORTER, OTHER, YEAR, "conflicting_roles"),  # also elsewhere
        (Role.GRANTEE_REPORTER, Role.FUND_OFFICER, OTHER, YEAR, "conflicting_roles"),
        (Role.DATA_PROTECTION_OFFICER, Role.SYSTEM_ADMINISTRATOR, OTHER, YEAR, "conflicting_roles"),
        (Role.EVALUATOR, Role.STEERING_GROUP, OTHER, YEAR, "conflicting_roles"),
        (Role.FUND_OFFICER, Role.GRANTEE_REPORTER, OTHER, Period(date(2026, 1, 1)), "fits"),  # not at the same time
        (Role.COUNCILLOR, Role.STEERING_GROUP, OTHER, YEAR, "fits"),
        (Role.PUBLIC, Role.COUNCILLOR, OTHER, YEAR, "not_for_members"),
    ],
)
def test_a_role_fits_beside_those_held_or_says_why_not(
    role: Role, held: Role, organisation: object, period: Period, expected: str
) -> None:
    assert _code(role, _held(held), period, organisation) == expected


def test_every_conflict_has_a_reason_and_holds_both_ways() -> None:
    for one in Role:
        for other in Role:
            assert conflict_between(one, other) == conflict_between(other, one) or (
                bool(conflict_between(one, other)) == bool(conflict_between(other, one))
            )
            assert conflict_between(one, other) != ""


def test_nobody_holds_a_role_in_conflict_with_itself() -> None:
    assert [role for role in Role if conflict_between(role, role)] == []


def test_every_role_and_permission_is_described_in_words() -> None:
    assert set(ROLES) == set(Role)
    assert set(PERMISSION_NAMES) == set(Permission)
    assert all(described.description.endswith(".") for described in ROLES.values())


def test_who_gives_roles_never_reviews_or_decides() -> None:
    admin = ROLES[Role.SYSTEM_ADMINISTRATOR].permissions
    assert admin.isdisjoint({Permission.REVIEW_AUDIT, Permission.REGISTER_DECISIONS, Permission.MANAGE_FUNDS})


@pytest.mark.parametrize(
    ("same_tree", "kind", "has_own", "expected"),
    [
        (True, OrganisationKind.COMMITTEE, True, True),
        (False, OrganisationKind.STATE_AUTHORITY, True, False),
        (False, OrganisationKind.REGION, True, False),
        (False, OrganisationKind.STATE_AUTHORITY, False, True),  # the first one has to come from somewhere
        (False, OrganisationKind.ASSOCIATION, True, True),
        (False, OrganisationKind.SUPPLIER, False, True),
    ],
)
def test_an_administrator_reaches_the_own_tree_and_those_who_have_none(
    same_tree: bool, kind: OrganisationKind, has_own: bool, expected: bool
) -> None:
    top = uuid4()
    their_top = top if same_tree else uuid4()
    assert reach.is_within(own_top=top, their_top=their_top, their_kind=kind, has_own_administrator=has_own) is expected


@pytest.mark.parametrize("text", ["", "a", "a@b", "a b@c.se", "@c.se", "a@.se", "a@b." + "c" * 260])
def test_what_cannot_be_an_address_is_refused(text: str) -> None:
    with pytest.raises(Refused) as refused:
        people.tidy_email(text)
    assert refused.value.reason is people.BAD_EMAIL


def test_names_are_sorted_by_last_name_with_swedish_letters_last() -> None:
    names = ["Åsa Ek", "Per Öst", "Bo Ärla", "Zahra Åkesson", "Carl Zetterlund"]
    ordered = sorted(names, key=lambda name: organisations.swedish_sort_key(people.sort_name(name)))
    assert ordered == ["Åsa Ek", "Carl Zetterlund", "Zahra Åkesson", "Bo Ärla", "Per Öst"]


@pytest.mark.parametrize(("text", "number"), [("212000-1124", "2120001124"), ("16212000-1124", "2120001124"), ("", "")])
def test_organisation_numbers_are_read_as_people_write_them(text: str, number: str) -> None:
    assert organisations.tidy_number(text) == number


@pytest.mark.parametrize("text", ["212000-1125", "12345", "190001011234", "abc"])
def test_what_cannot_be_an_organisation_number_is_refused(text: str) -> None:
    with pytest.raises(Refused) as refused:
        organisations.tidy_number(text)
    assert refused.value.reason is organisations.BAD_NUMBER


def test_a_code_for_addresses_is_made_from_the_name() -> None:
    assert organisations.code_from("Förskolenämnden, Malmö") == "forskolenamnden-malmo"


def test_a_period_is_said_with_both_days_and_kept_with_an_exclusive_end() -> None:
    assert memberships.period(date(2024, 1, 1), date(2024, 1, 1)) == Period(date(2024, 1, 1), date(2024, 1, 2))
    with pytest.raises(Refused) as refused:
        memberships.period(date(2024, 1, 2), date(2024, 1, 1))
    assert refused.value.reason is memberships.BAD_PERIOD
