"""Who may know what: the same answer as the database's policies give, said in Python with its reason.

Two keys, both needed: the row is held by the reader's own area, and the reader is on the case. The category must be one
that the reader's role meets at work, and a protected person is known only to those on the named list. The proofs run
every cell of the matrix against this and against the database itself.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from samkraft.partners.rules.roles import Role
from samkraft.people.rules.categories import READS, WRITES, Release, release_of
from samkraft.values.refusal import Reason
from samkraft.values.wording import phrase

# What a reader may not know does not exist for the reader: each of these is said with the words of "not found".
NOT_FOUND = Reason(
    "not_found",
    phrase("Det finns inget här som du kan se."),
    phrase("Gå till ditt team, eller sök."),
)


@dataclass(frozen=True, slots=True)
class Reader:
    """A membership at a moment: live or not, in which area and role, in which teams, recused from whom."""

    membership_id: UUID
    user_id: UUID
    area_id: UUID
    role: str
    is_live: bool
    team_ids: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True)
class Access:
    """A team's or a membership's time on a person's case in one area. `until` is exclusive; None means open.

    An emergency access (nödåtkomst) lets one read and write for a while, and opens for nobody else.
    """

    person_id: UUID
    area_id: UUID
    since: datetime
    until: datetime | None = None
    team_id: UUID | None = None
    membership_id: UUID | None = None
    is_emergency: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row about a person, as the rule sees it: whose it is, about whom and of which category."""

    area_id: UUID
    person_id: UUID
    category: str


@dataclass(frozen=True, slots=True)
class Case:
    """What else the rule needs about the person: who is on the case, who is recused, and the named list if protected."""

    accesses: tuple[Access, ...] = ()
    recused_user_ids: frozenset[UUID] = frozenset()
    named_list: frozenset[UUID] | None = None


def is_on_case(reader: Reader, case: Case, person_id: UUID, at: datetime, *, lasting: bool = False) -> bool:
    """Key two: by a team or personally, in the reader's own area, now, and not recused, in a role that meets people.

    `lasting` asks for more than an emergency access.
    """
    if not reader.is_live or reader.user_id in case.recused_user_ids or not READS.get(Role(reader.role)):
        return False
    return any(
        access.person_id == person_id
        and access.area_id == reader.area_id
        and not (lasting and access.is_emergency)
        and access.since <= at
        and (access.until is None or at < access.until)
        and (access.membership_id == reader.membership_id or access.team_id in reader.team_ids)
        for access in case.accesses
    )


def may_know(reader: Reader, row: Row, case: Case, at: datetime) -> bool:
    """Whether the reader may know of the row at all."""
    if row.area_id != reader.area_id or not is_on_case(reader, case, row.person_id, at):
        return False
    if case.named_list is not None and reader.membership_id not in case.named_list:
        return False
    return row.category in READS.get(Role(reader.role), frozenset())


def may_write(reader: Reader, row: Row, case: Case, at: datetime) -> bool:
    """Whether the reader may write such a row: in the own area, on the case, in a category of the role's work."""
    return may_know(reader, row, case, at) and row.category in WRITES.get(Role(reader.role), frozenset())


@dataclass(frozen=True, slots=True)
class Scope:
    """One category of a consent, for one pair of areas. `withdrawn_at` ends it at once."""

    person_id: UUID
    from_area_id: UUID
    to_area_id: UUID
    category: str
    since: datetime
    until: datetime
    withdrawn_at: datetime | None = None

    def stands(self, at: datetime) -> bool:
        """Whether it is a basis for handing something over at this moment."""
        return self.since <= at < self.until and self.withdrawn_at is None


def may_release(reader: Reader, row: Row, case: Case, scope: Scope, at: datetime) -> bool:
    """Whether the reader may hand the row over to the scope's receiving area, on that scope, now."""
    return (
        may_know(reader, row, case, at)
        and is_on_case(reader, case, row.person_id, at, lasting=True)
        and release_of(row.category) is not Release.NEVER
        and scope.stands(at)
        and (scope.person_id, scope.from_area_id, scope.category) == (row.person_id, row.area_id, row.category)
        and scope.to_area_id != reader.area_id
    )
