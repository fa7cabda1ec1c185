"""The demo's employers: twenty with contacts, jobs and placements, two recruitment meetings, weeks noted, times laid out.

Done through the actions by those who would have done it. People on cases are those of the first team.
"""

import contextlib
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from uuid import UUID

from django.utils import timezone

from samkraft.audit.actions import transactions
from samkraft.initiatives.queries import teams
from samkraft.offer.actions import activities, employer_weeks, employers, recruitment_meetings
from samkraft.offer.actions.activities import ActivityDraft
from samkraft.offer.actions.employers import ContactDraft, EmployerDraft, OpeningDraft, TermsDraft
from samkraft.offer.actions.occasions import OccasionDraft
from samkraft.offer.actions.recruitment_meetings import MeetingDraft
from samkraft.offer.queries import catalogue
from samkraft.offer.queries import employers as asked
from samkraft.offer.rules import employer_time
from samkraft.offer.rules.employer_time import TimeKind
from samkraft.operations.database import time_travel
from samkraft.operations.world import arranged, employer_data, partners
from samkraft.partners.queries import organisations
from samkraft.partners.rules.roles import Role
from samkraft.people.actions import employer_placements, invitation_steps, invitations, recruitment
from samkraft.people.actions.places import place_coordination, places
from samkraft.people.queries import boards
from samkraft.people.queries import invitations as invitations_asked
from samkraft.people.queries.places import person_places
from samkraft.people.rules.invitations import Sent, Span
from samkraft.people.rules.places.place_states import State
from samkraft.values.context import Context
from samkraft.values.period import STOCKHOLM, day_in_stockholm
from samkraft.values.refusal import Refused

WHAT = "arbetsgivare, rekryteringsmöten och tider"
OFFICER, LABOUR, LEADER = "Åsa Ek", "Per Nyberg", "Kristina Holm"
TRAINEE = "Traineeplatser hos arbetsgivare"


def is_loaded() -> bool:
    """Whether the city's own workplace is there, which comes last."""
    return asked.of_organisation(organisations.ids()[employer_data.CITY[0]]) is not None


def load() -> None:
    """All of it, up to this moment."""
    with time_travel.allowed("påhittade arbetsgivare läggs in"):
        World().play()


