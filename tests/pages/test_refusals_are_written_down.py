"""What somebody tries and is refused is written down: who, what and why; never what they had typed."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from samkraft.audit.actions import transactions
from samkraft.audit.models import Event
from samkraft.money.actions import ledger
from samkraft.money.models import Voucher
from samkraft.partners.rules.roles import Role
from samkraft.values.context import Context
from samkraft.web import acting
from tests.factories import money, partners, signed_in

pytestmark = pytest.mark.django_db
TYPED = "Det här skrev jag bara i formuläret"


def refused(by: Context) -> list[tuple[str, dict[str, Any]]]:
    """(address, content) of what this person was refused, oldest first."""
    with transactions.read(by):
        found = Event.objects.filter(action="page.refused", actor_id=by.actor_id).order_by("recorded_at")
        assert all(TYPED not in f"{row.content}{row.subject_id}{row.subject_name}" for row in found)
        return [(row.subject_id, json.loads(row.content)) for row in found]


def form(member: partners.Member, **typed: str) -> dict[str, str]:
    return {"membership": str(member.membership_id), **typed}


def test_a_page_that_the_role_may_not_see(client: Client) -> None:
    member = signed_in.as_role(client, Role.SOCIAL_SECRETARY)
    assert client.get(f"/personer/?sok={TYPED}").status_code == 403
    assert refused(member.context) == [
        ("/personer/", {"reason": "not_allowed", "route": "partners:people", "method": "GET"})
    ]


def test_a_form_that_the_role_may_not_send(client: Client) -> None:
    member = signed_in.as_role(client, Role.COUNCILLOR)
    assert client.post("/personer/ny/", form(member, name=TYPED)).status_code == 403
    ((address, content),) = refused(member.context)
    assert (address, content["reason"], content["method"]) == ("/personer/ny/", "not_allowed", "POST")


def test_a_form_of_another_role(client: Client) -> None:
    member = signed_in.as_role(client, Role.SYSTEM_ADMINISTRATOR)
    assert client.post("/personer/ny/", {"name": TYPED, "membership": ""}).status_code == 409
    assert [content["reason"] for _address, content in refused(member.context)] == ["other_context"]


def test_what_the_case_does_not_allow_although_the_page_shows_the_form_again(client: Client) -> None:
    city = money.city()
    city.budget(10_000)
    member = signed_in.as_role(client, Role.FUND_OFFICER)
    voucher = Voucher.objects.get()
    ledger.reverse(by=city.by, voucher_id=voucher.id, reason="Fel")
    address = reverse("money:voucher", args=[voucher.id])
    answer = client.post(address, form(member, reason=TYPED))
    assert answer.status_code in {409, 422}
    assert "är redan vänt" in answer.content.decode()
    assert [(where, content["reason"]) for where, content in refused(member.context)] == [(address, "already_reversed")]
    assert Voucher.objects.count() == 2


def test_what_is_allowed_leaves_no_refusal_behind(client: Client) -> None:
    member = signed_in.as_role(client, Role.SYSTEM_ADMINISTRATOR)
    assert client.post("/personer/ny/", form(member, name="Eva Ny", email="eva.ny@exempel.invalid")).status_code == 303
    assert client.get("/personer/").status_code == 200
    assert refused(member.context) == []


def test_strangers_are_not_written_down(client: Client) -> None:
    assert client.get("/personer/").status_code == 302
    assert client.post("/personer/ny/", {"name": TYPED}).status_code == 403
    answer = client.post(reverse("accessibility"), {"text": TYPED})  # nobody is there to tell
    assert answer.status_code == 422
    assert not _anybodys()


def _anybodys() -> bool:
    """Whether this test has left any refusal, whoever it is about. The owner does not see what is not committed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('samkraft.actor', %s, true)", [str(acting.PUBLIC.actor_id)])
    return Event.objects.filter(action="page.refused").exists()
