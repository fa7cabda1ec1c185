"""Pages of the flow, funds, keys, requests and first pages, each as the right role; and open to anybody."""

import io

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from samkraft.money.actions import decisions
from samkraft.money.models import Point, Proposal, Use
from samkraft.partners.rules.roles import Role
from tests.factories import money, signed_in
from tests.once import Once
from tests.pages.money_city import as_role, text, with_money

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]


@pytest.fixture(scope="module")
def city(once: Once[money.City]) -> money.City:
    return once(with_money)


def test_the_flow_says_what_is_unexplained_in_picture_and_table(client: Client, city: money.City) -> None:
    as_role(client, city)
    page = text(client, "/medel/folj-kronan/")
    assert "Vart tog 10 miljoner vägen?" in page
    assert page.count("2 000 000 kr") >= 3, "unexplained stands in the picture, the list and the table"
    assert "kvar att förklara: inget beslut hittat" in page
    assert "Budget 2024, beslutad av kommunfullmäktige" in page
    assert "Rekryteringsteam" in page


def test_each_band_narrows_and_the_address_says_to_what(client: Client, city: money.City) -> None:
    as_role(client, city)
    html = client.get("/medel/folj-kronan/").content.decode()
    assert "/medel/folj-kronan/?ar=2024&amp;satsning=jobb&amp;namnd=asn" in html
    page = text(client, "/medel/folj-kronan/?ar=2024&satsning=jobb&namnd=asn")
    assert "Visar bara" in page
    assert "Summa av det som visas" in page
    assert "av budgeten på 10 000 000 kr" in page
    assert "REDI" not in page
    nothing = text(client, "/medel/folj-kronan/?ar=2024&satsning=jobb&namnd=gvn")
    assert "Inga pengar går den vägen" in nothing


def test_only_the_table_when_asked_for(client: Client, city: money.City) -> None:
    as_role(client, city)
    html = client.get("/medel/folj-kronan/?visa=tabell").content.decode()
    assert '<svg class="flow flow-krona"' not in html
    assert "Visa bilden också" in html


def test_the_file_says_what_the_screen_says(client: Client, city: money.City) -> None:
    as_role(client, city)
    lines = client.get("/medel/folj-kronan/?fil=csv").content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Ärende;Punkt;Vad;Mottagare")
    counted = [line.split(";") for line in lines[1:-1]]
    assert sum(int(cells[7]) for cells in counted if cells[8] == "ja") == 10_000_000
    assert lines[-1].split(";")[7] == "10000000"
    sheet = load_workbook(io.BytesIO(client.get("/medel/folj-kronan/?fil=xlsx").content)).active
    assert sheet is not None
    assert sheet.max_row == len(lines)


@pytest.mark.parametrize("year", ["1", "abc", "99999", "-3", "²"])
def test_an_odd_year_in_the_address_is_left_out_of_account(client: Client, city: money.City, year: str) -> None:
    as_role(client, city)
    assert "2024" in text(client, f"/medel/folj-kronan/?ar={year}")
    assert "2024" in text(client, f"/medel/?ar={year}")
    text(client, f"/medel/askanden/?ar={year}")


def test_every_node_has_its_page_down_to_voucher_and_source(client: Client, city: money.City) -> None:
    as_role(client, city)
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


def test_anybody_sees_the_flow_and_the_funds_but_no_persons_and_no_drafts(client: Client, city: money.City) -> None:
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
    signed_in.as_role(client, Role.EMPLOYMENT_OFFICER)
    assert client.get("/oppet/folj-kronan/").status_code == 200
    assert client.get("/medel/folj-kronan/").status_code == 403


def test_the_fund_officer_begins_with_the_year_in_one_sentence(client: Client, city: money.City) -> None:
    as_role(client, city)
    page = text(client, "/medel/")
    assert "2 000 000 kr av 10 000 000 kr är kvar att förklara" in page
    assert "Sidan visar 2024, som är det senaste året med en registrerad budget." in page
    assert "Det här behöver någon" in page
    assert "STK-2024-291" in page


def test_a_committee_begins_with_its_own_money(client: Client, city: money.City) -> None:
    as_role(client, city, Role.COMMITTEE_CONTROLLER, "asn")
    page = text(client, "/medel/")
    assert "Våra medel 2024" in page
    assert "6 000 000 kr" in page
    assert "Nytt äskande" in page


def test_a_councillor_reads_and_changes_nothing(client: Client, city: money.City) -> None:
    as_role(client, city, Role.COUNCILLOR)
    assert "Det här behöver någon" in text(client, "/medel/")
    fund = text(client, "/medel/satsningar/jobb/")
    assert "Registrera budget" not in fund
    for address in ("/medel/satsningar/ny/", "/medel/budget/ny/", "/medel/satsningar/jobb/nyckel/ny/"):
        assert "får inte göra det här" in text(client, address, 403)
