"""Two worlds that differ by one thing that the reader may not know: every answer is the same, made by as many questions."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samkraft.audit.actions import transactions
from samkraft.partners.rules.roles import Role
from samkraft.people.actions import cases, emergencies, protection
from samkraft.values.refusal import Refused
from samkraft.web.acting import FORM_FIELD
from tests.factories import partners, people, signed_in
from tests.people import world
from tests.people.test_doors import NUMBER, REASON

pytestmark = pytest.mark.django_db
FREE = "200001052380"
_TOKENS = re.compile(
    r'(csrfmiddlewaretoken" value="|nonce="|nonce-|· uppdaterat )[\w+/=.-]+'
)  # and the minute of the clock
_IDS = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


def _page(client: Client, address: str, **query: str) -> tuple[int, str, int]:
    """Status, body without what is different each time, and how many questions it took."""
    with CaptureQueriesContext(connection) as asked:
        response = client.get(address, query)
    body = _TOKENS.sub("", response.content.decode())
    return response.status_code, _IDS.sub("id", body), len(asked)


def _refused(act: Any, **named: Any) -> tuple[str, str, int]:
    with CaptureQueriesContext(connection) as asked, pytest.raises(Refused) as refused:
        act(**named)
    return refused.value.reason.code, str(refused.value), len(asked)


def test_to_refer_somebody_answers_alike_whether_or_not_another_area_knows_the_number() -> None:
    setting = people.joint()
    social, officer = setting.social.context, setting.officer.context
    hidden = people.participant(social, text=NUMBER)
    people.participant(officer)  # what is remembered between questions is remembered before both
    answers = []
    for number in (NUMBER, FREE):
        with transactions.write(officer), CaptureQueriesContext(connection) as asked:
            begun = cases.begin_within(by=officer, number=people.number(number), at=world.now())
        answers.append((begun.is_known, len(asked), [_IDS.sub("", query["sql"])[:30] for query in asked]))
        assert begun.person_id != hidden
        seen = [
            world.count(officer, table, "person_id = %s", begun.person_id)
            for table in ("people_caseaccess", "people_contribution")
        ]
        assert seen == [1, 0]
    assert answers[0] == answers[1]


@pytest.mark.parametrize(
    "name", ["person", "assessment", "consents", "looked", "protection", "contact", "journey", "meetings"]
)
def test_a_hidden_person_and_nobody_are_the_same_page(name: str, client: Client) -> None:
    setting = people.joint()
    hidden = people.participant(setting.social.context, text=NUMBER, given="Gömd", family="Gömdsson")
    guarded = people.participant(setting.officer.context)
    colleague = partners.member(Role.EMPLOYMENT_OFFICER)
    cases.assign(by=setting.officer.context, person_id=guarded, membership_id=colleague.membership_id)
    protection.protect(by=setting.officer.context, person_id=guarded, level="marked")
    signed_in.sign_in(client, colleague)
    _page(client, reverse(f"people:{name}", args=[uuid4()]))
    answers = [_page(client, reverse(f"people:{name}", args=[person])) for person in (uuid4(), hidden, guarded)]
    assert answers[0] == answers[1] == answers[2]
    assert answers[0][0] in (404, 409)


@pytest.mark.parametrize("address", ["people:board", "people:everyone", "search", "inbox"])
def test_lists_and_searches_are_the_same_with_and_without_a_hidden_row(address: str, client: Client) -> None:
    setting = people.joint()
    social, officer = setting.social, setting.officer
    for given in ("Ada", "Bo"):
        person = people.participant(officer.context, given=given, family="Synlig")
        people.enrolled(setting, officer.context, person)
    signed_in.sign_in(client, officer)
    asked: tuple[dict[str, str], ...] = ({}, {"q": "Gömdsson"}, {"q": "Synlig"})
    for query in asked:
        _page(client, reverse(address), **query)
    before = [_page(client, reverse(address), **query) for query in asked]
    for text in (NUMBER, FREE):
        hidden = people.participant(social.context, text=text, given="Aaron", family="Gömdsson")
        people.enrolled(setting, social.context, hidden)
        people.write(social.context, hidden, "need", {"text": "Gömdsson", "life_area": "work"})
    after = [_page(client, reverse(address), **query) for query in asked]
    assert before == after


def test_every_miss_of_an_emergency_is_the_same() -> None:
    """Nobody has the number; another area has; the own area has, but protected; the asker is recused."""
    setting = people.joint()
    colleague = partners.member(Role.SOCIAL_SECRETARY)
    social, officer = setting.social.context, setting.officer.context
    numbers = ["199107172380", NUMBER, FREE, "200304302383"]
    people.participant(officer, text=numbers[1])
    guarded = people.participant(social, text=numbers[2])
    protection.protect(by=social, person_id=guarded, level="marked")
    recused = people.participant(social, text=numbers[3])
    people.recuse(by=social, person_id=recused, user_id=colleague.user_id, ground="close")
    answers = [
        _refused(emergencies.open_case, by=colleague.context, number=people.number(number), reason=REASON)
        for number in numbers
    ]
    assert answers[0][0] == "nobody_here"
    assert all(answer == answers[0] for answer in answers)


def test_a_form_about_somebody_hidden_is_answered_as_one_about_nobody(client: Client) -> None:
    setting = people.joint()
    hidden = people.participant(setting.social.context, text=NUMBER)
    item = people.write(setting.social.context, hidden, "need", {"text": "x", "life_area": "work"})
    signed_in.sign_in(client, setting.officer)
    form = {FORM_FIELD: str(setting.officer.membership_id), "scope": str(uuid4()), "understood": "on"}
    answers = []
    for person, thing in ((uuid4(), uuid4()), (uuid4(), uuid4()), (hidden, item.id)):
        address = reverse("people:disclose", args=[person, thing])
        with CaptureQueriesContext(connection) as asked:
            response = client.post(address, form)
        answers.append((response.status_code, _IDS.sub("id", _TOKENS.sub("", response.content.decode())), len(asked)))
    assert answers[1] == answers[2]
