"""What the reader's area holds about a person: what every fold over a case is given."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from samkraft.audit.queries import statements
from samkraft.audit.queries.statements import Question, Rows
from samkraft.people.models import ConsentScope, Contribution, Disclosure
from samkraft.people.rules import details
from samkraft.people.rules.held import Held, Received
from samkraft.values.context import Context


def held(by: Context, person_id: UUID, *, enrolment_id: UUID | None = None) -> list[Held]:
    """Every version of everything, oldest first; of one enrolment and of the person when one is named.

    The database gives only what the reader may know, in one statement: each table that it joins has walls of its own.
    """
    return as_told(statements.rows(*question(person_id, enrolment_id=enrolment_id)))


def question(person_id: UUID, *, enrolment_id: UUID | None = None) -> Question:
    """The statement, for what asks several in one journey and gives the answer to `as_told`."""
    return _HELD, {"person": person_id, "enrolment": enrolment_id}


def as_told(answer: Rows) -> list[Held]:
    """The answer to it, as `held` gives it."""
    return details.told(_of_row(_Row._make(row)) for row in answer)


class _Row(NamedTuple):
    """A version with the act that brought it here, in the order of the statement."""

    id: UUID
    lineage: UUID
    version: int
    kind: str
    category: str
    content: dict[str, Any]
    voice: str
    area_id: UUID
    author_area_id: UUID
    author_name: str
    author_role: str
    occurred_at: datetime
    written_at: datetime
    withheld_ground: str
    enrolment_id: UUID | None
    author_membership_id: UUID
    withheld_by: str
    disclosure_id: UUID | None
    from_area_id: UUID | None
    disclosed_at: datetime | None
    scope_id: UUID | None
    statute: str | None
    withdrawn_at: datetime | None


_OWN = 18  # how many of them are the version's own
_HELD = f"""
SELECT {", ".join(f"c.{name}{'::json' if name == 'content' else ''}" for name in _Row._fields[:_OWN])},
       d.from_area_id, d.disclosed_at, d.scope_id, d.statute, s.withdrawn_at
FROM people_contribution c LEFT JOIN people_disclosure d ON d.id = c.disclosure_id
LEFT JOIN people_consentscope s ON s.id = d.scope_id
WHERE c.person_id = %(person)s AND (%(enrolment)s::uuid IS NULL OR c.enrolment_id = %(enrolment)s::uuid OR c.enrolment_id IS NULL)
ORDER BY c.occurred_at, c.written_at, c.lineage, c.version
"""  # noqa: S608 - the names are those of our own row


def _of_row(row: _Row) -> Held:
    received = None
    if row.disclosure_id is not None:
        assert row.from_area_id is not None  # the two parties of an act see it
        assert row.disclosed_at is not None
        basis = "consent" if row.scope_id else str(row.statute)
        received = Received(row.from_area_id, row.disclosed_at, basis, row.withdrawn_at)
    return _held(row, received)


def as_held(rows: Iterable[Contribution]) -> list[Held]:
    """The rows as folds take them, with how each copy came and whether its basis has been taken back.

    What was said beside a thing is read as a part of it by those who hold both.
    """
    found = list(rows)
    acts = {
        act.id: act
        for act in Disclosure.objects.filter(id__in=[row.disclosure_id for row in found if row.disclosure_id])
    }
    scopes = {
        scope.id: scope
        for scope in ConsentScope.objects.filter(id__in=[act.scope_id for act in acts.values() if act.scope_id])
    }
    return details.told(_held(row, _received(row, acts, scopes)) for row in found)


def _received(row: Contribution, acts: dict[UUID, Disclosure], scopes: dict[UUID, ConsentScope]) -> Received | None:
    if row.disclosure_id is None:
        return None
    act = acts[row.disclosure_id]
    scope = scopes.get(act.scope_id) if act.scope_id else None
    return Received(
        from_area_id=act.from_area_id,
        at=act.disclosed_at,
        basis="consent" if act.scope_id else act.statute,
        withdrawn_at=scope.withdrawn_at if scope else None,
    )


def _held(row: "Contribution | _Row", received: Received | None) -> Held:
    return Held(
        id=row.id,
        lineage=row.lineage,
        version=row.version,
        kind=row.kind,
        category=row.category,
        content={key: value for key, value in row.content.items() if not key.startswith("_")},
        voice=row.voice,
        area_id=row.area_id,
        author_area_id=row.author_area_id,
        author_name=row.author_name,
        author_role=row.author_role,
        occurred_at=row.occurred_at,
        written_at=row.written_at,
        received=received,
        withheld_ground=row.withheld_ground,
        enrolment_id=row.enrolment_id,
        author_membership_id=row.author_membership_id,
        withheld_by=row.withheld_by,
    )
