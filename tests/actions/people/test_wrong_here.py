"""A place that began because somebody was noted as present by mistake is what it was before, when that is corrected."""

from datetime import date, time, timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from samkraft.audit.actions import transactions
from samkraft.knowledge.actions import forecasts, snapshots
from samkraft.offer.actions import occasions
from samkraft.offer.models import Session
from samkraft.operations.jobs import CLOCK
from samkraft.people.actions import attendance, plans
from samkraft.people.actions.places import place_steps, places
from samkraft.people.models import PlaceEvent, PlaceHold
from samkraft.people.queries import milestone_proof
from samkraft.people.queries.places import place_proof
from samkraft.people.rules.cohorts import as_number
from samkraft.people.rules.places.place_states import State
from samkraft.values.period import day_in_stockholm
from tests.factories import joint_work, signed_in
from tests.factories import places as made

pytestmark = pytest.mark.django_db
DAYS_AGO = 60


class Begun:
    """Somebody with a place that is given, in the past, with a step of the plan; sessions once a week since then."""

    def __init__(self) -> None:
        self.offered = made.offered(at=timezone.now() - timedelta(days=DAYS_AGO + 5))
        self.officer = self.offered.setting.officer
        self.way = joint_work.begun(self.offered.setting, self.officer, at=timezone.now() - timedelta(days=DAYS_AGO))
        self.step = self.way.step(self.officer, "Praktik i kök", step_kind="workplace", work_oriented=True)
        self.entry = places.join(
            by=self.officer.context, person_id=self.way.person_id, activity_id=self.offered.activity_id, step=self.step,
            at=self.way.at,
        )  # fmt: skip
        occasion = self.offered.occasion(self.way, places=1, starts_in=2)
        self.offered.open(self.way, occasion)
        self.hold = made.hold_of(self.way, self.officer).id
        by, person = self.officer.context, self.way.person_id
        places.answer(by=by, person_id=person, hold_id=self.hold, accepts=True, at=self.way.at)
        places.decide(
            by=by, hold_id=self.hold, granted=True, number="AF-7", decided_date=self.way.today, at=self.way.at
        )
        occasions.plan_weekly(
            by=self.offered.coordinator.context, occasion_id=occasion, weekdays=(2,), starts=time(9), ends=time(12),
            at=self.way.at,
        )  # fmt: skip
        self.sessions = list(Session.objects.order_by("starts_at"))

    def note(self, number: int, presence: str, *, days: int = 0) -> attendance.Mark:
        """What the provider says of a session, some days after it."""
        session = self.sessions[number]
        self.way.moment = session.ends_at + timedelta(days=days, minutes=5 + len(self.kinds()))
        return attendance.note(
            by=self.offered.provider.context,
            session_id=session.id,
            hold_id=self.hold,
            presence=presence,
            at=self.way.at,
        )

    def day(self, number: int) -> date:
        """The day of a session."""
        return day_in_stockholm(self.sessions[number].starts_at)

    def follow(self) -> bool:
        """Let the plan follow the place, as the job does."""
        return place_steps.follow(by=self.officer.context, entry_id=self.entry, at=self.way.at)

    def kinds(self) -> list[str]:
        """What has happened since the place was given."""
        return made.kinds(self.way, self.officer)[4:]

    def started_on(self) -> date | None:
        """The first day, as the hold keeps it."""
        with transactions.read(self.officer.context):
            found: date | None = PlaceHold.objects.get(id=self.hold).started_on
        return found

    def step_says(self) -> str:
        """The state of the step."""
        found = [held for held in self.way.held(self.officer) if held.lineage == self.step][-1]
        return str(found.content["state"])


def _is_whole(begun: Begun) -> bool:
    with transactions.read(begun.officer.context):
        return place_proof.of_activity(begun.offered.activity_id).holds


def test_a_corrected_presence_takes_the_start_back_and_here_again_begins_it_again() -> None:
    begun = Begun()
    assert begun.note(0, "present") == attendance.Mark(1, "started")
    assert begun.follow()
    assert (begun.started_on(), begun.step_says()) == (begun.day(0), "ongoing")
    assert begun.note(0, "absent") == attendance.Mark(2, "start_undone")
    assert made.state(begun.way, begun.officer) is State.GIVEN
    assert begun.started_on() is None
    assert begun.kinds() == ["started", "start_undone"]
    assert _is_whole(begun)
    with transactions.read(begun.officer.context):
        told = PlaceEvent.objects.get(kind="start_undone")
    assert (told.said_by, told.session_id, told.reason_code) == (
        "Ulla Utförare", begun.sessions[0].id, "presence_corrected",
    )  # fmt: skip
    assert begun.follow()
    assert begun.step_says() == "planned"
    assert not begun.follow(), "once is enough"
    assert begun.note(0, "absent_told") == attendance.Mark(3), "away in another way: nothing more to take back"

    assert begun.note(0, "late") == attendance.Mark(4, "started")
    assert begun.follow()
    assert (begun.started_on(), begun.step_says()) == (begun.day(0), "ongoing")
    assert _is_whole(begun)


def test_what_has_not_begun_is_left_not_ended_and_the_next_has_the_place() -> None:
    begun = Begun()
    next_way = joint_work.begun(begun.offered.setting, begun.officer, at=begun.way.at)
    places.join(
        by=begun.officer.context, person_id=next_way.person_id, activity_id=begun.offered.activity_id, at=next_way.at
    )
    begun.note(0, "present")
    begun.note(0, "absent")
    assert made.state(next_way, begun.officer) is State.WAITING
    places.leave(
        by=begun.officer.context,
        person_id=begun.way.person_id,
        entry_id=begun.entry,
        reason_code="work",
        at=begun.way.at,
    )
    assert made.state(begun.way, begun.officer) is State.LEFT
    assert begun.note(0, "present") == attendance.Mark(3), "the person was there, and has left: nothing begins"
    assert begun.started_on() is None
    assert _is_whole(begun)


