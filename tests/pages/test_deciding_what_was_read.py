"""Läs in beslut, when every question of the text is answered: registered, decided, put right by hand."""

import pytest
from django.test import Client

from samkraft.audit.actions import transactions
from samkraft.money.models import Decision, Proposal, ReadingDraft, Transfer
from samkraft.money.queries import drafts
from tests.factories import money
from tests.once import Once
from tests.pages import test_reading_decisions as reading
from tests.pages.test_reading_decisions import post

Read = tuple[money.City, str]
pytestmark = pytest.mark.django_db


def answer_everything(city: money.City, client: Client, address: str) -> None:
    """Give every open question its first ready-made answer, one at a time, as a person would."""
    for _turn in range(20):
        draft = ReadingDraft.objects.get()
        with transactions.read(city.by):
            shown = drafts.page(by=city.by, draft_id=draft.id)
        assert shown is not None
        if not shown.open_questions:
            return
        ask = shown.open_questions[0]
        assert ask.answers, f"no ready answer to {ask.text}"
        post(client, f"{address}svar/", version=draft.version, key=ask.key, value=ask.answers[0].value)
    raise AssertionError("the questions never ended")


def _read() -> Read:
    city = reading.made()
    client = reading.officer_of(city)
    address, _page = reading.read_in(client)
    answer_everything(city, client, address)
    return city, address


@pytest.fixture(scope="module")
def read(once: Once[Read]) -> Read:
    return once(_read)


@pytest.fixture
def city(read: Read) -> money.City:
    return read[0]


@pytest.fixture
def answered(read: Read) -> tuple[Client, str]:
    return reading.officer_of(read[0]), read[1]


def test_a_proposal_is_registered_when_all_is_answered_and_posts_nothing(
    answered: tuple[Client, str], city: money.City
) -> None:
    client, address = answered
    before = Transfer.objects.count()
    response = post(client, f"{address}forslag/", version=ReadingDraft.objects.get().version)
    page = response.content.decode()
    assert "Förslaget är registrerat. Inget är bokfört." in page
    assert "förslag, inte beslutat" in page
    assert 'id="punkt-3"' in page
    assert Transfer.objects.count() == before
    assert ReadingDraft.objects.count() == 0
    proposal = Proposal.objects.get()
    assert proposal.points.count() == 3
    assert proposal.points.get(number="3").items.get().paid_by.number == "2"
    assert (
        proposal.document.text == reading.TEXT.replace("\n", "\r\n")
        or proposal.document.text.strip() == reading.TEXT.strip()
    )


def test_a_decision_shows_what_it_posts_and_then_posts_it(answered: tuple[Client, str], city: money.City) -> None:
    client, address = answered
    post(client, f"{address}forslag/", version=ReadingDraft.objects.get().version)
    proposal = Proposal.objects.get()
    decide = f"/medel/arenden/{proposal.matter_id}/beslut/{proposal.id}/"
    page = client.get(decide).content.decode()
    assert "Det här bokförs" in page
    assert "6\u00a0000" in page
    seen = page.split('name="seen" value="')[1].split('"')[0]
    fields = {"date": "6 mars 2024", "outcome": "as_proposed", "paragraph": "87", "seen": seen}
    page = post(client, decide, **fields).content.decode()
    assert "Beslutet är registrerat och bokfört." in page
    assert "§ 87" in page
    assert city.kronor_at("frame", "asn") == 6_000
    assert city.kronor_at("receiver", "redi") == 500
    again = post(client, decide, **fields)
    assert again.status_code == 409
    assert "har redan ett registrerat beslut" in again.content.decode()


