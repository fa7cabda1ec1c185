"""The month in the browser: what is left, rows taken in and attested, closing, files, hours, progression and SUS."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from samkraft.initiatives.actions import arrangements
from samkraft.initiatives.queries import codes
from samkraft.initiatives.rules.rule_sets import Agrees, RuleSet
from samkraft.people.actions import protection
from samkraft.people.actions.months import progression
from samkraft.people.rules.months import form_codes
from samkraft.people.rules.months import months as rules
from samkraft.web.months import choosing, making
from samkraft.web.months import codes as form
from tests.factories import months as factory
from tests.factories.months import Months
from tests.factories.partners import Member
from tests.factories.signed_in import sign_in
from tests.once import Once

pytestmark = pytest.mark.django_db

MONTH = rules.step(rules.of_day(timezone.localdate()), -1)
RULES = RuleSet(least_weekly_hours=2, monthly_time_report=True, agreement_parties=(Agrees.PARTICIPANT,))


def _made() -> Months:
    made = factory.made()
    arrangements.decide_rules(
        by=made.setting.leader.context, initiative_id=made.setting.initiative_id, rule_set=RULES,
        start_date=date(2022, 2, 1),
    )  # fmt: skip
    return made


@pytest.fixture(scope="module")
def made(once: Once[Months]) -> Months:
    return once(_made)


def _client(member: Member) -> Client:
    client = Client()
    sign_in(client, member)
    return client


def _address(made: Months, page: str, *more: Any) -> str:
    code = next(code for code, key in codes.initiatives().items() if key == made.setting.initiative_id)
    return reverse(f"months:{page}", args=[code, MONTH, *more])


def _sent(client: Client, member: Member, url: str, **said: Any) -> Any:
    return client.post(url, {"membership": str(member.membership_id), **said})


def test_a_long_list_is_taken_in_a_page_at_a_time(made: Months, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing that is filled in is lost by turning over, and no row is passed by when those that are done leave the list."""
    monkeypatch.setattr(choosing, "ON_A_PAGE", 2)
    keys = [made.person(rules.span(MONTH)[0]).enrolment_id for _one in range(5)]
    officer, colleague = _client(made.officer), _client(made.colleague)
    entry = _address(made, "entry") + "?visa=saknas"

    def rows(text: str) -> list[str]:
        return re.findall(r'<tr id="rad-([0-9a-f-]+)"', text)

    def last(text: str) -> str:
        return re.search(r'name="sist" value="([^"]*)"', text)[1]  # type: ignore[index]  # it stands in each list

    first = officer.get(entry).content.decode()
    assert len(rows(first)) == 2
    assert "1–2 av 5" in first
    assert "sida 1 av 3" in first
    assert re.search(r"Rapport saknas\W.{0,60}>5<", first), "all five are counted"
    assert "Föregående" not in first
    one, two = rows(first)

    turned = _sent(officer, made.officer, entry, **{f"h-{one}": "40", "gor": "vidare", "sist": last(first)})
    assert turned.status_code == 303
    assert turned["Location"] == entry, "one has left the list, so what comes next begins on the same page"
    again = officer.get(turned["Location"]).content.decode()
    assert "1 rad är klar." in again
    assert rows(again)[0] == two
    three = rows(again)[1]
    assert three not in (one, two)

    wrong = _sent(officer, made.officer, entry, **{f"h-{three}": "4o", "gor": "vidare", "sist": last(again)})
    assert wrong.status_code == 200, "what cannot be read stays on the page"
    assert 'value="4o"' in wrong.content.decode()
    assert rows(wrong.content.decode())[0] == three, "and stands first"
    assert last(wrong.content.decode()) == three, "but the next page begins after the last by name"
    onward = _sent(officer, made.officer, entry, gor="vidare", sist=three)
    assert onward["Location"] == f"{entry}&page=2"
    shown = officer.get(onward["Location"]).content.decode()
    assert {*rows(shown)} == {str(key) for key in keys} - {one, two, three}
    assert "Nästa" not in shown[shown.index('class="paging"') :].split("</form>")[0]
    assert _sent(officer, made.officer, onward["Location"], gor="tillbaka")["Location"] == entry

    listed = _address(made, "entry")
    ticked = _sent(colleague, made.colleague, listed, gor="vidare", sist=two, attest=f"{one} 40").content.decode()
    assert "1 markerad rad är inte attesterad än." in ticked
    assert " checked" in ticked
    assert (
        "Kim Kollega" in _sent(colleague, made.colleague, listed, gor="attestera", attest=f"{one} 40").content.decode()
    )
    assert len(rows(officer.get(listed, {"page": "99"}).content.decode())) == 1, (
        "the last page, if there are not so many"
    )
    assert len(rows(officer.get(listed, {"q": "haddad ami"}).content.decode())) == 2, "found by the beginnings of names"
    assert "1–2 av 5" in officer.get(listed, {"q": "haddad ami"}).content.decode()
    assert "Ingen i månaden har det namnet" in officer.get(listed, {"q": "xyz"}).content.decode()


