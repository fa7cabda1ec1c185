"""Who acts, as what, and why: carried by every action and query instead of a user."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Context:
    """One person in one membership (one secrecy area, one role) with one purpose.

    A person who has several memberships acts in one of them at a time, so that what is done and seen can be
    told apart afterwards.
    """

    actor_id: UUID
    actor_name: str
    membership_id: UUID
    role: str
    organisation_id: UUID
    area_id: UUID
    purpose: str
