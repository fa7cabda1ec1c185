"""The inbox: what waits for whom, late first, and its figure in the bar."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from samkraft.initiatives.actions import duties
from samkraft.partners.rules.roles import Role
from samkraft.values.period import day_in_stockholm
from samkraft.web.inbox import sources
from tests.factories import initiatives, partners, signed_in

pytestmark = pytest.mark.django_db
TODAY = day_in_stockholm(timezone.now())


def _days(number: int) -> object:
    return TODAY + timedelta(days=number)


def test_the_bodys_duties_wait_for_its_controller_late_first(client: Client) -> None:
    officer = partners.by(Role.FUND_OFFICER)
    initiatives.duty(officer, due_date=_days(20), title="Snart dags")
    initiatives.duty(officer, due_date=_days(-3), title="Försenat sedan dagar", binding=False)
    initiatives.duty(officer, due_date=_days(60), title="Långt kvar")
    initiatives.duty(officer, due_date=_days(-3), title="Någon annans", body="asn")
    duties.complete(by=officer, duty_id=initiatives.duty(officer, due_date=_days(-9), title="Redan gjort"))
    controller = signed_in.as_role(client, Role.COMMITTEE_CONTROLLER, "gvn")
    page = client.get("/inkorg/").content.decode()
    assert page.index("Försenat sedan dagar") < page.index("Snart dags")
    assert "3 dagar sen" in page
    assert "GVN är uppmanad att göra det" in page
    assert not any(words in page for words in ("Långt kvar", "Någon annans", "Redan gjort"))
    assert 'class="count">2<' in page
    assert sources.number(controller.context, TODAY) == len(sources.items(controller.context, TODAY)) == 2
    assert "Snart dags" not in client.get("/inkorg/?visa=sena").content.decode()


@pytest.mark.parametrize(("role", "what"), [(Role.COUNCILLOR, "årshjulet"), (Role.CARE_COORDINATOR, "uppföljningar")])
def test_an_empty_inbox_says_what_comes_here(client: Client, role: Role, what: str) -> None:
    initiatives.duty()
    signed_in.as_role(client, role)
    page = client.get("/inkorg/").content.decode()
    assert "Inget väntar på dig" in page
    assert what in page.partition("Inget väntar på dig")[2]
    assert 'class="count"' not in page


def test_the_figure_in_the_bar_costs_at_most_one_question_for_each_source(
    client: Client, django_assert_max_num_queries: object
) -> None:
    controller = partners.member(Role.COMMITTEE_CONTROLLER, "gvn")
    for _number in range(5):
        initiatives.duty(due_date=TODAY)
    with django_assert_max_num_queries(2 * len(sources.registered())):
        sources.number(controller.context, TODAY)


def test_a_stranger_is_asked_to_sign_in(client: Client) -> None:
    assert client.get("/inkorg/").headers["Location"].startswith("/logga-in/")
