"""Add and change organisations and their units."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from samkraft.audit.actions import trail, transactions
from samkraft.partners.models import Organisation, Unit
from samkraft.partners.queries import organisations
from samkraft.partners.rules import access
from samkraft.partners.rules import organisations as rules
from samkraft.partners.rules.roles import Permission
from samkraft.values.context import Context
from samkraft.values.refusal import Refused


def add(
    *,
    by: Context,
    name: str,
    kind: str,
    code: str = "",
    short_name: str = "",
    other_names: Iterable[str] = (),
    administration_name: str = "",
    organisation_number: str = "",
    workplace_number: str = "",
    parent_id: UUID | None = None,
    units: Iterable[str] = (),
    note: str = "",
    at: datetime | None = None,
) -> UUID:
    """Add an organisation and return its id. Refused when the name is taken or a number cannot be right."""
    access.require(by, Permission.MANAGE_MEMBERS)
    with transactions.write(by):
        return add_within(
            by=by, name=name, kind=kind, code=code, short_name=short_name, other_names=other_names,
            administration_name=administration_name, organisation_number=organisation_number,
            workplace_number=workplace_number, parent_id=parent_id, units=units, note=note, at=at,
        )  # fmt: skip


def add_within(
    *,
    by: Context,
    name: str,
    kind: str,
    code: str = "",
    short_name: str = "",
    other_names: Iterable[str] = (),
    administration_name: str = "",
    organisation_number: str = "",
    workplace_number: str = "",
    parent_id: UUID | None = None,
    units: Iterable[str] = (),
    note: str = "",
    at: datetime | None = None,
) -> UUID:
    """The same, inside the transaction of another action, which has asked for its own permission."""
    one = Organisation(code=code or rules.code_from(name), parent_id=parent_id)
    _fill(
        one,
        name=name,
        kind=kind,
        short_name=short_name,
        other_names=other_names,
        administration_name=administration_name,
        organisation_number=organisation_number,
        workplace_number=workplace_number,
        note=note,
    )
    one.code = _free_code(one.code)
    one.save(force_insert=True)
    Unit.objects.bulk_create(Unit(organisation=one, name=unit) for unit in units)
    trail.record(
        by=by,
        at=at,
        action="organisation.added",
        subject_kind="partners.organisation",
        subject_id=one.id,
        subject_name=one.name,
        **_told(one),
    )
    return one.id


def change(
    *,
    by: Context,
    code: str,
    version: str,
    name: str,
    kind: str,
    short_name: str = "",
    other_names: Iterable[str] = (),
    administration_name: str = "",
    organisation_number: str = "",
    workplace_number: str = "",
    parent_code: str | None = None,
    note: str = "",
    at: datetime | None = None,
) -> UUID:
    """Change an organisation. A name that goes out of use is kept among the others, so that old texts are still read.

    `parent_code` is what it is part of: empty is nothing, None leaves it as it is. `version` is what the page was opened
    with. Refused when somebody else has changed it since.
    """
    access.require(by, Permission.MANAGE_MEMBERS)
    with transactions.write(by):
        one = Organisation.objects.select_for_update().get(code=code)
        if organisations.version(one) != version:
            raise Refused(rules.CHANGED_SINCE, name=one.name)
        before = _told(one)
        _fill(
            one,
            name=name,
            kind=kind,
            short_name=short_name,
            other_names=[*other_names, *([one.name] if rules.tidy_name(name) != one.name else [])],
            administration_name=administration_name,
            organisation_number=organisation_number,
            workplace_number=workplace_number,
            note=note,
        )
        if parent_code is not None:
            one.parent_id = _above(one, parent_code)
        one.save()
        after = _told(one)
        trail.record(
            by=by,
            at=at,
            action="organisation.changed",
            subject_kind="partners.organisation",
            subject_id=one.id,
            subject_name=one.name,
            before={key: value for key, value in before.items() if after[key] != value},
            after={key: value for key, value in after.items() if before[key] != value},
        )
    return one.id


def _fill(
    one: Organisation,
    *,
    name: str,
    kind: str,
    short_name: str,
    other_names: Iterable[str],
    administration_name: str,
    organisation_number: str,
    workplace_number: str,
    note: str,
) -> None:
    one.name = rules.tidy_name(name)
    if Organisation.objects.filter(name__iexact=one.name).exclude(id=one.id).exists():
        raise Refused(rules.NAME_TAKEN, name=one.name)
    one.kind = rules.kind_of(kind).value
    one.short_name = " ".join(short_name.split())[:40]
    one.other_names = list(dict.fromkeys(" ".join(other.split()) for other in other_names if other.strip()))
    one.administration_name = " ".join(administration_name.split())[:200]
    one.organisation_number = rules.tidy_number(organisation_number)
    one.workplace_number = rules.tidy_workplace_number(workplace_number)
    one.note = note.strip()
    one.sort_key = rules.swedish_sort_key(one.name)[:220]


def _above(one: Organisation, parent_code: str) -> UUID | None:
    """The id of what it is to be part of; refused when that is itself or one of its own parts."""
    if not parent_code:
        return None
    parent_id = Organisation.objects.get(code=parent_code).id
    if one.id in organisations.with_all_above(parent_id):
        raise Refused(rules.PART_OF_ITSELF, name=one.name)
    return parent_id


def _free_code(wanted: str) -> str:
    taken = set(Organisation.objects.filter(code__startswith=wanted).values_list("code", flat=True))
    number = 2
    code = wanted
    while code in taken:
        code = f"{wanted[:36]}-{number}"
        number += 1
    return code


def _told(one: Organisation) -> dict[str, object]:
    return {
        "name": one.name,
        "short_name": one.short_name,
        "other_names": one.other_names,
        "administration_name": one.administration_name,
        "kind": one.kind,
        "part_of": one.parent.name if one.parent else "",
        "organisation_number": one.organisation_number,
        "workplace_number": one.workplace_number,
        "note": one.note,
    }
