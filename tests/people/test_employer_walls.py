"""Who may know what of an invitation: those on the case in the own area all of it, the employer a code and what was told,
everybody else numbers. Whoever holds a link sees a first name, times and a place. Asked by the queries and in raw SQL.
"""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.utils import timezone

from samkraft.audit.actions import transactions
from samkraft.offer.actions import recruitment_meetings
from samkraft.offer.actions.employers import TermsDraft
from samkraft.offer.actions.occasions import OccasionDraft
from samkraft.partners.rules.roles import Role
from samkraft.people.actions import cases, employer_placements, exits, invitations, protection, recruitment
from samkraft.people.actions.places import places
from samkraft.people.queries import invitation_links
from samkraft.people.queries import recruitment as asked
from samkraft.people.rules.invitations import Sent
from tests.factories import employers, joint_work, partners, people, refusals
from tests.factories import places as made
from tests.factories.places import asked as ask
from tests.people import world
from tests.people.test_doors import _ask

pytestmark = pytest.mark.django_db
TABLES = (
    "people_recruitmentinvitation", "people_recruitmentresult", "people_invitation", "people_invitationbooking",
    "people_invitationslot",
)  # fmt: skip
CANARY = "Haddad-Lund"
NOWHERE = uuid4()


class Given:
    """A person who is invited to meet an employer, has a result, and has chosen a time for a first meeting."""

    def __init__(self) -> None:
        self.setting = joint_work.setting()
        self.officer = self.setting.officer
        self.way = joint_work.begun(self.setting, self.officer)
        self.bakery = employers.employer(self.officer)
        self.boss = employers.representative()
        self.meeting = employers.meeting(self.officer, self.bakery, timezone.now() + timedelta(hours=1))
        self.invited = employers.invite(self.way, self.officer, self.meeting, "name", "phone", "interpreter")
        self.slots = employers.times(self.officer, timezone.now())
        self.chosen = invitations.make(
            by=self.officer.context, person_id=self.way.person_id, hosts=[self.officer.membership_id]
        )
        self.token = invitations.send(by=self.officer.context, invitation_id=self.chosen, sent=Sent.LETTER)
        invitations.choose(link=invitation_links.find(self.token), slot_id=self.slots[0].id)

    def result(self) -> None:
        self.way.moment = timezone.now() + timedelta(hours=2)
        recruitment.note_result(
            by=self.officer.context, person_id=self.way.person_id, invitation_id=self.invited, result="interview",
            at=self.way.at,
        )  # fmt: skip


def _seen(by: Any) -> set[str]:
    return {table for table in TABLES if world.count(by, table)}


def test_in_raw_sql_only_those_on_the_case_in_the_own_area_find_anything() -> None:
    given = Given()
    given.result()
    officer, setting, way = given.officer, given.setting, given.way
    joint_work.join(way, officer, setting.labour)
    colleague = partners.member(Role.EMPLOYMENT_OFFICER, name="Kim Kollega")
    cases.assign(by=officer.context, person_id=way.person_id, membership_id=colleague.membership_id)
    others = [
        setting.labour, given.boss, partners.member(Role.EMPLOYER, "annat-foretag"),
        partners.member(Role.PROVIDER, "utforaren"), partners.member(Role.DATA_PROTECTION_OFFICER),
    ]  # fmt: skip
    assert _seen(officer.context) == _seen(colleague.context) == set(TABLES)
    assert {(one.name, table) for one in others for table in _seen(one.context)} == set()
    for member in (setting.outsider, setting.leader):
        assert _seen(member.context) == {"people_invitationslot"}, "the area's own times, and not who has them"
    nobody = replace(setting.outsider.context, membership_id=NOWHERE)
    assert _seen(nobody) == set(), "a membership that is none now"
    assert _seen(None) == set()
    protection.protect(by=officer.context, person_id=way.person_id, level="marked", membership_ids=[])
    assert _seen(colleague.context) == {"people_invitationslot"}, "not on the list"
    assert _seen(officer.context) == set(TABLES)


