"""Withhold something from the participant's own view, with ground and decider, or show it again."""

from datetime import datetime
from uuid import UUID

from samkraft.audit.actions import transactions
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.people.actions import at_hand
from samkraft.people.actions.contributions import Withheld
from samkraft.people.rules import withholding
from samkraft.values.context import Context
from samkraft.values.refusal import Refused


def withhold(
    *, by: Context, person_id: UUID, lineage: UUID, ground: str, decided_by: str, at: datetime | None = None
) -> int:
    """Withhold an own thing from the participant from now on, and return its version. Raises Refused without a ground."""
    access.require(by, Permission.ASSESS)
    if refused := withholding.why_not(ground, decided_by):
        raise Refused(refused)
    return _rewrite(by, person_id, lineage, Withheld(ground, decided_by.strip()), at)


def show(*, by: Context, person_id: UUID, lineage: UUID, at: datetime | None = None) -> int:
    """Show it to the participant again, and return its version."""
    access.require(by, Permission.ASSESS)
    return _rewrite(by, person_id, lineage, Withheld("", ""), at)


def _rewrite(by: Context, person_id: UUID, lineage: UUID, withheld: Withheld, at: datetime | None) -> int:
    with transactions.write(by):
        case = at_hand.open_within(by=by, person_id=person_id, at=at)
        held = at_hand.own(case, lineage)
        if not withheld.ground and not held.withheld_ground:
            raise Refused(withholding.NOT_WITHHELD)
        action = "item.withheld" if withheld.ground else "item.shown"
        return at_hand.write_within(
            case,
            action,
            held.kind,
            held.content,
            category=held.category,
            lineage=lineage,
            based_on=held.version,
            voice=held.voice,
            withheld=withheld,
            of_person=held.enrolment_id is None,
        ).version
