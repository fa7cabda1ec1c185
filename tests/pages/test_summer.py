"""The pages of Ung i sommar: open, by link, the coordinator's, the supervisor's."""

import json
import re
from copy import deepcopy
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from samkraft.people.actions.summer import summer_attendance, summer_placing
from samkraft.people.actions.summer.summer_attendance import Press
from samkraft.people.models import SummerPunch
from samkraft.web.summer import applicants
from tests.factories import signed_in, summer
from tests.once import Once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept")]


@pytest.fixture(scope="module")
def kept(once: Once[summer.Round]) -> summer.Round:
    return once(summer.planned)


@pytest.fixture
def given(kept: summer.Round) -> summer.Round:
    return deepcopy(kept)


def test_a_round_and_its_lot_are_open_to_everybody_by_codes_only(client: Client) -> None:
    given = summer.everything()
    code = given.row.code
    assert "Sommarjobb" in signed_in.html(client, "/ung-i-sommar/")
    page = signed_in.html(client, f"/ung-i-sommar/{code}/")
    assert "Så lottas platserna" in page
    assert summer.SEED in page
    published = client.get(f"/ung-i-sommar/{code}/lottning.json").json()
    assert set(published) >= {"list", "rule", "seed", "order", "drawn"}
    for name in ("Alva", "Cleo", "Sommarsson"):
        assert name not in page
        assert name not in json.dumps(published)


def test_somebody_asks_for_a_link_applies_and_changes_the_application(client: Client, given: summer.Round) -> None:
    sent = client.post(f"/ung-i-sommar/{given.row.code}/ansok/", {"email": "ny@exempel.invalid"})
    page = sent.content.decode()
    assert "Titta i din e-post" in page
    path = page.partition('href="http')[2].partition('"')[0].partition("/min-sommar/")[2]
    own = f"/min-sommar/{path}"
    assert "Din ansökan" in signed_in.html(client, own)
    wrong = client.post(own, {"given_name": "Nils", "family_name": "Ny", "number": "1", "school_year": "upper1"})
    assert "Rätta" in wrong.content.decode()
    assert 'value="Nils"' in wrong.content.decode()
    young = client.post(own, {**_filled(given), "number": summer.number(summer.born(9)).digits})
    assert "Du är för ung i år" in young.content.decode()
    alone = client.post(own, {**_filled(given), "guardian1": "", "guardian1_email": ""})
    assert "Du är under 18 år" in alone.content.decode()
    assert client.post(own, _filled(given)).status_code == 303
    page = signed_in.html(client, own)
    assert "Hej Nils" in page
    assert "har inte svarat" in page
    assert client.post(f"{own}?andra=1", {**_filled(given), "given_name": "Nisse"}).status_code == 303
    assert "Hej Nisse" in signed_in.html(client, own)


def _filled(given: summer.Round) -> dict[str, str]:
    return {
        "given_name": "Nils", "family_name": "Ny", "number": summer.number(summer.born(16)).digits, "school_year": "upper1",
        "email": "nils@exempel.invalid", "guardian1": "Nora Ny", "guardian1_email": "nora@exempel.invalid",
        "wish1": str(given.workplace_id), "other_hours": "0",
    }  # fmt: skip


def test_a_link_that_nobody_has_or_that_has_run_out_is_refused_alike(client: Client) -> None:
    assert "Länken går inte att använda" in signed_in.html(client, "/min-sommar/nagot-som-inte-finns/", 409)


