"""Läs in beslut: from pasted text to a registered proposal, a decision, and a posted voucher."""

import pytest
from django.test import Client

from samkraft.money.actions import drafts as actions
from samkraft.money.models import Proposal, ReadingDraft
from samkraft.partners.rules.organisations import OrganisationKind
from samkraft.partners.rules.roles import Role
from tests.factories import money, partners, signed_in
from tests.once import Once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]

TEXT = f"""Tjänsteskrivelse
Fördelning av Jobbsatsningar 2024
Diarienummer: STK-2024-77

Förslag till beslut
Kommunstyrelsens arbetsutskott föreslår kommunstyrelsen besluta

1. Kommunstyrelsen tilldelar arbetsmarknads- och socialnämnden 6 000 kronor år 2024 från {money.APPROPRIATION.lower()}.

2. Kommunstyrelsen överför 500 kronor från {money.APPROPRIATION.lower()} till kommunstyrelsen.

3. Kommunstyrelsen beviljar ReDI School 500 kronor med finansiering av överförda medel år 2024.

Beslutet skickas till
Arbetsmarknads- och socialnämnden
"""


def made() -> money.City:
    partners.organisation("ks", OrganisationKind.BOARD, name="Kommunstyrelsen")
    partners.organisation("ksau", OrganisationKind.WORKING_COMMITTEE, name="Kommunstyrelsens arbetsutskott")
    partners.organisation("asn", name="Arbetsmarknads- och socialnämnden")
    partners.organisation("redi", OrganisationKind.ASSOCIATION, name="ReDI School")
    partners.organisation("summer", OrganisationKind.SUPPLIER, name="Sommarlovsentreprenör")
    city = money.city()
    city.budget(10_000)
    return city


@pytest.fixture(scope="module")
def city(once: Once[money.City]) -> money.City:
    return once(made)


def officer_of(city: money.City) -> Client:
    """The city's own officer, signed in."""
    client, by = Client(), city.by
    signed_in.sign_in(
        client, partners.Member(by.actor_id, by.membership_id, by.organisation_id, by.area_id, by.actor_name, by)
    )
    client.membership = str(by.membership_id)
    return client


@pytest.fixture
def officer(city: money.City) -> Client:
    return officer_of(city)


def post(client: Client, address: str, **fields: object) -> object:
    return client.post(address, {"membership": client.membership, **fields}, follow=True)


def read_in(client: Client, text: str = TEXT) -> tuple[str, str]:
    response = post(client, "/medel/las-in/", text=text)
    assert response.status_code == 200, response.content.decode()[:500]
    return f"/medel/las-in/{ReadingDraft.objects.get().id}/", response.content.decode()


def test_the_confirm_page_marks_asks_and_adds_up(officer: Client, city: money.City) -> None:
    _address, page = read_in(officer)
    assert "Läs in beslut: Fördelning av Jobbsatsningar 2024" in page
    assert "STK-2024-77" in page
    assert '<span class="understood">tilldelar</span>' in page
    assert "vilket år gäller överföringen?" in page
    assert "Registrera förslaget" in page
    assert "Svara på" in page
    assert "6\u00a0500\u00a0kr" in page  # new money: points 1 and 2; point 3 is paid out of point 2
    assert "3\u00a0500\u00a0kr" in page  # left of the budget
    assert "Kvar att förklara" in page
    assert Proposal.objects.count() == 0


def test_nothing_is_registered_while_a_question_is_open(officer: Client, city: money.City) -> None:
    address, _page = read_in(officer)
    response = post(officer, f"{address}forslag/", version=1)
    assert "Svara på frågorna först" in response.content.decode()
    assert Proposal.objects.count() == 0
    assert "Det finns frågor kvar" in officer.get(f"{address}beslut/").content.decode()


