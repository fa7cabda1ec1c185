"""A pathway in a planner's words: who comes, which teams receive them, what they go through, how they leave.

Description only: nothing here runs. `scenario_file` reads it from TOML, `network` turns it into arrays. Durations are in
days, rates per week, upper bounds of periods exclusive. An `Amount` is a number, or the name of a parameter.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from samkraft.analysis.queues.quantities import Amount, Parameter
from samkraft.values.wording import phrase, spoken


class Spread(StrEnum):
    """How the people of an intake come over its period."""

    EVEN = "even"  # each within an own slot
    RANDOM = "random"  # anywhere in the period
    AT_ONCE = "at_once"  # all on the first day
    STREAM = "stream"  # so many per week on average, independently of each other (Poisson)


class Family(StrEnum):
    """The shape of a distribution of durations. All are given by their mean."""

    FIXED = "fixed"
    EXPONENTIAL = "exponential"
    GAMMA = "gamma"
    LOGNORMAL = "lognormal"
    WEIBULL = "weibull"
    OBSERVED = "observed"


class Closing(StrEnum):
    """What happens to those in a team that closes."""

    RUN_OFF = "run_off"  # they stay until they are done
    TRANSFER = "transfer"  # they go to the teams that are left


@dataclass(frozen=True, slots=True)
class Duration:
    """How long something takes: `part` of `mean` days. `shape`: gamma, Weibull; lognormal: coefficient of variation."""

    family: Family
    mean: Amount
    shape: float = 1.0
    observed: tuple[float, ...] = ()
    part: float = 1.0


@dataclass(frozen=True, slots=True)
class Intake:
    """People who come during a period. `people` in all, or per week for a stream; `share` of them really come."""

    name: str
    begins: date
    ends: date
    people: float
    share: Amount = 1.0
    spread: Spread = Spread.EVEN
    source: str = ""
    gives_up_per_week: Amount = 0.0


@dataclass(frozen=True, slots=True)
class Teams:
    """A number of like teams. Whoever is enrolled holds a place until the exit."""

    name: str
    number: int
    places: int
    opens: date
    closes: date | None = None
    closing: Closing = Closing.RUN_OFF
    staff_hours_per_week: float = 0.0


@dataclass(frozen=True, slots=True)
class Activity:
    """Something to take part in. `places` None: no limit. `occasions`: joint starts, each with its places."""

    name: str
    duration: Duration
    places: int | None = None
    later_places: tuple[tuple[date, int], ...] = ()
    occasions: tuple[tuple[date, int], ...] = ()
    when_full: str = "wait"
    rests_on_closed_days: bool = False
    staff_hours_at_start: float = 0.0
    staff_hours_per_week: float = 0.0


@dataclass(frozen=True, slots=True)
class Choice:
    """One alternative of a step: an activity ("" for none), its weight, and for which sources."""

    activity: str
    weight: Amount
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do in a phase: one of several alternatives; or several such choices side by side."""

    choices: tuple[tuple[Choice, ...], ...]
    together: bool = False


@dataclass(frozen=True, slots=True)
class Exit:
    """With what probability a phase ends in a way. `to` is an exit kind, or with `is_phase` a phase to go to."""

    to: str
    probability: Amount
    begins: date | None = None
    source: str = ""
    is_phase: bool = False


@dataclass(frozen=True, slots=True)
class Phase:
    """Steps in order; how it can end; who is left goes to the next phase, and after the last to the kind `otherwise`."""

    name: str
    steps: tuple[Step, ...]
    exits: tuple[Exit, ...] = ()
    drops_out_per_week: Amount = 0.0
    otherwise: str = ""


@dataclass(frozen=True, slots=True)
class ClosedDays:
    """Nobody comes, and activities that rest on closed days stand still."""

    begins: date
    ends: date
    words: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """At least so many started, or gone by some kinds of exit, before a day."""

    name: str
    at_least: int
    before: date
    kinds: tuple[str, ...] = ()  # none: those who have started


@dataclass(frozen=True, slots=True)
class Search:
    """What changes cost, in any one unit, and how large they may be. A place is one place in one team."""

    team_cost: float = 150.0
    place_cost: float = 1.0
    person_cost: float = 1.0
    most_teams: int = 5
    most_places: int = 50
    most_cut: float = 0.5


@dataclass(frozen=True, slots=True)
class Scenario:
    """A whole pathway from a day to a day."""

    name: str
    begins: date
    ends: date
    intakes: tuple[Intake, ...]
    phases: tuple[Phase, ...]
    activities: tuple[Activity, ...]
    teams: tuple[Teams, ...] = ()
    closed: tuple[ClosedDays, ...] = ()
    targets: tuple[Target, ...] = ()
    parameters: dict[str, Parameter] = field(default_factory=dict)
    assumptions: tuple[str, ...] = ("plan",)
    turn_away: bool = False
    ticks_per_day: int = 24
    look_at: tuple[date, ...] = ()
    long_wait_days: int = 28
    words: str = ""
    search: Search = Search()

    @property
    def sources(self) -> tuple[str, ...]:
        """The sources that people come from, in order of appearance."""
        return tuple(dict.fromkeys(intake.source for intake in self.intakes))

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of exit, in order of appearance; dropping out last."""
        named = [one.to for phase in self.phases for one in phase.exits if not one.is_phase]
        named += [phase.otherwise for phase in self.phases if phase.otherwise]
        return (*dict.fromkeys(kind for kind in named if kind != DROPPED), DROPPED)


DROPPED = phrase("avbrott")
LEAST_WEIGHT = 1e-300  # of the empty alternative: taken only when nothing else can be


def named(kind: str) -> str:
    """A kind of exit as it is said: the scenario's own word, but for dropping out, which every scenario has."""
    return spoken(kind) if kind == DROPPED else kind
