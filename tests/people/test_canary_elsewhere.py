"""Canary words where no contribution is read: places, meetings with employers, first meetings by a link, Ung i sommar.

One area plants its word in each text that it may write there. Then every table is read as text, and every page of those
parts is asked for with the ids of what is hidden in its places: as those who coordinate, provide, employ, lead, review,
work with the same person in another area, and as nobody.
"""

from datetime import time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from samkraft.offer.actions import occasions
from samkraft.offer.models import Occasion, Session
from samkraft.offer.queries import summer_rounds
from samkraft.partners.rules.roles import Role
from samkraft.people.actions import attendance, invitations
from samkraft.people.actions.places import places
from samkraft.people.queries import invitation_links
from samkraft.people.queries.summer import summer_links
from samkraft.people.rules.invitations import Sent
from tests.factories import employers, joint_work, partners, people, signed_in
from tests.factories import places as made
from tests.factories.partners import Member
from tests.people import world
from tests.people.test_canary import UNSEEN, _filled, _met, _routes
from tests.people.test_summer_policies import summer_in_full

pytestmark = pytest.mark.django_db
WORD, BEGUN_BY = "Talgoxen", "Bofinken"
SPACES = ("offer:", "employers:", "invitations:", "imports:", "months:", "errands:", "summer:", "vacancies:")


def _way(setting: Any, by: Member, word: str, *, at: Any = None) -> joint_work.Way:
    """A person whose card is full of the word."""
    way = joint_work.begun(setting, by, at=at)
    people.write(by.context, way.person_id, "card", {
        "given_name": word, "family_name": word, "language": word, "phone": word, "email": f"{word.lower()}@exempel.invalid",
        "postal_address": word, "safe_contact": word, "interpreter": True,
    })  # fmt: skip
    return way


