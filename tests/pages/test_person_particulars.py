"""Who the person is to us: contact, the number behind its guard, who of us has the case, and jäv."""

from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from samkraft.audit.actions import transactions
from samkraft.partners.rules.roles import Role
from samkraft.people.queries import consents as asked
from tests.factories import partners, people, signed_in
from tests.factories.people import Setting
from tests.once import Once

pytestmark = pytest.mark.django_db
NUMBER = "19900602-2397"
WRITTEN = "900602-2397"


def _known() -> tuple[Setting, UUID]:
    setting = people.joint()
    by = setting.social.context
    person_id = people.participant(by, text=NUMBER)
    people.enrolled(setting, by, person_id)
    return setting, person_id


@pytest.fixture(scope="module")
def known(once: Once[tuple[Setting, UUID]]) -> tuple[Setting, UUID]:
    return once(_known)


@pytest.fixture
def setting(known: tuple[Setting, UUID]) -> Setting:
    return known[0]


@pytest.fixture
def person(known: tuple[Setting, UUID]) -> UUID:
    return known[1]


def _send(client: Client, member: Any, person_id: UUID, do: str, follow: bool = False, **typed: str) -> Any:
    signed_in.sign_in(client, member)
    form = {"membership": str(member.membership_id), "do": do, **typed}
    return client.post(reverse("people:particulars", args=[person_id]), form, follow=follow)


def test_the_number_is_shown_once_with_a_reason_and_the_reason_stands_in_who_has_looked(
    client: Client, setting: Setting, person: UUID
) -> None:
    """Without a reason nothing is shown; with one the answer holds it, and neither address nor next page does."""
    without = _send(client, setting.social, person, "number")
    assert WRITTEN not in without.content.decode()
    assert "Vad behöver du det till?" in without.content.decode()
    shown = _send(client, setting.social, person, "number", why="own_system")
    assert shown.status_code == 200
    assert WRITTEN in shown.content.decode()
    assert shown["Cache-Control"] == "no-store"
    again = client.get(reverse("people:particulars", args=[person])).content.decode()
    assert WRITTEN not in again
    assert "900602" not in str(dict(client.session))
    looked = client.get(reverse("people:looked", args=[person])).content.decode()
    assert "läste personnumret" in looked
    assert "Söka eller föra in i vårt eget system" in looked


def test_contact_is_changed_by_one_at_a_time(client: Client, setting: Setting, person: UUID) -> None:
    """The second of two who changed it keeps what was typed, and is told."""
    typed = {"given_name": "Amira", "family_name": "Haddad-Lund", "phone": "070-174 06 00", "based_on": "1"}
    assert _send(client, setting.social, person, "card", **typed).status_code == 303
    page = client.get(reverse("people:particulars", args=[person])).content.decode()
    assert "070-174 06 00" in page
    stale = _send(client, setting.social, person, "card", **(typed | {"phone": "070-174 06 11"})).content.decode()
    assert "070-174 06 11" in stale
    assert "ds-error-summary" in stale


def test_names_in_any_script_are_kept_as_they_are_written(client: Client, setting: Setting, person: UUID) -> None:
    """Letters of any alphabet; what has no letter is no name, and stays in the field."""
    typed = {"given_name": "أميرة", "family_name": "Шевченко-Ó Briain", "based_on": "1"}
    assert _send(client, setting.social, person, "card", **typed).status_code == 303
    assert "أميرة Шевченко-Ó Briain" in client.get(reverse("people:person", args=[person])).content.decode()
    wrong = _send(client, setting.social, person, "card", **(typed | {"given_name": "12345", "based_on": "2"}))
    assert "12345" in wrong.content.decode()
    assert "ds-error-summary" in wrong.content.decode()


def test_a_personnummer_never_becomes_a_samordningsnummer_again(client: Client, setting: Setting, person: UUID) -> None:
    """The refusal says so, and what was typed stays."""
    refused = _send(client, setting.social, person, "new-number", number="19900662-2399").content.decode()
    assert "19900662-2399" in refused
    assert "ds-error-summary" in refused


def test_whoever_is_close_to_the_person_loses_the_case_and_another_has_it(
    client: Client, setting: Setting, person: UUID
) -> None:
    """Nobody to take over: refused. With one, the colleague has the case and the other does not, at once."""
    colleague = partners.member(Role.SOCIAL_SECRETARY, name="Jo Kollega")
    people_page = reverse("people:particulars", args=[person])
    typed = {"user": str(setting.social.user_id), "ground": "close"}
    alone = _send(client, setting.social, person, "jav", **typed).content.decode()
    assert "Då skulle ingen hos er ha ärendet" in alone
    done = _send(client, setting.social, person, "jav", **typed, successor=str(colleague.membership_id))
    assert done.status_code == 303
    assert done["Location"] == reverse("people:board")
    assert client.get(people_page).status_code == 409
    theirs = signed_in.sign_in(client, colleague).get(people_page)
    assert "Amira" in theirs.content.decode()
    assert "antecknat av Per Nyberg" in theirs.content.decode()


