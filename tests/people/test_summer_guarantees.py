"""What the triggers of Ung i sommar refuse, whoever writes and past every question that the product asks first."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from samkraft.audit.actions import transactions
from samkraft.offer.actions import summer_rounds
from samkraft.offer.models import SummerPlace
from samkraft.offer.rules.summer_rounds import Form
from samkraft.partners.rules.roles import Role
from samkraft.people.actions.summer import summer_attendance, summer_placing
from samkraft.people.actions.summer.summer_attendance import Press
from samkraft.values.context import Context
from tests.factories import partners, summer
from tests.people import world

pytestmark = pytest.mark.django_db


@contextmanager
def _writing(by: Context) -> Iterator[Any]:
    with transactions.write(by), transaction.atomic(), connection.cursor() as cursor:
        yield cursor


def _said(by: Context, sql: str, *values: object) -> str:
    """What refuses a statement, in one line; empty when nothing does."""
    try:
        with _writing(by) as cursor:
            cursor.execute(sql, values)
    except DatabaseError as refused:
        return str(refused).splitlines()[0]
    return ""


def row_of(by: Context, table: str, condition: str = "true", *values: object) -> dict[str, Any]:
    found = world.rows(by, f"SELECT to_jsonb(t) FROM people_summer{table} t WHERE {condition} LIMIT 1", *values)[0][0]
    row: dict[str, Any] = json.loads(found) if isinstance(found, str) else found
    return row


def copied(by: Context, table: str, row: dict[str, Any], **said: Any) -> str:
    name = f"people_summer{table}"
    anew = {key: str(uuid4()) for key in ("id", "key") if key in row}
    copy = json.dumps({**row, **anew, **said}, default=str)
    return _said(by, f"INSERT INTO {name} SELECT * FROM jsonb_populate_record(NULL::{name}, %s)", copy)


def _begun(*, checked: bool = True, form: Form = Form.JOB) -> tuple[summer.Round, UUID]:
    """A round that has begun, in which Kim, who is 17, has been offered a place and has not answered."""
    given = summer.planned(checked=checked, form=form)
    summer.begin_now(given)
    summer.applies(given, "Kim", age=17, only_first=True)
    summer.draw(given)
    summer_placing.place_all(by=given.holder.context, round_id=given.id)
    return given, summer.placement(given, "Kim").id


def test_a_place_is_given_in_turn_where_it_fits_and_is_moved_nowhere() -> None:
    given, held = _begun()
    by = given.holder.context
    row = row_of(by, "placement") | {"answer": "", "confirmed_at": None, "has_ended": True}
    other = summer.planned()
    places = {place.period.number: place.id for place in SummerPlace.objects.filter(workplace_id=given.workplace_id)}
    elsewhere = SummerPlace.objects.filter(workplace_id=other.workplace_id)[0].id
    assert copied(by, "placement", row, place_id=elsewhere) == "summer_not_in_turn"
    assert copied(by, "placement", row, place_id=places[2]) == "summer_does_not_fit", (
        "not the weeks that were wished for"
    )
    assert (
        _said(by, "UPDATE people_summerplacement SET place_id = %s WHERE id = %s", places[2], held)
        == "summer_not_in_turn"
    )
    assert _said(by, "UPDATE people_summerplacement SET answer_until = now() WHERE id = %s", held) == ""


def test_nobody_young_begins_without_a_supervisor_whose_register_extract_has_been_seen() -> None:
    given, held = _begun(checked=False)
    summer.accepts(given, "Kim")
    summer.guardians_say(given, "Kim")
    by = given.holder.context
    confirm = "UPDATE people_summerplacement SET confirmed_at = now(), confirmed_by = 'x' WHERE id = %s"
    assert _said(by, confirm, held) == "summer_no_register_check"


def test_hours_are_planned_in_the_weeks_of_the_place_as_the_rules_for_the_young_allow() -> None:
    given, held = _begun()
    by = given.holder.context
    summer.starts(given, "Kim")
    row = row_of(by, "shift", "placement_id = %s AND NOT is_cancelled", held)

    def planned(begins: datetime, hours: float, rest: int = 60) -> str:
        until = begins + timedelta(hours=hours)
        return copied(by, "shift", row, hours=f"[{begins.isoformat()},{until.isoformat()})", break_minutes=rest)

    assert planned(summer.yesterday_at(9, days_ago=90), 2) == "summer_outside_weeks"
    assert planned(summer.yesterday_at(2), 1) == "summer_hours_forbidden"
    with _writing(by) as cursor:
        cursor.execute("UPDATE people_summershift SET is_cancelled = true")
    monday = summer.yesterday_at(9) - timedelta(days=summer.yesterday_at(9).weekday())
    for day in range(5):
        assert planned(monday + timedelta(days=day), 3, 0) == ""
    assert planned(monday + timedelta(days=5), 3, 0) == "summer_no_rest", "two days of seven are free"


def test_a_press_is_of_a_place_that_is_confirmed_in_its_weeks_and_at_hours_that_are_allowed() -> None:
    given, held = _begun()
    mine = given.links["Kim"]
    by = given.holder.context
    summer.starts(given, "Kim")
    summer_attendance.press(by=mine.by, link=mine, presses=[Press(uuid4(), held, True, summer.yesterday_at(9))])
    row = row_of(by, "punch") | {"pressed_by": "staff"}

    def pressed(at: datetime, **said: Any) -> str:
        return copied(by, "punch", row, pressed_at=at.isoformat(), **said)

    assert pressed(summer.yesterday_at(9, days_ago=90)) == "summer_outside_weeks"
    assert pressed(summer.yesterday_at(2)) == "summer_hours_forbidden"
    assert pressed(summer.yesterday_at(10)) == "summer_in_already"
    assert pressed(summer.yesterday_at(10), applicant_id=str(uuid4())) == "summer_not_confirmed", "another's place"
    assert pressed(summer.yesterday_at(11), is_in=False) == ""
    unconfirmed = "confirmed_at = NULL, confirmed_by = ''"
    for unmade in (unconfirmed, "confirmed_at = now(), confirmed_by = 'x', has_ended = true, end_reason = 'own_wish'"):
        with _writing(by) as cursor:
            cursor.execute(f"UPDATE people_summerplacement SET {unmade}")
        assert pressed(summer.yesterday_at(12)) == "summer_not_confirmed", unmade


def test_a_workplace_vouches_for_days_of_a_place_that_is_confirmed_and_hours_only_in_a_job() -> None:
    for form, minutes in ((Form.JOB, None), (Form.PROGRAMME, 360)):
        given, held = _begun(form=form)
        summer.starts(given, "Kim")
        day, by = summer.yesterday_at(9).date(), given.supervisor.context
        summer_attendance.attest(
            by=by, placement_id=held, day=day, was_there=True, minutes=360 if form is Form.JOB else None
        )
        row = row_of(by, "attest") | {"version": 2}
        assert copied(by, "attest", row, minutes=minutes) == "summer_no_hours_in_programme"
        assert copied(by, "attest", row, day="2020-01-02") == "summer_outside_weeks"
        with _writing(given.holder.context) as cursor:
            cursor.execute("UPDATE people_summerplacement SET confirmed_at = NULL, confirmed_by = ''")
        assert copied(by, "attest", row) == "summer_not_confirmed"


def test_a_place_that_is_somebodys_is_not_taken_away() -> None:
    given, held = _begun()
    place = world.rows(given.holder.context, "SELECT place_id FROM people_summerplacement WHERE id = %s", held)[0][0]
    by = given.holder.context
    assert _said(by, "UPDATE offer_summerplace SET is_withdrawn = true WHERE id = %s", place) == "summer_place_held"


def test_what_a_workplace_was_given_is_gone_when_the_card_has_ended_or_the_supervisor_has() -> None:
    given, held = _begun()
    summer.starts(given, "Kim")
    by = given.supervisor.context
    assert world.count(by, "people_summercard") == 1
    mine = given.links["Kim"]
    summer_placing.answer(by=mine.by, link=mine, placement_id=held, says_yes=False)
    time.sleep(1.1)  # a card holds for a second at the least
    assert world.count(by, "people_summercard") == world.count(by, "people_summerplacement") == 0


def test_who_looked_after_a_workplace_and_does_no_longer_sees_nobody_of_it() -> None:
    given, _held = _begun()
    summer.starts(given, "Kim")
    former = partners.member(Role.EMPLOYER, "parkbolaget", name="Slutade I Går")
    today = timezone.localdate()
    summer_rounds.add_supervisor(
        by=given.holder.context, workplace_id=given.workplace_id, membership_id=former.membership_id,
        start_date=today - timedelta(days=90), last_day=today - timedelta(days=1),
    )  # fmt: skip
    assert world.count(given.supervisor.context, "people_summerplacement") == 1
    assert world.count(former.context, "people_summerplacement") == 0
