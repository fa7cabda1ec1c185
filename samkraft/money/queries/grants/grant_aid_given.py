"""De minimis that an organisation has been given, by the city and as it has told of others."""

from uuid import UUID

from samkraft.money.models import AidReceived, Grant
from samkraft.money.rules.grants import grant_aid
from samkraft.money.rules.grants.grant_aid import Given
from samkraft.money.rules.grants.grant_kinds import Aid


def of(organisation_id: UUID) -> list[Given]:
    """Every one, in order of day. The city's own have no giver and count from the day of the decision."""
    own = [
        Given(row.decided_date, grant_aid.euro_cents(row.amount_ore, row.aid_rate))
        for row in Grant.objects.filter(organisation_id=organisation_id, aid=Aid.DE_MINIMIS.value)
        if row.aid_rate
    ]
    told = [
        Given(row.given_date, row.euro_cents, row.giver)
        for row in AidReceived.objects.filter(organisation_id=organisation_id)
    ]
    return sorted([*own, *told], key=lambda one: one.day)
