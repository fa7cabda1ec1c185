"""Pages about grants, as those who use them: the organisation, its signatory, the city office, an assessor, a controller."""

import re
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from samkraft.audit.actions import transactions
from samkraft.money.actions.grants import grant_reports, instalments, pots, report_reminders
from samkraft.money.models import GrantApplication, GrantAttachment, GrantReport, PointItem, PotDraw
from samkraft.money.rules.points import Support
from samkraft.partners.models import User
from samkraft.partners.rules.roles import Role
from samkraft.values import kronor
from samkraft.values.context import Context
from samkraft.values.refusal import Refused
from samkraft.web import uploads
from samkraft.web.inbox import grants as inbox
from tests.factories import grants as made
from tests.factories import partners, signed_in
from tests.once import Once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("round")]


@pytest.fixture(scope="module")
def round(once: Once[made.Round]) -> made.Round:
    return once(made.begun)


def _as(by: Context) -> Client:
    """A browser of somebody."""
    client = Client()
    member = partners.Member(by.actor_id, by.membership_id, by.organisation_id, by.area_id, by.actor_name, by)
    return signed_in.sign_in(client, member)


def _text(client: Client, route: str, *args: object, status: int = 200, **query: str) -> str:
    response = client.get(reverse(f"grants:{route}", args=args), query)
    assert response.status_code == status, (route, response.status_code)
    html = response.content.decode().replace("\u00a0", " ")
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def _send(client: Client, by: Context, address: str, **fields: object) -> object:
    return client.post(address, {"membership": str(by.membership_id), **fields})


def _form(round: made.Round, **changes: object) -> dict[str, object]:
    fields: dict[str, object] = {
        "version": "1", "title": "Kurser", "purpose": "Fler i arbete", "asked": "500 000",
        "costs-words": ["Löner", ""], "costs-amount": ["800 000", ""],
        "financiers-words": ["En stiftelse"], "financiers-amount": ["300 000"], "financiers-has-certain": "1",
        "target-label": ["Deltagare"], "target-unit": ["persons"], "target-value": ["95"], "has_other_aid": "no",
    }  # fmt: skip
    return fields | changes


def test_an_organisation_applies_and_its_signatory_sends(round: made.Round) -> None:
    writer, signer = _as(round.writer), _as(round.signer)
    made.calls.give_more_time(
        by=round.officer,
        call_id=round.call_id,
        closes_date=timezone.localdate() + timedelta(days=9),
        reason="Fler hinner",
    )
    assert "Fler i arbete 2024" in _text(writer, "own")
    response = _send(writer, round.writer, reverse("grants:begin", args=[round.call_id]))
    address = response.headers["Location"]
    # An amount that cannot be read comes back with what was typed.
    refused = _send(writer, round.writer, address, do="save", **_form(round, asked="en halv miljon"))
    assert refused.status_code == 422
    assert "en halv miljon" in refused.content.decode()
    assert "Fler i arbete" in refused.content.decode()
    assert (
        _send(writer, round.writer, address, do="save", **_form(round, **{"costs-amount": ["900 000", ""]})).status_code
        == 303
    )
    page = writer.get(address).content.decode()
    assert "Budgeten går inte ihop" in page
    assert "Skriv under och skicka in" not in page
    # Somebody else saved meanwhile: the second is told and keeps what was typed.
    late = _send(signer, round.signer, address, do="save", **_form(round, title="Min rubrik"))
    assert late.status_code == 422
    assert "Min rubrik" in late.content.decode()
    sent = _send(signer, round.signer, address, do="send", **_form(round, version="2"))
    assert sent.status_code == 303
    receipt = signer.get(sent.headers["Location"]).content.decode()
    assert f"BID-{timezone.localdate().year}-1" in receipt
    assert "Kvitto" in receipt
    assert writer.get(address).status_code == 303  # there is no draft any more


def test_a_file_is_told_from_its_bytes_and_handed_out_only_to_be_saved(round: made.Round) -> None:
    draft, writer = round.draft(), _as(round.writer)
    address = reverse("grants:draft", args=[draft])
    bad = SimpleUploadedFile("plan.pdf", b"MZ\x90\x00 program")
    assert "innehållet är ett program" in _send(writer, round.writer, address, do="file", file=bad).content.decode()
    with transactions.read(round.writer):
        assert not GrantAttachment.objects.exists()
    good = SimpleUploadedFile("plan.txt", "Så gör vi".encode())
    assert _send(writer, round.writer, address, do="file", file=good).status_code == 303
    with transactions.read(round.writer):
        kept = GrantAttachment.objects.get().id
    response = writer.get(reverse("grants:own_file", args=[kept]))
    assert response.headers["Content-Disposition"].startswith("attachment;")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response.headers["Content-Security-Policy"]
    assert _as(round.officer).get(reverse("grants:file", args=[kept])).status_code == 404
    assert _as(round.officer).get(reverse("grants:own_file", args=[kept])).status_code == 403
    assert _send(writer, round.writer, address, do=f"remove-{kept}").status_code == 303


