"""Measure the product beside other ways of doing the same.

`frame` runs a bench: nothing is timed until all agree on the answer, then product and peers take turns, and what is
printed are ratios inside one run. Each other file is one bench; `BENCHES` lists them.
"""

from samkraft.operations.bench import (
    allotment,
    board,
    board_pages,
    effects,
    forecast,
    ledger_balances,
    match,
    places,
    queues,
    register_decisions,
    scorecard,
    standing,
)
from samkraft.operations.bench.frame import Bench

BENCHES: dict[str, Bench] = {
    bench.name: bench
    for bench in (
        allotment.BENCH,
        allotment.PLAIN_BENCH,
        board.BENCH,
        board_pages.BENCH,
        effects.BENCH,
        effects.REFITS_BENCH,
        forecast.BENCH,
        ledger_balances.BENCH,
        match.BENCH,
        places.BENCH,
        queues.BENCH,
        register_decisions.BENCH,
        scorecard.BENCH,
        standing.BENCH,
    )
}
