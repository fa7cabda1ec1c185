"""A world kept twice: by the product, through its actions, and here as plain lists that know only the rules in Python.

Each deed is foretold from the lists and `rules.secrecy`: whether it is refused, and which rows there are afterwards. Then
it is done, and every reader asks the database for everything. `Differs` says where the two part.
"""

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from samkraft.audit.actions import transactions
from samkraft.partners.rules.roles import Role
from samkraft.people.rules import categories, secrecy
from samkraft.people.rules.categories import READS, Release
from tests.factories import partners, people, places
from tests.factories.partners import Member
from tests.people import world

NUMBERS = ("199006022397", "199107172380", "200001052380")
PLAN = ("plan", "enrolment", "contact", "health", "social_situation", "own_notes", "referral")
REASON = "fara för personens liv och hälsa"
PER_HOUR = 5


class Differs(AssertionError):
    """What the lists foretold and what the database did are not the same."""


@dataclass(eq=False, slots=True)
class Row:
    """A contribution as it lies in one area."""

    area: UUID
    person: UUID
    category: str
    lineage: UUID
    version: int
    author: UUID
    kind: str = "dissent"
    id: UUID | None = None  # of what was written; copies get their ids from the database

    @property
    def is_copy(self) -> bool:
        """Whether another area wrote it."""
        return self.area != self.author


@dataclass(eq=False, slots=True)
class Place:
    """A team's or a membership's time on a case."""

    person: UUID
    area: UUID
    team: UUID | None
    membership: UUID | None
    emergency: bool = False
    ended: bool = False
    order: int = 0


@dataclass(eq=False, slots=True)
class Scope:
    """One category of one consent."""

    id: UUID
    person: UUID
    giver: UUID
    receiver: UUID
    category: str
    withdrawn: bool = False


@dataclass(eq=False, slots=True)
class Recused:
    """Jäv, stated in one area."""

    person: UUID
    user: UUID
    area: UUID


@dataclass(eq=False, slots=True)
class Pair:
    """Two persons who may be one."""

    known: UUID
    newer: UUID
    state: str = "open"
    moved: list[Any] = field(default_factory=list)
    joined_at: int = 0


@dataclass(eq=False, slots=True)
class Entry:
    """Somebody's place in the queue of an activity, whose category says what being there tells."""

    id: UUID
    area: UUID
    person: UUID
    category: str
    activity: UUID
    moved_from: UUID | None = None  # who it was of before two were found to be one
    events: int = 1  # joined; offered, passed by and put before others come to it


# How often each deed was done and refused, over all worlds of the run: a deed that is never done proves nothing.
HAPPENED: Counter[tuple[str, bool]] = Counter()


