"""The demo's Ung i sommar: last summer's programme done, jobs that are going on now, and next summer's open application.

Everything goes through the actions as those who do it would, but for days that have been, which the owner puts there in
bulk (`summer_days`). All young people and guardians are invented; their numbers are such as the tax agency tests with.
"""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from uuid import UUID

from django.utils import timezone

from samkraft.offer.actions import summer_rounds
from samkraft.offer.actions.summer_rounds import RoundDraft, WorkplaceDraft
from samkraft.offer.queries import summer_rounds as rounds
from samkraft.offer.rules.summer_rounds import Form, SchoolYear, Strata
from samkraft.operations.database import time_travel
from samkraft.operations.world import partners, staff
from samkraft.operations.world.summer import summer_days, summer_people
from samkraft.partners.actions import areas, memberships, people
from samkraft.partners.queries import memberships as asked
from samkraft.partners.queries import organisations as bodies
from samkraft.partners.queries import people as people_asked
from samkraft.partners.rules.areas import HarmTest
from samkraft.partners.rules.roles import Role
from samkraft.people.actions.summer import summer_attendance, summer_draws, summer_payments, summer_placing
from samkraft.values.context import Context
from samkraft.values.period import STOCKHOLM, day_in_stockholm

WHAT = "Ung i sommar"
COORDINATOR = staff.Person(
    "Vera Lindgren", Role.PLACE_COORDINATOR, "asn", "asn-arbetsmarknad", "Samordnare, Ung i sommar"
)
SECOND = staff.Person("Otto Persson", Role.PLACE_COORDINATOR, "asn", "asn-arbetsmarknad", "Samordnare, Ung i sommar")
COACH = staff.Person("Tove Grönlund", Role.PROVIDER, "ung-drive", "ung-drive", "Coach, UngDrive Academy")
SUPERVISORS = (
    staff.Person("Ali Rahimi", Role.EMPLOYER, "teknik", "teknik", "Handledare, parkskötseln"),
    staff.Person("Hanna Sköld", Role.EMPLOYER, "fsn", "fsn", "Handledare, Café Mässen"),
    staff.Person("Leo Brandt", Role.EMPLOYER, "kultur", "kultur", "Handledare, stadsbiblioteket"),
)
SEED = "17 plommonträd blommar i rad"
NOT_AUTHORITY = "Inte en myndighet. Sekretess genom avtal."


@dataclass(frozen=True, slots=True)
class Workplace:
    """A workplace of the demo as data."""

    name: str
    supervisor: staff.Person
    does: str
    tasks: frozenset[str]
    street: str
    district: str
    day: tuple[time, time, int]
    least_age: int = 16


PARK = Workplace(
    "Parkskötseln, Pildammsparken", SUPERVISORS[0], "Krattar gångar, rensar rabatter och vattnar med vuxna bredvid.",
    frozenset({"garden"}), "Pildammsvägen 17", "Pildammen", (time(7, 30), time(15, 0), 60),
)  # fmt: skip
CAFE = Workplace(
    "Café Mässen", SUPERVISORS[1], "Hjälper till i köket, plockar disk och möter gäster.", frozenset({"kitchen", "cleaning"}),
    "Mässgatan 6", "Hyllie", (time(9, 0), time(16, 0), 60),
)  # fmt: skip
LIBRARY = Workplace(
    "Stadsbiblioteket, barnavdelningen", SUPERVISORS[2], "Sorterar böcker och leder sagostunder tillsammans med personal.",
    frozenset({"leading", "office"}), "Kung Oscars väg 11", "Slottsparken", (time(9, 30), time(16, 30), 60),
)  # fmt: skip
ACADEMY = Workplace(
    "UngDrive Academy", COACH, "Startar ett eget företag med coach: från idé till första kunden.", frozenset({"own_company"}),
    "Anckargripsgatan 3", "Inre hamnen", (time(9, 0), time(15, 0), 60), 14,
)  # fmt: skip


def is_loaded() -> bool:
    """Whether the last of the three rounds is there."""
    return any(row.code.startswith("sommarjobb-") for row in rounds.listed())


