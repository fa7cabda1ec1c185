"""A grant from application to recovery, told as it goes: who does what, and what each can see meanwhile."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from samkraft.audit.actions import transactions
from samkraft.initiatives.models import Duty
from samkraft.money.actions import (
    applications,
    assessments,
    attachments,
    grant_reports,
    grants,
    instalments,
)
from samkraft.money.models import (
    Account,
    Grant,
    GrantApplication,
    GrantInstalment,
    GrantReport,
    GrantTarget,
    Proposal,
    Voucher,
)
from samkraft.money.queries import proof, stored_points
from samkraft.money.rules.grant_kinds import Advice, Stance
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
    assessments.ask_opinion(
        by=round.officer, application_id=draft, organisation_id=controller.organisation_id,
        due_date=timezone.localdate() + timedelta(days=10),
    )  # fmt: skip
    with _refused("har inte lämnat sitt yttrande"):
        assessments.propose(by=round.officer, application_id=draft, advice=Advice.GRANT, text="Ja", amount_ore=1)
    assessments.give_opinion(by=controller, application_id=draft, stance=Stance.FOR, text="Vi tillstyrker.")
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