def test_a_colleague_is_let_in_and_leaves_again(client: Client, setting: Setting, person: UUID) -> None:
    """On the case personally, until somebody ends it."""
    colleague = partners.member(Role.SOCIAL_SECRETARY, name="Jo Kollega")
    assert signed_in.sign_in(client, colleague).get(reverse("people:person", args=[person])).status_code == 409
    sent = _send(client, setting.social, person, "staff", colleague=str(colleague.membership_id))
    assert sent.status_code == 303
    assert signed_in.sign_in(client, colleague).get(reverse("people:person", args=[person])).status_code == 200
    signed_in.sign_in(client, setting.social)
    page = client.get(reverse("people:particulars", args=[person])).content.decode()
    assert "Jo Kollega" in page
    before = page.split('name="access"')[1].split("Jo Kollega")[0]
    access = before.rsplit('value="', 1)[1].split('"')[0]
    assert _send(client, setting.social, person, "staff-end", access=access).status_code == 303
    assert signed_in.sign_in(client, colleague).get(reverse("people:person", args=[person])).status_code == 409


def test_a_consent_text_in_a_language_that_it_is_not_in_names_who_read_it(
    client: Client, setting: Setting, person: UUID
) -> None:
    """The text exists in Swedish and English. In Arabic somebody interpreted it, and the list says who and which text."""
    signed_in.sign_in(client, setting.social)
    address = reverse("people:give_consent", args=[person])
    page = client.get(address).content.decode()
    assert "Du bestämmer själv" in page
    assert 'lang="en"' in page.split("consent-text")[1].split("</section>")[0]
    form = {
        "membership": str(setting.social.membership_id), "to_area": str(setting.care.area_id), "categories": ["health"],
        "purpose": "Planera tillsammans", "last_date": "2027-06-30", "how": "oral", "giver": "Amira",
        "giver_ground": "self", "language": "ar",
    }  # fmt: skip
    nobody = client.post(address, form).content.decode()
    assert "Samtyckestexten finns på svenska och engelska" in nobody
    assert "Planera tillsammans" in nobody
    assert client.post(address, form | {"interpreter": "Leila Tolk"}).status_code == 303
    listed = client.get(reverse("people:consents", args=[person])).content.decode()
    assert "text 1, läst på arabiska av Leila Tolk" in listed
    without_scope = client.post(
        address, form | {"giver_ground": "god_man", "interpreter": "Leila Tolk"}
    ).content.decode()
    assert "behöver ett uppdrag som räcker" in without_scope
    lapsed = client.post(address, form | {"last_date": "2020-01-01", "interpreter": "Leila Tolk"}).content.decode()
    assert "redan ha gått ut" in lapsed
    far = client.post(address, form | {"last_date": "2099-01-01", "interpreter": "Leila Tolk"}).content.decode()
    assert "för långt fram" in far


def test_one_sitting_registers_consents_to_several_each_with_its_own_categories(
    client: Client, setting: Setting, person: UUID
) -> None:
    """Shared answers, another choice for one of them; everything typed is there again when something is wrong."""
    signed_in.sign_in(client, setting.social)
    address = reverse("people:give_consent", args=[person])
    care, insurance, labour = setting.care.area_id, setting.insurance.area_id, setting.labour.area_id
    form = {
        "membership": str(setting.social.membership_id), "to_area": [str(care), str(insurance)],
        "categories": ["education", "work"], f"categories_{care}": ["health"], "purpose": "Planera tillsammans",
        "last_date": "2027-06-30", "how": "oral", "giver": "Amira", "giver_ground": "self", "language": "sv",
    }  # fmt: skip
    lost = client.post(address, form | {f"categories_{labour}": ["work"]}).content.decode()
    assert "som mottagare också, eller ta bort de här." in lost
    assert "Planera tillsammans" in lost
    assert '<details class="fold" open>' in lost, "what was chosen for one alone is seen"
    none = client.post(address, form | {"categories": []}).content.decode()
    assert "Kryssa för minst ett slag." in none
    assert "Vilka uppgifter? (frivilligt)" not in client.get(address).content.decode()
    page = client.post(address, form, follow=True).content.decode()
    assert "2 samtycken är registrerade." in page
    assert "utbildning, arbete" in page
    with transactions.read(setting.social.context):
        standing = {(one.to_area_id, one.category) for one in asked.standing(setting.social.context, person)}
    assert {(care, "health"), (insurance, "education"), (insurance, "work")} <= standing
    assert (care, "work") not in standing
    again = client.post(address, form | {"to_area": [str(care), str(labour)]}).content.decode()
    assert "Inget är registrerat, inte heller till de andra." in again
    with transactions.read(setting.social.context):
        assert not any(one.to_area_id == labour for one in asked.standing(setting.social.context, person))


def test_an_item_of_an_earlier_assessment_is_taken_with_again(client: Client, setting: Setting, person: UUID) -> None:
    """It stands apart until somebody has asked whether it holds; then it is in the assessment, marked as earlier."""
    by = setting.social.context
    said = {"life_area": "work", "text": "Har körkort B", "source": "betyg"}
    people.write(by, person, "assessment_item", said)
    signed_in.sign_in(client, setting.social)
    address = reverse("people:assessment", args=[person])
    page = client.get(address).content.decode()
    assert "Från en tidigare kartläggning" in page
    lineage = page.split('name="lineage" value="')[1].split('"')[0]
    form = {"membership": str(setting.social.membership_id), "lineage": [lineage]}
    assert "1 uppgift är med i kartläggningen" in client.post(address, form, follow=True).content.decode()
    again = client.get(address).content.decode()
    assert 'id="earlier-heading"' not in again
    assert "från en tidigare kartläggning" in again


def test_what_each_lead_has_stands_beside_the_choice(client: Client, setting: Setting, person: UUID) -> None:
    """By phase, fewest first; and on the team's page for those who have participants."""
    signed_in.sign_in(client, setting.social)
    assert "Per Nyberg leder 0 processer" in client.get(reverse("people:journey", args=[person])).content.decode()
