"""Protection and duplicates, and the whole world with all its deeds."""

import random
from typing import Any
from uuid import UUID

from samkraft.people.actions import duplicates, protection
from tests.people import world
from tests.people.random_cases import Cases
from tests.people.random_lists import Differs, Pair, Place, Row, Scope
from tests.people.random_outside import Outside
from tests.people.random_sayings import Sayings


class World(Sayings, Cases, Outside):
    """Deeds of every kind."""

    def protect(self, who: int, which: int, whom: int) -> None:
        """The person is protected, with one more on the list."""
        person, other = self._person(which), self._member(whom)
        member = self._member(who, person)
        may = (
            self.knows(member, person, lasting=True)
            and person not in self.lists
            and self._nameable(member, person, other)
        )
        if self._do(
            f"{member.name} skyddar med {other.name}", may, protection.protect, by=member.context, person_id=person,
            level="marked", membership_ids=[other.membership_id],
        ):  # fmt: skip
            self.lists[person] = {member.membership_id, other.membership_id}

    def name(self, who: int, which: int, whom: int) -> None:
        """One more on the list."""
        person, other = self._often_listed(which), self._member(whom)
        member = self._member(who, person)
        may = (
            self.knows(member, person, lasting=True) and person in self.lists and self._nameable(member, person, other)
        )
        act = protection.name
        if self._do(
            f"{member.name} namnger {other.name}", may, act, by=member.context, person_id=person,
            membership_id=other.membership_id,
        ):  # fmt: skip
            self.lists[person].add(other.membership_id)

    def strike(self, who: int, which: int, whom: int) -> None:
        """One off the list, if the member knows of that one, and never the last."""
        person, other = self._often_listed(which), self._member(whom)
        member = self._member(who, person)
        parties = self.parties(member, person)
        known = {m.membership_id for m in self.members if m.area_id in parties} & self.lists.get(person, set())
        may = self.knows(member, person, lasting=True) and bool(known - {other.membership_id})
        act = protection.strike
        if self._do(
            f"{member.name} stryker {other.name}", may, act, by=member.context, person_id=person,
            membership_id=other.membership_id,
        ):  # fmt: skip
            self.lists.get(person, set()).difference_update({other.membership_id} & known)

    def lift(self, who: int, which: int) -> None:
        """One asks, another lifts."""
        person = self._often_listed(which)
        member = self._member(who, person)
        may = self.knows(member, person, lasting=True) and person in self.lists
        may = may and self.lift_asked.get(person) != member.user_id
        if self._do(f"{member.name} häver", may, protection.lift, by=member.context, person_id=person):
            if person in self.lift_asked:
                del self.lift_asked[person], self.lists[person]
            else:
                self.lift_asked[person] = member.user_id

    def join(self, which: int) -> None:
        """The steward makes two into one, unless they overlap somewhere."""
        if not self.pairs:
            return
        pair = self.pairs[which % len(self.pairs)]
        free = pair.known not in self.lists and pair.newer not in self.lists
        free = free and pair.state in ("open", "split") and not self._joined_with_another(pair)
        foretold = None if free else False
        if not self._do(
            "förs ihop", foretold, duplicates.join, by=self.steward.context, match_id=self._pair_id(pair), reason="x"
        ):
            if "join_overlaps" not in self.told[-1] and foretold is None:
                raise Differs(self.told[-1])
            return
        pair.state, pair.moved = "joined", []
        everything: list[Any] = [*self.rows, *self.places, *self.scopes, *self.recused]
        for one in everything:
            if one.person == pair.newer:
                one.person = pair.known
                pair.moved.append(one)
        for entry in (*self.entries, *self.invited):
            if entry.person == pair.newer:
                entry.person, entry.moved_from = pair.known, pair.newer
        self.clock += 1
        pair.joined_at = self.clock

    def split(self, which: int) -> None:
        """The steward says that they are two."""
        if not self.pairs:
            return
        pair = self.pairs[which % len(self.pairs)]
        may = pair.state in ("open", "joined")
        if not self._do(
            "skiljs åt", may, duplicates.split, by=self.steward.context, match_id=self._pair_id(pair), reason="x"
        ):
            return
        came = {one.area for one in pair.moved if isinstance(one, Place) and one.person == pair.known}
        there = {
            one.area for one in self.places
            if one.person == pair.known and one not in pair.moved and one.order < pair.joined_at
        }  # fmt: skip
        everything: list[Any] = [*self.rows, *self.places, *self.scopes, *self.recused]
        for one in everything:
            area = one.giver if isinstance(one, Scope) else one.area
            follows = one.person == pair.known and area in came - there and not (isinstance(one, Row) and one.is_copy)
            if one in pair.moved or follows:
                one.person = pair.newer
        for row, area, version in self.acts:  # a copy stands with what it is a copy of
            for copy in self.rows:
                if copy.is_copy and (copy.area, copy.lineage, copy.version) == (area, row.lineage, version):
                    copy.person = row.person
        for entry in (*self.entries, *self.invited):
            if pair.state != "joined" or entry.person != pair.known:
                continue
            if entry.moved_from == pair.newer:
                entry.person, entry.moved_from = pair.newer, None
            elif entry.area in came - there:  # what an area asked for meanwhile goes with the area
                entry.person = pair.newer
        if pair.state == "joined" and pair.known in self.lists:
            self.lists[pair.newer] = set(self.lists[pair.known])
            if pair.known in self.lift_asked:
                self.lift_asked[pair.newer] = self.lift_asked[pair.known]
        pair.state, pair.moved = ("dismissed" if pair.state == "open" else "split"), []

    def _often_listed(self, which: int) -> UUID:
        """Three times of four somebody who has a list, when anybody has: else these deeds are hardly ever done."""
        listed = [one for one in self.persons if one in self.lists]
        return listed[which // 4 % len(listed)] if listed and which % 4 else self._person(which)

    def _joined_with_another(self, pair: Pair) -> bool:
        """Whether one of them is in another pair that was made one, so that what is moved would be moved twice."""
        return any(
            one.state == "joined" and (pair.newer in (one.known, one.newer) or pair.known == one.newer)
            for one in self.pairs
            if one is not pair
        )

    def _pair_id(self, pair: Pair) -> UUID:
        sql = "SELECT id FROM people_match WHERE known_id = %s AND newer_id = %s"
        found: UUID = world.rows(self.steward.context, sql, pair.known, pair.newer)[0][0]
        return found


# Deed → how many numbers it takes, and how often it is chosen.
DEEDS: dict[str, tuple[int, int]] = {
    "begin": (2, 2), "write": (3, 8), "rewrite": (2, 4), "consent": (4, 6), "withdraw": (2, 2), "release": (3, 6),
    "assign": (3, 6), "assign_team": (3, 3), "end_access": (2, 3), "protect": (3, 2), "name": (3, 3), "strike": (3, 2),
    "lift": (2, 3), "recuse": (3, 1), "break_glass": (2, 4), "join": (1, 2), "split": (1, 2), "change_team": (1, 2),
    "queue": (3, 4), "invite": (3, 3), "answer_invitation": (3, 3), "propose": (2, 2), "adopt": (3, 4),
}  # fmt: skip
OPENING = (("begin", (1, 0)), ("begin", (0, 0)), ("assign_team", (1, 0, 1)), ("consent", (1, 0, 0, 8)))


def play(seed: int, length: int) -> World:
    """A world after so many deeds that follow from the seed; compared after each. Raises Differs."""
    chance, world = random.Random(seed), World()
    for name, numbers in OPENING:
        getattr(world, name)(*numbers)
    if seed % 4 == 0:
        _with_proposals(world, chance)
    world.compare()
    names, weights = list(DEEDS), [weight for _, weight in DEEDS.values()]
    for name in chance.choices(names, weights, k=length):
        getattr(world, name)(*(chance.randrange(1_000) for _ in range(DEEDS[name][0])))
        world.compare()
    return world


def _with_proposals(world: World, chance: random.Random) -> None:
    """Somebody in a queue and a proposal for each activity: by chance alone few worlds come so far that one is adopted."""
    for _time in range(40):
        if len(world.entries) > 1:
            break
        world.queue(*(chance.randrange(1_000) for _ in range(3)))
    for which in range(2):
        world.propose(1, which)
