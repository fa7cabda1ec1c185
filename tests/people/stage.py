"""The stage on which the matrix is played: one receiving area with a reader in each role, one giving area, and for each
state of consent one person about whom both have written something of every category.

The consents and what was handed over are made through the actions. How readers stand to the cases is set as the owner,
so that each state can be put up for the same rows.
"""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from samkraft.audit.actions import transactions
from samkraft.partners.rules.roles import Role
from samkraft.people.actions import disclosures
from samkraft.people.queries import consents as asked
from samkraft.people.rules import secrecy
from samkraft.values.context import Context
from tests.factories import partners, people
from tests.factories.partners import Member
from tests.people import matrix, world

HERE, THERE = "asn", "af"
CATEGORIES = list(matrix.releases())
RELEASABLE = [name for name, mark in matrix.releases().items() if mark != "n"]
BASES = {"by break-glass": "break_glass", "by break-glass that has run out": "break_glass"}
FROM, LONG_AGO, NOW, LATER = "now() - interval '2 days'", "now() - interval '1 day'", "NULL", "now() + interval '1 day'"


@dataclass(frozen=True, slots=True)
class Thing:
    """One version of one thing as it lies in an area."""

    id: UUID
    person: str
    category: str
    version: int
    area: str  # HERE or THERE
    written_in: str


@dataclass(slots=True)
class Stage:
    """`persons` by state of consent; `readers` by role and standing; `scopes` the consents that were given."""

    setting: people.Setting
    giver: Member
    writer: Member
    persons: dict[str, UUID] = field(default_factory=dict)
    readers: dict[tuple[str, str], Member] = field(default_factory=dict)
    things: list[Thing] = field(default_factory=list)
    originals: dict[tuple[str, str, int], UUID] = field(default_factory=dict)
    enrolments: list[UUID] = field(default_factory=list)


def set_up(owner: Any) -> Stage:
    """Everything but how the readers stand to the cases."""
    setting = people.joint()
    giver = partners.member(Role.SOCIAL_SECRETARY, THERE, name="Gerd Givare")
    writer = partners.member(Role.SOCIAL_SECRETARY, HERE, name="Sven Skrivare")
    stage = Stage(setting, giver, writer)
    for consent in matrix.CONSENT:
        stage.persons[consent] = _person(stage, owner, consent)
    for role in matrix.table(matrix.ROLES):
        for standing in matrix.READERS if role == "social_secretary" else ("at work",):
            stage.readers[role, standing] = _reader(stage, owner, role, standing)
    _collect(stage, owner)
    return stage


def _person(stage: Stage, owner: Any, consent: str) -> UUID:
    giver, to = stage.giver.context, stage.writer.area_id
    person = people.participant(giver, given="Prov", family="Person")
    owner.execute(
        "INSERT INTO people_caseaccess (id, person_id, area_id, membership_id, period, basis, granted_at, granted_by) "
        "VALUES (gen_random_uuid(), %s, %s, %s, tstzrange(now(), NULL), 'assigned', now(), gen_random_uuid())",
        [person, to, stage.writer.membership_id],
    )
    stage.enrolments.append(people.enrolled(stage.setting, stage.writer.context, person))
    people.write(stage.writer.context, person, "card", {"given_name": "Eget", "family_name": "Ord", "language": "sv"})
    wanted = {"for another category": ["work"]}.get(consent, RELEASABLE)
    receiver = stage.setting.insurance.area_id if consent == "for another area" else to
    if consent not in ("never given", "given after both were written"):
        people.consent(giver, person, receiver, *wanted)
    first = {name: _thing(giver, person, name) for name in CATEGORIES}
    for name in CATEGORIES:
        _thing(stage.writer.context, person, name)
    for name, mark in matrix.releases().items():
        if mark == "p" and consent in ("stands", "has lapsed", "was taken back"):
            assert hand_over(stage, person, first[name].id, name) == ""
    if consent == "was taken back":
        world.withdraw(giver, person, *RELEASABLE)
    if consent == "has lapsed":
        owner.execute(
            f"UPDATE people_consentscope SET period = tstzrange({FROM}, {LONG_AGO}) WHERE person_id = %s", [person]
        )
    for name in CATEGORIES:
        second = _thing(giver, person, name, lineage=first[name].lineage, based_on=1)
        stage.originals[consent, name, 1], stage.originals[consent, name, 2] = first[name].id, second.id
    if consent == "given after both were written":
        people.consent(giver, person, receiver, *wanted)
    return person


