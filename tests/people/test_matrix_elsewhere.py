"""The matrix where no contribution is read: who is invited, and Ung i sommar. Asked in raw SQL and by the product's lists."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from samkraft.audit.actions import transactions
from samkraft.partners.rules.roles import Role
from samkraft.people.actions import cases, protection
from samkraft.people.actions.summer import summer_draws
from samkraft.people.queries import invitation_links, invitations, recruitment
from samkraft.people.queries.summer import summer_links
from samkraft.values.context import Context
from tests.factories import joint_work, partners, summer
from tests.people import matrix
from tests.people.test_employer_walls import CANARY, Given
from tests.people.test_summer_policies import summer_in_full

pytestmark = pytest.mark.django_db
Door = AbstractContextManager[object]
Cells = dict[str, dict[str, str]]
MEETING = ("people_recruitmentinvitation", "people_recruitmentresult")
FIRST = ("people_invitation", "people_invitationbooking")
COLUMNS = {
    "self": ("applicant", "event"), "adults": ("guardian", "consent"), "work": ("placement", "shift", "punch", "attest"),
    "card": ("card",), "round": ("staff", "payment"), "lot": ("draw",),
}  # fmt: skip


def _marks(written: dict[str, str], *, is_protected: bool) -> dict[str, str]:
    """What the matrix says in this state: R or nothing."""
    return {
        column: "R" if mark == "R" or (mark == "O" and not is_protected) else "-" for column, mark in written.items()
    }


def _found(sql: str, *values: object) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def _rows(*tables: str) -> str:
    """R when something is seen in all of them, - in none; anything else is told as it is."""
    seen = [name for name in tables if _found(f"SELECT count(*) FROM {name}")[0][0]]
    return "R" if len(seen) == len(tables) else ",".join(seen) or "-"


def _invited(given: Given) -> dict[str, Context]:
    setting, officer = given.setting, given.officer
    joint_work.join(given.way, officer, setting.labour)
    asks = {
        "officer_who_invited": officer,
        "colleague_on_the_case": partners.member(Role.EMPLOYMENT_OFFICER, name="Kim Kollega"),
        "administrator_on_the_case": partners.member(Role.PROJECT_ADMINISTRATOR, "af", name="Ada Adm"),
        "colleague_not_on_it": setting.outsider,
        "another_area_on_the_case": setting.labour,
        "employer_of_the_meeting": given.boss,
        "another_employer": partners.member(Role.EMPLOYER, "annat-foretag"),
        "provider": partners.member(Role.PROVIDER, "utforaren"),
        "place_coordinator": partners.member(Role.PLACE_COORDINATOR, "af", name="Pia Plats"),
        "main_project_leader": setting.leader,
        "data_protection_officer": partners.member(Role.DATA_PROTECTION_OFFICER),
    }
    for who in ("colleague_on_the_case", "administrator_on_the_case"):
        cases.assign(by=officer.context, person_id=given.way.person_id, membership_id=asks[who].membership_id)
    return {who: member.context for who, member in asks.items()}


def _cells_of_the_invited(given: Given, by: Context) -> tuple[dict[str, str], str]:
    """What one is answered, and everything that was said."""
    person, meeting = given.way.person_id, given.meeting
    listed: list[Any] = [
        *recruitment.of_meeting(by, meeting), *recruitment.of_person(by, person),
        *invitations.of_person(by, person, now=timezone.now()),
    ]  # fmt: skip
    candidates = recruitment.candidates(by, meeting)
    times = invitations.free_slots(by, now=timezone.now())
    said = repr((listed, candidates, times, invitations.own_slots(by, since=timezone.now())))
    return {
        "meeting": _rows(*MEETING), "first": _rows(*FIRST), "listed": "R" if listed else "-", "times": "R" if times else "-",
        "numbers": "R" if recruitment.numbers(by) else "-", "candidates": "R" if candidates else "-",
    }, said  # fmt: skip


@contextmanager
def _by(context: Context) -> Iterator[None]:
    with transactions.read(context):
        yield


def test_who_may_know_what_of_an_invitation_is_what_the_matrix_says() -> None:
    """Each asker, each question, before the person is protected and after; the link tells a first name and then none."""
    given = Given()
    given.result()
    asks, written = _invited(given), matrix.table(matrix.INVITATIONS)
    assert set(written) == {*asks, "who_holds_the_link", "a_stranger", "nobody"}
    wrong: list[Any] = []
    for is_protected in (False, True):
        if is_protected:
            protection.protect(
                by=given.officer.context, person_id=given.way.person_id, level="marked", membership_ids=[]
            )
        for who, by in asks.items():
            with _by(by):
                cells, said = _cells_of_the_invited(given, by)
            expected = _marks(written[who], is_protected=is_protected)
            cells["name"] = "R" if CANARY in said else "-"
            wrong += [
                (who, is_protected, column, cells[column]) for column in expected if cells[column] != expected[column]
            ]
        link = invitation_links.find(given.token)
        with transactions.read(link.by), invitation_links.carried(link):
            seen = [_rows(*MEETING), _rows(*FIRST), _rows("people_invitationslot")]
            told = repr(
                _found("SELECT * FROM people_invitation_seen()") + _found("SELECT * FROM people_invitation_free()")
            )
        wrong += [("who_holds_the_link", is_protected, seen)] if seen != ["-"] * 3 else []
        assert CANARY not in told
        assert ("Amira" in told) == (not is_protected)
        with _by(invitation_links.STRANGER):
            assert _rows(*MEETING, *FIRST, "people_invitationslot") == "-"
            assert _found("SELECT * FROM people_invitation_seen()") == []
            assert recruitment.numbers(invitation_links.STRANGER) == {}
    assert wrong == []
    with transaction.atomic():
        assert _rows(*MEETING, *FIRST, "people_invitationslot") == "-", "without a context"


def _with(link: Any) -> Any:
    @contextmanager
    def opened() -> Iterator[None]:
        with transactions.read(link.by), summer_links.carried(link):
            yield

    return opened


def _youth(given: summer.Round, guardian: Any) -> dict[str, Any]:
    """Who asks about Bo, each with the door that opens for them."""
    colleague = partners.member(Role.PLACE_COORDINATOR, "ama", name="Ny Kollega")
    summer_draws.name_holder(by=given.holder.context, round_id=given.id, membership_id=colleague.membership_id)
    other = summer.planned()
    members = {
        "who_holds_the_round": given.holder,
        "colleague_who_holds_it": colleague,
        "colleague_who_does_not": partners.member(Role.PLACE_COORDINATOR, "ama", name="Inte Utsedd"),
        "holder_of_another_round": other.holder,
        "supervisor": given.supervisor,
        "another_supervisor": other.supervisor,
        "employment_officer": partners.member(Role.EMPLOYMENT_OFFICER),
        "provider": partners.member(Role.PROVIDER, "utforaren"),
        "main_project_leader": partners.member(Role.MAIN_PROJECT_LEADER),
        "data_protection_officer": partners.member(Role.DATA_PROTECTION_OFFICER),
    }
    return {who: (lambda by=member.context: transactions.read(by)) for who, member in members.items()} | {
        "the_young_person": _with(given.links["Bo"]),
        "another_young_person": _with(given.links["Alva"]),
        "the_guardian": _with(guardian),
        "a_stranger": lambda: transactions.read(summer_links.STRANGER),
        "nobody": transaction.atomic,
    }


def _of_bo(applicant_id: Any, round_id: Any) -> dict[str, str]:
    """By column: R when something of Bo's (or of the round) is found in any of its tables."""
    about = {
        "applicant": "id = %(bo)s", "event": "applicant_id = %(bo)s", "guardian": "applicant_id = %(bo)s",
        "consent": "guardian_id IN (SELECT id FROM people_summerguardian WHERE applicant_id = %(bo)s)",
        "card": "applicant_id = %(bo)s", "placement": "applicant_id = %(bo)s",
        "staff": "round_id = %(round)s", "payment": "round_id = %(round)s", "draw": "round_id = %(round)s",
    }  # fmt: skip
    by_placement = "placement_id IN (SELECT id FROM people_summerplacement WHERE applicant_id = %(bo)s)"
    found = {}
    for column, tables in COLUMNS.items():
        many = 0
        for name in tables:
            with connection.cursor() as cursor:
                cursor.execute(
                    f"SELECT count(*) FROM people_summer{name} WHERE {about.get(name, by_placement)}",
                    {"bo": applicant_id, "round": round_id},
                )
                many += cursor.fetchone()[0]
        found[column] = "R" if many else "-"
    return found


@pytest.mark.parametrize("is_protected", [False, True], ids=["known", "protected"])
def test_who_reaches_what_of_a_young_person_is_what_the_matrix_says(is_protected: bool) -> None:
    """Each asker through the own door, in raw SQL."""
    given, guardian = summer_in_full(protected="Bo" if is_protected else "", guardian_of="Bo")
    asks, written = _youth(given, guardian), matrix.table(matrix.SUMMER)
    assert set(written) == set(asks)
    wrong: list[Any] = []
    for who, door in asks.items():
        with door():
            found = _of_bo(given.links["Bo"].applicant_id, given.id)
        expected = _marks(written[who], is_protected=is_protected)
        wrong += [(who, column, found[column]) for column in expected if found[column] != expected[column]]
    assert wrong == []