def load() -> None:
    """Those who do it, then the three rounds."""
    today = day_in_stockholm(timezone.now())
    draw = Random(20_190)  # noqa: S311 - invented people, no secret
    last = today.year if today >= date.fromisocalendar(today.year, 33, 1) else today.year - 1
    with time_travel.allowed("påhittade somrar läggs in"):
        _add_people()
        by = partners.acting(COORDINATOR.name)
        if not rounds.by_code(f"ungdrive-{last}"):
            _programme(by, last, draw)
        if not rounds.by_code(f"lovjobb-{today.year}"):
            _going_on(by, today, draw)
        _coming(by, last + 1, draw)


def _programme(by: Context, year: int, draw: Random) -> None:
    """Two rounds of a hundred in weeks 25–32, from the draw in spring to the last day attested."""
    opens, closes = _at(date(year, 2, 2)), _at(date(year, 4, 13))
    made = _plan(
        by, f"ungdrive-{year}", f"UngDrive Academy {year}", Form.PROGRAMME, opens, closes, ((year, 25, 28), (year, 29, 32)),
        (year - 18, year - 15), strata=Strata.SEX, at=opens - timedelta(days=10),
    )  # fmt: skip
    _seed(by, made, at=opens - timedelta(days=5))
    _workplace(by, made, ACADEMY, {1: 100, 2: 100}, date(year, 5, 1), date(year, 9, 30), at=opens)
    summer_people.apply_in_bulk(made, year, draw, many=263, first=12)
    summer_draws.publish_list(by=by, round_id=made, at=closes + timedelta(hours=3))
    summer_draws.draw(by=by, round_id=made, seed=SEED, at=closes + timedelta(days=2))
    summer_placing.place_all(by=by, round_id=made, at=closes + timedelta(days=7))
    summer_days.lived(
        made, by.actor_name, partners.acting(COACH.name).actor_name, applied=opens, placed=closes + timedelta(days=7)
    )


def _going_on(by: Context, today: date, draw: Random) -> None:
    """Jobs with a wage that began a week ago, so that there is somebody to check in today."""
    now = timezone.now()
    monday = today - timedelta(days=today.weekday())
    ahead = [(monday + timedelta(days=7 * number)).isocalendar() for number in (2, 5)]
    made = _plan(
        by, f"lovjobb-{today.year}", f"Jobb vid sidan av skolan {today.year}", Form.JOB, now - timedelta(days=40),
        now + timedelta(days=1), ((ahead[0].year, ahead[0].week, ahead[1].week),), (today.year - 19, today.year - 16),
        at=now - timedelta(days=45),
    )  # fmt: skip
    _seed(by, made, at=now - timedelta(days=41))
    for place, many in ((PARK, 4), (CAFE, 4), (LIBRARY, 4)):
        _workplace(by, made, place, {1: many}, today - timedelta(days=60), today + timedelta(days=90), at=now)
    for age, ore in ((16, 11_050), (18, 13_500)):
        summer_rounds.set_wage(
            by=by, round_id=made, from_age=age, hourly_ore=ore, source="Påhittat lönebeslut i demon", at=now
        )
    links = summer_people.apply(made, today.year, draw, many=19)
    summer_days.begin_last_week(made, monday)
    summer_draws.publish_list(by=by, round_id=made)
    summer_draws.draw(by=by, round_id=made, seed=SEED)
    summer_placing.place_all(by=by, round_id=made)
    summer_people.answer(by, made, links)
    summer_placing.confirm_all(by=by, round_id=made)
    summer_days.worked(made, today)
    for who in SUPERVISORS:
        for placement_id, day, minutes in summer_days.to_attest(
            partners.acting(who.name), before=today - timedelta(days=4)
        ):
            summer_attendance.attest(
                by=partners.acting(who.name), placement_id=placement_id, day=day, was_there=True, minutes=minutes
            )
    if summer_days.has_attested(made):
        summer_payments.make(by=by, round_id=made, through=today - timedelta(days=4))


