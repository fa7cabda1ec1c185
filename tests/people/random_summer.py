"""A summer round kept twice: by the product, and as plain lists that know the rules alone. Compared after each deed.

Who applies, who is named on the round and on a protected young person's list, who is placed, says yes, begins and ends, in
whatever order. There is room for everybody, so that nothing is passed on and the lot decides nothing here.
"""

import random
from collections import Counter
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from samkraft.partners.rules.roles import Role
from samkraft.people.actions.summer import summer_applications, summer_draws, summer_placing
from samkraft.people.queries.summer import summer_links
from samkraft.people.queries.summer.summer_links import Link
from samkraft.people.rules.summer.summer_places import Ended
from tests.factories import partners, summer
from tests.factories.partners import Member
from tests.people import world
from tests.people.random_deeds import Deeds
from tests.people.random_lists import Differs

MOST, PLACES = 5, 3  # in each of two periods
HAPPENED: Counter[tuple[str, bool]] = Counter()
NOT_YOURS, NOT_ALLOWED = "summer_not_your_round", "not_allowed"
TABLES = """
SELECT 'applicant', id FROM people_summerapplicant UNION ALL SELECT 'guardian', applicant_id FROM people_summerguardian
UNION ALL SELECT 'placement', applicant_id FROM people_summerplacement
UNION ALL SELECT 'card', applicant_id FROM people_summercard
UNION ALL SELECT DISTINCT 'shift', applicant_id FROM people_summershift
"""


@dataclass(eq=False, slots=True)
class Young:
    """An applicant as the rules know it. `listed`: who may see a protected one; None for the others."""

    id: UUID
    name: str
    link: Link
    listed: set[UUID] | None
    placement: UUID | None = None
    answer: str = ""
    allowed: bool = False
    begun: bool = False
    ended: bool = False


