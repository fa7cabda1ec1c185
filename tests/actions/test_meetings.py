"""Meetings and what they decide: who may, what is refused, and that nothing binds before somebody else has adjusted."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from samkraft.initiatives.actions import boards, capacities, meetings, resolutions
from samkraft.initiatives.models import Team
from samkraft.initiatives.queries import keyed
from samkraft.initiatives.queries import meetings as asked
from samkraft.initiatives.queries import resolutions as decisions
from samkraft.initiatives.rules.capacities import Asked, Change
from samkraft.initiatives.rules.meetings import About, BoardKind, MeetingState, Outcome, Task
from samkraft.partners.rules.roles import Role
from tests.factories import partners, refusals, steering
from tests.factories.steering import AFTER, CALLED, DAY, HELD, Steered
from tests.once import Once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("steered")]


@pytest.fixture(scope="module")
def steered(once: Once[Steered]) -> Steered:
    return once(steering.steered)


def _capacity(steered: Steered, change: Change, **more: object) -> tuple[UUID, UUID]:
    """A meeting with one point about capacity."""
    meeting = steered.meeting()
    asked_for = Asked(change, date(2026, 4, 1), **more)  # type: ignore[arg-type]  # a test names fields as the rule does
    return meeting, steered.point(meeting, "Fler platser", about=About.CAPACITY, asked=asked_for)


def test_a_meeting_is_called_held_minuted_and_adjusted_by_another(steered: Steered) -> None:
    meeting = steered.meeting()
    point = steered.point(meeting)
    assert asked.one(meeting, now=CALLED).row.state is MeetingState.CALLED
    assert refusals.code_of(steered.decide, point, at=CALLED) == "meeting_not_yet_held"
    assert asked.one(meeting, now=AFTER).row.state is MeetingState.HELD
    write = {"by": steered.by, "at": AFTER, "meeting_id": meeting, "text": "Alla var med."}
    assert refusals.code_of(meetings.write_minutes, **write) == "minutes_with_undecided"
    steered.decide(point)
    assert refusals.code_of(steered.decide, point) == "agenda_decided_already"
    adjust = {"at": AFTER, "meeting_id": meeting}
    assert refusals.code_of(resolutions.adjust, by=steered.chair.context, **adjust) == "minutes_nothing_to_adjust"
    meetings.write_minutes(**write)
    assert refusals.code_of(meetings.write_minutes, **write) == "minutes_wait_for_adjusting"
    assert [one.id for one in asked.waiting(now=AFTER, membership_id=steered.chair.membership_id)] == [meeting]
    assert refusals.code_of(resolutions.adjust, by=steered.by, **adjust) == "not_allowed"
    stranger = partners.member(Role.STEERING_GROUP)
    assert refusals.code_of(resolutions.adjust, by=stranger.context, **adjust) == "minutes_without_seat"
    meetings.return_minutes(by=steered.member.context, at=AFTER, meeting_id=meeting, reason="Punkt 1 saknar belopp")
    assert asked.one(meeting, now=AFTER).row.state is MeetingState.HELD
    meetings.write_minutes(**{**write, "at": AFTER + timedelta(hours=1)})
    resolutions.adjust(by=steered.chair.context, at=AFTER + timedelta(hours=2), meeting_id=meeting)
    assert asked.one(meeting, now=AFTER).row.state is MeetingState.ADJUSTED
    assert refusals.code_of(resolutions.adjust, by=steered.chair.context, **adjust) == "minutes_stand"
    assert refusals.code_of(steered.point, meeting) == "minutes_stand"


def test_decisions_are_numbered_within_the_year_of_each_body(steered: Steered) -> None:
    other = boards.add(
        by=steered.by, initiative_id=steered.initiative_id, kind=BoardKind.COORDINATION, name="FINSAM", prefix="FIN"
    )
    for held in (HELD, HELD + timedelta(days=300)):
        meeting = steered.meeting(held=held)
        for title in ("Ett", "Två"):
            steered.decide(steered.point(meeting, title), Outcome.NOTED, at=held + timedelta(hours=1))
    elsewhere = steered.meeting(board_id=other)
    steered.decide(steered.point(elsewhere), Outcome.NOTED)
    numbers = {one.number for one in decisions.of_initiative(steered.initiative_id)}
    assert numbers == {"STY 2026:1", "STY 2026:2", "STY 2027:1", "STY 2027:2", "FIN 2026:1"}


def test_what_shall_be_done_comes_into_the_year_wheel_when_the_minutes_are_adjusted(steered: Steered) -> None:
    body = partners.organisation("gvn")
    meeting = steered.meeting()
    task = Task("Lämna en plan för vägledningen", body, date(2026, 5, 1))
    early = Task("Lämna en plan", body, DAY - timedelta(days=1))
    point = steered.point(meeting)
    assert refusals.code_of(steered.decide, point, tasks=[early]) == "resolution_task_in_the_past"
    decision = steered.decide(point, tasks=[task])
    prefix = [f"resolution:{decision}"]
    assert keyed.beginning(prefixes=prefix, today=DAY) == []
    steered.adjust(meeting)
    (duty,) = keyed.beginning(prefixes=prefix, today=DAY)
    assert (duty.row.title, duty.row.body_id, duty.row.due_date, duty.row.binding) == (
        task.title,
        body,
        task.due_date,
        True,
    )
    assert duty.row.link == f"/laget/insats/beslut/{decision}/"
    assert duty.row.basis == "Styrgruppen, STY 2026:1"


def test_capacity_changes_only_by_an_adjusted_decision_and_once(steered: Steered) -> None:
    meeting, point = _capacity(steered, Change.PLACES, team_id=steered.led.team_id, places=180)
    decision = steered.decide(point)
    carry = {"by": steered.by, "at": AFTER, "resolution_id": decision}
    assert refusals.code_of(capacities.carry_out, **carry) == "capacity_not_adjusted"
    steered.adjust(meeting)
    assert decisions.one(decision).waits_for_change
    assert refusals.code_of(capacities.carry_out, **{**carry, "by": steered.chair.context}) == "not_allowed"
    capacities.carry_out(**carry)
    assert Team.objects.get(id=steered.led.team_id).places == 180
    assert refusals.code_of(capacities.carry_out, **carry) == "capacity_done_already"
    (told,) = decisions.changes(steered.initiative_id)
    assert (told.number, told.change.places_before, told.change.places_after) == ("STY 2026:1", 150, 180)


def test_a_team_opens_and_another_closes_by_decision(steered: Steered) -> None:
    meeting, opening = _capacity(steered, Change.OPEN, name="Team 2", places=120)
    closing = steered.point(
        meeting,
        "Stäng",
        about=About.CAPACITY,
        asked=Asked(Change.CLOSE, date(2026, 9, 30), team_id=steered.led.team_id),
    )
    made = [steered.decide(point) for point in (opening, closing)]
    steered.adjust(meeting)
    opened = capacities.carry_out(by=steered.by, at=AFTER, resolution_id=made[0])
    capacities.carry_out(by=steered.by, at=AFTER, resolution_id=made[1])
    assert Team.objects.get(id=opened).number == 2
    assert Team.objects.get(id=steered.led.team_id).period.upper == date(2026, 10, 1)


def test_the_meeting_may_order_another_change_than_was_proposed(steered: Steered) -> None:
    meeting, point = _capacity(steered, Change.PLACES, team_id=steered.led.team_id, places=180)
    other = Asked(Change.PLACES, date(2026, 4, 1), steered.led.team_id, places=165)
    decision = steered.decide(point, Outcome.CHANGED, ordered=other)
    steered.adjust(meeting)
    capacities.carry_out(by=steered.by, at=AFTER, resolution_id=decision)
    assert Team.objects.get(id=steered.led.team_id).places == 165


def test_a_refused_change_is_never_carried_out(steered: Steered) -> None:
    meeting, point = _capacity(steered, Change.PLACES, team_id=steered.led.team_id, places=180)
    decision = steered.decide(point, Outcome.REJECTED)
    steered.adjust(meeting)
    assert refusals.code_of(capacities.carry_out, by=steered.by, resolution_id=decision) == "capacity_not_decided"
    assert not decisions.one(decision).waits_for_change


def test_a_body_that_is_only_told_does_not_bind(steered: Steered) -> None:
    told = boards.add(
        by=steered.by, initiative_id=steered.initiative_id, kind=BoardKind.AGREEMENT, name="SÖK", prefix="SÖK"
    )
    meeting = steered.meeting(board_id=told)
    change = Asked(Change.PLACES, date(2026, 4, 1), steered.led.team_id, places=180)
    point = steered.point(meeting, "Fler platser", about=About.CAPACITY, asked=change)
    assert refusals.code_of(steered.decide, point) == "board_may_not_bind"
    steered.decide(point, Outcome.NOTED)


def test_a_change_says_what_it_would_be(steered: Steered) -> None:
    meeting = steered.meeting()
    for asked_for, code in (
        (Asked(Change.PLACES, DAY, None, places=10), "capacity_without_team"),
        (Asked(Change.OPEN, DAY, None, " ", 10), "capacity_without_name"),
        (Asked(Change.OPEN, DAY, None, "Team 2", 0), "capacity_without_places"),
    ):
        assert refusals.code_of(steered.point, meeting, "Fler", about=About.CAPACITY, asked=asked_for) == code
    point = steered.point(meeting, "Fler", about=About.CAPACITY)
    assert refusals.code_of(steered.decide, point) == "agenda_nothing_to_bind"


def test_a_meeting_is_moved_or_cancelled_with_a_reason_before_it_begins(steered: Steered) -> None:
    meeting = steered.meeting()
    move = {"by": steered.by, "at": CALLED, "meeting_id": meeting, "starts_at": HELD + timedelta(days=7)}
    assert refusals.code_of(meetings.move, **move, reason=" ") == "meeting_without_reason"
    assert (
        refusals.code_of(meetings.move, **{**move, "starts_at": CALLED - timedelta(days=1)}, reason="x")
        == "meeting_in_the_past"
    )
    meetings.move(**move, reason="Ordföranden är bortrest")
    row = asked.one(meeting, now=CALLED).row
    assert (row.first_at, row.starts_at) == (HELD, HELD + timedelta(days=7))
    meetings.cancel(by=steered.by, at=CALLED, meeting_id=meeting, reason="För få kan")
    assert asked.one(meeting, now=AFTER).row.state is MeetingState.CANCELLED
    assert refusals.code_of(meetings.move, **move, reason="x") == "meeting_cancelled"
    assert refusals.code_of(steered.meeting, held=CALLED - timedelta(days=1)) == "meeting_in_the_past"


def test_the_same_pack_is_attached_once(steered: Steered) -> None:
    meeting = steered.meeting()
    for digest in ("a" * 64, "a" * 64, "b" * 64):
        meetings.attach_pack(by=steered.by, at=CALLED, meeting_id=meeting, run=4, digest=digest)
    page = asked.one(meeting, now=CALLED)
    assert sorted(one.pack_digest[0] for one in page.history) == ["a", "b"]  # both of one moment


def test_only_who_leads_the_initiative_holds_its_meetings(steered: Steered) -> None:
    other = partners.member(Role.SUBPROJECT_LEADER)
    assert (
        refusals.code_of(meetings.call, by=other.context, board_id=steered.board_id, starts_at=HELD)
        == "team_not_your_initiative"
    )
    assert (
        refusals.code_of(meetings.call, by=steered.chair.context, board_id=steered.board_id, starts_at=HELD)
        == "not_allowed"
    )
    seat = {"board_id": steered.board_id, "membership_id": steered.chair.membership_id, "start_date": DAY}
    assert refusals.code_of(boards.give_seat, by=steered.by, **seat) == "board_seat_twice"
    same = {"initiative_id": steered.initiative_id, "kind": BoardKind.STEERING, "name": "styrgruppen", "prefix": "S"}
    assert refusals.code_of(boards.add, by=steered.by, **same) == "board_name_taken"
