"""Pages of the flow, funds, keys, requests and first pages, each as the right role; and open to anybody."""

import io
import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from samkraft.money.actions import decisions, figures, keys, requests
from samkraft.money.models import Fund, MoneyRequest, Point, Proposal, Use, YearlyBudget
from samkraft.money.rules.points import Outcome, Support, Verb
from samkraft.money.rules.posting import PointDraft
from samkraft.money.rules.uses import UseStage
from samkraft.partners.rules.roles import Role
from samkraft.values.period import Period
from tests.factories import money, partners, signed_in

pytestmark = pytest.mark.django_db


def _text(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, address
    html = response.content.decode().replace("\u00a0", " ")
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def _city_with_money(*, assumed: bool = False) -> money.City:
    """10 000 000 kr; the committee gets 6, the board 2 of which one goes on; 2 are left."""
    city = money.city()
    city.budget(10_000_000, source="Budgetbeslut i november")
    decisions.decide(
        by=city.by, case_number="STK-2024-291", title="Fördelning", body_id=city.orgs["ks"], date=date(2024, 3, 6),
        outcome=Outcome.AS_PROPOSED, is_assumption=assumed, note="Inget protokoll." if assumed else "",
        points=[
            city.gives("1", "asn", 6_000_000),
            PointDraft("2", Verb.TRANSFERS, "överför till sig själv", (city.item("ks", 2_000_000),)),
            PointDraft("3", Verb.GRANTS, "beviljar", (city.item("redi", 1_000_000, paid_by="2"),)),
        ],
    )  # fmt: skip
    figures.note_use(
        by=city.by, organisation_id=city.orgs["asn"], fund_id=city.fund_id, year=2024, stage=UseStage.REPORTED,
        support=Support.FRAME, title="Rekryteringsteam", source_title="Årsanalys 2024",
    )  # fmt: skip
    return city


def _as(client: Client, city: money.City, role: Role = Role.FUND_OFFICER, code: str = "") -> Client:
    if role is Role.FUND_OFFICER:
        client.force_login(_user(city.by.actor_id), backend=signed_in.BACKEND)
        session = client.session
        session["membership"] = str(city.by.membership_id)
        session.save()
        return client
    return signed_in.sign_in(client, partners.member(role, code))


def _user(user_id: object) -> object:
    from django.contrib.auth import get_user_model

    return get_user_model().objects.get(id=user_id)


def _form(city: money.City, **fields: object) -> dict[str, object]:
    return {"membership": str(city.by.membership_id), **fields}


def test_the_flow_says_what_is_unexplained_in_picture_and_table(client: Client) -> None:
    _as(client, _city_with_money())
    page = _text(client, "/medel/folj-kronan/")
    assert "Vart tog 10 miljoner vägen?" in page
    assert page.count("2 000 000 kr") >= 3, "unexplained stands in the picture, the list and the table"
    assert "kvar att förklara: inget beslut hittat" in page
    assert "Budget 2024, beslutad av kommunfullmäktige" in page
    assert "Rekryteringsteam" in page


def test_each_band_narrows_and_the_address_says_to_what(client: Client) -> None:
    _as(client, _city_with_money())
    html = client.get("/medel/folj-kronan/").content.decode()
    assert "/medel/folj-kronan/?ar=2024&amp;satsning=jobb&amp;namnd=asn" in html
    page = _text(client, "/medel/folj-kronan/?ar=2024&satsning=jobb&namnd=asn")
    assert "Visar bara" in page
    assert "Summa av det som visas" in page
    assert "av budgeten på 10 000 000 kr" in page
    assert "REDI" not in page
    nothing = _text(client, "/medel/folj-kronan/?ar=2024&satsning=jobb&namnd=gvn")
    assert "Inga pengar går den vägen" in nothing


def test_only_the_table_when_asked_for(client: Client) -> None:
    _as(client, _city_with_money())
    html = client.get("/medel/folj-kronan/?visa=tabell").content.decode()
    assert '<svg class="flow flow-krona"' not in html
    assert "Visa bilden också" in html


def test_an_assumption_is_said_under_the_picture_with_the_way_to_change_it(client: Client) -> None:
    city = _city_with_money(assumed=True)
    _as(client, city)
    page = _text(client, "/medel/folj-kronan/")
    assert "Att STK-2024-291 beslutades är ett antagande. Inget protokoll." in page
    assert "Ändra antagandet" in page
    matter = Point.objects.get(decision__isnull=False, number="1").decision.matter_id  # type: ignore[union-attr]
    assert reverse("money:matter", args=[matter]) in client.get("/medel/folj-kronan/").content.decode()


def test_the_file_says_what_the_screen_says(client: Client) -> None:
    _as(client, _city_with_money())
    lines = client.get("/medel/folj-kronan/?fil=csv").content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Ärende;Punkt;Vad;Mottagare")
    counted = [line.split(";") for line in lines[1:-1]]
    assert sum(int(cells[7]) for cells in counted if cells[8] == "ja") == 10_000_000
    assert lines[-1].split(";")[7] == "10000000"
    sheet = load_workbook(io.BytesIO(client.get("/medel/folj-kronan/?fil=xlsx").content)).active
    assert sheet is not None
    assert sheet.max_row == len(lines)


@pytest.mark.parametrize("year", ["1", "abc", "99999", "-3", "²"])
def test_an_odd_year_in_the_address_is_left_out_of_account(client: Client, year: str) -> None:
    _as(client, _city_with_money())
    assert "2024" in _text(client, f"/medel/folj-kronan/?ar={year}")
    assert "2024" in _text(client, f"/medel/?ar={year}")
    _text(client, f"/medel/askanden/?ar={year}")


def test_every_node_has_its_page_down_to_voucher_and_source(client: Client) -> None:
    _as(client, _city_with_money())
    point = Point.objects.get(decision__isnull=False, number="2")
    page = _text(client, reverse("money:point", args=[point.id]))
    assert "överför till sig själv" in page
    assert "Samma pengar går vidare till dem nedan" in page
    assert "2024-" in page, "its voucher"
    assert "6 000 000 kr" in _text(client, "/medel/organ/asn/")
    assert "vidare till REDI" in _text(client, "/medel/organ/ks/")
    use = _text(client, reverse("money:use", args=[Use.objects.get().id]))
    assert "Årsanalys 2024" in use
    assert "Källan säger inte hur mycket av 6 000 000 kr som gick hit." in use
    assert "Budgetbeslut i november" in _text(client, "/medel/satsningar/jobb/budget/2024/")
    for missing in ("/medel/organ/finns-inte/", "/medel/satsningar/finns-inte/", "/medel/satsningar/jobb/budget/1999/"):
        assert client.get(missing).status_code == 404


def test_anybody_sees_the_flow_and_the_funds_but_no_persons_and_no_drafts(client: Client) -> None:
    city = _city_with_money()
    proposal = decisions.propose(
        by=city.by, case_number="STK-2024-999", title="Hemligt utkast", decider_id=city.orgs["ks"],
        points=[city.gives("1", "asn", 1)],
    )  # fmt: skip
    point = Point.objects.get(decision__isnull=False, number="2")
    for address in (
        "/oppet/", "/oppet/folj-kronan/", "/oppet/satsningar/", "/oppet/satsningar/jobb/", "/oppet/organ/asn/",
        "/oppet/satsningar/jobb/budget/2024/", "/oppet/satsningar/jobb/nyckel/", f"/oppet/punkter/{point.id}/",
        f"/oppet/anvandning/{Use.objects.get().id}/", "/oppet/folj-kronan/?namnd=ks",
    ):  # fmt: skip
        html = client.get(address).content.decode()
        assert client.get(address).status_code == 200, address
        assert city.by.actor_name not in html, address
        assert "STK-2024-999" not in html, address
        assert 'href="/medel/' not in html, f"{address} leads in where one must sign in"
    draft = Proposal.objects.get(id=proposal).points.get()
    assert client.get(f"/oppet/punkter/{draft.id}/").status_code == 404
    assert client.get("/medel/folj-kronan/").status_code == 302


def test_the_open_pages_are_the_same_for_someone_whose_role_sees_no_money(client: Client) -> None:
    _city_with_money()
    signed_in.as_role(client, Role.EMPLOYMENT_OFFICER)
    assert client.get("/oppet/folj-kronan/").status_code == 200
    assert client.get("/medel/folj-kronan/").status_code == 403


def test_the_fund_officer_begins_with_the_year_in_one_sentence(client: Client) -> None:
    _as(client, _city_with_money())
    page = _text(client, "/medel/")
    assert "2 000 000 kr av 10 000 000 kr är kvar att förklara" in page
    assert "Sidan visar 2024, som är det senaste året med en registrerad budget." in page
    assert "Det här behöver någon" in page
    assert "STK-2024-291" in page


def test_a_committee_begins_with_its_own_money(client: Client) -> None:
    _as(client, _city_with_money(), Role.COMMITTEE_CONTROLLER, "asn")
    page = _text(client, "/medel/")
    assert "Våra medel 2024" in page
    assert "6 000 000 kr" in page
    assert "Nytt äskande" in page


def test_a_councillor_reads_and_changes_nothing(client: Client) -> None:
    city = _city_with_money()
    _as(client, city, Role.COUNCILLOR)
    assert "Det här behöver någon" in _text(client, "/medel/")
    fund = _text(client, "/medel/satsningar/jobb/")
    assert "Registrera budget" not in fund
    for address in ("/medel/satsningar/ny/", "/medel/budget/ny/", "/medel/satsningar/jobb/nyckel/ny/"):
        assert "får inte göra det här" in _text(client, address, 403)


def test_an_empty_city_says_what_to_do_first(client: Client) -> None:
    signed_in.as_role(client, Role.FUND_OFFICER)
    assert "Börja med att lägga upp en satsning" in _text(client, "/medel/")
    assert "Den satsningen finns inte" in _text(client, "/medel/folj-kronan/")
    assert "Här visas satsningarna" in _text(client, "/medel/satsningar/")
    assert "Inga äskanden här" in _text(client, "/medel/askanden/")
    assert client.get("/oppet/").status_code == 200


def test_funds_and_their_years(client: Client) -> None:
    _as(client, _city_with_money())
    assert "8 000 000 kr" in _text(client, "/medel/satsningar/")
    page = _text(client, "/medel/satsningar/jobb/")
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
    city = _city_with_money()
    _as(client, city)
    fields = _form(
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
    city = _city_with_money()
    _as(client, city)
    fields = _form(
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
    return _form(city, **{**years, **shares, **fields})


def test_a_key_must_be_whole_and_may_not_overlap(client: Client) -> None:
    city = _city_with_money()
    _as(client, city)
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
    page = _text(client, "/medel/satsningar/jobb/nyckel/")
    assert "10 000 000 × 51 % = 5 100 000" in page
    assert "räknat på 2024 års summa; fullmäktige beslutar om summan varje år".casefold() in page.casefold()


def test_the_remainder_rule_is_told_in_words(client: Client) -> None:
    city = money.city()
    city.budget(100)
    keys.decide(
        by=city.by, fund_id=city.fund_id, valid=Period(date(2024, 1, 1), date(2025, 1, 1)),
        shares=[(city.orgs["asn"], 3333), (city.orgs["gvn"], 3333), (city.orgs["fsn"], 3334)],
    )  # fmt: skip
    _as(client, city)
    page = _text(client, "/medel/satsningar/jobb/nyckel/")
    assert "100 × 33,33 % = 33,33" in page
    assert "De kronor som blir över går till dem med störst rest: FSN." in page


def test_a_proposal_is_made_by_the_key_in_the_browser(client: Client) -> None:
    city = money.city()
    city.budget(25_600_000)
    _as(client, city)
    client.post("/medel/satsningar/jobb/nyckel/ny/", _key_fields(city))
    address = "/medel/satsningar/jobb/nyckel/2024/"
    odd = client.post(address, _form(city, **{"2024-case_number": "x"}))
    assert odd.status_code == 422
    assert client.post(address, _form(city, **{"2024-case_number": "STK-2024-291"})).status_code == 303
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
    assert "Föreslå belopp" not in _text(client, page)
    client.post(f"{page}synpunkt/", {**mine, "opinion-text": "Vi behöver svar före sommaren."})
    assert "Vi behöver svar före sommaren." in _text(client, page)
    _as(client, city)
    assert client.post(f"{page}foresla/", _form(city, **{"propose-amount": "300 000"})).status_code == 303
    listed = _text(client, "/medel/askanden/?satsning=jobb&ar=2024")
    assert "400 000 kr" in listed
    assert "300 000 kr" in listed
    made = client.post("/medel/askanden/jobb/2024/forslag/", _form(city, **{"jobb-2024-case_number": "STK-2024-118"}))
    assert made.status_code == 303
    assert "i ett förslag, väntar på beslut" in _text(client, "/medel/askanden/")
    again = client.post("/medel/askanden/jobb/2024/forslag/", _form(city, **{"jobb-2024-case_number": "STK-2024-119"}))
    assert "Inget äskande för Jobbsatsningar 2024 har ett föreslaget belopp" in again.content.decode()
    assert "Orienteringskurs" in client.get("/medel/askanden/?fil=csv").content.decode("utf-8-sig")


def test_a_withdrawn_request_stays_and_takes_no_more(client: Client) -> None:
    city = money.city()
    made = requests.ask(
        by=city.by, fund_id=city.fund_id, year=2024, organisation_id=city.orgs["asn"], purpose="Kurs", amount_ore=100
    )
    _as(client, city)
    page = reverse("money:request", args=[made])
    assert client.post(f"{page}aterta/", _form(city, **{"withdraw-text": "Behövs inte"})).status_code == 303
    assert "återtaget" in _text(client, page)
    late = client.post(f"{page}synpunkt/", _form(city, **{"opinion-text": "Jo"}))
    assert late.status_code == 422
    assert "Äskandet är återtaget." in late.content.decode()
