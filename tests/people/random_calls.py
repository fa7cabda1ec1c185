"""Call lists kept twice: by the product, and as plain lists that know the rules alone. Compared after each deed.

Who lays in, calls, takes off, draws, gets a protected identity and loses it, and begins to take part, in whatever order. Which
code is whose nobody is told, so whom the lot draws is looked at once, when it has been drawn, and must be one who may be called.
"""

import random
from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from samkraft.audit.actions import transactions
from samkraft.partners.rules.roles import Role
from samkraft.people.actions import call_lists, cases, protection
from samkraft.people.queries import call_lists as asked
from samkraft.people.rules.call_lists import Noted
from samkraft.values.identity_number import IdentityNumber
from tests.factories import call_lists as files
from tests.factories import joint_work, partners
from tests.factories.partners import Member
from tests.people import world
from tests.people.random_deeds import Deeds
from tests.people.random_lists import Differs
from tests.people.test_call_lists import Laid

POOL, FEWEST = 30, 20
HAPPENED: Counter[tuple[str, bool]] = Counter()
NOT_YOURS = "call_list_not_yours"


@dataclass
class Kept:
    """A list as the rules know it: numbers as places in the pool."""

    laid: Laid
    people: list[int]
    callers: set[UUID]
    nameless: set[int]
    left: set[int] = field(default_factory=set)
    in_lot: set[int] | None = None  # those whom the lot did not pass by
    called: set[int] = field(default_factory=set)
    notes: Counter[int] = field(default_factory=Counter)


