"""Who waits, who is in which phase and since when, who has left: on a day, as it was known on a later one."""

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from samkraft.analysis.queues import network
from samkraft.analysis.queues.forecast import observed
from samkraft.analysis.queues.forecast.observed import Observed
from samkraft.analysis.queues.kernel import layout
from samkraft.analysis.queues.pathway import Scenario
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase

NOT_SIMPLE = Reason(
    "forecast_needs_simple_phases",
    "Fasen {phase} har flera steg eller alternativ.",
    phrase("En prognos ur data räknar med en aktivitet i varje fas."),
)
NOTHING_KNOWN = Reason("nothing_known_yet", phrase("Ingenting är känt om tiden före {day}."))


@dataclass(frozen=True)
class State:
    """The state at `day` (days from the scenario's first), W intakes, K exit kinds, F phases.

    initial is what the kernel takes. stays: phase → (n, 2) days, and 1 for those that had ended by moving on.
    came, exits (W,), (W, K): so far. succeeded: (F, W, F + K) how phases have ended, by outcome.
    """

    day: float
    known: float
    initial: NDArray[np.int32]
    stays: tuple[NDArray[np.float64], ...]
    came: NDArray[np.int64]
    exits: NDArray[np.int64]
    outcomes: NDArray[np.int64]


def at(scenario: Scenario, seen: Observed, *, known: float, lag: float = 0.0) -> State:
    """The state `lag` days before `known`: reports that come later than that are the exception.

    Raises Refused when nothing is known, or when a phase is not one activity.
    """
    for phase in scenario.phases:
        if (
            len(phase.steps) != 1
            or any(len(choice) > 2 for choice in phase.steps[0].choices)
            or phase.steps[0].together
        ):
            raise Refused(NOT_SIMPLE, phase=phase.name)
    day = float(np.floor(known - lag))
    events = seen.until(day, known)
    if not len(events.day):
        raise Refused(NOTHING_KNOWN, day=scenario.begins + timedelta(days=day))
    histories: dict[int, list[int]] = {}
    for n, person in enumerate(events.person.tolist()):
        histories.setdefault(person, []).append(n)
    return _gathered(scenario, events, list(histories.values()), day, known)


def _gathered(scenario: Scenario, events: Observed, histories: list[list[int]], day: float, known: float) -> State:
    waves, phases, kinds = len(scenario.intakes), len(scenario.phases), len(scenario.kinds)
    came, exits = np.zeros(waves, np.int64), np.zeros((waves, kinds), np.int64)
    outcomes = np.zeros((phases, waves, phases + kinds), np.int64)
    stays: list[list[tuple[float, float]]] = [[] for _ in range(phases)]
    waiting, inside = [], []
    for history in histories:
        wave = int(events.wave[history[0]])
        came[wave] += 1
        phase, since, enrolled, team = -1, float(events.day[history[0]]), -1.0, -1
        gone = False
        for n in history:
            what, where, when = int(events.what[n]), int(events.where[n]), float(events.day[n])
            if what == observed.ENROLLED:
                enrolled, team = when, where
            if what in (observed.PHASE, observed.EXITED) and phase >= 0:
                ended_by_moving = not (what == observed.EXITED and where == kinds - 1)
                stays[phase].append((when - since, float(ended_by_moving)))
                if ended_by_moving:
                    outcomes[phase, wave, where if what == observed.PHASE else phases + where] += 1
            if what == observed.PHASE:
                phase, since = where, when
            elif what == observed.EXITED:
                exits[wave, where] += 1
                gone = True
        if gone:
            continue
        if enrolled < 0:
            waiting.append((float(events.day[history[0]]), wave))
            continue
        phase, since = (phase, since) if phase >= 0 else (0, enrolled)
        stays[phase].append((day - since, 0.0))
        inside.append((wave, phase, since, enrolled, team))
    return State(
        day, known, _initial(scenario, sorted(waiting), inside),
        tuple(np.asarray(one, float).reshape(-1, 2) for one in stays), came, exits, outcomes,
    )  # fmt: skip


def _initial(
    scenario: Scenario, waiting: list[tuple[float, int]], inside: list[tuple[int, int, float, float, int]]
) -> NDArray[np.int32]:
    """Rows for the kernel. A person whose team is unknown is given to the team with most places left."""
    ticks = scenario.ticks_per_day
    names = [activity.name for activity in scenario.activities]
    first = np.cumsum([0] + [2 + len(phase.steps) for phase in scenario.phases])
    left = [teams.places for teams in scenario.teams for _ in range(teams.number)]
    for *_, team in inside:
        if team >= 0:
            left[team] -= 1
    rows = []
    for since, wave in waiting:
        rows.append((wave, layout.IN_LINE, 0, -1, -1, int(since * ticks), -1, 0))
    for wave, phase, since, enrolled, known_team in inside:
        team = known_team
        if team < 0 and left:
            team = int(np.argmax(left))
            left[team] -= 1
        activity = names.index(scenario.phases[phase].steps[0].choices[0][0].activity)
        rows.append(
            (wave, layout.BUSY, int(first[phase]) + 2, activity, team, int(since * ticks), int(enrolled * ticks), phase)
        )
    return np.asarray(rows, np.int32).reshape(-1, 8)


def ticks(scenario: Scenario, state: State) -> int:
    """The tick at which the simulation goes on."""
    return network.tick(scenario, scenario.begins + timedelta(days=int(state.day)))