def test_the_second_of_two_who_answer_is_told_and_keeps_what_was_typed(officer: Client, city: money.City) -> None:
    text = TEXT.replace("år 2024", "").replace("2024", "").replace("STK--77", "STK-77-1")
    address, _page = read_in(officer, text)
    draft = ReadingDraft.objects.get()
    actions.take_back(by=city.by, draft_id=draft.id, version=1, key="own:fund")  # somebody else does something
    response = post(officer, f"{address}svar/", version=1, key="text:A", typed="2024")
    page = response.content.decode()
    assert response.status_code == 409
    assert "har ändrat utkastet sedan du öppnade sidan" in page
    assert 'value="2024"' in page


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("tom.txt", b"", "Filen är tom."),
        ("beslut.pdf", "hej, jag är text".encode(), "Filen heter beslut.pdf men är"),
        ("beslut.exe", b"MZ", "Filer av den här sorten"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_beside_the_field(
    officer: Client, name: str, content: bytes, told: str
) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    response = officer.post(
        "/medel/las-in/",
        {"membership": officer.membership, "file": SimpleUploadedFile(name, content)},
    )
    page = response.content.decode()
    assert response.status_code == 422
    assert told in page
    assert 'id="id_file_error"' in page
    assert ReadingDraft.objects.count() == 0


def test_nothing_at_all_is_refused_and_two_at_once_keep_the_pasted_text(officer: Client) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    assert "Det finns ingen text att läsa." in post(officer, "/medel/las-in/", text=" ").content.decode()
    both = {
        "membership": officer.membership,
        "text": "Mitt inklistrade beslut",
        "file": SimpleUploadedFile("a.txt", b"hej"),
    }
    page = officer.post("/medel/las-in/", both).content.decode()
    assert "Ta bort den ena" in page
    assert "Mitt inklistrade beslut" in page


def test_a_text_with_several_matters_lets_one_be_chosen(officer: Client, city: money.City) -> None:
    text = (
        "Protokoll\nKommunstyrelsen 2024-03-06\n\n§ 12\nBidrag till ReDI School\nSTK-2024-12\n\nBeslut\n"
        "Kommunstyrelsen beslutar\n1. att bevilja ReDI School 500 kronor år 2024.\n\n"
        "§ 13\nBidrag till Sommarlovsentreprenör\nSTK-2024-13\n\nBeslut\nKommunstyrelsen beslutar\n"
        "1. att bevilja Sommarlovsentreprenör 700 kronor år 2024.\n"
    )
    address, page = read_in(officer, text)
    assert "2 ärenden i texten" in page
    page = post(officer, f"{address}del/", version=1, part="1").content.decode()
    assert "STK-2024-13" in page.split("<h1>")[1].split("</header>")[0] or "STK-2024-13" in page
    assert "Sommarlovsentreprenör" in page
    assert ReadingDraft.objects.get().part == 1


def test_a_draft_is_thrown_away_on_request(officer: Client) -> None:
    address, _page = read_in(officer)
    page = post(officer, f"{address}ta-bort/", version=1).content.decode()
    assert "Utkastet är borttaget" in page
    assert ReadingDraft.objects.count() == 0
    assert officer.get(address).status_code == 409


@pytest.mark.parametrize("role", [Role.COUNCILLOR, Role.COMMITTEE_CONTROLLER, Role.DATA_PROTECTION_OFFICER])
def test_only_those_who_register_decisions_read_them_in(client: Client, role: Role) -> None:
    signed_in.as_role(client, role)
    assert client.get("/medel/las-in/").status_code == 403


def test_a_strangers_draft_is_not_there(client: Client, city: money.City) -> None:
    draft_id = actions.begin(by=city.by, text=TEXT)
    other = partners.member(Role.FUND_OFFICER, "annan-stad")
    signed_in.sign_in(client, other)
    response = client.get(f"/medel/las-in/{draft_id}/")
    assert response.status_code == 409
    assert "Utkastet finns inte längre" in response.content.decode()


def test_questions_and_what_was_not_understood_are_said_in_the_readers_language(
    officer: Client, city: money.City
) -> None:
    unread = TEXT.replace("Diarienummer: STK-2024-77\n", "").replace(
        "Beslutet skickas till", "Budgeten är 77 000 kronor.\n\n4. Nämnden får 12 000 dollar.\n\nBeslutet skickas till"
    )
    address, page = read_in(officer, unread)
    assert "Det kunde inte läsas: en annan valuta än svenska kronor." in page
    assert "Inget diarienummer hittades i texten." in page
    officer.post("/utseende/sprak/", {"language": "en", "next": address})
    page = officer.get(address).content.decode()
    assert "No case number was found in the text." in page
    assert "Which case number does the matter have?" in page
    for swedish in ("Inget diarienummer", "vilket år gäller", "Vad betyder", "en annan valuta än", "Ja, bokför"):
        assert swedish not in page
