"""The joint work for tests: an initiative with phases and rules, and a person on the way through it, by the actions."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from samkraft.audit.actions import transactions
from samkraft.audit.models import Event
from samkraft.initiatives.actions import arrangements, teams
from samkraft.initiatives.rules.rule_sets import Agrees, Question, RuleSet
from samkraft.initiatives.rules.teams import PhaseDraft
from samkraft.partners.rules.roles import Role
from samkraft.people.actions import cases, consents, duplicates, enrolments, plans, referrals
from samkraft.people.models import ConsentScope, Match, Overview
from samkraft.people.queries import contributions
from samkraft.people.queries import plans as asked
from samkraft.people.rules import overviews
from samkraft.people.rules.consents import ConsentDraft
from samkraft.people.rules.held import Held
from samkraft.values.context import Context
from samkraft.values.identity_number import IdentityNumber
from samkraft.values.period import day_in_stockholm
from tests.factories import partners, people
from tests.factories.partners import Member
from tests.factories.people import Setting

SIX_MONTHS = RuleSet(
    limit_days=182,
    promise_days=90,
    follow_up_months=(1, 3, 6),
    least_weekly_hours=2,
    agreement_parties=(Agrees.PARTICIPANT, Agrees.WRITING_AREAS),
    start_check=(
        Question("in_city", "Är personen folkbokförd i kommunen?", must_hold=True),
        Question("twelve_months", "Har personen varit inskriven i tolv månader?"),
    ),
)
NO_LIMIT = RuleSet(agreement_parties=(Agrees.PARTICIPANT,))
PHASES = (PhaseDraft(1, "Kartläggning", 91, True), PhaseDraft(2, "Kompetens", 91, True), PhaseDraft(3, "Utmatchning"))


@dataclass
class Way:
    """A person's way and the clock of the test: `after` moves it, and `at` is given to every action."""

    setting: Setting
    person_id: UUID
    moment: datetime
    enrolment_id: UUID | None = None

    @property
    def at(self) -> datetime:
        """Now; a second later each time, so that no two things happen at once."""
        self.moment += timedelta(seconds=1)
        return self.moment

    @property
    def today(self) -> date:
        """The day of the test's clock, in Sweden."""
        return day_in_stockholm(self.moment)

    def after(self, days: int) -> datetime:
        """So many days later."""
        self.moment += timedelta(days=days)
        return self.at

    def held(self, member: Member) -> list[Held]:
        """What the member's area holds and the member may read."""
        with transactions.read(member.context):
            return contributions.held(member.context, self.person_id)

    def joint(self, member: Member) -> asked.Joint:
        """The joint work as the member may know it."""
        with transactions.read(member.context):
            return asked.joint(member.context, self.person_id, today=self.today)

    def step(self, member: Member, title: str, *, category: str | None = None, **said: Any) -> UUID:
        """A step of the member's own part."""
        content = {"title": title, "step_kind": "other", "body_area_id": str(member.area_id), **said}
        return plans.add(
            by=member.context, person_id=self.person_id, kind="step", content=content, category=category, at=self.at
        )

    def goal(self, member: Member, words: str = "Jag vill arbeta i kök.", **said: Any) -> UUID:
        """The person's goal, in the person's voice."""
        return plans.add(
            by=member.context, person_id=self.person_id, kind="goal", content={"words": words, **said},
            voice="participant", at=self.at,
        )  # fmt: skip

    def version_of(self, member: Member, lineage: UUID) -> int:
        """The newest version of a thing that the member's area holds."""
        return max(held.version for held in self.held(member) if held.lineage == lineage)


def setting() -> Setting:
    """The joint team of `people.joint`, with three phases, a limit of six months, and the two who are called in."""
    made = people.joint()
    by = made.leader.context
    arrangements.set_phases(by=by, initiative_id=made.initiative_id, phases=PHASES)
    arrangements.decide_rules(by=by, initiative_id=made.initiative_id, rule_set=SIX_MONTHS, start_date=date(2022, 1, 3))
    for member in (made.insurance, made.care):
        teams.add_member(
            by=by, team_id=made.team_id, membership_id=member.membership_id, personal=True, start_date=date(2022, 1, 3)
        )
    return made


