"""Matters, documents and the book: what is shown, what a file holds, who may reverse, and who is refused."""

import csv
import io
from datetime import date
from uuid import UUID, uuid4

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from samkraft.money.actions import decisions, matters
from samkraft.money.models import Account, Document, Voucher
from samkraft.money.rules.points import Outcome, Verb
from samkraft.money.rules.posting import PointDraft
from samkraft.partners.rules.roles import Role
from samkraft.values.refusal import Refused
from samkraft.web import exports
from tests.factories import money, partners, signed_in
from tests.once import Once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]


def _city() -> money.City:
    """A proposal, a decision with one amount changed, money that waits for 2025, and a duty for who is not told."""
    made = money.city()
    made.budget(10_000)
    duty = PointDraft(
        "3", Verb.INSTRUCTS, "gvn ska redovisa", (made.item("gvn"),), due_words="2025-01-31", binding=True
    )
    waits = made.gives("2", "fsn", 700, 2025)
    proposal = decisions.propose(
        by=made.by, case_number="STK-2024-9", title="Fördelning 2024", decider_id=made.orgs["ks"],
        points=[made.gives("1", "asn", 6_000), waits, duty], addressees=["ASN", "FSN"],
        source=decisions.Text(
            kind="Tjänsteskrivelse", title="Skrivelse om 2024", text="Vi föreslår.\n\ntilldelar asn 6000 kronor",
            file_name="=skrivelse åäö.txt", media_type="text/html", content=b"<script>alert(1)</script>",
        ),
    )  # fmt: skip
    decisions.decide(
        by=made.by, case_number="STK-2024-9", body_id=made.orgs["ks"], date=date(2024, 3, 6), outcome=Outcome.CHANGED,
        proposal_id=proposal, points=[made.gives("1", "asn", 5_500), waits, duty], paragraph="87",
    )  # fmt: skip
    return made


@pytest.fixture(scope="module")
def city(once: Once[money.City]) -> money.City:
    return once(_city)


@pytest.fixture
def officer(client: Client, city: money.City) -> Client:
    held = partners.Member(
        city.by.actor_id, city.by.membership_id, city.by.organisation_id, city.by.area_id, city.by.actor_name, city.by
    )
    return signed_in.sign_in(client, held)


def text_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, f"{address}: {response.status_code}"
    return response.content.decode()


def matter_id() -> UUID:
    return Document.objects.get().matter_id


def test_the_list_tells_where_each_matter_stands(officer: Client, city: money.City) -> None:
    matters.receive(by=city.by, kind="PM", title="Ett PM", case_number="STK-2024-10")
    page = text_of(officer, "/medel/arenden/")
    assert "2 ärenden" in page
    assert "beslutat med ändringar" in page
    assert "inget förslag än" in page
    assert "Fördelning 2024" in text_of(officer, "/medel/arenden/?q=stk-2024-9&ar=2025")
    assert "Inga ärenden passar" in text_of(officer, "/medel/arenden/?q=finns+inte")


def test_a_matter_shows_decision_beside_proposal_and_what_waits(officer: Client, city: money.City) -> None:
    page = text_of(officer, f"/medel/arenden/{matter_id()}/")
    assert "§ 87" in page
    assert "Ändrat mot förslaget" in page
    assert "\u2212500\u00a0kr" in page
    assert page.count('id="punkt-1"') == 1, "anchors are unique"
    assert "väntar på fullmäktiges budget 2025" in page
    assert "1 som får en uppgift saknas bland dem som beslutet skickas till:" in page
    assert "GVN" in page
    assert "Verifikat 2024-2 bokfördes" in page
    assert officer.get(f"/medel/arenden/{uuid4()}/").status_code == 404


def test_a_document_marks_what_is_asked_for(officer: Client, city: money.City) -> None:
    address = f"/medel/dokument/{Document.objects.get().id}/"
    assert '<mark id="visa">tilldelar asn 6000\N{NO-BREAK SPACE}kronor</mark>' in text_of(
        officer, f"{address}?visa=Tilldelar++asn+6000%20kronor"
    )
    assert "står inte ordagrant" in text_of(officer, f"{address}?visa=något+annat")
    hostile = text_of(officer, f"{address}?visa=<script>alert(1)</script>")
    assert "<script>alert(1)</script>" not in hostile


