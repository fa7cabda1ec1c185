"""Who may know what of a place: those on the case in the own area all of it, the coordinator a code, the provider a code and
what was told, everybody else numbers. Asked through the queries and in raw SQL, as each of them.
"""

from datetime import time, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from samkraft.offer.actions import occasions
from samkraft.offer.models import Session
from samkraft.partners.rules.organisations import OrganisationKind
from samkraft.partners.rules.roles import Role
from samkraft.people.actions import attendance, protection
from samkraft.people.actions.places import place_coordination, place_sessions, places
from samkraft.people.queries.places import place_lists
from samkraft.people.rules.places.place_states import State
from tests.factories import joint_work, partners, refusals, signed_in
from tests.factories import places as made
from tests.factories.joint_work import Way
from tests.people import matrix, world

pytestmark = pytest.mark.django_db
TABLES = (
    "people_placeentry", "people_placehold", "people_placeevent", "people_placedisclosure", "people_attendance",
    "people_placeresult",
)  # fmt: skip
CANARY = "Haddad-Lund"


class Given:
    """A person of the employment service with a given place and a session ahead, and everybody who could ask."""

    def __init__(self, *, number: Any = None, **said: Any) -> None:
        self.offered = made.offered(**said)
        self.officer = self.offered.setting.officer
        self.way: Way = joint_work.begun(self.offered.setting, self.officer, number=number)
        self.entry = places.join(
            by=self.officer.context, person_id=self.way.person_id, activity_id=self.offered.activity_id, at=self.way.at
        )
        self.occasion = self.offered.occasion(self.way, places=2)
        self.offered.open(self.way, self.occasion)
        self.hold = made.hold_of(self.way, self.officer)

    def take(self) -> None:
        places.answer(
            by=self.officer.context, person_id=self.way.person_id, hold_id=self.hold.id, accepts=True, at=self.way.at
        )
        places.decide(
            by=self.officer.context, hold_id=self.hold.id, granted=True, number="AF-7", decided_date=self.way.today,
            at=self.way.at,
        )  # fmt: skip

    def session(self) -> Session:
        occasions.plan_weekly(
            by=self.offered.coordinator.context, occasion_id=self.occasion, weekdays=(1,), starts=time(9), ends=time(12),
            at=self.way.at,
        )  # fmt: skip
        return Session.objects.order_by("starts_at")[0]

    def tell(self, receiver: str, *fields: str, **more: Any) -> Any:
        return places.disclose(
            by=self.officer.context, person_id=self.way.person_id, entry_id=self.entry, receiver=receiver, fields=fields,
            shown_how="together", shown_date=self.way.today, at=self.way.at, **more,
        )  # fmt: skip


def test_in_raw_sql_only_those_on_the_case_in_the_own_area_find_anything() -> None:
    given = Given()
    given.take()
    setting = given.offered.setting
    others = [setting.social, setting.outsider, setting.leader, given.offered.coordinator, given.offered.provider]
    others += [partners.member(Role.DATA_PROTECTION_OFFICER), partners.member(Role.EMPLOYER, "foretaget")]
    assert world.count(given.officer.context, "people_placeentry") == 1
    assert world.count(given.officer.context, "people_placeevent") == 4
    found = {(one.name, table) for one in others for table in TABLES if world.count(one.context, table)}
    assert found == set()
    assert {table for table in TABLES if world.count(None, table)} == set()


def _everybody(given: Given) -> dict[str, Any]:
    """Who asks, by the row of the matrix."""
    setting = given.offered.setting
    joint_work.join(given.way, given.officer, setting.labour)
    return {
        "officer_on_the_case": given.officer,
        "colleague_not_on_it": joint_work.colleague(setting, given.officer),
        "another_area_on_the_case": setting.labour,
        "coordinator_of_it": given.offered.coordinator,
        "coordinator_of_another": partners.member(Role.PLACE_COORDINATOR, "gvn", name="Per Plats"),
        "provider_of_it": given.offered.provider,
        "provider_of_another": partners.member(Role.PROVIDER, "annan-utforare"),
        "employer": partners.member(Role.EMPLOYER, "foretaget"),
        "main_project_leader": setting.leader,
        "data_protection_officer": partners.member(Role.DATA_PROTECTION_OFFICER),
    }


