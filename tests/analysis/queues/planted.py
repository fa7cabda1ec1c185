"""Runs a small pathway with each fault planted in the kernel, and prints whether SimPy still tells the same story.

Started by a test as a program of its own, without compilation.
"""

import sys

from samkraft.analysis.queues import network, simulation
from samkraft.analysis.queues.kernel import chance, moves, walk
from samkraft.analysis.queues.kernel.layout import (
    ACTIVITY,
    AHEAD,
    AREA_WAIT,
    BEHIND,
    HEAD,
    KIND,
    LENGTH,
    PLACES,
    TAIL,
    TAKING_PART,
)
from samkraft.analysis.queues.kernel.lines import cell
from samkraft.operations.bench import queues, queues_in_simpy


def last_in_first_out() -> None:
    """Who comes last is called first."""

    def join(w, line, row, tick):  # type: ignore[no-untyped-def]  # as the kernel's own
        w.lines[cell(line, AREA_WAIT)] -= tick
        first = w.lines[cell(line, HEAD)]
        w.rows[cell(row, AHEAD)], w.rows[cell(row, BEHIND)] = -1, first
        if first >= 0:
            w.rows[cell(first, AHEAD)] = row
        else:
            w.lines[cell(line, TAIL)] = row
        w.lines[cell(line, HEAD)] = row
        w.lines[cell(line, LENGTH)] += 1

    moves.join = walk.join = join


def place_released_early() -> None:
    """A place in an activity is free again as soon as it is taken."""
    start = moves.start

    def early(net, luck, w, row, is_person, tick):  # type: ignore[no-untyped-def]  # as the kernel's own
        start(net, luck, w, row, is_person, tick)
        activity = w.rows[cell(row, ACTIVITY)]
        if net.activities[activity, KIND] == PLACES:
            w.lines[cell(activity, TAKING_PART)] -= 1

    moves.start = walk.start = early


def mean_too_long() -> None:
    """Every duration is three per cent too long."""
    quantile = chance.quantile
    chance.quantile = lambda table, activity, u: 1.03 * quantile(table, activity, u)


def main(faults: list[str]) -> None:
    """SimPy runs first. Then each fault is planted, the kernel is run and compared, and the fault is taken out again."""
    scenario = queues.scenario(people=200)
    made = network.build(scenario, "plan", seed=5, count=1)
    peer = queues_in_simpy.Pathway(scenario, made, 0, 5, log=True)
    peer.run()
    for fault in faults:
        whole = [(module, dict(vars(module))) for module in (chance, moves, walk)]
        if fault != "none":
            globals()[fault]()
        run = simulation.run_network(scenario, "plan", made, seed=5, threads=1, log_rows=20_000)
        for module, names in whole:
            vars(module).update(names)
        same = [tuple(row) for row in run.log[:, :4].tolist()] == peer.log
        sys.stdout.write(f"{fault}: {'same' if same else 'different'}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
