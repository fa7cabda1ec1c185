"""Fills the catalogue, the queues and the lists of the demo: half a year of people who wait, are offered, say yes or no.

Everything is done by the database's own functions, in the order in which it happened, by those who would have done it.
"""

import contextlib
import heapq
import itertools
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from samkraft.audit.actions import trail, transactions
from samkraft.initiatives.queries import codes
from samkraft.offer.actions import activities, occasions, proposals
from samkraft.offer.actions.activities import ActivityDraft
from samkraft.offer.actions.occasions import OccasionDraft
from samkraft.offer.actions.proposals import ProposalDraft
from samkraft.offer.queries import catalogue as asked
from samkraft.operations.database import time_travel
from samkraft.operations.world import arranged, partners, waiting_lives
from samkraft.operations.world import catalogue as data
from samkraft.partners.queries import organisations
from samkraft.partners.rules.roles import Role
from samkraft.people.actions import guard
from samkraft.people.actions.places import place_coordination, place_proposals
from samkraft.values.context import Context
from samkraft.values.period import STOCKHOLM, day_in_stockholm
from samkraft.values.refusal import Refused

WHAT = "aktiviteter, köer och platser"
COORDINATOR, PROVIDER, SECOND = "Rebecca Ström", "Anton Skog", "Per Nyberg"
DAYS_BACK = 100


def is_loaded() -> bool:
    """Whether the catalogue has its last activity."""
    return asked.activity(data.ALL[-1].code) is not None


def load() -> None:
    """All of it, up to this moment."""
    with time_travel.allowed("påhittade köer läggs in"):
        World().play()


