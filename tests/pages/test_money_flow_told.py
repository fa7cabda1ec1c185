"""What the flow says of a city where something is assumed, where sources differ, and where there is nothing yet."""

import pytest
from django.test import Client
from django.urls import reverse

from samkraft.money.actions.contradictions import contradictions
from samkraft.money.models import Point
from samkraft.money.rules.contradictions import Choice
from samkraft.partners.rules.roles import Role
from tests.factories import differences, partners, signed_in
from tests.pages.money_city import as_role, text, with_money

pytestmark = pytest.mark.django_db


def test_an_assumption_is_said_under_the_picture_with_the_way_to_change_it(client: Client) -> None:
    city = with_money(assumed=True)
    as_role(client, city)
    page = text(client, "/medel/folj-kronan/")
    assert "Att STK-2024-291 beslutades är ett antagande. Inget protokoll." in page
    assert "Ändra antagandet" in page
    matter = Point.objects.get(decision__isnull=False, number="1").decision.matter_id
    assert reverse("money:matter", args=[matter]) in client.get("/medel/folj-kronan/").content.decode()


def test_an_empty_city_says_what_to_do_first(client: Client) -> None:
    signed_in.as_role(client, Role.FUND_OFFICER)
    assert "Börja med att lägga upp en satsning" in text(client, "/medel/")
    assert "Den satsningen finns inte" in text(client, "/medel/folj-kronan/")
    assert "Här visas satsningarna" in text(client, "/medel/satsningar/")
    assert "Inga äskanden här" in text(client, "/medel/askanden/")
    assert client.get("/oppet/").status_code == 200


def test_a_sum_that_a_source_tells_otherwise_is_said_under_the_picture_with_what_was_settled(client: Client) -> None:
    found = differences.differing()
    signed_in.as_role(client, Role.FUND_OFFICER)
    both = f"/medel/uppgifter-som-skiljer-sig/{found.id}/"
    page = text(client, "/medel/folj-kronan/")
    assert "Årsanalys 2024 säger 6 192 kr. En annan källa säger något annat, och det är inte utrett." in page
    contradictions.settle(
        by=found.city.by, contradiction_id=found.id, choice=Choice.USE, position=1, reason="Beslutet gäller.", seen=0
    )
    page = text(client, "/medel/folj-kronan/")
    assert "Årsanalys 2024 säger 6 192 kr. Det är utrett. 6 912 kr används: Beslutet gäller." in page
    assert both in client.get("/medel/folj-kronan/").content.decode()
    assert "säger 6 192" not in text(client, "/medel/folj-kronan/?namnd=fsn")
    body = text(client, reverse("money:body", args=["gvn"]))
    assert "nämnden anger 6 192 kronor" in body, "what the source says is kept"
    assert "6 912 kr används: Beslutet gäller." in body
    public = client.get(reverse("public:body", args=["gvn"])).content.decode()
    assert "används: Beslutet gäller." in public
    assert both not in public


def test_a_committee_sees_what_sources_tell_of_it_and_what_was_settled(client: Client) -> None:
    found = differences.differing()
    signed_in.sign_in(client, partners.member(Role.COMMITTEE_CONTROLLER, "gvn"))
    page = text(client, "/medel/?ar=2024")
    assert "nämnden anger 6 192 kronor" in page
    assert "Det är inte utrett" in page or "det är inte utrett" in page
    assert f"/medel/uppgifter-som-skiljer-sig/{found.id}/" in client.get("/medel/?ar=2024").content.decode()