def test_a_file_that_is_far_too_large_is_refused_with_its_reason_and_not_kept(round: made.Round) -> None:
    writer = _as(round.writer)
    draft = round.draft()
    file = SimpleUploadedFile("stor.pdf", b"%PDF-" + b"0" * (uploads.MOST_BYTES + 100_000))
    answer = _send(writer, round.writer, reverse("grants:draft", args=[draft]), do="file", file=file)
    assert answer.status_code == 422
    assert "Filen är större än 20 MB" in answer.content.decode()
    assert not GrantAttachment.objects.exists()


def test_the_city_sees_no_draft_and_then_what_is_sent(round: made.Round) -> None:
    officer = _as(round.officer)
    draft = round.draft()
    assert "Kurser för fler" not in _text(officer, "applications")
    assert officer.get(reverse("grants:application", args=[draft])).status_code == 404
    sent = round.sent()
    page = _text(officer, "application", sent)
    assert "BID-2024-1" in page
    assert "Lokaler" in page
    assert "BID-2024-1" in _text(officer, "applications", lage="received")
    assert "Fler i arbete 2024" in _text(officer, "call", round.call_id)
    csv = officer.get(reverse("grants:applications"), {"fil": "csv"})
    assert "BID-2024-1" in csv.content.decode("utf-8-sig")


def test_an_assessor_assesses_on_the_page_and_a_controller_answers(round: made.Round) -> None:
    sent = round.sent()
    assessor, officer = _as(round.assessor), _as(round.officer)
    address = reverse("grants:application", args=[sent])
    assert assessor.get(address).status_code == 404
    _send(officer, round.officer, address, do="utse", who=str(round.assessor.membership_id))
    assert "Bedöm ansökan" in _text(assessor, "home")
    wrong = _send(assessor, round.assessor, address, do="bedom", c0="9", c1="1", advice="grant", text="Bra")
    assert "9" in wrong.content.decode()
    assert (
        _send(assessor, round.assessor, address, do="bedom", c0="5", c1="3", advice="grant", text="Bra").status_code
        == 303
    )
    controller = partners.by(Role.COMMITTEE_CONTROLLER, "gvn")
    client = _as(controller)
    assert client.get(address).status_code == 404
    _send(
        officer,
        round.officer,
        address,
        do="fraga",
        body=str(controller.organisation_id),
        due_date=timezone.localdate().isoformat(),
    )
    assert "Lämna yttrande" in _text(client, "home")
    _send(client, controller, address, do="yttrande", stance="for", text="Vi tillstyrker")
    done = _send(
        officer, round.officer, address, do="forslag", advice="part", amount="400 000", text="Delvis", conditions="A\nB"
    )
    assert done.status_code == 303
    page = _text(officer, "application", sent)
    assert "Vi tillstyrker" in page
    assert "400 000 kr" in page
    assert _send(assessor, round.assessor, address, do="jav", reason="Släkt").status_code == 303
    assert assessor.get(address).status_code == 404


