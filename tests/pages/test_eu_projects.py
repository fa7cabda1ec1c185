"""The pages of an EU project, as its economist, its leader and somebody who only reads."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from samkraft.money.actions.eu import eu_projects
from samkraft.money.models import (
    EuBudget,
    EuClaim,
    EuEntry,
    EuHours,
    EuParticipantHours,
    EuPosition,
    EuRate,
    EuStatement,
)
from samkraft.money.rules.eu.eu_outcomes import ClaimStep
from samkraft.partners.rules.roles import Role
from samkraft.values.period import Period
from tests.factories import economy_files, partners, signed_in
from tests.factories import eu_projects as eu
from tests.factories.signed_in import sign_in

pytestmark = pytest.mark.django_db
CODE = "mk"


@pytest.fixture
def project(client: Any) -> Any:
    made = eu.project()
    for month in (1, 2, 3):
        made.hours(date(2020, month, 1), 100 + month)
    return made


def _as(client: Any, role: Role) -> None:
    member = partners.member(role)
    sign_in(client, member)


def _text(answer: Any) -> str:
    return " ".join(answer.content.decode().replace("\u00a0", " ").split())


def test_the_economist_sees_outcome_forecast_and_hours(client: Any, project: Any) -> None:
    _as(client, Role.PROJECT_ECONOMIST)
    listed = _text(client.get(reverse("eu:projects")))
    assert "Malmökraften" in listed
    assert "122 400 kr" in listed  # 306 hours at 400 kronor
    shown = _text(client.get(reverse("eu:project", args=[CODE])))
    assert "Går det på som nu" in shown
    assert "mars 2020" in shown
    assert "Ny ansökan om utbetalning" in shown
    hours = _text(client.get(reverse("eu:hours", args=[CODE]), {"ar": "2020"}))
    assert "AF-01" in hours
    assert ">101</a>" in hours
    assert "Ingen budget än" in _text(client.get(reverse("eu:budget", args=[CODE])))
    for kind in ("csv", "xlsx"):
        assert client.get(reverse("eu:project", args=[CODE]), {"fil": kind}).headers["Content-Disposition"]


def test_the_economists_first_page_tells_what_to_do_and_where_the_years_stand(client: Any, project: Any) -> None:
    _as(client, Role.PROJECT_ECONOMIST)
    assert client.get("/").headers["Location"] == reverse("eu:today")
    page = _text(client.get(reverse("eu:today")))
    done = page[page.index("Att göra nu") : page.index("Går det på som nu")]
    assert "Kostnader saknas för april 2020, maj 2020, juni 2020 och" in done
    assert "Kan sökas: januari–mars 2020" in done
    assert "122 400 kr i kostnader" in done
    years = page[page.index("Var åren står") :]
    assert years.index("2020") < years.index("122 400 kr")
    claim = {"first": "2020-01", "last": "2020-03"}
    assert signed_in.send(client, reverse("eu:claim_new", args=[CODE]), **claim).status_code == 303
    again = _text(client.get(reverse("eu:today")))
    assert "Ansökan för januari–mars 2020 väntar på att projektledaren intygar den" in again
    assert "Kan sökas" not in again
    _as(client, Role.COUNCILLOR)
    assert client.get(reverse("eu:today")).status_code == 403


def test_who_only_reads_has_no_forms_and_is_refused_by_them(client: Any, project: Any) -> None:
    _as(client, Role.COUNCILLOR)
    shown = _text(client.get(reverse("eu:project", args=[CODE])))
    assert "Ny ansökan" not in shown
    assert client.get(reverse("eu:entry_new", args=[CODE])).status_code == 403
    assert client.get(reverse("eu:project", args=["finns-inte"])).status_code == 404


def test_hours_costs_rates_and_the_participants_sum_are_written(client: Any, project: Any) -> None:
    _as(client, Role.PROJECT_ECONOMIST)
    position = EuPosition.objects.get()
    url = reverse("eu:hours_write", args=[CODE, position.id, 2020, 4])
    assert signed_in.send(client, url, hours="120,5", source="tidrapport", number="0").status_code == 303
    assert EuHours.objects.get(month=date(2020, 4, 1)).minutes == 7230
    again = signed_in.send(client, url, hours="90", source="", number="0")  # somebody wrote meanwhile
    assert again.status_code == 422
    assert "Någon annan skrev timmar" in _text(again)
    assert 'value="90"' in _text(again)
    sums = {"month": "2020-01", "hours": "900", "an_hour": "58", "source": "närvaro"}
    assert signed_in.send(client, reverse("eu:participant_hours", args=[CODE]), **sums).status_code == 303
    assert EuParticipantHours.objects.get().minutes == 54_000
    cost = {"kind": "travel", "month": "2020-02", "amount": "1 250,50", "text": "tåg", "reference": "V1"}
    assert signed_in.send(client, reverse("eu:entry_new", args=[CODE]), **cost).status_code == 303
    assert EuEntry.objects.get().amount_ore == 125_050
    twice = signed_in.send(client, reverse("eu:entry_new", args=[CODE]), **cost)
    assert "V1 är redan inläst" in _text(twice)
    wrong = signed_in.send(client, reverse("eu:entry_new", args=[CODE]), **{**cost, "month": "februari"})
    assert "Skriv månaden som ÅÅÅÅ-MM" in _text(wrong)
    rate = {"function": "Ekonom", "first": "2020-01-01", "last": "2020-12-31", "an_hour": "480", "source": "tabell"}
    assert signed_in.send(client, reverse("eu:rate_new", args=[CODE]), **rate).status_code == 303
    assert EuRate.objects.get(function="Ekonom").period.upper == date(2021, 1, 1)


def test_a_claim_goes_from_the_economist_to_the_leader_and_back(client: Any, project: Any) -> None:
    _as(client, Role.PROJECT_ECONOMIST)
    months = {"first": "2020-01", "last": "2020-02"}
    assert signed_in.send(client, reverse("eu:claim_new", args=[CODE]), **months).status_code == 303
    overlapping = signed_in.send(client, reverse("eu:claim_new", args=[CODE]), **months)
    assert "redan en ansökan" in _text(overlapping)
    claim = EuClaim.objects.get()
    url = reverse("eu:claim", args=[CODE, claim.id])
    assert "Intyga ansökan" not in _text(client.get(url))
    _as(client, Role.MAIN_PROJECT_LEADER)
    assert "Intyga ansökan" in _text(client.get(url))
    certify = reverse("eu:claim_move", args=[CODE, claim.id, "intyga"])
    assert signed_in.send(client, certify, **{"intyga-text": ""}).status_code == 303
    shown = _text(client.get(url))
    assert "frysta" in shown
    assert "81 200 kr" in shown  # 203 hours
    assert claim.steps.filter(step=ClaimStep.CERTIFIED).exists()


def test_an_outcome_file_is_tried_then_taken_in(client: Any, project: Any) -> None:
    _as(client, Role.PROJECT_ECONOMIST)
    url = reverse("eu:outcome_file", args=[CODE])
    content = economy_files.outcome_file(("4610", 12_550, "P1"))

    def send(deed: str) -> Any:
        return signed_in.send(client, url, gor=deed, code="P1", file=SimpleUploadedFile("utfall.se", content))

    assert "4610 Resor" in _text(send("prova"))  # nobody has said where it belongs
    table = {"gor": "konton", "rader": "2", "r0-first": "4610", "r0-last": "", "r0-kind": "travel"}
    assert signed_in.send(client, url, **table).status_code == 303
    assert 'value="4610"' in _text(client.get(url))
    tried = send("prova")
    assert "1 rad, 125,50 kr, skulle läsas in" in _text(tried)
    assert not EuEntry.objects.exists()
    assert send("las-in").status_code == 303
    assert EuEntry.objects.get().amount_ore == 12_550
    assert "redan inläst" in _text(send("las-in"))
    wrong = {"gor": "konton", "rader": "2", "r0-first": "46x", "r0-last": "", "r0-kind": "travel"}
    assert "46x är inte ett kontonummer" in _text(signed_in.send(client, url, **wrong))
    not_sie = signed_in.send(client, url, gor="las-in", code="P1", file=SimpleUploadedFile("a.se", b"hej"))
    assert "inte en SIE-fil" in _text(not_sie)


def test_the_book_is_taken_out_for_the_economy_system(client: Any) -> None:
    economy_files.decided()
    _as(client, Role.FUND_OFFICER)
    shown = _text(client.get(reverse("money:sie")))
    assert "antagande" in shown
    file = client.get(reverse("money:sie_file", args=[2024]))
    assert file.content.startswith(b"#FLAGGA 0")
    assert "samkraft-2024.si" in file.headers["Content-Disposition"]
    assert client.get(reverse("money:sie_file", args=[1999])).status_code == 404
    account = {"kind": "frame", "frame-number": "1799", "frame-name": "Ramar"}
    assert signed_in.send(client, reverse("money:sie"), **account).status_code == 303
    assert "1799" in _text(client.get(reverse("money:sie")))
    assert "kontonummer" in _text(signed_in.send(client, reverse("money:sie"), **{**account, "frame-number": "x"}))
    _as(client, Role.COUNCILLOR)
    assert client.get(reverse("money:sie_file", args=[2024])).status_code == 403


def _form(by: partners.Member, **said: str) -> dict[str, str]:
    return {"membership": str(by.membership_id), **said}


def test_a_project_is_written_in_with_its_budget_and_positions(client: Any) -> None:
    economist = partners.member(Role.PROJECT_ECONOMIST)
    sign_in(client, economist)
    body = str(economist.organisation_id)
    assert reverse("eu:project_new") in _text(client.get(reverse("eu:projects"))), "the empty list leads there"
    said = _form(
        economist, name="Nya kraften", programme="ESF+", owner=body, first="2026-01-01", last="31 dec 2027", demand="53",
        demand_decimals="2", yearly_hours="1720", planned_participants="400", initiative="", code="", source="Dnr 7",
    )  # fmt: skip
    address = reverse("eu:project_new")
    for wrong, words in (
        ({"last": "2025-01-01"}, "Sista dagen är före den första."),
        ({"demand": "101"}, "mellan 0 och 100 procent"),
        ({"code": "i-dag"}, "används redan av en sida"),
    ):
        answer = client.post(address, {**said, **wrong})
        assert (answer.status_code, words in _text(answer), "Nya kraften" in _text(answer)) == (422, True, True), words
    assert client.post(address, said).headers["Location"] == reverse("eu:budget_new", args=["nya-kraften"])
    assert "Det finns redan ett projekt" in _text(client.post(address, said))

    budget = reverse("eu:budget_new", args=["nya-kraften"])
    assert "Budgeten som den är beslutad" in _text(client.get(budget))
    rows = _form(
        economist, phase_1="Genomförande", cost_1_personnel="1 000 000", cost_1_external="0", cost_2_travel="5",
        kind_1="support", paid_1="470 000", kind_2="public_cash", body_2=body, paid_2="", told_costs="1 000 001",
        decided_date="1 nov 2025", source="Beslut om stöd",
    )  # fmt: skip
    answer = client.post(budget, rows)
    assert answer.status_code == 422
    assert "Skriv vad fasen heter." in _text(answer)
    assert "Skriv beloppet, eller 0." in _text(answer)
    rows |= {"cost_2_travel": "", "paid_2": "530 000"}
    assert client.post(budget, rows).status_code == 303
    shown = _text(client.get(reverse("eu:budget", args=["nya-kraften"])))
    assert "Kravet nås utan avrundning." in shown
    assert "dokumentet säger 1 000 001 kr, raderna ger 1 000 000 kr" in shown
    again = client.get(budget)
    assert 'value="1 000 000"' in again.content.decode().replace("\u00a0", " "), "begins as the latest stands"
    twice = {**rows, "kind_3": "support", "paid_3": "1"}
    assert "står två gånger" in _text(client.post(budget, twice))
    nothing = dict.fromkeys(rows, "") | _form(economist)
    assert "Budgeten har inga rader." in _text(client.post(budget, nothing))

    place = reverse("eu:position_new", args=["nya-kraften"])
    position = _form(
        economist, code="AF-01", title="Handläggare", function="Handläggare", employer=body, first="2026-01-01",
        last="2027-12-31",
    )  # fmt: skip
    assert "utanför projektets tid" in _text(client.post(place, {**position, "last": "2028-01-31"}))
    assert client.post(place, position).status_code == 303
    assert "Det finns redan en tjänst" in _text(client.post(place, position))
    assert "AF-01" in _text(client.get(reverse("eu:hours", args=["nya-kraften"]), {"ar": "2026"}))


def test_what_the_text_promises_is_written_in_and_carried_into_the_next_version(client: Any) -> None:
    economist = partners.member(Role.PROJECT_ECONOMIST)
    sign_in(client, economist)
    body = str(economist.organisation_id)
    project_id = eu_projects.register(
        by=economist.context, code="nya-kraften", name="Nya kraften", programme="ESF+", owner_id=UUID(body),
        period=Period(date(2026, 1, 1), date(2028, 1, 1)), demand_percent=Decimal(53), yearly_hours=1720,
    )  # fmt: skip
    address, shown = (reverse(f"eu:{name}", args=["nya-kraften"]) for name in ("budget_new", "budget"))
    rows = _form(
        economist, phase_1="Genomförande", cost_1_personnel="1 000 000", cost_1_external="0", kind_1="public_cash",
        body_1=body, paid_1="530 000", what_1="en utvärdering", quote_1="Utvärderingen upphandlas",
        says_2="cash_is_staff", about_2="public_cash", what_2="två handläggare", by_2=body,
    )  # fmt: skip
    refused = client.post(address, rows)
    assert refused.status_code == 422
    for words in ("Välj vad texten gör", "Välj den rad som texten ska hållas mot", "Skriv hur många personmånader"):
        assert words in _text(refused)
    assert "Utvärderingen upphandlas" in _text(refused), "what was typed stays"
    rows |= {"says_1": "promises_cost", "about_1": "external", "months_2": "24", "place_1": "ansökan, sidan 14"}
    assert client.post(address, rows).status_code == 303
    page = _text(client.get(shown))
    assert "”Utvärderingen upphandlas”" in page
    assert "24 personmånader" in page
    assert [one.what for one in _said(project_id)] == ["två handläggare", "en utvärdering"]
    again = _form(economist, **_fields(client.get(address)))
    assert client.post(address, again | {"cost_1_travel": "5 000"}).status_code == 303
    assert [one.what for one in _said(project_id)] == ["två handläggare", "en utvärdering"], (
        "not lost with a new version"
    )
    assert EuBudget.objects.filter(project_id=project_id).count() == 2


def _said(project_id: UUID) -> list[EuStatement]:
    latest = EuBudget.objects.filter(project_id=project_id).order_by("-number")[0]
    return list(EuStatement.objects.filter(budget=latest).order_by("kind"))


def _fields(answer: Any) -> dict[str, str]:
    """The page's form as a browser would send it untouched."""
    return {one.html_name: "" if one.value() is None else str(one.value()) for one in answer.context["form"]}


def test_only_the_economist_writes_projects_in(client: Any, project: Any) -> None:
    _as(client, Role.COUNCILLOR)
    assert reverse("eu:project_new") not in _text(client.get(reverse("eu:projects")))
    for address in (
        reverse("eu:project_new"), reverse("eu:budget_new", args=[CODE]), reverse("eu:position_new", args=[CODE]),
    ):  # fmt: skip
        assert client.get(address).status_code == 403, address