def _cells(given: Given, member: Any, session_id: Any) -> dict[str, Any]:
    """What one who asks is answered, by the column of the matrix."""
    activity = given.offered.activity_id
    return {
        "rows": {table: world.count(member.context, table) for table in TABLES if world.count(member.context, table)},
        "queue": made.asked(member, place_lists.queue, activity),
        "roll": made.asked(member, place_lists.roll, session_id),
        "numbers": made.asked(member, place_lists.numbers) + made.asked(member, place_lists.waiting),
        "deciding": made.asked(member, place_lists.to_decide),
    }


def test_who_may_know_what_of_a_place_is_what_the_matrix_says() -> None:
    """Each asker, each question, in raw SQL and by the queries; before anything is told, when a name is, and to nobody."""
    given = Given()
    session = given.session()
    asks = _everybody(given)
    written = matrix.table(matrix.PLACES)
    assert set(written) == {*asks, "nobody"}
    places.answer(
        by=given.officer.context, person_id=given.way.person_id, hold_id=given.hold.id, accepts=True, at=given.way.at
    )
    undecided = {who: _cells(given, member, session.id)["deciding"] for who, member in asks.items()}
    places.decide(
        by=given.officer.context, hold_id=given.hold.id, granted=True, number="AF-7", decided_date=given.way.today,
        at=given.way.at,
    )  # fmt: skip
    wrong: list[Any] = []
    for told in (False, True):
        for who, member in asks.items():
            found = _cells(given, member, session.id) | {"deciding": undecided[who]}
            seen = {column: "R" if found[column] else "-" for column in found}
            expected = {column: mark for column, mark in written[who].items() if column != "name"}
            wrong += [(who, told, column) for column in expected if seen[column] != expected[column]]
            outside = {column: said for column, said in found.items() if column != "rows"}
            if (CANARY in repr(outside)) != (told and written[who]["name"] == "T"):
                wrong.append((who, told, "name"))
        for receiver in ("coordinator", "provider"):
            given.tell(receiver, "name")
    assert wrong == []
    assert not any(world.count(None, table) for table in TABLES)


def test_the_coordinator_and_the_provider_are_told_a_code_until_the_person_has_seen_what_more_is_told() -> None:
    given = Given()
    given.take()
    session = given.session()
    coordinator, provider = given.offered.coordinator, given.offered.provider
    queue = made.asked(coordinator, place_lists.queue, given.offered.activity_id)
    assert [row.told for row in queue] == [{}]
    assert str(given.way.person_id) not in repr(queue)
    assert CANARY not in repr(queue)
    assert made.asked(provider, place_lists.queue, given.offered.activity_id) == []
    assert made.asked(coordinator, place_lists.roll, session.id) == []
    another = partners.member(Role.PROVIDER, "annan-utforare")
    given.tell("provider", "name", "language")
    assert made.asked(another, place_lists.roll, session.id) == []
    assert made.asked(coordinator, place_lists.queue, given.offered.activity_id)[0].told == {}
    told = made.asked(provider, place_lists.roll, session.id)[0].told
    assert told == {"name": f"Amira {CANARY}", "language": "arabiska"}
    given.tell("coordinator", "interpreter")
    assert made.asked(coordinator, place_lists.queue, given.offered.activity_id)[0].told == {"interpreter": True}


