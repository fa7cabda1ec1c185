"""A grant from application to recovery, told as it goes: who does what, and what each can see meanwhile."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from samkraft.audit.actions import transactions
from samkraft.initiatives.models import Duty
from samkraft.knowledge.queries import annual_analysis
from samkraft.knowledge.rules import annual_grants
from samkraft.knowledge.rules.documents.parts import Notes, Paragraph, Table, plain
from samkraft.money.actions.grants import (
    applications,
    assessments,
    attachments,
    grant_reports,
    grants,
    instalments,
    opinions,
)
from samkraft.money.models import (
    Account,
    Document,
    Figure,
    Grant,
    GrantApplication,
    GrantInstalment,
    GrantReport,
    GrantTarget,
    Proposal,
    Voucher,
)
from samkraft.money.queries import proof, stored_points
from samkraft.money.queries.grants import grant_needs
from samkraft.money.rules.grants.grant_kinds import Advice, ReportKind, Stance
from samkraft.partners.rules.roles import Role
from samkraft.values import kronor
from samkraft.values.refusal import Refused
from tests.factories import grants as made
from tests.factories import partners

pytestmark = pytest.mark.django_db(transaction=True)


def _refused(code: str):  # type: ignore[no-untyped-def]  # a context manager for the story
    return pytest.raises(Refused, match=code)


def _balance(kind: str, organisation: object) -> int:
    return sum(row.balance_ore for row in Account.objects.filter(kind=kind, organisation_id=organisation)) // 100


def test_a_grant_from_application_to_recovery() -> None:
    round = made.begun()
    frame = _balance("frame", round.city.orgs["ks"])

    # The organisation writes; somebody in the city cannot read it.
    draft = round.draft()
    attachments.attach(by=round.writer, name="budget.txt", content=b"Budget", application_id=draft)
    with pytest.raises(Refused):
        assessments.appoint(by=round.officer, application_id=draft, membership_id=round.assessor.membership_id)
    # Only the one who signs sends; then it is registered.
    with _refused("Bara den som tecknar"):
        applications.send(by=round.writer, at=made.NOW, application_id=draft)
    number = applications.send(by=round.signer, at=made.NOW, application_id=draft)
    assert number == "BID-2024-1"
    with _refused("inskickad"):
        applications.save(by=round.writer, application_id=draft, content=made.CONTENT, version=2)

    # Assessed by those appointed; an administration says what it thinks.
    other = partners.by(Role.GRANT_ASSESSOR, "ks")
    with _refused("inte utsedd"):
        assessments.assess(by=other, application_id=draft, points={}, advice=Advice.GRANT, text="Bra")
    for one in (round.assessor, other):
        assessments.appoint(by=round.officer, application_id=draft, membership_id=one.membership_id)
    assessments.recuse(
        by=other, application_id=draft, membership_id=other.membership_id, reason="Min bror är lärare där."
    )
    with _refused("jävig"):
        assessments.assess(
            by=other, application_id=draft, points={"Nytta": 5, "Kostnad": 4}, advice=Advice.GRANT, text="Bra"
        )
    with _refused("Ingen har bedömt"):
        assessments.propose(by=round.officer, application_id=draft, advice=Advice.REJECT, text="Nej")
    with _refused("Kostnad”? har 5"):
        assessments.assess(
            by=round.assessor, application_id=draft, points={"Nytta": 5, "Kostnad": 5}, advice=Advice.GRANT, text="Bra"
        )
    assessments.assess(
        by=round.assessor, application_id=draft, points={"Nytta": 5, "Kostnad": 4}, advice=Advice.GRANT, text="Bra"
    )
    controller = partners.by(Role.COMMITTEE_CONTROLLER, "asn")
    opinions.ask(
        by=round.officer, application_id=draft, organisation_id=controller.organisation_id,
        due_date=timezone.localdate() + timedelta(days=10),
    )  # fmt: skip
    with _refused("har inte lämnat sitt yttrande"):
        assessments.propose(by=round.officer, application_id=draft, advice=Advice.GRANT, text="Ja", amount_ore=1)
    opinions.give(by=controller, application_id=draft, stance=Stance.FOR, text="Vi tillstyrker.")
    with _refused("högre än"):
        assessments.propose(by=round.officer, application_id=draft, advice=Advice.GRANT, text="Ja", amount_ore=10**12)
    assessments.propose(
        by=round.officer, application_id=draft, advice=Advice.GRANT, text="Ja",
        amount_ore=kronor.from_kronor(500_000), conditions=["Minst 70 % kvinnor"],
    )  # fmt: skip

    # Decided: the point posts, the grant adds nothing to it.
    item = round.decided_item(500_000)
    vouchers = Voucher.objects.count()
    grant_id = grants.establish(
        by=round.officer, point_item_id=item, application_id=draft, report_due=timezone.localdate() - timedelta(days=9)
    )
    assert Voucher.objects.count() == vouchers
    assert _balance("frame", round.city.orgs["ks"]) == frame - 500_000
    grant = Grant.objects.get(id=grant_id)
    assert grant.conditions == ["Minst 70 % kvinnor"]
    assert [row.label for row in GrantTarget.objects.filter(grant=grant).order_by("position")] == [
        "Deltagare",
        "Certifikat",
    ]
    with _refused("redan upplagt"):
        grants.establish(by=round.officer, point_item_id=item)
    with _refused("redan avgjord"):
        applications.withdraw(by=round.signer, application_id=draft, reason="Vi ångrar oss")

    # Paid in parts by two persons, and not while a report is late.
    report = GrantReport.objects.get(grant=grant)
    assert Duty.objects.filter(source_key=grants.duty_key(report.id), body_id=round.redi).exists()
    today = timezone.localdate()
    first = instalments.prepare(
        by=round.officer, grant_id=grant_id, amount_ore=kronor.from_kronor(300_000), due_date=today
    )
    last = instalments.prepare(
        by=round.officer, grant_id=grant_id, amount_ore=kronor.from_kronor(200_000), due_date=today, report_id=report.id
    )
    with _refused("0.kr är kvar att betala ut"):
        instalments.prepare(by=round.officer, grant_id=grant_id, amount_ore=100, due_date=today)
    with _refused("inte underskrivet"):
        instalments.decide(by=round.second, instalment_id=first)
    round.agreed(grant_id)
    with _refused("Den som bereder får inte besluta"):
        instalments.decide(by=round.officer, instalment_id=first)
    instalments.decide(by=round.second, instalment_id=first)
    instalments.mark_paid(by=round.officer, instalment_id=first, paid_date=today)
    with _refused("slutrapport 2024 skulle ha kommit"):
        instalments.decide(by=round.second, instalment_id=last)
    grant_reports.move(by=round.officer, report_id=report.id, due_date=today + timedelta(days=20), reason="Sjukdom")
    with _refused("väntar på slutrapport 2024"):
        instalments.decide(by=round.second, instalment_id=last)

    # The report: a draft of their own, then sent by who signs; the duty is done with it.
    with _refused("inget utfall|inte vad ni har gjort"):
        grant_reports.send(by=round.signer, report_id=report.id)
    targets = list(GrantTarget.objects.filter(grant=grant).order_by("position"))
    content = {
        "done": "Sex kurser.", "year": "2023",
        "outcomes": {str(targets[0].id): {"value": "102"}, str(targets[1].id): {"value": "81"}},
        "costs": [{"words": "Löner", "amount_ore": 50_000_000}],
    }  # fmt: skip
    grant_reports.save(by=round.writer, report_id=report.id, content=content, version=0)
    with _refused("Rapporten säger 2023"):
        grant_reports.send(by=round.signer, report_id=report.id)
    grant_reports.save(by=round.writer, report_id=report.id, content={**content, "year": "2024"}, version=1)
    with _refused("sparade rapporten efter"):
        grant_reports.save(by=round.signer, report_id=report.id, content=content, version=1)
    grant_reports.send(by=round.signer, report_id=report.id)
    grant_reports.send_back(by=round.officer, report_id=report.id, reason="Räkna om certifikaten")
    grant_reports.save(by=round.writer, report_id=report.id, content={**content, "year": "2024"}, version=2)
    grant_reports.send(by=round.signer, report_id=report.id)
    instalments.decide(by=round.second, instalment_id=last)
    instalments.stop(by=round.officer, instalment_id=last, reason="Uppgifter som måste redas ut")
    with _refused("stoppad: Uppgifter"):
        instalments.mark_paid(by=round.officer, instalment_id=last, paid_date=today)
    instalments.release(by=round.officer, instalment_id=last, reason="Utrett")
    with _refused("inte beslutad"):
        instalments.mark_paid(by=round.officer, instalment_id=last, paid_date=today)

    # Money back: prepared, decided by another, reversed in the ledger; nothing more is paid meanwhile.
    with _refused("mer än"):
        instalments.prepare_recovery(
            by=round.officer, grant_id=grant_id, amount_ore=10**12, reason="Fel", due_date=today
        )
    recovery = instalments.prepare_recovery(
        by=round.officer,
        grant_id=grant_id,
        amount_ore=kronor.from_kronor(120_000),
        reason="Färre kurser",
        due_date=today,
    )
    for by, asks in ((round.officer, set()), (round.second, {"decide_recovery"})):
        with transactions.read(by):
            waits = grant_needs.in_inbox(by=by, today=today)
            assert grant_needs.number(by=by, today=today) == len(waits)
        assert ("decide_recovery" in {one.kind for one in waits}) is bool(asks)
    with _refused("Den som bereder får inte besluta"):
        instalments.decide_recovery(by=round.officer, recovery_id=recovery)
    voucher = instalments.decide_recovery(by=round.second, recovery_id=recovery)
    assert voucher.reason == "Färre kurser"
    assert _balance("frame", round.city.orgs["ks"]) == frame - 380_000
    assert _balance("receiver", round.redi) == 380_000
    with _refused("krävt tillbaka"):
        instalments.decide(by=round.second, instalment_id=last)
    instalments.mark_repaid(by=round.officer, recovery_id=recovery, repaid_date=today)
    grant_reports.file(by=round.officer, report_id=report.id)
    with transactions.read(round.officer):
        assert proof.check().findings == ()

    # The next year begins where this one ended.
    next_one = applications.begin(by=round.writer, call_id=round.call_id, follows_id=draft)
    with transactions.read(round.writer):
        begun = GrantApplication.objects.get(id=next_one)
    assert begun.content["targets"][0]["label"] == "Deltagare"
    assert begun.content["financiers"][0]["is_certain"] is False
    assert begun.content["has_other_aid"] is None


def test_a_decision_with_several_grants_is_drafted_from_the_proposals() -> None:
    from samkraft.audit.actions import transactions

    round = made.begun()
    application = round.proposed(400_000)
    proposal = assessments.draft_decision(
        by=round.officer,
        call_id=round.call_id,
        case_number="KS-2024-9",
        title="Bidrag",
        decider_id=round.city.orgs["ks"],
    )
    (point,) = stored_points.of_proposal(Proposal.objects.get(id=proposal))
    assert point.items[0].amount_ore == 40_000_000
    assert "beviljar REDI 400\u00a0000\u00a0kronor år 2024" in point.text
    assert not GrantInstalment.objects.exists()
    with transactions.read(round.officer), transaction.atomic():
        assert GrantApplication.objects.get(id=application).number == 1


def test_a_report_put_to_the_documents_is_a_source_of_its_outcomes() -> None:
    round = made.begun()
    grant_id = round.granted()
    report = GrantReport.objects.get(grant_id=grant_id)
    (people, certificates) = GrantTarget.objects.filter(grant_id=grant_id).order_by("position")
    content = {
        "done": "Sex kurser.", "year": "2024",
        "outcomes": {
            str(people.id): {"value": "94"}, str(certificates.id): {"is_unknown": True, "words": "Proven rättas än."},
        },
        "others": [{"label": "Öppna kvällar", "unit": "events", "value": "12"}],
        "costs": [{"words": "Löner", "amount_ore": 50_000_000}],
    }  # fmt: skip
    grant_reports.save(by=round.writer, report_id=report.id, content=content, version=0)
    grant_reports.send(by=round.signer, report_id=report.id)
    before = _analysis(round)
    assert "inkommen, inte genomgången" in before
    assert "94" not in before

    grant_reports.file(by=round.officer, report_id=report.id)
    told = {(row.kind, row.label): (row.value, row.year) for row in Figure.objects.filter(organisation_id=round.redi)}
    assert told == {
        ("target", "Deltagare"): (95, 2024), ("outcome", "Deltagare"): (94, 2024),
        ("target", "Certifikat"): (90, 2024), ("outcome", "Certifikat"): (None, 2024),
        ("outcome", "Öppna kvällar"): (12, 2024),
    }  # fmt: skip
    document = Figure.objects.first().document  # type: ignore[union-attr]  # there are five
    assert document.title == "Slutrapport 2024: Kurser för fler i arbete, REDI"
    assert document.matter.case_number == "KS-2024-7"  # type: ignore[union-attr]  # it is given
    assert "• Deltagare: 94\u00a0personer (mål 95\u00a0personer)." in document.text
    assert "• Certifikat: okänt: Proven rättas än (mål 90\u00a0personer)." in document.text
    # 94 of 95 is nearly 99 percent, and never said to be more than it is.
    after = _analysis(round)
    assert "Deltagare | 95\u00a0personer | 94\u00a0personer | 98\u00a0% | " in after
    assert "Certifikat | 90\u00a0personer | okänt | – | " in after
    assert "för alla finns ett utfall" in after


def test_a_report_on_the_way_is_kept_and_is_no_outcome_of_the_year() -> None:
    round = made.begun()
    grant_id = round.granted()
    final = GrantReport.objects.get(grant_id=grant_id)
    way = grants.ask_report(
        by=round.officer, grant_id=grant_id, kind=ReportKind.INTERIM, year=2024, due_date=date(2024, 9, 30)
    )
    content = {
        "done": "Tre kurser.", "year": "2024",
        "outcomes": {str(one.id): {"value": "40"} for one in GrantTarget.objects.filter(grant_id=grant_id)},
        "costs": [{"words": "Löner", "amount_ore": 20_000_000}],
    }  # fmt: skip
    grant_reports.save(by=round.writer, report_id=way, content=content, version=0)
    grant_reports.send(by=round.signer, report_id=way)
    grant_reports.file(by=round.officer, report_id=way)
    assert Document.objects.filter(title__startswith="Delrapport 2024").count() == 1
    assert not Figure.objects.filter(organisation_id=round.redi).exists()
    assert f"ska komma senast {final.due_date}" in _analysis(round)


def _analysis(round: made.Round) -> str:
    """The chapter on grants as lines, cells between bars."""
    material = annual_analysis.material(by=round.officer, year=2024)
    lines = []
    for part in annual_grants.section(material.grants, 2024, Notes()):
        rows = part.rows if isinstance(part, Table) else [[part.line]] if isinstance(part, Paragraph) else []
        lines += [" | ".join(plain(cell) for cell in row) for row in rows]
    return "\n".join(lines)
