"""Every row of the caseload board worked out anew from what its area holds, and compared with what the database keeps.

Run as the owner, who sees every area. What is found is told by ids and names of columns, never by what they say.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from typing import Any
from uuid import UUID

from samkraft.people.models import ConsentScope, Contribution, Overview, Person
from samkraft.people.queries import contributions
from samkraft.people.rules import overviews
from samkraft.people.rules.held import Held
from samkraft.values.period import day_in_stockholm

AT_A_TIME = 200
COLUMNS = tuple(one.name for one in fields(overviews.Overview))

Key = tuple[UUID, UUID]  # enrolment and area


@dataclass(frozen=True, slots=True)
class Finding:
    """One row that is not what it should be: missing, one too many, or different in some columns."""

    enrolment_id: UUID
    area_id: UUID
    what: str
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Checked:
    """How many rows there are, and what is wrong with them."""

    persons: int
    rows: int
    findings: tuple[Finding, ...]

    @property
    def holds(self) -> bool:
        """Whether every row is what its area's contributions say."""
        return not self.findings


def check() -> Checked:
    """Compare every row, some hundred persons at a time."""
    persons = rows = 0
    findings: list[Finding] = []
    for chunk in _chunks():
        stored = {(row.enrolment_id, row.area_id): row for row in Overview.objects.filter(person_id__in=chunk)}
        expected = _expected(chunk)
        findings += [Finding(*key, "missing") for key in sorted(expected.keys() - stored.keys())]
        findings += [Finding(*key, "one_too_many") for key in sorted(stored.keys() - expected.keys())]
        for key in sorted(stored.keys() & expected.keys()):
            if differ := _differing(stored[key], expected[key]):
                findings.append(Finding(*key, "different", differ))
        persons += len(chunk)
        rows += len(stored)
    return Checked(persons, rows, tuple(findings))


def _chunks() -> Iterator[list[UUID]]:
    """Persons by key, a page at a time: nothing is kept open between them."""
    last: UUID | None = None
    while True:
        found = Person.objects.order_by("id")
        page = list((found.filter(id__gt=last) if last else found).values_list("id", flat=True)[:AT_A_TIME])
        if not page:
            return
        yield page
        last = page[-1]


def _expected(persons: list[UUID]) -> dict[Key, overviews.Overview]:
    rows = Contribution.objects.filter(person_id__in=persons).order_by(
        "occurred_at", "written_at", "lineage", "version"
    )
    by_case: dict[Key, list[Held]] = defaultdict(list)
    people = dict(rows.values_list("id", "person_id"))
    for held in contributions.as_held(rows):
        by_case[people[held.id], held.area_id].append(held)
    ends = _consent_ends(persons)
    expected = {}
    for case, held_there in by_case.items():
        for enrolment_id in {one.enrolment_id for one in held_there if one.kind == "enrolled" and one.enrolment_id}:
            row = overviews.fold(held_there, enrolment_id, ends[case])
            if row is not None:
                expected[enrolment_id, case[1]] = row
    return expected


def _consent_ends(persons: list[UUID]) -> defaultdict[Key, list[date]]:
    ends: defaultdict[Key, list[date]] = defaultdict(list)
    for scope in ConsentScope.objects.filter(person_id__in=persons, withdrawn_at=None):
        for area_id in (scope.from_area_id, scope.to_area_id):
            ends[scope.person_id, area_id].append(day_in_stockholm(scope.period.upper))
    return ends


def _differing(stored: Overview, expected: overviews.Overview) -> tuple[str, ...]:
    return tuple(name for name in COLUMNS if _plain(getattr(stored, name)) != _plain(getattr(expected, name)))


def _plain(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
