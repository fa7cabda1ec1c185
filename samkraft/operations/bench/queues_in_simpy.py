"""The pathway of the bench as one writes it in SimPy: a process for each person, places as lines of events.

It tells what the product tells: each week's figures, waits and visits. It is fed the product's own draws, so both must
tell the same story event by event. Within an hour both are first in, first out. The lines are plain deques of SimPy
events, which is quicker than SimPy's own resources and keeps that order.
"""

from collections import deque
from collections.abc import Generator
from typing import Any

from samkraft.analysis.queues.kernel import chance, layout
from samkraft.analysis.queues.network import Network
from samkraft.analysis.queues.pathway import Scenario

Event = tuple[int, int, int, int]


class Places:
    """So many at a time; who finds it full waits in line."""

    def __init__(self, env: Any, capacity: int) -> None:
        self.env, self.capacity, self.taken = env, capacity, 0
        self.line: deque[Any] = deque()

    def free(self) -> bool:
        """Whether somebody who comes now starts at once."""
        return not self.line and self.taken < self.capacity

    def release(self) -> None:
        """Give a place back, to the first in line."""
        self.taken -= 1
        if self.line and self.taken < self.capacity:
            self.taken += 1
            self.line.popleft().succeed()


class Pathway:
    """One replication. `log` has (tick, person, code, a) for everything that the product notes too."""

    def __init__(self, scenario: Scenario, made: Network, replication: int, seed: int, *, log: bool) -> None:
        import simpy

        self.env = simpy.Environment()
        self.scenario, self.made, self.net = scenario, made, made.net
        self.key = chance.keys(seed, 1, replication)[0]
        rows = made.parameters
        self.scale = rows.scale[min(replication, len(rows.scale) - 1)].tolist()
        self.choices = rows.choice_cum[min(replication, len(rows.choice_cum) - 1)].tolist()
        self.outcomes = rows.outcome_cum[min(replication, len(rows.outcome_cum) - 1)].tolist()
        self.drops = rows.drop_rate[min(replication, len(rows.drop_rate) - 1)].tolist()
        self.activities = [
            Places(self.env, int(capacity)) for capacity in self.net.activities[:, layout.CAPACITY_FIRST]
        ]
        self.tables = self.net.activities[:, layout.TABLE].tolist()
        self.limited = [int(kind) == layout.PLACES for kind in self.net.activities[:, layout.KIND]]
        self.taken = [0] * len(self.net.team_places)
        self.open = [False] * len(self.taken)
        self.line: deque[tuple[Any, list[int]]] = deque()
        self.counts = made.counts[replication].tolist()
        self.log: list[Event] | None = [] if log else None
        self.exits = 0
        self.came = self.started = self.waiting = 0
        self.by_kind = [0] * len(scenario.kinds)
        self.by_wave = [[0, 0] for _ in self.counts]
        self.ticks_waited = 0
        self.waited_days = [0] * layout.WAIT_BINS
        self.visits = [0] * len(self.activities)
        self.visits_waited: list[float] = [0] * len(self.activities)
        self.visits_lasted: list[float] = [0] * len(self.activities)
        self.looks: list[list[int]] = []

    def look(self) -> Generator[Any, Any, None]:
        """What the product tells of each week: who came, started, is inside, waits and has left, and each team's stock."""
        for tick in self.net.snaps.tolist():
            if tick >= self.net.horizon:
                return
            yield self.env.timeout(tick - self.env.now)
            stock = self.started - self.exits
            self.looks.append(
                [self.came, self.started, stock, self.waiting, self.ticks_waited, *self.by_kind, *self.taken]
            )

    def enrolled(self, wave: int, waited: int) -> None:
        """Count somebody who got a place in a team after so many hours."""
        self.started += 1
        self.by_wave[wave][1] += 1
        self.ticks_waited += waited
        self.waited_days[min(waited // self.net.ticks_per_day, layout.WAIT_BINS - 1)] += 1

    def left(self, kind: int) -> None:
        """Count somebody who has left."""
        self.exits += 1
        self.by_kind[kind] += 1

    def run(self) -> None:
        """From the first hour to the last."""
        for tick, what, which, _ in self.net.agenda.tolist():
            self._on(tick, what, which)
        self.env.process(self.look())
        row = 0
        for wave, count in enumerate(self.counts):
            for ident in range(count):
                self.env.process(self._person(row, wave, ident, self._comes(wave, ident, count)))
                row += 1
        self.env.run(until=self.net.horizon)

    def note(self, row: int, code: int, a: int) -> None:
        """One line of the log."""
        if self.log is not None:
            self.log.append((int(self.env.now), row, code, a))

    def _on(self, tick: int, what: int, which: int) -> None:
        def happen(_event: Any) -> None:
            self.open[which] = what == layout.OPENING

        self.env.timeout(tick).callbacks.append(happen)

    def _draw(self, wave: int, ident: int, number: int) -> float:
        return float(_uniform(self.key, wave, ident, number))

    def _stay(self, activity: int, u: float) -> float:
        return float(_quantile(self.net.table, self.tables[activity], u))

    def _comes(self, wave: int, ident: int, count: int) -> int:
        share = (ident + self._draw(wave, ident, 65535)) / count
        return int(self.made.begins[wave]) + int(share * float(self.made.lasts[wave]))

    def _free_team(self) -> int:
        best, most = -1, 0
        for team, places in enumerate(self.net.team_places.tolist()):
            if self.open[team] and places - self.taken[team] > most:
                best, most = team, places - self.taken[team]
        return best

    def _person(self, row: int, wave: int, ident: int, comes: int) -> Generator[Any, Any, None]:
        yield self.env.timeout(comes)
        self.note(row, layout.L_ARRIVED, wave)
        self.came += 1
        self.by_wave[wave][0] += 1
        team = -1 if self.line else self._free_team()
        if team >= 0:
            self.taken[team] += 1
        else:
            given = [-1]
            called = self.env.event()
            self.line.append((called, given))
            self.waiting += 1
            yield called
            self.waiting -= 1
            team = given[0]
        self.enrolled(wave, int(self.env.now) - comes)
        self.note(row, layout.L_ENROLLED, team)
        kind = yield from self._phases(row, wave, ident)
        self.note(row, layout.L_EXITED, kind)
        self.left(kind)
        self._leave(team)

    def _leave(self, team: int) -> None:
        self.taken[team] -= 1
        if self.line and self.open[team] and self.taken[team] < int(self.net.team_places[team]):
            self.taken[team] += 1
            called, given = self.line.popleft()
            given[0] = team
            called.succeed()

    def _phases(self, row: int, wave: int, ident: int) -> Generator[Any, Any, int]:
        number, phase, phases = 0, 0, len(self.net.phase_first)
        while True:
            self.note(row, layout.L_PHASE, phase)
            choice = int(self.net.program[self.net.phase_first[phase] + 1, layout.ARG])
            activity = int(
                self.net.alternatives[choice, _which(self.choices[choice][0], self._draw(wave, ident, number))]
            )
            yield from self._activity(row, wave, ident, activity, number + 1)
            outcome = _which(self.outcomes[int(self.net.outcome_row[phase, wave])], self._draw(wave, ident, number + 2))
            number += 3
            if outcome >= phases:
                return outcome - phases
            phase = outcome

    def _activity(self, row: int, wave: int, ident: int, activity: int, number: int) -> Generator[Any, Any, None]:
        places, asked = self.activities[activity], self.env.now
        if self.limited[activity] and not places.free():
            self.note(row, layout.L_QUEUED, activity)
            called = self.env.event()
            places.line.append(called)
            yield called
        else:
            places.taken += 1
        self.note(row, layout.L_STARTED, activity)
        began = self.env.now
        self.visits[activity] += 1
        self.visits_waited[activity] += began - asked
        mean = self.scale[activity]
        yield self.env.timeout(int(self._stay(activity, self._draw(wave, ident, number)) * mean + 0.5))
        self.note(row, layout.L_ENDED, activity)
        self.visits_lasted[activity] += self.env.now - began
        places.release()


def _which(cumulative: list[float], u: float) -> int:
    found = 0
    while found < len(cumulative) - 1 and u >= cumulative[found]:
        found += 1
    return found


def _compiled() -> tuple[Any, Any]:
    """The product's draws, compiled to be called from Python."""
    from numba import njit

    def uniform(key: Any, wave: Any, ident: Any, number: Any) -> Any:
        return chance.uniform(key, wave, ident, number)

    def quantile(table: Any, activity: Any, u: Any) -> Any:
        return chance.quantile(table, activity, u)

    return njit(uniform), njit(quantile)


_uniform, _quantile = _compiled()


class FromTheBook(Pathway):
    """The same with SimPy's own parts, as its manual teaches: a Resource for each activity, a Store of team places.

    Within one hour a Resource hands over a place a little later than the line above, and a Store gives its oldest place,
    so single people may differ; totals do not.
    """

    def __init__(self, scenario: Scenario, made: Network, replication: int, seed: int) -> None:
        import simpy

        super().__init__(scenario, made, replication, seed, log=False)
        self.resources = [
            simpy.Resource(self.env, capacity=places.capacity) if limited else None
            for places, limited in zip(self.activities, self.limited, strict=True)
        ]
        self.store = simpy.Store(self.env)

    def _on(self, tick: int, what: int, which: int) -> None:
        def change() -> Generator[Any, Any, None]:
            yield self.env.timeout(tick)
            self.open[which] = what == layout.OPENING
            if self.open[which]:
                for _ in range(int(self.net.team_places[which])):
                    yield self.store.put(which)
            else:
                self.store.items = [team for team in self.store.items if team != which]

        self.env.process(change())

    def _person(self, row: int, wave: int, ident: int, comes: int) -> Generator[Any, Any, None]:
        yield self.env.timeout(comes)
        self.came += 1
        self.by_wave[wave][0] += 1
        self.waiting += 1
        team = yield self.store.get()
        self.waiting -= 1
        self.taken[team] += 1
        self.enrolled(wave, int(self.env.now) - comes)
        kind = yield from self._phases(row, wave, ident)
        self.left(kind)
        self.taken[team] -= 1
        if self.open[team]:
            yield self.store.put(team)

    def _activity(self, row: int, wave: int, ident: int, activity: int, number: int) -> Generator[Any, Any, None]:
        lasts = int(self._stay(activity, self._draw(wave, ident, number)) * self.scale[activity] + 0.5)
        resource, asked = self.resources[activity], self.env.now
        if resource is None:
            yield self.env.timeout(lasts)
        else:
            with resource.request() as request:
                yield request
                self.visits_waited[activity] += self.env.now - asked
                yield self.env.timeout(lasts)
        self.visits[activity] += 1
        self.visits_lasted[activity] += lasts
