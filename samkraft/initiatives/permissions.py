"""Who you are, for what is undertaken: who answers for a body's duties, who holds the year wheel, who leads teams."""

from collections.abc import Collection
from uuid import UUID

from samkraft.initiatives.rules import duties as rules
from samkraft.initiatives.rules import teams as team_rules
from samkraft.partners.rules.access import NOT_ALLOWED
from samkraft.partners.rules.roles import Permission, Role, may
from samkraft.values.context import Context
from samkraft.values.refusal import Reason

# Those who get a body's reminders and may say that its duties are done.
ANSWERING = tuple(
    role
    for role in Role
    if role is not Role.PUBLIC
    and (
        may(role, Permission.ANSWER_FOR_COMMITTEE)
        or may(role, Permission.MANAGE_DUTIES)
        or may(role, Permission.APPLY_FOR_GRANTS)
    )
)
# Those who hold the whole wheel: reminders go to them when a body has nobody.
HOLDING = tuple(role for role in Role if may(role, Permission.MANAGE_DUTIES) and may(role, Permission.MANAGE_FUNDS))


def holds_wheel(by: Context) -> bool:
    """Whether the person manages everybody's duties, not only those of an own initiative."""
    return Role(by.role) in HOLDING


def why_not_manage(by: Context, *, initiative_owner: UUID | None) -> Reason | None:
    """None when the person may plan and move duties of the initiative's owner (None: duties of no initiative)."""
    if not may(by.role, Permission.MANAGE_DUTIES):
        return NOT_ALLOWED
    if holds_wheel(by) or (initiative_owner is not None and initiative_owner == by.organisation_id):
        return None
    return rules.NOT_YOURS_TO_PLAN


def why_not_answer(by: Context, *, body: UUID, initiative_owner: UUID | None) -> Reason | None:
    """None when the person may say that the body's duty is done, or that it is not after all."""
    if body == by.organisation_id and Role(by.role) in ANSWERING:
        return None
    return None if why_not_manage(by, initiative_owner=initiative_owner) is None else rules.NOT_YOURS


def why_not_lead(by: Context, *, owner_id: UUID, party_area_ids: Collection[UUID]) -> Reason | None:
    """None when the person leads the initiative's teams: for its owner, or for an area that is party to it."""
    if not may(by.role, Permission.MANAGE_TEAMS):
        return NOT_ALLOWED
    if by.organisation_id == owner_id or by.area_id in party_area_ids:
        return None
    return team_rules.NOT_YOUR_INITIATIVE