def test_a_young_person_answers_and_checks_in_also_from_a_phone_that_had_no_signal(
    client: Client, given: summer.Round
) -> None:
    summer.begin_now(given)
    mine = summer.applies(given, "Greta", age=16, only_first=True)
    summer.draw(given)
    summer_placing.place_all(by=given.holder.context, round_id=given.id)
    own = f"/min-sommar/{mine.token}/"
    page = signed_in.html(client, own)
    assert "Svara senast" in page
    assert "ditt namn (Greta Sommarsson)" in page
    held = summer.placement(given, "Greta").id
    assert client.post(f"{own}svara/{held}/", {"svar": "ja"}).status_code == 303
    summer.guardians_say(given, "Greta")
    summer_placing.confirm(by=given.holder.context, placement_id=held)
    assert "Checka in" in signed_in.html(client, own)

    key, now = str(uuid4()), timezone.now()
    waited = {"sent_at": now.isoformat(), "presses": [
        {"key": key, "placement": str(held), "hit": "in", "at": summer.yesterday_at(9).isoformat()},
        {"key": str(uuid4()), "placement": str(held), "hit": "ut", "at": summer.yesterday_at(15).isoformat()},
    ]}  # fmt: skip
    for _again in range(2):
        told = client.post(f"{own}stampla/", {"presses": json.dumps(waited)}).json()
        assert [one["kept"] for one in told["received"]] == [True, True]
    with summer.transactions.read(given.holder.context):
        assert SummerPunch.objects.count() == 2
    assert client.post(f"{own}stampla/", {"presses": "inte json"}).status_code == 400
    assert "Dagar som har varit" in signed_in.html(client, own)


def test_a_guardian_reads_about_the_risks_and_says_yes_or_no(client: Client, given: summer.Round) -> None:
    mine = summer.applies(given, "Hedda", age=16)
    with summer.transactions.read(given.holder.context):
        guardian = summer.SummerGuardian.objects.get()
    sent = client.post(f"/min-sommar/{mine.token}/vardnadshavare/{guardian.id}/", follow=True).content.decode()
    token = sent.partition("/min-sommar/")[2].partition("/")[0]
    for part in sent.split("/min-sommar/")[1:]:
        if not part.startswith(mine.token):
            token = part.partition("/")[0]
    path = f"/min-sommar/{token}/"
    assert "Risker och hur de tas om hand" in signed_in.html(client, path)
    assert "Kryssa i att du har läst" in client.post(path, {"svar": "ja"}, follow=True).content.decode()
    assert "Du har sagt ja" in client.post(path, {"svar": "ja", "risker": "1"}, follow=True).content.decode()
    assert "Du har sagt nej" in client.post(path, {"svar": "nej"}, follow=True).content.decode()


def test_the_coordinator_goes_through_the_round_step_by_step(client: Client, given: summer.Round) -> None:
    summer.begin_now(given)
    for name in ("Alva", "Bo", "Cleo"):
        summer.applies(given, name)
    signed_in.sign_in(client, given.holder)
    form = {"membership": str(given.holder.membership_id)}
    path = f"/sommar/{given.row.code}/"
    assert "Sommarjobb" in signed_in.html(client, "/sommar/")
    assert "Nu: Ansökan" in signed_in.html(client, path)
    summer.close(given)
    assert "Nu: Publicera listan" in signed_in.html(client, path)
    client.post(f"{path}gor/lista/", form)
    assert "Nu: Dra lotten" in signed_in.html(client, path)
    wrong = client.post(f"{path}gor/lott/", {**form, "fro": "ett annat"}, follow=True).content.decode()
    assert "Fröet är inte det" in wrong
    client.post(f"{path}gor/lott/", {**form, "fro": summer.SEED})
    assert "Nu: Fördela platserna" in signed_in.html(client, path)
    again = client.post(f"{path}gor/lott/", {**form, "fro": summer.SEED}, follow=True).content.decode()
    assert "Den öppnas inte igen" in again
    client.post(f"{path}gor/fordela/", form)
    assert "Nu: Svar och klartecken" in signed_in.html(client, path)
    page = signed_in.html(client, f"{path}sokande/?lage=erbjudna")
    assert "Alva Sommarsson" in page
    assert "väntar på svar" in page
    one = given.links["Alva"].applicant_id
    assert "Vad som har hänt" in signed_in.html(client, f"{path}sokande/{one}/")
    assert "Hans Handledare" in signed_in.html(client, f"{path}platser/")
    assert client.get(f"{path}sokande/?fil=csv").status_code == 200


