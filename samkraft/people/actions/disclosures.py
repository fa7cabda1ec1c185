"""Hand over one thing to one other authority: an act by an officer, on a basis that stands now."""

from datetime import datetime
from uuid import UUID

from samkraft.audit.actions import trail, transactions
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.people.actions import guard
from samkraft.people.models import Contribution
from samkraft.people.rules import disclosures, secrecy
from samkraft.values.context import Context
from samkraft.values.refusal import Refused

PERSON = "people.person"


def release(
    *,
    by: Context,
    person_id: UUID,
    contribution_id: UUID,
    to_area_id: UUID,
    scope_id: UUID | None = None,
    statute: str = "",
    understood: bool = False,
    receiver_is_weaker: bool = False,
    at: datetime | None = None,
) -> UUID:
    """Hand over one version of one thing and return the act. Raises Refused without a basis that stands.

    When the receiver's secrecy is weaker than the own, the officer has to say that it is `understood`.
    """
    access.require(by, Permission.WORK_WITH_PEOPLE)
    if receiver_is_weaker and not understood:
        raise Refused(disclosures.WEAKER_SECRECY)
    with transactions.write(by):
        return release_within(
            by=by, person_id=person_id, contribution_id=contribution_id, to_area_id=to_area_id, scope_id=scope_id,
            statute=statute, at=at,
        )  # fmt: skip


def release_within(
    *,
    by: Context,
    person_id: UUID,
    contribution_id: UUID,
    to_area_id: UUID,
    scope_id: UUID | None = None,
    statute: str = "",
    at: datetime | None = None,
) -> UUID:
    """The same inside the transaction of another action, to a receiver whose secrecy is not weaker."""
    if not Contribution.objects.filter(id=contribution_id, person_id=person_id).exists():
        raise Refused(secrecy.NOT_FOUND)  # or it would be written down as about somebody else
    act: UUID | None = guard.ask("people_release", contribution_id, to_area_id, scope_id, statute)
    if act is None:
        raise Refused(disclosures.ALREADY_HANDED_OVER)
    trail.record(
        by=by,
        at=at,
        action="disclosure.made",
        subject_kind=PERSON,
        subject_id=person_id,
        disclosure_id=act,
        contribution_id=contribution_id,
        to_area_id=to_area_id,
        scope_id=scope_id,
        statute=statute,
    )
    return act
