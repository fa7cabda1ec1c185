"""Each policy around Ung i sommar, raw, when there is something in every table: through each door, and past each condition."""

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from samkraft.audit.actions import transactions
from samkraft.partners.rules.roles import Role
from samkraft.people.actions.summer import (
    summer_applications,
    summer_attendance,
    summer_draws,
    summer_guardians,
    summer_payments,
    summer_placing,
)
from samkraft.people.actions.summer.summer_attendance import Press
from samkraft.people.models import SummerGuardian
from samkraft.people.queries.summer import summer_links
from samkraft.people.queries.summer.summer_links import Link
from samkraft.values.context import Context
from tests.factories import partners, summer
from tests.factories.summer import Round
from tests.people.test_summer_walls import TABLES

pytestmark = pytest.mark.django_db

STAFF_READ = {*TABLES, "draw"}
WORKPLACE_READS = {"placement", "shift", "punch", "attest", "card"}
YOUTH_READS = {"applicant", "guardian", "consent", "placement", "shift", "punch", "attest", "card", "event"}
Door = Callable[[], AbstractContextManager[object]]


def summer_in_full(*, protected: str = "", guardian_of: str = "Alva") -> tuple[Round, Link]:
    """Two who have places and have been at work: a row in each table. And the link of a guardian of one of them."""
    given = summer.planned()
    summer.begin_now(given)
    for name in ("Alva", "Bo"):
        summer.applies(given, name, age=17, guardians=2, only_first=True, is_protected=name == protected)
    summer.draw(given)
    summer_placing.place_all(by=given.holder.context, round_id=given.id)
    for name in ("Alva", "Bo"):
        held, mine = summer.starts(given, name), given.links[name]
        presses = [
            Press(uuid4(), held, True, summer.yesterday_at(8, 30)),
            Press(uuid4(), held, False, summer.yesterday_at(15, 30)),
        ]
        summer_attendance.press(by=mine.by, link=mine, presses=presses)
        day = summer.yesterday_at(8).date()
        if name == protected:
            continue  # the workplace vouches for nobody whom it may not know of
        summer_attendance.attest(by=given.supervisor.context, placement_id=held, day=day, was_there=True, minutes=360)
    summer_payments.make(by=given.holder.context, round_id=given.id, through=timezone.now().date())
    applicant = given.links[guardian_of].applicant_id
    assert applicant is not None
    with transactions.read(given.holder.context):
        guardian = SummerGuardian.objects.filter(applicant_id=applicant).order_by("number")[0]
    token = summer_guardians.ask(by=given.holder.context, applicant_id=applicant, guardian_id=guardian.id)
    assert token is not None
    return given, summer_links.find(token)


def _as(by: Context) -> Door:
    return lambda: transactions.write(by)


def _with(link: Link) -> Door:
    @contextmanager
    def opened() -> Iterator[None]:
        with transactions.write(link.by), summer_links.carried(link):
            yield

    return opened


def _counts(door: Door) -> dict[str, int]:
    found = {}
    with door(), connection.cursor() as cursor:
        for table in sorted(STAFF_READ):
            cursor.execute(f"SELECT count(*) FROM people_summer{table}")
            found[table] = cursor.fetchone()[0]
    return {table: many for table, many in found.items() if many}


def test_each_door_opens_its_own_tables_and_no_other() -> None:
    given, guardian = summer_in_full()
    everything = _counts(_as(given.holder.context))
    assert everything.keys() == STAFF_READ
    assert _counts(_as(given.supervisor.context)).keys() == WORKPLACE_READS | {"draw"}
    mine = _counts(_with(given.links["Alva"]))
    assert mine.keys() == YOUTH_READS | {"draw"}
    theirs = _counts(_with(given.links["Bo"]))
    for table in YOUTH_READS:
        assert mine[table] + theirs[table] <= everything[table], table
        assert mine[table] < everything[table], table
    assert _counts(_with(guardian)) == {
        "guardian": 1, "consent": 1, "applicant": 1, "placement": mine["placement"], "shift": mine["shift"],
        "draw": everything["draw"],
    }  # fmt: skip
    assert _counts(_as(summer_links.STRANGER)).keys() <= {"draw"}
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM people_summerdraw")
        assert cursor.fetchone()[0] == 0, "without a context not even what everybody reads"


