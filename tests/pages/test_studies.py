"""Pages about studies: registering with faults and drafts, the steps, the open lot, what a reader may see, and calling."""

import json
from copy import deepcopy
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from samkraft.audit.actions import transactions
from samkraft.initiatives.queries import undertakings
from samkraft.knowledge.actions import studies
from samkraft.knowledge.rules.studies.stages import Kind
from samkraft.partners.rules.roles import Role
from samkraft.people.actions import call_lists as calling
from samkraft.people.queries import call_lists
from samkraft.values.identity_number import IdentityNumber
from samkraft.web import days
from tests.factories import call_lists as files
from tests.factories import partners
from tests.factories import studies as factory
from tests.factories.signed_in import as_role, sign_in
from tests.once import Once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept")]


@pytest.fixture(scope="module")
def kept(once: Once[factory.Studied]) -> factory.Studied:
    return once(factory.registered)


@pytest.fixture
def study(kept: factory.Studied) -> factory.Studied:
    return deepcopy(kept)


def _code(study: factory.Studied) -> str:
    with transactions.read(study.evaluator.context):
        return str(undertakings.row_of(study.made.initiative_id).code)


def _sent(client: Client, member: partners.Member, path: str, **fields: str) -> HttpResponse:
    sent: HttpResponse = client.post(path, {"membership": str(member.membership_id), **fields})
    return sent


def test_a_registration_comes_back_with_each_fault_beside_its_field_and_nothing_is_lost(
    client: Client, study: factory.Studied
) -> None:
    code, evaluator = _code(study), study.evaluator
    sign_in(client, evaluator)
    page = client.get(f"/laget/{code}/studier/ny/").content.decode()
    assert "Rätten att göra den" in page
    sent = _sent(
        client, evaluator, f"/laget/{code}/studier/ny/", **(factory.PROMISE | {"legal_basis": ""}), do="register"
    )
    assert sent.status_code == 422
    text = sent.content.decode()
    assert "Rätta 1 sak" in text
    assert "Fyll i det här." in text
    assert factory.PROMISE["question"] in text
    listed = client.get(f"/laget/{code}/studier/").content.decode()
    assert "Utkast som bara du ser" in listed
    kept = _sent(client, evaluator, f"/laget/{code}/studier/ny/", **factory.PROMISE, do="register")
    assert kept.status_code == 302
    assert "/studier/2/" in kept.headers["Location"]


def test_the_evaluator_goes_step_by_step_and_is_told_why_a_step_has_to_wait(
    client: Client, study: factory.Studied
) -> None:
    code, evaluator = _code(study), study.evaluator
    sign_in(client, evaluator)
    path = f"/laget/{code}/studier/1/"
    assert "har inte läst in någon lista än" in client.get(path).content.decode()
    study.lay_in()
    assert _sent(client, evaluator, path, step="list_published").status_code == 302
    assert "Fröet, precis som det blev känt" in client.get(path).content.decode()
    early = _sent(client, evaluator, path, step="drawn", seed="7", day="2020-01-01", clock="10.00")
    assert early.status_code == 422
    assert "Fröet ska komma efter" in early.content.decode()
    study.moment = timezone.now()
    study.draw()
    assert _sent(client, evaluator, path, step="frozen").status_code == 302
    page = client.get(path).content.decode()
    assert "Räkna ut svaret" in page
    twice = _sent(client, evaluator, path, step="frozen")
    assert "Studien är fryst" in twice.content.decode()
    assert "Registrera en ny studie" in page
    assert "Registrera en ny version" not in page
    changed = client.get(f"/laget/{code}/studier/ny/?studie=1", follow=True)
    assert changed.redirect_chain == [(path, 302)], "nobody fills in a form that cannot be kept"
    assert "Studien är fryst" in changed.content.decode()


def test_a_list_that_changed_after_it_was_published_is_told_with_the_way_on(
    client: Client, study: factory.Studied
) -> None:
    code, evaluator = _code(study), study.evaluator
    study.lay_in()
    studies.publish_list(by=evaluator.context, at=study.at, study_id=study.study_id)
    assert study.list_id is not None
    number = IdentityNumber(study.numbers[5])
    calling.take_off(by=study.made.officer.context, list_id=study.list_id, number=number)
    sign_in(client, evaluator)
    path, now = f"/laget/{code}/studier/1/", timezone.localtime()
    draw = {"step": "drawn", "seed": "4 8 15", "day": f"{now:%Y-%m-%d}", "clock": f"{now:%H.%M}"}
    told = _sent(client, evaluator, path, **draw)
    page = told.content.decode()
    assert told.status_code == 422
    assert "Listan är inte den som publicerades" in page
    assert f"/laget/{code}/studier/ny/?studie=1" in page, "the way on is on the page"
    assert 'value="4 8 15"' in page, "nothing typed is lost"


def test_a_seed_from_before_the_rule_is_refused_with_a_time_as_people_write_it(
    client: Client, study: factory.Studied
) -> None:
    study.lay_in()
    published_at = study.at
    studies.publish_list(by=study.evaluator.context, at=published_at, study_id=study.study_id)
    sign_in(client, study.evaluator)
    draw = {"step": "drawn", "seed": "4 8 15", "day": f"{published_at - timedelta(days=9):%Y-%m-%d}", "clock": "10.00"}
    told = _sent(client, study.evaluator, f"/laget/{_code(study)}/studier/1/", **draw)
    page = told.content.decode().replace("\u00a0", " ")
    published = days.moment(published_at).replace("\u00a0", " ")
    assert f"efter att regeln publicerades ({published})" in page
    assert 'value="4 8 15"' in page, "nothing typed is lost"