def _thing(by: Context, person: UUID, category: str, **more: Any) -> Any:
    if category == "own_notes":
        return people.write(by, person, "own_system_note", {"system": "AIS", "text": "eget"}, **more)
    said: dict[str, object] = {"about": str(uuid4()), "text": f"om {category}"}
    return people.write(by, person, "dissent", said, category=category, **more)


def hand_over(stage: Stage, person: UUID, contribution: UUID, category: str) -> str:
    """The refusal that the giver meets; empty when it was handed over."""
    with transactions.read(stage.giver.context):
        scopes = [
            line.id
            for line in asked.of_person(stage.giver.context, person)
            if line.category == category and line.to_area_id == stage.writer.area_id
        ]
    return world.refusal(
        disclosures.release,
        by=stage.giver.context,
        person_id=person,
        contribution_id=contribution,
        to_area_id=stage.writer.area_id,
        scope_id=scopes[0] if scopes else uuid4(),
    )


def _reader(stage: Stage, owner: Any, role: str, standing: str) -> Member:
    member = partners.member(
        Role(role), "fk" if standing == "works in another area" else HERE, name=f"{role} {standing}"
    )
    if standing == "membership has ended":
        owner.execute(
            "UPDATE partners_membership SET valid = '[2022-01-03,2024-01-01)' WHERE id = %s", [member.membership_id]
        )
    if standing == "account is closed":
        owner.execute("UPDATE partners_user SET is_active = false WHERE id = %s", [member.user_id])
    owner.execute(
        "INSERT INTO initiatives_teammember (id, team_id, membership_id, personal, period) "
        "VALUES (gen_random_uuid(), %s, %s, %s, '[2022-01-03,)')",
        [stage.setting.team_id, member.membership_id, standing.startswith("called in")],
    )
    return member


def _collect(stage: Stage, owner: Any) -> None:
    named = {person: consent for consent, person in stage.persons.items()}
    areas = {stage.writer.area_id: HERE, stage.giver.area_id: THERE}
    for one, person, category, version, area, author, kind in owner.execute(
        "SELECT id, person_id, category, version, area_id, author_area_id, kind FROM people_contribution"
    ).fetchall():
        if person in named and area in areas and kind in ("dissent", "own_system_note"):
            stage.things.append(Thing(one, named[person], category, version, areas[area], areas[author]))


def stand(stage: Stage, owner: Any, case: str, protection: str) -> None:
    """Put every reader into this relation to every person, and protect the persons so."""
    with owner.transaction():
        for table in ("caseaccess", "recusal", "protection", "protectionname"):
            owner.execute(f"DELETE FROM people_{table}")
        # The two who write keep their own access, so that what they do stays possible.
        for member, area in ((stage.giver, stage.giver.area_id), (stage.writer, stage.writer.area_id)):
            _access(stage, owner, area, member.membership_id, None, (FROM, NOW), "assigned")
        _case(stage, owner, case)
        _protect(stage, owner, protection)


