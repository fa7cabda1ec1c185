"""The least that any simulation with a calendar must do for each event: take it out, draw a duration, put the next one in.

No places, no lines, no teams, no choices, no sums. What the product needs above this is the price of the pathway.
"""

from typing import Any

import numpy as np
from numba import njit

from samkraft.analysis.queues.kernel import chance
from samkraft.analysis.queues.network import Network


def run(made: Network, events: int) -> int:
    """So many events among the people of the first replication; the number of them that were done."""
    people, horizon = int(made.counts[0].sum()), int(made.net.horizon)
    first, after = np.full(horizon, -1, np.int32), np.full(people, -1, np.int32)
    scale = float(made.parameters.scale.mean())
    return int(_walk(made.net.table, scale, events, first, after, np.uint64(made.counts[0, 0])))


@njit
def _walk(table: Any, scale: Any, events: Any, first: Any, after: Any, key: Any) -> Any:
    people, horizon = after.shape[0], first.shape[0]
    for row in range(people):
        tick = row * horizon // people
        after[row] = first[tick]
        first[tick] = row
    done = 0
    for tick in range(horizon):
        while first[tick] >= 0:
            row = first[tick]
            first[tick] = after[row]
            done += 1
            if done >= events:
                return done
            u = chance.uniform(key, 0, row, done & 0xFFFF)
            later = tick + 1 + np.int64(chance.quantile(table, done % table.shape[0], u) * scale)
            later = later if later < horizon else later - horizon + tick if later - horizon + tick < horizon else tick
            if later > tick:
                after[row] = first[later]
                first[later] = row
    return done
