"""Figures with their sources, targets beside outcomes, efforts, and the forms of the committee's own."""

import pytest
from django.test import Client

from samkraft.money.actions import figures
from samkraft.money.actions.contradictions import contradictions
from samkraft.money.models import Figure, Use
from samkraft.money.rules.figures import FigureKind, Unit
from samkraft.money.rules.uses import EffortStatus, UseStage
from samkraft.partners.rules.roles import Role
from tests.factories import differences, money, signed_in
from tests.once import Once

pytestmark = pytest.mark.django_db
HERE = "/medel/uppgifter/"


def _city() -> money.City:
    made = money.city()
    first, second = differences.report(made), differences.report(made, "Tjänsteskrivelse 2023")
    differences.count(made, second, 50, quote="50 ungdomar deltog")
    differences.count(made, first, 100)
    differences.count(made, first, 200, year=2023)
    differences.count(made, first, 4_389, year=2024)
    for kind, value in ((FigureKind.TARGET, 95), (FigureKind.OUTCOME, 102)):
        figures.note_figure(
            by=made.by, measure="elever", label="Elever", kind=kind, unit=Unit.PERSONS, value=value,
            document_id=first, organisation_id=made.orgs["redi"], year=2022,
        )  # fmt: skip
    figures.note_use(
        by=made.by, organisation_id=made.orgs["gvn"], fund_id=made.fund_id, year=2024, stage=UseStage.REPORTED,
        title="Hågkomstresor", status=EffortStatus.NOT_DONE,
    )  # fmt: skip
    contradictions.look(by=made.by)
    return made


@pytest.fixture(scope="module")
def city(once: Once[money.City]) -> money.City:
    return once(_city)


@pytest.fixture
def controller(client: Client, city: money.City) -> Client:
    signed_in.as_role(client, Role.COMMITTEE_CONTROLLER, "gvn")
    client.membership = client.session["membership"]
    return client