class Planted:
    """Two who wait for places of one activity with employers and providers around it: one says no, the other is there."""

    def __init__(self) -> None:
        self.offered = made.offered()
        self.setting = self.offered.setting
        officer = self.officer = self.setting.officer
        self.bakery = employers.employer(officer)
        self.boss = employers.representative()
        self.way = _way(self.setting, officer, WORD)
        self.declined = _way(self.setting, officer, BEGUN_BY, at=self.way.at)
        joint_work.join(self.way, officer, self.setting.labour)
        self._places()
        self._meetings()
        self.members = {
            "coordinator": self.offered.coordinator,
            "provider": self.offered.provider,
            "employer": self.boss,
            "another employer": partners.member(Role.EMPLOYER, "annat-foretag"),
            "another area on the case": self.setting.labour,
            "colleague": self.setting.outsider,
            "leader": self.setting.leader,
            "reviewer": partners.member(Role.DATA_PROTECTION_OFFICER),
        }

    def _places(self) -> None:
        """A no with the word as its reason, a decision with it as its number, an absence explained with it."""
        way, declined, officer = self.way, self.declined, self.officer.context
        declined.moment = way.moment
        places.join(by=officer, person_id=declined.person_id, activity_id=self.offered.activity_id, at=declined.at)
        way.moment = declined.moment
        places.join(by=officer, person_id=way.person_id, activity_id=self.offered.activity_id, at=way.at)
        self.occasion = self.offered.occasion(way, places=1)
        self.offered.open(way, self.occasion)
        declined.moment = way.moment
        places.answer(
            by=officer, person_id=declined.person_id, hold_id=made.hold_of(declined, self.officer).id, accepts=False,
            reason_code="time", reason=BEGUN_BY, at=declined.at,
        )  # fmt: skip
        way.moment = declined.moment
        self.hold = made.hold_of(way, self.officer)
        places.answer(by=officer, person_id=way.person_id, hold_id=self.hold.id, accepts=True, at=way.at)
        places.decide(
            by=officer, hold_id=self.hold.id, granted=True, number=WORD, decided_date=way.today, reason=WORD, at=way.at
        )  # fmt: skip
        places.disclose(
            by=officer, person_id=way.person_id, entry_id=self.hold.entry_id, receiver="provider", fields=["interpreter"],
            shown_how="together", shown_date=way.today, at=way.at,
        )  # fmt: skip
        occasions.plan_weekly(
            by=self.offered.coordinator.context, occasion_id=self.occasion, weekdays=(1,), starts=time(9), ends=time(12),
            at=way.at,
        )  # fmt: skip
        self.session = Session.objects.filter(occasion_id=self.occasion).order_by("starts_at")[0]
        noted = self.session.starts_at + timedelta(minutes=5)
        attendance.note(
            by=self.offered.provider.context,
            session_id=self.session.id,
            hold_id=self.hold.id,
            presence="absent",
            at=noted,
        )
        places.explain_absence(
            by=officer, person_id=way.person_id, session_id=self.session.id, hold_id=self.hold.id, reason_code="care",
            reason=WORD, at=noted + timedelta(minutes=5),
        )  # fmt: skip

    def _meetings(self) -> None:
        """Invited to meet the employer with one field that says nothing of the word, and to a first meeting."""
        self.way.moment = timezone.now()
        self.meeting = employers.meeting(self.officer, self.bakery, timezone.now() + timedelta(days=2))
        employers.invite(self.way, self.officer, self.meeting, "interpreter")
        self.slots = employers.times(self.officer, timezone.now())
        chosen = invitations.make(
            by=self.officer.context, person_id=self.way.person_id, hosts=[self.officer.membership_id]
        )
        token = invitations.send(by=self.officer.context, invitation_id=chosen, sent=Sent.LETTER)
        invitations.choose(link=invitation_links.find(token), slot_id=self.slots[0].id)

    @property
    def ids(self) -> dict[str, str]:
        """What is hidden, by what the addresses call it."""
        found = {
            "person_id": self.way.person_id, "hold_id": self.hold.id, "occasion_id": self.occasion,
            "session_id": self.session.id, "employer_id": self.bakery, "meeting_id": self.meeting,
        }  # fmt: skip
        activity = Occasion.objects.select_related("activity").get(id=self.occasion).activity
        return {name: str(key) for name, key in found.items()} | {"slug": activity.code, "code": activity.code}


def _pages(client: Client, ids: dict[str, str]) -> tuple[list[tuple[str, str]], int, int]:
    """Address and text of each page of these parts that opens; how many were asked for, and how many opened."""
    asked, opened, found = 0, 0, []
    client.raise_request_exception = False
    for name, path, _values in _routes():
        if not name.startswith(SPACES):
            continue
        for query in ("", "?fil=csv") if "<" not in path else ("",):
            response = client.get(_filled(path, ids) + query)
            content = b"".join(response.streaming_content) if response.streaming else response.content
            asked, opened = asked + 1, opened + (response.status_code == 200)
            assert response.status_code < 500, name
            found.append((name, content.decode(errors="replace")))
    return found, asked, opened


def test_no_table_shows_the_words_of_whoever_has_a_place_or_is_invited() -> None:
    planted = Planted()
    for way in (planted.way, planted.declined):
        mine = [str(row[0]) for row in world.rows(planted.officer.context, "SELECT t::text FROM people_placeevent t")]
        assert any(_met(text, [WORD, BEGUN_BY]) for text in mine), way.person_id
    found, seen = [], 0
    for reader, member in planted.members.items():
        for table in world.tables():
            if table in UNSEEN:
                continue
            rows = world.rows(member.context, f'SELECT t::text FROM "{table}" t')
            seen += len(rows)
            met = _met("\n".join(str(row[0]) for row in rows), [WORD, BEGUN_BY])
            found += [(reader, table, word) for word in met]
    # What was agreed to is known: that she takes part, and by which name.
    agreed = ("another area on the case", "people_")
    assert [one for one in found if not (one[0] == agreed[0] and one[1].startswith(agreed[1]) and one[2] == WORD)] == []
    known = {table for reader, table, _word in found if reader == agreed[0]}
    assert known <= {"people_contribution", "people_overview", "people_searchtoken"}
    assert seen > 200
    for table in ("audit_event", "procrastinate_jobs", "web_cache"):
        rows = world.rows(planted.officer.context, f'SELECT t::text FROM "{table}" t')
        assert _met("\n".join(str(row[0]) for row in rows), [WORD, BEGUN_BY]) == [], table


