"""The two kinds of lists: buckets of events for a tick, and lines in which people wait. Both first in, first out."""

import numpy as np
from numba import njit

from samkraft.analysis.queues.kernel.layout import (
    AHEAD,
    AREA_BUSY,
    AREA_WAIT,
    AT,
    BEHIND,
    EVENT,
    FIRST,
    HEAD,
    LAST,
    LENGTH,
    NEXT,
    PREV,
    TAIL,
    TAKING_PART,
    TOUCHED,
)  # fmt: skip


@njit(forceinline=True, _nrt=False)
def schedule(w, horizon, row, tick, event):
    """Let `event` happen to the row at a tick, after what already lies there. Past the horizon nothing happens."""
    if tick >= horizon:
        return
    rows = w.rows
    behind = w.buckets[tick, LAST]
    rows[row, AT] = tick
    rows[row, EVENT] = event
    rows[row, NEXT] = -1
    rows[row, PREV] = behind
    if behind >= 0:
        rows[behind, NEXT] = row
    else:
        w.buckets[tick, FIRST] = row
    w.buckets[tick, LAST] = row


@njit(forceinline=True, _nrt=False)
def cancel(w, row):
    """Take the row out of its bucket, if it lies in one."""
    rows = w.rows
    tick = rows[row, AT]
    if tick < 0:
        return
    before, after = rows[row, PREV], rows[row, NEXT]
    if before >= 0:
        rows[before, NEXT] = after
    else:
        w.buckets[tick, FIRST] = after
    if after >= 0:
        rows[after, PREV] = before
    else:
        w.buckets[tick, LAST] = before
    rows[row, AT] = -1


@njit(forceinline=True, _nrt=False)
def touch(w, line, tick):
    """Move the areas under the curves of a line up to now."""
    passed = tick - w.lines[line, TOUCHED]
    w.lines[line, AREA_WAIT] += w.lines[line, LENGTH] * passed
    w.lines[line, AREA_BUSY] += w.lines[line, TAKING_PART] * passed
    w.lines[line, TOUCHED] = tick


@njit(forceinline=True, _nrt=False)
def join(w, line, row, tick):
    """Stand last in a line."""
    touch(w, line, tick)
    behind = w.lines[line, TAIL]
    w.rows[row, AHEAD] = behind
    w.rows[row, BEHIND] = -1
    if behind >= 0:
        w.rows[behind, BEHIND] = row
    else:
        w.lines[line, HEAD] = row
    w.lines[line, TAIL] = row
    w.lines[line, LENGTH] += 1


@njit(forceinline=True, _nrt=False)
def leave(w, line, row, tick):
    """Step out of a line, from wherever one stands."""
    touch(w, line, tick)
    before, after = w.rows[row, AHEAD], w.rows[row, BEHIND]
    if before >= 0:
        w.rows[before, BEHIND] = after
    else:
        w.lines[line, HEAD] = after
    if after >= 0:
        w.rows[after, AHEAD] = before
    else:
        w.lines[line, TAIL] = before
    w.lines[line, LENGTH] -= 1


@njit(forceinline=True, _nrt=False)
def note(w, tick, row, code, a, b):
    """One row in the log, when there is one. Counting goes on when it is full, so that the caller can ask again."""
    if w.log.shape[0] == 0:
        return
    n = w.tallies[2]
    if n < w.log.shape[0]:
        w.log[n, 0] = np.int32(tick)
        w.log[n, 1] = row
        w.log[n, 2] = code
        w.log[n, 3] = a
        w.log[n, 4] = b
    w.tallies[2] = n + 1