def test_a_protected_person_keeps_the_place_and_loses_the_name_at_the_next_statement() -> None:
    given = Given()
    given.take()
    session = given.session()
    given.tell("provider", "name")
    protection.protect(by=given.officer.context, person_id=given.way.person_id, level="marked", membership_ids=[])
    assert [(row.hold_id, row.told) for row in made.asked(given.offered.provider, place_lists.roll, session.id)] == [
        (given.hold.id, {})
    ]
    with refusals.refused("protected_without_name"):
        given.tell("provider", "name")
    given.tell("provider", "interpreter")
    assert made.asked(given.offered.provider, place_lists.roll, session.id)[0].told == {"interpreter": True}
    assert made.state(given.way, given.officer) is State.GIVEN, "the named list works fully"
    other = given.offered.setting.outsider
    assert world.count(other.context, "people_placehold") == 0


def test_a_coordinator_is_told_who_said_no_lately_and_nobody_else_is() -> None:
    """So that a free place beside somebody who waits has its reason; what the reason for the no was is not told."""
    given = Given(start_form="running")
    places.answer(
        by=given.officer.context, person_id=given.way.person_id, hold_id=given.hold.id, accepts=False, reason_code="time",
        at=given.way.at,
    )  # fmt: skip
    coordinator = given.offered.coordinator
    (rest,) = made.asked(coordinator, place_lists.resting, given.occasion).values()
    assert rest.because == "declined"
    assert rest.until - given.way.moment > timedelta(days=13, hours=23)
    others = [
        given.officer, given.offered.provider, given.offered.setting.leader,
        partners.member(Role.PLACE_COORDINATOR, "gvn", name="Per Plats"),
    ]  # fmt: skip
    assert [made.asked(one, place_lists.resting, given.occasion) for one in others] == [{}] * 4
    places.leave(
        by=given.officer.context, person_id=given.way.person_id, entry_id=given.entry, reason_code="other", at=given.way.at
    )  # fmt: skip
    assert made.asked(coordinator, place_lists.resting, given.occasion) == {}, "who has left the queue rests no more"
    with_a_place = Given()
    assert made.asked(with_a_place.offered.coordinator, place_lists.resting, with_a_place.occasion) == {}


def test_what_is_told_must_have_been_shown_and_comes_from_the_card_alone() -> None:
    given = Given()
    with refusals.refused("place_not_given"):
        _without_hold(given)
    with refusals.refused("not_shown"):
        places.disclose(
            by=given.officer.context, person_id=given.way.person_id, entry_id=given.entry, receiver="coordinator",
            fields=["name"], shown_how="paper", shown_date=given.way.today + timedelta(days=2), at=given.way.at,
        )  # fmt: skip
    with refusals.refused("place_unknown_field"):
        given.tell("coordinator", "reason")
    with refusals.refused("same_area"):
        given.tell("decider", to_area_id=given.officer.area_id)


def _without_hold(given: Given) -> None:
    places.answer(
        by=given.officer.context, person_id=given.way.person_id, hold_id=given.hold.id, accepts=False, reason_code="time",
        at=given.way.at,
    )  # fmt: skip
    given.tell("provider", "name")


def test_a_place_that_another_authority_decides_waits_for_it_and_tells_it_only_what_was_told() -> None:
    given = Given(decided_by="labour_market_secretary")
    labour = given.offered.setting.labour
    joint_work.join(given.way, given.officer, labour)
    places.answer(
        by=given.officer.context, person_id=given.way.person_id, hold_id=given.hold.id, accepts=True, at=given.way.at
    )
    decided = {"hold_id": given.hold.id, "granted": True, "decided_date": given.way.today}
    with refusals.refused("not_your_decision"):
        places.decide(by=given.officer.context, **decided, at=given.way.at)
    with refusals.refused("not_found"):
        places.decide(by=labour.context, **decided, at=given.way.at)
    assert made.asked(labour, place_lists.to_decide) == []
    given.tell("decider", to_area_id=labour.area_id)
    waits = made.asked(labour, place_lists.to_decide)
    assert [(one.hold_id, one.is_own, one.told) for one in waits] == [(given.hold.id, False, {})]
    outsider = partners.member(Role.LABOUR_MARKET_SECRETARY, "ama", name="Ute Stängd")
    assert made.asked(outsider, place_lists.to_decide) == []
    places.decide(by=labour.context, **decided, at=given.way.at)
    assert made.state(given.way, given.officer) is State.GIVEN
    assert world.count(labour.context, "people_placehold") == 0


