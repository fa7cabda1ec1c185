"""Fills the two initiatives with invented participants, through the bulk path."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils import timezone

from samkraft.audit.actions import seals
from samkraft.initiatives.queries import teams as asked
from samkraft.initiatives.queries.teams import Arranged, TeamRow
from samkraft.initiatives.rules.rule_sets import Agrees
from samkraft.operations.database import time_travel
from samkraft.operations.world import arranged, partners
from samkraft.operations.world.people import making, ways, writing
from samkraft.operations.world.people.making import Part
from samkraft.operations.world.people.setting import Actor, Intake, Setting, TeamPlace
from samkraft.operations.world.people.ways import Way
from samkraft.partners.queries import colleagues, organisations
from samkraft.partners.queries.colleagues import Colleague
from samkraft.partners.rules.roles import Role
from samkraft.values.period import STOCKHOLM
from samkraft.values.refusal import Reason, Refused

WHAT = "påhittade deltagare"
CODE = arranged.MALMOKRAFTEN.undertaking.code
STEPWISE_CODE = arranged.STEPS.undertaking.code
WAYS: dict[str, Way] = {CODE: ways.JOINT, STEPWISE_CODE: ways.STEPWISE}
# Parties without a seat in the team whose staff are called in, one at a time.
CALLED_IN: dict[str, tuple[str, ...]] = {STEPWISE_CODE: ("Sven Hult",)}

NO_TEAMS = Reason(
    "world_without_teams", "Insatsen {code} har inga team.", "Kör samkraft world load först, så läggs den upp."
)
ALREADY_FILLED = Reason(
    "world_already_filled",
    "Det finns redan deltagare i insatsen.",
    "Börja om med en tom databas, så blir deltagarna desamma för samma frö.",
)


@dataclass(frozen=True, slots=True)
class Size:
    """How many people, in how many of the teams, and which seed. `early` weighs the first intake against its plan.

    `stepwise` is how many there are in the second initiative.
    """

    participants: int
    seed: int = 1
    teams: int | None = None
    early: float = 1.0
    stepwise: int = 44


# Two full teams with a history: the other eight are there, without participants.
DEMO = Size(participants=460, seed=1, teams=2, early=0.35)


def is_loaded() -> bool:
    """Whether there are participants."""
    with writing.connected() as owner:
        row = owner.execute("SELECT EXISTS (SELECT 1 FROM people_enrolment)").fetchone()
    return row is not None and bool(row[0])


def load() -> None:
    """Fill in as many as the demo has, for today."""
    fill(DEMO, today=None, progress=lambda _done: None)


def fill(size: Size, *, today: date | None, progress: Callable[[int], None]) -> int:
    """Make so many people and return how many rows that was. Refused when there are participants already.

    `today` is the day up to whose noon things have happened; None for now. All of it or nothing; then the trail is sealed.
    """
    now = timezone.now().replace(second=0, microsecond=0).astimezone(STOCKHOLM)
    if today is not None and today != now.date():
        now = datetime.combine(today, time(12), STOCKHOLM)
    parts = [Part(setting_of(size, now), size.participants)]
    if size.stepwise:
        parts.append(Part(setting_of(size, now, STEPWISE_CODE), size.stepwise))
    if is_loaded():
        raise Refused(ALREADY_FILLED)
    people = written = 0
    with time_travel.allowed("påhittade deltagares liv läggs in"), writing.filling() as owner:
        for number, gathered in making.made(parts, size.seed):
            writing.add(owner, gathered)
            written += gathered.count
            people += number
            progress(people)
    seals.seal()
    return written


def setting_of(size: Size, now: datetime, code: str = CODE) -> Setting:
    """What the lives need to know of the initiative as it is set up. Raises Refused when it has no teams."""
    page = asked.page(code, on=now.date())
    if page is None or not page.teams:
        raise Refused(NO_TEAMS, code=code)
    areas = organisations.areas()
    rules = page.rules.rules if page.rules else None
    return Setting(
        way=WAYS[code],
        initiative_id=str(page.initiative_id),
        begins=page.period.start_date if page.period else page.waves[0].period.start_date,
        now=now,
        intakes=_intakes(page, size.early),
        teams=tuple(place for team in page.teams[: size.teams] for place in _places(team, CALLED_IN.get(code, ()))),
        areas={row.code: str(row.id) for row in areas},
        area_names={row.code: row.name for row in areas},
        questions=tuple(question.code for question in rules.start_check) if rules else (),
        limit_days=rules.limit_days if rules else None,
        follow_up_months=rules.follow_up_months if rules else (),
        promise_days=(rules.promise_days if rules else None) or 90,
        monthly_time_report=bool(rules and rules.monthly_time_report),
        administrator=_administrator(page),
        all_agree=bool(rules and Agrees.WRITING_AREAS in rules.agreement_parties),
    )


def _intakes(page: Arranged, early: float) -> tuple[Intake, ...]:
    return tuple(
        Intake(
            wave.number,
            wave.period.start_date,
            wave.period.end_date or wave.period.start_date,
            wave.planned * (early if number == 0 else 1.0),
        )
        for number, wave in enumerate(page.waves)
    )


def _administrator(page: Arranged) -> Actor | None:
    """Who closes the months: the same in every team."""
    codes = {row.id: row.code for row in organisations.areas()}
    for place in page.teams[0].members:
        who = colleagues.one(place.membership_id)
        if who is not None and who.role is Role.PROJECT_ADMINISTRATOR:
            return _actor(who, codes[who.area_id])
    return None


def _places(team: TeamRow, others: tuple[str, ...]) -> list[TeamPlace]:
    """The team as lives meet it: once for each colleague where an area has several, so that all of them have work."""
    codes = {row.id: row.code for row in organisations.areas()}
    core: dict[str, list[Actor]] = {}
    called_in: dict[str, Actor] = {}
    for place in team.members:
        who = colleagues.one(place.membership_id)
        assert who is not None
        actor = _actor(who, codes[who.area_id])
        if who.role is Role.PROJECT_ADMINISTRATOR:
            continue
        if place.personal:
            called_in.setdefault(actor.area, actor)
        else:
            core.setdefault(actor.area, []).append(actor)
    for name in others:
        who = colleagues.one(partners.acting_with_people(name).membership_id)
        assert who is not None
        called_in.setdefault(codes[who.area_id], _actor(who, codes[who.area_id]))
    several = max(len(actors) for actors in core.values())
    return [
        TeamPlace(
            str(team.id), team.name, {area: actors[number % len(actors)] for area, actors in core.items()}, called_in
        )
        for number in range(several)
    ]


def _actor(who: Colleague, code: str) -> Actor:
    return Actor(
        membership_id=str(who.membership_id), user_id=str(who.user_id), name=who.name, role=who.role.value,
        role_name=who.role_name, area=code, area_id=str(who.area_id), organisation_id=str(who.organisation_id),
    )  # fmt: skip
