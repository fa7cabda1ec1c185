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
def at(index):
    """The same index without a sign: nothing here counts from the end, and need not be asked whether it does."""
    return np.uint64(index)


@njit(forceinline=True, _nrt=False)
def cell(index, column):
    """Where a column of a row or of a line lies: sixteen to each, known when compiled, so that it is a shift."""
    return np.uint64(index) * np.uint64(16) + np.uint64(column)


@njit(forceinline=True, _nrt=False)
def pair(tick, which):
    """Where the first or the last of a bucket lies."""
    return np.uint64(tick) * np.uint64(2) + np.uint64(which)


@njit(forceinline=True, _nrt=False)
def schedule(w, horizon, row, tick, event):
    """Let `event` happen to the row at a tick, after what already lies there. Past the horizon nothing happens."""
    if tick >= horizon:
        return
    rows = w.rows
    behind = w.buckets[pair(tick, LAST)]
    rows[cell(row, AT)] = tick
    rows[cell(row, EVENT)] = event
    rows[cell(row, NEXT)] = -1
    rows[cell(row, PREV)] = behind
    if behind >= 0:
        rows[cell(behind, NEXT)] = row
    else:
        w.buckets[pair(tick, FIRST)] = row
    w.buckets[pair(tick, LAST)] = row


@njit(forceinline=True, _nrt=False)
def cancel(w, row):
    """Take the row out of its bucket, if it lies in one."""
    rows = w.rows
    tick = rows[cell(row, AT)]
    if tick < 0:
        return
    before, after = rows[cell(row, PREV)], rows[cell(row, NEXT)]
    if before >= 0:
        rows[cell(before, NEXT)] = after
    else:
        w.buckets[pair(tick, FIRST)] = after
    if after >= 0:
        rows[cell(after, PREV)] = before
    else:
        w.buckets[pair(tick, LAST)] = before
    rows[cell(row, AT)] = -1


@njit(forceinline=True, _nrt=False)
def touch(w, line, tick):
    """Move the areas under the curves of a line up to now."""
    passed = tick - w.lines[cell(line, TOUCHED)]
    w.lines[cell(line, AREA_WAIT)] += w.lines[cell(line, LENGTH)] * passed
    w.lines[cell(line, AREA_BUSY)] += w.lines[cell(line, TAKING_PART)] * passed
    w.lines[cell(line, TOUCHED)] = tick


@njit(forceinline=True, _nrt=False)
def join(w, line, row, tick):
    """Stand last in a line."""
    touch(w, line, tick)
    behind = w.lines[cell(line, TAIL)]
    w.rows[cell(row, AHEAD)] = behind
    w.rows[cell(row, BEHIND)] = -1
    if behind >= 0:
        w.rows[cell(behind, BEHIND)] = row
    else:
        w.lines[cell(line, HEAD)] = row
    w.lines[cell(line, TAIL)] = row
    w.lines[cell(line, LENGTH)] += 1


@njit(forceinline=True, _nrt=False)
def leave(w, line, row, tick):
    """Step out of a line, from wherever one stands."""
    touch(w, line, tick)
    before, after = w.rows[cell(row, AHEAD)], w.rows[cell(row, BEHIND)]
    if before >= 0:
        w.rows[cell(before, BEHIND)] = after
    else:
        w.lines[cell(line, HEAD)] = after
    if after >= 0:
        w.rows[cell(after, AHEAD)] = before
    else:
        w.lines[cell(line, TAIL)] = before
    w.lines[cell(line, LENGTH)] -= 1


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