def test_no_page_of_places_employers_and_invitations_shows_them(client: Client) -> None:
    planted = Planted()
    asked_for, met = 0, []
    for reader in ("coordinator", "provider", "employer", "leader"):
        signed_in.sign_in(client, planted.members[reader])
        found, asked, opened = _pages(client, planted.ids)
        met += [(reader, name, _met(text, [WORD, BEGUN_BY])) for name, text in found if _met(text, [WORD, BEGUN_BY])]
        asked_for += asked
        assert opened >= 3, reader
    assert met == []
    assert asked_for > 200


def test_no_table_and_no_page_shows_a_young_person_to_those_who_do_not_meet_them(client: Client) -> None:
    """The workplace is told what the card holds; everybody else meets codes. A protected one is in no list at all."""
    given, _guardian = summer_in_full(protected="Bo")
    words = ["Alva", "Sommarsson", "vuxen1"]
    one = summer_rounds.one(given.id)
    readers = {
        "another supervisor": partners.member(Role.EMPLOYER, "annan-park"),
        "holder of none": partners.member(Role.PLACE_COORDINATOR, "ama", name="Inte Utsedd"),
        "officer": partners.member(Role.EMPLOYMENT_OFFICER),
        "leader": partners.member(Role.MAIN_PROJECT_LEADER),
    }
    found: list[Any] = []
    for reader, context in {
        **{who: m.context for who, m in readers.items()},
        "a stranger": summer_links.STRANGER,
    }.items():
        for table in world.tables():
            if table not in UNSEEN:
                text = "\n".join(str(row[0]) for row in world.rows(context, f'SELECT t::text FROM "{table}" t'))
                found += [(reader, table, word) for word in _met(text, words)]
    placements = world.rows(given.holder.context, "SELECT id, applicant_id FROM people_summerplacement")
    ids = {
        "code": one.code, "slug": one.code, "placement_id": str(placements[0][0]), "applicant_id": str(placements[0][1]),
        "workplace_id": str(given.workplace_id), "supervisor_id": str(given.supervisor_id), "token": "en-lank-som-ingen-har",
        "period_id": str(one.periods[0].id),
    }  # fmt: skip
    for reader, member in readers.items():
        signed_in.sign_in(client, member)
        found += [(reader, name, _met(text, words)) for name, text in _summer(client, ids) if _met(text, words)]
    client.logout()
    public = _summer(client, ids)
    found += [("nobody signed in", name, _met(text, words)) for name, text in public if _met(text, words)]
    assert found == []
    assert sum("Parken" in text for _name, text in public) >= 1, "the round is public, and who is in it is not"
    signed_in.sign_in(client, given.supervisor)
    own = _summer(client, ids)
    assert any(_met(text, ["Alva"]) for _name, text in own), "the own workplace is told of its own"
    assert not any("Bo Sommarsson" in text or "Vuxen 1" in text for _name, text in own)


def _summer(client: Client, ids: dict[str, str]) -> list[tuple[str, str]]:
    client.raise_request_exception = False
    found = []
    for name, path, _values in _routes():
        if name.startswith("summer:"):
            response = client.get(_filled(path, ids))
            content = b"".join(response.streaming_content) if response.streaming else response.content
            assert response.status_code < 500, name
            found.append((name, content.decode(errors="replace")))
    return found