def test_the_employer_sees_a_code_and_what_was_told_and_another_employer_nothing() -> None:
    given = Given()
    (candidate,) = ask(given.boss, asked.candidates, given.meeting)
    assert candidate.told == {"name": f"Amira {CANARY}", "interpreter": True}
    assert ask(partners.member(Role.EMPLOYER, "annat-foretag"), asked.candidates, given.meeting) == []
    assert ask(given.officer, asked.candidates, given.meeting) == [], "the list is the employer's"
    assert ask(partners.member(Role.PROVIDER, employers.CODE), asked.candidates, given.meeting) == []
    assert ask(given.setting.labour, asked.numbers)[given.meeting].invited == 1
    assert ask(given.setting.labour, asked.of_meeting, given.meeting) == []
    protection.protect(by=given.officer.context, person_id=given.way.person_id, level="marked", membership_ids=[])
    (candidate,) = ask(given.boss, asked.candidates, given.meeting)
    assert candidate.told == {"interpreter": True}, "at the next statement"


def test_when_a_protection_has_ended_a_name_is_told_again_and_may_be() -> None:
    given = Given()
    person = given.way.person_id
    colleague = joint_work.colleague(given.setting, given.officer)
    cases.assign(by=given.officer.context, person_id=person, membership_id=colleague.membership_id)
    protection.protect(
        by=given.officer.context, person_id=person, level="marked", membership_ids=[colleague.membership_id]
    )  # fmt: skip
    for by in (given.officer, colleague):
        protection.lift(by=by.context, person_id=person)
    (candidate,) = ask(given.boss, asked.candidates, given.meeting)
    assert candidate.told == {"name": f"Amira {CANARY}", "interpreter": True}
    another = employers.meeting(given.officer, given.bakery, timezone.now() + timedelta(days=2))
    employers.invite(given.way, given.officer, another, "name")
    (candidate,) = ask(given.boss, asked.candidates, another)
    assert candidate.told == {"name": f"Amira {CANARY}"}


def test_of_a_meeting_that_was_cancelled_nothing_more_is_said() -> None:
    given = Given()
    officer, later = given.officer.context, timezone.now() + timedelta(hours=3)
    assert _ask(officer, "people_recruitment_reply", given.invited, "yes", None) == ""
    assert _ask(officer, "people_recruitment_reply", given.invited, "no", later) == "recruitment_over", "it has begun"
    recruitment_meetings.cancel(by=officer, meeting_id=given.meeting, reason="Personalen är sjuk")
    assert _ask(officer, "people_recruitment_reply", given.invited, "no", None) == "recruitment_over"
    for by in (officer, given.boss.context):
        assert _ask(by, "people_recruitment_note", given.invited, "hired", None, later) == "recruitment_over"


def test_two_who_are_invited_to_the_same_meeting_are_not_made_one() -> None:
    setting, number = joint_work.setting(), people.number()
    meeting = employers.meeting(
        setting.officer, employers.employer(setting.officer), timezone.now() + timedelta(days=2)
    )
    colleague = partners.member(Role.EMPLOYMENT_OFFICER, name="Kim Kollega")
    for member in (setting.officer, colleague):  # in one area, where nobody knew of the other
        person = joint_work.referred(setting, member, number=number).person_id
        said = (person, meeting, None, None, ["name"], "agreed", "paper", timezone.localdate(), None)
        assert _ask(member.context, "people_recruitment_invite", *said) == ""
    steward = partners.member(Role.DUPLICATE_STEWARD).context
    ((match,),) = world.rows(steward, "SELECT id FROM people_match")
    assert _ask(steward, "people_join", match, "samma nummer", "y") == "join_overlaps"
    assert world.rows(steward, "SELECT state FROM people_match") == [("open",)]


def test_what_was_told_ends_with_the_day_of_the_meeting() -> None:
    setting = joint_work.setting()
    way = joint_work.begun(setting, setting.officer, at=timezone.now() - timedelta(days=5))
    bakery, boss = employers.employer(setting.officer), employers.representative()
    yesterday = timezone.now() - timedelta(days=2)  # one day ago may end after midnight, and so today
    meeting = employers.meeting(setting.officer, bakery, yesterday, at=yesterday - timedelta(days=3))
    employers.invite(way, setting.officer, meeting, "name")
    (candidate,) = ask(boss, asked.candidates, meeting)
    assert candidate.told == {}
    assert candidate.code