def test_a_changed_amount_is_shown_before_it_is_posted_and_beside_the_proposal_after(
    answered: tuple[Client, str], city: money.City
) -> None:
    client, address = answered
    post(client, f"{address}forslag/", version=ReadingDraft.objects.get().version)
    proposal = Proposal.objects.get()
    decide = f"/medel/arenden/{proposal.matter_id}/beslut/{proposal.id}/"
    fields = {"date": "2024-03-06", "outcome": "changed", "amount-1-0": "5 500"}
    page = post(client, decide, **fields).content.decode()
    assert Decision.objects.count() == 0, "registered before the person had seen what it posts"
    assert "Så här skulle det bokföras" in page
    assert "Skiljer sig från förslaget" in page
    seen = page.split('name="seen" value="')[1].split('"')[0]
    page = post(client, decide, **fields, seen=seen).content.decode()
    assert "Ändrat mot förslaget" in page
    assert "\u2212500\u00a0kr" in page
    assert city.kronor_at("frame", "asn") == 5_500


@pytest.mark.parametrize("outcome", ["remitted", "tabled", "rejected"])
def test_what_is_not_decided_posts_nothing(answered: tuple[Client, str], city: money.City, outcome: str) -> None:
    client, address = answered
    before = Transfer.objects.count()
    post(client, f"{address}beslut/", date="2024-03-06", outcome=outcome, version=ReadingDraft.objects.get().version)
    assert Decision.objects.get().outcome == outcome
    assert Transfer.objects.count() == before


def test_an_assumed_decision_needs_its_reason(answered: tuple[Client, str]) -> None:
    client, address = answered
    fields = {
        "date": "2024-03-06",
        "outcome": "rejected",
        "is_assumption": "on",
        "version": ReadingDraft.objects.get().version,
    }
    page = post(client, f"{address}beslut/", **fields).content.decode()
    assert "Ett antaget beslut behöver en förklaring" in page
    assert Decision.objects.count() == 0


def test_a_row_is_put_right_by_hand_and_can_be_undone(answered: tuple[Client, str], city: money.City) -> None:
    client, address = answered
    page = client.get(f"{address}rad/1.1/").content.decode()
    assert "Rätta punkt 1" in page
    fields = {
        "receiver": str(city.orgs["gvn"]), "amount": "5 900,50", "years": "2024–2025", "fund": str(city.fund_id),
        "source": money.APPROPRIATION, "version": ReadingDraft.objects.get().version, "save": "1",
    }  # fmt: skip
    page = post(client, f"{address}rad/1.1/", **fields).content.decode()
    assert "rättad" in page
    assert "5\u00a0900,50" in page
    assert "2024–2025, per år" in page
    assert "väntar på fullmäktiges budget 2025" in page


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("amount", "mycket", "går inte att läsa som ett belopp"),
        ("amount", "0", "större än noll"),
        ("years", "i fjol", "går inte att läsa som år"),
    ],
)
def test_what_cannot_be_read_in_a_row_is_said_beside_the_field_and_kept(
    answered: tuple[Client, str], field: str, typed: str, told: str
) -> None:
    client, address = answered
    fields = {"amount": "1", "years": "2024", field: typed, "version": ReadingDraft.objects.get().version, "save": "1"}
    response = post(client, f"{address}rad/1.1/", **fields)
    page = response.content.decode()
    assert response.status_code == 422
    assert told in page
    assert f'value="{typed}"' in page


def test_a_receiver_is_searched_for_on_the_server(answered: tuple[Client, str], city: money.City) -> None:
    client, address = answered
    page = post(client, f"{address}rad/1.1/", search="gvn", find="1", version=1).content.decode()
    assert str(city.orgs["gvn"]) in page
    page = post(client, f"{address}rad/1.1/", search="Okända föreningen", find="1", version=1).content.decode()
    assert "Okända föreningen" in page


def test_a_day_that_does_not_exist_is_said_and_kept(answered: tuple[Client, str]) -> None:
    client, address = answered
    fields = {"date": "31 februari 2024", "outcome": "as_proposed", "version": ReadingDraft.objects.get().version}
    page = post(client, f"{address}beslut/", **fields).content.decode()
    assert "går inte att läsa som ett datum" in page
    assert "31 februari 2024" in page
    assert Decision.objects.count() == 0
