"""A round of Ung i sommar for tests, built through the actions: planned, applied to, drawn, placed, confirmed.

`planned()` gives a round in its own area with a workplace and its supervisor; the rest are the steps, one after another.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid4

from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange
from django.utils import timezone

from samkraft.audit.actions import transactions
from samkraft.offer.actions import summer_rounds
from samkraft.offer.actions.summer_rounds import RoundDraft, WorkplaceDraft
from samkraft.offer.models import SummerPeriod, SummerRound
from samkraft.offer.queries import summer_rounds as rounds
from samkraft.offer.rules.summer_rounds import Form, SchoolYear, Strata
from samkraft.operations.world.people import numbers
from samkraft.partners.rules.organisations import OrganisationKind
from samkraft.partners.rules.roles import Role
from samkraft.people.actions.summer import summer_applications, summer_draws, summer_guardians, summer_placing
from samkraft.people.actions.summer.summer_applications import Wishes
from samkraft.people.models import SummerGuardian, SummerPlacement
from samkraft.people.queries.summer import summer_links
from samkraft.people.queries.summer.summer_links import Link
from samkraft.people.rules.summer.summer_applications import Application, Guardian
from samkraft.values import identity_number
from samkraft.values.identity_number import IdentityNumber, Kind, Sex
from samkraft.values.period import STOCKHOLM
from tests.factories import partners
from tests.factories.partners import Member

SEED = "ett frö som ingen annan känner"
DAYS = tuple((weekday, time(8, 30), time(15, 30), 60) for weekday in range(1, 6))


@dataclass
class Round:
    """A round with those around it. `links` are the young people's own, by given name."""

    id: UUID
    holder: Member
    supervisor: Member
    supervisor_id: UUID
    workplace_id: UUID
    links: dict[str, Link] = field(default_factory=dict)

    @property
    def by(self) -> object:
        """Whoever holds the round."""
        return self.holder.context

    @property
    def row(self) -> rounds.RoundRow:
        """The round as it is read."""
        return rounds.one(self.id)


def yesterday_at(hour: int, minute: int = 0, *, days_ago: int = 1) -> datetime:
    """An hour of a day that has been, in Sweden."""
    day = timezone.now().astimezone(STOCKHOLM).date() - timedelta(days=days_ago)
    return datetime.combine(day, time(hour, minute), STOCKHOLM)


def planned(
    *, form: Form = Form.JOB, places: int = 2, strata: Strata = Strata.NONE, hours: Sequence[tuple[int, time, time, int]] = DAYS,
    tasks: frozenset[str] = frozenset({"cleaning"}), checked: bool = True, handles_protected: bool = True,
    priority_places: int = 0,
) -> Round:  # fmt: skip
    """An open round, its seed said by fingerprint, one workplace with places in two periods of next year's weeks 25–32."""
    holder = partners.member(Role.PLACE_COORDINATOR, "ama", name="Vera Sommar")
    body = partners.organisation("parkbolaget", OrganisationKind.COMPANY)
    supervisor = partners.member(Role.EMPLOYER, "parkbolaget", name="Hans Handledare")
    now = timezone.now()
    year = now.year + 1
    made = summer_rounds.plan(
        by=holder.context,
        draft=RoundDraft(
            code=f"sommar-{uuid4().hex[:8]}", name="Sommarjobb", form=form, opens=now - timedelta(days=20),
            closes=now + timedelta(days=2), weeks=((year, 25, 28), (year, 29, 32)), born_from=now.year - 19,
            born_to=now.year - 13, school_years=tuple(SchoolYear), strata=strata, priority_places=priority_places,
        ),
    )  # fmt: skip
    summer_draws.name_holder(
        by=holder.context, round_id=made, membership_id=holder.membership_id, handles_protected=handles_protected
    )
    summer_rounds.publish_seed(
        by=holder.context, round_id=made, source="Ett frö i ett förseglat kuvert",
        fingerprint=hashlib.sha256(SEED.encode()).hexdigest(),
    )  # fmt: skip
    workplace = summer_rounds.add_workplace(
        by=holder.context,
        round_id=made,
        draft=WorkplaceDraft(
            name="Parken", organisation_id=body, area_id=supervisor.area_id, does="Krattar gångar och vattnar.",
            places={1: places, 2: places}, hours=tuple(hours), tasks=tasks, least_age=13,
        ),
    )  # fmt: skip
    supervises = summer_rounds.add_supervisor(
        by=holder.context, workplace_id=workplace, membership_id=supervisor.membership_id,
        start_date=date(now.year - 1, 1, 1), last_day=date(year + 1, 1, 1),
    )  # fmt: skip
    if checked:
        summer_rounds.check_supervisor(by=holder.context, supervisor_id=supervises)
    if form is Form.JOB:
        for age, ore in ((13, 9_000), (16, 11_050), (18, 13_500)):
            summer_rounds.set_wage(
                by=holder.context, round_id=made, from_age=age, hourly_ore=ore, source="Beslut i nämnden"
            )
    return Round(made, holder, supervisor, supervises, workplace)