def test_who_does_not_coordinate_opens_cuts_and_cancels_nothing_and_a_miss_is_answered_like_a_hit() -> None:
    given = Given()
    reason = "Ett tillräckligt långt skäl"
    for by in (given.officer.context, given.offered.provider.context, partners.by(Role.PLACE_COORDINATOR, "gvn")):
        may = by.role != Role.PROVIDER.value
        for occasion in (given.occasion, uuid4()):
            code = "not_coordinator" if may else "not_allowed"
            with refusals.refused(code):
                place_coordination.open_offering(by=by, occasion_id=occasion)
            with refusals.refused(code):
                place_coordination.cancel(by=by, occasion_id=occasion, reason=reason)
            with refusals.refused(code):
                place_coordination.resize(by=by, occasion_id=occasion, places=1)
            with refusals.refused(code):
                place_coordination.put_before(by=by, occasion_id=occasion, entry_id=given.entry, reason=reason)
    stranger = given.offered.setting.social
    assert made.asked(stranger, place_lists.before, given.entry) is None
    assert made.asked(stranger, place_lists.before, uuid4()) is None


def test_bad_input_is_refused_with_the_way_out() -> None:
    given = Given()
    coordinator = given.offered.coordinator.context
    given.take()
    with refusals.refused("places_are_held"):
        place_coordination.resize(
            by=coordinator, occasion_id=given.occasion, places=0, take_back=True, reason="Lokalen är för liten"
        )
    with refusals.refused("already_in_queue"):
        places.join(
            by=given.officer.context,
            person_id=given.way.person_id,
            activity_id=given.offered.activity_id,
            at=given.way.at,
        )
    session = given.session()
    day = given.way.today - timedelta(days=3)
    with refusals.refused("session_in_the_past"):
        place_sessions.move(
            by=coordinator, session_id=session.id, day=day, starts=time(9), ends=time(12), at=given.way.at
        )
    with refusals.refused("not_there"):
        attendance.note(
            by=given.offered.provider.context, session_id=session.id, hold_id=uuid4(), presence="present",
            at=session.starts_at,
        )  # fmt: skip
    with refusals.refused("started_when"):
        places.start(
            by=given.officer.context,
            person_id=given.way.person_id,
            hold_id=given.hold.id,
            on=given.way.today,
            at=given.way.at,
        )


def test_no_name_surfaces_on_the_pages_of_the_coordinator_and_the_provider(client: Client) -> None:
    given = Given()
    given.take()
    session = given.session()
    signed_in.sign_in(client, given.offered.coordinator)
    texts = [
        client.get(address).content.decode()
        for address in (
            reverse("offer:home"), reverse("offer:occasion", args=[given.occasion]), reverse("offer:catalogue"),
            reverse("offer:waits"),
        )
    ]  # fmt: skip
    signed_in.sign_in(client, given.offered.provider)
    texts += [
        client.get(reverse(name, args=args)).content.decode()
        for name, args in (("offer:sessions", []), ("offer:roll", [session.id]))
    ]
    code = made.entry_of(given.way, given.officer).code
    assert code in texts[1]
    assert code in texts[5]
    assert not any(CANARY in text or str(given.way.person_id) in text for text in texts)


def test_another_providers_list_is_not_there(client: Client) -> None:
    given = Given()
    session = given.session()
    partners.organisation("annan-utforare", OrganisationKind.SUPPLIER)
    signed_in.sign_in(client, partners.member(Role.PROVIDER, "annan-utforare"))
    assert client.get(reverse("offer:roll", args=[session.id])).status_code == 404
    assert client.get(reverse("offer:roll_together", args=[session.id])).status_code == 404
    assert client.get(reverse("offer:home")).status_code == 403
