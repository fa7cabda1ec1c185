"""Deeds that tell somebody outside of people: invitations to meet an employer, and proposals of places that are adopted.

The rules' own answer beside the database's: who may invite, what the employer is told of each, which rows a proposal has, who
is offered a place, and who reads what of it afterwards.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from samkraft.audit.actions import transactions
from samkraft.partners.rules.roles import Role
from samkraft.people.actions import guard
from samkraft.people.actions.places import place_coordination, place_suggestions
from samkraft.people.queries import recruitment
from samkraft.people.queries.places import place_suggestions as asked
from samkraft.people.rules import secrecy
from samkraft.people.rules.categories import READS, WRITES
from samkraft.people.rules.places.place_suggestions import Adopted
from samkraft.values.period import day_in_stockholm
from tests.factories import employers, partners, places
from tests.factories.joint_work import Way
from tests.factories.partners import Member
from tests.people import world
from tests.people.random_lists import Differs, Entry, Lists

MOST = 4  # who can be invited at once
FIELDS = (("name", "phone"), ("interpreter",), ("name", "language", "interpreter"), ())
TOLD = """
SELECT 'recruitmentinvitation', id::text, '' FROM people_recruitmentinvitation
UNION ALL SELECT 'placesuggestion', id::text, '' FROM people_placesuggestion
UNION ALL SELECT 'placeadoption', suggestion_id::text, result FROM people_placeadoption
UNION ALL SELECT 'placehold', entry_id::text, '' FROM people_placehold
"""
REASON = "Så får en till plats. Du står kvar där du stod."


@dataclass(eq=False, slots=True)
class Invited:
    """An invitation to the meeting."""

    id: UUID
    area: UUID
    person: UUID
    told: set[str]  # of the card, the day that the person was invited
    reply: str = "none"
    ended: bool = False
    moved_from: UUID | None = None
    category: str = "plan"


@dataclass(eq=False, slots=True)
class Suggested:
    """One row of a proposal, and the results of adopting it: of the person whom the entry is of."""

    id: UUID
    entry: Entry
    occasion: UUID | None
    results: list[Adopted]


class Outside(Lists):
    """Deeds on what is told outside."""

    def __init__(self) -> None:
        super().__init__()
        made = self.setting
        offered = places.Offered(
            made, self.activities["plan"], partners.member(Role.PLACE_COORDINATOR, "af", name="Pia Plats"),
            partners.member(Role.PROVIDER, places.PROVIDER, name="Ulla Utförare"),
            partners.organisation(places.PROVIDER),
        )  # fmt: skip
        self.coordinator = offered.coordinator
        for activity in self.activities.values():
            place_coordination.appoint(
                by=made.leader.context, activity_id=activity, membership_id=self.coordinator.membership_id
            )
        way = Way(made, uuid4(), timezone.now())
        self.occasions: dict[UUID, UUID] = {}
        for activity in self.activities.values():
            offered.activity_id = activity
            self.occasions[activity] = offered.occasion(way, places=2)
        self.left = dict.fromkeys(self.activities.values(), 2)  # free places
        worker = partners.member(Role.LABOUR_MARKET_SECRETARY, "asn", name="Malte Möte")
        code = f"bageriet-{uuid4().hex[:8]}"  # another in each world, where several are played in one database
        self.employer = employers.representative(code)
        self.meeting = employers.meeting(
            worker, employers.employer(worker, code), timezone.now() + timedelta(days=5), most=MOST
        )
        self.invited: list[Invited] = []
        self.suggested: dict[UUID, list[Suggested]] = {}
        self.offered: list[Entry] = []

    def invite(self, who: int, which: int, what: int) -> None:
        """Somebody is invited, and the employer told fields of the card; of the protected none that can be traced."""
        person, fields = self._person(which), FIELDS[what % len(FIELDS)]
        member = self._member(who, person)
        role = Role(member.context.role)
        may = self.knows(member, person, lasting=True) and "plan" in WRITES.get(role, frozenset())
        may = may and "contact" in READS.get(role, frozenset())
        may = may and not any((i.person, i.area, i.ended) == (person, member.area_id, False) for i in self.invited)
        may = may and sum(not i.ended and i.reply != "no" for i in self.invited) < MOST
        may = may and (person not in self.lists or set(fields) <= {"interpreter"})
        made: list[UUID] = []
        if self._do(
            f"{member.name} bjuder in", may, lambda: made.append(_invite(member, person, self.meeting, fields))
        ):
            has_card = any((r.area, r.person, r.kind) == (member.area_id, person, "card") for r in self.rows)
            told = set(fields) & ({"name", "interpreter", "language"} if has_card else {"name", "interpreter"})
            self.invited.append(Invited(made[0], member.area_id, person, told))

    def answer_invitation(self, who: int, which: int, what: int) -> None:
        """Yes, no, or taken back: by those on the case in the area that invited."""
        if not self.invited:
            return
        one, said = self.invited[which % len(self.invited)], ("yes", "no", "withdrawn")[what % 3]
        member = self._member(who, one.person)
        may = self.knows(member, one.person) and member.area_id == one.area and not one.ended
        may = may and "plan" in WRITES.get(Role(member.context.role), frozenset())
        if self._do(f"{member.name} svarar {said}", may, _answer, member, one.id, said):
            one.ended, one.reply = said == "withdrawn", one.reply if said == "withdrawn" else said

    def propose(self, who: int, which: int) -> None:
        """A proposal for an activity: everybody who could take the occasion is proposed for it, whatever there is room for."""
        by = self.coordinator if who % 4 else self.members[who % len(self.members)]
        activity = self.activities[("plan", "health")[which % 2]]
        proposal, rows = uuid4(), list[Any]()
        occasion = self.occasions[activity]

        def act() -> None:
            with transactions.write(by.context):
                at = timezone.now()
                rows.extend(place_suggestions.line_up_within(
                    proposal_id=proposal, activity_ids=[activity], occasion_ids=[occasion], at=at))  # fmt: skip
                said = [
                    {"key": row.key, "occasion": occasion if row.may_have else None, "queue": None, "passes": 0,
                     "why": "same" if row.may_have else "no_room", "why_not": None}
                    for row in rows
                ]  # fmt: skip
                place_suggestions.suggest_within(proposal_id=proposal, rows=said, at=at)

        if not self._do(f"{by.name} föreslår", by is self.coordinator, act):
            return
        waits = [one for one in self.entries if one.activity == activity and one not in self.offered]
        busy = {one.person for one in self.offered if one.activity == activity}
        told = {one.entry_id: one for one in places.asked(self.coordinator, asked.of_proposal, proposal)}
        if {one.id for one in waits} != told.keys():
            raise Differs(f"förslaget har {len(told)} rader, {len(waits)} väntar efter {self.told}")
        free = {one.id for one in waits if one.person not in busy}
        if {one for one, row in told.items() if row.occasion_id} != free:
            raise Differs(f"förslaget ger {told} och {free} är lediga efter {self.told}")
        self.suggested[proposal] = [
            Suggested(row.id, next(e for e in waits if e.id == entry), row.occasion_id, [])
            for entry, row in told.items()
        ]

    def adopt(self, who: int, which: int, whom: int) -> None:
        """One row is adopted, by the coordinator or by somebody who is not."""
        if not self.suggested:
            return
        proposal = list(self.suggested)[which % len(self.suggested)]
        rows = self.suggested[proposal]
        if not rows:
            return
        row = rows[whom % len(rows)]
        by = self.coordinator if who % 4 else self.members[who % len(self.members)]
        may = by is self.coordinator and row.occasion is not None
        became = self._becomes(row)
        found = list[Any]()
        if self._do(f"{by.name} antar", may, lambda: found.extend(place_suggestions.adopt(
            by=by.context, proposal_id=proposal, suggestion_ids=[row.id], reason=REASON))):  # fmt: skip
            if [one.became for one in found] != [became]:
                raise Differs(f"blev {found}, {became} i listorna efter {self.told}")
            row.results.append(became)
            if became is Adopted.OFFERED:
                self._offer(row.entry, found[0].passed)

    def _offer(self, entry: Entry, passed: int) -> None:
        """Everybody who stands before and could take the place is told why, and so is whoever gets it."""
        busy = {one.person for one in self.offered if one.activity == entry.activity}
        line = [one for one in self.entries if one.activity == entry.activity and one.person not in busy]
        before = line[: line.index(entry)]
        if passed != len(before):
            raise Differs(f"{passed} förbigångna, {len(before)} står före efter {self.told}")
        for one in before:
            one.events += 1
        entry.events += 2 if before else 1
        self.offered.append(entry)
        self.left[entry.activity] -= 1

    def _becomes(self, row: Suggested) -> Adopted:
        if Adopted.OFFERED in row.results:
            return Adopted.ALREADY
        if any((e.person, e.activity) == (row.entry.person, row.entry.activity) for e in self.offered):
            return Adopted.HOLDING
        return Adopted.OFFERED if self.left[row.entry.activity] else Adopted.FULL

    def compare(self) -> None:
        """What is inside, and what the employer is told of each who is invited."""
        super().compare()
        with transactions.read(self.employer.context):
            listed = {
                one.invitation_id: one.told for one in recruitment.candidates(self.employer.context, self.meeting)
            }
        foretold = {one.id: self._told(one) for one in self.invited if not one.ended}
        if {key: set(told) for key, told in listed.items()} != foretold:
            raise Differs(f"arbetsgivaren får veta {listed} i stället för {foretold} efter {self.told}")
        for outside in (self.employer, self.coordinator):
            if seen := _read(outside):
                raise Differs(f"{outside.name} ser {seen} efter {self.told}")

    def _told(self, one: Invited) -> set[str]:
        return one.told & {"interpreter"} if one.person in self.lists else one.told

    def _answers(self, member: Member) -> dict[str, tuple[list[Any], list[Any]]]:
        found = super()._answers(member)

        def may(one: Entry | Invited) -> bool:
            return self._may(secrecy.may_know, member, one.area, one.person, one.category)

        rows = [row for several in self.suggested.values() for row in several if may(row.entry)]
        foretold: dict[str, list[tuple[str, str]]] = {
            "recruitmentinvitation": [(str(one.id), "") for one in self.invited if may(one)],
            "placesuggestion": [(str(row.id), "") for row in rows],
            "placeadoption": [(str(row.id), result.value) for row in rows for result in row.results],
            "placehold": [(str(one.id), "") for one in self.offered if may(one)],
        }
        answered = _read(member)
        return found | {table: (told, answered.get(table, [])) for table, told in foretold.items()}


def _read(member: Member) -> dict[str, list[tuple[str, str]]]:
    """Everything of what is told outside that one may read inside, by table."""
    found: dict[str, list[tuple[str, str]]] = {}
    for table, one, more in world.rows(member.context, TOLD):
        found.setdefault(table, []).append((one, more))
    return found


def _invite(member: Member, person: UUID, meeting: UUID, fields: tuple[str, ...]) -> UUID:
    at = timezone.now()
    with transactions.write(member.context):
        made: UUID = guard.ask(
            "people_recruitment_invite", person, meeting, None, None, list(fields), "agreed", "together",
            day_in_stockholm(at), at,
        )  # fmt: skip
    return made


def _answer(member: Member, invitation: UUID, said: str) -> None:
    with transactions.write(member.context):
        guard.ask("people_recruitment_reply", invitation, said, timezone.now())