def test_who_holds_another_round_or_none_in_the_same_area_reads_nothing_of_this_one() -> None:
    given, _guardian = summer_in_full()
    colleague = partners.member(Role.PLACE_COORDINATOR, "ama", name="Inte Utsedd")
    assert colleague.area_id == given.holder.area_id
    assert _counts(_as(colleague.context)).keys() == {"draw"}
    other = summer.planned()
    assert other.holder.area_id == given.holder.area_id
    assert _counts(_as(other.holder.context)).keys() == {"staff", "draw"}
    assert _counts(_as(other.supervisor.context)).keys() == {"draw"}, "another workplace"


def test_who_is_protected_is_nobody_to_a_holder_who_is_not_on_the_list() -> None:
    given, _guardian = summer_in_full(protected="Bo")
    colleague = partners.member(Role.PLACE_COORDINATOR, "ama", name="Bara Holder")
    whole = _counts(_as(given.holder.context))
    summer_draws.name_holder(by=given.holder.context, round_id=given.id, membership_id=colleague.membership_id)
    seen = _counts(_as(colleague.context))
    for table in ("applicant", "guardian", "consent", "placement", "shift", "punch", "card", "event"):
        assert 0 < seen[table] < whole[table], table


def test_a_day_that_is_vouched_for_is_hidden_with_whoever_is_protected() -> None:
    """The supervisor is on the named list and vouches; a colleague who holds the round and is not on it sees nothing of it."""
    given, _guardian = summer_in_full(protected="Bo")
    holder = given.holder.context
    bo = given.links["Bo"].applicant_id
    assert bo is not None
    summer_applications.name_on_list(by=holder, applicant_id=bo, membership_id=given.supervisor.membership_id)
    with transactions.read(holder), connection.cursor() as cursor:
        cursor.execute("SELECT id FROM people_summerplacement WHERE applicant_id = %s", [bo])
        held = cursor.fetchone()[0]
    day = summer.yesterday_at(8).date()
    summer_attendance.attest(by=given.supervisor.context, placement_id=held, day=day, was_there=True, minutes=360)
    colleague = partners.member(Role.PLACE_COORDINATOR, "ama", name="Bara Holder")
    summer_draws.name_holder(by=holder, round_id=given.id, membership_id=colleague.membership_id)
    assert _counts(_as(holder))["attest"] == 2
    assert _counts(_as(colleague.context))["attest"] == 1


# Which tables each may write raw, with what must be said in the row. Triggers and constraints may refuse more.
STAFF_INSERTS = {
    "guardian": {}, "consent": {"how": "paper"}, "draw": {}, "placement": {}, "shift": {}, "punch": {"pressed_by": "staff"},
    "event": {}, "payment": {},
}  # fmt: skip
SEEN_TO_FIRST = ("punch", "placement")  # a trigger may refuse before the walls do
BY_THE_WALL_ALONE = (
    "guardian",
    "consent",
    "draw",
    "event",
    "payment",
)  # where nothing else says which area a row is of
STAFF_UPDATES = ("applicant", "guardian", "placement", "shift")


def _rows(by: Context) -> dict[str, dict[str, Any]]:
    """One row of each table, as those who hold the round see it."""
    found = {}
    with transactions.read(by), connection.cursor() as cursor:
        for table in sorted(STAFF_READ):
            cursor.execute(f"SELECT to_jsonb(t) FROM people_summer{table} t ORDER BY id LIMIT 1")
            value = cursor.fetchone()[0]
            found[table] = json.loads(value) if isinstance(value, str) else value
    return found


def _refused(door: Door, table: str, row: dict[str, Any], **said: Any) -> str:
    """What refuses a copy of the row: empty when nothing does."""
    name = f"people_summer{table}"
    try:
        with door(), transaction.atomic(), connection.cursor() as cursor:
            anew = {
                name: str(uuid4()) for name in ("id", "key") if name in row
            }  # a press that has come is not taken again
            copy = json.dumps({**row, **anew, **said}, default=str)
            cursor.execute(f"INSERT INTO {name} SELECT * FROM jsonb_populate_record(NULL::{name}, %s)", [copy])
    except DatabaseError as refused:
        return str(refused)
    return ""


