"""What happens to a person: gets a place, begins, waits, ends, moves on, leaves.

Nothing here calls itself: who is given a place by somebody else's leaving starts through the bucket of the same tick,
after what already lies there, so that first in is first out within a tick too.
"""

import numpy as np

from samkraft.analysis.queues.kernel.chances import draw, drawn_duration
from samkraft.analysis.queues.kernel.inner import inlined, inner
from samkraft.analysis.queues.kernel.layout import (
    ACTIVITY,
    APART,
    BEGAN,
    BLOCK,
    BUSY,
    CAPACITY_NOW,
    DROPS,
    DROPS_AT,
    ENDS,
    ENROLLED,
    GONE,
    GRANTED,
    HEAD,
    JOINT,
    KIND,
    L_ENDED,
    L_ENROLLED,
    L_EXITED,
    L_GAVE_UP,
    L_QUEUED,
    L_SKIPPED,
    L_STARTED,
    LEFT_LINE,
    LENGTH,
    MET,
    MET_FULL,
    NEVER,
    OPEN_BEFORE,
    OPEN_TICK,
    PLACES,
    RANK,
    RESTS,
    SINCE,
    SKIPS,
    STARTS,
    STATE,
    STAY_SUM,
    T_OPEN,
    T_PLACES,
    T_TAKEN,
    TAKING_PART,
    TEAM,
    TICKS_WAITED,
    WAIT_BINS,
    WAIT_SUM,
    WAITED_AT_ALL,
    WAITING,
    WAVE,
)  # fmt: skip
from samkraft.analysis.queues.kernel.lines import (
    at,
    begins,
    cancel,
    cell,
    ends,
    join,
    leave,
    note,
    schedule_from,
    wait_turn,
)


@inlined
def free_team(w):
    """The open team with most free places; the first of several. -1 when none has any."""
    highest = w.ranks[0]
    for block in range(0, w.ranks.shape[0], BLOCK):
        for k in range(BLOCK):
            highest = max(highest, w.ranks[at(block + k)])
    return RANK - 1 - (highest & (RANK - 1)) if highest >= RANK else -1


@inlined
def take_place(w, team, many):
    """So many more hold a place in the team; fewer when negative."""
    w.teams[at(team), T_TAKEN] += many
    if w.teams[at(team), T_OPEN]:
        w.ranks[at(team)] -= many * RANK