def test_a_grant_is_made_agreed_paid_and_recovered_on_its_page(round: made.Round) -> None:
    application = round.proposed()
    item = round.decided_item()
    officer, second, signer = _as(round.officer), _as(round.second), _as(round.signer)
    page = reverse("grants:establish")
    fields = {"application": str(application), "report_due": "2025-05-31"}
    over = _send(officer, round.officer, page, do=f"b-{item}", aid="de_minimis", rate="1,20", **fields)
    assert "taket är 300 000 euro" in over.content.decode().replace("\u00a0", " ")
    assert (
        _send(officer, round.officer, page, do=f"b-{item}", aid="de_minimis", rate="11,20", **fields).status_code == 303
    )
    with transactions.read(round.officer):
        grant = GrantApplication.objects.get(id=application).grant.id
        report = GrantReport.objects.get().id
    address = reverse("grants:grant", args=[grant])
    _send(
        officer, round.officer, address, do="avtal", text="Vi är överens", starts_on="2024-01-01", ends_on="2024-12-31"
    )
    _send(officer, round.officer, address, do="skriv-under")
    own = reverse("grants:own_grant", args=[grant])
    assert "Er firmatecknare skriver under" in _as(round.writer).get(own).content.decode()
    _send(signer, round.signer, own, do="skriv-under")
    _send(officer, round.officer, address, do="bered", amount="300 000", due_date="2024-07-01")
    assert "Någon annan beslutar" in _text(officer, "grant", grant)
    assert _send(second, round.second, address, do="beslut-1").status_code == 303
    assert _send(officer, round.officer, address, do="betald-1", paid_date="2024-07-01").status_code == 303
    _send(officer, round.officer, address, do="bered", amount="200 000", due_date="2024-12-01", report=str(report))
    stopped = _text(officer, "grant", grant)
    assert "slutrapport 2024 skulle ha kommit" in stopped
    assert "slutrapport 2024 skulle ha kommit" in _text(_as(round.writer), "own_grant", grant)
    _send(officer, round.officer, address, do="krav", amount="50 000", reason="Färre kurser", due_date="2025-07-01")
    with transactions.read(round.officer):
        recovery = str(GrantApplication.objects.get(id=application).grant.recoveries.get().id)
    assert _send(second, round.second, address, do=f"aterkrav-{recovery[:8]}").status_code == 303
    assert "50 000 kr" in _text(officer, "grant", grant)
    assert "300 000 kr av 500 000 kr utbetalt" in _text(_as(round.writer), "own")


def test_a_report_is_written_sent_and_read_with_earlier_years(round: made.Round) -> None:
    round.granted()
    report = GrantReport.objects.get()
    writer, signer, officer = _as(round.writer), _as(round.signer), _as(round.officer)
    address = reverse("grants:own_report", args=[report.id])
    assert "försenad" in _text(officer, "reports", visa="sena")
    targets = list(report.grant.targets.order_by("position"))
    fields = {
        "year": "2024",
        "done": "Sex kurser",
        "costs-words": ["Löner"],
        "costs-amount": ["500 000"],
        "version": "0",
    }
    fields |= {f"value-{targets[0].id}": "102", f"value-{targets[1].id}": ""}
    assert _send(writer, round.writer, address, do="save", **fields).status_code == 303
    assert "Målet ”Certifikat” har inget utfall" in writer.get(address).content.decode()
    assert "Rapporten har inte kommit in" in _text(officer, "report", report.id)
    assert "Sex kurser" not in _text(officer, "report", report.id)
    fields |= {f"unknown-{targets[1].id}": "on", f"words-{targets[1].id}": "Räknas i juni", "version": "1"}
    assert _send(signer, round.signer, address, do="send", **fields).status_code == 303
    page = _text(officer, "report", report.id)
    assert "Sex kurser" in page
    assert "107 %" in page
    assert "okänt" in page
    city = reverse("grants:report", args=[report.id])
    _send(officer, round.officer, city, do="tillbaka", reason="Räkna om")
    assert "Sex kurser" not in _text(officer, "report", report.id)
    _send(signer, round.signer, address, do="send", **fields | {"version": "2"})
    _send(officer, round.officer, city, do="handlingarna")
    assert "lagd till handlingarna" in _text(officer, "reports")


def test_an_organisation_is_reminded_of_a_late_report_once_a_day(round: made.Round) -> None:
    round.granted()
    report = GrantReport.objects.get()
    officer, address = _as(round.officer), reverse("grants:report", args=[report.id])
    assert "Påminnelsen står i deras inkorg och här i historiken" in _text(officer, "report", report.id)
    _send(officer, round.officer, address, do="paminn", words="Vi behöver den före årsbokslutet.")
    page = _text(officer, "report", report.id)
    assert "Stadskontoret påminde om rapporten" in page
    assert "Vi behöver den före årsbokslutet." in page
    assert "Organisationen är påmind i dag." in page
    letters = [one for one in mail.outbox if report.grant.title in one.subject]
    assert len(letters) == 2
    assert all(f"/mina-bidrag/rapport/{report.id}/" in one.body and "före årsbokslutet" in one.body for one in letters)
    with pytest.raises(Refused, match="påminde organisationen i dag"):
        report_reminders.remind(by=round.officer, report_id=report.id, page="/")
    tomorrow = timezone.now() + timedelta(days=1)
    assert report_reminders.remind(by=round.officer, report_id=report.id, page="/", at=tomorrow).sent == 2
    with transactions.read(round.writer):
        assert "Stadskontoret påminde er" in inbox.items(round.writer, timezone.localdate())[0].why
    assert "Vi behöver den före årsbokslutet." in _text(_as(round.writer), "own_report", report.id)


