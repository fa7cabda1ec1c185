"""What stands on the pages at the turns of the joint story: the first meeting, what is handed over, who hears of a hand-over."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from samkraft.audit.actions import transactions
from samkraft.people.actions import meetings
from samkraft.people.queries import consents as asked
from samkraft.web.acting import FORM_FIELD
from samkraft.web.people import timeline
from tests.factories import joint_work, people, signed_in
from tests.factories.joint_work import Way
from tests.factories.partners import Member

pytestmark = pytest.mark.django_db


def _begun() -> Way:
    made = joint_work.setting()
    return joint_work.begun(made, made.social)


def _sent(client: Client, member: Member, address: str, **typed: Any) -> Any:
    signed_in.sign_in(client, member)
    return client.post(address, {FORM_FIELD: member.membership_id, **typed})


def _seen(client: Client, member: Member, route: str, way: Way) -> str:
    signed_in.sign_in(client, member)
    text: str = client.get(reverse(f"people:{route}", args=[way.person_id])).content.decode()
    return text


def test_the_first_meeting_sets_the_goal_and_a_step_that_leads_to_it(client: Client) -> None:
    way = _begun()
    social = way.setting.social
    booked = {"starts_at": timezone.now().isoformat(), "purpose": "start", "with": ["Per"]}
    lineage = meetings.book(by=social.context, person_id=way.person_id, meeting=booked)
    address = reverse("people:hold_meeting", args=[way.person_id, lineage])
    said = {
        "based_on": "1",
        "goal-0": "Jag vill arbeta i skolkök",
        "free-about-0": "Hygienkurs",
        "free-step-0": "education",
    }
    assert _sent(client, social, address, **said).status_code == 303
    plan = way.joint(social).plan
    assert [(goal.content.words, goal.held.voice) for goal in plan.goals] == [
        ("Jag vill arbeta i skolkök", "participant")
    ]
    assert [(one.content.title, one.content.goal) for one in plan.steps] == [("Hygienkurs", plan.goals[0].held.lineage)]


def test_what_has_been_handed_over_is_told_where_it_stands_and_in_which_words(client: Client) -> None:
    setting = people.joint()
    social, by = setting.social, setting.social.context
    person = people.participant(by)
    said: dict[str, object] = {"life_area": "health", "text": "Sover dåligt", "source": "x"}
    item = people.write(by, person, "assessment_item", said)
    people.consent(by, person, setting.officer.area_id, "health")
    with transactions.read(by):
        scope = asked.standing(by, person, category="health")[0].id
    stands, address = reverse("people:assessment", args=[person]), reverse("people:disclose", args=[person, item.id])
    done = _sent(client, social, address, scope=scope, understood="on")
    assert done["Location"] == stands, "nobody else may have it: back to where the next thing stands"
    assert "utlämnat till" in client.get(stands).content.decode()
    page = client.get(address).content.decode()
    assert "Redan utlämnat" in page
    assert "Lämna ut till" not in page
    people.write(by, person, "assessment_item", said | {"text": "Sover bättre"}, lineage=item.lineage, based_on=1)
    assert "i en äldre lydelse" in client.get(stands).content.decode()


def test_that_nobody_would_hear_of_a_hand_over_is_told_to_both_before(client: Client) -> None:
    """The person has agreed that the one tells the other, and not the other way round."""
    way = _begun()
    social, officer = way.setting.social, way.setting.officer
    mute = "får inte berätta för oss vad de gör"
    people.consent(social.context, way.person_id, officer.area_id, "enrolment", "contact", "plan")
    _sent(client, social, reverse("people:journey", args=[way.person_id]), do="parties", area=officer.area_id)
    before = _seen(client, social, "journey", way)
    assert mute in before
    assert "Får inte berätta för oss om någon där tar över" in before
    asked_of = {"do": "handover", "to_id": officer.membership_id, "reason": "Nu är det arbete"}
    _sent(client, social, reverse("people:journey", args=[way.person_id]), **asked_of)
    theirs = _seen(client, officer, "journey", way)
    assert "Får inte veta ditt svar" in theirs
    assert f"?till={social.area_id}" in theirs
    people.consent(officer.context, way.person_id, social.area_id, "enrolment")
    assert "Får inte veta ditt svar" not in _seen(client, officer, "journey", way)
    assert mute not in _seen(client, social, "journey", way)


def test_who_can_stand_behind_a_conclusion_is_known_to_take_part_and_a_lead_comes_first(client: Client) -> None:
    way = _begun()
    social, care = way.setting.social, way.setting.care
    form = _seen(client, social, "conclude", way)
    assert f'value="{social.area_id}"' in form
    assert f'value="{care.area_id}"' not in form
    people.consent(social.context, way.person_id, care.area_id, "enrolment")
    assert f'value="{care.area_id}"' in _seen(client, social, "conclude", way)
    led = _seen(client, social, "journey", way)
    assert led.index('id="phase"') < led.index('id="lead"')
    alone = people.participant(social.context)
    people.enrolled(way.setting, social.context, alone)
    led = client.get(reverse("people:journey", args=[alone])).content.decode()
    assert led.index('id="lead"') < led.index('id="phase"'), "without a lead that comes first"


@pytest.mark.parametrize(("months", "words"), [(1, "efter 1 månad"), (6, "efter 6 månader")])
def test_one_month_is_said_as_one(months: int, words: str) -> None:
    assert timeline.follow_up_heading(months).endswith(words)