@inlined
def enrol(net, w, row, tick):
    """The place in the team, already reserved, begins to be used."""
    line = net.activities.shape[0]
    rows = w.rows
    waited = tick - rows[cell(row, SINCE)]
    rows[cell(row, ENROLLED)] = tick
    rows[cell(row, STATE)] = GRANTED
    begins(w, line, tick)
    w.lines[cell(line, BEGAN)] += 1
    w.by_wave[rows[cell(row, WAVE)], 1] += 1
    w.tallies[TICKS_WAITED] += waited
    if rows[cell(row, SINCE)] >= net.warm:
        w.lines[cell(line, WAIT_SUM)] += waited
        w.lines[cell(line, WAITED_AT_ALL)] += waited > 0
        days = min(waited // net.ticks_per_day, WAIT_BINS - 1) if waited else 0
        w.histogram[at(days)] += 1
    note(w, tick, row, L_ENROLLED, rows[cell(row, TEAM)], waited)


@inlined
def call_to_team(net, w, line, team, tick):
    """The first in line gets a place in the team."""
    row = w.lines[cell(line, HEAD)]
    leave(w, line, row, tick)
    cancel(w, row)
    take_place(w, team, 1)
    w.rows[cell(row, TEAM)] = team
    w.rows[cell(row, STATE)] = GRANTED
    wait_turn(net, w, row, STARTS)


@inlined
def call_to_activity(net, w, activity, tick):
    """The first in line gets a place in the activity."""
    row = w.lines[cell(activity, HEAD)]
    leave(w, activity, row, tick)
    cancel(w, row)
    begins(w, activity, tick)
    w.rows[cell(row, STATE)] = GRANTED
    wait_turn(net, w, row, STARTS)


@inlined
def release(net, w, activity, tick):
    """A place in an activity becomes free, and goes to the first in line."""
    ends(w, activity, tick)
    if (
        net.activities[at(activity), KIND] == PLACES
        and w.lines[cell(activity, LENGTH)] > 0
        and w.lines[cell(activity, TAKING_PART)] < w.lines[cell(activity, CAPACITY_NOW)]
    ):
        call_to_activity(net, w, activity, tick)


@inlined
def prolonged(net, activity, tick, duration):
    """When an activity that begins now ends, closed days added if it rests on them."""
    if net.activities[at(activity), RESTS] == 0:
        return tick + duration
    done = net.calendar[at(tick), OPEN_BEFORE] + duration
    return np.int64(net.calendar[at(done), OPEN_TICK]) if done < net.calendar.shape[0] else np.int64(NEVER)


@inlined
def start(net, luck, w, row, is_person, tick):
    """Begin the activity; the place is already counted."""
    rows = w.rows
    activity = rows[cell(row, ACTIVITY)]
    waited = tick - rows[cell(row, SINCE)]
    w.lines[cell(activity, BEGAN)] += 1
    if rows[cell(row, SINCE)] >= net.warm:
        w.lines[cell(activity, WAIT_SUM)] += waited
        w.lines[cell(activity, WAITED_AT_ALL)] += waited > 0
    rows[cell(row, STATE)] = BUSY
    rows[cell(row, SINCE)] = tick
    until = prolonged(net, activity, tick, drawn_duration(net, luck, activity, draw(w, row)))
    note(w, tick, row, L_STARTED, activity, waited)
    if is_person and rows[cell(row, DROPS_AT)] < until:
        schedule_from(net, w, row, tick, max(tick, rows[cell(row, DROPS_AT)]), DROPS)
    else:
        schedule_from(net, w, row, tick, until, ENDS)


@inlined
def begin(net, luck, w, row, is_person, activity, tick):
    """Come to an activity: start, wait, or go on without it. True when the row goes on at once."""
    rows = w.rows
    rows[cell(row, ACTIVITY)] = activity
    rows[cell(row, SINCE)] = tick
    kind = net.activities[at(activity), KIND]
    w.lines[cell(activity, MET)] += 1
    full = (kind == JOINT) or (
        kind == PLACES
        and (
            w.lines[cell(activity, LENGTH)] > 0
            or w.lines[cell(activity, TAKING_PART)] >= w.lines[cell(activity, CAPACITY_NOW)]
        )
    )
    if not full:
        begins(w, activity, tick)
        start(net, luck, w, row, is_person, tick)
        return False
    w.lines[cell(activity, MET_FULL)] += 1
    if net.activities[at(activity), SKIPS] and kind == PLACES:
        note(w, tick, row, L_SKIPPED, activity, 0)
        return True
    rows[cell(row, STATE)] = WAITING
    join(w, activity, row, tick)
    note(w, tick, row, L_QUEUED, activity, 0)
    if is_person and rows[cell(row, DROPS_AT)] < NEVER:
        schedule_from(net, w, row, tick, max(tick, rows[cell(row, DROPS_AT)]), DROPS)
    return False


@inlined
def finish(net, w, row, tick):
    """The activity is over: give the place back."""
    activity = w.rows[cell(row, ACTIVITY)]
    w.lines[cell(activity, STAY_SUM)] += tick - w.rows[cell(row, SINCE)]
    note(w, tick, row, L_ENDED, activity, 0)
    w.rows[cell(row, STATE)] = GONE
    release(net, w, activity, tick)


@inlined
def abandon(net, w, row, tick):
    """Leave whatever one waits for or takes part in, before its end."""
    cancel(w, row)
    state = w.rows[cell(row, STATE)]
    activity = w.rows[cell(row, ACTIVITY)]
    if state == WAITING:
        leave(w, activity, row, tick)
    elif state in (BUSY, GRANTED) and activity >= 0:
        release(net, w, activity, tick)
    w.rows[cell(row, STATE)] = GONE


@inlined
def depart(net, w, row, kind, tick):
    """Leave the pathway by an exit; the place in the team goes to the first in line."""
    rows = w.rows
    line = net.activities.shape[0]
    rows[cell(row, STATE)] = GONE
    ends(w, line, tick)
    w.exits[at(kind)] += 1
    w.by_wave[rows[cell(row, WAVE)], 2 + kind] += 1
    w.lines[cell(line, STAY_SUM)] += tick - rows[cell(row, ENROLLED)]
    note(w, tick, row, L_EXITED, kind, tick - rows[cell(row, ENROLLED)])
    team = rows[cell(row, TEAM)]
    rows[cell(row, TEAM)] = -2
    if team < 0:
        return
    take_place(w, team, -1)
    if (
        w.lines[cell(line, LENGTH)] > 0
        and w.teams[at(team), T_OPEN]
        and w.teams[at(team), T_TAKEN] < w.teams[at(team), T_PLACES]
    ):
        call_to_team(net, w, line, team, tick)


@inner
def drop(net, w, row, tick):
    """Drop out: everything parallel is left too."""
    if w.rows[cell(row, STATE)] == APART:
        people = w.people
        for k in range(net.branches):
            branch = people + row * net.branches + k
            if w.rows[cell(branch, STATE)] != GONE:
                abandon(net, w, branch, tick)
        w.rows[cell(row, STATE)] = GONE
    else:
        abandon(net, w, row, tick)
    depart(net, w, row, net.dropped, tick)


@inner
def give_up(net, w, row, tick, was_in_line):
    """Leave the line for a team, or be turned away."""
    if was_in_line:
        leave(w, net.activities.shape[0], row, tick)
    w.rows[cell(row, STATE)] = GONE
    w.tallies[LEFT_LINE] += 1
    note(w, tick, row, L_GAVE_UP, 0, tick - w.rows[cell(row, SINCE)])
