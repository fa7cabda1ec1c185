"""Each wall around what is noted of months, hours of work and files read in, raw: somebody for whom one condition fails.

What a good row is stands in `good`; what may not be changed in it, and who may not write it though it is good, as data.
"""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.utils import timezone

from samkraft.audit.actions import transactions
from samkraft.initiatives.actions import teams
from samkraft.partners.rules.roles import Role
from samkraft.people.actions import protection
from samkraft.people.actions.months import months
from samkraft.people.rules.categories import READS, WRITES, Category
from samkraft.people.rules.months import months as rules
from samkraft.values.context import Context
from tests.factories import joint_work, partners, people
from tests.factories import months as factory
from tests.factories.joint_work import Way
from tests.factories.months import Months
from tests.factories.partners import START_DATE, Member
from tests.people import world

pytestmark = pytest.mark.django_db

MONTH = rules.step(rules.of_day(timezone.now().date()), -1)
NUMBER = "199006022397"
NOTED = ("monthclosing", "monthrow", "monthfile", "monthsetting", "importedfile")


@dataclass(frozen=True, slots=True)
class Given:
    """A month that two areas closed, of a person whom both know; `another` closes too, in the area of the first."""

    made: Months
    way: Way
    closing: UUID
    another: Member
    elsewhere: Member

    @property
    def by(self) -> Context:
        """Who closed it."""
        return self.made.closer.context


def _closed(*, number: str = "", told: tuple[str, ...] = ("enrolment", "contact", "plan")) -> Given:
    made = factory.made()
    setting = made.setting
    way = made.person(rules.span(MONTH)[0], number)
    joint_work.join(way, setting.officer, setting.social, categories=told)
    another = partners.member(Role.PROJECT_ADMINISTRATOR, "af", name="Ann Annan")
    elsewhere = partners.member(Role.PROJECT_ADMINISTRATOR, "asn", name="Siv Socialt")
    for member in (another, elsewhere):
        teams.add_member(
            by=setting.leader.context, team_id=setting.team_id, membership_id=member.membership_id, start_date=START_DATE
        )  # fmt: skip
    made.report(way, MONTH, 20)
    closing = made.close(MONTH)
    by = made.closer.context
    months.note_file(by=by, closing_id=closing, kind="scb")
    months.settle(
        by=by, initiative_id=setting.initiative_id, project_number="1", protected_woman="KKKK", protected_man=""
    )
    write(by, "importedfile", **good("importedfile", by))
    return Given(made, way, closing, another, elsewhere)


def good(table: str, by: Context, given: Given | None = None) -> dict[str, object]:
    """A row that this context may write when its role is the right one. Time and names of columns as the table has them."""
    initiative = given.made.setting.initiative_id if given else uuid4()
    own: dict[str, object] = {"id": uuid4(), "area_id": by.area_id, "membership_id": by.membership_id}
    if table == "monthrow":
        row = {
            "id": uuid4(),
            "area_id": by.area_id,
            "category": "enrolment",
            "enrolment_id": uuid4(),
            "attested_by": "",
        }
        return row | {
            "note": "",
            "closing_id": given.closing if given else None,
            "person_id": given.way.person_id if given else None,
        }
    return own | {
        "monthclosing": {"initiative_id": initiative, "month": "2022-01", "number": 1, "why": "", "digest": "x",
                         "closed_at": timezone.now(), "closed_by": "x"},
        "monthfile": {"closing_id": given.closing if given else uuid4(), "kind": "scb", "made_at": timezone.now(),
                      "made_by": "x"},
        "monthsetting": {"initiative_id": initiative, "project_number": "1", "protected_woman": "", "protected_man": "",
                         "decided_at": timezone.now(), "decided_by": "x"},
        "importedfile": {"kind": "x", "shape": "x", "rows": 1, "digest": uuid4().hex, "read_at": timezone.now(),
                         "read_by": "x"},
        "staffhours": {"initiative_id": initiative, "user_id": by.actor_id, "staff_name": "x", "role": by.role,
                       "month": MONTH, "version": 1, "quarters": 8, "written_at": timezone.now()},
    }[table]  # fmt: skip


def _inserted(table: str, row: dict[str, object]) -> str:
    return f"INSERT INTO people_{table} ({', '.join(row)}) VALUES ({', '.join(['%s'] * len(row))})"


def write(by: Context, table: str, **row: object) -> None:
    """Insert a row, raw."""
    with transactions.write(by), connection.cursor() as cursor:
        cursor.execute(_inserted(table, row), list(row.values()))


