"""How much each team has: the own area's participants by phase, and a bare number over all areas for its members."""

import pytest

from samkraft.audit.actions import transactions
from samkraft.people.actions import exits, phases
from samkraft.people.queries import team_loads
from samkraft.people.queries.team_loads import TeamLoad
from tests.factories import joint_work
from tests.factories.joint_work import Way
from tests.factories.partners import Member

pytestmark = pytest.mark.django_db


def loads(way: Way, by: Member) -> list[TeamLoad]:
    with transactions.read(by.context):
        return team_loads.of_initiative(by.context, way.setting.initiative_id, today=way.today)


def test_each_area_counts_its_own_by_phase_and_the_whole_is_a_bare_number_for_members() -> None:
    made = joint_work.setting()
    joint_work.another_team(made)
    first, second = joint_work.begun(made, made.social), joint_work.begun(made, made.social)
    hidden = joint_work.begun(made, made.officer)
    phases.move(
        by=made.social.context, person_id=second.person_id, number=2, since=second.today, reason="Klar", at=second.at
    )
    four, five = loads(first, made.social)
    assert (four.name, four.places, four.in_phase, four.known) == ("Team 4", 150, {1: 1, 2: 1}, 2)
    assert (four.total, four.free) == (3, 147), "the other area's is in the number and nowhere else"
    assert (five.name, five.in_phase, five.total, five.free) == ("Team 5", {}, None, None)
    (theirs, _) = loads(hidden, made.officer)
    assert theirs.in_phase == {1: 1}
    (outside, _) = loads(first, made.outsider)
    assert (outside.in_phase, outside.total) == ({}, None)


def test_who_has_left_is_no_longer_counted_by_phase() -> None:
    made = joint_work.setting()
    way = joint_work.begun(made, made.social)
    left = {"outcome": "moved", "left_on": way.today.isoformat()}
    exits.leave(by=made.social.context, person_id=way.person_id, left=left, at=way.at)
    (team,) = loads(way, made.social)
    assert team.in_phase == {}