def test_a_file_is_only_ever_saved_never_run(officer: Client, city: money.City) -> None:
    response = officer.get(f"/medel/dokument/{Document.objects.get().id}/fil/")
    assert response.content == b"<script>alert(1)</script>"
    assert response.headers["Content-Type"] == "application/octet-stream", "text/html is not one of ours"
    assert response.headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''%3Dskrivelse")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert officer.get(f"/medel/dokument/{uuid4()}/fil/").status_code == 404


def test_balances_are_told_for_any_day(officer: Client, city: money.City) -> None:
    assert "Saldon vid slutet av 5\u00a0mars\u00a02024" in text_of(officer, "/medel/bok/?per=2024-03-05")
    before = text_of(officer, "/medel/bok/?per=5+mars+2024&slag=appropriation")
    after = text_of(officer, "/medel/bok/?per=2024-03-06&slag=appropriation")
    assert "10\u00a0000\u00a0kr" in before
    assert "4\u00a0500\u00a0kr" in after
    assert "går inte att läsa som ett datum" in text_of(officer, "/medel/bok/?per=i+går")
    assert "Inga konton passar" in text_of(officer, "/medel/bok/?ar=1999")


def test_an_account_leads_to_its_vouchers_and_on_to_the_point(officer: Client, city: money.City) -> None:
    account = Account.objects.get(kind="frame", organisation_id=city.orgs["asn"])
    page = text_of(officer, f"/medel/bok/konto/{account.id}/")
    voucher = Voucher.objects.get(point__isnull=False)
    assert f"/medel/bok/verifikat/{voucher.id}/" in page
    assert "+5\u00a0500" in page
    assert f"/medel/arenden/{matter_id()}/#punkt-1" in text_of(officer, f"/medel/bok/verifikat/{voucher.id}/")


def test_a_reversal_needs_its_reason_and_happens_once(officer: Client, city: money.City) -> None:
    voucher = Voucher.objects.get(point__isnull=False)
    address = f"/medel/bok/verifikat/{voucher.id}/"
    form = {"membership": str(city.by.membership_id)}
    refused = officer.post(address, {**form, "reason": " "})
    assert refused.status_code == 422
    assert "En vändning behöver ett skäl." in refused.content.decode()
    done = officer.post(address, {**form, "reason": "Fel nämnd"}, follow=True).content.decode()
    assert "Verifikatet är vänt. Båda finns kvar i boken." in done
    assert "Fel nämnd" in done
    assert city.kronor_at("frame", "asn") == 0
    again = officer.post(address, {**form, "reason": "En gång till"})
    assert again.status_code == 409
    assert "är redan vänt" in again.content.decode()


def test_a_file_says_what_the_screen_says(officer: Client, city: money.City) -> None:
    account = Account.objects.get(kind="appropriation", year=2024)
    for address in (
        "/medel/bok/?fil=",
        f"/medel/bok/konto/{account.id}/?fil=",
        "/medel/bok/verifikat/?fil=",
        "/medel/arenden/?fil=",
    ):
        told = officer.get(f"{address}csv")
        rows = list(csv.reader(io.StringIO(told.content.decode("utf-8-sig")), delimiter=";"))
        book = openpyxl.load_workbook(io.BytesIO(officer.get(f"{address}xlsx").content))
        sheet = [[cell.value for cell in row] for row in book.active.rows]
        assert len(rows) == len(sheet) > 1
        assert rows[0] == sheet[0]
        assert told.headers["Content-Disposition"].startswith("attachment;")
    page = text_of(officer, f"/medel/bok/konto/{account.id}/")
    told = officer.get(f"/medel/bok/konto/{account.id}/?fil=csv").content.decode("utf-8-sig")
    assert "-5500" in told
    assert "\u22125\u00a0500" in page


def test_text_that_a_spreadsheet_would_run_is_made_harmless() -> None:
    heads = (exports.Head("Text"), exports.Head("Kronor", "ore"), exports.Head("Dag", "date"))
    cells = [["=HYPERLINK(1)", -12_345, date(2024, 3, 6)], ["+46", None, None], ["vanlig", 100, None]]
    told = b"".join(exports.as_csv(heads, cells)).decode("utf-8-sig").splitlines()
    assert told[1:] == ["'=HYPERLINK(1);-123,45;2024-03-06", "'+46;okänt;", "vanlig;1;"]
    sheet = openpyxl.load_workbook(io.BytesIO(exports.as_xlsx(heads, cells))).active
    assert sheet["A2"].data_type == "s"
    assert sheet["B2"].value == -123.45
    assert sheet["B3"].value == "okänt"
    assert sheet["C2"].value.date() == date(2024, 3, 6)


