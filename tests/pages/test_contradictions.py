"""Sources that differ: the list, two cards side by side, the choice with its reason, the question and its answer."""

import pytest
from django.test import Client

from samkraft.money.actions.contradictions import contradictions
from samkraft.money.actions.contradictions.contradictions import SideDraft
from samkraft.money.models import Contradiction, Settlement
from samkraft.money.rules.contradictions import Choice
from samkraft.partners.rules.roles import Role
from tests.factories import differences, partners, signed_in
from tests.factories.differences import Differing
from tests.once import Once

pytestmark = pytest.mark.django_db
LIST = "/medel/uppgifter-som-skiljer-sig/"


@pytest.fixture(scope="module")
def found(once: Once[Differing]) -> Differing:
    return once(differences.differing)


@pytest.fixture
def officer(client: Client, found: Differing) -> Client:
    by = found.city.by
    signed_in.sign_in(
        client, partners.Member(by.actor_id, by.membership_id, by.organisation_id, by.area_id, by.actor_name, by)
    )
    client.membership = str(by.membership_id)
    return client


def sent(client: Client, address: str, **fields: object) -> object:
    return client.post(address, {"membership": client.membership, **fields})


def text(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, response.status_code
    return response.content.decode().replace("\u00a0", " ")


def page(found: Differing) -> str:
    return f"{LIST}{found.id}/"


def test_the_list_shows_open_ones_first_and_folds_what_agrees(officer: Client) -> None:
    shown = text(officer, LIST)
    assert "1 ska redas ut" in shown
    assert "6 912 kr · 6 192 kr" in shown
    assert "regel: rapport mot beslut" in shown
    assert shown.index("Ska redas ut</h2>") < shown.index("jämförelse som stämmer")


def test_the_address_filters_the_list(officer: Client) -> None:
    assert "GVN 2024" not in text(officer, f"{LIST}?ar=2023").split("<main")[1]
    assert "6 912 kr" in text(officer, f"{LIST}?lage=oppna&hittad=regel&ar=2024")
    assert "Inget passar de val du gjort" in text(officer, f"{LIST}?hittad=person")


def test_one_shows_both_sources_with_the_figure_marked_and_what_speaks_for_it(
    officer: Client, found: Differing
) -> None:
    shown = text(officer, page(found))
    assert "Två källor säger olika om" in shown
    assert "<mark>6912 kronor</mark>" in shown
    assert "<mark>6 192 kronor</mark>" in shown
    assert "27 % av 25 600 kr, exakt" in shown
    assert "24,19 %. Nyckeln säger 27 %" in shown
    assert "<span>6<u>91</u>2</span><span>6<u>19</u>2</span>" in shown
    assert "Troligen omkastade siffror" in shown
    assert "720 kr" in shown
    assert "oförändrad, bara beslut bokförs" in shown


def test_the_supported_side_is_chosen_beforehand_and_the_address_can_choose_another(
    officer: Client, found: Differing
) -> None:
    assert 'value="1" form="settle" checked' in text(officer, page(found))
    assert 'value="2" form="settle" checked' in text(officer, f"{page(found)}?val=2")


def test_settling_says_so_and_shows_why(officer: Client, found: Differing) -> None:
    response = sent(officer, page(found), do="use", side=1, reason="Beslutet gäller.", seen=0)
    assert response.status_code == 303
    shown = text(officer, page(found))
    assert "Beslutet används" in shown
    assert "Beslutet gäller." in shown
    assert "Ångra och öppna igen" in shown
    assert "Utredda</h2>" in text(officer, LIST)


def test_without_a_reason_the_page_comes_back_with_the_error_beside_the_field(
    officer: Client, found: Differing
) -> None:
    response = sent(officer, page(found), do="use", side=2, reason="", seen=0)
    shown = response.content.decode()
    assert response.status_code == 422
    assert "Skriv varför, i en mening." in shown
    assert "Rätta 1 sak" in shown
    assert 'value="2" form="settle" checked' in shown


def test_without_a_chosen_side_it_says_so(officer: Client, found: Differing) -> None:
    shown = sent(officer, page(found), do="use", reason="Så är det.", seen=0).content.decode()
    assert "Ingen av uppgifterna är vald." in shown
    assert "Så är det." in shown


def test_the_second_of_two_keeps_what_was_typed_and_is_told_who_settled(officer: Client, found: Differing) -> None:
    contradictions.settle(
        by=found.city.by, contradiction_id=found.id, choice=Choice.UNKNOWN, reason="Ingen vet.", seen=0
    )
    response = sent(officer, page(found), do="use", side=1, reason="Min egen mening.", seen=0)
    shown = response.content.decode()
    assert found.city.by.actor_name in shown
    assert "Ingen vet." in shown
    assert "Min egen mening." in shown
    assert Settlement.objects.count() == 1


def test_undoing_opens_it_again(officer: Client, found: Differing) -> None:
    sent(officer, page(found), do="not_same", reason="Olika saker.", seen=0)
    assert "Inte samma sak" in text(officer, page(found))
    sent(officer, page(found), do="reopen", reason="Samma ändå.", seen=1)
    shown = text(officer, page(found))
    assert "Använd beslutet" in shown
    assert "Samma ändå." in shown


def test_a_question_reaches_the_committee_and_its_answer_comes_back(
    officer: Client, found: Differing, client: Client
) -> None:
    sent(officer, page(found), do=f"ask:{found.city.orgs['gvn']}", reason="Är 6 192 rätt?", seen=0)
    assert "Är 6 192 rätt?" in text(officer, page(found))
    controller = Client()
    signed_in.as_role(controller, Role.COMMITTEE_CONTROLLER, "gvn")
    controller.membership = controller.session["membership"]
    assert "Är 6 192 rätt?" in text(controller, page(found))
    assert "Er nämnd är tillfrågad" in text(controller, page(found))
    assert "Svara: Hur mycket fick" in text(controller, "/inkorg/")
    assert "Två källor säger olika om" not in text(officer, "/inkorg/")
    empty = sent(controller, page(found), do="answer", text="")
    assert "Skriv ert svar." in empty.content.decode()
    sent(controller, page(found), do="answer", text="Siffrorna kastades om.")
    assert "Siffrorna kastades om." in text(officer, page(found))


def test_a_committee_sees_but_does_not_settle(client: Client, found: Differing) -> None:
    signed_in.as_role(client, Role.COMMITTEE_CONTROLLER, "fsn")
    client.membership = client.session["membership"]
    shown = text(client, page(found))
    assert "Vem reder ut det?" in shown
    assert 'name="side"' not in shown
    refused = sent(client, page(found), do="use", side=1, reason="Jag vill.", seen=0)
    assert "får inte göra det här" in refused.content.decode()
    assert sent(client, f"{LIST}leta/").status_code == 403


def test_strangers_and_those_without_the_right_are_refused(client: Client, found: Differing) -> None:
    assert client.get(page(found)).status_code == 302
    signed_in.as_role(client, Role.SYSTEM_ADMINISTRATOR)
    assert client.get(LIST).status_code == 403
    assert client.get(page(found)).status_code == 403


def test_looking_says_what_was_found(officer: Client, found: Differing) -> None:
    assert (
        "Inget nytt har hittats."
        in officer.post(
            f"{LIST}leta/",
            {"membership": officer.membership},
            follow=True,
        ).content.decode()
    )
    differences.count(found.city, found.report_id, 50)
    differences.count(found.city, differences.report(found.city, "Rapport 2022"), 100)
    shown = officer.post(f"{LIST}leta/", {"membership": officer.membership}, follow=True).content.decode()
    assert "1 ny skillnad" in shown


def test_an_address_that_does_not_exist_is_not_found(officer: Client) -> None:
    assert officer.get(f"{LIST}00000000-0000-4000-8000-000000000000/").status_code == 404


def test_an_odd_button_is_refused_in_words(officer: Client, found: Differing) -> None:
    for odd in ("", "ask:nobody", "drop table"):
        response = sent(officer, page(found), do=odd, reason="Varför inte.", seen=0)
        assert response.status_code == 422


def fields(**more: object) -> dict[str, object]:
    return {
        "subject": "budgetåret då uppdraget gavs", "question": "Vilket års budget?", "year": "",
        "side1-title": "Tjänsteskrivelsen 2023", "side1-place": "STK-2023-576", "side1-value": "2018",
        "side2-title": "Tjänsteskrivelsen 2024", "side2-place": "STK-2024-291", "side2-value": "2017", **more,
    }  # fmt: skip


def test_a_person_writes_in_a_difference_and_the_page_says_who(officer: Client, found: Differing) -> None:
    assert "Skriv in en skillnad" in text(officer, f"{LIST}ny/")
    response = sent(officer, f"{LIST}ny/", **fields())
    entered = Contradiction.objects.get(rule="")
    assert response["Location"] == f"{LIST}{entered.id}/"
    assert f"inskriven av {found.city.by.actor_name}" in text(officer, f"{LIST}{entered.id}/")


def test_amounts_typed_with_kronor_are_amounts(officer: Client) -> None:
    sent(officer, f"{LIST}ny/", **fields(**{"side1-value": "6 417 000 kr", "side2-value": "4 900 000 kr"}))
    sides = Contradiction.objects.get(rule="").sides.order_by("position")
    assert [side.amount_ore for side in sides] == [641_700_000, 490_000_000]


def test_what_cannot_be_written_in_comes_back_with_what_was_typed(officer: Client) -> None:
    missing = sent(officer, f"{LIST}ny/", **fields(**{"side2-place": "", "side2-title": "Brevet"}))
    shown = missing.content.decode()
    assert missing.status_code == 422
    assert "Uppgift 2 saknar källa." in shown
    assert "Brevet" in shown
    same = sent(officer, f"{LIST}ny/", **fields(**{"side2-value": "2018"}))
    assert "Uppgifterna säger samma sak." in same.content.decode()
    assert not Contradiction.objects.filter(rule="").exists()


def test_three_sources_stand_side_by_side(officer: Client, found: Differing) -> None:
    sides = [SideDraft(title=name, value=name, place=name) for name in ("årsbokslut", "årsanalys", "årsredovisning")]
    entered = contradictions.enter(by=found.city.by, subject="var det redovisas", question="Var?", sides=sides)
    shown = text(officer, f"{LIST}{entered}/")
    assert "Tre källor säger olika: var det redovisas" in shown
    assert shown.count('<section class="duel-card') == 3
