"""What the reader's area holds about a person: what every fold over a case is given."""

from collections.abc import Iterable
from uuid import UUID

from samkraft.people.models import ConsentScope, Contribution, Disclosure
from samkraft.people.rules import details
from samkraft.people.rules.held import Held, Received
from samkraft.values.context import Context


def held(by: Context, person_id: UUID, *, enrolment_id: UUID | None = None) -> list[Held]:
    """Every version of everything, oldest first; of one enrolment and of the person when one is named.

    The database gives only what the reader may know: three statements, however much lies behind.
    """
    rows = Contribution.objects.filter(person_id=person_id)
    if enrolment_id is not None:
        rows = rows.filter(enrolment_id=enrolment_id) | rows.filter(enrolment_id=None)
    return as_held(rows.order_by("occurred_at", "written_at", "lineage", "version"))


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


def _held(row: Contribution, received: Received | None) -> Held:
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