def referred(
    made: Setting, by: Member, *, at: datetime | None = None, number: IdentityNumber | None = None, **answers: str
) -> Way:
    """A person whom the member has referred today."""
    moment = at or timezone.now()
    found = referrals.refer(
        by=by.context,
        number=number,
        card={"given_name": "Amira", "family_name": "Haddad-Lund", "language": "arabiska", "interpreter": True},
        referral={
            "how": "remittering",
            "reason": "Behöver flera parter.",
            "received_on": day_in_stockholm(moment).isoformat(),
            "start_check": answers,
        },
        initiative_id=made.initiative_id,
        at=moment,
    )
    return Way(made, found.person_id, moment)


def begun(made: Setting, by: Member, *, at: datetime | None = None, number: IdentityNumber | None = None) -> Way:
    """A person who has begun today with the member as process lead, known to the member's area alone."""
    way = referred(made, by, at=at, number=number)
    way.enrolment_id = enrolments.enrol(
        by=by.context,
        person_id=way.person_id,
        initiative_id=made.initiative_id,
        team_id=made.team_id,
        started_on=way.today,
        lead_membership_id=by.membership_id,
        at=way.at,
    )
    return way


def known_to_two(*, days: int = 0, at: datetime | None = None) -> Way:
    """Enrolled by the social services, who have put the employment officer on the case; so many days ago."""
    made = setting()
    way = begun(made, made.social, at=at)
    join(way, made.social, made.officer)
    if days:
        way.after(days)
    return way


def consent(way: Way, by: Context, to_area_id: UUID, categories: Sequence[str]) -> UUID:
    """The person lets the area of `by` hand over to another, for two years."""
    draft = ConsentDraft(
        to_area_id=to_area_id,
        categories=tuple(categories),
        purpose="Planera tillsammans",
        last_date=day_in_stockholm(timezone.now()) + timedelta(days=730),
        giver="Amira Haddad-Lund",
    )
    return consents.give(by=by, person_id=way.person_id, draft=draft)


def join(
    way: Way, host: Member, *members: Member, categories: Sequence[str] = ("enrolment", "contact", "plan")
) -> None:
    """The person agrees to take part jointly, both ways: each member's area and the host's tell each other.

    The members of the team in each area come on the case.
    """
    for member in members:
        consent(way, host.context, member.area_id, categories)
        enrolments.let_in(by=host.context, person_id=way.person_id, area_id=member.area_id, at=way.at)
        consent(way, member.context, host.area_id, categories)


def trail(way: Way, member: Member) -> list[Event]:
    """What the member may see of what was done with the person."""
    with transactions.read(member.context):
        return list(Event.objects.filter(subject_id=str(way.person_id)).order_by("id"))


def assign(way: Way, by: Member, member: Member) -> None:
    """Put one more on the case personally."""
    cases.assign(by=by.context, person_id=way.person_id, membership_id=member.membership_id, at=way.at)


def area_without_part() -> UUID:
    """An area that is party to nothing unless a test says so."""
    return partners.area(partners.organisation("gvn"))


def colleague(made: Setting, like: Member) -> Member:
    """One more in the same role and area, in no team."""
    return partners.member(Role(like.context.role), name="Eva Kollega")


def another_team(made: Setting) -> UUID:
    """One more team of the initiative, with nobody in it."""
    return teams.add_team(
        by=made.leader.context, initiative_id=made.initiative_id, number=5, name="Team 5", places=150,
        start_date=date(2022, 1, 3),
    )  # fmt: skip


def require_same_row(way: Way, *members: Member) -> None:
    """The database's row of the board is what the fold makes of the same contributions, for each member's area."""
    for member in members:
        with transactions.read(member.context):
            row = Overview.objects.filter(person_id=way.person_id).order_by("-started_on").first()
            held = contributions.held(member.context, way.person_id)
            scopes = ConsentScope.objects.filter(person_id=way.person_id, withdrawn_at=None)
            ends = [day_in_stockholm(scope.period.upper) for scope in scopes]
        assert row is not None
        folded = overviews.fold(held, row.enrolment_id, ends)
        assert folded is not None
        for one in fields(folded):
            told = getattr(row, one.name)
            assert (tuple(told) if one.name == "meetings" else told) == getattr(folded, one.name), one.name


def join_duplicates(known: Way, newer: Way) -> None:
    """The steward of duplicates finds that the two are one person."""
    steward = partners.member(Role.DUPLICATE_STEWARD).context
    with transactions.read(steward):
        found = Match.objects.get(known_id=known.person_id, newer_id=newer.person_id)
    duplicates.join(by=steward, match_id=found.id, reason="Samma nummer")
    newer.person_id = known.person_id