def text(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, response.status_code
    return response.content.decode().replace("\u00a0", " ")


def test_every_figure_stands_with_year_kind_value_and_source(controller: Client) -> None:
    shown = text(controller, HERE)
    assert "6 av 6 uppgifter" in shown
    assert "4 389 personer" in shown
    assert "Tjänsteskrivelse 2023" in shown
    assert "skiljer sig" in shown


def test_the_list_is_narrowed_by_its_address(controller: Client) -> None:
    assert "2 av 6 uppgifter" in text(controller, f"{HERE}?namnd=redi")
    assert "2 av 6 uppgifter" in text(controller, f"{HERE}?namnd=gvn&ar=2022")
    assert "1 av 6 uppgifter" in text(controller, f"{HERE}?slag=target")
    assert "Inga uppgifter passar" in text(controller, f"{HERE}?sok=finnsinte")
    assert "6 av 6 uppgifter" in text(controller, f"{HERE}?ar=sjutton")


def test_the_file_holds_what_the_screen_shows(controller: Client) -> None:
    response = controller.get(f"{HERE}?namnd=gvn&ar=2022&fil=csv")
    lines = response.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 3
    assert {"50", "100"} == {line.split(";")[5].split(",")[0] for line in lines[1:]}
    assert controller.get(f"{HERE}?fil=xlsx").content.startswith(b"PK")


def test_one_figure_shows_its_words_and_the_same_in_other_sources(controller: Client) -> None:
    figure = Figure.objects.get(value=50)
    shown = text(controller, f"{HERE}{figure.id}/")
    assert "50 ungdomar deltog" in shown
    assert "Samma sak i andra källor och år" in shown
    assert controller.get(f"{HERE}00000000-0000-4000-8000-000000000000/").status_code == 404


def test_targets_stand_beside_outcomes_and_years_are_drawn_with_a_table(controller: Client) -> None:
    shown = text(controller, f"{HERE}mal-och-utfall/")
    assert "Mål 2022" in shown
    assert "Utfall 2022" in shown
    assert "107 %" in shown
    assert shown.count("bar-unsettled") == 2
    assert "Visa som tabell" in shown


def test_efforts_tell_how_far_they_came(controller: Client) -> None:
    shown = text(controller, f"{HERE}insatser/")
    assert "Hågkomstresor" in shown
    assert "inte genomförd" in shown
    assert "Inga insatser att visa" in text(controller, f"{HERE}insatser/?lage=done")


def given(**more: object) -> dict[str, object]:
    return {
        "body": "gvn", "measure": "new", "label": "Elever i kursen", "kind": "outcome", "year": "2024",
        "value": "4 389", "upper": "", "unit": "persons", "rounded_to": "0", "fund": "", "source": "Årsanalys 2024",
        "quote": "", **more,
    }  # fmt: skip


def sent(client: Client, address: str, data: dict[str, object]) -> object:
    return client.post(address, {"membership": client.membership, **data})


def test_a_controller_leaves_a_figure_for_the_own_committee(controller: Client) -> None:
    assert "Lämna en uppgift" in text(controller, f"{HERE}ny/")
    response = sent(controller, f"{HERE}ny/", given())
    figure = Figure.objects.get(label="Elever i kursen")
    assert response.status_code == 303
    assert (figure.measure, figure.value, figure.document.title) == ("elever-i-kursen", 4_389, "Årsanalys 2024")


def test_what_the_committee_was_given_becomes_comparable_with_the_decision(controller: Client) -> None:
    sent(controller, f"{HERE}ny/", given(measure="tilldelat", fund="jobb", value="6 192 000", rounded_to="1000"))
    figure = Figure.objects.get(measure="tilldelat")
    assert (figure.kind, figure.unit, figure.rounded_to) == ("stated", "kronor", 1_000)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"value": "många"}, "Skriv ett tal med siffror"),
        ({"value": "NaN"}, "Skriv ett tal med siffror"),
        ({"label": ""}, "Skriv vad uppgiften heter."),
        ({"source": ""}, "Skriv var uppgiften kommer ifrån."),
        ({"upper": "5"}, "Det övre värdet är mindre än det undre."),
        ({"measure": "tilldelat"}, "Välj satsningen som pengarna hör till."),
        ({"body": "fsn"}, "Det du valde går inte att välja nu"),
        ({"year": "17"}, "1990"),
    ],
)
def test_a_figure_that_cannot_be_right_comes_back_with_what_was_typed(
    controller: Client, wrong: dict[str, object], words: str
) -> None:
    before = Figure.objects.count()
    response = sent(controller, f"{HERE}ny/", given(**wrong))
    shown = response.content.decode()
    assert response.status_code == 422
    assert words in shown
    assert "Rätta" in shown
    assert Figure.objects.count() == before


def test_a_controller_writes_in_an_effort(controller: Client) -> None:
    data = {
        "body": "gvn", "fund": "jobb", "year": "2024", "title": "Orienteringskurs", "text": "", "stage": "reported",
        "status": "partly", "support": "frame", "amount": "50 000", "source": "Årsanalys 2024",
    }  # fmt: skip
    assert "Skriv in en insats" in text(controller, f"{HERE}insatser/ny/")
    assert sent(controller, f"{HERE}insatser/ny/", data).status_code == 303
    use = Use.objects.get(title="Orienteringskurs")
    assert (use.amount_ore, use.status) == (5_000_000, "partly")
    wrong = sent(controller, f"{HERE}insatser/ny/", {**data, "amount": "lite"})
    assert "Skriv beloppet med siffror" in wrong.content.decode()


def test_those_who_only_read_are_refused_the_forms_and_strangers_everything(client: Client, city: money.City) -> None:
    assert client.get(HERE).status_code == 302
    signed_in.as_role(client, Role.COUNCILLOR)
    assert client.get(HERE).status_code == 200
    assert client.get(f"{HERE}ny/").status_code == 403
    assert client.get(f"{HERE}insatser/ny/").status_code == 403
    other = Client()
    signed_in.as_role(other, Role.SYSTEM_ADMINISTRATOR)
    for part in ("", "mal-och-utfall/", "insatser/"):
        assert other.get(f"{HERE}{part}").status_code == 403