class Lists:
    """The lists, what the rules make of them, and the comparison with the database."""

    def __init__(self) -> None:
        self.setting = people.joint()
        given = self.setting
        colleague = partners.member(Role.SOCIAL_SECRETARY, name="Kim Kollega")
        counsellor = partners.member(Role.STUDY_COUNSELLOR, name="Stina Studie")
        self.steward = partners.member(Role.DUPLICATE_STEWARD, name="Dag Dubblett")
        self.members = [
            given.officer, given.social, given.labour, given.insurance, given.care, given.outsider, colleague, counsellor,
            given.leader,
        ]  # fmt: skip
        self.team = {given.officer.membership_id, given.social.membership_id, given.labour.membership_id}
        self.persons: list[UUID] = []
        self.numbers: list[tuple[UUID, str]] = []
        self.rows: list[Row] = []
        self.places: list[Place] = []
        self.scopes: list[Scope] = []
        self.recused: list[Recused] = []
        self.pairs: list[Pair] = []
        self.entries: list[Entry] = []
        self.activities = {one: places.activity(given, reveals=one, decided_by="owner") for one in ("plan", "health")}
        self.lists: dict[UUID, set[UUID]] = {}
        self.lift_asked: dict[UUID, UUID] = {}
        self.acts: list[tuple[Row, UUID, int]] = []  # which version was handed over to which area, and its number there
        self.asked: dict[UUID, int] = {}
        self.clock = 0
        self.told: list[str] = []

    def reader(self, member: Member) -> secrecy.Reader:
        """The member as the rule sees it now."""
        teams = frozenset({self.setting.team_id}) if member.membership_id in self.team else frozenset()
        role = member.context.role
        return secrecy.Reader(member.membership_id, member.user_id, member.area_id, role, True, teams)

    def case(self, person: UUID) -> secrecy.Case:
        """The person's case as the rule sees it now."""
        since, before = world.now() - timedelta(days=1), world.now() - timedelta(hours=1)
        return secrecy.Case(
            accesses=tuple(
                secrecy.Access(
                    one.person, one.area, since, before if one.ended else None, one.team, one.membership, one.emergency
                )
                for one in self.places
                if one.person == person
            ),
            recused_user_ids=frozenset(one.user for one in self.recused if one.person == person),
            named_list=frozenset(self.lists[person]) if person in self.lists else None,
        )

    def knows(self, member: Member, person: UUID, *, lasting: bool = False) -> bool:
        """Whether the member is on the case and not kept away by protection."""
        case = self.case(person)
        on = secrecy.is_on_case(self.reader(member), case, person, world.now(), lasting=lasting)
        return on and (case.named_list is None or member.membership_id in case.named_list)

    def _may(self, rule: Callable[..., bool], member: Member, area: UUID, person: UUID, category: str) -> bool:
        return rule(self.reader(member), secrecy.Row(area, person, category), self.case(person), world.now())

    def standing(self, person: UUID, giver: UUID, category: str) -> Iterator[Scope]:
        """The consents on which this could be handed over now."""
        for one in self.scopes:
            if (one.person, one.giver, one.category, one.withdrawn) == (person, giver, category, False):
                yield one

    def parties(self, member: Member, person: UUID) -> set[UUID]:
        """The areas that the member knows to know the person."""
        found = {member.area_id}
        for one in self.scopes:
            if one.person == person and member.area_id in (one.giver, one.receiver):
                found |= {one.giver, one.receiver}
        return found

    def _do(self, what: str, foretold: bool | None, act: Callable[..., Any], *values: Any, **named: Any) -> bool:
        """Do it; whether it was done. `foretold` None: the database decides, and says so."""
        self.told.append(what)
        said = world.refusal(act, *values, **named)
        HAPPENED[sys._getframe(1).f_code.co_name, not said] += 1
        self.told[-1] += f" → {said or 'gjort'}"
        if foretold is not None and foretold == bool(said):
            raise Differs(f"{what}: foretold {foretold}, the answer was {said or 'done'}")
        return not said

    def _area_knows(self, member: Member, person: UUID, area: UUID) -> bool:
        return area == member.area_id or any(
            one.receiver == area for one in self.standing(person, member.area_id, "enrolment")
        )

    def _nameable(self, member: Member, person: UUID, other: Member) -> bool:
        return other.area_id in self.parties(member, person) and Role(other.context.role) in READS

    def _place(
        self, person: UUID, area: UUID, team: UUID | None, membership: UUID | None, *, emergency: bool = False
    ) -> None:
        self.clock += 1
        self.places.append(Place(person, area, team, membership, emergency, order=self.clock))

    def _written(self, row: Row) -> None:
        self.rows.append(row)
        if categories.release_of(row.category) is Release.STANDING:
            for scope in self.standing(row.person, row.area, row.category):
                self._copied(row, scope.receiver)

    def _copied(self, row: Row, area: UUID) -> None:
        """A version lies in another area too, counted there; nothing that is as old as what that area has already."""
        if not self.is_given(row, area):
            number = 1 + sum(1 for one in self.rows if one.area == area and one.lineage == row.lineage)
            self.acts.append((row, area, number))
            self.rows.append(Row(area, row.person, row.category, row.lineage, number, row.author, row.kind))

    def is_given(self, row: Row, area: UUID) -> bool:
        """Whether the area has been given this version of the thing, or a newer one."""
        return any(
            act[0].lineage == row.lineage and act[1] == area and act[0].version >= row.version for act in self.acts
        )

    def _latest(self, person: UUID, area: UUID, category: str) -> list[Row]:
        newest: dict[UUID, Row] = {}
        for row in self.rows:
            mine = (row.person, row.area, row.category, row.is_copy) == (person, area, category, False)
            if mine and (row.lineage not in newest or newest[row.lineage].version < row.version):
                newest[row.lineage] = row
        return list(newest.values())

    def _member(self, which: int, person: UUID | None = None) -> Member:
        """One of them; three times of four somebody who knows the person, when anybody does."""
        knowing = [one for one in self.members if person and which % 4 and self.knows(one, person)]
        return (knowing or self.members)[which % len(knowing or self.members)]

    def _person(self, which: int) -> UUID:
        return self.persons[which % len(self.persons)] if self.persons else uuid4()

    def compare(self) -> None:
        """Ask as everybody, of every table; raise Differs at the first that is not as foretold."""
        for member in self.members:
            for table, (foretold, found) in self._answers(member).items():
                if sorted(map(str, foretold)) != sorted(map(str, found)):
                    raise Differs(f"{member.name} {table}: {foretold} ≠ {found} efter {self.told}")

    def _answers(self, member: Member) -> dict[str, tuple[list[Any], list[Any]]]:
        reads = READS.get(Role(member.context.role), frozenset())
        known = {person for person in self.persons if self.knows(member, person)}
        mine = [row for row in self.rows if self._may(secrecy.may_know, member, row.area, row.person, row.category)]
        acts = [
            (row.lineage, number, area)
            for row, area, number in self.acts
            if row.person in known and member.area_id in (row.area, area) and row.category in reads
        ]
        scopes = [one.id for one in self.scopes if one.person in known and member.area_id in (one.giver, one.receiver)]
        named = [
            (person, other.membership_id)
            for person in known & self.lists.keys()
            for other in self.members
            if other.membership_id in self.lists[person] and other.area_id in self.parties(member, person)
        ]
        queue = [e for e in self.entries if self._may(secrecy.may_know, member, e.area, e.person, e.category)]
        cards = {row.person for row in mine if row.kind == "card"}
        with transactions.read(member.context):
            return {
                "contribution": (
                    [(row.area, row.person, row.category, row.lineage, row.version) for row in mine],
                    self._sql(member, "area_id, person_id, category, lineage, version", "contribution"),
                ),
                "caseaccess": (
                    [(one.person, one.team, one.membership) for one in self.places
                     if one.person in known and one.area == member.area_id],
                    self._sql(member, "person_id, team_id, membership_id", "caseaccess"),
                ),
                "consentscope": ([(one,) for one in scopes], self._sql(member, "id", "consentscope")),
                "disclosure": (acts, self._sql(member, "lineage, version, to_area_id", "disclosure")),
                "recusal": (
                    [(one.person, one.user) for one in self.recused if one.person in known and one.area == member.area_id],
                    self._sql(member, "person_id, user_id", "recusal"),
                ),
                "protectionname": (
                    named,
                    self._sql(member, "person_id, membership_id", "protectionname WHERE upper_inf(period) AND EXISTS (SELECT 1 "
                              "FROM people_protection p WHERE p.person_id = people_protectionname.person_id "
                              "AND upper_inf(p.period))"),
                ),
                "protection": ([(p,) for p in known & self.lists.keys()], self._sql(member, "person_id",
                                                                                     "protection WHERE upper_inf(period)")),
                "placeentry": ([(one.id,) for one in queue], self._sql(member, "id", "placeentry")),
                "placeevent": (
                    [(one.id,) for one in queue for _ in range(one.events)], self._sql(member, "entry_id", "placeevent"),
                ),
                "searchtoken": ([(p,) for p in cards], self._sql(member, "DISTINCT person_id", "searchtoken")),
            }  # fmt: skip

    def _sql(self, member: Member, columns: str, table: str) -> list[Any]:
        return world.rows(member.context, f"SELECT {columns} FROM people_{table}")