def test_nobody_is_reminded_of_a_report_that_is_not_late_or_has_come_or_where_nobody_has_an_account(
    round: made.Round,
) -> None:
    round.granted()
    report = GrantReport.objects.get()
    with pytest.raises(Refused, match="är inte sen"):
        report_reminders.remind(
            by=round.officer, report_id=report.id, page="/", at=datetime.combine(report.due_date, time(12), UTC)
        )
    with pytest.raises(Refused):
        report_reminders.remind(by=round.writer, report_id=report.id, page="/")
    User.objects.filter(id__in=[round.writer.actor_id, round.signer.actor_id]).update(is_active=False)
    assert "har konto här. Ring eller skriv" in _text(_as(round.officer), "report", report.id)
    with pytest.raises(Refused, match="har konto här"):
        report_reminders.remind(by=round.officer, report_id=report.id, page="/")
    GrantReport.objects.update(sent_at=timezone.now(), sent_by="Någon")
    with pytest.raises(Refused, match="inskickad"):
        report_reminders.remind(by=round.officer, report_id=report.id, page="/")
    assert mail.outbox == []


def test_a_pot_shows_who_how_many_how_much_and_what_is_left(round: made.Round) -> None:
    item = PointItem.objects.get(receiver_id=round.city.orgs["fsn"]).id
    holder, taker = partners.by(Role.COMMITTEE_CONTROLLER, "fsn"), partners.by(Role.COMMITTEE_CONTROLLER, "gvn")
    client = _as(holder)
    _send(
        client,
        holder,
        reverse("grants:pots"),
        do="oppna",
        item=str(item),
        support="call_off",
        title="Avrop",
        amount="400 000",
    )
    pot = round.officer and next(row.id for row in _pots(holder))
    address = reverse("grants:pot", args=[pot])
    assert _send(_as(taker), taker, address, do="avropa", quantity="2", amount="90 000").status_code == 303
    draw = PotDraw.objects.get().id
    assert _send(client, holder, address, do=f"d-{str(draw)[:8]}", gives="yes").status_code == 303
    page = _text(client, "pot", pot)
    assert "310 000 kr" in page
    assert "90 000 kr av 400 000 kr är givet, för 2 anställningar" in _text(client, "pots")
    assert round.city.kronor_at("frame", "gvn") == 90_000
    too_much = pots.ask(
        by=taker, pot_id=pot, organisation_id=taker.organisation_id, quantity=9, amount_ore=kronor.from_kronor(400_000)
    )
    refused = (
        _send(client, holder, address, do=f"d-{str(too_much)[:8]}", gives="yes").content.decode().replace("\u00a0", " ")
    )
    assert "Det finns 310 000 kr kvar i potten" in refused


def _pots(by: Context):  # type: ignore[no-untyped-def]  # rows of pots
    from samkraft.money.queries.grants import pots as queries

    with transactions.read(by):
        return queries.listed(by=by)


def test_compensation_is_so_many_youths_at_the_rate(round: made.Round) -> None:
    item = PointItem.objects.get(receiver_id=round.city.orgs["fsn"]).id
    pot = pots.open_pot(
        by=round.officer,
        point_item_id=item,
        support=Support.COMPENSATION,
        title="Handledare",
        amount_ore=30_000_00,
        unit_ore=1_500_00,
    )
    holder = partners.by(Role.COMMITTEE_CONTROLLER, "fsn")
    pots.ask(by=holder, pot_id=pot, organisation_id=round.redi, quantity=12)
    assert PotDraw.objects.get().amount_ore == 18_000_00
    for by, many in ((holder, 0), (partners.by(Role.COMMITTEE_CONTROLLER, "fsn"), 1)):
        with transactions.read(by):
            today = timezone.localdate()
            assert inbox.number(by, today) == len(inbox.items(by, today)) == many, "nobody decides what they asked for"
    pots.decide(by=round.officer, draw_id=PotDraw.objects.get().id, gives=True)
    assert round.city.kronor_at("receiver", "redi") == 18_000


def test_the_own_year_shows_what_is_not_reported_transferred_or_paid(round: made.Round) -> None:
    grant = round.granted()
    instalments.prepare(by=round.officer, grant_id=grant, amount_ore=100_000_00, due_date=date(2024, 9, 1))
    page = _text(_as(round.officer), "year", ar="2024")
    assert "400 000 kr" in page
    assert "ingen utbetalning är beredd" in page
    assert "väntar på beslut" in page
    assert "Slutrapport 2024" in page
    own = partners.by(Role.COMMITTEE_CONTROLLER, "gvn")
    assert "ingen utbetalning är beredd" not in _text(_as(own), "year", ar="2024")