def test_a_result_is_said_by_the_employer_of_the_meeting_or_by_those_on_the_case() -> None:
    given = Given()
    later = timezone.now() + timedelta(hours=3)
    other = partners.member(Role.EMPLOYER, "annat-foretag")
    for by in (other, given.setting.outsider, given.setting.labour, given.setting.leader):
        assert _ask(by.context, "people_recruitment_note", given.invited, "hired", None, later) == "not_found"
    assert _ask(given.boss.context, "people_recruitment_note", given.invited, "not_now", None, later) == ""
    assert _ask(given.boss.context, "people_recruitment_reply", given.invited, "withdrawn", later) == "not_found"
    long_after = later + timedelta(days=40)
    assert _ask(given.boss.context, "people_recruitment_note", given.invited, "hired", None, long_after) == (
        "recruitment_long_ago"
    )
    before = (timezone.localdate() - timedelta(days=9)).isoformat()
    assert _ask(given.officer.context, "people_recruitment_note", given.invited, "hired", before, later) == (
        "recruitment_begins_before"
    )
    recruitment.withdraw(by=given.officer.context, person_id=given.way.person_id, invitation_id=given.invited)
    assert (
        _ask(given.boss.context, "people_recruitment_note", given.invited, "hired", None, later) == "recruitment_ended"
    )
    assert _ask(given.officer.context, "people_recruitment_reply", given.invited, "yes", later) == "recruitment_ended"
    assert ask(given.boss, asked.candidates, given.meeting) == []


def test_each_refusal_of_an_invitation_to_an_employer_is_met() -> None:
    given = Given()
    officer, way = given.officer, given.way
    meeting = employers.meeting(officer, given.bakery, timezone.now() + timedelta(days=2))
    today = timezone.localdate()

    def invite(by: Any, person: UUID, of: UUID, fields: list[str], shown: Any = today, basis: str = "agreed",
               enrolment: UUID | None = None) -> str:  # fmt: skip
        said = (person, of, enrolment, None, fields, basis, "paper", shown, None)
        return _ask(by.context, "people_recruitment_invite", *said)

    counsellor = partners.member(Role.PLACE_COORDINATOR, "af", name="Pia Plats")
    assert invite(given.setting.outsider, way.person_id, meeting, ["name"]) == "not_found"
    assert invite(counsellor, way.person_id, meeting, ["name"]) == "not_found"
    assert invite(officer, way.person_id, NOWHERE, ["name"]) == "recruitment_over"
    assert invite(officer, way.person_id, meeting, ["name"], enrolment=NOWHERE) == "not_found"
    assert invite(officer, way.person_id, meeting, ["reason"]) == "place_field"
    assert invite(officer, way.person_id, meeting, ["name"], today + timedelta(days=2)) == "not_shown"
    assert invite(officer, way.person_id, meeting, ["name"], basis="request") == "not_shown"
    protection.protect(by=officer.context, person_id=way.person_id, level="marked", membership_ids=[])
    assert invite(officer, way.person_id, meeting, ["name"]) == "protected_without_name"
    assert invite(officer, way.person_id, meeting, ["interpreter"]) == ""
    recruitment_meetings.cancel(by=officer.context, meeting_id=meeting, reason="Personalen är sjuk")
    assert invite(officer, way.person_id, meeting, []) == "recruitment_over"


def test_a_link_reaches_its_own_invitation_and_tells_a_first_name_times_and_a_place() -> None:
    given = Given()
    other = joint_work.begun(given.setting, given.officer)
    theirs = invitations.make(by=given.officer.context, person_id=other.person_id, hosts=[given.officer.membership_id])
    link = invitation_links.find(given.token)
    with transactions.read(link.by), invitation_links.carried(link), connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert cursor.fetchone()[0] == 0, f"{table}: the link reads through the guard alone"
        cursor.execute("SELECT * FROM people_invitation_seen()")
        seen = cursor.fetchall()
        cursor.execute("SELECT * FROM people_invitation_free()")
        free = cursor.fetchall()
    assert len(seen) == 1
    stranger = invitation_links.STRANGER
    assert _ask(stranger, "people_invitation_book", given.slots[1].id) == "invitation_link_not_valid"
    assert _ask(stranger, "people_invitation_give_back") == "invitation_link_not_valid"
    assert CANARY not in repr(seen) + repr(free)
    assert "AF" not in repr(seen) + repr(free)
    assert {row[0] for row in free} == {slot.id for slot in given.slots[1:]}
    assert theirs not in {row[0] for row in seen}
    taken = _ask(given.officer.context, "people_invitation_arrange", theirs, given.slots[0].id, False, None)
    assert taken == "slot_taken", "by somebody else"


