"""The bodies that decide, receive and take part: the list, one of them, and finding one by code, name or number."""

import hashlib
import json
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from samkraft.audit.queries import statements
from samkraft.partners.models import AreaDecision, Organisation, SecrecyArea, Unit
from samkraft.partners.rules.areas import LABELS as HARM_LABELS
from samkraft.partners.rules.areas import HarmTest
from samkraft.partners.rules.organisations import HOLDS_FRAME, LABELS, OrganisationKind
from samkraft.values import organisation_number


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    """One line of the list, or one choice."""

    id: UUID
    code: str
    name: str
    short_name: str
    administration_name: str
    kind: OrganisationKind
    kind_name: str
    number: str
    parent_name: str
    people: int

    @property
    def label(self) -> str:
        """The name as it is shown where there is little room."""
        return self.short_name or self.name

    @property
    def holds_frame(self) -> bool:
        """Whether it has a frame of its own in the city's budget."""
        return self.kind in HOLDS_FRAME


@dataclass(frozen=True, slots=True)
class AreaRow:
    """A secrecy area: within it secrecy does not hold; across its border it does."""

    id: UUID
    code: str
    name: str
    authority_id: UUID
    authority_name: str
    secrecy_rule: str
    harm_test: HarmTest
    controller: str
    archive_authority: str
    retention_plan: str
    source: str

    @property
    def harm_test_name(self) -> str:
        """The test of harm in words."""
        return HARM_LABELS[self.harm_test]


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A recorded decision on how an authority is divided into areas."""

    decided_date: object
    decided_by: str
    text: str


@dataclass(frozen=True, slots=True)
class OrganisationPage:
    """Everything that the page of one organisation shows, except its people."""

    row: OrganisationRow
    other_names: tuple[str, ...]
    workplace_number: str
    note: str
    parent_code: str
    parts: tuple[OrganisationRow, ...]
    units: tuple[str, ...]
    areas: tuple[AreaRow, ...]
    decisions: tuple[DecisionRow, ...]
    version: str


def listed(*, search: str = "", kind: str = "") -> list[OrganisationRow]:
    """All organisations in Swedish order, narrowed by words in any of their names and by kind."""
    found = _counted()
    if kind:
        found = found.filter(kind=kind)
    for word in search.split():
        found = found.filter(
            Q(name__icontains=word)
            | Q(short_name__icontains=word)
            | Q(other_names__icontains=word)
            | Q(administration_name__icontains=word)
            | Q(organisation_number__contains=word.replace("-", ""))
        )
    return [_row(one) for one in found.order_by("sort_key", "id")]


def kinds() -> list[tuple[OrganisationKind, int]]:
    """How many there are of each kind, in the order of the chain from the council outwards."""
    counts = dict(Organisation.objects.order_by().values_list("kind").annotate(Count("id")))
    return [(kind, counts[kind.value]) for kind in OrganisationKind if kind.value in counts]


def by_code(code: str) -> OrganisationRow | None:
    """The organisation with this code."""
    found = _counted().filter(code=code).first()
    return _row(found) if found else None


def name_of(organisation_id: UUID) -> str:
    """The name of an organisation that exists."""
    return Organisation.objects.values_list("name", flat=True).get(id=organisation_id)


def names() -> dict[str, str]:
    """Id as text → name of every organisation."""
    return {str(key): name for key, name in Organisation.objects.order_by().values_list("id", "name")}


def ids() -> dict[str, UUID]:
    """Code → id of every organisation."""
    return dict(Organisation.objects.order_by("code").values_list("code", "id"))


def by_number(number: str) -> list[OrganisationRow]:
    """The organisations with this number: several where committees share their city's."""
    found = _counted().filter(organisation_number=number).exclude(organisation_number="")
    return [_row(one) for one in found.order_by("sort_key", "id")]


def page(code: str) -> OrganisationPage | None:
    """One organisation with its parts, units and secrecy areas; None when there is none."""
    one = _counted().filter(code=code).first()
    if one is None:
        return None
    parts = _counted().filter(parent_id=one.id).order_by("sort_key", "id")
    return OrganisationPage(
        row=_row(one),
        other_names=tuple(one.other_names),
        workplace_number=one.workplace_number,
        note=one.note,
        parent_code=one.parent.code if one.parent else "",
        parts=tuple(_row(part) for part in parts),
        units=tuple(Unit.objects.filter(organisation_id=one.id).order_by("name").values_list("name", flat=True)),
        areas=tuple(areas(authority_id=one.id)),
        decisions=tuple(
            DecisionRow(row.decided_date, row.decided_by, row.text)
            for row in AreaDecision.objects.filter(authority_id=one.id).order_by("decided_date", "id")
        ),
        version=version(one),
    )


def areas(*, authority_id: UUID | None = None) -> list[AreaRow]:
    """Secrecy areas, all or one authority's."""
    found = SecrecyArea.objects.select_related("authority").order_by("sort_key", "id")
    if authority_id is not None:
        found = found.filter(authority_id=authority_id)
    return [
        AreaRow(
            id=one.id,
            code=one.code,
            name=one.name,
            authority_id=one.authority_id,
            authority_name=one.authority.name,
            secrecy_rule=one.secrecy_rule,
            harm_test=HarmTest(one.harm_test),
            controller=one.controller,
            archive_authority=one.archive_authority,
            retention_plan=one.retention_plan,
            source=one.source,
        )
        for one in found
    ]


def areas_for(organisation_id: UUID) -> list[AreaRow]:
    """The areas that someone here can belong to: the organisation's, its parts', and those of what it is part of."""
    near = family(organisation_id)
    return [row for row in areas() if row.authority_id in near]


def family(organisation_id: UUID) -> set[UUID]:
    """The organisation itself, its parts one step down, and all that it is part of."""
    parents = _parents()
    parts = {part for part, parent in parents.items() if parent == organisation_id}
    return parts | set(with_all_above(organisation_id))


def with_all_above(organisation_id: UUID) -> list[UUID]:
    """The organisation and all that it is part of, from itself and up."""
    parents = _parents()
    found = [organisation_id]
    while (above := parents.get(found[-1])) is not None and above not in found:
        found.append(above)
    return found


def _parents() -> dict[UUID, UUID | None]:
    """What each organisation is part of, if anything: planned once, since what somebody may do is asked of it."""
    return dict(statements.rows("SELECT id, parent_id FROM partners_organisation"))


def top_of(organisation_id: UUID) -> UUID:
    """The body at the top of the organisation's tree: the city for a committee, itself for an association."""
    return with_all_above(organisation_id)[-1]


def version(one: Organisation) -> str:
    """A mark that changes with anything a person can change: the second of two who edit is told."""
    told = [one.name, one.short_name, one.other_names, one.administration_name, one.kind, one.organisation_number]
    told += [one.workplace_number, str(one.parent_id), one.note]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:16]


def _counted() -> QuerySet[Organisation]:
    people = Count("memberships__user", distinct=True)
    return Organisation.objects.select_related("parent").annotate(people=people)


def _row(one: Organisation) -> OrganisationRow:
    kind = OrganisationKind(one.kind)
    return OrganisationRow(
        id=one.id,
        code=one.code,
        name=one.name,
        short_name=one.short_name,
        administration_name=one.administration_name,
        kind=kind,
        kind_name=LABELS[kind],
        number=organisation_number.in_words(one.organisation_number),
        parent_name=one.parent.name if one.parent else "",
        people=getattr(one, "people", 0),
    )
