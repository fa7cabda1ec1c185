"""Random joins, offers, answers, lapses, cuts, cancellations and those who are put before others: whatever happens, no place
is held twice, and nobody is passed over in silence. Each history is gone through again by rules that know no database.
"""

import contextlib
import random
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from samkraft.audit.actions import transactions
from samkraft.offer.actions import activities
from samkraft.people.actions import attendance
from samkraft.people.actions.places import place_coordination, places
from samkraft.people.models import PlaceHold
from samkraft.people.queries.places import place_lists, place_proof
from samkraft.people.rules.places.place_replays import Fault
from samkraft.people.rules.places.place_states import State
from samkraft.values.refusal import Refused
from tests.factories import joint_work, refusals
from tests.factories import places as made
from tests.factories.places import Offered

pytestmark = pytest.mark.django_db
CRITERIA = ("twelve_months", "both_supports", "rule_limit")


class Drive:
    """One random history. `deeds` counts what was done, and what was refused."""

    def __init__(self, seed: int, people: int = 14) -> None:
        self.chance = random.Random(seed)
        self.offered: Offered = made.offered(start_form=self.chance.choice(("joint", "running")))
        officer = self.offered.setting.officer
        self.ways = [joint_work.begun(self.offered.setting, officer) for _ in range(people)]
        self.clock = max(way.moment for way in self.ways)
        self.occasions: list[UUID] = []
        self.deeds: dict[str, int] = {}
        self.officer, self.coordinator = officer, self.offered.coordinator
        self.add_occasion()
        for _ in range(10):
            with contextlib.suppress(Refused):
                self.join()

    @property
    def now(self) -> Any:
        self.clock += timedelta(minutes=self.chance.randint(1, 600))
        return self.clock

    def one_way(self) -> joint_work.Way:
        way = self.chance.choice(self.ways)
        way.moment = self.clock
        return way

    def add_occasion(self) -> None:
        way = self.one_way()
        found = self.offered.occasion(way, places=self.chance.randint(1, 4), starts_in=self.chance.randint(15, 60))
        self.occasions.append(found)
        self.clock = max(self.clock, way.moment)
        if self.chance.random() < 0.8:
            place_coordination.open_offering(by=self.coordinator.context, occasion_id=found, at=self.now)

    def join(self) -> None:
        places.join(
            by=self.officer.context, person_id=self.one_way().person_id, activity_id=self.offered.activity_id,
            occasion_id=self.chance.choice([None, None, *self.occasions]),
            not_before=self.clock.date() + timedelta(days=self.chance.randint(-5, 30)) if self.chance.random() < 0.3 else None,
            criteria=[one for one in CRITERIA if self.chance.random() < 0.2], at=self.now,
        )  # fmt: skip

    def live(self) -> PlaceHold | None:
        with transactions.read(self.officer.context):
            found = list(PlaceHold.objects.filter(released_at=None).order_by("offered_at", "id"))
        return self.chance.choice(found) if found else None

    def answer(self) -> None:
        if hold := self.live():
            places.answer(
                by=self.officer.context, person_id=hold.person_id, hold_id=hold.id, accepts=self.chance.random() < 0.5,
                reason_code=self.chance.choice(("time", "far", "health")), stays=self.chance.random() < 0.7, at=self.now,
            )  # fmt: skip

    def decide(self) -> None:
        if hold := self.live():
            places.decide(
                by=self.officer.context, hold_id=hold.id, granted=self.chance.random() < 0.8, number="AF-1",
                decided_date=self.clock.date(), reason="Uppfyller inte villkoren", at=self.now,
            )  # fmt: skip

    def leave(self) -> None:
        way = self.one_way()
        try:
            entry = made.entry_of(way, self.officer)
        except IndexError:
            return
        places.leave(
            by=self.officer.context, person_id=way.person_id, entry_id=entry.id, reason_code="work", at=self.now
        )

    def begin_and_end(self) -> None:
        if hold := self.live():
            with transactions.read(self.officer.context):
                first = hold.occasion.starts_on
            self.clock = max(self.clock, self.clock + (first - self.clock.date()) + timedelta(days=1))
            places.start(by=self.officer.context, person_id=hold.person_id, hold_id=hold.id, on=first, at=self.now)
            if self.chance.random() < 0.6:
                places.finish(
                    by=self.officer.context,
                    person_id=hold.person_id,
                    hold_id=hold.id,
                    on=first,
                    outcomes={},
                    at=self.now,
                )

    def wait_long(self) -> None:
        self.clock += timedelta(days=self.chance.randint(1, 6))
        place_coordination.open_offering(
            by=self.coordinator.context, occasion_id=self.chance.choice(self.occasions), at=self.now
        )

    def cut(self) -> None:
        place_coordination.resize(
            by=self.coordinator.context, occasion_id=self.chance.choice(self.occasions), places=self.chance.randint(1, 6),
            take_back=self.chance.random() < 0.5, reason="Lokalen är mindre än vi trodde.", at=self.now,
        )  # fmt: skip

    def cancel(self) -> None:
        place_coordination.cancel(
            by=self.coordinator.context, occasion_id=self.chance.choice(self.occasions), reason="För få har sagt ja.",
            at=self.now,
        )  # fmt: skip

    def put_before(self) -> None:
        waiting = [
            row for row in made.asked(self.coordinator, place_lists.queue, self.offered.activity_id) if row.place
        ]
        if waiting:
            place_coordination.put_before(
                by=self.coordinator.context, occasion_id=self.chance.choice(self.occasions),
                entry_id=self.chance.choice(waiting).entry_id, reason="Har ett arbete som väntar.", at=self.now,
            )  # fmt: skip

    def new_rule(self) -> None:
        activities.decide_priority(
            by=self.offered.setting.leader.context, activity_id=self.offered.activity_id,
            classes={one: self.chance.randint(1, 3) for one in CRITERIA}, start_date=self.clock.date() + timedelta(days=1),
            reference="Styrgruppen", at=self.now,
        )  # fmt: skip

    def step(self) -> None:
        many = (
            [self.join] * 12 + [self.answer] * 7 + [self.decide] * 4 + [self.leave] * 3 + [self.begin_and_end]
            + [self.wait_long, self.cut, self.put_before] * 2 + [self.add_occasion] * 4
            + [self.cancel, self.new_rule]
        )  # fmt: skip
        deed = self.chance.choice(many)
        name = deed.__name__
        try:
            deed()
        except Refused as refused:
            name = f"{name}: {refused.reason.code}"
        self.deeds[name] = self.deeds.get(name, 0) + 1

    def checked(self) -> place_proof.Checked:
        """Every person is on the officer's case, so the officer sees every row."""
        with transactions.read(self.officer.context):
            return place_proof.of_activity(self.offered.activity_id)


