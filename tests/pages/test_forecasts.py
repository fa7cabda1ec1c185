"""The forecast's pages: from nothing to a forecast that the steering group reads, what is tried, compared, said and judged."""

import json
from collections.abc import Callable
from io import BytesIO
from typing import Any
from uuid import UUID

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from samkraft.audit.actions import transactions
from samkraft.audit.models import Event
from samkraft.knowledge.actions import snapshots
from samkraft.knowledge.models import Assumptions, Forecast, Release, Scenario, ScenarioVersion
from samkraft.operations import errands as doing
from samkraft.operations import jobs
from samkraft.operations.clock import CLOCK
from samkraft.partners.queries import errands as asked_for
from samkraft.partners.rules.errands import State
from samkraft.partners.rules.roles import Role
from samkraft.values.period import day_in_stockholm
from tests.factories import forecasts, signed_in
from tests.factories.partners import Member
from tests.factories.people import Setting
from tests.once import Once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("made")]


@pytest.fixture(scope="module")
def made(once: Once[tuple[Setting, str]]) -> tuple[Setting, str]:
    return once(lambda: forecasts.undertaken(people=1))


def _told(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, address
    return str(response.content.decode().replace("\u00a0", " "))


def _sends(client: Client, member: Member) -> Callable[..., Any]:
    signed_in.sign_in(client, member)
    form = {"membership": str(member.membership_id)}
    return lambda address, **said: client.post(address, {**form, **said})


def _run(member: Member) -> None:
    """What the queue does: everything that has been asked for and not done."""
    with transactions.read(member.context):
        waiting = [one.id for one in asked_for.listed(member.context) if one.now.state is State.ASKED]
    assert waiting
    for errand_id in reversed(waiting):
        assert doing.run(str(errand_id), str(member.membership_id))


def _nothing_is_asked_for(member: Member) -> bool:
    with transactions.read(member.context):
        return not asked_for.listed(member.context)


def test_from_no_forecast_to_one_that_the_steering_group_reads_in_page_scorecard_and_pack(client: Client) -> None:
    setting, base = forecasts.undertaken(people=6)
    signed_in.as_role(client, Role.STEERING_GROUP)
    results = base.removesuffix("prognos/")
    assert "Ingen har gjort någon än." in _told(client, base)
    assert "Ingen prognos är gjord. De som kan göra en: Delprojektledare, Huvudprojektledare." in _told(client, results)
    post = _sends(client, setting.leader)
    numbers = {"history_planned": "3500", "history_came": "2685", "history_left": "2685", "history_reached": "770"}
    assert post(f"{base}antaganden/", **numbers, source="Utvärderingen", expected="0").status_code == 302
    assert post(base).headers["Location"].startswith("/pagaende/")
    _run(setting.leader)
    one = Forecast.objects.get()
    steering = signed_in.as_role(client, Role.STEERING_GROUP)
    page = _told(client, base)
    assert "Målet 80 nås med" in page
    assert "Gör prognos" not in page
    whole = _told(client, f"{base}{one.id}/")
    for words in (
        "Andel av de planerade som börjar",
        "77 % (",
        "för få än",
        "historien",
        "Inskrivna, som tabell",
        "Mest betyder",
    ):
        assert words in whole, words
    assert "Var hamnar vi?" in _told(client, results)
    assert "når målet" in _told(client, f"{results}styrkort/")
    assert "Var vi troligen hamnar" in _told(client, f"{results}underlag/")
    form = {"membership": str(steering.membership_id), "ending": ".pdf"}
    files = [client.post(f"{results}underlag/", form).content for _ in range(2)]
    assert files[0] == files[1]
    with pikepdf.open(BytesIO(files[0])) as pdf:
        assert "/StructTreeRoot" in pdf.Root
    assert "Prognos" in _told(client, f"{results}publicerat/")
    assert Release.objects.get(what="forecast").digest == one.digest
    with transactions.read(CLOCK):
        gathered = Event.objects.get(action="forecast.gather")
    assert (gathered.role, json.loads(gathered.content)["enrolments"]) == ("clock", 6)


def test_the_same_forecast_is_kept_once(client: Client, made: tuple[Setting, str]) -> None:
    setting, base = made
    post = _sends(client, setting.leader)
    for _ in range(2):
        post(base)
        _run(setting.leader)
    assert Forecast.objects.count() == 1


def test_something_is_tried_compared_commented_and_withdrawn(client: Client, made: tuple[Setting, str]) -> None:
    setting, base = made
    post = _sends(client, setting.leader)
    post(base)
    tried = {"name": "Dubbelt intag", "intake_1": "400", "why": "Räcker platserna?"}
    assert post(f"{base}scenario/", **tried).headers["Location"].startswith("/pagaende/")
    _run(setting.leader)
    first, second = Forecast.objects.order_by("version__number", "number").order_by("number")
    scenario = Scenario.objects.get()
    here = f"{base}scenario/{scenario.id}/"
    against = _told(client, f"{base}{first.id}/mot/{second.id}/")
    assert "Intaget: 400 planerade i stället för 200" in against
    assert "Chansen att nå målet" in against
    chosen = client.get(f"{base}jamfor/", {"en": str(first.id), "annan": str(second.id)})
    assert chosen.headers["Location"] == f"{base}{first.id}/mot/{second.id}/"
    assert client.get(f"{base}jamfor/", {"en": "x"}).headers["Location"] == base
    assert "Dubbelt intag" in _told(client, base)
    signed_in.as_role(client, Role.STEERING_GROUP)
    read = _told(client, here)
    assert "Spara och räkna" not in read
    commenting = _sends(client, signed_in.as_role(client, Role.STEERING_GROUP))
    assert commenting(here, comment="Det är <b>intaget</b>.").status_code == 302
    assert "Det är &lt;b&gt;intaget&lt;/b&gt;." in _told(client, here)
    empty = commenting(here, comment="  ")
    assert (empty.status_code, "Kommentaren är tom." in empty.content.decode()) == (422, True), "told at its field"
    long = commenting(here, comment="Lång " * 500)
    assert (long.status_code, "Lång Lång" in long.content.decode()) == (422, True), "what was typed stays"
    post = _sends(client, setting.leader)
    assert post(here, withdraw="1", reason="Inte aktuellt").status_code == 302
    assert "Tillbakadragna ändringar" in _told(client, base)
    assert "Tillbakadraget av" in _told(client, here)
    assert post(here, withdraw="1").status_code == 409
    assert post(here, **tried, expected="1").status_code == 422
    assert Forecast.objects.count() == 2
    assert "Samma" not in _told(client, f"{base}{first.id}/mot/{first.id}/", 409)


def test_two_who_save_at_once_lose_nothing(client: Client, made: tuple[Setting, str]) -> None:
    setting, base = made
    post = _sends(client, setting.leader)
    post(f"{base}scenario/", name="Fler", intake_1="300", only_save="1")
    scenario = Scenario.objects.get()
    here = f"{base}scenario/{scenario.id}/"
    assert post(here, name="Fler", intake_1="350", only_save="1", expected="1").status_code == 302
    late = post(here, name="Mitt", intake_1="375", why="Det här skrev jag", only_save="1", expected="1")
    text = late.content.decode()
    assert late.status_code == 422
    assert "sparade en ny version medan du skrev" in text
    assert "Det här skrev jag" in text
    assert 'value="375"' in text
    assert post(here, name="Mitt", intake_1="375", only_save="1", eget="1", expected="1").status_code == 302
    assert Scenario.objects.count() == 2
    assert list(ScenarioVersion.objects.order_by("written_at").values_list("name", "number")) == [
        ("Fler", 1), ("Fler", 2), ("Mitt", 1),
    ]  # fmt: skip


IMPOSSIBLE = (
    ({"intake_1": "30000"}, "mellan 0 och 20 000"),
    ({"intake_1": "200"}, "Ingenting är ändrat"),
    ({"more_teams": "2"}, "behöver en dag"),
    ({"more_teams": "2", "more_from": "2020-01-01"}, "ska öppna mellan"),
    ({"places": "0"}, "Skriv ett helt tal mellan 1 och"),
    ({"more_teams": "två"}, "Skriv ett helt tal mellan 0 och 50"),
    ({"more_teams": "1", "more_from": "i vår"}, "går inte att läsa som ett datum"),
    ({"name": "", "intake_1": "300"}, "Vad det heter:"),
)


def test_what_cannot_be_comes_back_with_what_was_typed_and_nothing_is_kept(
    client: Client, made: tuple[Setting, str]
) -> None:
    setting, base = made
    post = _sends(client, setting.leader)
    for said, words in IMPOSSIBLE:
        response = post(f"{base}scenario/", **({"name": "Prov", "why": "Kvar"} | said))
        text = response.content.decode().replace("\u00a0", " ")
        assert response.status_code == 422
        assert words in text, said
        assert "Kvar" in text
        assert "ds-error-summary" in text
    assert not Scenario.objects.exists()
    assert _nothing_is_asked_for(setting.leader)


def test_assumptions_that_cannot_be_are_refused(client: Client, made: tuple[Setting, str]) -> None:
    setting, base = made
    post = _sends(client, setting.leader)
    for said, words in (
        ({"history_came": "10"}, "Båda talen behövs"),
        ({"history_planned": "10", "history_came": "11"}, "kan inte vara fler än"),
        ({"plan_percent": "101"}, "mellan 1 och 100, eller lämna tomt"),
        ({"source": ""}, "Källa:"),
    ):
        response = post(f"{base}antaganden/", **({"source": "Källan", "expected": "0"} | said))
        assert response.status_code == 422
        assert words in response.content.decode().replace("\u00a0", " "), said
    assert not Assumptions.objects.exists()
    assert post(f"{base}antaganden/", source="Källan", plan_days="150", expected="0").status_code == 302
    assert post(f"{base}antaganden/", source="Den andra", plan_days="170", expected="0").status_code == 422
    assert "150" in _told(client, f"{base}antaganden/")


def test_without_a_month_that_is_over_or_an_end_there_is_a_way_out_and_nothing_is_asked_for(client: Client) -> None:
    for said, words in (
        ({"with_snapshot": False}, "ingen månad av insatsen är över"),
        ({"last_day": False}, "slutdatum"),
    ):
        setting, base = forecasts.undertaken(people=0, **said)
        post = _sends(client, setting.leader)
        assert words in _told(client, base)
        assert post(base).status_code == 409
        assert client.get(f"{base}scenario/").status_code == 409
        assert _nothing_is_asked_for(setting.leader)


def test_how_forecasts_have_held_is_shown_with_what_was_known_then(client: Client, made: tuple[Setting, str]) -> None:
    setting, base = made
    post = _sends(client, setting.leader)
    assert "Ingen är gjord." in _told(client, f"{base}traffsakerhet/")
    assert post(f"{base}traffsakerhet/").status_code == 409
    post(base)
    _run(setting.leader)
    snapshots.take(by=CLOCK, initiative_id=setting.initiative_id, until=day_in_stockholm(timezone.now()))
    assert "Det finns nyare uppgifter" in _told(client, base)
    assert post(f"{base}traffsakerhet/").headers["Location"].startswith("/pagaende/")
    _run(setting.leader)
    then = Forecast.objects.get(result__backtest=True)
    assert then.snapshot.run == 1
    assert "Alla 2 prognoser är som när de gjordes." in _told(client, f"{base}traffsakerhet/")


def test_a_forecast_that_was_changed_is_seen(
    client: Client, made: tuple[Setting, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    setting, base = made
    post = _sends(client, setting.leader)
    post(base)
    _run(setting.leader)
    from samkraft.knowledge.queries import forecasts as asked

    assert asked.altered(setting.initiative_id) == []
    honest = asked.content
    monkeypatch.setattr(asked, "content", lambda row: {**honest(row), "result": {**row.result, "seed": 0}})
    assert asked.altered(setting.initiative_id) == [1]
    assert "Prognoser är inte som när de gjordes" in _told(client, f"{base}traffsakerhet/")


def test_who_only_reads_makes_nothing(client: Client, made: tuple[Setting, str]) -> None:
    _setting, base = made
    for role in (Role.STEERING_GROUP, Role.EVALUATOR):
        post = _sends(client, signed_in.as_role(client, role))
        assert post(base).status_code == 403
        assert post(f"{base}traffsakerhet/").status_code == 403
        assert post(f"{base}antaganden/", source="x").status_code == 403
        assert client.get(f"{base}scenario/").status_code == 403
        assert client.get(base).status_code == 200
    signed_in.as_role(client, Role.PROVIDER)
    assert client.get(base).status_code == 403
    assert not Forecast.objects.exists()


def test_addresses_that_lead_nowhere(client: Client, made: tuple[Setting, str]) -> None:
    setting, base = made
    post = _sends(client, setting.leader)
    nothing = UUID(int=5)
    for path in (f"{nothing}/", f"{nothing}/mot/{nothing}/", f"scenario/{nothing}/"):
        assert client.get(f"{base}{path}").status_code == 404
    assert post(base, version="x").status_code == 404
    assert post(base, version=str(nothing)).status_code == 409
    assert post(f"{base}scenario/{nothing}/", comment="Hej").status_code == 409


def test_only_the_clock_reads_the_rows(made: tuple[Setting, str]) -> None:
    from samkraft.knowledge.actions import forecasts as actions
    from samkraft.values.refusal import Refused

    setting, _base = made
    with pytest.raises(Refused):
        actions.gather(by=setting.leader.context, initiative_id=setting.initiative_id, run=1)
    assert len(actions.gather(by=CLOCK, initiative_id=setting.initiative_id, run=1).cohort) == 1


def test_every_month_a_forecast_is_made_by_itself_once_and_what_was_missed_is_made_afterwards(
    client: Client, made: tuple[Setting, str]
) -> None:
    setting, base = made
    post = _sends(client, setting.leader)
    post(f"{base}scenario/", name="Fler", intake_1="300", only_save="1")
    snapshots.take(by=CLOCK, initiative_id=setting.initiative_id, until=day_in_stockholm(timezone.now()))
    assert jobs.make_forecasts() == 3
    assert jobs.make_forecasts() == 0
    done = list(Forecast.objects.order_by("number"))
    assert [(one.snapshot.run, bool(one.version_id), one.result["backtest"]) for one in done] == [
        (2, False, False), (2, True, False), (1, False, True),
    ]  # fmt: skip
    assert {one.made_by for one in done} == {"Samkraft"}
    page = _told(client, base)
    assert "Den görs av sig själv natten efter" in page
    assert "Fler" in page
    post(f"{base}scenario/{Scenario.objects.get().id}/", withdraw="1")
    assert jobs.make_forecasts() == 0


def test_an_initiative_that_cannot_be_forecast_does_not_stop_the_others(made: tuple[Setting, str]) -> None:
    forecasts.undertaken(people=0, last_day=False)
    setting, _base = made
    assert jobs.make_forecasts() == 1
    assert Forecast.objects.get().initiative_id == setting.initiative_id


def test_a_forecast_under_its_target_and_what_is_tried_wait_for_those_who_steer(
    client: Client, made: tuple[Setting, str]
) -> None:
    setting, base = made
    code = base.removeprefix("/laget/").removesuffix("/prognos/")
    home = reverse("governance:overview", args=[code])
    signed_in.as_role(client, Role.STEERING_GROUP)
    assert "Prognosen ligger under målet" not in _told(client, home)
    post = _sends(client, setting.leader)
    post(base)
    post(f"{base}scenario/", name="Dubbelt intag", intake_1="400")
    _run(setting.leader)
    signed_in.as_role(client, Role.STEERING_GROUP)
    page = _told(client, home)
    assert "Prognosen ligger under målet" in page
    assert "Målet 80 nås med" in page
    assert "Prövad ändring: Dubbelt intag" in page
    assert "Intaget: 400 planerade i stället för 200" in page