def number(born: date, sex: Sex = Sex.WOMAN) -> IdentityNumber:
    """A number for tests, of somebody born that day."""
    digits = numbers.whole(born, 239 if sex is Sex.MAN else 238, Kind.PERSONAL)
    return identity_number.read(digits, timezone.now().date())


def born(age: int, *, days: int = 30) -> date:
    """The birthday of somebody who turned this old some days ago."""
    today = timezone.now().date()
    return date(today.year - age, today.month, min(today.day, 28)) - timedelta(days=days)


def link(given: Round, *, email: str = "") -> Link:
    """A personal link to the application, as it was sent."""
    token = summer_applications.ask_for_link(
        by=summer_links.STRANGER, round_id=given.id, email=email or f"{uuid4().hex}@exempel.invalid"
    )
    assert token is not None
    return summer_links.find(token)


def applies(
    given: Round, name: str, *, age: int = 17, sex: Sex = Sex.WOMAN, guardians: int = 1, is_protected: bool = False,
    school_year: SchoolYear = SchoolYear.UPPER_1, wishes: Wishes | None = None, days: int = 0, other_hours: float = 0,
    only_first: bool = False,
) -> Link:  # fmt: skip
    """Somebody applies, and the link is theirs from then on."""
    mine = link(given)
    day = born(age, days=days or 30 + len(given.links))
    summer_applications.send(
        by=mine.by,
        link=mine,
        application=Application(
            given_name=name, family_name="Sommarsson", born=day, sex=sex.value, school_year=school_year.value,
            email=f"{name.lower()}@exempel.invalid", other_hours_a_week=other_hours,
            guardians=tuple(
                Guardian(f"Vuxen {place} {name}", f"vuxen{place}.{name.lower()}@exempel.invalid")
                for place in range(1, guardians + 1)
            ) if age < 18 else (),
        ),
        wishes=wishes or Wishes((), (given.row.periods[0].id,) if only_first else ()),
        number=number(day, sex),
        is_protected=is_protected,
    )  # fmt: skip
    given.links[name] = summer_links.find(mine.token)
    return given.links[name]


def close(given: Round) -> None:
    """Applications close now. Nobody waits two days in a test."""
    held = SummerRound.objects.get(id=given.id)
    SummerRound.objects.filter(id=given.id).update(applying=DateTimeTZRange(held.applying.lower, timezone.now()))


def begin_now(given: Round, *, weeks_ago: int = 1) -> None:
    """The first period began a Monday ago, so that there are days that have been."""
    today = timezone.now().astimezone(STOCKHOLM).date()
    monday = today - timedelta(days=today.weekday() + 7 * weeks_ago)
    first = SummerPeriod.objects.get(round_id=given.id, number=1)
    SummerPeriod.objects.filter(id=first.id).update(period=DateRange(monday, monday + timedelta(days=28)))


def draw(given: Round) -> None:
    """Close, publish the list and draw."""
    close(given)
    summer_draws.publish_list(by=given.holder.context, round_id=given.id)
    summer_draws.draw(by=given.holder.context, round_id=given.id, seed=SEED)


def placement(given: Round, name: str) -> SummerPlacement:
    """The latest placement of somebody, as those who hold the round see it."""
    with transactions.read(given.holder.context):
        return SummerPlacement.objects.filter(applicant_id=given.links[name].applicant_id).latest("offered_at")


def accepts(given: Round, name: str) -> UUID:
    """Yes to the place."""
    held = placement(given, name)
    mine = given.links[name]
    summer_placing.answer(by=mine.by, link=mine, placement_id=held.id, says_yes=True)
    return held.id


def guardians_say(given: Round, name: str, *, says_yes: bool = True, only: int | None = None) -> None:
    """Each guardian answers by an own link."""
    mine = given.links[name]
    assert mine.applicant_id is not None
    with transactions.read(given.holder.context):
        named = list(SummerGuardian.objects.filter(applicant_id=mine.applicant_id).order_by("number"))
    for one in named:
        if only not in (None, one.number):
            continue
        token = summer_guardians.ask(by=given.holder.context, applicant_id=mine.applicant_id, guardian_id=one.id)
        assert token is not None
        theirs = summer_links.find(token)
        summer_guardians.answer(by=theirs.by, link=theirs, says_yes=says_yes, knows_risks=says_yes)


def starts(given: Round, name: str) -> UUID:
    """Yes from the young person and the guardians, and confirmed."""
    held = accepts(given, name)
    guardians_say(given, name)
    summer_placing.confirm(by=given.holder.context, placement_id=held)
    return held


def everything() -> Round:
    """A round in which something of everything has happened."""
    given = planned()
    begin_now(given)
    for name, age in (("Alva", 17), ("Bo", 17), ("Cleo", 16)):
        applies(given, name, age=age, guardians=2 if name == "Alva" else 1)
    draw(given)
    summer_placing.place_all(by=given.holder.context, round_id=given.id)
    return given