def test_a_reader_sees_what_was_promised_and_an_answer_only_when_it_is_published(
    client: Client, study: factory.Studied
) -> None:
    study.reach(Kind.ESTIMATED)
    code, path = _code(study), f"/laget/{_code(study)}/studier/1/"
    sign_in(client, study.evaluator)
    assert "Svaret, som bara utvärderaren ser" in client.get(path).content.decode()
    as_role(client, Role.STEERING_GROUP)
    page = client.get(path).content.decode()
    assert "Det som lovades" in page
    assert "Det här får inte sägas" not in page
    assert client.get(f"/laget/{code}/studier/ny/").status_code == 403
    studies.publish(by=study.evaluator.context, at=study.at, study_id=study.study_id)
    page = client.get(path).content.decode()
    assert "Det här får inte sägas" in page
    assert "någon annans ställe" in page
    assert "Antal: arbete eller studier" in page


def test_anybody_sees_the_lot_and_takes_the_file_without_signing_in(client: Client, study: factory.Studied) -> None:
    study.reach(Kind.DRAWN)
    code = _code(study)
    page = client.get(f"/laget/{code}/studier/1/lottning/").content.decode()
    assert "samma personer" in page
    file = json.loads(client.get(f"/laget/{code}/studier/1/lottning.json").content)
    assert len(file["drawn"]) == 60
    assert {len(one) for one in file["list"]} == {12}
    assert client.get(f"/laget/{code}/studier/9/lottning/").status_code == 404
    assert client.get(f"/laget/{code}/studier/1/").status_code == 302  # the study itself is for those who sign in


def test_an_officer_lays_in_calls_and_reads_in_what_became_of_all(client: Client, study: factory.Studied) -> None:
    officer, evaluator = study.made.officer, study.evaluator
    sign_in(client, officer)
    assert "Studier som väntar på en lista" in client.get("/ringlistor/").content.decode()
    path, numbers = f"/ringlistor/ny/{study.row.registration_id}/", files.people(factory.MANY)
    wrong = _sent(client, officer, path, text="123;A;B;;ja")
    assert wrong.status_code == 422
    assert "Rader att rätta: 1" in wrong.content.decode()
    laid = _sent(client, officer, path, text=files.file_of(numbers))
    where = laid.headers["Location"]
    assert "Lotten är inte dragen än" in client.get(where).content.decode()

    studies.publish_list(by=evaluator.context, at=study.at, study_id=study.study_id)
    study.draw()
    page = client.get(where).content.decode()
    assert "Namn" in page
    assert "Ingen har ringt" in page
    with transactions.read(officer.context):
        one = call_lists.to_call(call_lists.mine()[0].id)[0]
    _sent(client, officer, where, do="note", entry=str(one.id), kind="came")
    assert one.name in client.get(f"{where}?visa=kom").content.decode()
    begun = _sent(client, officer, where, do="begin", entry=str(one.id))
    assert str(one.person_id) in begun.headers["Location"]
    day = (study.row.held.follow_up_date or study.moment.date()).isoformat()
    followed = _sent(client, officer, f"{where}uppfoljning/", day=day, text=files.follow_up_of(numbers, set()))
    assert followed.status_code == 302
    gone = _sent(client, officer, where, do="take_off", number=numbers[0])
    assert gone.status_code == 302
    sign_in(client, evaluator)
    assert client.get(where).status_code == 403
    sign_in(client, study.made.outsider)
    assert client.get(where).status_code == 404


def test_rows_are_for_a_registered_study_alone(client: Client, study: factory.Studied) -> None:
    sign_in(client, study.evaluator)
    path = f"/laget/{_code(study)}/rader/"
    assert client.get(path).status_code == 200
    refused = _sent(client, study.evaluator, path, study="påhittad")
    assert refused.status_code == 422
    assert "Studien finns inte" in refused.content.decode()


def test_the_evaluators_first_page_says_what_each_study_waits_for(client: Client, study: factory.Studied) -> None:
    sign_in(client, study.evaluator)
    assert client.get("/").headers["Location"] == "/utvardering/"
    assert "Väntar på att listan läses in" in client.get("/utvardering/").content.decode()
    study.lay_in()
    assert "Publicera listan och regeln" in client.get("/utvardering/").content.decode()
    as_role(client, Role.STEERING_GROUP)
    assert client.get("/utvardering/").status_code == 403


def test_what_it_costs_is_a_reason_and_no_figure_where_money_is_missing(client: Client, study: factory.Studied) -> None:
    as_role(client, Role.STEERING_GROUP)
    page = client.get(f"/laget/{_code(study)}/kostnad/").content.decode()
    assert "Inga kostnader är kopplade till insatsen." in page
    assert "Vad siffrorna inte säger" in page
    assert " kr" not in page.split("Vad siffrorna inte säger")[0].split("<h1")[1]