@pytest.mark.parametrize("seed", range(2))
def test_no_place_is_held_twice_and_nobody_is_passed_in_silence(seed: int) -> None:
    drive = Drive(seed)
    for number in range(110):
        drive.step()
        if number % 20 == 19:
            assert drive.checked().findings == (), (seed, number, drive.deeds)
    told = drive.checked()
    assert told.findings == ()
    assert told.entries > 8, drive.deeds  # what happens depends on who came to be whom
    assert told.offers > 10, drive.deeds


def test_who_joins_beside_a_free_place_is_offered_it_at_once_and_the_step_knows() -> None:
    """Two deeds, and both are done when the action returns; the second to come finds nothing to give."""
    offered = made.offered()
    officer = offered.setting.officer
    ways = [joint_work.begun(offered.setting, officer) for _ in range(2)]
    ways[1].moment = ways[0].moment
    offered.open(ways[0], offered.occasion(ways[0], places=1))
    steps = [way.step(officer, "Språkpraktik", step_kind="workplace") for way in ways]
    for way, step in zip(ways, steps, strict=True):
        places.join(by=officer.context, person_id=way.person_id, activity_id=offered.activity_id, step=step, at=way.at)
    assert [made.state(way, officer) for way in ways] == [State.OFFERED, State.WAITING]
    waits = [
        next(one.content for one in reversed(way.held(officer)) if one.lineage == step)["waits_on"]["who"]
        for way, step in zip(ways, steps, strict=True)
    ]
    assert waits == ["participant", "body"], "the one has an answer to give, the other waits for a place"


def test_who_is_put_before_others_is_seen_by_those_who_are_passed() -> None:
    """With the reason, each in their own row; so the history holds."""
    offered = made.offered()
    officer = offered.setting.officer
    ways = [joint_work.begun(offered.setting, officer) for _ in range(3)]
    for way in ways:
        places.join(by=officer.context, person_id=way.person_id, activity_id=offered.activity_id, at=way.at)
    occasion = offered.occasion(ways[0], places=1)
    place_coordination.put_before(
        by=offered.coordinator.context, occasion_id=occasion, entry_id=made.entry_of(ways[2], officer).id,
        reason="Har ett arbete som väntar.", at=ways[0].after(1),
    )  # fmt: skip
    with transactions.read(officer.context):
        assert place_proof.of_activity(offered.activity_id).findings == ()
        rows = list(place_proof.PlaceEvent.objects.filter(kind="passed"))
    assert len(rows) == 2
    assert all(row.reason == "Har ett arbete som väntar." for row in rows)


def test_a_replay_without_the_word_to_those_who_were_passed_finds_them() -> None:
    from datetime import date

    from samkraft.people.rules.places import place_replays
    from samkraft.people.rules.places.place_replays import Entry, Happening, Occasion

    ids = [UUID(int=number) for number in range(1, 8)]
    at = joint_work.timezone.now()
    day = at.date()
    entries = {
        one: Entry(one, UUID(int=100 + number), ids[5], at + timedelta(minutes=number), None, None)
        for number, one in enumerate(ids[:2])
    }
    occasions = {ids[6]: Occasion(ids[6], date(2027, 1, 1), False)}
    joined = [Happening(one, 1, "joined", entry.joined_at, day) for one, entry in entries.items()]
    later = at + timedelta(hours=1)
    offer = Happening(ids[1], 2, "offered", later, day, ids[6], ids[4])
    twice = Happening(ids[0], 3, "offered", later + timedelta(hours=1), day, ids[6], ids[4])
    said = Happening(ids[0], 2, "passed", later, day)

    def faults(*events: Happening) -> list[Fault]:
        return [
            one.fault for one in place_replays.replay(entries, occasions, [*joined, *events], lambda entry, day: 99)
        ]

    assert faults(offer) == [Fault.PASSED_SILENTLY]
    assert faults(said, offer) == []
    assert faults(said, offer, twice) == [Fault.HELD_TWICE]


def test_attendance_for_who_is_not_there_is_refused_and_tells_nothing() -> None:
    """Attendance for somebody who has no place there is refused, and says nothing of who has."""
    offered = made.offered()
    with refusals.refused("not_there"):
        attendance.note(by=offered.provider.context, session_id=UUID(int=1), hold_id=UUID(int=2), presence="present")
