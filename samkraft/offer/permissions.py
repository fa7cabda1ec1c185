"""Who you are, for what is offered: who leads an activity for its owner, and who holds it as its provider."""

from collections.abc import Collection
from uuid import UUID

from samkraft.offer.rules import activities as rules
from samkraft.partners.rules.access import NOT_ALLOWED
from samkraft.partners.rules.roles import Permission, may
from samkraft.values.context import Context
from samkraft.values.refusal import Reason


def why_not_lead(by: Context, *, owner_id: UUID, party_area_ids: Collection[UUID]) -> Reason | None:
    """None when the person leads the activity: for its owner, or for an area that is party to its initiative."""
    if not may(by.role, Permission.MANAGE_OFFER):
        return NOT_ALLOWED
    return None if by.organisation_id == owner_id or by.area_id in party_area_ids else rules.NOT_YOURS


def why_not_coordinate(by: Context, *, appointed: Collection[UUID]) -> Reason | None:
    """None when the person is place coordinator of the activity, appointed now."""
    if not may(by.role, Permission.COORDINATE_PLACES):
        return NOT_ALLOWED
    return None if by.membership_id in appointed else rules.NOT_YOURS
