"""One valid row in every table about grants, and what breaks each of their promises."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone

from samkraft.money.models import (
    AidReceived,
    Document,
    Grant,
    GrantAgreement,
    GrantApplication,
    GrantAssessment,
    GrantAssessor,
    GrantCall,
    GrantControl,
    GrantEvent,
    GrantInstalment,
    GrantOpinion,
    GrantProposal,
    GrantRecovery,
    GrantReport,
    GrantSample,
    GrantTarget,
    PointItem,
    Pot,
    PotDraw,
    Voucher,
)
from samkraft.partners.rules.roles import Role
from tests.architecture.breaking import NEW
from tests.factories import money, partners

ONE, OTHER = "00000000-0000-4000-8000-00000000000a", "00000000-0000-4000-8000-00000000000b"
WHO = "Karin Wahl"
DAY = "2024-01-01"

BREAKS: dict[str, tuple[str, dict[str, Any], str]] = {
    "money_grantcall_support_known": ("money_grantcall", {"id": NEW, "support": "frame"}, ""),
    "money_grantcall_closes_after_it_opens": ("money_grantcall", {"id": NEW, "closes_date": "2020-01-01"}, ""),
    "money_grantcall_frame_positive": ("money_grantcall", {"id": NEW, "frame_ore": 0}, ""),
    "money_grantassessor_once": ("money_grantassessor", {"id": NEW}, ""),
    "money_grantassessor_recusal_explained": ("money_grantassessor", {"id": NEW, "recused_at": DAY}, ""),
    "money_grantassessment_version_once": ("money_grantassessment", {"id": NEW}, ""),
    "money_grantassessment_advice_known": ("money_grantassessment", {"id": NEW, "advice": "okänt"}, ""),
    "money_grantopinion_once": ("money_grantopinion", {"id": NEW}, ""),
    "money_grantopinion_stance_when_answered": ("money_grantopinion", {"id": NEW, "stance": "for"}, ""),
    "money_grantproposal_version_once": ("money_grantproposal", {"id": NEW}, ""),
    "money_grantproposal_amount_unless_rejected": ("money_grantproposal", {"id": NEW, "version": 9, "amount_ore": None}, ""),
    "money_grantevent_kind_known": ("money_grantevent", {"id": NEW, "kind": "okänd"}, ""),
    "money_grantevent_of_one": ("money_grantevent", {"id": NEW, "application_id": None}, ""),
    "money_grant_application_id_key": ("money_grant", {"id": NEW, "point_item_id": None}, "document_id IS NOT NULL"),
    "money_grant_point_item_id_key": ("money_grant", {"id": NEW, "application_id": None}, "point_item_id IS NOT NULL"),
    "money_grant_amount_positive": ("money_grant", {"id": NEW, "amount_ore": 0}, ""),
    "money_grant_support_known": ("money_grant", {"id": NEW, "support": "frame"}, ""),
    "money_grant_rests_on_something": ("money_grant", {"id": NEW, "point_item_id": None, "document_id": None}, ""),
    "money_grant_aid_has_its_ground": ("money_grant", {"id": NEW, "aid": "de_minimis", "aid_rate": None}, ""),
    "money_aidreceived_positive": ("money_aidreceived", {"id": NEW, "euro_cents": 0}, ""),
    "money_granttarget_position_once": ("money_granttarget", {"id": NEW}, ""),
    "money_granttarget_unit_known": ("money_granttarget", {"id": NEW, "unit": "okänd"}, ""),
    "money_granttarget_upper_not_below": ("money_granttarget", {"id": NEW, "value": 5, "upper_value": 4}, ""),
    "money_grantagreement_version_once": ("money_grantagreement", {"id": NEW}, ""),
    "money_grantagreement_days_in_order": ("money_grantagreement", {"id": NEW, "ends_on": "2020-01-01"}, ""),
    "money_grantagreement_change_explained": ("money_grantagreement", {"id": NEW, "version": 2, "reason": ""}, ""),
    "money_grantreport_once": ("money_grantreport", {"id": NEW}, ""),
    "money_grantreport_kind_known": ("money_grantreport", {"id": NEW, "kind": "okänd"}, ""),
    "money_grantreport_filed_when_sent": ("money_grantreport", {"id": NEW, "filed_at": DAY}, ""),
    "money_grantinstalment_number_once": ("money_grantinstalment", {"id": NEW}, ""),
    "money_grantinstalment_amount_positive": ("money_grantinstalment", {"id": NEW, "amount_ore": 0}, ""),
    "money_grantinstalment_two_persons": (
        "money_grantinstalment", {"id": NEW, "decided_actor": ONE, "decided_at": DAY}, ""),
    "money_grantinstalment_decided_by_somebody": ("money_grantinstalment", {"id": NEW, "decided_at": DAY}, ""),
    "money_grantinstalment_paid_when_decided": ("money_grantinstalment", {"id": NEW, "paid_at": DAY, "paid_date": DAY}, ""),
    "money_grantinstalment_stop_explained": ("money_grantinstalment", {"id": NEW, "stopped_at": DAY}, ""),
    "money_grantinstalment_handed_when_decided": ("money_grantinstalment", {"id": NEW, "handed_at": DAY}, ""),
    "money_grantrecovery_amount_positive": ("money_grantrecovery", {"id": NEW, "amount_ore": 0}, ""),
    "money_grantrecovery_explained": ("money_grantrecovery", {"id": NEW, "reason": ""}, ""),
    "money_grantrecovery_two_persons": ("money_grantrecovery", {"id": NEW, "decided_actor": ONE}, "voucher_id IS NOT NULL"),
    "money_grantrecovery_posted_when_decided": ("money_grantrecovery", {"id": NEW, "voucher_id": None}, ""),
    "money_grantrecovery_handed_when_decided": (
        "money_grantrecovery", {"id": NEW, "handed_at": DAY, "decided_at": None, "decided_actor": None, "voucher_id": None}, ""),
    "money_grantrecovery_voucher_id_key": ("money_grantrecovery", {"id": NEW}, ""),
    "money_pot_once": ("money_pot", {"id": NEW}, ""),
    "money_pot_amount_positive": ("money_pot", {"id": NEW, "amount_ore": 0}, ""),
    "money_pot_compensation_has_its_unit": (
        "money_pot", {"id": NEW, "title": "B", "support": "compensation", "unit_ore": None}, ""),
    "money_potdraw_amount_positive": ("money_potdraw", {"id": NEW, "amount_ore": 0}, ""),
    "money_potdraw_quantity_positive": ("money_potdraw", {"id": NEW, "quantity": 0}, ""),
    "money_potdraw_two_persons": ("money_potdraw", {"id": NEW, "decided_actor": ONE}, ""),
    "money_potdraw_given_is_posted": ("money_potdraw", {"id": NEW, "voucher_id": None}, ""),
    "money_potdraw_voucher_id_key": ("money_potdraw", {"id": NEW}, ""),
    "money_grantsample_some": ("money_grantsample", {"id": NEW, "size": 0}, ""),
    "money_grantsample_has_a_seed": ("money_grantsample", {"id": NEW, "seed": ""}, ""),
    "money_grantcontrol_once": ("money_grantcontrol", {"id": NEW}, ""),
    "money_grantcontrol_outcome_when_done": ("money_grantcontrol", {"id": NEW, "outcome": "fine"}, ""),
}  # fmt: skip

WALLED = "a draft is seen only in its organisation's context: tried in tests/actions/test_grant_walls.py"
OTHERWISE = dict.fromkeys(
    (
        "money_grantapplication_number_once",
        "money_grantapplication_sent_is_registered",
        "money_grantattachment_of_one",
    ),
    WALLED,
)


def make(city: money.City) -> None:
    """The rows, straight into the tables: nothing here asks whether it may."""
    now, redi = timezone.now(), city.orgs["redi"]
    stamped = {"made_at": now, "made_by": WHO}
    call = GrantCall.objects.create(
        fund_id=city.fund_id, title="U", purpose="", support="grant", year=2024, opens_date=date(2024, 1, 1),
        published_at=now, published_by=WHO,
    )  # fmt: skip
    member = partners.member(Role.GRANTEE_REPORTER, "redi")
    application = _application(member, call)
    assessor = GrantAssessor.objects.create(
        application=application, membership_id=member.membership_id, appointed_at=now, appointed_by=WHO
    )
    GrantAssessment.objects.create(assessor=assessor, version=1, advice="grant", text="b", at=now, by=WHO)
    GrantOpinion.objects.create(
        application=application, organisation_id=city.orgs["asn"], due_date=date(2024, 2, 1), asked_at=now, asked_by=WHO
    )
    GrantProposal.objects.create(
        application=application, version=1, advice="grant", amount_ore=1, text="b", at=now, by=WHO
    )
    GrantEvent.objects.create(application=application, kind="withdrawn", text="b", at=now, by=WHO)
    AidReceived.objects.create(
        organisation_id=redi,
        giver="N",
        given_date=date(2024, 1, 1),
        euro_cents=1,
        source="s",
        noted_at=now,
        noted_by=WHO,
    )
    item, voucher = PointItem.objects.first(), Voucher.objects.first()
    assert item is not None
    grant = Grant.objects.create(
        organisation_id=redi, performer_id=redi, application=application, point_item=item, support="grant", title="B",
        document=Document.objects.first(), year=2024, amount_ore=1000, aid="none", decided_date=date(2024, 3, 6), **stamped,
    )  # fmt: skip
    GrantTarget.objects.create(grant=grant, position=1, measure="m", label="M", unit="persons", value=1, upper_value=2)
    GrantAgreement.objects.create(
        grant=grant,
        version=1,
        text="t",
        starts_on=date(2024, 1, 1),
        ends_on=date(2024, 2, 1),
        digest="d",
        reason="r",
        **stamped,
    )
    GrantReport.objects.create(
        grant=grant, kind="final", year=2024, first_due_date=date(2025, 5, 31), due_date=date(2025, 5, 31), asked_at=now,
        asked_by=WHO,
    )  # fmt: skip
    prepared = {
        "amount_ore": 1,
        "due_date": date(2024, 6, 1),
        "prepared_actor": UUID(ONE),
        "prepared_at": now,
        "prepared_by": WHO,
    }
    decided = {"decided_actor": UUID(OTHER), "decided_at": now, "decided_by": "Tomas Hed"}
    GrantInstalment.objects.create(grant=grant, number=1, **prepared)
    GrantRecovery.objects.create(grant=grant, reason="r", voucher=voucher, **prepared, **decided)
    pot = Pot.objects.create(
        holder_id=city.orgs["fsn"],
        point_item=item,
        support="call_off",
        title="A",
        amount_ore=1000,
        opened_at=now,
        opened_by=WHO,
    )
    PotDraw.objects.create(
        pot=pot, organisation_id=city.orgs["gvn"], quantity=1, amount_ore=1, asked_actor=UUID(ONE), asked_at=now,
        asked_by=WHO, is_given=True, voucher=voucher, **decided,
    )  # fmt: skip
    sample = GrantSample.objects.create(year=2024, seed="7", size=1, frame=[str(grant.id)], drawn_at=now, drawn_by=WHO)
    GrantControl.objects.create(sample=sample, grant=grant, position=1)


def _application(member: partners.Member, call: GrantCall) -> GrantApplication:
    """A draft, which only its own organisation can begin."""
    now, by = timezone.now(), member.context
    settings = {
        "actor": by.actor_id,
        "membership": by.membership_id,
        "organisation": by.organisation_id,
        "role": by.role,
    }
    with connection.cursor() as cursor:
        for name, value in settings.items():
            cursor.execute("SELECT set_config(%s, %s, true)", [f"samkraft.{name}", str(value)])
        made = GrantApplication.objects.create(
            organisation_id=by.organisation_id, call=call, begun_at=now, begun_by=WHO, changed_at=now, changed_by=WHO
        )
        for name in settings:
            cursor.execute("SELECT set_config(%s, '', true)", [f"samkraft.{name}"])
    return made
