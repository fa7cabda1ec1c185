"""Ung i sommar when what held holds no longer: a link, a name on a round, a protection and its list, the years of the tests.

Nobody can end these sooner from a page, so the owner does; the product asks afterwards.
"""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from samkraft.partners.rules.roles import Role
from samkraft.people.actions.summer import summer_attendance, summer_draws, summer_placing
from samkraft.people.actions.summer.summer_attendance import Press
from samkraft.people.queries.summer import summer_links
from samkraft.values.refusal import Refused
from tests.factories import partners, summer
from tests.people import test_summer_guarantees, world
from tests.people.test_doors import _ask

OVER = "period = tstzrange(now() - interval '2 days', now() - interval '1 day')"


@pytest.mark.django_db(transaction=True)
def test_what_has_ended_holds_no_longer(owner: Any) -> None:
    given = summer.planned()
    second, third = (partners.member(Role.PLACE_COORDINATOR, "ama", name=name) for name in ("Tvåan Två", "Trean Tre"))
    for member, handles in ((second, True), (third, False)):
        summer_draws.name_holder(
            by=given.holder.context, round_id=given.id, membership_id=member.membership_id, handles_protected=handles
        )
    mine = summer.applies(given, "Bo", is_protected=True)
    bo = mine.applicant_id
    seen = "people_summerapplicant", "id = %s", bo
    lists = "SELECT people_summer_list_of(%s)"
    person = owner.execute("SELECT person_id FROM people_summerapplicant WHERE id = %s", [bo]).fetchone()[0]

    def end(table: str, condition: str, *values: object) -> None:
        assert owner.execute(f"UPDATE people_{table} SET {OVER} WHERE {condition}", values).rowcount == 1

    # A name that is struck from the list, a protection that is lifted, a name that is taken off the round, a link that ran out.
    assert [world.count(one.context, *seen) for one in (given.holder, second, third)] == [1, 1, 0]
    end("protectionname", "person_id = %s AND membership_id = %s", person, given.holder.membership_id)
    assert [world.count(one.context, *seen) for one in (given.holder, second, third)] == [0, 1, 0]
    assert world.rows(second.context, lists, bo) == [(second.membership_id,)]
    end("protection", "person_id = %s", person)
    assert [world.count(one.context, *seen) for one in (given.holder, second, third)] == [1, 1, 1]
    assert world.rows(second.context, lists, bo) == []
    end("summerstaff", "round_id = %s AND membership_id = %s", given.id, third.membership_id)
    assert [world.count(one.context, *seen) for one in (given.holder, second, third)] == [1, 1, 0]
    assert _ask(second.context, "people_summer_name_on_list", bo, third.membership_id, "x") == "cannot_be_on_case"
    end("summerlink", "digest = %s", summer_links.digest(mine.token))
    with pytest.raises(Refused, match=r"[Ll]änk"):
        summer_links.find(mine.token)


@pytest.mark.django_db(transaction=True)
def test_nobody_presses_ahead_of_time_but_where_time_is_invented(owner: Any) -> None:
    given = summer.planned()
    summer.begin_now(given)
    summer.applies(given, "Kim", age=18, only_first=True)
    summer.draw(given)
    summer_placing.place_all(by=given.holder.context, round_id=given.id)
    held, mine = summer.starts(given, "Kim"), given.links["Kim"]
    summer_attendance.press(by=mine.by, link=mine, presses=[Press(uuid4(), held, True, summer.yesterday_at(9))])
    by = given.holder.context
    soon = (timezone.now() + timedelta(hours=1)).isoformat()
    press = test_summer_guarantees.row_of(by, "punch", "placement_id = %s", held) | {
        "pressed_by": "staff",
        "pressed_at": soon,
    }
    owner.execute("DELETE FROM audit_timetravel")
    try:
        assert test_summer_guarantees.copied(by, "punch", press) == "summer_in_the_future"
    finally:
        owner.execute("INSERT INTO audit_timetravel (why, since) VALUES ('tests', now())")
    assert test_summer_guarantees.copied(by, "punch", press) == ""