class Calls(Deeds):
    """Three officers of one area and a social secretary of another, with a pool of people whom they know by number."""

    def __init__(self, seed: int) -> None:
        super().__init__(HAPPENED)
        self.made = joint_work.setting()
        self.pool = files.people(POOL, seed=seed)
        colleague = joint_work.colleague(self.made, self.made.officer)
        self.members = [self.made.officer, colleague, self.made.outsider, self.made.leader, self.made.social]
        self.other = partners.member(Role.SOCIAL_SECRETARY, name="Kim Kollega")
        self.evaluator = partners.member(Role.EVALUATOR)
        self.lists: list[Kept] = []
        self.known: dict[int, UUID] = {}  # to the social services
        self.protected: set[int] = set()
        self.taking_part: set[int] = set()

    def _list(self, which: int) -> Kept | None:
        return self.lists[which % len(self.lists)] if self.lists else None

    def lay_in(self, who: int, which: int) -> None:
        """A list of some of the pool; everybody in it stands in it."""
        member, people = self.members[who % len(self.members)], _some(which)
        numbers, found = [self.pool[one] for one in people], list[Any]()
        registration = uuid4()
        may = member.context.role == Role.EMPLOYMENT_OFFICER.value
        if len(self.lists) < 6 and self.do(
            f"lay_in {member.name} {people}", "" if may else "not_allowed",
            lambda: found.append(call_lists.lay_in(
                by=member.context, registration=registration, initiative_id=self.made.initiative_id,
                text=files.file_of(numbers))),
        ):  # fmt: skip
            if found[0].listed != len(people):
                raise Differs(f"{found[0].listed} av {len(people)}")
            laid = Laid(self.made, registration, found[0].list_id, numbers, self.evaluator)
            self.lists.append(Kept(laid, people, {member.membership_id}, self.protected & set(people)))

    def name_caller(self, which: int, who: int, whom: int) -> None:
        """A colleague of the same area who refers people calls too."""
        kept, member, other = self._list(which), self.members[who % 3], self.members[whom % len(self.members)]
        if kept is None:
            return
        fits = other.context.role == Role.EMPLOYMENT_OFFICER.value
        foretold = NOT_YOURS if member.membership_id not in kept.callers else "" if fits else "cannot_be_on_case"
        if self.do(
            f"name_caller {member.name} {other.name}", foretold, call_lists.name_caller, by=member.context,
            list_id=kept.laid.list_id, membership_id=other.membership_id,
        ):  # fmt: skip
            kept.callers.add(other.membership_id)

    def take_off(self, which: int, who: int, whom: int) -> None:
        """Somebody does not want to be on a list."""
        kept, member, person = self._list(which), self.members[who % 3], whom % POOL
        if kept is None:
            return
        was: list[bool] = []
        if self.do(
            f"take_off {person}", "" if member.membership_id in kept.callers else NOT_YOURS,
            lambda: was.append(call_lists.take_off(
                by=member.context, list_id=kept.laid.list_id, number=IdentityNumber(self.pool[person]))),
        ):  # fmt: skip
            if was != [person in kept.people and person not in kept.left]:
                raise Differs(f"{person} stod {was} på listan efter {self.told}")
            kept.left |= {person} & set(kept.people)

    def draw(self, which: int, each: int) -> None:
        """The lot is drawn; those who may not be called are passed by, and as many are called all the same."""
        kept = self._list(which)
        if kept is None:
            return
        many = 1 + each % 6
        if not self.do(
            f"draw {many}", "" if kept.in_lot is None else "call_list_drawn", kept.laid.draw, each=many
        ):  # fmt: skip
            return
        kept.in_lot = set(kept.people) - kept.left - kept.nameless - self.protected - self.taking_part
        caller = next(one for one in self.members if one.membership_id in kept.callers)
        rows = kept.laid.to_call(caller)
        kept.called = {_place(kept, row) for row in rows}
        for sex in (0, 1):  # every other in the pool is a woman
            group = {one for one in kept.in_lot if one % 2 == sex}
            turns = [row.turn for row in rows if _place(kept, row) % 2 == sex]
            if turns != list(range(1, 1 + min(many, len(group)))) or not kept.called <= kept.in_lot:
                raise Differs(f"{turns} av {many}, {kept.called} ur {kept.in_lot} efter {self.told}")

    def note(self, which: int, who: int, whom: int) -> None:
        """What a call came to, of somebody who was drawn."""
        kept, member = self._list(which), self.members[who % 3]
        if kept is None or not kept.called:
            return
        caller = next(one for one in self.members if one.membership_id in kept.callers)
        rows = kept.laid.to_call(caller)
        if rows:
            row = rows[whom % len(rows)]
            if self.do(
                f"note {member.name}", "" if member.membership_id in kept.callers else NOT_YOURS, call_lists.note,
                by=member.context, entry_id=row.id, kind=Noted.TALKED,
            ):  # fmt: skip
                kept.notes[_place(kept, row)] += 1

    def protect(self, whom: int) -> None:
        """Somebody whom the social services know gets a protected identity, or loses it again."""
        person, by = whom % POOL, self.made.social.context
        if person not in self.known:
            with transactions.write(by):
                begun = cases.begin_within(by=by, number=IdentityNumber(self.pool[person]), at=timezone.now())
            self.known[person] = begun.person_id
            cases.assign(by=by, person_id=begun.person_id, membership_id=self.other.membership_id)
        found = self.known[person]
        if person in self.protected:
            self.do(f"lift {person}", "", protection.lift, by=by, person_id=found)
            self.do(f"lift {person}", "", protection.lift, by=self.other.context, person_id=found)
        else:
            self.do(
                f"protect {person}", "", protection.protect, by=by, person_id=found, level="marked",
                membership_ids=[self.other.membership_id],
            )  # fmt: skip
        self.protected ^= {person}

    def take_part(self, whom: int) -> None:
        """Somebody begins to take part, at the area that calls."""
        person = whom % POOL
        if person not in self.taking_part:
            joint_work.begun(self.made, self.made.officer, number=IdentityNumber(self.pool[person]))
            self.taking_part.add(person)
            self.told.append(f"take_part {person}")

    def compare(self) -> None:
        """Ask as everybody; raise Differs at the first that is not as foretold."""
        for member in [*self.members, self.other, self.evaluator]:
            mine = [one for one in self.lists if member.membership_id in one.callers]
            for kept in self.lists:
                seen = kept.called - kept.left - self.protected if kept in mine else set[int]()
                self._same(member, "ringa", seen, {_place(kept, row) for row in kept.laid.to_call(member)})
            notes = sum(many for one in mine for who, many in one.notes.items() if who not in one.left | self.protected)
            for table, foretold in (
                ("calllist", len(mine)), ("caller", sum(len(one.callers) for one in mine)), ("callnote", notes)
            ):  # fmt: skip
                self._same(member, table, foretold, world.count(member.context, f"people_{table}"))
        for kept in self.lists:
            self._same(self.evaluator, "koder", len(set(kept.people) - kept.left), len(kept.laid.codes()))
            if kept.in_lot is not None:
                rows = kept.in_lot - kept.left - self.protected
                self._same(self.evaluator, "rader", len(rows), len(kept.laid.rows()))
                with transactions.read(self.evaluator.context):
                    self._same(self.evaluator, "läge", len(set(kept.people) - kept.left), asked.standing(
                        kept.laid.registration).listed)  # fmt: skip

    def _same(self, member: Member, what: str, foretold: object, found: object) -> None:
        if foretold != found:
            raise Differs(f"{member.name} {what}: {foretold} ≠ {found} efter {self.told}")


def _some(which: int) -> list[int]:
    chosen = random.Random(which)
    return sorted(chosen.sample(range(POOL), chosen.randint(FEWEST, POOL)))


def _place(kept: Kept, row: asked.CallRow) -> int:
    """Where in the pool: the name is numbered by the file."""
    return kept.people[int(row.name.split()[0].removeprefix("Namn"))]


# Deed → how many numbers it takes, and how often it is chosen.
DEEDS: dict[str, tuple[int, int]] = {
    "lay_in": (2, 4), "name_caller": (3, 3), "take_off": (3, 3), "draw": (2, 4), "note": (3, 4), "protect": (1, 8),
    "take_part": (1, 3),
}  # fmt: skip


def play(seed: int, length: int) -> Calls:
    """A world after so many deeds that follow from the seed; compared after each. Raises Differs."""
    chance, calls = random.Random(seed), Calls(seed)
    calls.lay_in(0, seed)
    names, weights = list(DEEDS), [weight for _, weight in DEEDS.values()]
    for name in chance.choices(names, weights, k=length):
        getattr(calls, name)(*(chance.randrange(1_000) for _ in range(DEEDS[name][0])))
        calls.compare()
    return calls