def test_a_link_holds_until_it_runs_out_is_taken_back_or_the_person_has_left() -> None:
    given = Given()
    officer, now = given.officer.context, timezone.now()
    said = (invitation_links.digest("gammal"), "letter", now - timedelta(days=1), False, now - timedelta(days=2))
    assert _ask(officer, "people_invitation_send", given.chosen, *said) == ""
    with refusals.refused("invitation_link_not_valid"):
        invitation_links.find("gammal")
    assert invitation_links.find(given.token).chosen is not None
    other = joint_work.begun(given.setting, given.officer)
    theirs = invitations.make(by=officer, person_id=other.person_id, hosts=[given.officer.membership_id])
    token = invitations.send(by=officer, invitation_id=theirs, sent=Sent.LETTER)
    invitations.withdraw(by=officer, invitation_id=theirs)
    with refusals.refused("invitation_link_not_valid"):
        invitation_links.find(token)
    third = joint_work.begun(given.setting, given.officer, at=now - timedelta(days=5))
    made_one = invitations.make(by=officer, person_id=third.person_id, hosts=[given.officer.membership_id])
    token = invitations.send(by=officer, invitation_id=made_one, sent=Sent.LETTER)
    assert invitation_links.find(token).chosen is None
    yesterday = timezone.localdate() - timedelta(days=1)
    exits.leave(by=officer, person_id=third.person_id, left={"outcome": "moved", "left_on": yesterday.isoformat()})
    with refusals.refused("invitation_link_not_valid"):
        invitation_links.find(token)


def test_times_and_links_are_made_by_those_on_the_case_in_the_own_area_and_not_too_often() -> None:
    given = Given()
    officer, outsider, social = given.officer.context, given.setting.outsider.context, given.setting.social.context
    now = timezone.now()
    hosts = [given.officer.membership_id]
    until = now + timedelta(days=9)
    free = given.slots[2].id
    joint_work.join(given.way, given.officer, given.setting.social)
    assert _ask(outsider, "people_invitation_make", given.way.person_id, None, hosts, None, until, None) == "not_found"
    assert (
        _ask(social, "people_invitation_make", given.way.person_id, None, hosts, None, until, None)
        == "invitation_hosts"
    )
    assert _ask(officer, "people_invitation_make", given.way.person_id, None, hosts, None, until, None) == (
        "invitation_open_already"
    )
    assert (
        _ask(officer, "people_invitation_make", given.way.person_id, NOWHERE, hosts, None, until, None) == "not_found"
    )
    assert (
        _ask(officer, "people_invitation_make", given.way.person_id, None, [], None, until, None) == "invitation_hosts"
    )
    for by in (outsider, social):
        assert _ask(by, "people_invitation_send", given.chosen, "d", "letter", until, False, None) == "not_found"
        assert _ask(by, "people_invitation_arrange", given.chosen, free, False, None) == "not_found"
        assert _ask(by, "people_invitation_unpublish", free, None) == "slot_gone"
    assert _ask(officer, "people_invitation_unpublish", given.slots[0].id, None) == "slot_is_booked"
    assert _ask(officer, "people_invitation_unpublish", free, None) == ""
    assert _ask(officer, "people_invitation_unpublish", free, None) == "slot_gone", "it is so already"
    assert free not in {one.slot_id for one in invitation_links.free_times(invitation_links.find(given.token))}
    assert _ask(officer, "people_invitation_arrange", given.chosen, free, False, None) == "slot_gone"
    starts, ends = [given.slots[0].period.lower], [given.slots[0].period.upper]
    assert _ask(officer, "people_invitation_publish", starts, ends, "Gatan 1", None) == "slot_overlaps"
    assert _ask(given.boss.context, "people_invitation_publish", starts, ends, "Gatan 1", None) == "not_for_your_role"
    made_links = [
        _ask(officer, "people_invitation_send", given.chosen, f"d{n}", "letter", until, False, None) for n in range(5)
    ]
    assert made_links == ["", "", "", "", "too_many_questions"]
    assert world.rows(outsider, "SELECT count(*) FROM people_invitation_taken()") == [(1,)]
    assert world.rows(social, "SELECT count(*) FROM people_invitation_taken()") == [(0,)]
    assert _ask(officer, "people_invitation_arrange", given.chosen, None, True, None) == ""
    assert (
        _ask(officer, "people_invitation_send", given.chosen, "dx", "letter", until, False, None) == "invitation_over"
    )
    assert _ask(officer, "people_invitation_make", given.way.person_id, None, hosts, None, until, None) == ""