def _why_not(by: Context, table: str, row: dict[str, object]) -> str:
    """Why the row may not be written: nothing, "policy", or what else stands in the way. Nothing stays."""
    said = world.refused(by, _inserted(table, row), *row.values())
    return "policy" if said == f'new row violates row-level security policy for table "people_{table}"' else said


def _seen(by: Context, tables: tuple[str, ...] = NOTED) -> set[str]:
    return {table for table in tables if world.count(by, f"people_{table}")}


def test_what_a_month_was_closed_with_is_read_in_the_own_area_and_each_person_on_the_case() -> None:
    given = _closed()
    setting, person = given.made.setting, given.way.person_id
    assert setting.outsider.area_id == given.made.closer.area_id != given.elsewhere.area_id
    assert world.count(given.elsewhere.context, "people_contribution", "person_id = %s", person) > 0, "on the case too"
    for member in (given.made.closer, given.another, given.made.colleague):
        assert _seen(member.context) == set(NOTED), member.name
    assert _seen(setting.outsider.context) == set(NOTED) - {"monthrow"}, "of the same area, not on the case"
    for member in (given.elsewhere, setting.social):
        assert _seen(member.context) == set(), member.name
    assert _seen(replace(given.by, role=Role.EMPLOYMENT_OFFICER.value)) == set(), "a role that it does not have"
    protection.protect(by=setting.officer.context, person_id=person, level="marked", membership_ids=[])
    assert _seen(given.another.context) == set(NOTED) - {"monthrow"}, "not on the named list"
    assert _seen(setting.officer.context) == set(NOTED)


def test_what_is_noted_of_a_month_is_written_as_oneself_by_whoever_closes_it_and_of_ones_own_cases() -> None:
    given = _closed()
    by, setting, another = given.by, given.made.setting, given.another.context
    stranger = people.participant(setting.outsider.context)
    theirs = _closing_of(given, another)
    forbidden: dict[str, list[dict[str, Any]]] = {
        "monthclosing": [{"area_id": given.elsewhere.area_id}, {"membership_id": another.membership_id}],
        "monthfile": [{"area_id": given.elsewhere.area_id}, {"membership_id": another.membership_id}],
        "monthsetting": [{"area_id": given.elsewhere.area_id}, {"membership_id": another.membership_id}],
        "importedfile": [{"area_id": given.elsewhere.area_id}, {"membership_id": another.membership_id}],
        "monthrow": [{"area_id": given.elsewhere.area_id}, {"person_id": stranger}, {"category": "contact"},
                     {"closing_id": theirs}],
    }  # fmt: skip
    for table, changes in forbidden.items():
        row = good(table, by, given)
        assert _why_not(by, table, row) == "", table
        for change in changes:
            assert _why_not(by, table, {**row, **change}) == "policy", (table, *change)
    officer = setting.officer.context
    forged = replace(officer, role=by.role)
    for table in ("monthclosing", "monthfile", "monthsetting"):
        assert _why_not(officer, table, good(table, officer, given)) == "policy", f"{table}: not by this role"
        assert _why_not(forged, table, good(table, officer, given)) == "policy", f"{table}: not by saying so"
    assert _why_not(officer, "importedfile", good("importedfile", officer)) == ""
    assert _why_not(forged, "importedfile", good("importedfile", officer)) == "policy"


def _closing_of(given: Given, by: Context) -> UUID:
    row = {**good("monthclosing", by, given), "month": "2022-02"}
    write(by, "monthclosing", **row)
    return UUID(str(row["id"]))


def test_why_the_category_of_a_row_in_a_month_asks_nothing_more_of_its_readers() -> None:
    """`survivors` explains a mutant by this: nothing else than what everybody on the case reads is written there."""
    assert WRITES[Role.PROJECT_ADMINISTRATOR] == {Category.ENROLMENT}
    assert all(Category.ENROLMENT in reads for reads in READS.values())


NUMBERS = ("people_month_numbers", "people_month_number_kinds")


def _numbers(by: Context, closing: UUID) -> list[tuple[Any, ...]]:
    return world.rows(by, "SELECT number, is_woman, is_protected FROM people_month_numbers(%s)", closing)


def _kinds(by: Context, closing: UUID) -> list[tuple[Any, ...]]:
    return world.rows(by, "SELECT kind, is_woman, is_protected FROM people_month_number_kinds(%s)", closing)


