"""Places in the bodies that steer: given and ended by events, and how they decide whether a body can decide."""

from datetime import date, timedelta

import pytest

from samkraft.initiatives.actions import boards, meetings, resolutions
from samkraft.initiatives.queries import boards as queries
from samkraft.initiatives.queries import meetings as asked
from samkraft.initiatives.rules.meetings import Outcome
from samkraft.initiatives.rules.seats import Aside, BoardEventKind, SeatKind, why_not_with
from samkraft.partners.actions import memberships
from samkraft.partners.rules.roles import Role
from tests.factories import partners, refusals, steering
from tests.factories.partners import Member
from tests.factories.refusals import refused
from tests.factories.steering import AFTER, CALLED, DAY, Steered
from tests.once import Once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("steered")]
START = date(2024, 1, 1)


@pytest.fixture(scope="module")
def steered(once: Once[Steered]) -> Steered:
    return once(steering.steered)


def _seat(steered: Steered, who: Member, kind: SeatKind = SeatKind.MEMBER, **more: object) -> object:
    settled: dict[str, object] = {"start_date": START, **more}
    return boards.give_seat(
        by=steered.by, at=CALLED + timedelta(hours=1), board_id=steered.board_id, membership_id=who.membership_id, kind=kind,
        **settled,  # type: ignore[arg-type]  # a test names fields as the action does
    )  # fmt: skip


def _ids(steered: Steered) -> dict[object, object]:
    return {one.membership_id: one.id for one in queries.seats([steered.board_id], on=DAY)}


def test_a_place_is_given_and_ended_and_the_body_keeps_what_happened(steered: Steered) -> None:
    who = partners.member(Role.STEERING_GROUP)
    seat_id = _seat(steered, who, SeatKind.DEPUTY, basis="Missiv 2024-01-01")
    boards.end_seat(by=steered.by, at=AFTER, seat_id=seat_id, last_day=DAY - timedelta(days=1), basis="Byter arbete")
    page = queries.page(steered.board_id, on=DAY)
    assert page is not None
    assert who.membership_id not in {one.membership_id for one in page.seats}
    assert [one.kind for one in page.earlier] == [SeatKind.DEPUTY]
    assert [(one.kind, one.basis) for one in page.history[:2]] == [
        (BoardEventKind.ENDED, "Byter arbete"), (BoardEventKind.SEATED, "Missiv 2024-01-01"),
    ]  # fmt: skip
    with refused("board_seat_ended"):
        boards.end_seat(by=steered.by, seat_id=seat_id, last_day=DAY)
    with refused("board_seat_not_begun"):
        boards.end_seat(by=steered.by, seat_id=seat_id, last_day=START - timedelta(days=1))


def test_a_place_is_refused_to_whoever_cannot_have_it(steered: Steered) -> None:
    with refused("board_seat_sees_nothing"):
        _seat(steered, partners.member(Role.EMPLOYMENT_OFFICER))
    with refused("board_seat_twice"):
        _seat(steered, steered.member)
    with refused("board_chair_taken"):
        _seat(steered, partners.member(Role.STEERING_GROUP), SeatKind.CHAIR)


def test_a_body_decides_only_when_enough_are_there_and_have_no_conflict_of_interest(steered: Steered) -> None:
    deputy = partners.member(Role.STEERING_GROUP)  # of the same organisation
    _seat(steered, deputy, SeatKind.DEPUTY)
    with refused("board_quorum_too_high"):
        boards.set_quorum(by=steered.by, at=CALLED, board_id=steered.board_id, quorum=3)
    boards.set_quorum(by=steered.by, at=CALLED, board_id=steered.board_id, quorum=2)
    ids = _ids(steered)
    chair, member, stands_in = (ids[one.membership_id] for one in (steered.chair, steered.member, deputy))
    meeting = steered.meeting()
    told, decided = steered.point(meeting, "Läget"), steered.point(meeting, "Fler platser")
    steered.decide(told, Outcome.NOTED)
    with refused("resolution_aside_without_reason"):
        steered.decide(decided, aside=[Aside(chair, " ")])
    steered.decide(decided, aside=[Aside(chair, "Äger lokalen")])
    minutes = {"by": steered.by, "at": AFTER, "meeting_id": meeting, "text": "Som det var."}
    for present in ((), (chair, member), (chair, stands_in)):
        with refused("meeting_without_quorum"):
            meetings.write_minutes(**minutes, present=present)
    with refused("meeting_seat_of_another_board"):
        meetings.write_minutes(**minutes, present=(meeting,))
    meetings.write_minutes(**minutes, present=(member, stands_in))


def test_a_deputy_counts_for_whoever_is_away_and_only_those_who_were_there_adjust(steered: Steered) -> None:
    deputy = partners.member(Role.STEERING_GROUP)  # of the same organisation
    _seat(steered, deputy, SeatKind.DEPUTY)
    boards.set_quorum(by=steered.by, at=CALLED, board_id=steered.board_id, quorum=2)
    ids = _ids(steered)
    there = [ids[steered.chair.membership_id], ids[deputy.membership_id]]
    meeting = steered.meeting()
    steered.decide(steered.point(meeting))
    meetings.write_minutes(by=steered.by, at=AFTER, meeting_id=meeting, text="Två var med.", present=there)
    page = asked.one(meeting, now=AFTER)
    assert page is not None
    assert page.minutes is not None
    assert set(page.minutes.present) == set(there)
    with refused("minutes_adjuster_not_there"):
        resolutions.adjust(by=steered.member.context, at=AFTER, meeting_id=meeting)
    resolutions.adjust(by=deputy.context, at=AFTER, meeting_id=meeting)


def test_whoever_evaluates_has_no_place_among_those_who_steer(steered: Steered) -> None:
    who = partners.member(Role.PROJECT_ECONOMIST)
    partners.member(Role.EVALUATOR, user_id=who.user_id)
    with refused("board_seat_conflict"):
        _seat(steered, who)


def test_whoever_steers_is_not_made_an_evaluator_now_or_by_a_longer_time(steered: Steered) -> None:
    who, giver = partners.member(Role.PROJECT_ECONOMIST), partners.member(Role.SYSTEM_ADMINISTRATOR)
    seat_id = _seat(steered, who)
    given = {
        "by": giver.context,
        "user_id": who.user_id,
        "organisation_id": giver.organisation_id,
        "area_id": giver.area_id,
    }
    met = refusals.of(memberships.give, **given, role="evaluator", start_date=DAY)
    assert met.reason.code == "role_against_a_seat"
    page = queries.page(steered.board_id, on=DAY)
    assert page is not None
    assert page.row.name in str(met)
    early = memberships.give(**given, role="evaluator", start_date=date(2023, 1, 2), last_date=date(2023, 12, 31))
    with refused("role_against_a_seat"):
        memberships.prolong(by=giver.context, membership_id=early, last_date=DAY)
    boards.end_seat(by=steered.by, at=AFTER, seat_id=seat_id, last_day=DAY)
    memberships.give(**given, role="evaluator", start_date=DAY + timedelta(days=1))


def test_the_database_keeps_apart_the_very_roles_that_the_rule_does() -> None:
    against = {role for role in Role if why_not_with([role])}
    assert against == {Role.EVALUATOR}  # the trigger names it; another such role needs the trigger too