@pytest.mark.parametrize("role", [Role.COUNCILLOR, Role.COMMITTEE_CONTROLLER])
def test_others_read_but_neither_register_nor_reverse(client: Client, city: money.City, role: Role) -> None:
    member = signed_in.as_role(client, role)
    voucher = Voucher.objects.get(point__isnull=False)
    page = text_of(client, f"/medel/bok/verifikat/{voucher.id}/")
    assert "Vänd verifikatet" not in page
    assert "Registrera beslut" not in text_of(client, f"/medel/arenden/{matter_id()}/")
    form = {"membership": str(member.membership_id), "reason": "Prov"}
    assert client.post(f"/medel/bok/verifikat/{voucher.id}/", form).status_code in {403, 409}
    assert Voucher.objects.filter(reverses__isnull=False).count() == 0


def test_those_without_money_pages_are_refused(client: Client, city: money.City) -> None:
    signed_in.as_role(client, Role.SOCIAL_SECRETARY)
    for address in ("/medel/arenden/", "/medel/bok/", "/medel/bok/verifikat/", f"/medel/arenden/{matter_id()}/"):
        assert client.get(address).status_code == 403, address


def test_a_stranger_signs_in_first(client: Client, city: money.City) -> None:
    assert client.get("/medel/arenden/").status_code == 302


def test_what_comes_in_opens_its_matter_once_with_the_file_as_a_source(officer: Client, city: money.City) -> None:
    address = "/medel/arenden/nytt/"
    assert address in text_of(officer, "/medel/arenden/")
    assert 'value="STK-2024-9"' in text_of(officer, f"{address}?arende=STK-2024-9")
    said = {
        "membership": str(city.by.membership_id), "case_number": "dnr stk-2024-77", "matter_title": "Skrivelse om mötesplats",
        "kind": "Skrivelse", "title": "Vi behöver en mötesplats", "author": str(city.orgs["asn"]), "dated": "3 maj 2024",
    }  # fmt: skip

    def file(content: bytes, name: str = "skrivelse.txt") -> SimpleUploadedFile:
        return SimpleUploadedFile(name, content)

    assert officer.post(address, {**said, "file": file("Vi behöver en lokal.".encode())}).status_code == 303
    kept = Document.objects.get(title="Vi behöver en mötesplats")
    assert kept.matter is not None
    assert (kept.matter.case_number, kept.matter.title) == ("STK-2024-77", "Skrivelse om mötesplats")
    page = text_of(officer, f"/medel/arenden/{kept.matter_id}/")
    assert "Inget är bokfört" in page
    assert "Vi behöver en mötesplats" in page
    assert "arende=STK-2024-77" in page
    for wrong, words in {
        "same": ({"file": file("Vi behöver en lokal.".encode())}, "Filen finns redan i ärendet"),
        "number": ({"case_number": "mötesplats?", "text": "Ord"}, "ser inte ut som ett diarienummer"),
        "both": ({"file": file(b"Ord"), "text": "Ord"}, "Välj antingen texten eller filen"),
        "none": ({}, "Välj filen, eller klistra in texten."),
        "kind": ({"file": file(b"\x00\x01", "bild.exe")}, "går inte att läsa in"),
    }.values():
        answer = officer.post(address, {**said, **wrong})
        assert answer.status_code == 422, words
        assert words in answer.content.decode()
        assert "Skrivelse om mötesplats" in answer.content.decode(), "nothing typed is lost"
    assert officer.post(address, {**said, "text": "Mer om lokalen"}).status_code == 303
    assert kept.matter.documents.count() == 2


def test_what_comes_in_has_a_title_and_a_kind_and_is_for_those_who_register(client: Client, city: money.City) -> None:
    for said, code in (
        ({"kind": "PM", "title": " "}, "document_without_title"),
        ({"kind": " ", "title": "Ett PM"}, "document_without_kind"),
    ):
        with pytest.raises(Refused) as refused:
            matters.receive(by=city.by, **said)
        assert refused.value.reason.code == code
    signed_in.as_role(client, Role.COUNCILLOR)
    assert client.get("/medel/arenden/nytt/").status_code == 403
