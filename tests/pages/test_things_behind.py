"""What is set up and made is noted on pages, counted in the scorecard, opened to its rows, and the same in plain SQL."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.test import Client
from django.utils import timezone

from samkraft.initiatives.actions import duties, handbooks, spreads
from samkraft.initiatives.models import HandbookSpread
from samkraft.initiatives.queries import handbooks as versions
from samkraft.initiatives.rules.duties import DELIVERY_PREFIX
from samkraft.initiatives.rules.handbooks import Section
from samkraft.initiatives.rules.meetings import About
from samkraft.initiatives.rules.spreads import SpreadKind
from samkraft.knowledge.actions import snapshots
from samkraft.knowledge.queries import scorecards
from samkraft.knowledge.rules.things import CODES
from samkraft.operations.clock import CLOCK
from samkraft.operations.proofs import scorecard
from samkraft.partners.rules.roles import Role
from samkraft.values.period import day_in_stockholm
from tests.factories import partners, refusals, signed_in, steering
from tests.factories.partners import Member
from tests.factories.steering import CALLED, DAY, Steered

pytestmark = pytest.mark.django_db
TODAY = day_in_stockholm(timezone.now())
TEXT = [Section("Planen", "Skrivs inom 60 dagar.")]


def _with_handbook(code: str = "insats") -> Steered:
    """A version that the steering group has decided, and one that is a draft."""
    made = steering.steered(code)
    first = handbooks.begin(by=made.by, at=CALLED, initiative_id=made.initiative_id, number="1.0", sections=TEXT)
    handbooks.begin(by=made.by, at=CALLED, initiative_id=made.initiative_id, number="2.0", sections=TEXT)
    meeting = made.meeting()
    made.decide(made.point(meeting, about=About.HANDBOOK, about_id=str(first)), holds_from=DAY)
    made.adjust(meeting)
    return made


def test_a_decided_version_is_noted_as_spread_and_a_wrong_note_is_taken_back(client: Client) -> None:
    made = _with_handbook()
    decided, draft = (
        next(one.id for one in versions.versions(made.initiative_id, today=TODAY) if one.number == number)
        for number in ("1.0", "2.0")
    )
    receiver = made.chair.organisation_id
    note = {"by": made.by, "receiver_id": receiver, "kind": SpreadKind.TRAINING, "people": 12}
    assert refusals.code_of(spreads.note, **note, version_id=decided, on_date=TODAY + timedelta(1)) == "spread_not_yet"
    early = {**note, "version_id": decided, "on_date": DAY - timedelta(days=1)}
    assert refusals.code_of(spreads.note, **early) == "spread_not_decided_then"
    assert refusals.code_of(spreads.note, **note, version_id=draft, on_date=DAY) == "spread_not_decided_then"
    member = {**note, "by": made.member.context, "version_id": decided, "on_date": DAY}
    assert refusals.code_of(spreads.note, **member) == "not_allowed"
    by = made.by
    leader = Member(by.actor_id, by.membership_id, by.organisation_id, by.area_id, by.actor_name, by)
    signed_in.sign_in(client, leader)
    address = "/metodstod/insats/spridning/"
    assert "Ingen spridning är antecknad" in signed_in.html(client, address)
    form = {
        "membership": str(leader.membership_id), "receiver": str(receiver), "kind": "training", "version": str(decided),
        "on_date": DAY.isoformat(), "people": "12", "about": "Före starten",
    }  # fmt: skip
    assert client.post(address, form).status_code == 303
    refused = client.post(address, {**form, "on_date": (DAY - timedelta(days=9)).isoformat()})
    assert refused.status_code == 422
    assert "Före starten" in refused.content.decode(), "nothing typed is lost"
    assert "var inte beslutad" in refused.content.decode()
    assert "Har nått 1 mottagare" in signed_in.html(client, "/metodstod/insats/")
    kept = HandbookSpread.objects.get()
    back = {"membership": str(leader.membership_id)}
    assert client.post(f"{address}{kept.id}/ta-tillbaka/", back).status_code == 303
    assert "Ingen spridning är antecknad" in signed_in.html(client, address)
    assert refusals.code_of(spreads.take_back, by=made.by, spread_id=kept.id) == "spread_taken_back"
    signed_in.sign_in(client, made.member)
    assert "Ta tillbaka" not in signed_in.html(client, address)
    assert client.post(address, {**form, "membership": str(made.member.membership_id)}).status_code == 422


def test_the_scorecard_counts_what_is_made_and_plain_sql_agrees_and_finds_what_is_wrong(client: Client) -> None:
    made = _with_handbook()
    decided = versions.put_in_force(made.initiative_id)[0].id
    bodies = (made.chair.organisation_id, made.by.organisation_id)
    for place, receiver in enumerate((*bodies, bodies[0])):
        spreads.note(
            by=made.by,
            version_id=decided,
            receiver_id=receiver,
            kind=SpreadKind.VISIT,
            on_date=DAY + timedelta(days=20 * place),
        )
    delivered = [
        duties.plan(
            by=made.by, at=CALLED, title=f"Lämna rapport {number}", body_id=bodies[0], due_date=day, binding=True,
            source_key=f"{DELIVERY_PREFIX}{number}", initiative_id=made.initiative_id,
        )
        for number, day in enumerate((DAY, DAY + timedelta(days=40), date(2031, 1, 1)))
    ]  # fmt: skip
    duties.complete(by=made.by, duty_id=delivered[0])
    snapshots.take(by=CLOCK, initiative_id=made.initiative_id, until=TODAY)
    told = scorecards.scorecard(made.initiative_id).told
    whole = {code: told[code]["all"]["all"] for code in CODES}
    assert (whole["deliveries"].n, whole["deliveries"].of) == (1, 2)
    assert whole["handbook_decided"].n == 1
    assert whole["handbook_spread"].n == 2, "the one that was reached twice is one"
    kept = SimpleNamespace(initiative_id=made.initiative_id, run=1, day=TODAY)
    for code in CODES:
        assert scorecard.told_things(code, kept) == scorecard.asked_things(code, kept), code
    HandbookSpread.objects.create(
        version_id=decided, receiver_id=partners.organisation("gvn"), kind="visit", on_date=DAY, at=CALLED, by="Någon"
    )
    assert scorecard.told_things("handbook_spread", kept) != scorecard.asked_things("handbook_spread", kept), "seen red"
    signed_in.as_role(client, Role.STEERING_GROUP)
    base = "/laget/insats/indikator/"
    assert "Lämna rapport 1" in signed_in.html(client, f"{base}deliveries/uppgifter/")
    one_month = signed_in.html(client, f"{base}deliveries/uppgifter/?delat=month&grupp={DAY:%Y-%m}")
    assert "Lämna rapport 0" in one_month
    assert "Lämna rapport 1" not in one_month
    assert client.get(f"{base}participants/uppgifter/").status_code == 404
    assert b"Version" in client.get("/metodstod/insats/spridning/?fil=csv").content
