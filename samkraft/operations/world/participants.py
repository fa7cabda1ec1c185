"""Fills the initiative with invented participants."""

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils import timezone

from samkraft.initiatives.queries import teams as asked
from samkraft.initiatives.queries.teams import Arranged, TeamRow
from samkraft.operations.world import arranged
from samkraft.operations.world.people import lives, rows, writing
from samkraft.operations.world.people.setting import Actor, Intake, Setting, TeamPlace
from samkraft.operations.world.people.tables import Rows
from samkraft.partners.queries import colleagues, organisations
from samkraft.values.period import STOCKHOLM
from samkraft.values.refusal import Reason, Refused

WHAT = "påhittade deltagare"
CODE = arranged.MALMOKRAFTEN.undertaking.code
FIRST = 25  # so few that it does not matter how; then the database knows what the tables look like
AT_A_TIME = 250

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
    """How many people, in how many of the teams, and which seed. `early` weighs the first intake against its plan."""

    participants: int
    seed: int = 1
    teams: int | None = None
    early: float = 1.0


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

    `today` is the day up to whose noon things have happened; None for now.
    """
    now = timezone.now().replace(second=0, microsecond=0).astimezone(STOCKHOLM)
    if today is not None and today != now.date():
        now = datetime.combine(today, time(12), STOCKHOLM)
    setting = setting_of(size, now)
    written = 0
    if is_loaded():
        raise Refused(ALREADY_FILLED)
    with writing.opened() as first, writing.opened() as second, ThreadPoolExecutor(2) as writers:
        under_way: deque[Future[None]] = deque()
        gathered = Rows()
        for number, life in enumerate(lives.all_of(setting, participants=size.participants, seed=size.seed), 1):
            rows.carry_out(setting, life, gathered, size.seed)
            if number == FIRST or number % AT_A_TIME == 0 or number == size.participants:
                # The database writes by two hands while the next lives are made up; alone until it knows the tables.
                alone = number in (FIRST, AT_A_TIME)
                while under_way and (alone or len(under_way) > 1):
                    under_way.popleft().result()
                first, second = second, first
                under_way.append(writers.submit(_write, first, gathered, counts=alone))
                if alone:
                    under_way.pop().result()
                written += gathered.count
                gathered = Rows()
                progress(number)
        while under_way:
            under_way.popleft().result()
        writing.count(first)
    return written


def _write(owner: writing.Connection, gathered: Rows, *, counts: bool) -> None:
    writing.write(owner, gathered)
    if counts:
        writing.count(owner)


def setting_of(size: Size, now: datetime, code: str = CODE) -> Setting:
    """What the lives need to know of the initiative as it is set up. Raises Refused when it has no teams."""
    page = asked.page(code, on=now.date())
    if page is None or not page.teams:
        raise Refused(NO_TEAMS, code=code)
    areas = organisations.areas()
    rules = page.rules.rules if page.rules else None
    return Setting(
        initiative_id=str(page.initiative_id),
        begins=page.period.start_date if page.period else page.waves[0].period.start_date,
        now=now,
        intakes=_intakes(page, size.early),
        teams=tuple(_team(team) for team in page.teams[: size.teams]),
        areas={row.code: str(row.id) for row in areas},
        area_names={row.code: row.name for row in areas},
        questions=tuple(question.code for question in rules.start_check) if rules else (),
        limit_days=rules.limit_days if rules else None,
        follow_up_months=rules.follow_up_months if rules else (),
        promise_days=(rules.promise_days if rules else None) or 90,
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


def _team(team: TeamRow) -> TeamPlace:
    codes = {row.id: row.code for row in organisations.areas()}
    core: dict[str, Actor] = {}
    called_in: dict[str, Actor] = {}
    for place in team.members:
        who = colleagues.one(place.membership_id)
        assert who is not None
        code = codes[who.area_id]
        actor = Actor(
            membership_id=str(who.membership_id), user_id=str(who.user_id), name=who.name, role=who.role.value,
            role_name=who.role_name, area=code, area_id=str(who.area_id), organisation_id=str(who.organisation_id),
        )  # fmt: skip
        (called_in if place.personal else core).setdefault(code, actor)
    return TeamPlace(str(team.id), team.name, core, called_in)
