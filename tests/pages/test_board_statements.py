"""What a page of the caseload asks the database, in a transaction of its own as when it is served."""

import pytest
from django.db import connection
from django.test import Client

from tests.factories import people, signed_in
from tests.pages.test_board import step, taking_part

pytestmark = pytest.mark.django_db(transaction=True)


def _statements(client: Client, address: str) -> list[str]:
    """What the database was asked for a page."""
    seen: list[str] = []

    def note(execute, sql, params, many, context):  # type: ignore[no-untyped-def]  # Django's own shape
        seen.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        assert client.get(address).status_code == 200
    return seen


def test_a_page_is_seven_statements_however_many_participants(client: Client) -> None:
    """Session, account with its memberships, context, teams and rules, rows, inbox, trail."""
    setting = people.joint()
    taking_part(setting, "Amira", "Haddad-Lund")
    signed_in.sign_in(client, setting.officer)
    addresses = ("/team/", "/deltagare/")
    client.get("/team/")  # what the bodies are called is remembered for a minute
    few = [len(_statements(client, address)) for address in addresses]
    for number in range(8):
        person, enrolment = taking_part(setting, f"Namn{number}", "Efternamn")
        step(setting.officer.context, person, enrolment, "Praktik", who="body", area_id=str(setting.social.area_id))
    client.get("/team/")
    many = [len(_statements(client, address)) for address in addresses]
    assert few == many == [7, 7]