def test_another_day_moves_the_start_and_what_the_own_area_has_said_stands() -> None:
    begun = Begun()
    begun.note(0, "present")
    begun.note(1, "present")
    assert begun.note(1, "absent").became == "", "it is the first that began it"
    begun.note(1, "present")
    assert begun.note(0, "absent").became == "start_moved"
    assert begun.started_on() == begun.day(1)
    assert begun.kinds() == ["started", "start_undone", "started"]
    assert _is_whole(begun)
    assert begun.note(1, "absent").became == "start_undone"
    places.start(
        by=begun.officer.context, person_id=begun.way.person_id, hold_id=begun.hold, on=begun.day(0), at=begun.way.at
    )
    assert begun.note(0, "present").became == "", "it has begun, by somebody's own word"
    assert begun.note(0, "absent").became == ""
    assert begun.started_on() == begun.day(0)
    places.finish(
        by=begun.officer.context, person_id=begun.way.person_id, hold_id=begun.hold, on=begun.day(0), outcomes={},
        at=begun.way.at,
    )  # fmt: skip
    assert _is_whole(begun)


def test_what_has_ended_has_been() -> None:
    begun = Begun()
    begun.note(0, "present")
    places.finish(
        by=begun.officer.context, person_id=begun.way.person_id, hold_id=begun.hold, on=begun.day(0), outcomes={},
        at=begun.way.at,
    )  # fmt: skip
    assert begun.note(0, "absent").became == ""
    assert made.state(begun.way, begun.officer) is State.ENDED
    assert begun.started_on() == begun.day(0)


def test_a_step_that_somebody_set_going_before_goes_on() -> None:
    begun = Begun()
    held = [one for one in begun.way.held(begun.officer) if one.lineage == begun.step][-1]
    _move(begun, "ongoing", held.version)
    begun.note(0, "present")
    begun.note(0, "absent")
    assert not begun.follow()
    assert begun.step_says() == "ongoing"


def _move(begun: Begun, to: str, version: int) -> None:
    plans.move_step(
        by=begun.officer.context, person_id=begun.way.person_id, lineage=begun.step, to=to, based_on=version,
        at=begun.way.at,
    )  # fmt: skip


def test_the_clock_counts_a_start_as_long_as_it_was_known_and_a_run_says_the_same_again() -> None:
    begun = Begun()
    initiative = begun.offered.setting.initiative_id
    begun.note(0, "present")
    begun.follow()
    snapshots.take(by=CLOCK, initiative_id=initiative, until=begun.day(0) + timedelta(days=1))
    known = _lines(initiative, 1)
    assert known == (as_number(begun.day(0)), as_number(begun.day(0)))
    begun.note(0, "absent", days=5)
    begun.follow()
    snapshots.take(by=CLOCK, initiative_id=initiative, until=begun.day(0) + timedelta(days=8))
    assert _lines(initiative, 2) == (-1, -1), "neither the line nor the plan has begun"
    assert _lines(initiative, 1) == known, "what was known then"
    begun.note(0, "present", days=9)
    begun.follow()
    snapshots.take(by=CLOCK, initiative_id=initiative, until=begun.day(0) + timedelta(days=12))
    assert _lines(initiative, 3)[0] == as_number(begun.day(0))
    assert _lines(initiative, 3)[1] > 0
    for run, days in ((1, 1), (2, 8), (3, 12)):
        _agrees(begun, begun.day(0) + timedelta(days=days), _lines(initiative, run)[1])


def _lines(initiative: UUID, run: int) -> tuple[int, int]:
    """The day on which the line began, and the first day at a workplace; −1 for none."""
    found = forecasts.gather(by=CLOCK, initiative_id=initiative, run=run)
    return int(found.waited.started[0]), int(found.cohort.columns["workplace"][0])


def _agrees(begun: Begun, day: date, told: int) -> None:
    """The plainest SQL says the same of a day."""
    with transactions.write(begun.officer.context):
        milestone_proof.gather(begun.offered.setting.initiative_id, day)
        ((plain,),) = milestone_proof.ask("SELECT workplace FROM facts")
    assert (as_number(plain) if plain else -1) == told


def test_the_provider_is_told_on_the_list_and_the_case_reads_who_and_why(client: Client) -> None:
    begun = Begun()
    number = DAYS_AGO // 7 - 1  # so near that it can be noted today
    session = begun.sessions[number]
    roll, together = reverse("offer:roll", args=[session.id]), reverse("offer:roll_together", args=[session.id])
    signed_in.sign_in(client, begun.offered.provider)
    signed_in.send(client, roll, hold=str(begun.hold), presence="present")
    signed_in.send(client, roll, hold=str(begun.hold), presence="absent")
    said = "Ingen annan närvaro är noterad för personen, så platsen räknas inte som påbörjad."
    assert f"Rättat. {said}" in signed_in.html(client, roll)
    form = {"hold": str(begun.hold), f"sedd-{begun.hold}": "absent", f"svar-{begun.hold}": "present"}
    signed_in.send(client, together, **form)
    assert said not in signed_in.html(client, roll)
    signed_in.send(client, together, **(form | {f"sedd-{begun.hold}": "present", f"svar-{begun.hold}": "absent_told"}))
    assert f"1 svar är rättat. {said}" in signed_in.html(client, roll)
    signed_in.sign_in(client, begun.officer)
    page = signed_in.html(client, reverse("offer:person", args=[begun.way.person_id]))
    assert "Hade inte börjat: närvaron rättades" in page
    assert "Ulla Utförare" in page
    assert "har platsen" in page
    assert "Notera starten" in page
