"""Pages of the flow, funds, keys, requests and first pages, each as the right role; and open to anybody."""

import io

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from samkraft.money.actions import decisions
from samkraft.money.actions.contradictions import contradictions
from samkraft.money.models import Point, Proposal, Use
from samkraft.money.rules.contradictions import Choice
from samkraft.partners.rules.roles import Role
from tests.factories import differences, partners, signed_in
from tests.pages.money_city import as_role, text, with_money

pytestmark = pytest.mark.django_db


def test_the_flow_says_what_is_unexplained_in_picture_and_table(client: Client) -> None:
    as_role(client, with_money())
    page = text(client, "/medel/folj-kronan/")
    assert "Vart tog 10 miljoner vägen?" in page
    assert page.count("2 000 000 kr") >= 3, "unexplained stands in the picture, the list and the table"
    assert "kvar att förklara: inget beslut hittat" in page
    assert "Budget 2024, beslutad av kommunfullmäktige" in page
    assert "Rekryteringsteam" in page


def test_each_band_narrows_and_the_address_says_to_what(client: Client) -> None:
    as_role(client, with_money())
    html = client.get("/medel/folj-kronan/").content.decode()
    assert "/medel/folj-kronan/?ar=2024&amp;satsning=jobb&amp;namnd=asn" in html
    page = text(client, "/medel/folj-kronan/?ar=2024&satsning=jobb&namnd=asn")
    assert "Visar bara" in page
    assert "Summa av det som visas" in page
    assert "av budgeten på 10 000 000 kr" in page
    assert "REDI" not in page
    nothing = text(client, "/medel/folj-kronan/?ar=2024&satsning=jobb&namnd=gvn")
    assert "Inga pengar går den vägen" in nothing


def test_only_the_table_when_asked_for(client: Client) -> None:
    as_role(client, with_money())
    html = client.get("/medel/folj-kronan/?visa=tabell").content.decode()
    assert '<svg class="flow flow-krona"' not in html
    assert "Visa bilden också" in html


def test_an_assumption_is_said_under_the_picture_with_the_way_to_change_it(client: Client) -> None:
    city = with_money(assumed=True)
    as_role(client, city)
    page = text(client, "/medel/folj-kronan/")
    assert "Att STK-2024-291 beslutades är ett antagande. Inget protokoll." in page
    assert "Ändra antagandet" in page
    matter = Point.objects.get(decision__isnull=False, number="1").decision.matter_id
    assert reverse("money:matter", args=[matter]) in client.get("/medel/folj-kronan/").content.decode()


def test_the_file_says_what_the_screen_says(client: Client) -> None:
    as_role(client, with_money())
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
    as_role(client, with_money())
    assert "2024" in text(client, f"/medel/folj-kronan/?ar={year}")
    assert "2024" in text(client, f"/medel/?ar={year}")
    text(client, f"/medel/askanden/?ar={year}")


def test_every_node_has_its_page_down_to_voucher_and_source(client: Client) -> None:
    as_role(client, with_money())
    point = Point.objects.get(decision__isnull=False, number="2")
    page = text(client, reverse("money:point", args=[point.id]))
    assert "överför till sig själv" in page
    assert "Samma pengar går vidare till dem nedan" in page
    assert "2024-" in page, "its voucher"
    assert "6 000 000 kr" in text(client, "/medel/organ/asn/")
    assert "vidare till REDI" in text(client, "/medel/organ/ks/")
    use = text(client, reverse("money:use", args=[Use.objects.get().id]))
    assert "Årsanalys 2024" in use
    assert "Källan säger inte hur mycket av 6 000 000 kr som gick hit." in use
    assert "Budgetbeslut i november" in text(client, "/medel/satsningar/jobb/budget/2024/")
    for missing in ("/medel/organ/finns-inte/", "/medel/satsningar/finns-inte/", "/medel/satsningar/jobb/budget/1999/"):
        assert client.get(missing).status_code == 404


def test_anybody_sees_the_flow_and_the_funds_but_no_persons_and_no_drafts(client: Client) -> None:
    city = with_money()
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
    with_money()
    signed_in.as_role(client, Role.EMPLOYMENT_OFFICER)
    assert client.get("/oppet/folj-kronan/").status_code == 200
    assert client.get("/medel/folj-kronan/").status_code == 403


def test_the_fund_officer_begins_with_the_year_in_one_sentence(client: Client) -> None:
    as_role(client, with_money())
    page = text(client, "/medel/")
    assert "2 000 000 kr av 10 000 000 kr är kvar att förklara" in page
    assert "Sidan visar 2024, som är det senaste året med en registrerad budget." in page
    assert "Det här behöver någon" in page
    assert "STK-2024-291" in page


def test_a_committee_begins_with_its_own_money(client: Client) -> None:
    as_role(client, with_money(), Role.COMMITTEE_CONTROLLER, "asn")
    page = text(client, "/medel/")
    assert "Våra medel 2024" in page
    assert "6 000 000 kr" in page
    assert "Nytt äskande" in page


def test_a_councillor_reads_and_changes_nothing(client: Client) -> None:
    city = with_money()
    as_role(client, city, Role.COUNCILLOR)
    assert "Det här behöver någon" in text(client, "/medel/")
    fund = text(client, "/medel/satsningar/jobb/")
    assert "Registrera budget" not in fund
    for address in ("/medel/satsningar/ny/", "/medel/budget/ny/", "/medel/satsningar/jobb/nyckel/ny/"):
        assert "får inte göra det här" in text(client, address, 403)


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