def test_the_numbers_of_a_month_are_told_to_who_closed_it_of_those_whose_number_the_area_came_by() -> None:
    given = _closed(number=NUMBER, told=("enrolment", "plan"))
    by, elsewhere, person = given.by, given.elsewhere.context, given.way.person_id
    theirs = _closing_of(given, elsewhere)
    write(elsewhere, "monthrow", **{**good("monthrow", elsewhere, given), "closing_id": theirs})
    assert _seen(elsewhere, ("monthrow",)) == {"monthrow"}, "it has the person in a month of its own"
    assert (_numbers(by, given.closing), _kinds(by, given.closing)) == (
        [(NUMBER, False, False)],
        [("personnummer", False, False)],
    )
    assert (_numbers(elsewhere, theirs), _kinds(elsewhere, theirs)) == ([], []), "never told of the number"
    officer, colleague = given.made.setting.officer.context, given.made.colleague
    for asked in (f"SELECT * FROM {function}(%s)" for function in NUMBERS):
        assert world.refused(elsewhere, asked, given.closing) == "not_on_case", asked
        assert world.refused(officer, asked, given.closing) == "not_for_your_role", asked
        assert world.refused(replace(officer, role=by.role), asked, given.closing) == "not_for_your_role", asked
    protection.protect(
        by=officer, person_id=person, level="marked", membership_ids=[by.membership_id, colleague.membership_id]
    )
    assert (_numbers(by, given.closing), _kinds(by, given.closing)) == (
        [(None, False, True)],
        [("personnummer", False, True)],
    )
    for one in (officer, colleague.context):
        protection.lift(by=one, person_id=person)
    assert (_numbers(by, given.closing), _kinds(by, given.closing)) == (
        [(NUMBER, False, False)],
        [("personnummer", False, False)],
    )


def test_the_numbers_of_a_month_are_not_asked_for_over_and_over() -> None:
    given = _closed()
    again = "SELECT people_month_numbers(%s) FROM generate_series(1, %s)"
    assert world.refused(given.by, again, given.closing, 30) == ""
    assert world.refused(given.by, again, given.closing, 31) == "too_many_questions"


def test_hours_of_work_are_read_by_oneself_and_those_who_lead_and_written_and_attested_as_oneself() -> None:
    setting = joint_work.setting()
    own, colleague = setting.officer, setting.outsider
    leads = partners.member(Role.SUBPROJECT_LEADER, "af", name="Dan Delprojekt")
    leads_elsewhere = partners.member(Role.SUBPROJECT_LEADER, "asn", name="Eva Delprojekt")
    sees_all = [partners.member(role, "asn") for role in (Role.PROJECT_ADMINISTRATOR, Role.PROJECT_ECONOMIST)]
    leader = setting.leader
    by = own.context
    hours = {**good("staffhours", by), "initiative_id": setting.initiative_id}
    assert _why_not(by, "staffhours", hours) == ""
    for change in ({"area_id": setting.social.area_id}, {"membership_id": colleague.membership_id},
                   {"user_id": colleague.user_id}):  # fmt: skip
        assert _why_not(by, "staffhours", {**hours, **change}) == "policy", change
    forged = replace(by, role=Role.MAIN_PROJECT_LEADER.value)
    assert _why_not(forged, "staffhours", hours) == "policy"
    write(by, "staffhours", **hours)
    both = ("staffhours", "staffattest")

    attest = {"hours_id": hours["id"], "staff_user_id": own.user_id, "attested_at": timezone.now(), "attested_by": "x"}

    def attested_by(who: Context) -> dict[str, object]:
        mine = {"id": uuid4(), "area_id": who.area_id, "membership_id": who.membership_id, "user_id": who.actor_id}
        return {**attest, **mine}

    for may in (leader, leads):
        assert _why_not(may.context, "staffattest", attested_by(may.context)) == ""
        for change in ({"area_id": setting.social.area_id}, {"membership_id": colleague.membership_id},
                       {"user_id": colleague.user_id}, {"staff_user_id": colleague.user_id}):  # fmt: skip
            assert _why_not(may.context, "staffattest", {**attested_by(may.context), **change}) == "policy", change
    for may_not in (sees_all[0], leads_elsewhere, colleague):
        assert _why_not(may_not.context, "staffattest", attested_by(may_not.context)) == "policy", may_not.name
    write(leads.context, "staffattest", **attested_by(leads.context))
    for member in (own, leader, leads, *sees_all):
        assert _seen(member.context, both) == set(both), member.name
    for member in (colleague, leads_elsewhere, setting.social):
        assert _seen(member.context, both) == set(), member.name
    for role in (Role.MAIN_PROJECT_LEADER, Role.PROJECT_ADMINISTRATOR):
        assert _seen(replace(colleague.context, role=role.value), both) == set(), "a role that it does not have"
    assert _seen(forged, both) == set(), "not even one's own"
