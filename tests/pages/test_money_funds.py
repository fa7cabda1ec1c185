"""Funds, budgets, keys and requests in the browser, with what each refuses."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from samkraft.money.actions import keys, requests
from samkraft.money.models import Fund, MoneyRequest, Proposal, YearlyBudget
from samkraft.partners.rules.roles import Role
from samkraft.values.period import Period
from tests.factories import money, partners, signed_in
from tests.pages.money_city import as_role, form, text, with_money

pytestmark = pytest.mark.django_db


def test_funds_and_their_years(client: Client) -> None:
    as_role(client, with_money())
    assert "8 000 000 kr" in text(client, "/medel/satsningar/")
    page = text(client, "/medel/satsningar/jobb/")
    for words in (
        "kommunbidrag",
        "bidrag",
        "7 000 000 kr",
        "1 000 000 kr",
        "kvar att förklara",
        "Budgetbeslut i november",
    ):
        assert words in page


def test_a_fund_is_set_up_in_the_browser_and_the_same_name_twice_is_refused(client: Client) -> None:
    city = with_money()
    as_role(client, city)
    fields = form(
        city,
        name="Ung i sommar",
        purpose="Arbete",
        first_year="2024",
        last_year="2026",
        committees=["asn"],
        source="STK-1",
    )
    assert client.post("/medel/satsningar/ny/", fields).status_code == 303
    fund = Fund.objects.get(code="ung-i-sommar")
    assert (fund.valid.lower, fund.valid.upper) == (date(2024, 1, 1), date(2027, 1, 1))
    again = client.post("/medel/satsningar/ny/", fields)
    assert again.status_code == 422
    assert "Det finns redan en satsning som heter Ung i sommar." in again.content.decode()
    assert "Arbete</textarea>" in again.content.decode(), "nothing typed is lost"
    backwards = client.post("/medel/satsningar/ny/", {**fields, "name": "Annan", "last_year": "2020"})
    assert "Det sista året kan inte komma före det första." in backwards.content.decode()


def test_a_budget_is_registered_with_a_new_appropriation_and_refused_when_nothing(client: Client) -> None:
    city = with_money()
    as_role(client, city)
    fields = form(
        city, fund="jobb", appropriation="nytt", new_name="Anslag", new_year="2025", new_owner="ks", amount="5 000 000",
        carried="disposal", decided_date="27 november 2024", source="Budget 2025",
    )  # fmt: skip
    zero = client.post("/medel/budget/ny/", {**fields, "amount": "0"})
    assert "Budgeten kan inte vara noll." in zero.content.decode()
    unreadable = client.post("/medel/budget/ny/", {**fields, "amount": "fem miljoner"})
    assert "går inte att läsa som ett belopp" in unreadable.content.decode()
    assert 'value="fem miljoner"' in unreadable.content.decode()
    nameless = client.post("/medel/budget/ny/", {**fields, "new_name": ""})
    assert "Fyll i det, eller välj ett anslag som redan finns." in nameless.content.decode()
    assert YearlyBudget.objects.filter(appropriation__year=2025).count() == 0
    assert client.post("/medel/budget/ny/", fields).status_code == 303
    assert YearlyBudget.objects.get(appropriation__year=2025).amount_ore == 500_000_000


def _key_fields(city: money.City, **fields: str) -> dict[str, object]:
    shares = {"andel-asn": "51", "andel-gvn": "27", "andel-fsn": "16", "andel-ks": "6"}
    years = {"first_year": "2024", "last_year": "2026", "decided_in": "STK-2024-291"}
    return form(city, **{**years, **shares, **fields})


def test_a_key_must_be_whole_and_may_not_overlap(client: Client) -> None:
    city = with_money()
    as_role(client, city)
    address = "/medel/satsningar/jobb/nyckel/ny/"
    short = client.post(address, _key_fields(city, **{"andel-ks": "5,5"}))
    assert "Andelarna blir 99,50 procent tillsammans, inte 100." in short.content.decode()
    assert 'value="5,5"' in short.content.decode()
    assert (
        "går inte att läsa som procent"
        in client.post(address, _key_fields(city, **{"andel-ks": "sex"})).content.decode()
    )
    assert client.post(address, _key_fields(city)).status_code == 303
    overlapping = client.post(address, _key_fields(city, first_year="2025", last_year="2028"))
    assert "Det finns redan en nyckel för Jobbsatsningar" in overlapping.content.decode()
    page = text(client, "/medel/satsningar/jobb/nyckel/")
    assert "10 000 000 × 51 % = 5 100 000" in page
    assert "räknat på 2024 års summa; fullmäktige beslutar om summan varje år".casefold() in page.casefold()


def test_the_remainder_rule_is_told_in_words(client: Client) -> None:
    city = money.city()
    city.budget(100)
    keys.decide(
        by=city.by, fund_id=city.fund_id, valid=Period(date(2024, 1, 1), date(2025, 1, 1)),
        shares=[(city.orgs["asn"], 3333), (city.orgs["gvn"], 3333), (city.orgs["fsn"], 3334)],
    )  # fmt: skip
    as_role(client, city)
    page = text(client, "/medel/satsningar/jobb/nyckel/")
    assert "100 × 33,33 % = 33,33" in page
    assert "De kronor som blir över går till dem med störst rest: FSN." in page


def test_a_proposal_is_made_by_the_key_in_the_browser(client: Client) -> None:
    city = money.city()
    city.budget(25_600_000)
    as_role(client, city)
    client.post("/medel/satsningar/jobb/nyckel/ny/", _key_fields(city))
    address = "/medel/satsningar/jobb/nyckel/2024/"
    odd = client.post(address, form(city, **{"2024-case_number": "x"}))
    assert odd.status_code == 422
    assert client.post(address, form(city, **{"2024-case_number": "STK-2024-291"})).status_code == 303
    assert Proposal.objects.get().points.count() == 4


def test_a_request_goes_from_committee_to_proposal(client: Client) -> None:
    city = money.city()
    city.budget(1_000_000)
    controller = partners.member(Role.COMMITTEE_CONTROLLER, "gvn")
    signed_in.sign_in(client, controller)
    mine = {"membership": str(controller.membership_id)}
    fields = {**mine, "fund": "jobb", "year": "2024", "body": "gvn", "purpose": "Orienteringskurs", "amount": "400 000"}
    refused = client.post("/medel/askanden/nytt/", {**fields, "amount": "-5"})
    assert "Beloppet måste vara större än noll." in refused.content.decode()
    assert client.post("/medel/askanden/nytt/", {**fields, "body": "asn"}).status_code == 422
    assert client.post("/medel/askanden/nytt/", fields).status_code == 303
    request = MoneyRequest.objects.get()
    page = reverse("money:request", args=[request.id])
    assert "Föreslå belopp" not in text(client, page)
    client.post(f"{page}synpunkt/", {**mine, "opinion-text": "Vi behöver svar före sommaren."})
    assert "Vi behöver svar före sommaren." in text(client, page)
    as_role(client, city)
    assert client.post(f"{page}foresla/", form(city, **{"propose-amount": "300 000"})).status_code == 303
    listed = text(client, "/medel/askanden/?satsning=jobb&ar=2024")
    assert "400 000 kr" in listed
    assert "300 000 kr" in listed
    made = client.post("/medel/askanden/jobb/2024/forslag/", form(city, **{"jobb-2024-case_number": "STK-2024-118"}))
    assert made.status_code == 303
    assert "i ett förslag, väntar på beslut" in text(client, "/medel/askanden/")
    again = client.post("/medel/askanden/jobb/2024/forslag/", form(city, **{"jobb-2024-case_number": "STK-2024-119"}))
    assert "Inget äskande för Jobbsatsningar 2024 har ett föreslaget belopp" in again.content.decode()
    assert "Orienteringskurs" in client.get("/medel/askanden/?fil=csv").content.decode("utf-8-sig")


def test_a_withdrawn_request_stays_and_takes_no_more(client: Client) -> None:
    city = money.city()
    made = requests.ask(
        by=city.by, fund_id=city.fund_id, year=2024, organisation_id=city.orgs["asn"], purpose="Kurs", amount_ore=100
    )
    as_role(client, city)
    page = reverse("money:request", args=[made])
    assert client.post(f"{page}aterta/", form(city, **{"withdraw-text": "Behövs inte"})).status_code == 303
    assert "återtaget" in text(client, page)
    late = client.post(f"{page}synpunkt/", form(city, **{"opinion-text": "Jo"}))
    assert late.status_code == 422
    assert "Äskandet är återtaget." in late.content.decode()
