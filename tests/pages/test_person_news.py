"""What is new on a person's page since the reader was there last."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from samkraft.people.rules import visits
from tests.factories import people, signed_in

pytestmark = pytest.mark.django_db


def _page(client: Client, member: Any, person_id: UUID) -> str:
    found: str = signed_in.sign_in(client, member).get(reverse("people:person", args=[person_id])).content.decode()
    return found


def test_what_another_wrote_since_the_last_visit_stands_first_and_is_marked(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing on the first visit; then what the other authority gave, but not what one wrote oneself."""
    monkeypatch.setattr(visits, "GAP", timedelta())  # every page is a visit of its own
    setting = people.joint()
    by = setting.social.context
    person_id = people.participant(by, text="199006022397")
    enrolment_id = people.enrolled(setting, by, person_id)
    people.join_team(setting, by, person_id, setting.officer)
    people.write(by, person_id, "goal", {"words": "Jobba i kök"}, enrolment_id=enrolment_id)
    assert "Nytt sedan du var här" not in _page(client, setting.officer, person_id)
    assert "Nytt sedan du var här" not in _page(client, setting.officer, person_id)
    people.write(by, person_id, "goal", {"words": "Jobba i förskola"}, enrolment_id=enrolment_id)
    theirs = _page(client, setting.officer, person_id)
    assert "Nytt sedan du var här" in theirs
    assert theirs.index("Jobba i förskola", theirs.index("news-heading")) < theirs.index("Gemensam plan")
    assert '<span class="tag tag-new">nytt</span>' in theirs
    _page(client, setting.social, person_id)
    people.write(by, person_id, "goal", {"words": "Jobba i affär"}, enrolment_id=enrolment_id)
    assert "Nytt sedan du var här" not in _page(client, setting.social, person_id), "one's own words are no news"


def test_what_one_may_not_know_is_no_news(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Health is handed over one thing at a time: until then there is nothing new, and no number that hints at it."""
    monkeypatch.setattr(visits, "GAP", timedelta())
    setting = people.joint()
    by = setting.social.context
    person_id = people.participant(by, text="199006022397")
    people.enrolled(setting, by, person_id)
    people.join_team(setting, by, person_id, setting.officer)
    before = _page(client, setting.officer, person_id)
    people.write(by, person_id, "assessment_item", {"life_area": "health", "text": "Orkar lite", "source": "samtal"})
    after = _page(client, setting.officer, person_id)
    assert "Nytt sedan du var här" not in before + after
