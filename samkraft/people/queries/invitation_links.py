"""Personal links to an invitation: whose they are. The link itself is never kept, only its digest."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from samkraft.audit.actions import transactions
from samkraft.partners.rules.roles import Role
from samkraft.people.queries.summer import summer_links
from samkraft.people.rules import invitations as rules
from samkraft.values.context import Context
from samkraft.values.refusal import Refused
from samkraft.values.wording import phrase

NOBODY = summer_links.NOBODY
PURPOSE = phrase("Tid för ett möte")
NAME = phrase("Den som är inbjuden")
STRANGER = Context(
    actor_id=NOBODY, actor_name="", membership_id=NOBODY, role=Role.PUBLIC.value, organisation_id=NOBODY,
    area_id=NOBODY, purpose=PURPOSE,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class FreeTime:
    """A time that can be chosen."""

    slot_id: UUID
    starts_at: datetime
    ends_at: datetime
    place_name: str


@dataclass(frozen=True, slots=True)
class InvitationLink:
    """A link that holds, and all that it tells: a first name, until when to answer, and the time that is chosen."""

    token: str
    invitation_id: UUID
    given_name: str
    answer_until: datetime
    chosen: FreeTime | None

    @property
    def by(self) -> Context:
        """Nobody's membership and nobody's area: what the link reaches is decided by the database from the link itself."""
        return Context(
            actor_id=self.invitation_id, actor_name=NAME, membership_id=NOBODY, role=Role.PUBLIC.value,
            organisation_id=NOBODY, area_id=NOBODY, purpose=PURPOSE,
        )  # fmt: skip


def new_token() -> str:
    """A token that nobody can guess: 192 random bits."""
    return summer_links.new_token()


def digest(token: str) -> str:
    """What is kept of a token."""
    return summer_links.digest(token)


def find(token: str) -> InvitationLink:
    """The link behind a token. Raises Refused when there is none or it holds no longer: the answer is the same."""
    with transactions.read(STRANGER), _carrying(token), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM people_invitation_seen()")
        row = cursor.fetchone()
    if row is None:
        raise Refused(rules.REASONS["invitation_link_not_valid"])
    one, name, until, slot, starts, ends, place = row
    return InvitationLink(token, one, name, until, FreeTime(slot, starts, ends, place) if slot else None)


def free_times(link: InvitationLink) -> list[FreeTime]:
    """Times that can be chosen with the link, in order."""
    with transactions.read(link.by), _carrying(link.token), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM people_invitation_free()")
        return [FreeTime(*row) for row in cursor.fetchall()]


@contextmanager
def carried(link: InvitationLink) -> Iterator[None]:
    """Inside a transaction: reach what the link reaches, until the block ends."""
    with _carrying(link.token):
        yield


@contextmanager
def _carrying(token: str) -> Iterator[None]:
    with summer_links.carrying(token):
        yield