def _is_walled_off(door: Door, table: str, row: dict[str, Any], **said: Any) -> bool:
    """Whether the walls refuse it; what else refuses it has been reached past them."""
    return any(words in _refused(door, table, row, **said) for words in ("row-level security", "permission denied"))


def test_those_who_hold_the_round_write_in_it_and_nobody_else_of_the_area() -> None:
    given, _guardian = summer_in_full()
    rows, holder = _rows(given.holder.context), given.holder.context
    colleague = partners.member(Role.PLACE_COORDINATOR, "ama", name="Inte Utsedd").context
    elsewhere = str(partners.member(Role.EMPLOYMENT_OFFICER).area_id)
    for table, said in STAFF_INSERTS.items():
        assert not _is_walled_off(_as(holder), table, rows[table], **said), table
        stopped = _refused if table in SEEN_TO_FIRST else _is_walled_off
        assert stopped(_as(colleague), table, rows[table], **said), table
        moved = _is_walled_off if table in BY_THE_WALL_ALONE else _refused
        assert moved(_as(holder), table, rows[table], **said, area_id=elsewhere), table
        assert stopped(_as(given.supervisor.context), table, rows[table], **said), table
    offered = {**rows["placement"], "confirmed_at": None, "confirmed_by": ""}
    assert not _is_walled_off(_as(holder), "placement", offered)
    assert _is_walled_off(_as(colleague), "placement", offered), "of the same area, and holds another round or none"
    assert _is_walled_off(_as(holder), "consent", rows["consent"], how="link")
    assert _refused(_as(holder), "punch", rows["punch"], pressed_by="youth")
    for table in STAFF_READ - STAFF_INSERTS.keys():
        assert _refused(_as(holder), table, rows[table]), table


def test_nobody_is_put_among_those_who_apply_but_by_a_link_of_their_own() -> None:
    given = summer.planned()
    mine = summer.applies(given, "Alva")
    with transactions.read(given.holder.context), connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(a) FROM people_summerapplicant a")
        row = cursor.fetchone()[0]
    row = json.loads(row) if isinstance(row, str) else row
    for door in (_as(given.holder.context), _with(mine), _as(summer_links.STRANGER)):
        assert _is_walled_off(door, "applicant", row, code="ANNA-N000")


def test_a_link_and_a_workplace_write_what_is_theirs() -> None:
    given, guardian = summer_in_full()
    rows, alva, bo = _rows(given.holder.context), given.links["Alva"], given.links["Bo"]
    mine = str(alva.applicant_id)
    with transactions.read(given.holder.context), connection.cursor() as cursor:
        cursor.execute("SELECT id FROM people_summerplacement WHERE applicant_id = %s", [mine])
        held = str(cursor.fetchone()[0])
    punch = {"applicant_id": mine, "placement_id": held}
    yes = {"applicant_id": mine, "guardian_id": str(guardian.guardian_id), "how": "link"}
    for door, table, said in (
        (_with(alva), "punch", {**punch, "pressed_by": "youth"}), (_with(alva), "event", {"applicant_id": mine}),
        (_with(guardian), "consent", yes), (_with(guardian), "event", {"applicant_id": mine}),
        (_as(given.supervisor.context), "punch", {**punch, "pressed_by": "supervisor"}),
        (_as(given.supervisor.context), "attest", {"applicant_id": mine, "placement_id": held, "version": 9}),
    ):  # fmt: skip
        assert not _is_walled_off(door, table, rows[table], **said), table
    other = summer.planned()
    for door, table, said in (
        (_with(bo), "punch", {**punch, "pressed_by": "youth"}), (_with(bo), "event", {"applicant_id": mine}),
        (_with(alva), "punch", {**punch, "pressed_by": "supervisor"}), (_with(alva), "consent", yes),
        (_with(guardian), "consent", {**yes, "how": "paper"}),
        (_with(guardian), "consent", {**yes, "applicant_id": str(bo.applicant_id)}),
        (_with(guardian), "consent", {**yes, "guardian_id": str(uuid4())}),
        (_as(given.supervisor.context), "punch", {**punch, "pressed_by": "staff"}),
        (_as(other.supervisor.context), "punch", {**punch, "pressed_by": "supervisor"}),
        (_as(other.supervisor.context), "attest", {"applicant_id": mine, "placement_id": held}),
        (_with(alva), "applicant", {}), (_as(given.holder.context), "applicant", {}),
    ):  # fmt: skip
        assert _refused(door, table, rows[table], **said), (table, said)
    assert _is_walled_off(_with(guardian), "consent", rows["consent"], **{**yes, "how": "paper"}), (
        "paper is staff's word"
    )
    anothers = {"applicant_id": mine, "placement_id": held, "version": 9}
    assert _is_walled_off(_as(other.supervisor.context), "attest", rows["attest"], **anothers)


