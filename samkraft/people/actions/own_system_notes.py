"""Notes for each officer's own system, with only what that authority may hold; ticked when they have been entered.

This product is neither journal nor decision of an authority: what belongs in the authority's own file is carried over.
"""

from datetime import datetime
from uuid import UUID

from samkraft.audit.actions import transactions
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission, Role
from samkraft.people.actions import at_hand
from samkraft.people.rules import states
from samkraft.people.rules.contents.choices import SYSTEM_OF_ROLE
from samkraft.people.rules.states import Kind
from samkraft.values.context import Context


def write(*, by: Context, person_id: UUID, text: str, system: str | None = None, at: datetime | None = None) -> UUID:
    """Write a note for the own system (by the role, unless said). It never leaves the own area."""
    access.require(by, Permission.WRITE_PLAN)
    with transactions.write(by):
        case = at_hand.open_within(by=by, person_id=person_id, at=at)
        content = {"system": system or SYSTEM_OF_ROLE[Role(by.role)].value, "text": text}
        return at_hand.write_within(case, "own_note.written", "own_system_note", content).lineage


def tick(*, by: Context, person_id: UUID, lineage: UUID, at: datetime | None = None) -> None:
    """Say that the note has been entered in the own system."""
    access.require(by, Permission.WRITE_PLAN)
    with transactions.write(by):
        case = at_hand.open_within(by=by, person_id=person_id, at=at)
        held = at_hand.own(case, lineage, "own_system_note")
        before = states.state_of(Kind.OWN_SYSTEM_NOTE, held.content)
        at_hand.require_move(case, Kind.OWN_SYSTEM_NOTE, before, "entered")
        content = {**held.content, "entered_at": case.today.isoformat(), "entered_by": by.actor_name}
        at_hand.write_within(
            case, "own_note.entered", "own_system_note", content, lineage=lineage, based_on=held.version
        )
