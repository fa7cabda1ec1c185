"""The steward's page of persons who may be one."""

import pytest
from django.test import Client
from django.urls import reverse

from samkraft.partners.rules.roles import Role
from samkraft.people.actions import duplicates
from samkraft.web.acting import FORM_FIELD
from tests.factories import partners, people, signed_in
from tests.people import world

pytestmark = pytest.mark.django_db
NUMBER = "199006022397"


def test_why_two_are_not_joined_is_said_on_their_card_and_what_was_typed_is_kept(client: Client) -> None:
    setting, steward = people.joint(), partners.member(Role.DUPLICATE_STEWARD)
    first, second, third = (
        people.participant(one.context, text=NUMBER) for one in (setting.social, setting.officer, setting.labour)
    )
    found = "SELECT id FROM people_match WHERE known_id = %s AND newer_id = %s"
    ((joined,),) = world.rows(steward.context, found, first, second)
    ((other,),) = world.rows(steward.context, found, second, third)
    duplicates.join(by=steward.context, match_id=joined, reason="Samma nummer")
    signed_in.sign_in(client, steward)

    def told(do: str, reason: str) -> str:
        sent = {"match": other, "do": do, "reason": reason, FORM_FIELD: steward.membership_id}
        return client.post(reverse("people:duplicates"), sent).content.decode()

    for do, reason, said in (
        ("join", "  ", "Skriv hur du vet det."),
        ("join", "Personen har legitimerat sig", "ihopförd med någon tredje"),
        ("number", "Personen har legitimerat sig", "Visas bara nu"),
    ):
        page = told(do, reason)
        card = page[page.index(str(other)) :]
        card = card[: card.index("</article>")]
        assert said in card, do
        assert f'value="{reason}"' in card, do