def test_those_who_apply_are_turned_over_a_page_at_a_time_and_the_file_is_what_is_shown(
    client: Client, monkeypatch: pytest.MonkeyPatch, given: summer.Round
) -> None:
    monkeypatch.setattr(applicants, "ON_A_PAGE", 2)
    summer.begin_now(given)
    for name in ("Alva", "Bo", "Cleo"):
        summer.applies(given, name)
    signed_in.sign_in(client, given.holder)
    path = f"/sommar/{given.row.code}/sokande/"
    first = signed_in.html(client, path)
    further = re.search(r'rel="next" href="([^"]+)"', first)
    assert further is not None
    second = signed_in.html(client, f"{path}{further[1]}")
    names = [name for name in ("Alva", "Bo", "Cleo") if f"{name} Sommarsson" in second]
    assert len(names) == 1
    assert f"{names[0]} Sommarsson" not in first
    searched = signed_in.html(client, f"{path}?q=alva&page=1")
    offered = re.search(r'href="([^"]*fil=xlsx)"', searched)
    assert offered is not None
    assert offered[1].replace("&amp;", "&") == "?q=alva&fil=xlsx"


def test_the_supervisor_sees_the_day_and_attests_and_the_basis_for_wages_is_a_file(
    client: Client, given: summer.Round
) -> None:
    summer.begin_now(given)
    mine = summer.applies(given, "Iris", age=16, only_first=True)
    summer.draw(given)
    summer_placing.place_all(by=given.holder.context, round_id=given.id)
    held = summer.starts(given, "Iris")
    presses = [Press(uuid4(), held, hour == 9, summer.yesterday_at(hour)) for hour in (9, 15)]
    summer_attendance.press(by=mine.by, link=mine, presses=presses)
    signed_in.sign_in(client, given.supervisor)
    form = {"membership": str(given.supervisor.membership_id)}
    page = signed_in.html(client, "/handledning/")
    assert "Iris Sommarsson" in page
    assert "guardian" not in page
    day = (timezone.localdate() - timedelta(days=1)).isoformat()
    sent = client.post(
        f"/handledning/{held}/attestera/", {**form, "dag": day, "var": "har", "tid": "5:00"}, follow=True
    )
    assert "Dagen är attesterad" in sent.content.decode()
    assert client.get(f"/sommar/{given.row.code}/").status_code == 403

    signed_in.sign_in(client, given.holder)
    form = {"membership": str(given.holder.membership_id)}
    path = f"/sommar/{given.row.code}/lon/"
    assert "5,0 attesterade timmar" in signed_in.html(client, path)
    made = client.post(path, {**form, "till": timezone.localdate().isoformat()}, follow=True).content.decode()
    assert "Underlaget är gjort" in made
    file = client.post(f"{path}1/", {**form, "fil": "csv"}).content.decode("utf-8-sig")
    assert "552,50" in file
    assert "Iris Sommarsson" in file
    wage = {**form, "do": "lon", "age": "16", "hourly": "120", "source": "KS § 12"}
    assert "Det finns redan en timlön från 16 år" in client.post(path, wage).content.decode()
    assert "Åldern ska vara mellan 13 och 30 år" in client.post(path, {**wage, "age": "99"}).content.decode()
    assert "Timlönen är inlagd." in client.post(path, {**wage, "age": "17"}, follow=True).content.decode()


def test_another_coordinator_sees_nothing_of_a_round_that_is_not_theirs(client: Client, given: summer.Round) -> None:
    mine = summer.applies(given, "Juno")
    from samkraft.partners.rules.roles import Role
    from tests.factories import partners

    signed_in.sign_in(client, partners.member(Role.PLACE_COORDINATOR, "ama", name="Någon Annan"))
    for path in ("", "sokande/", f"sokande/{mine.applicant_id}/", "platser/", "lon/"):
        assert client.get(f"/sommar/{given.row.code}/{path}").status_code == 404