def _case(stage: Stage, owner: Any, case: str) -> None:
    area, team = stage.writer.area_id, stage.setting.team_id
    if case in ("through the team", "recused, though in the team"):
        _access(stage, owner, area, None, team, (FROM, NOW), "team")
    elif case == "another area's team":
        _access(stage, owner, stage.giver.area_id, None, team, (FROM, NOW), "team")
    elif case != "not at all":
        period = {
            "no longer": (FROM, LONG_AGO), "by break-glass that has run out": (FROM, LONG_AGO), "not yet": (LATER, NOW),
            "by break-glass": (FROM, LATER),
        }.get(case, (FROM, NOW))  # fmt: skip
        for member in stage.readers.values():
            _access(stage, owner, area, member.membership_id, None, period, BASES.get(case, "assigned"))
    if case.startswith("recused"):
        for member in stage.readers.values():
            for person in stage.persons.values():
                owner.execute(
                    "INSERT INTO people_recusal VALUES (gen_random_uuid(), %s, %s, 'close', now(), 'någon', %s)",
                    [member.user_id, area, person],
                )


def _access(
    stage: Stage,
    owner: Any,
    area: UUID,
    membership: UUID | None,
    team: UUID | None,
    period: tuple[str, str],
    basis: str,
) -> None:
    for person in stage.persons.values():
        owner.execute(
            "INSERT INTO people_caseaccess (id, person_id, area_id, membership_id, team_id, period, basis, granted_at, "
            f"granted_by) VALUES (gen_random_uuid(), %s, %s, %s, %s, tstzrange({period[0]}, {period[1]}), %s, now(), %s)",
            [person, area, membership, team, basis, area],
        )


def _protect(stage: Stage, owner: Any, protection: str) -> None:
    if protection == "none":
        return
    period = f"tstzrange({FROM}, {LONG_AGO if protection == 'was lifted' else NOW})"
    listed = f"tstzrange({FROM}, {LONG_AGO if protection == 'was struck from the list' else NOW})"
    for person in stage.persons.values():
        owner.execute(
            "INSERT INTO people_protection (id, person_id, level, period, area_id, registered_by, lifted_by) "
            f"VALUES (gen_random_uuid(), %s, 'marked', {period}, %s, 'någon', '')",
            [person, stage.writer.area_id],
        )
        named: list[Member] = [stage.giver, stage.writer]
        if protection in ("on the list", "was struck from the list"):
            named += stage.readers.values()
        for member in named:
            owner.execute(
                "INSERT INTO people_protectionname (id, person_id, membership_id, period, named_by) "
                f"VALUES (gen_random_uuid(), %s, %s, {listed if member in stage.readers.values() else period}, 'någon')",
                [person, member.membership_id],
            )


def reader_in_python(stage: Stage, role: str, standing: str) -> secrecy.Reader:
    """The reader as the rule sees it."""
    member = stage.readers[role, standing]
    live = standing not in ("membership has ended", "account is closed")
    teams = frozenset() if standing.startswith("called in") else frozenset({stage.setting.team_id})
    return secrecy.Reader(member.membership_id, member.user_id, member.area_id, role, live, teams)


def case_in_python(owner: Any, person: UUID) -> secrecy.Case:
    """The person's case as the rule sees it, read behind the walls."""
    accesses = owner.execute(
        "SELECT person_id, area_id, lower(period), upper(period), team_id, membership_id, basis = 'break_glass' "
        "FROM people_caseaccess WHERE person_id = %s",
        [person],
    ).fetchall()
    recused = owner.execute("SELECT user_id FROM people_recusal WHERE person_id = %s", [person]).fetchall()
    stands = owner.execute(
        "SELECT 1 FROM people_protection WHERE person_id = %s AND period @> now()", [person]
    ).fetchone()
    listed = owner.execute(
        "SELECT membership_id FROM people_protectionname WHERE person_id = %s AND period @> now()", [person]
    ).fetchall()
    return secrecy.Case(
        accesses=tuple(secrecy.Access(*row) for row in accesses),
        recused_user_ids=frozenset(row[0] for row in recused),
        named_list=frozenset(row[0] for row in listed) if stands else None,
    )
