"""Many replications of a scenario: draw the parameters, run, gather. The same seed gives the same answer anywhere."""

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from samkraft.analysis.queues import network
from samkraft.analysis.queues.kernel import layout
from samkraft.analysis.queues.network import Network
from samkraft.analysis.queues.pathway import Scenario
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase

MOST_BYTES = 4_000_000_000
BATCH = 25  # replications at a time on one thread: small enough to share evenly, large enough to be worth starting
ALIKE = 2  # replications with the same parameters, so that chance can be told from parameters

TOO_LARGE = Reason(
    "simulation_too_large",
    phrase("Körningen skulle ta {gigabytes} GB minne; gränsen är {limit} GB."),
    phrase("Kör färre repetitioner, eller dela upp scenariot."),
)

NO_SCHEDULER = Reason("no_scheduler", phrase("Schemaläggaren {address} svarar inte: {why}."))


@dataclass(frozen=True)
class Run:
    """What came out of R replications, with n snapshots, Q = activities + 1 lines (the last is the line for a team).

    snapshots (R, n, columns of `kernel.layout`); sums (R, Q, 16) has the columns of a line in `kernel.layout`,
    in ticks; waits (R, 400) people by days waited for a team; by_wave
    (R, W, 2 + K): came, started, exits by kind, at the end. log (events, 5) of the first replication.
    """

    scenario: Scenario
    assumption: str
    network: Network
    snapshots: NDArray[np.int32]
    sums: NDArray[np.int64]
    waits: NDArray[np.int32]
    by_wave: NDArray[np.int32]
    log: NDArray[np.int32]

    @property
    def replications(self) -> int:
        """R."""
        return int(self.snapshots.shape[0])

    def at(self, day: date, column: int) -> NDArray[np.int32]:
        """(R,) a column on a day that is looked at."""
        return self.snapshots[:, self.network.days.index(day), column]

    def weekly(self, column: int) -> NDArray[np.int32]:
        """(R, weeks) a column at the beginning of each week."""
        return self.snapshots[:, self.network.weeks, column]

    def exit_columns(self, kinds: tuple[str, ...]) -> list[int]:
        """The columns of some kinds of exit."""
        return [layout.FIXED + self.scenario.kinds.index(kind) for kind in kinds]

    def team_columns(self) -> range:
        """The columns of the teams' stock."""
        first = layout.FIXED + len(self.scenario.kinds)
        return range(first, first + sum(teams.number for teams in self.scenario.teams))

    def activity_column(self, block: int, activity: int) -> int:
        """The column of an activity: block 0 who waits, 1 who takes part, 2 who have started."""
        first = self.team_columns().stop
        return first + block * len(self.scenario.activities) + activity


def run(
    scenario: Scenario, assumption: str = "", *, seed: int, replications: int = 1000, alike: int = ALIKE,
    threads: int = 0, scheduler: str = "", detail: bool = True, log_rows: int = 0, **layout_options: Any,
) -> Run:  # fmt: skip
    """Simulate. `alike` and `alike` replications share their parameters; `scheduler` is the address of a Dask scheduler.

    Raises Refused when the answer would not fit in memory.
    """
    assumption = assumption or scenario.assumptions[0]
    _columns(scenario, detail=detail, count=replications)
    made = network.build(scenario, assumption, seed=seed, count=replications, alike=alike, **layout_options)
    return run_network(
        scenario, assumption, made, seed=seed, threads=threads, scheduler=scheduler, detail=detail, log_rows=log_rows
    )


def run_network(
    scenario: Scenario, assumption: str, made: Network, *, seed: int, threads: int = 0, scheduler: str = "",
    detail: bool = True, log_rows: int = 0,
) -> Run:  # fmt: skip
    """Simulate a network that is already laid out."""
    count = made.counts.shape[0]
    columns = _columns(scenario, detail=detail, count=count)
    parts = [(first, min(first + BATCH, count)) for first in range(0, count, BATCH)]
    if scheduler:
        outputs = _on_workers(made, parts, seed, columns, len(scenario.kinds), log_rows, scheduler)
    else:
        outputs = _on_threads(made, parts, seed, columns, len(scenario.kinds), log_rows, threads)
    log = outputs[0][4]
    snapshots, sums, waits, by_wave = (np.concatenate([output[n] for output in outputs]) for n in range(4))
    return Run(scenario, assumption, made, snapshots, sums, waits, by_wave, log)


