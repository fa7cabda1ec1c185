"""The two kinds of lists: buckets of events for a tick, and lines in which people wait. Both first in, first out.

A bucket is a chain in which the last to come is found first; it is turned round when its tick has come. To put
somebody in is then two writes and no question.
"""

import numpy as np

from samkraft.analysis.queues.kernel.inner import inlined, inner
from samkraft.analysis.queues.kernel.layout import (
    AHEAD,
    AREA_BUSY,
    AREA_WAIT,
    AT,
    BEHIND,
    EVENT,
    HEAD,
    LENGTH,
    LOGGED,
    NEXT,
    NOWHERE,
    TAIL,
    TAKING_PART,
    TURNS,
    UP_NOW,
)

ZERO, ONE, SIX, LOW_SIX, FIFTY_EIGHT = (np.uint64(n) for n in (0, 1, 6, 63, 58))
ALL = ~ZERO
DE_BRUIJN = np.uint64(0x03F79D71B4CB0A89)  # multiplied by a power of two, its first six bits say which
PLACE_OF_BIT = np.zeros(64, np.uint64)
for _n in range(64):
    PLACE_OF_BIT[((0x03F79D71B4CB0A89 << _n) & (2**64 - 1)) >> 58] = _n


@inlined
def at(index):
    """The same index without a sign: nothing here counts from the end, and need not be asked whether it does."""
    return np.uint64(index)


@inlined
def cell(index, column):
    """Where a column of a row or of a line lies: sixteen to each, known when compiled, so that it is a shift."""
    return np.uint64(index) * np.uint64(16) + np.uint64(column)


@inlined
def wait_turn(net, w, row, event):
    """Let `event` happen to the row in this tick, after what already has its turn."""
    place = w.tallies[TURNS] & (w.turn.shape[0] - 1)
    w.tallies[TURNS] += 1
    w.turn[at(place)] = row
    w.rows[cell(row, EVENT)] = event
    w.rows[cell(row, AT)] = UP_NOW - place


@inlined
def schedule(net, w, row, tick, event):
    """Let `event` happen to the row at a later tick, after what already lies there. Past the horizon nothing happens."""
    if tick >= net.horizon:
        return
    rows = w.rows
    rows[cell(row, AT)] = tick
    rows[cell(row, EVENT)] = event
    rows[cell(row, NEXT)] = w.buckets[at(tick)]
    w.buckets[at(tick)] = row
    w.marks[at(tick) >> SIX] |= ONE << (at(tick) & LOW_SIX)


@inlined
def schedule_from(net, w, row, now, tick, event):
    """The same, from within a tick: what happens in that same tick waits for its turn."""
    if tick <= now:
        wait_turn(net, w, row, event)
    else:
        schedule(net, w, row, tick, event)


@inner
def take_out(w, row):
    """Take the row out of its bucket, or from those whose turn it is. A bucket may be left empty, with its mark."""
    rows = w.rows
    tick = rows[cell(row, AT)]
    rows[cell(row, AT)] = NOWHERE
    if tick <= UP_NOW:
        w.turn[at(UP_NOW - tick)] = -1
        return
    before = w.buckets[at(tick)]
    if before == row:
        w.buckets[at(tick)] = rows[cell(row, NEXT)]
        return
    while rows[cell(before, NEXT)] != row:
        before = rows[cell(before, NEXT)]
    rows[cell(before, NEXT)] = rows[cell(row, NEXT)]


@inlined
def next_mark(marks, tick, until):
    """The first tick from `tick` on, and before `until`, whose bucket is marked; else `until`."""
    word = at(tick) >> SIX
    left = marks[word] & (ALL << (at(tick) & LOW_SIX))
    last = at(until) >> SIX
    while left == ZERO and word < last:
        word += ONE
        left = marks[word]
    if left == ZERO:
        return until
    lowest = left & (~left + ONE)
    found = np.int64((word << SIX) + PLACE_OF_BIT[(lowest * DE_BRUIJN) >> FIFTY_EIGHT])
    return min(found, until)


@inlined
def cancel(w, row):
    """What would have happened to the row does not."""
    if w.rows[cell(row, AT)] != NOWHERE:
        take_out(w, row)


@inlined
def begins(w, line, tick):
    """One more takes part, from now on."""
    w.lines[cell(line, TAKING_PART)] += 1
    w.lines[cell(line, AREA_BUSY)] -= tick


@inlined
def ends(w, line, tick):
    """One less takes part, from now on."""
    w.lines[cell(line, TAKING_PART)] -= 1
    w.lines[cell(line, AREA_BUSY)] += tick


@inlined
def join(w, line, row, tick):
    """Stand last in a line."""
    w.lines[cell(line, AREA_WAIT)] -= tick
    behind = w.lines[cell(line, TAIL)]
    w.rows[cell(row, AHEAD)] = behind
    w.rows[cell(row, BEHIND)] = -1
    if behind >= 0:
        w.rows[cell(behind, BEHIND)] = row
    else:
        w.lines[cell(line, HEAD)] = row
    w.lines[cell(line, TAIL)] = row
    w.lines[cell(line, LENGTH)] += 1


@inlined
def leave(w, line, row, tick):
    """Step out of a line, from wherever one stands."""
    w.lines[cell(line, AREA_WAIT)] += tick
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


@inlined
def note(w, tick, row, code, a, b):
    """One row in the log, when there is one. Counting goes on when it is full, so that the caller can ask again."""
    if w.log.shape[0] == 0:
        return
    n = w.tallies[LOGGED]
    if n < w.log.shape[0]:
        w.log[n, 0] = np.int32(tick)
        w.log[n, 1] = row
        w.log[n, 2] = code
        w.log[n, 3] = a
        w.log[n, 4] = b
    w.tallies[LOGGED] = n + 1
