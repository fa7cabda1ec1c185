"""An initiative's intakes, teams, phases, goals and assumptions as a scenario of the simulation.

Three sets of assumptions stand side by side: the plan's own numbers, what an earlier initiative came to, and what this one's
own data say. The names of parameters are codes; `estimating` has their words.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from samkraft.analysis.queues.pathway import (
    Activity,
    Choice,
    Closing,
    Duration,
    Exit,
    Family,
    Intake,
    Phase,
    Scenario,
    Step,
    Target,
    Teams,
)
from samkraft.analysis.queues.quantities import Fixed, Parameter, Quantity, Share, Spread
from samkraft.knowledge.rules.forecasting.offered import ActivityPlan
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase

WORK, ELSE = "work", "other"  # the kinds of exit in the scenario; dropping out is the simulation's own
MOST_PHASES = 3  # the rows tell of no more
PARTS = {1: (1.0,), 2: (0.5, 0.5), 3: (0.25, 0.5, 0.25)}  # of the stay, where no guide time says
SHAPE = 19.8  # of the whole stay: two of three stay between five and eight months when it is 179 days
AFTER_DAYS = 183  # goals are counted at the end and six months later
HISTORY_WEIGHT = 0.1  # other times, other people
WAVES_DIFFER, REACH_DIFFERS = 0.005, 0.01  # two people of the same intake are so much alike
UNSURE = 12 / 179  # of a mean stay that an earlier initiative had
OLD = 366 * 6

NO_END = Reason(
    "forecast_without_end",
    phrase("Insatsen har inget start- eller slutdatum, så det går inte att säga var den hamnar."),
    phrase("Skriv dem på insatsens sida."),
)
NO_INTAKES = Reason(
    "forecast_without_intakes",
    phrase("Insatsen har inga intag med planerade deltagare."),
    phrase("Lägg upp dem på sidan om team, faser och intag."),
)
NO_TEAMS = Reason(
    "forecast_without_teams",
    phrase("Insatsen har inga team."),
    phrase("Lägg upp dem på sidan om team, faser och intag."),
)
NO_STAY = Reason(
    "forecast_without_stay",
    phrase(
        "Ingenting säger hur länge deltagare stannar: faserna har inga riktdagar och ingen har skrivit ett antagande."
    ),
    phrase("Skriv planens tid under Antaganden."),
)
TOO_LONG = Reason(
    "forecast_too_long", phrase("Insatsen är längre än sex år."), phrase("Prognosen räknar på högst sex år.")
)


class Source(StrEnum):
    """Where a number comes from; also the names of the sets of assumptions."""

    PLAN = "plan"
    HISTORY = "historia"
    OWN = "egna"


@dataclass(frozen=True, slots=True)
class WavePlan:
    """An intake as planned; `ends` is exclusive."""

    number: int
    name: str
    begins: date
    ends: date
    planned: int


@dataclass(frozen=True, slots=True)
class TeamPlan:
    """A team with its places; `closes` is exclusive, None for one that has no end."""

    number: int
    name: str
    places: int
    opens: date
    closes: date | None


@dataclass(frozen=True, slots=True)
class PhasePlan:
    """A phase with its guide time, when it has one."""

    number: int
    name: str
    guide_days: int | None


@dataclass(frozen=True, slots=True)
class Goal:
    """So many who have started, or who have gone to work or studies. code: the item of the theory of change."""

    code: str
    text: str
    at_least: int
    is_work: bool


@dataclass(frozen=True, slots=True)
class Assumed:
    """What somebody has written down: an earlier initiative's outcome, and the plan's own numbers. None: not said.

    history_came of history_planned really started; history_reached of history_left went to work or studies.
    """

    plan_share: float | None = None
    plan_days: int | None = None
    history_planned: int | None = None
    history_came: int | None = None
    history_left: int | None = None
    history_reached: int | None = None
    history_days: int | None = None


@dataclass(frozen=True, slots=True)
class Arranged:
    """All that the initiative itself says. `last_day` belongs to it."""

    name: str
    begins: date
    last_day: date
    waves: tuple[WavePlan, ...]
    teams: tuple[TeamPlan, ...]
    phases: tuple[PhasePlan, ...]
    goals: tuple[Goal, ...]
    assumed: Assumed = Assumed()
    activities: tuple[ActivityPlan, ...] = ()

    @property
    def ends(self) -> date:
        """The day after the last."""
        return self.last_day + timedelta(days=1)

    @property
    def after(self) -> date:
        """When what has come six months later is counted."""
        return self.ends + timedelta(days=AFTER_DAYS)

    @property
    def planned(self) -> int:
        """Participants over all intakes."""
        return sum(wave.planned for wave in self.waves)


def check(begins: date | None, last_day: date | None, waves: tuple[WavePlan, ...], teams: tuple[TeamPlan, ...]) -> None:
    """Raises Refused when the initiative says too little to be forecast."""
    if begins is None or last_day is None or last_day <= begins:
        raise Refused(NO_END)
    if (last_day - begins).days > OLD:
        raise Refused(TOO_LONG)
    if not any(wave.planned for wave in waves):
        raise Refused(NO_INTAKES)
    if not teams:
        raise Refused(NO_TEAMS)


def scenario(arranged: Arranged, *, begins: date | None = None, shapes: Mapping[int, float] | None = None) -> Scenario:
    """The scenario. begins: an earlier day when somebody came before the first intake. shapes: phase → its shape.

    Raises Refused when nothing says how long people stay.
    """
    first = min([arranged.begins, *(wave.begins for wave in arranged.waves), *([begins] if begins else [])])
    phases = arranged.phases[:MOST_PHASES] or (PhasePlan(1, "", None),)
    parts = _parts(phases)
    days = plan_days(arranged)
    names = [f"fas {number}" for number in range(1, len(phases) + 1)]
    lasts = len(phases)
    return Scenario(
        name=arranged.name, begins=first, ends=arranged.after,
        intakes=tuple(
            Intake(f"intag {wave.number}", wave.begins, wave.ends, float(wave.planned), share="reach")
            for wave in arranged.waves
        ),
        teams=teams(arranged),
        phases=tuple(
            Phase(
                name, (Step(((Choice(name, 1.0),),)),), _exits(number, lasts), "drop",
                ELSE if number == lasts else "",
            )
            for number, name in enumerate(names, 1)
        ),
        activities=tuple(
            Activity(name, Duration(Family.GAMMA, f"days_{number}", (shapes or {}).get(number, SHAPE * part)))
            for number, (name, part) in enumerate(zip(names, parts, strict=True), 1)
        ),
        targets=targets(arranged),
        parameters=_parameters(arranged, parts, days),
        assumptions=tuple(source.value for source in Source),
        look_at=_month_ends(first, arranged.after),
    )  # fmt: skip


def teams(arranged: Arranged) -> tuple[Teams, ...]:
    """The teams. People in one that closes early go to those that are left; at the end they are finished where they are."""
    return tuple(
        Teams(
            f"team {team.number}", 1, team.places, team.opens,
            team.closes if team.closes and team.closes < arranged.ends else None, Closing.TRANSFER,
        )
        for team in arranged.teams
    )  # fmt: skip


def targets(arranged: Arranged) -> tuple[Target, ...]:
    """Each goal at the end; of those about work also six months later."""
    found = []
    for goal in arranged.goals:
        kinds = (WORK,) if goal.is_work else ()
        found.append(Target(f"{goal.code}:end", goal.at_least, arranged.ends, kinds))
        if goal.is_work:
            found.append(Target(f"{goal.code}:after", goal.at_least, arranged.after, kinds))
    return tuple(found)


def plan_days(arranged: Arranged) -> float:
    """How long the plan lets people stay. Raises Refused when nothing says."""
    if arranged.assumed.plan_days:
        return float(arranged.assumed.plan_days)
    guide = [phase.guide_days for phase in arranged.phases[:MOST_PHASES]]
    if guide and all(guide):
        return float(sum(each or 0 for each in guide))
    if arranged.assumed.history_days:
        return float(arranged.assumed.history_days)
    raise Refused(NO_STAY)


def plan_share(arranged: Arranged) -> float | None:
    """Which share must go to work or studies for the plan to hold: its own number, or the goal over all planned."""
    if arranged.assumed.plan_share:
        return arranged.assumed.plan_share
    goal = next((goal for goal in arranged.goals if goal.is_work), None)
    return min(1.0, goal.at_least / arranged.planned) if goal and arranged.planned else None


def history_reach(assumed: Assumed) -> Share | None:
    """Which share of those planned came, as an earlier initiative had it."""
    if assumed.history_came is None or not assumed.history_planned:
        return None
    return Share(assumed.history_came, assumed.history_planned, HISTORY_WEIGHT, REACH_DIFFERS)


def history_share(assumed: Assumed) -> Share | None:
    """Which share of those who left went to work or studies, as an earlier initiative had it."""
    if assumed.history_reached is None or not assumed.history_left:
        return None
    return Share(assumed.history_reached, assumed.history_left, HISTORY_WEIGHT, WAVES_DIFFER)


def replaced(made: Scenario, chosen: Mapping[str, Quantity]) -> Scenario:
    """The same scenario with other quantities among the own data."""
    parameters = {
        name: replace(one, values={**one.values, Source.OWN.value: chosen[name]}) if name in chosen else one
        for name, one in made.parameters.items()
    }
    return replace(made, parameters=parameters)


def _parts(phases: tuple[PhasePlan, ...]) -> tuple[float, ...]:
    guide = [phase.guide_days for phase in phases]
    whole = sum(each or 0 for each in guide)
    if whole and all(guide):
        return tuple((each or 0) / whole for each in guide)
    return PARTS[len(phases)]


def _exits(number: int, lasts: int) -> tuple[Exit, ...]:
    made = [Exit(WORK, f"success_{number}")]
    return (*made, Exit(ELSE, f"ends_{number}")) if number < lasts else tuple(made)


def _parameters(arranged: Arranged, parts: tuple[float, ...], days: float) -> dict[str, Parameter]:
    """Under the plan and the history people leave after the last phase only; own data tell of each phase."""
    assumed, share = arranged.assumed, plan_share(arranged)
    before = history_share(assumed)
    made = {"reach": _one("reach", Fixed(1.0), history_reach(assumed), Share(0, 0, 1.0, REACH_DIFFERS))}
    for number, part in enumerate(parts, 1):
        plan, long = days * part, assumed.history_days
        own = Spread(plan, plan / 2)
        past = Spread(long * part, long * part * UNSURE) if long else None
        made[f"days_{number}"] = _one(f"days_{number}", Fixed(plan), past, own)
        is_last = number == len(parts)
        found = Fixed(share if share is not None and is_last else 0.0)
        name = f"success_{number}"
        made[name] = _one(name, found, before if is_last else None, Share(0, 0, 1.0, WAVES_DIFFER))
        if not is_last:
            made[f"ends_{number}"] = _one(f"ends_{number}", Fixed(0.0), None, Share(0, 0, 1.0, WAVES_DIFFER))
    made["drop"] = _one("drop", Fixed(0.0), None, Fixed(0.0))
    return made


def _one(name: str, plan: Quantity, history: Quantity | None, own: Quantity) -> Parameter:
    values = {Source.PLAN.value: plan, Source.HISTORY.value: history or plan, Source.OWN.value: own}
    return Parameter(name, name, values)


def _month_ends(first: date, last: date) -> tuple[date, ...]:
    """The first of each month after the first day: what is counted there is as of the month's end before it."""
    found, day = [], first.replace(day=1)
    while (day := (day + timedelta(days=32)).replace(day=1)) <= last:
        found.append(day)
    return tuple(found)