def test_why_a_month_is_closed_with_something_left_is_asked_for_at_its_field(made: Months) -> None:
    made.person(rules.span(MONTH)[0])
    closer = _client(made.closer)
    address = _address(made, "month")
    seen = re.search(r'name="sedd" value="([^"]*)"', closer.get(address).content.decode())
    assert seen is not None
    page = _sent(closer, made.closer, address, sedd=seen[1], varfor=" ").content.decode()
    assert 'href="#varfor"' in page, "from the top to the field"
    field = page[page.index('id="varfor"') :].split("</form>")[0]
    assert 'id="varfor-fel"' in field
    assert "varfor-fel" in page[page.index('id="varfor"') :].split(">")[0]
    stale = _sent(closer, made.closer, address, sedd="0" * 64, varfor="En rapport kommer efter.").content.decode()
    assert "En rapport kommer efter." in stale
    assert 'id="varfor-fel"' not in stale, "another refusal is not put down to the field"


def test_the_checklist_says_each_thing_once_and_leads_to_the_row_on_whichever_page(
    made: Months, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(choosing, "ON_A_PAGE", 2)
    for _one in range(6):
        made.person(rules.span(MONTH)[0])
    made.close(MONTH, why="Sex saknas.")
    closer = _client(made.closer)
    page = closer.get(_address(made, "file", "esf")).content.decode()
    assert page.count("Tidrapport saknas.") == 1, "told once, and not for each"
    assert re.search(r"6\s+deltagare", page)
    assert "<summary>" in page[page.index("month-lacks") :], "so many names are folded"
    links = re.findall(r'href="([^"]+\?q=[^"]+)"', page)
    assert len({*links}) == 6
    for link in links:
        shown = closer.get(link).content.decode()
        assert shown.count('<tr id="rad-') == 1, "the row itself, whichever page it stands on"


def test_a_month_goes_from_missing_to_a_file(made: Months) -> None:
    way = made.person(rules.span(MONTH)[0], "199006022389")
    officer, closer, colleague = (_client(one) for one in (made.officer, made.closer, made.colleague))
    home = closer.get(reverse("months:home"), follow=True)
    text = home.content.decode()
    assert home.redirect_chain[-1][0] == _address(made, "month")
    assert "rapporter saknas" in text
    assert "Amira Haddad-Lund" in text
    assert "199006022389" not in text

    entry = _address(made, "entry")
    key = way.enrolment_id
    wrong = _sent(officer, made.officer, entry, **{f"h-{key}": "4o", f"s-{key}": "paper"}).content.decode()
    assert "Timmarna ska vara ett helt tal" in wrong
    assert 'value="4o"' in wrong, "nothing that was typed is lost"
    assert 'maxlength="3"' not in wrong, "1200 is refused, and not cut to 120"
    done = _sent(officer, made.officer, entry, **{f"h-{key}": "44", f"s-{key}": "paper"}).content.decode()
    assert "1 rad är klar." in done
    assert "en annan attesterar" in done
    assert 'name="attest"' not in done
    attested = _sent(colleague, made.colleague, entry, gor="attestera", attest=f"{key} 44").content.decode()
    assert "Kim Kollega" in attested

    page = closer.get(_address(made, "month")).content.decode()
    assert "klar att stänga" in page
    stale = _sent(closer, made.closer, _address(made, "month"), sedd="0" * 64)
    assert stale.status_code == 409
    assert "Något ändrades medan du hade sidan öppen." in stale.content.decode()
    closed = _sent(closer, made.closer, _address(made, "month"))
    assert closed.status_code == 303
    again = _sent(closer, made.closer, _address(made, "month"))
    assert "redan stängd av Mats Björk" in again.content.decode()
    file = closer.get(_address(made, "file", "scb")).content.decode()
    assert "inget saknas i tidrapporterna" not in file, "the project's number is not there"
    assert "Projektnumret saknas" in file
    asked = _sent(closer, made.closer, _address(made, "file", "scb"), fil="csv")
    assert asked.status_code == 303
    assert "/pagaende/" in asked["Location"]


def test_the_file_says_what_the_receiver_wants_and_expires_with_what_it_rests_on(made: Months) -> None:
    first = made.person(rules.span(MONTH)[0], "199006022389")
    hidden = made.person(rules.span(MONTH)[0] - timedelta(days=40), "200001052380")
    made.report(first, MONTH, 44)
    made.report(hidden, MONTH, 20)
    for month in rules.between(rules.of_day(hidden.today), rules.step(MONTH, -1)):
        made.report(hidden, month, 20)
        made.close(month)
    closing = made.close(MONTH, why="Prov")
    by = made.closer.context
    said = {"closing": str(closing), "what": "scb", "file": "csv"}
    made_file = making.run(by, said, lambda _done, _total: None).file
    assert made_file is not None
    lines = made_file.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "Projektnummer;Månad;Personnummer;Startdatum;Slutdatum;Timmar"
    assert f";{MONTH};199006022389;{rules.span(MONTH)[0]};;44" in lines
    assert f";{MONTH};200001052380;;;20" in lines, "the start stood in the month of the start"
    assert making.still_holds(by, said, made_file.basis)

    protection.protect(
        by=made.officer.context, person_id=hidden.person_id, level="marked", membership_ids=[made.closer.membership_id]
    )
    protected = making.run(by, said, lambda _done, _total: None).file
    assert protected is not None
    text = protected.content.decode("utf-8-sig")
    assert "200001052380" not in text
    assert f";{MONTH};20000105Tf29;;;20" in text, "who is named for the person reports in the receiver's way"
    protection.strike(by=made.officer.context, person_id=hidden.person_id, membership_id=made.closer.membership_id)
    assert not making.still_holds(by, said, protected.basis)
    without = making.run(by, said, lambda _done, _total: None).file
    assert without is not None
    assert "20000105" not in without.content.decode()
    esf = making.run(by, {**said, "what": "esf"}, lambda _done, _total: None).file
    assert esf is not None
    assert "Alla deltagare: 1" in esf.content.decode("utf-8-sig")


def test_the_paper_form_has_a_code_and_no_name_and_finds_its_row(made: Months) -> None:
    way = made.person(rules.span(MONTH)[0])
    client = _client(made.officer)
    assert way.enrolment_id is not None
    code = form.of(form.TIME, way.enrolment_id, MONTH)
    page = client.get(_address(made, "forms")).content.decode()
    assert form_codes.shown(code) in page
    printed = page[page.index('class="month-forms"') :]
    assert re.search(r"<span>(mån|tis|ons|tors|fre) \d+</span>", printed)
    assert re.search(r'<span class="weekend">(lör|sön) \d+</span>', printed)
    assert form_codes.shown(code) in printed
    assert "Haddad" not in printed
    found = client.get(_address(made, "entry"), {"kod": form_codes.shown(code).lower()}).content.decode()
    assert "Amira Haddad-Lund" in found
    assert "Koden stämmer inte" in client.get(_address(made, "entry"), {"kod": "AAAA-AA1"}).content.decode()


def test_hours_are_written_by_oneself_and_attested_by_a_leader(made: Months) -> None:
    url = _address(made, "hours")
    officer, leader = _client(made.officer), _client(made.setting.leader)
    assert "Timmarna går inte att läsa." in _sent(officer, made.officer, url, timmar="många").content.decode()
    assert _sent(officer, made.officer, url, timmar="132,5").status_code == 303
    _sent(leader, made.setting.leader, url, timmar="140")
    page = leader.get(url).content.decode()
    assert page.count('name="rad"') == 1, "not one's own"
    assert "132,5" in page
    row = page[page.index('name="rad" value="') + 18 :][:36]
    assert _sent(leader, made.setting.leader, url, gor="attestera", rad=row).status_code == 303
    assert "attesterade av" in officer.get(url).content.decode()
    assert "140" not in officer.get(url).content.decode(), "others' hours are for those who lead and report"
    assert "redan attesterade" in _sent(leader, made.setting.leader, url, gor="attestera", rad=row).content.decode()


def test_progression_is_asked_noted_and_drawn_with_health_apart(made: Months) -> None:
    way = made.person(timezone.localdate() - timedelta(days=200))
    day = timezone.localdate() - timedelta(days=100)
    progression.note(
        by=made.officer.context, person_id=way.person_id, occasion="start", on=day, answers={"job": 2, "health": 3}
    )
    client = _client(made.officer)
    url = reverse("months:person", args=[way.person_id])
    page = client.get(url).content.decode()
    assert "frågas nu: var tredje månad" in page
    assert page.count('class="month-chart"') == 2
    sent = _sent(client, made.officer, url, voice="staff", **{
        "staff-occasion": "quarter", "staff-on": str(timezone.localdate()), "staff-job": "4"})  # fmt: skip
    assert sent.status_code == 303
    assert "4 av 5, handläggaren" in client.get(url).content.decode()
    labour = made.setting.labour
    assert reverse("months:person", args=[way.person_id])
    assert _client(labour).get(url).status_code in (404, 409), "another area knows nothing of it"
    group = client.get(reverse("months:progression_home"), follow=True).content.decode()
    assert "färre än 5 har svarat två gånger" in group
    assert "ett samband, inte en verkan" in group


def test_sus_is_told_no_more_than_the_person_has_agreed_to(made: Months) -> None:
    way = made.person(rules.span(MONTH)[0])
    client = _client(made.officer)
    url = f"{reverse('months:sus_sheet', args=[way.person_id])}?riktning=in"
    said = {"direction": "in", "on": str(rules.span(MONTH)[0]), "municipality": "Malmö"}
    refused = _sent(client, made.officer, url, **said)
    assert refused.status_code == 409
    assert "Utan samtycke till SUS" in refused.content.decode()
    assert _sent(client, made.officer, url, direction="in", on=said["on"]).status_code == 303
    rows = client.get(_address(made, "sus"), {"fil": "csv"}).content.decode("utf-8-sig").splitlines()
    assert len(rows) == 2
    assert "Haddad" not in rows[1]
    assert ";ja;;" in rows[1], "anonymous"
    full = {**said, "has_consent": "on", "supports": ["assistance"], "support_months": "30", "schooling": "compulsory",
            "busy": ["seeks"], "consent_sent_on": said["on"]}  # fmt: skip
    assert _sent(client, made.officer, url, **full).status_code == 303
    told = client.get(_address(made, "sus"), {"fil": "csv"}).content.decode("utf-8-sig").splitlines()[1]
    assert "Amira Haddad-Lund" in told
    assert "Ekonomiskt bistånd" in told
    closer = _client(made.closer)
    assert closer.get(_address(made, "sus")).status_code == 403, "names and hours, not what somebody lives on"


def test_the_process_lead_is_warned_of_what_is_missing_and_of_too_little(made: Months) -> None:
    missing, little = made.person(rules.span(MONTH)[0]), made.person(rules.span(MONTH)[0])
    made.report(little, MONTH, 5)
    officer = _client(made.officer)
    inbox = officer.get(reverse("inbox")).content.decode()
    assert "Tidrapport saknas för 1 av dina deltagare" in inbox
    assert "1 av dina deltagare rapporterade för lite tid" in inbox
    made.report(missing, MONTH, 40)
    assert "Tidrapport saknas" not in officer.get(reverse("inbox")).content.decode()
    assert "rapporterade för lite tid" not in _client(made.colleague).get(reverse("inbox")).content.decode()
