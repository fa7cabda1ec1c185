"""One offer is taken back from one person: the next has the place, nobody loses theirs in the queue, and the person is told."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from samkraft.audit.actions import transactions
from samkraft.partners.rules.roles import Role
from samkraft.people.actions.places import place_clock, place_coordination, place_steps, places
from samkraft.people.models import PlaceEvent
from samkraft.people.queries import inboxes
from samkraft.people.queries.places import place_lists, place_proof
from samkraft.people.rules.inboxes import What
from samkraft.people.rules.places.place_states import State
from tests.factories import at_once, joint_work, partners, refusals, signed_in
from tests.factories import places as made
from tests.factories.joint_work import Way

WHY = "Kursen kräver truckkort, och det saknas."


class Two:
    """Two who wait, the first of whom is offered the only place."""

    def __init__(self, **said: object) -> None:
        since = timezone.now() - timedelta(days=1)
        self.offered = made.offered(at=since, **said)
        self.officer, self.coordinator = self.offered.setting.officer, self.offered.coordinator
        self.first = joint_work.begun(self.offered.setting, self.officer, at=since)
        self.second = joint_work.begun(self.offered.setting, self.officer, at=self.first.at)
        self.step = self.first.step(self.officer, "Språkpraktik", step_kind="workplace", work_oriented=True)
        for way, step in ((self.first, self.step), (self.second, None)):
            way.moment = max(self.first.moment, self.second.moment)
            places.join(
                by=self.officer.context,
                person_id=way.person_id,
                activity_id=self.offered.activity_id,
                step=step,
                at=way.at,
            )
        self.second.moment = max(self.first.moment, self.second.moment)
        self.occasion = self.offered.occasion(self.second, places=1)
        self.offered.open(self.second, self.occasion)
        self.hold = made.hold_of(self.first, self.officer).id

    def withdraw(self, *, by: object = None, reason: str = WHY) -> int:
        self.first.moment = max(self.first.moment, self.second.moment)
        return place_coordination.withdraw(
            by=(by or self.coordinator).context, occasion_id=self.occasion, hold_id=self.hold, reason=reason,
            at=self.first.at,
        )  # fmt: skip

    def answer(self, *, accepts: bool = True) -> str:
        return places.answer(
            by=self.officer.context, person_id=self.first.person_id, hold_id=self.hold, accepts=accepts, reason_code="time",
            at=self.first.at,
        )  # fmt: skip

    def state(self, way: Way) -> State | None:
        return made.state(way, self.officer)

    def is_whole(self) -> bool:
        with transactions.read(self.officer.context):
            return place_proof.of_activity(self.offered.activity_id).holds

    def inbox(self, what: What = What.OFFER_WITHDRAWN) -> list[tuple[str, str]]:
        with transactions.read(self.officer.context):
            found = inboxes.waiting(self.officer.context, timezone.localdate(), timezone.now())
        return [(one.name, one.text) for one in found if one.what is what]


@pytest.mark.django_db
def test_the_next_has_the_place_and_the_first_stands_where_they_stood() -> None:
    two = Two()
    entry = made.entry_of(two.first, two.officer)
    assert place_steps.follow(by=two.officer.context, entry_id=entry.id, at=two.first.at), "the step awaits an answer"
    assert two.withdraw() == 1
    assert (two.state(two.first), two.state(two.second)) == (State.WAITING, State.OFFERED)
    assert made.kinds(two.first, two.officer) == ["joined", "offered", "withdrawn"]
    with transactions.read(two.officer.context):
        told = PlaceEvent.objects.get(kind="withdrawn")
    assert (told.said_by, told.reason) == ("Pia Plats", WHY)
    assert made.entry_of(two.first, two.officer).joined_at == entry.joined_at
    queue = made.asked(two.coordinator, place_lists.queue, two.offered.activity_id)
    assert [row.place for row in queue] == [1, None]
    assert place_steps.follow(by=two.officer.context, entry_id=entry.id, at=two.first.at), "and then a place"
    assert two.is_whole()

    # The same occasion is not offered again by itself; a person may, and another occasion is.
    place_coordination.resize(by=two.coordinator.context, occasion_id=two.occasion, places=2, at=two.first.at)
    place_clock.offer(by=two.officer.context, activity_id=two.offered.activity_id, at=two.first.at)
    assert two.state(two.first) is State.WAITING
    (rest,) = made.asked(two.coordinator, place_lists.resting, two.occasion).values()
    assert (rest.because, rest.until) == ("withdrawn", None)
    assert (
        place_coordination.put_before(
            by=two.coordinator.context, occasion_id=two.occasion, entry_id=entry.id, reason="", at=two.first.at
        )
        == 0
    )
    assert two.state(two.first) is State.OFFERED
    assert two.is_whole()


@pytest.mark.django_db
def test_another_occasion_goes_to_whoever_lost_an_offer_as_to_anybody() -> None:
    two = Two()
    two.withdraw()
    later = two.offered.occasion(two.first, places=1, starts_in=60)
    assert two.offered.open(two.first, later) == 1
    assert two.state(two.first) is State.OFFERED
    assert two.is_whole()


@pytest.mark.django_db
def test_only_who_coordinates_takes_back_with_a_reason_what_is_not_answered() -> None:
    two = Two()
    stranger = partners.member(Role.PLACE_COORDINATOR, "gvn", name="Per Plats")
    for by in (stranger, two.officer):
        with refusals.refused("not_coordinator"):
            two.withdraw(by=by)
    with refusals.refused("place_no_reason"):
        two.withdraw(reason="Nej")
    two.answer()
    with refusals.refused("answered_meanwhile"):
        two.withdraw()


@pytest.mark.django_db
def test_who_answers_what_was_taken_back_is_told_so() -> None:
    two = Two()
    two.withdraw()
    with refusals.refused("offer_withdrawn"):
        two.answer()
    with refusals.refused("offer_is_over"):
        two.withdraw()
    late = Two()
    late.second.moment = late.first.moment + timedelta(days=40)
    with refusals.refused("offer_has_lapsed"):
        late.withdraw()


@pytest.mark.django_db(transaction=True)
def test_of_an_answer_and_a_taking_back_at_once_one_is_told_which_came_first() -> None:
    two = Two()
    came = at_once.together(lambda: two.answer(), lambda: two.withdraw())
    assert came in (["answered_meanwhile", "done"], ["done", "offer_withdrawn"])
    assert two.is_whole()


@pytest.mark.django_db
def test_the_case_is_told_until_the_person_knows(client: Client) -> None:
    two = Two()
    signed_in.sign_in(client, two.coordinator)
    page = reverse("offer:occasion", args=[two.occasion])
    code = made.entry_of(two.first, two.officer).code
    assert f"{code}, svar senast" in signed_in.html(client, page)
    said = signed_in.send(client, page, do="ta-tillbaka", offer=str(two.hold), reason="För kort").content.decode()
    assert "Det står inte varför." in said
    signed_in.send(client, page, do="ta-tillbaka", offer=str(two.hold), reason=WHY)
    answer = signed_in.html(client, page)
    assert "Erbjudandet är tillbakataget. Handläggaren får det i sin inkorg" in answer
    assert "Platsen är erbjuden nästa i kön." in answer
    assert "erbjudandet togs tillbaka" in answer
    again = signed_in.send(client, page, do="ta-tillbaka", offer=str(two.hold), reason=WHY).content.decode()
    assert "Erbjudandet eller platsen gäller inte längre." in again

    ((name, activity),) = two.inbox()
    signed_in.sign_in(client, two.officer)
    assert f"Säg till {name}: erbjudandet om {activity} är tillbakataget" in signed_in.html(client, reverse("inbox"))
    person = reverse("offer:person", args=[two.first.person_id])
    shown = signed_in.html(client, person)
    assert WHY in shown
    assert "Personen står kvar i kön, med samma plats." in shown
    signed_in.send(client, person, do=f"sag-till-erbjudande-{code.lower()}")
    assert two.inbox() == []
    assert "Personen vet att platsen inte gäller längre" in signed_in.html(client, person)
    assert "sag-till-erbjudande" not in signed_in.html(client, person)


@pytest.mark.django_db
def test_who_coordinates_another_activity_cannot_reach_the_offer_through_an_occasion_of_their_own() -> None:
    two = Two()
    elsewhere = made.offered(two.offered.setting, at=two.first.at)
    two.second.moment = two.first.moment
    occasion = elsewhere.occasion(two.second, places=1)
    two.first.moment = two.second.moment
    with refusals.refused("offer_is_over"):
        place_coordination.withdraw(
            by=elsewhere.coordinator.context, occasion_id=occasion, hold_id=two.hold, reason=WHY, at=two.first.at
        )
    assert two.state(two.first) is State.OFFERED


@pytest.mark.django_db
def test_only_of_an_offer_that_was_taken_back_is_it_said_that_the_person_knows() -> None:
    two = Two()

    def known() -> None:
        places.note_offer_known(
            by=two.officer.context, person_id=two.first.person_id, hold_id=two.hold, at=two.first.at
        )

    with refusals.refused("offer_is_over"):
        known()
    two.withdraw()
    known()
    known()  # once is enough
    assert made.kinds(two.first, two.officer) == ["joined", "offered", "withdrawn", "offer_known"]
    assert two.inbox() == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("is_cancelled", "had", "what", "said"),
    [
        (False, "offer", What.OFFER_WITHDRAWN, "är tillbakataget"),
        (True, "offer", What.PLACE_CANCELLED, "är inställt"),
        (True, "place", What.PLACE_CANCELLED, "är inställt"),
    ],
)
def test_whoever_loses_it_because_of_fewer_places_or_what_is_cancelled_is_told_too(
    client: Client, is_cancelled: bool, had: str, what: What, said: str
) -> None:
    two = Two()
    if had == "place":
        two.answer()
    by, at = two.coordinator.context, two.first.at
    assert two.inbox() == []
    if is_cancelled:
        place_coordination.cancel(by=by, occasion_id=two.occasion, reason=WHY, at=at)
    else:
        place_coordination.resize(by=by, occasion_id=two.occasion, places=0, take_back=True, reason=WHY, at=at)
    assert two.state(two.first) is State.WAITING
    ((name, activity),) = two.inbox(what)
    signed_in.sign_in(client, two.officer)
    assert f"Säg till {name}: " in signed_in.html(client, reverse("inbox"))
    person = reverse("offer:person", args=[two.first.person_id])
    shown = signed_in.html(client, person)
    assert (f"{activity}: " in shown, said in shown, WHY in shown) == (True, True, True)
    signed_in.send(client, person, do=f"sag-till-erbjudande-{made.entry_of(two.first, two.officer).code.lower()}")
    assert two.inbox(what) == []
    shown = signed_in.html(client, person)
    assert "Personen vet att platsen inte gäller längre" in shown
    assert ("sag-till-erbjudande" in shown, "är tillbakataget" in shown) == (False, False)
    assert two.is_whole()