@dataclass
class World:
    """Who acts, and what waits to happen. `soon` is a heap of (when, number, what)."""

    now: datetime = field(default_factory=lambda: timezone.now().astimezone(STOCKHOLM))
    chance: random.Random = field(default_factory=lambda: random.Random(20))  # noqa: S311 - invented people, the same each time
    soon: list[tuple[datetime, int, Callable[[datetime], None]]] = field(default_factory=list)
    ids: dict[str, UUID] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._number = itertools.count()
        self.begins = self.now - timedelta(days=DAYS_BACK)
        self.leader = partners.acting("Kristina Holm", Role.MAIN_PROJECT_LEADER)
        self.city = partners.acting("Fatima Said", Role.SUBPROJECT_LEADER)
        self.coordinator = partners.acting(COORDINATOR, Role.PLACE_COORDINATOR)
        self.provider = partners.acting(PROVIDER, Role.PROVIDER)
        self.lives = waiting_lives.read(self.chance)

    def at(self, moment: datetime, deed: Callable[[datetime], None]) -> None:
        """Let something happen then, unless it lies ahead."""
        if moment < self.now:
            heapq.heappush(self.soon, (moment, next(self._number), deed))

    def play(self) -> None:
        """Lay the catalogue out, then let everything happen in order."""
        for one in data.ALL:
            self._lay_out(one)
        while self.soon:
            moment, _, deed = heapq.heappop(self.soon)
            with contextlib.suppress(Refused):  # somebody was quicker, or the time was out: as in life
                deed(moment)
        self._propose()

    def do(
        self, by: Context, moment: datetime, action: str, subject: tuple[str, object], function: str, *said: Any
    ) -> Any:
        """One question to a guard function as somebody, with its trace."""
        with transactions.write(by):
            answer = guard.ask(function, *said)
            trail.record(by=by, at=moment, action=action, subject_kind=subject[0], subject_id=subject[1])
        return answer

    def _lay_out(self, one: data.Activity) -> None:
        owners = organisations.ids()
        by = self.city if one.owner == "asn" and not one.own else self.leader
        self.ids[one.code] = activities.add(by=by, at=self.begins, draft=ActivityDraft(
            name=one.name, code=one.code, kind=one.kind, owner_id=owners[one.owner], start_form="joint" if one.joint else "running",
            reveals=one.reveals, decided_by=one.decided_by, prerequisites=one.needs, usual_weeks=one.weeks, outcomes=one.leads_to,
            initiative_id=codes.initiatives()[arranged.MALMOKRAFTEN.undertaking.code] if one.own else None,
        ))  # fmt: skip
        for name, role in ((COORDINATOR, Role.PLACE_COORDINATOR), (SECOND, Role.LABOUR_MARKET_SECRETARY)):
            if name == COORDINATOR or one.code == "arbetstraningsplatser":
                place_coordination.appoint(
                    by=by,
                    activity_id=self.ids[one.code],
                    membership_id=partners.acting(name, role).membership_id,
                    at=self.begins,
                )
        if one.code in data.ORDERED:
            activities.decide_priority(
                by=by, activity_id=self.ids[one.code], classes=data.ORDER, start_date=day_in_stockholm(self.begins) + timedelta(days=1),
                reference="Styrgruppen, påhittat beslut", at=self.begins,
            )  # fmt: skip
        self._occasions(one)
        waiting_lives.begin(self, one)

    def _occasions(self, one: data.Activity) -> None:
        """Running intake is one occasion that goes on; joint starts come at intervals, some ahead."""
        first = day_in_stockholm(self.begins) + timedelta(days=7)
        starts = [first]
        if one.joint:
            gap = 42 if (one.weeks or 0) < 15 else 70
            starts = [first + timedelta(days=gap * number) for number in range((DAYS_BACK + 75) // gap)]
        for number, day in enumerate(starts):
            day += timedelta(days=(7 - day.weekday()) % 7)
            made = datetime.combine(day - timedelta(days=35), time(10), STOCKHOLM)
            moment = min(max(made, self.begins + timedelta(hours=1)), self.now - timedelta(days=1))
            self.at(moment, lambda when, day=day, number=number: self._occasion(one, day, number, when))

    def _occasion(self, one: data.Activity, day: date, number: int, when: datetime) -> None:
        where, district = data.PLACES[self.chance.randrange(len(data.PLACES))]
        last = day + timedelta(weeks=one.weeks or 26) - timedelta(days=3) if one.joint else None
        draft = OccasionDraft(
            activity_id=self.ids[one.code], name=f"Start {day.day}/{day.month}" if one.joint else "Löpande intag",
            provider_id=self.provider.organisation_id, starts_on=max(day, day_in_stockholm(when)), ends_on=last,
            hours_a_week=one.hours, place_name=where, district=district,
            languages=("sv", *self.chance.sample(("en", "ar", "so", "sv-lt"), 1)), accessible=("step_free", "interpreter", "part_days")[: 1 + number % 3],
        )  # fmt: skip
        made = place_coordination.add_occasion(
            by=self.coordinator, draft=draft, places=max(3, one.places // 2), at=when
        )
        if one.queue and one.hours >= 4:
            days = (0, 2) if one.hours < 20 else (0, 1, 3)
            occasions.plan_weekly(
                by=self.coordinator, occasion_id=made, weekdays=days, starts=time(9), ends=time(12), at=when
            )
            waiting_lives.attend(self, made)
        self.at(when + timedelta(hours=1), lambda later: self._open(made, one, later))

    def _open(self, occasion_id: UUID, one: data.Activity, when: datetime) -> None:
        """Open it and, so long as it goes on, look at it each week: what nobody answered goes to the next."""
        self.do(
            self.coordinator,
            when,
            "occasion.open",
            ("offer.occasion", occasion_id),
            "people_place_open",
            occasion_id,
            when,
        )
        waiting_lives.look(self, one, when)
        self.at(when + timedelta(days=12), lambda later: self._open(occasion_id, one, later))

    def _propose(self) -> None:
        """What the provider has proposed: one is entered, one is refused with a reason, one waits for an answer."""
        last = max(asked.occasions(activity_id=self.ids["jobbspar"]), key=lambda one: one.starts_on)
        other = max(asked.occasions(activity_id=self.ids["studieforberedande-moduler"]), key=lambda one: one.starts_on)
        first = last.starts_on + timedelta(weeks=6)
        monday = first - timedelta(days=first.weekday())
        asked_at = (self.now - timedelta(days=9), self.now - timedelta(days=6), self.now - timedelta(days=2))
        entered = ProposalDraft(
            last.id, "start", "Vi har lokal och lärare till en grupp till i vinter.", starts_on=monday
        )
        refused = ProposalDraft(other.id, "change", "Vi vill ha en mindre grupp.", places=3)
        waits = ProposalDraft(last.id, "change", "Vi har fått en större lokal och kan ta emot fler.", places=8)
        made = [
            proposals.propose(by=self.provider, draft=draft, at=moment)
            for draft, moment in zip((entered, refused, waits), asked_at, strict=True)
        ]
        place_proposals.agree(
            by=self.coordinator, proposal_id=made[0], words="Bra, det behövs.", at=asked_at[0] + timedelta(days=1)
        )
        proposals.answer(
            by=self.coordinator, proposal_id=made[1], agrees=False, at=asked_at[1] + timedelta(days=1),
            words="Fler än så väntar. Vi pratar om hur ni kan få hjälp i stället.",
        )  # fmt: skip