def test_a_coordinator_plans_a_round_with_a_workplace_and_cannot_take_away_a_place_that_is_held(client: Client) -> None:
    given = summer.planned(places=2)
    signed_in.sign_in(client, given.holder)
    form = {"membership": str(given.holder.membership_id)}
    year = timezone.now().year + 1
    said = {
        **form, "name": f"Sommarjobb {year} prov", "form": "job", "opens": f"{year}-02-01", "closes": f"{year}-04-12",
        "year": str(year), "weeks": "25–28\n29–32", "born_from": str(year - 18), "born_to": str(year - 15), "strata": "none",
        "answer_days": "5",
    }  # fmt: skip
    wrong = client.post("/sommar/ny/", {**said, "weeks": "60"})
    assert "finns inte" in wrong.content.decode()
    assert "Veckorna börjar innan" in client.post("/sommar/ny/", {**said, "closes": f"{year}-07-12"}).content.decode()
    made = client.post("/sommar/ny/", said)
    assert made.status_code == 303
    path = made.headers["Location"]
    assert "Nu: Bestäm fröet" in signed_in.html(client, path)
    sent = client.post(f"{path}gor/fro/", {**form, "kalla": "Lottos vinnande rad onsdagen därpå"}, follow=True)
    assert "Nu: Ansökan" in sent.content.decode()
    place = {
        **form, "name": "Köket", "does": "Diskar", "supervisor": str(given.supervisor.membership_id), "tasks": "kitchen",
        "least_age": "16", "starts": "08:30", "ends": "15:30", "break_minutes": "60", "places": "3",
    }  # fmt: skip
    assert "slutar innan den börjar" in client.post(f"{path}platser/ny/", {**place, "ends": "08:00"}).content.decode()
    assert client.post(f"{path}platser/ny/", place).status_code == 303
    assert "utdrag saknas" in signed_in.html(client, f"{path}platser/")

    summer.applies(given, "Tea", only_first=True)
    summer.draw(given)
    summer_placing.place_all(by=given.holder.context, round_id=given.id)
    period = given.row.periods[0].id
    change = f"/sommar/{given.row.code}/platser/{given.workplace_id}/antal/{period}/"
    assert "1 platser är redan någons" in client.post(change, {**form, "platser": "0"}, follow=True).content.decode()
    assert "är ändrat" in client.post(change, {**form, "platser": "1"}, follow=True).content.decode()
    assert given.row.periods[0].places == 1


def test_hours_that_are_forbidden_at_the_age_are_refused_on_the_page_with_the_rule(
    client: Client, given: summer.Round
) -> None:
    summer.begin_now(given)
    mine = summer.applies(given, "Ulla", age=15, school_year=summer.SchoolYear.GRADE_8, only_first=True)
    summer.draw(given)
    summer_placing.place_all(by=given.holder.context, round_id=given.id)
    summer.starts(given, "Ulla")
    signed_in.sign_in(client, given.holder)
    said = {
        "membership": str(given.holder.membership_id), "borjar": "16.30",
        "dag": (given.row.first_day + timedelta(days=4)).isoformat(),  # a Friday: the night after is long enough
        "slutar": "20.30", "rast": "0",
    }  # fmt: skip
    path = f"/sommar/{given.row.code}/sokande/{mine.applicant_id}/gor/dag/"
    page = client.post(path, said, follow=True).content.decode()
    assert "16.30–20.30 går inte" in page
    assert "föreskrifter" in page
    wednesday = (given.row.first_day + timedelta(days=2)).isoformat()
    night = client.post(path, {**said, "dag": wednesday, "slutar": "20.00"}, follow=True).content.decode()
    assert "Det ska vara minst 14 tim" in night
    assert "är ändrade" in client.post(path, {**said, "slutar": "20.00"}, follow=True).content.decode()
    free = path.replace("/dag/", "/ledig/")
    days = re.findall(r'<option value="(\d{4}-\d\d-\d\d)">', client.get(path.split("gor/")[0]).content.decode())
    assert "Dagen är borttagen." in client.post(free, {**said, "dag": days[-1]}, follow=True).content.decode()
    assert f'<option value="{days[-1]}">' not in client.get(path.split("gor/")[0]).content.decode()
    again = client.post(free, {**said, "dag": wednesday}, follow=True).content.decode()
    assert "Det finns inga tider den dagen som inte har börjat." in again