@dataclass
class World:
    """Who acts, and the employers by name."""

    now: datetime = field(default_factory=lambda: timezone.now().astimezone(STOCKHOLM))
    chance: random.Random = field(default_factory=lambda: random.Random(25))  # noqa: S311 - invented, the same each time
    ids: dict[str, UUID] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.officer = partners.acting_with_people(OFFICER)
        self.labour = partners.acting_with_people(LABOUR)
        self.staff = (self.officer, self.labour)

    def play(self) -> None:
        """In the order in which one would have done it."""
        for number, firm in enumerate(employer_data.FIRMS):
            self._firm(number, firm)
        self._jobs()
        self._weeks()
        self._meetings()
        self._times()
        self._city()
        self._placements()

    def _firm(self, number: int, firm: employer_data.Firm) -> None:
        by = self.staff[number % 2]
        first = max(ago for ago, *_rest in firm.said)
        self.ids[firm.name] = employers.register(
            by=by, at=self.now - timedelta(days=first, hours=1),
            draft=EmployerDraft(
                name=firm.name, industry=firm.industry, district=firm.district, contact_name=firm.contact,
                contact_phone=firm.phone,
            ),
        )  # fmt: skip
        for ago, how, about, led_to, text, ahead in sorted(firm.said, reverse=True):
            moment = self.now - timedelta(days=ago)
            today = day_in_stockholm(self.now)
            # A day that has passed since: it was ahead when it was said.
            next_date = None if ahead is None else max(today + timedelta(days=ahead), day_in_stockholm(moment))
            employers.note_contact(
                by=by, employer_id=self.ids[firm.name], at=moment,
                draft=ContactDraft(day_in_stockholm(moment), how, about, led_to, text, next_date),
            )  # fmt: skip

    def _city(self) -> None:
        code, industry, district, contact, phone = employer_data.CITY
        self.ids[code] = employers.register(
            by=self.labour, at=self.now - timedelta(days=90),
            draft=EmployerDraft(
                organisation_id=organisations.ids()[code], industry=industry, district=district, contact_name=contact,
                contact_phone=phone,
            ),
        )  # fmt: skip
        # A meeting that has just been, about which the supervisor has not answered yet.
        just_been = (self.now - timedelta(days=2)).replace(hour=10, minute=0, second=0, microsecond=0)
        self._met(code, "Säsongsjobb i parkerna", just_been, 11)
        for ago, text, ahead in (
            (60, "Två platser i parken, med handledare på plats.", None),
            (8, "Uppföljning i parken.", 14),
        ):
            moment = self.now - timedelta(days=ago)
            employers.note_contact(
                by=self.labour, employer_id=self.ids[code], at=moment,
                draft=ContactDraft(
                    day_in_stockholm(moment), "visit", "placement", "offers", text,
                    day_in_stockholm(self.now) + timedelta(days=ahead) if ahead else None,
                ),
            )  # fmt: skip

    def _jobs(self) -> None:
        for number, (name, headline, many, needs, least, most, ahead) in enumerate(employer_data.JOBS):
            employers.tell_opening(
                by=self.staff[number % 2], employer_id=self.ids[name], at=self.now - timedelta(days=3 + number),
                draft=OpeningDraft(
                    headline=headline, places=many, needs=tuple(one for one in needs if one != "körkort"), scope_from=least, scope_to=most,
                    needs_licence="körkort" in needs, last_date=day_in_stockholm(self.now) + timedelta(days=ahead),
                ),
            )  # fmt: skip

    def _weeks(self) -> None:
        """Eight weeks of the first four teams: not everybody notes each week."""
        this = employer_time.monday_of(day_in_stockholm(self.now))
        for team in arranged.MALMOKRAFTEN.teams[:4]:
            for name in team.core:
                by = partners.acting_with_people(name)
                with transactions.read(by):
                    mine = teams.teams_of(by.membership_id, on=day_in_stockholm(self.now))
                if not mine:
                    continue
                usual = {"employment_officer": 1.5, "labour_market_secretary": 1.1}.get(by.role, 0.35)
                for back in range(employer_time.WEEKS_BACK, 0, -1):
                    if self.chance.random() < 0.2:
                        continue
                    minutes = {kind: 30 * round(usual * self.chance.uniform(1.5, 6.5)) for kind in TimeKind}
                    employer_weeks.note(
                        by=by, team_id=mine[0].id, monday=this - timedelta(weeks=back), minutes=minutes,
                        at=self.now - timedelta(weeks=back - 1, hours=1),
                    )  # fmt: skip

    def _meetings(self) -> None:
        """One that has been, with results, and one ahead."""
        been = (self.now - timedelta(days=12)).replace(hour=13, minute=0, second=0, microsecond=0)
        self._met(
            "Hamnlagret Logistik AB",
            "Lagerarbetare, plock",
            been,
            0,
            ("hired", "trial", "interview", "not_now", "no_show"),
        )
        ahead = (self.now + timedelta(days=9)).replace(hour=9, minute=0, second=0, microsecond=0)
        self._met("Bageriet Surdegen AB", "Köksbiträden till tre bagerier", ahead, 6)

    def _met(self, name: str, headline: str, starts: datetime, skip: int, results: tuple[str, ...] = ()) -> None:
        planned = min(starts - timedelta(days=20), self.now - timedelta(days=8))
        made = recruitment_meetings.plan(
            by=self.officer, employer_id=self.ids[name], at=planned,
            draft=MeetingDraft(headline, starts, starts + timedelta(hours=2), "Stora porten, våning 2", "at_employer", 8),
        )  # fmt: skip
        invited = []
        for number, (by, person) in enumerate(self._people(5, skip=skip)):
            moment = min(starts, self.now) - timedelta(days=4, hours=number + 1)
            with contextlib.suppress(Refused):  # somebody protected, or who has left meanwhile
                one = recruitment.invite(
                    by=by, person_id=person, meeting_id=made, fields=("name", "language")[: 1 + number % 2],
                    shown_how="together", shown_date=day_in_stockholm(moment), at=moment,
                )  # fmt: skip
                if number % 3 < 2:
                    recruitment.reply(
                        by=by, person_id=person, invitation_id=one, comes=True, at=moment + timedelta(hours=5)
                    )
                invited.append((by, person, one))
        for (by, person, one), result in zip(invited, results, strict=False):
            begins = day_in_stockholm(self.now) + timedelta(days=10) if result in ("hired", "trial") else None
            with contextlib.suppress(Refused):  # the same
                recruitment.note_result(
                    by=by, person_id=person, invitation_id=one, result=result, start_date=begins,
                    at=starts + timedelta(days=1, hours=2),
                )  # fmt: skip

    def _times(self) -> None:
        """Times of the two for the coming weeks; one who has chosen, one who has not answered, one who still may."""
        for by in self.staff:
            first = day_in_stockholm(self.now) + timedelta(days=2)
            span = Span(first, first + timedelta(days=18), (1, 3), time(9), time(11, 45), 45, 10)
            invitations.publish(by=by, span=span, place="Föreningsgatan 35", at=self.now - timedelta(days=25))
        for number, (by, person) in enumerate(self._people(4, skip=14)):
            made_at = self.now - timedelta(days=(9, 20, 3, 6)[number])
            with contextlib.suppress(Refused):  # the same
                made = invitations.make(by=by, person_id=person, hosts=[by.membership_id], at=made_at)
                invitations.send(by=by, invitation_id=made, sent=Sent.LETTER, at=made_at)
                if number in (0, 3):
                    with transactions.read(by):
                        free = invitations_asked.free_slots(by, now=self.now, hosts=[by.membership_id])
                    invitations.book(by=by, invitation_id=made, slot_id=free[number].id, at=made_at + timedelta(days=1))
                invitation_steps.follow(by=by, invitation_id=made, at=self.now)

    def _placements(self) -> None:
        leader = partners.acting(LEADER, Role.MAIN_PROJECT_LEADER)
        begins = self.now - timedelta(days=80)
        activity = activities.add(by=leader, at=begins, draft=ActivityDraft(
            name=TRAINEE, code="traineeplatser", kind="workplace", owner_id=organisations.ids()["af"],
            start_form="running", reveals="plan", decided_by="employment_officer", prerequisites=(), usual_weeks=12,
            outcomes=("Känner till yrket", "Har en referens"),
            initiative_id=None,
        ))  # fmt: skip
        for by in self.staff:
            place_coordination.appoint(by=leader, activity_id=activity, membership_id=by.membership_id, at=begins)
        for name, tasks, hours, many, weeks, supervisor, terms, afterwards in employer_data.PLACEMENTS:
            starts = day_in_stockholm(self.now) + timedelta(weeks=weeks)
            starts += timedelta(days=(7 - starts.weekday()) % 7)
            moment = self.now + timedelta(weeks=min(weeks, 0) - 1, hours=-3)
            made = employer_placements.agree(
                by=self.officer, employer_id=self.ids[name], places=many, at=moment,
                draft=OccasionDraft(
                    activity_id=activity, name=tasks, provider_id=self.ids[name], starts_on=starts,
                    ends_on=starts + timedelta(weeks=16), hours_a_week=hours, place_name=name,
                ),
                terms=TermsDraft(supervisor, tasks, afterwards, day_in_stockholm(moment), terms=terms),
            )  # fmt: skip
            if weeks < 0:
                self._take(activity, made, many - (weeks == -9), moment + timedelta(hours=1))

    def _take(self, activity: UUID, occasion: UUID, many: int, moment: datetime) -> None:
        """So many say yes to a place, an officer gives it, and they begin."""
        for by, person in self._people(many, skip=20 + 3 * (moment.day % 5)):
            with contextlib.suppress(Refused):  # who has such a place already
                places.join(by=by, person_id=person, activity_id=activity, occasion_id=occasion, at=moment)
        place_coordination.open_offering(by=self.officer, occasion_id=occasion, at=moment + timedelta(hours=1))
        held = catalogue.occasion(occasion)
        assert held is not None
        for by, person in self._people(60):
            with transactions.read(by):
                rows = person_places.of_person(by, person, at=moment + timedelta(hours=2))
            for row in rows:
                if row.occasion_id != occasion or row.state is not State.OFFERED or row.hold_id is None:
                    continue
                with contextlib.suppress(Refused):  # an offer that has run out
                    self._begin(by, person, row.hold_id, row.entry_id, moment + timedelta(hours=3), held.starts_on)

    def _begin(self, by: Context, person: UUID, hold: UUID, entry: UUID, at: datetime, starts: object) -> None:
        places.answer(by=by, person_id=person, hold_id=hold, accepts=True, at=at)
        places.disclose(
            by=by, person_id=person, entry_id=entry, receiver="provider", fields=("name", "language"),
            shown_how="together", shown_date=day_in_stockholm(at), at=at,
        )  # fmt: skip
        places.decide(
            by=self.officer, hold_id=hold, granted=True, number=f"AF-{at:%y%m}-{hold.hex[:5]}",
            decided_date=day_in_stockholm(at), at=at + timedelta(hours=1),
        )  # fmt: skip
        places.start(by=by, person_id=person, hold_id=hold, on=starts, at=at + timedelta(days=8))  # type: ignore[arg-type]  # the occasion's first day

    def _people(self, many: int, *, skip: int = 0) -> Iterator[tuple[Context, UUID]]:
        """So many of those whose process the officer leads, who take part since two months."""
        with transactions.read(self.officer):
            rows = boards.led(self.officer, [self.officer.membership_id])
        since = day_in_stockholm(self.now) - timedelta(days=60)
        found = [row for row in rows if row.exited_on is None and row.started_on and row.started_on < since]
        ordered = sorted(found, key=lambda row: row.person_id)
        for row in ordered[skip : skip + many]:
            yield self.officer, row.person_id