def _columns(scenario: Scenario, *, detail: bool, count: int) -> int:
    """How many columns a snapshot has. Raises Refused when all of them together would not fit in memory."""
    columns = layout.FIXED + len(scenario.kinds) + sum(teams.number for teams in scenario.teams)
    columns += 3 * len(scenario.activities) if detail else 0
    size = 4 * count * (len(network.snapshot_days(scenario)[0]) * columns + layout.WAIT_BINS)
    if size > MOST_BYTES:
        raise Refused(TOO_LARGE, gigabytes=round(size / 1e9, 1), limit=MOST_BYTES // 10**9)
    return columns


def batch(
    made: Network, first: int, last: int, seed: int, columns: int, kinds: int, log_rows: int
) -> tuple[NDArray[Any], ...]:
    """Replications first … last − 1: snapshots, sums, waits, by_wave, and the log of the first of all."""
    n, waves = last - first, made.counts.shape[1]
    lines = made.net.activities.shape[0] + 1
    snapshots = np.zeros((n, made.net.snaps.shape[0], columns), np.int32)
    sums = np.zeros((n, lines, layout.LINE_COLUMNS), np.int64)
    waits = np.zeros((n, layout.WAIT_BINS), np.int32)
    by_wave = np.zeros((n, waves, 2 + kinds), np.int32)
    sizes = np.zeros(n, np.int64)
    rows = log_rows if first == 0 else 0
    while True:
        log = np.zeros((rows, 5), np.int32)
        if not rows:
            break
        _kernel(made, seed, first, 1, kinds, log, snapshots, sums, waits, by_wave, sizes)
        if sizes[0] <= rows:
            break
        rows = int(sizes[0])
    told = log[: sizes[0]]
    none = np.zeros((0, 5), np.int32)
    _kernel(made, seed, first, n, kinds, none, snapshots, sums, waits, by_wave, sizes)
    return snapshots, sums, waits, by_wave, told


def _kernel(
    made: Network, seed: int, first: int, n: int, kinds: int, log: Any, snapshots: Any, sums: Any, waits: Any,
    by_wave: Any, sizes: Any,
) -> None:  # fmt: skip
    from samkraft.analysis.queues.kernel import beginning, chance
    from samkraft.analysis.queues.kernel import run as kernel

    counts = made.counts[first : first + n]
    most = made.net.initial.shape[0] + int(counts.sum(axis=1).max())
    space = beginning.made(made.net, made.parameters, most, log.shape[0], counts.shape[1], kinds)
    kernel.several(
        made.net, made.parameters, space, chance.keys(seed, n, first), first, counts, made.begins, made.lasts, made.even,
        snapshots[:n], sums[:n], waits[:n], by_wave[:n], sizes[:n],
    )  # fmt: skip
    written = min(log.shape[0], int(sizes[n - 1]))
    log[:written] = space.log[:written]


def _on_threads(
    made: Network, parts: list[tuple[int, int]], seed: int, columns: int, kinds: int, log_rows: int, threads: int
) -> list[tuple[NDArray[Any], ...]]:
    with ThreadPoolExecutor(threads or os.cpu_count() or 1) as pool:
        jobs = [pool.submit(batch, made, first, last, seed, columns, kinds, log_rows) for first, last in parts]
        return [job.result() for job in jobs]


def _on_workers(
    made: Network, parts: list[tuple[int, int]], seed: int, columns: int, kinds: int, log_rows: int, scheduler: str
) -> list[tuple[NDArray[Any], ...]]:
    from distributed import Client

    try:
        client: Any = Client(scheduler, timeout=10)
    except (OSError, ValueError) as fault:
        raise Refused(NO_SCHEDULER, address=scheduler, why=str(fault)) from None
    with client:
        laid_out = client.scatter(made, broadcast=True)
        jobs = [
            client.submit(batch, laid_out, first, last, seed, columns, kinds, log_rows, pure=False)
            for first, last in parts
        ]
        return list(client.gather(jobs))
