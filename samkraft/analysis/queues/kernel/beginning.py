"""How a replication begins: space to write on, everybody's coming, and the people of a given state."""

import numpy as np
from numba import njit

from samkraft.analysis.queues.kernel import chance
from samkraft.analysis.queues.kernel.layout import (
    ACTIVITY,
    ARRIVES,
    AT,
    BEGAN,
    CAPACITY_FIRST,
    CAPACITY_NOW,
    COLUMNS,
    COMING,
    DRAWN,
    DROPS,
    DROPS_AT,
    ENDS,
    ENROLLED,
    GONE,
    HEAD,
    IDENT,
    IN_LINE,
    LINE_COLUMNS,
    NEVER,
    OPEN_BEFORE,
    OPEN_TICK,
    SINCE,
    STATE,
    STEP,
    T_OPEN,
    T_PLACES,
    T_TAKEN,
    TAIL,
    TAKING_PART,
    TEAM,
    TOUCHED,
    WAIT_BINS,
    WAITING,
    WAVE,
    Net,
    Work,
)
from samkraft.analysis.queues.kernel.lines import cell, join, schedule
from samkraft.analysis.queues.kernel.walk import draw, wait_until

ARRIVAL_DRAW = 65535  # a number of its own, so that when one comes does not shift what one meets
GIVEN = 1 << 23  # people of a given state are numbered from here


def made(net: Net, people: int, log_rows: int, waves: int, kinds: int) -> Work:
    """Space for one replication at a time, made outside the compiled code: there nothing is allocated or counted."""
    return Work(
        people=people,
        rows=np.zeros(people * (1 + net.branches) * COLUMNS, np.int32),
        buckets=np.zeros(net.horizon * 2, np.int32),
        lines=np.zeros((net.activities.shape[0] + 1) * LINE_COLUMNS, np.int64),
        teams=np.zeros((net.team_places.shape[0], 3), np.int32),
        exits=np.zeros(kinds, np.int64),
        tallies=np.zeros(4, np.int64),
        histogram=np.zeros(WAIT_BINS, np.int32),
        by_wave=np.zeros((waves, 2 + kinds), np.int32),
        log=np.zeros((log_rows, 5), np.int32),
    )


@njit(forceinline=True, _nrt=False, error_model="numpy")
def copy(values, into):
    """Element by element: slices that are assigned to slices would need space of their own."""
    for i in range(values.shape[0]):
        into[i] = values[i]


@njit(_nrt=False, error_model="numpy")
def clear(net, w, people):
    """Forget the last replication."""
    w.buckets[:] = -1
    w.lines[:] = 0
    for line in range(net.activities.shape[0] + 1):
        w.lines[cell(line, HEAD)] = -1
        w.lines[cell(line, TAIL)] = -1
        w.lines[cell(line, TOUCHED)] = net.begins
    for activity in range(net.activities.shape[0]):
        w.lines[cell(activity, CAPACITY_NOW)] = net.activities[activity, CAPACITY_FIRST]
    for team in range(w.teams.shape[0]):
        w.teams[team, T_PLACES] = net.team_places[team]
        w.teams[team, T_TAKEN] = 0
        w.teams[team, T_OPEN] = 0
    w.exits[:] = 0
    w.tallies[:] = 0
    w.histogram[:] = 0
    w.by_wave[:] = 0
    for row in range(people, w.rows.shape[0] // COLUMNS):
        w.rows[cell(row, STATE)] = GONE
        w.rows[cell(row, AT)] = -1


@njit(_nrt=False, error_model="numpy")
def newcomer(w, row, wave, ident):
    """A row for somebody who has not come yet."""
    rows = w.rows
    rows[cell(row, AT)] = -1
    rows[cell(row, STEP)] = 0
    rows[cell(row, ACTIVITY)] = -1
    rows[cell(row, TEAM)] = -1
    rows[cell(row, SINCE)] = 0
    rows[cell(row, ENROLLED)] = -1
    rows[cell(row, DROPS_AT)] = NEVER
    rows[cell(row, WAVE)] = wave
    rows[cell(row, IDENT)] = ident
    rows[cell(row, DRAWN)] = 0
    rows[cell(row, STATE)] = COMING


@njit(_nrt=False, error_model="numpy")
def invite(net, luck, w, row, counts, begins, lasts, even):
    """Put everybody's coming into the buckets: evenly over the period, each within an own slot, or anywhere in it."""
    for wave in range(counts.shape[0]):
        n = counts[wave]
        for i in range(n):
            newcomer(w, row, wave, i)
            u = chance.uniform(luck.key, wave, i, ARRIVAL_DRAW)
            share = (i + u) / n if even[wave] == 1 else u
            if even[wave] == 2:
                share = 0.0
            tick = begins[wave] + np.int64(share * lasts[wave])
            opened = net.calendar[tick, OPEN_BEFORE]
            tick = np.int64(net.calendar[opened, OPEN_TICK])
            if tick >= net.begins:
                schedule(w, net.horizon, row, tick, ARRIVES)
            row += 1


@njit(_nrt=False, error_model="numpy")
def settle(net, luck, w):
    """Place the people of a given state: who waits for a team, who takes part in what since when, who waits for what."""
    rows = w.rows
    line = net.activities.shape[0]
    for row in range(net.initial.shape[0]):
        wave, state, step = net.initial[row, 0], net.initial[row, 1], net.initial[row, 2]
        activity, team, since = net.initial[row, 3], net.initial[row, 4], net.initial[row, 5]
        enrolled, phase = net.initial[row, 6], net.initial[row, 7]
        newcomer(w, row, wave, GIVEN + row)
        rows[cell(row, SINCE)] = since
        rows[cell(row, STATE)] = state
        if state == IN_LINE:
            w.tallies[0] += 1
            join(w, line, row, net.begins)
            rate = luck.give_up_rate[wave]
            if rate > 0:
                schedule(w, net.horizon, row, net.begins + wait_until(rate, draw(luck, w, row)), DROPS)
            continue
        rows[cell(row, ENROLLED)], rows[cell(row, STEP)], rows[cell(row, ACTIVITY)], rows[cell(row, TEAM)] = (
            enrolled,
            step,
            activity,
            team,
        )
        w.tallies[0] += 1
        w.by_wave[wave, 0] += 1
        w.by_wave[wave, 1] += 1
        w.lines[cell(line, BEGAN)] += 1
        w.lines[cell(line, TAKING_PART)] += 1
        if team >= 0:
            w.teams[team, T_TAKEN] += 1
        rate = luck.drop_rate[phase, net.wave_source[wave]]
        if rate > 0:
            rows[cell(row, DROPS_AT)] = min(net.begins + wait_until(rate, draw(luck, w, row)), np.int64(NEVER))
        if state == WAITING:
            join(w, activity, row, net.begins)
            if rows[cell(row, DROPS_AT)] < NEVER:
                schedule(w, net.horizon, row, np.int64(rows[cell(row, DROPS_AT)]), DROPS)
            continue
        w.lines[cell(activity, TAKING_PART)] += 1
        scale = luck.scale[activity]
        left = chance.remaining(net.table, activity, (net.begins - since) / scale, draw(luck, w, row)) * scale
        ends = net.begins + max(np.int64(1), np.int64(left + 0.5))
        if rows[cell(row, DROPS_AT)] < ends:
            schedule(w, net.horizon, row, np.int64(rows[cell(row, DROPS_AT)]), DROPS)
        else:
            schedule(w, net.horizon, row, ends, ENDS)
