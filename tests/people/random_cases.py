"""How people come onto cases and off them: begun, assigned, ended, recused, opened in an emergency."""

from datetime import timedelta
from uuid import UUID, uuid4

from django.utils import timezone

from samkraft.audit.actions import transactions
from samkraft.initiatives.models import TeamMember
from samkraft.partners.rules.roles import Role
from samkraft.people.actions import cases, emergencies, guard
from samkraft.people.models import CaseAccess, Contribution
from samkraft.people.rules.categories import READS, WRITES, Category
from tests.factories import people
from tests.factories.partners import Member
from tests.people.random_lists import NUMBERS, PER_HOUR, REASON, Differs, Entry, Lists, Pair, Recused, Row


class Cases(Lists):
    """Deeds on who is on the case."""

    def begin(self, who: int, which: int) -> None:
        """Somebody refers a person by number, who may be known already."""
        member, number = self._member(who), NUMBERS[which % len(NUMBERS)]
        may = Category.REFERRAL in WRITES.get(Role(member.context.role), frozenset())
        already = sorted(p for p, n in self.numbers if n == number and self.knows(member, p))
        made: list[UUID] = []
        if not self._do(f"{member.name} lägger upp", may, lambda: made.append(_participant(member, number))):
            return
        person = made[0]
        if (already and person not in already) or (not already and person in self.persons):
            raise Differs(f"{member.name} fick {person}, kände {already}")
        if not already:
            self._match(person, number)
            self.persons.append(person)
            self.numbers.append((person, number))
            self._place(person, member.area_id, None, member.membership_id)
        card = Contribution.objects
        with transactions.read(member.context):
            row = card.filter(person_id=person, kind="card", version=1).order_by("-written_at").first()
        assert row is not None
        self._written(Row(member.area_id, person, "contact", row.lineage, 1, member.area_id, "card", row.id))

    def _match(self, person: UUID, number: str) -> None:
        for other in {p for p, n in self.numbers if n == number}:
            if other not in self.lists:
                self.pairs.append(Pair(other, person))

    def assign(self, who: int, which: int, whom: int) -> None:
        """A colleague, or somebody of an area that knows of the enrolment, is put on the case."""
        person, other = self._person(which), self._member(whom)
        member = self._member(who, person)
        may = self.knows(member, person, lasting=True) and Role(other.context.role) in READS
        may = may and self._area_knows(member, person, other.area_id)
        act = cases.assign
        if self._do(
            f"{member.name} tillsätter {other.name}", may, act, by=member.context, person_id=person,
            membership_id=other.membership_id,
        ):  # fmt: skip
            self._place(person, other.area_id, None, other.membership_id)

    def assign_team(self, who: int, which: int, whom: int) -> None:
        """A team's members of one area are put on the case."""
        person, area = self._person(which), self._member(whom).area_id
        member = self._member(who, person)
        may = self.knows(member, person, lasting=True) and self._area_knows(member, person, area)
        team = self.setting.team_id
        there = any((o.person, o.area, o.team, o.ended) == (person, area, team, False) for o in self.places)
        if self._do(f"{member.name} teamet", may, _assign_team, member, person, team, area) and not there:
            self._place(person, area, team, None)

    def end_access(self, who: int, which: int) -> None:
        """Somebody is taken off a case: the oldest open access of that kind in the area."""
        if not self.places:
            return
        place = self.places[which % len(self.places)]
        member = self._member(who, place.person)
        with transactions.read(member.context):
            seen = CaseAccess.objects.filter(
                person_id=place.person, team_id=place.team, membership_id=place.membership, area_id=place.area
            )
            ids = list(seen.order_by("granted_at", "id").values_list("id", flat=True))
        alike = [
            one for one in self.places
            if (one.person, one.team, one.membership, one.area) == (place.person, place.team, place.membership, place.area)
        ]  # fmt: skip
        if len(ids) not in (0, len(alike)):
            raise Differs(f"{member.name} ser {len(ids)} av {len(alike)} tillträden")
        may = self.knows(member, place.person, lasting=True) and place.area == member.area_id
        asked = ids[alike.index(place)] if ids else uuid4()
        if self._do(
            f"{member.name} avslutar", may, cases.end_access, by=member.context, person_id=place.person, access_id=asked
        ):
            place.ended = True

    def recuse(self, who: int, which: int, whom: int) -> None:
        """Jäv for somebody of the own area."""
        person, other = self._person(which), self._member(whom)
        member = self._member(who, person)
        may = self.knows(member, person, lasting=True) and other.area_id == member.area_id
        act = people.recuse
        stated = any((o.person, o.user, o.area) == (person, other.user_id, member.area_id) for o in self.recused)
        if self._do(
            f"{member.name} jäv {other.name}", may, act, by=member.context, person_id=person, user_id=other.user_id,
            ground="close",
        ) and not stated:  # fmt: skip
            self.recused.append(Recused(person, other.user_id, member.area_id))

    def break_glass(self, who: int, which: int) -> None:
        """Nödåtkomst by number, into the own area only."""
        member, number = self._member(who), NUMBERS[which % len(NUMBERS)]
        allowed = Role(member.context.role) in READS and self.asked.get(member.membership_id, 0) < PER_HOUR
        theirs = sorted(
            p for p, n in self.numbers
            if n == number and any(one.person == p and one.area == member.area_id for one in self.places)
            and not any(one.person == p and one.user == member.user_id for one in self.recused)
            and (p not in self.lists or member.membership_id in self.lists[p])
        )  # fmt: skip
        person = theirs[0] if theirs else None
        before = person is not None and self.knows(member, person)
        if allowed:
            self.asked[member.membership_id] = self.asked.get(member.membership_id, 0) + 1
        done = self._do(
            f"{member.name} nödåtkomst", allowed and person is not None, emergencies.open_case, by=member.context,
            number=people.number(number), reason=REASON,
        )  # fmt: skip
        if done and not before:
            assert person is not None
            self._place(person, member.area_id, None, member.membership_id, emergency=True)

    def queue(self, who: int, which: int, what: int) -> None:
        """Somebody is put in the queue of an activity, by those who may write what being there tells."""
        person, category = self._person(which), ("plan", "health")[what % 2]
        member, activity = self._member(who, person), self.activities[category]
        may = self.knows(member, person, lasting=True) and category in WRITES.get(
            Role(member.context.role), frozenset()
        )
        may = may and not any(
            (one.person, one.area, one.activity) == (person, member.area_id, activity) for one in self.entries
        )
        made: list[UUID] = []
        if self._do(f"{member.name} köar {category}", may, lambda: made.append(_queued(member, person, activity))):
            self.entries.append(Entry(made[0], member.area_id, person, category, activity))

    def change_team(self, who: int) -> None:
        """Somebody leaves the team, or comes back."""
        member = self._member(who)
        places = TeamMember.objects.filter(membership_id=member.membership_id)
        if not places:
            return
        period = places[0].period
        if member.membership_id in self.team:
            self.team.discard(member.membership_id)
            places.update(period=(period.lower, period.lower + timedelta(days=1)))
        else:
            self.team.add(member.membership_id)
            places.update(period=(period.lower, None))
        self.told.append(f"{member.name} byter team")


def _participant(member: Member, number: str) -> UUID:
    return people.participant(member.context, text=number)


def _queued(member: Member, person: UUID, activity: UUID) -> UUID:
    with transactions.write(member.context):
        made, _may_give = guard.ask(
            "people_place_join", person, activity, None, None, [], None, None, None, timezone.now()
        )
    found: UUID = made
    return found


def _assign_team(member: Member, person: UUID, team: UUID, area: UUID) -> None:
    with transactions.write(member.context):
        cases.assign_team_within(by=member.context, person_id=person, team_id=team, area_id=area)
