"""Two keys, both needed: the shortest story of what a team shares and what stays where it was written."""

import pytest

from samkraft.audit.actions import transactions
from samkraft.people.actions import consents, disclosures, protection
from samkraft.people.models import Overview
from samkraft.people.queries import consents as asked
from samkraft.people.queries import contributions
from samkraft.values.refusal import Refused
from tests.factories import people

pytestmark = pytest.mark.django_db


def _texts(by, person_id):  # type: ignore[no-untyped-def]  # read by pytest alone
    with transactions.read(by):
        return {(held.kind, held.version) for held in contributions.held(by, person_id)}


def test_what_is_written_stays_in_its_area_until_it_is_handed_over() -> None:
    """A referral, a team that joins, an item of health that is disclosed, and a consent that is taken back."""
    setting = people.joint()
    social, officer, care = setting.social.context, setting.officer.context, setting.care.context
    person = people.participant(social, text="199006022397")
    people.write(social, person, "referral", {"how": "remittering", "received_on": "2026-01-05", "reason": "Bistånd"})
    people.enrolled(setting, social, person)
    assert _texts(officer, person) == set()

    people.join_team(setting, social, person, setting.officer)
    known = _texts(officer, person)
    assert ("enrolled", 1) in known
    assert ("card", 1) in known
    assert ("referral", 1) not in known
    assert _texts(setting.outsider.context, person) == set()

    item = people.write(
        social, person, "assessment_item", {"life_area": "health", "text": "Orkar fyra timmar", "source": "samtal"}
    )
    assert ("assessment_item", 1) not in _texts(officer, person)
    with pytest.raises(Refused) as refused:
        disclosures.release(by=social, person_id=person, contribution_id=item.id, to_area_id=setting.officer.area_id)
    assert refused.value.reason.code == "no_basis"
    people.consent(social, person, setting.officer.area_id, "health")
    with transactions.read(social):
        scope = next(line for line in asked.standing(social, person) if line.category == "health")
    disclosures.release(
        by=social, person_id=person, contribution_id=item.id, to_area_id=setting.officer.area_id, scope_id=scope.id
    )
    assert ("assessment_item", 1) in _texts(officer, person)

    consents.withdraw(by=social, person_id=person, scope_ids=[scope.id])
    with transactions.read(officer):
        copy = next(held for held in contributions.held(officer, person) if held.kind == "assessment_item")
    assert copy.received is not None
    assert copy.received.withdrawn_at is not None
    newer = people.write(
        social,
        person,
        "assessment_item",
        {"life_area": "health", "text": "Orkar åtta timmar", "source": "samtal"},
        lineage=item.lineage,
        based_on=1,
    )
    with pytest.raises(Refused):
        disclosures.release(
            by=social, person_id=person, contribution_id=newer.id, to_area_id=setting.officer.area_id, scope_id=scope.id
        )
    assert ("assessment_item", 2) not in _texts(officer, person)

    with transactions.read(officer):
        row = Overview.objects.get(person_id=person)
    assert row.name == "Amira Haddad-Lund"
    assert row.phase == 1

    protection.protect(by=social, person_id=person, level="marked")
    assert _texts(officer, person) == set()
    assert _texts(social, person)
    assert _texts(care, person) == set()
