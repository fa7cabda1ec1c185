"""Who there is in the demo: bodies, secrecy areas, people and their roles."""

from datetime import UTC, date, datetime
from uuid import UUID

from samkraft.operations.world import bodies, staff
from samkraft.partners.actions import areas, begin, memberships, organisations, people
from samkraft.partners.queries import memberships as asked
from samkraft.partners.queries import organisations as bodies_asked
from samkraft.partners.queries import people as people_asked
from samkraft.partners.rules.roles import ROLES, Role
from samkraft.values.context import Context

WHAT = "organisationer, sekretessområden och personer"
BEGUN_AT = datetime(2022, 1, 3, 8, 0, tzinfo=UTC)
START_DATE = date(2022, 1, 3)


def is_loaded() -> bool:
    """Whether the last of it is there. After a stop halfway, the next load goes on where it ended."""
    last = staff.ALL[-1]
    return bool(asked.of_people([last.email]))


def load() -> None:
    """Build it all through the actions: the city's administrator first, then each authority's own."""
    by = acting(staff.FIRST.name) if asked.of_people([staff.FIRST.email]) else _begin()
    _add_organisations(by)
    _add_areas(by)
    _add_people()


def acting(name: str, role: Role | None = None) -> Context:
    """The context of an invented person, for whoever builds more of the world: `acting("Karin Wahl")`."""
    held = asked.of_people([staff.email_of(name)]).get(staff.email_of(name), [])
    found = next((row for row in held if role is None or row.role is role), None)
    if found is None:
        raise LookupError(f"{name} has no such role in the demo")
    return found.context()


def acting_with_people(name: str) -> Context:
    """The context of an invented person in the role in which he or she meets participants."""
    held = asked.of_people([staff.email_of(name)]).get(staff.email_of(name), [])
    found = next((row for row in held if ROLES[row.role].meets_people), None)
    if found is None:
        raise LookupError(f"{name} meets no participants in the demo")
    return found.context()


def _begin() -> Context:
    city = bodies.CITY[0]
    return begin.begin(
        email=staff.FIRST.email,
        name=staff.FIRST.name,
        organisation_name=city.name,
        organisation_kind=city.kind.value,
        organisation_code=city.code,
        organisation_number=city.number,
        area_code="malmo",
        area_name="Malmö stad, systemförvaltning",
        at=BEGUN_AT,
    )


def _add_organisations(by: Context) -> None:
    city = bodies.CITY[0]
    row = bodies_asked.page(city.code)
    assert row is not None
    if not row.note:
        _complete_city(by, row.version)
    ids = bodies_asked.ids()
    for body in bodies.ALL:
        if body.code not in ids:
            ids[body.code] = _add_organisation(by, body, ids)


def _complete_city(by: Context, version: str) -> None:
    city = bodies.CITY[0]
    organisations.change(
        by=by,
        code=city.code,
        version=version,
        name=city.name,
        kind=city.kind.value,
        other_names=city.other_names,
        organisation_number=city.number,
        workplace_number=city.workplace,
        note=city.note,
        at=BEGUN_AT,
    )


def _add_organisation(by: Context, body: bodies.Body, ids: dict[str, UUID]) -> UUID:
    return organisations.add(
        by=by,
        code=body.code,
        name=body.name,
        kind=body.kind.value,
        short_name=body.short_name,
        other_names=body.other_names,
        administration_name=body.administration_name,
        organisation_number=body.number,
        workplace_number=body.workplace,
        parent_id=ids[body.parent] if body.parent else None,
        units=body.units,
        note=body.note,
        at=BEGUN_AT,
    )


def _add_areas(by: Context) -> None:
    ids = bodies_asked.ids()
    names = {body.code: body.name for body in bodies.ALL}
    known = {row.code for row in bodies_asked.areas()}
    for area in bodies.AREAS:
        if area.code in known:
            continue
        areas.add(
            by=by,
            code=area.code,
            name=area.name,
            authority_id=ids[area.authority],
            controller=names[area.authority],
            archive_authority=area.archive or names[area.authority],
            secrecy_rule=area.secrecy_rule,
            harm_test=area.harm_test.value,
            retention_plan=area.retention,
            source=area.source,
            at=BEGUN_AT,
        )
    asn = bodies_asked.page("asn")
    if asn is None or asn.decisions:
        return
    areas.record_decision(
        by=by,
        authority_id=ids["asn"],
        decided_date=START_DATE,
        decided_by="Arbetsmarknads- och socialnämnden",
        text=bodies.ASN_DECISION,
        at=BEGUN_AT,
    )


def _add_people() -> None:
    """Each authority's administrator gives the roles of that authority; the city's gives all others."""
    first = acting(staff.FIRST.name)
    ids = bodies_asked.ids()
    area_ids = {row.code: row.id for row in bodies_asked.areas()}
    givers: dict[UUID, Context] = {}
    known = people_asked.ids_by_email()
    for person in staff.ALL:
        organisation_id = ids[person.organisation]
        giver = givers.get(organisation_id, first)
        if person.email not in known:
            known[person.email] = people.invite(by=giver, email=person.email, name=person.name, at=BEGUN_AT)
        if not _has(person, organisation_id):
            memberships.give(
                by=giver,
                user_id=known[person.email],
                organisation_id=organisation_id,
                area_id=area_ids[person.area],
                role=person.role.value,
                start_date=START_DATE,
                title=person.title,
                unit=person.unit,
                at=BEGUN_AT,
            )
        if person.role is Role.SYSTEM_ADMINISTRATOR and person.organisation != "stk":
            givers[organisation_id] = acting(person.name, Role.SYSTEM_ADMINISTRATOR)


def _has(person: staff.Person, organisation_id: UUID) -> bool:
    held = asked.of_people([person.email]).get(person.email, [])
    return any(row.role is person.role and row.organisation_id == organisation_id for row in held)
