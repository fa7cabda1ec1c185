"""A first meeting at a time of one's own choice: chosen, never answered, wanted by two at once, and withdrawn."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from samkraft.audit.actions import transactions
from samkraft.operations import invited_jobs
from samkraft.people.actions import invitation_letters, invitation_steps, invitations, protection
from samkraft.people.models import InvitationBooking
from samkraft.people.queries import invitation_links
from samkraft.people.queries import invitations as asked
from samkraft.people.rules.contents.choices import MeetingState
from samkraft.people.rules.held import latest
from samkraft.people.rules.invitations import Sent, State
from tests.factories import at_once, employers, joint_work, people, refusals
from tests.factories.joint_work import Member, Way

PAGE = "https://exempel.invalid/tid/{token}/"


def _invited(way: Way, by: Member, **said: object) -> tuple[str, object]:
    made = invitations.make(by=by.context, person_id=way.person_id, hosts=[by.membership_id], at=way.at, **said)  # type: ignore[arg-type]  # tests pass what the action names
    return invitations.send(by=by.context, invitation_id=made, sent=Sent.LETTER), made


def _row(way: Way, by: Member, **ahead: int) -> asked.InvitationRow:
    with transactions.read(by.context):
        return asked.of_person(by.context, way.person_id, now=timezone.now() + timedelta(**ahead))[0]


def _step(way: Way, by: Member) -> tuple[str, str, str]:
    (step,) = [one for one in way.joint(by).plan.steps if one.content.title == invitation_steps.TITLE]
    waits = step.content.waits_on
    return step.content.state.value, waits.who.value if waits else "", waits.what if waits else ""


@pytest.mark.django_db
def test_a_time_is_chosen_with_the_link_and_stands_in_the_calendar_and_the_plan() -> None:
    setting = joint_work.setting()
    officer = setting.officer
    way = joint_work.begun(setting, officer)
    slots = employers.times(officer, timezone.now())
    token, made = _invited(way, officer)
    assert _step(way, officer)[:2] == ("waiting", "participant")

    link = invitation_links.find(token)
    assert link.given_name == "Amira"
    assert link.chosen is None
    free = invitation_links.free_times(link)
    assert [one.slot_id for one in free] == [slot.id for slot in slots]
    assert {one.place_name for one in free} == {"Föreningsgatan 35"}
    invitations.choose(link=link, slot_id=free[1].slot_id)
    assert invitation_links.find(token).chosen == free[1]

    # Nobody writes when the person chooses: the clock does, as whoever invited. Again: nothing more.
    assert invited_jobs.follow_invitations() == 1
    assert invited_jobs.follow_invitations() == 0
    (meeting,) = latest(way.held(officer), "meeting")
    assert meeting.content["place"] == "Föreningsgatan 35"
    assert _step(way, officer)[0] == "planned"
    assert _row(way, officer).state is State.BOOKED

    # Another time: the first is free again, and the first meeting is called off.
    invitations.choose(link=link, slot_id=free[0].slot_id)
    assert invited_jobs.follow_invitations() == 1
    assert sorted(one.content["state"] for one in latest(way.held(officer), "meeting")) == ["booked", "cancelled"]
    assert free[1] in invitation_links.free_times(link)
    invitations.give_back(link=link)
    invited_jobs.follow_invitations()
    assert {one.content["state"] for one in latest(way.held(officer), "meeting")} == {MeetingState.CANCELLED.value}
    assert _step(way, officer)[:2] == ("waiting", "participant")
    assert made is not None


@pytest.mark.django_db
def test_who_never_answers_is_reminded_once_and_then_waits_on_whoever_leads() -> None:
    setting = joint_work.setting()
    officer = setting.officer
    way = joint_work.begun(setting, officer)
    people.write(officer.context, way.person_id, "card", {
        "given_name": "Amira", "family_name": "Haddad-Lund", "language": "sv", "email": "amira@exempel.invalid",
    })  # fmt: skip
    employers.times(officer, timezone.now(), days_ahead=25)
    _token, made = _invited(way, officer)
    assert invitation_letters.remind(by=officer.context, page=PAGE, at=timezone.now() + timedelta(days=2)) == 0
    later = timezone.now() + timedelta(days=6)
    assert invitation_letters.remind(by=officer.context, page=PAGE, at=later) == 1
    assert invitation_letters.remind(by=officer.context, page=PAGE, at=later + timedelta(days=3)) == 0
    (letter,) = mail.outbox
    assert letter.subject == "Välj en tid"
    for word in ("Arbetsförmedlingen", "AF", "Samkraft", "Malmö", "socialtjänst", "Haddad"):
        assert word not in letter.subject + letter.body.replace("https://exempel.invalid", "")
    after = timezone.now() + timedelta(days=15)
    assert _row(way, officer, days=15).state is State.UNANSWERED
    assert invitation_steps.follow(by=officer.context, invitation_id=made, at=after)  # type: ignore[arg-type]  # an id
    state, who, what = _step(way, officer)
    assert (state, who) == ("waiting", "us")
    assert "Har inte valt någon tid" in what


@pytest.mark.django_db
def test_whoever_does_not_take_part_yet_and_has_not_answered_waits_in_the_inbox() -> None:
    from samkraft.people.queries import employer_inboxes

    setting = joint_work.setting()
    officer = setting.officer
    way = joint_work.referred(setting, officer)
    employers.times(officer, timezone.now())
    _invited(way, officer, answer_until=timezone.now() + timedelta(hours=1))
    later = timezone.now() + timedelta(days=1)
    with transactions.read(officer.context):
        assert employer_inboxes.unanswered(officer.context, timezone.now()) == []
        assert [one[0] for one in employer_inboxes.unanswered(officer.context, later)] == [way.person_id]
        assert employer_inboxes.number(officer.context, later.date(), later) == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_choose_the_same_time_at_once_the_database_lets_one() -> None:
    setting = joint_work.setting()
    officer = setting.officer
    (slot,) = employers.times(officer, timezone.now(), many=1)
    links = []
    for _ in range(4):
        way = joint_work.begun(setting, officer)
        links.append(invitation_links.find(_invited(way, officer)[0]))

    def choosing(link: invitation_links.InvitationLink) -> Callable[[], None]:
        return lambda: invitations.choose(link=link, slot_id=slot.id)

    assert at_once.together(*(choosing(link) for link in links)) == ["done", *["slot_taken"] * 3]
    with transactions.read(officer.context):
        assert InvitationBooking.objects.filter(released_at=None).count() == 1


@pytest.mark.django_db
def test_a_link_that_is_withdrawn_or_made_up_is_answered_alike_and_a_protected_name_is_never_shown() -> None:
    setting = joint_work.setting()
    officer = setting.officer
    way = joint_work.begun(setting, officer)
    employers.times(officer, timezone.now())
    token, made = _invited(way, officer)
    with refusals.refused("invitation_link_not_valid"):
        invitation_links.find("påhittad")
    protection.protect(by=officer.context, person_id=way.person_id, level="marked", membership_ids=[])
    link = invitation_links.find(token)
    assert link.given_name == ""
    with refusals.refused("invitation_not_by_email"):
        invitation_letters.send(by=officer.context, invitation_id=made, page=PAGE)  # type: ignore[arg-type]  # an id
    invitations.withdraw(by=officer.context, invitation_id=made)  # type: ignore[arg-type]  # an id
    with refusals.refused("invitation_link_not_valid"):
        invitation_links.find(token)
    with refusals.refused("invitation_link_not_valid"):
        invitations.choose(link=link, slot_id=made)  # type: ignore[arg-type]  # an id
    assert _step(way, officer)[0] == "dropped"
