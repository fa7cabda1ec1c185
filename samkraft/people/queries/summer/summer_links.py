"""Personal links to Ung i sommar: whose they are. The link itself is never kept, only its digest."""

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from psycopg.pq import TransactionStatus

from samkraft.audit.actions import transactions
from samkraft.offer.queries import summer_rounds
from samkraft.partners.rules.roles import Role
from samkraft.people.rules.summer import summer_applications
from samkraft.values.context import Context
from samkraft.values.refusal import Refused
from samkraft.values.wording import phrase

NOBODY = UUID(int=0)
PURPOSE = phrase("Ung i sommar")
NAMES = {
    "apply": phrase("Den som söker"), "youth": phrase("Den unga själv"), "guardian": phrase("Vårdnadshavaren"),
}  # fmt: skip
STRANGER = Context(
    actor_id=NOBODY, actor_name="", membership_id=NOBODY, role=Role.PUBLIC.value, organisation_id=NOBODY,
    area_id=NOBODY, purpose=PURPOSE,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Link:
    """A link that holds. `kind`: apply (nothing sent yet), youth, guardian. `by` is who acts with it, and only with it."""

    id: UUID
    token: str
    kind: str
    round: summer_rounds.RoundRow
    applicant_id: UUID | None
    guardian_id: UUID | None

    @property
    def by(self) -> Context:
        """Nobody's membership: what the link reaches is decided by the database from the link itself."""
        return Context(
            actor_id=self.id, actor_name=NAMES[self.kind], membership_id=NOBODY, role=Role.PUBLIC.value,
            organisation_id=self.round.organisation_id, area_id=self.round.area_id, purpose=PURPOSE,
        )  # fmt: skip


def new_token() -> str:
    """A token that nobody can guess: 192 random bits."""
    return secrets.token_urlsafe(24)


def digest(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def find(token: str) -> Link:
    """The link behind a token. Raises Refused when there is none or it has run out: the answer is the same."""
    with transactions.read(STRANGER):
        _carry(token)
        with connection.cursor() as cursor:
            cursor.execute("SELECT id, kind, round_id, applicant_id, guardian_id FROM people_summer_link()")
            row = cursor.fetchone()
        _carry("")
        if row is None:
            raise Refused(summer_applications.LINK_NOT_VALID)
        return Link(row[0], token, row[1], summer_rounds.one(row[2]), row[3], row[4])


@contextmanager
def reading(link: Link) -> Iterator[None]:
    """A read-only transaction that reaches what the link reaches."""
    with transactions.read(link.by), carried(link):
        yield


@contextmanager
def carried(link: Link | None) -> Iterator[None]:
    """Inside a transaction: reach what the link reaches, until the block ends. None: no link."""
    if link is None:
        yield
        return
    with carrying(link.token):
        yield


@contextmanager
def carrying(token: str) -> Iterator[None]:
    """Inside a transaction: the database knows whose link it is, until the block ends."""
    _carry(token)
    try:
        yield
    finally:
        if _can_still_ask():
            _carry("")


def _can_still_ask() -> bool:
    """Whether the transaction is unharmed: a broken one is rolled back, and the setting with it."""
    if connection.needs_rollback or connection.connection is None:
        return False
    return connection.connection.info.transaction_status == TransactionStatus.INTRANS


def _carry(token: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('samkraft.link', %s, true)", [digest(token) if token else ""])