class Summers(Deeds):
    """A round with its holder, two colleagues who may be named, a supervisor and two who have nothing to do with it."""

    def __init__(self) -> None:
        super().__init__(HAPPENED)
        self.round = summer.planned(places=PLACES)
        colleagues = [
            partners.member(Role.PLACE_COORDINATOR, "ama", name=name) for name in ("Nils Ny", "Klara Kollega")
        ]
        self.elsewhere = partners.member(Role.EMPLOYMENT_OFFICER, name="Egon Annan")
        self.other = partners.member(Role.EMPLOYER, "parkbolaget", name="På Annan Plats")
        self.coordinators = [self.round.holder, *colleagues]
        self.everybody = [*self.coordinators, self.round.supervisor, self.other, self.elsewhere]
        self.staff = {self.round.holder.membership_id: True}  # membership → looks after the protected
        self.young: list[Young] = []
        self.drawn = False

    def _one(self, which: int) -> Young | None:
        return self.young[which % len(self.young)] if self.young else None

    def _sees(self, member: Member, one: Young) -> bool:
        """Whether somebody who holds the round sees the young person."""
        on_list = one.listed is None or member.membership_id in one.listed
        return member.membership_id in self.staff and on_list

    def apply(self, which: int) -> None:
        """Somebody applies, every third with a protected identity."""
        if len(self.young) >= MOST:
            return
        name, is_protected = f"Ung{len(self.young)}", which % 3 == 0
        made: list[Link] = []
        act = lambda: made.append(summer.applies(self.round, name, is_protected=is_protected))  # noqa: E731 - one line is read best
        if self.do("apply", "summer_closed" if self.drawn else "", act):
            applicant = made[0].applicant_id
            assert applicant is not None
            handle = {member for member, handles in self.staff.items() if handles}
            self.young.append(Young(applicant, name, made[0], handle if is_protected else None))

    def name(self, who: int, whom: int) -> None:
        """A colleague is named on the round, or told to look after the protected too, or not."""
        by, other = self.everybody[who % len(self.everybody)], self.everybody[1 + whom % (len(self.everybody) - 1)]
        runs = by.context.role == Role.PLACE_COORDINATOR.value
        foretold = NOT_ALLOWED if not runs else NOT_YOURS if by.membership_id not in self.staff else ""
        if not foretold and other not in self.coordinators:
            foretold = "cannot_be_on_case"
        if self.do(
            f"name {by.name} {other.name}", foretold, summer_draws.name_holder, by=by.context, round_id=self.round.id,
            membership_id=other.membership_id, handles_protected=bool(whom % 2),
        ):  # fmt: skip
            self.staff[other.membership_id] = bool(whom % 2)

    def put_on_list(self, who: int, which: int, whom: int) -> None:
        """One more may see somebody protected: one who holds the round, or supervises where the person is placed."""
        hidden = [one for one in self.young if one.listed is not None]
        if not hidden:
            return
        one, other = hidden[which % len(hidden)], self.everybody[whom % len(self.everybody)]
        by = self.everybody[who % len(self.everybody)]
        placed = one.placement is not None and not one.ended and one.answer != "no"
        fits = other.membership_id in self.staff or (placed and other is self.round.supervisor)
        runs = by.context.role == Role.PLACE_COORDINATOR.value
        foretold = (
            NOT_ALLOWED if not runs else NOT_YOURS if not self._sees(by, one) else "" if fits else "cannot_be_on_case"
        )
        if self.do(
            f"put_on_list {by.name} {other.name}", foretold, summer_applications.name_on_list, by=by.context,
            applicant_id=one.id, membership_id=other.membership_id,
        ):  # fmt: skip
            assert one.listed is not None
            one.listed.add(other.membership_id)

    def draw(self, who: int) -> None:
        """The lot, and a place for everybody: by somebody who looks after the protected too."""
        if self.drawn or len(self.young) < 2:
            return
        summer.draw(self.round)
        self.drawn = True
        others = [one for one in self.coordinators[1:] if not self.staff.get(one.membership_id)]
        if others:
            by = others[who % len(others)]
            self.do("draw", "summer_needs_all", summer_placing.place_all, by=by.context, round_id=self.round.id)
        self.do("draw", "", summer_placing.place_all, by=self.round.holder.context, round_id=self.round.id)
        for one in self.young:
            one.placement = summer.placement(self.round, one.name).id

    def answer(self, which: int, yes: int) -> None:
        """The young person's own answer, and another's, which is refused."""
        one = self._one(which)
        if one is None or one.placement is None or one.answer:
            return
        other = self.young[(which + 1) % len(self.young)]
        if other is not one:
            self.do("answer", "summer_link_not_valid", summer_placing.answer, by=other.link.by, link=other.link,
                     placement_id=one.placement, says_yes=True)  # fmt: skip
        if self.do("answer", "", summer_placing.answer, by=one.link.by, link=one.link, placement_id=one.placement,
                    says_yes=bool(yes % 4)):  # fmt: skip
            one.answer = "yes" if yes % 4 else "no"
            one.ended = not yes % 4

    def begin(self, who: int, which: int) -> None:
        """Confirmed, so that the workplace is told: by those who hold the round and see the person."""
        ready = [one for one in self.young if one.answer == "yes" and not one.begun and not one.ended]
        if not ready:
            return
        one, by = ready[which % len(ready)], self.everybody[who % len(self.everybody)]
        if not one.allowed:  # they are asked once, however often somebody tries
            summer.guardians_say(self.round, one.name)
            one.allowed = True
        runs = by.context.role == Role.PLACE_COORDINATOR.value
        foretold = NOT_ALLOWED if not runs else "" if self._sees(by, one) else "summer_no_such_placement"
        if self.do(f"begin {by.name}", foretold, summer_placing.confirm, by=by.context, placement_id=one.placement):
            one.begun = True

    def end(self, who: int, which: int) -> None:
        """Ended before its time: the workplace sees the person for another fortnight, to attest what was done."""
        there = [one for one in self.young if one.begun and not one.ended]
        if not there:
            return
        one, by = there[which % len(there)], self.everybody[who % len(self.everybody)]
        runs = by.context.role == Role.PLACE_COORDINATOR.value
        foretold = NOT_ALLOWED if not runs else "" if self._sees(by, one) else "summer_no_such_placement"
        if self.do(
            f"end {by.name}", foretold, summer_placing.end, by=by.context, placement_id=one.placement,
            reason=next(iter(Ended)), pass_on=False,
        ):  # fmt: skip
            one.ended = True

    def compare(self) -> None:
        """Ask as everybody; raise Differs at the first that is not as foretold."""
        for member in self.everybody:
            self._same(member.name, self._foretold(member), world.rows(member.context, TABLES))
        for one in self.young:
            with summer_links.reading(one.link):
                self._same(one.name, self._all_of(one), _asked())

    def _foretold(self, member: Member) -> list[tuple[str, UUID]]:
        told: list[tuple[str, UUID]] = []
        for one in self.young:
            if self._sees(member, one):
                told += self._all_of(one)
            on_list = one.listed is None or member.membership_id in one.listed
            if member is self.round.supervisor and on_list and one.begun:  # a fortnight more, to attest
                told += [(table, one.id) for table in ("placement", "card", "shift")]
        return told

    def _all_of(self, one: Young) -> list[tuple[str, UUID]]:
        tables = [
            "applicant",
            "guardian",
            *(["placement"] if one.placement else []),
            *(["card", "shift"] if one.begun else []),
        ]
        return [(table, one.id) for table in tables]

    def _same(self, who: str, foretold: list[tuple[str, UUID]], found: list[tuple[Any, ...]]) -> None:
        if sorted(map(str, foretold)) != sorted(str((table, UUID(str(one)))) for table, one in found):
            raise Differs(f"{who}: {foretold} ≠ {found} efter {self.told}")


def _asked() -> list[tuple[Any, ...]]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        return list(cursor.fetchall())


# Deed → how many numbers it takes, and how often it is chosen.
DEEDS: dict[str, tuple[int, int]] = {
    "apply": (1, 4), "name": (2, 3), "put_on_list": (3, 5), "draw": (1, 3), "answer": (2, 6), "begin": (2, 6), "end": (2, 6),
}  # fmt: skip


def play(seed: int, length: int) -> Summers:
    """A round after so many deeds that follow from the seed; compared after each. Raises Differs."""
    chance, summers = random.Random(seed), Summers()
    summers.apply(0)
    summers.apply(1)
    names, weights = list(DEEDS), [weight for _, weight in DEEDS.values()]
    for name in chance.choices(names, weights, k=length):
        getattr(summers, name)(*(chance.randrange(1_000) for _ in range(DEEDS[name][0])))
        summers.compare()
    return summers