def test_when_an_invitation_was_taken_back_stays_what_it_was_when_there_is_a_new_one() -> None:
    given = Given()
    officer = given.officer.context
    invitations.withdraw(by=officer, invitation_id=given.chosen)
    taken_back = "SELECT withdrawn_at FROM people_invitation WHERE id = %s"
    ((before,),) = world.rows(officer, taken_back, given.chosen)
    assert before is not None
    invitations.make(by=officer, person_id=given.way.person_id, hosts=[given.officer.membership_id])
    assert world.rows(officer, taken_back, given.chosen) == [(before,)]


def test_what_is_told_and_shown_is_what_the_own_area_knows_and_not_another() -> None:
    given = Given()
    way, labour = given.way, given.setting.labour
    colleague = joint_work.colleague(given.setting, given.officer)
    cases.assign(by=given.officer.context, person_id=way.person_id, membership_id=colleague.membership_id)
    people.join_team(given.setting, given.officer.context, way.person_id, labour)
    people.write(labour.context, way.person_id, "card", {
        "given_name": "Annat", "family_name": "Namn", "language": "sv", "phone": "0700000000",
    })  # fmt: skip
    meeting = employers.meeting(given.officer, given.bakery, timezone.now() + timedelta(days=2))
    employers.invite(way, given.officer, meeting, "name", "phone")
    (candidate,) = ask(given.boss, asked.candidates, meeting)
    assert candidate.told == {"name": f"Amira {CANARY}"}
    invitations.withdraw(by=given.officer.context, invitation_id=given.chosen)
    again = invitations.make(by=given.officer.context, person_id=way.person_id, hosts=[given.officer.membership_id])
    token = invitations.send(by=given.officer.context, invitation_id=again, sent=Sent.LETTER)
    assert invitation_links.find(token).given_name == "Amira"
    protection.protect(
        by=given.officer.context, person_id=way.person_id, level="marked", membership_ids=[colleague.membership_id]
    )  # fmt: skip
    assert invitation_links.find(token).given_name == ""
    for by in (given.officer, colleague):
        protection.lift(by=by.context, person_id=way.person_id)
    assert invitation_links.find(token).given_name == "Amira", "no longer protected"


def test_a_time_is_changed_a_few_times_and_not_for_ever() -> None:
    given = Given()
    link = invitation_links.find(given.token)
    for number in range(9):
        invitations.choose(link=link, slot_id=given.slots[1 + number % 2].id)
    with refusals.refused("invitation_too_many"):
        invitations.choose(link=link, slot_id=given.slots[0].id)
    with refusals.refused("slot_gone"):
        invitations.book(by=given.officer.context, invitation_id=given.chosen, slot_id=NOWHERE)


def test_whoever_has_a_place_with_an_employer_is_a_code_to_it_and_a_name_when_the_person_has_seen_it() -> None:
    offered = made.offered(start_form="running")
    officer = offered.setting.officer
    way = joint_work.begun(offered.setting, officer)
    bakery = employers.employer(officer)
    boss, other = employers.representative(), partners.member(Role.EMPLOYER, "annat-foretag")
    occasion = employer_placements.agree(
        by=offered.coordinator.context, employer_id=bakery, places=1, at=way.at,
        draft=OccasionDraft(
            activity_id=offered.activity_id, name="Baka bröd", provider_id=NOWHERE, starts_on=way.today,
            hours_a_week=20, place_name="Mjölgatan 3",
        ),
        terms=TermsDraft("Berit Bagare", "Baka bröd", "trial", way.today),
    )  # fmt: skip
    offered.open(way, occasion)
    places.join(by=officer.context, person_id=way.person_id, activity_id=offered.activity_id, at=way.at)
    hold = made.hold_of(way, officer)
    assert ask(boss, asked.placed) == [], "offered is not yet somebody who comes"
    places.answer(by=officer.context, person_id=way.person_id, hold_id=hold.id, accepts=True, at=way.at)
    (placed,) = ask(boss, asked.placed)
    assert (placed.told, placed.is_given) == ({}, False)
    places.disclose(
        by=officer.context, person_id=way.person_id, entry_id=hold.entry_id, receiver="provider", fields=["name"],
        shown_how="paper", shown_date=way.today, at=way.at,
    )  # fmt: skip
    assert ask(boss, asked.placed)[0].told == {"name": f"Amira {CANARY}"}
    assert ask(other, asked.placed) == []
    assert ask(officer, asked.placed) == []