def test_a_sample_can_be_drawn_again_by_anybody(round: made.Round) -> None:
    round.granted()
    officer = _as(round.officer)
    _send(officer, round.officer, reverse("grants:controls"), do="dra", year="2024", size="1", seed="7 11 23")
    assert "Frö 7 11 23" in _text(officer, "controls")
    few = _send(officer, round.officer, reverse("grants:controls"), do="dra", year="2024", size="9", seed="7")
    assert "Det finns bara 1 bidrag" in few.content.decode()


def test_payments_are_taken_out_as_a_file_and_marked(round: made.Round) -> None:
    grant = round.granted()
    row = instalments.prepare(by=round.officer, grant_id=grant, amount_ore=100_000_00, due_date=date(2024, 9, 1))
    officer, address = _as(round.officer), reverse("grants:payouts")
    assert f"väntar på beslut av en annan än {round.officer.actor_name}" in _text(officer, "payouts")
    instalments.decide(by=round.second, instalment_id=row)
    assert "100 000 kr är beslutat och ska föras över" in _text(officer, "payouts")
    file = officer.get(address, {"fil": "csv"}).content.decode("utf-8-sig").splitlines()
    assert file[1].startswith("utbetalning;REDI;")
    assert ";100000;2024-09-01;Kurser för fler i arbete 1;KS-2024-7;" in file[1]
    assert _send(officer, round.officer, address).status_code == 422
    assert _send(officer, round.officer, address, row="instalment:x").status_code == 404
    assert _send(officer, round.officer, address, row=f"instalment:{row}").status_code == 303
    again = _send(officer, round.officer, address, row=f"instalment:{row}")
    assert again.status_code == 422
    assert "redan markerad som överförd" in again.content.decode()
    assert len(officer.get(address, {"fil": "csv"}).content.decode().splitlines()) == 1
    assert "Överfört, väntar på ekonomisystemet" in _text(officer, "payouts")
    _send(officer, round.officer, address, row=f"instalment:{row}", undo="1")
    assert "100 000 kr är beslutat" in _text(officer, "payouts")
    controller = partners.by(Role.COMMITTEE_CONTROLLER, "gvn")
    _text(_as(controller), "payouts", status=403)


def test_outcomes_stand_beside_targets_with_their_source(round: made.Round) -> None:
    grant = round.granted()
    report = GrantReport.objects.get(grant_id=grant)
    assert "Inget av 2 mål har ett känt utfall än." in _text(_as(round.officer), "outcomes", ar="2024")
    targets = [str(one.id) for one in report.grant.targets.order_by("position")]
    content = {
        "done": "Kurser.", "outcomes": {targets[0]: {"value": "97"}, targets[1]: {"value": "81"}},
        "costs": [{"words": "Löner", "amount_ore": 100}],
    }  # fmt: skip
    grant_reports.save(by=round.writer, report_id=report.id, content=content, version=0)
    grant_reports.send(by=round.signer, report_id=report.id)
    grant_reports.file(by=round.officer, report_id=report.id)
    page = _text(_as(round.officer), "outcomes", ar="2024")
    assert "1 av 2 mål är nådda. För 2 av dem är utfallet känt." in page
    assert "102 %" in page
    assert "Slutrapport 2024: Kurser för fler i arbete, REDI" in page
    file = _as(round.officer).get(reverse("grants:outcomes"), {"ar": "2024", "fil": "csv"}).content.decode("utf-8-sig")
    assert "REDI;Kurser för fler i arbete;2024;500000;Deltagare;personer;95;;97;;Slutrapport 2024" in file


@pytest.mark.parametrize(
    "route",
    [
        "home",
        "applications",
        "given",
        "reports",
        "pots",
        "controls",
        "year",
        "call_new",
        "establish",
        "payouts",
        "outcomes",
    ],
)
def test_empty_pages_teach_and_do_not_fail(route: str) -> None:
    _text(_as(partners.by(Role.FUND_OFFICER)), route)


def test_a_call_is_published_with_its_criteria(round: made.Round) -> None:
    officer = _as(round.officer)
    fields = {
        "title": "Öppen", "purpose": "Fler", "fund": "jobb", "support": "grant", "year": "2025", "opens_date": "2025-01-01",
        "criterion_1": "Nytta", "most_1": "5",
    }  # fmt: skip
    wrong = _send(officer, round.officer, reverse("grants:call_new"), **fields | {"closes_date": "2024-12-01"})
    assert wrong.status_code == 422
    made_it = _send(officer, round.officer, reverse("grants:call_new"), **fields)
    assert made_it.status_code == 303
    assert "öppen tills vidare" in officer.get(made_it.headers["Location"]).content.decode()