def _coming(by: Context, year: int, draw: Random) -> None:
    """Next summer: open now, for whoever tries the demo to apply to."""
    now = timezone.now()
    made = _plan(
        by, f"sommarjobb-{year}", f"Sommarjobb {year}", Form.JOB, now - timedelta(days=6), _at(date(year, 4, 14)),
        ((year, 25, 28), (year, 29, 32)), (year - 18, year - 15), strata=Strata.SCHOOL_YEAR, at=now - timedelta(days=20),
    )  # fmt: skip
    summer_rounds.publish_seed(
        by=by, round_id=made, source=f"Lottos vinnande rad onsdagen den 22 april {year}, alla tal i stigande ordning",
        at=now - timedelta(days=7),
    )  # fmt: skip
    for place, many in ((PARK, 12), (CAFE, 8), (LIBRARY, 10)):
        _workplace(
            by,
            made,
            place,
            {1: many, 2: many},
            date(year, 5, 1),
            date(year, 9, 30),
            at=now,
            is_checked=place is not LIBRARY,
        )
    for age, ore in ((15, 9_000), (16, 11_050), (18, 13_500)):
        summer_rounds.set_wage(by=by, round_id=made, from_age=age, hourly_ore=ore, source="Påhittat lönebeslut i demon")
    summer_people.apply(made, year, draw, many=7)


def _plan(
    by: Context, code: str, name: str, form: Form, opens: datetime, closes: datetime, weeks: tuple[tuple[int, int, int], ...],
    born: tuple[int, int], *, strata: Strata = Strata.NONE, at: datetime,
) -> UUID:  # fmt: skip
    made = summer_rounds.plan(
        by=by,
        draft=RoundDraft(
            code=code, name=name, form=form, opens=opens, closes=closes, weeks=weeks, born_from=born[0], born_to=born[1],
            school_years=tuple(one for one in SchoolYear if one is not SchoolYear.GRADE_8), strata=strata,
        ),
        at=at,
    )  # fmt: skip
    summer_draws.name_holder(by=by, round_id=made, membership_id=by.membership_id, handles_protected=True, at=at)
    other = partners.acting(SECOND.name)
    summer_draws.name_holder(by=by, round_id=made, membership_id=other.membership_id, at=at)
    return made


def _seed(by: Context, round_id: UUID, *, at: datetime) -> None:
    summer_rounds.publish_seed(
        by=by, round_id=round_id, source="Ett frö i ett förseglat kuvert hos stadens jurist",
        fingerprint=hashlib.sha256(SEED.encode()).hexdigest(), at=at,
    )  # fmt: skip


def _workplace(
    by: Context,
    round_id: UUID,
    place: Workplace,
    places: dict[int, int],
    start: date,
    last: date,
    *,
    at: datetime,
    is_checked: bool = True,
) -> None:
    who = partners.acting(place.supervisor.name)
    starts, ends, pause = place.day
    made = summer_rounds.add_workplace(
        by=by,
        round_id=round_id,
        draft=WorkplaceDraft(
            name=place.name, organisation_id=who.organisation_id, area_id=who.area_id, does=place.does, places=places,
            hours=tuple((weekday, starts, ends, pause) for weekday in range(1, 6)), street=place.street,
            district=place.district, tasks=place.tasks, least_age=place.least_age,
        ),
        at=at,
    )  # fmt: skip
    supervisor = summer_rounds.add_supervisor(
        by=by, workplace_id=made, membership_id=who.membership_id, start_date=start, last_day=last, at=at
    )
    if is_checked:
        summer_rounds.check_supervisor(by=by, supervisor_id=supervisor, at=at)


def _add_people() -> None:
    first = partners.acting(staff.FIRST.name)
    ids = bodies.ids()
    if "ung-drive" not in {row.code for row in bodies.areas()}:
        areas.add(
            by=first, code="ung-drive", name="Ung Drive", authority_id=ids["ung-drive"], controller="Ung Drive",
            archive_authority="Ung Drive", harm_test=HarmTest.UNKNOWN.value, source=NOT_AUTHORITY, at=partners.BEGUN_AT,
        )  # fmt: skip
    area_ids = {row.code: row.id for row in bodies.areas()}
    known = people_asked.ids_by_email()
    for one in (COORDINATOR, SECOND, COACH, *SUPERVISORS):
        if one.email not in known:
            known[one.email] = people.invite(by=first, email=one.email, name=one.name, at=partners.BEGUN_AT)
        if not any(row.role is one.role for row in asked.of_people([one.email]).get(one.email, [])):
            memberships.give(
                by=first, user_id=known[one.email], organisation_id=ids[one.organisation], area_id=area_ids[one.area],
                role=one.role.value, start_date=partners.START_DATE, title=one.title, at=partners.BEGUN_AT,
            )  # fmt: skip


def _at(day: date) -> datetime:
    return datetime.combine(day, time(9), STOCKHOLM)