def test_a_press_is_made_by_those_whose_it_is_and_as_themselves() -> None:
    """One that nothing but the walls would refuse, tried by each who may not, then made by each who may."""
    given, _guardian = summer_in_full()
    alva, bo = given.links["Alva"], given.links["Bo"]
    with transactions.read(given.holder.context), connection.cursor() as cursor:
        cursor.execute(
            "SELECT to_jsonb(p) FROM people_summerpunch p WHERE applicant_id = %s LIMIT 1", [alva.applicant_id]
        )
        value = cursor.fetchone()[0]
    row = json.loads(value) if isinstance(value, str) else value
    other = summer.planned()
    supervisor, holder = _as(given.supervisor.context), _as(given.holder.context)

    def pressed(minute: int, *, is_in: bool) -> dict[str, Any]:
        return row | {"is_in": is_in, "pressed_at": summer.yesterday_at(15, minute).isoformat()}

    fresh = pressed(40, is_in=True)
    for door, who in (
        (_with(bo), "youth"), (_with(alva), "staff"), (_with(alva), "supervisor"), (supervisor, "youth"),
        (supervisor, "staff"), (holder, "youth"), (holder, "supervisor"), (_as(other.supervisor.context), "supervisor"),
        (_as(other.holder.context), "staff"),
    ):  # fmt: skip
        assert _is_walled_off(door, "punch", fresh, pressed_by=who), who
    assert _refused(holder, "punch", fresh, pressed_by="staff") == ""
    assert _refused(_with(alva), "punch", pressed(45, is_in=False), pressed_by="youth") == ""
    assert _refused(supervisor, "punch", pressed(50, is_in=True), pressed_by="supervisor") == ""


def _changed(by: Context, table: str, assignment: str, *values: object) -> int:
    """How many rows; -1 when the walls refuse what they would become, -2 when something else does."""
    try:
        with transactions.write(by), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE people_summer{table} SET {assignment}", list(values))
            return int(cursor.rowcount)
    except DatabaseError as refused:
        return -1 if "row-level security" in str(refused) or "permission denied" in str(refused) else -2


def test_those_who_hold_the_round_change_it_and_move_nothing_out_of_it() -> None:
    given, _guardian = summer_in_full()
    holder = given.holder.context
    colleague = partners.member(Role.PLACE_COORDINATOR, "ama", name="Inte Utsedd").context
    another = summer.planned()
    other: UUID = another.id
    elsewhere = partners.member(Role.EMPLOYMENT_OFFICER).area_id
    for table in STAFF_UPDATES:
        assert _changed(holder, table, "round_id = round_id") not in (0, -1), table
        assert _changed(colleague, table, "round_id = round_id") == 0, table
        assert _changed(colleague, table, "round_id = %s", given.id) == 0, f"{table}: nor without reading it"
        assert _changed(another.holder.context, table, "round_id = %s", other) == 0, f"{table}: nobody takes it over"
        before = _counts(_as(holder))
        for assignment, value in (("round_id = %s", other), ("area_id = %s", elsewhere)):
            assert _changed(holder, table, assignment, value) == -1 or table == "shift", table
        assert _counts(_as(holder)) == before, f"{table}: a shift lies where its placement lies, whatever is said"
    for table in STAFF_READ - set(STAFF_UPDATES):
        assert _changed(holder, table, "id = id") in (0, -1), table
    assert _changed(replace(holder, area_id=elsewhere), "applicant", "round_id = round_id") == 0
