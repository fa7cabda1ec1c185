"""How a replication begins: space to write on, everybody's coming, and the people of a given state."""

import numpy as np

from samkraft.analysis.queues.kernel import chance
from samkraft.analysis.queues.kernel.chances import draw
from samkraft.analysis.queues.kernel.inner import inlined, inner
from samkraft.analysis.queues.kernel.layout import (
    ACTIVITY,
    ARRIVES,
    AT,
    BEGAN,
    BLOCK,
    CAME,
    CAPACITY_FIRST,
    CAPACITY_NOW,
    CLOSED,
    COLUMNS,
    COMING,
    DROPS,
    DROPS_AT,
    ENDS,
    ENROLLED,
    GONE,
    GUIDE,
    HEAD,
    IN_LINE,
    LINE_COLUMNS,
    NEVER,
    NOWHERE,
    OPEN_BEFORE,
    OPEN_TICK,
    SINCE,
    STATE,
    STEP,
    T_OPEN,
    T_PLACES,
    T_TAKEN,
    TABLE,
    TAIL,
    TALLIES,
    TEAM,
    WAIT_BINS,
    WAITING,
    WAVE,
    Drawn,
    Ints,
    Net,
    Work,
)
from samkraft.analysis.queues.kernel.lines import at, begins, cell, join, schedule
from samkraft.analysis.queues.kernel.walk import wait_until

ARRIVAL_DRAW = 65535  # a number of its own, so that when one comes does not shift what one meets
GIVEN = 1 << 23  # people of a given state are numbered from here


def made(net: Net, drawn: Drawn, people: int, log_rows: int, waves: int, kinds: int) -> Work:
    """Space for one replication at a time, made outside the compiled code: there nothing is allocated or counted."""
    rows = people * (1 + net.branches)
    teams = net.team_places.shape[0]
    lists = drawn.choice_cum.shape[1] * drawn.choice_cum.shape[2] + drawn.outcome_cum.shape[1]
    return Work(
        people=people,
        rows=_on_a_line(rows * COLUMNS),
        dice=np.zeros(rows, np.uint64),
        buckets=np.full(net.horizon, -1, np.int32),
        marks=np.zeros(net.horizon // 64 + 1, np.uint64),
        turn=np.zeros(1 << (2 * rows).bit_length(), np.int32),
        guide=np.zeros((lists, GUIDE), np.int32),
        lines=np.zeros((net.activities.shape[0] + 1) * LINE_COLUMNS, np.int64),
        teams=np.zeros((teams, 3), np.int32),
        ranks=np.full(max(1, -(-teams // BLOCK)) * BLOCK, CLOSED, np.int64),
        exits=np.zeros(kinds, np.int64),
        tallies=np.zeros(TALLIES, np.int64),
        histogram=np.zeros(WAIT_BINS, np.int32),
        by_wave=np.zeros((waves, 2 + kinds), np.int32),
        log=np.zeros((log_rows, 5), np.int32),
    )


def _on_a_line(cells: int) -> Ints:
    """Zeros that begin where a line of the processor's cache does, so that no row lies on two."""
    room = np.zeros(cells + COLUMNS, np.int32)
    first = (-room.ctypes.data % (4 * COLUMNS)) // 4
    return room[first : first + cells]


@inlined
def copy(values, into):
    """Element by element: slices that are assigned to slices would need space of their own."""
    for i in range(values.shape[0]):
        into[i] = values[i]


@inner
def clear(net, w, people):
    """Forget the last replication. Its buckets are empty already."""
    w.lines[:] = 0
    for line in range(net.activities.shape[0] + 1):
        w.lines[cell(line, HEAD)] = -1
        w.lines[cell(line, TAIL)] = -1
    for activity in range(net.activities.shape[0]):
        w.lines[cell(activity, CAPACITY_NOW)] = net.activities[activity, CAPACITY_FIRST]
    for team in range(w.teams.shape[0]):
        w.teams[team, T_PLACES] = net.team_places[team]
        w.teams[team, T_TAKEN] = 0
        w.teams[team, T_OPEN] = 0
        w.ranks[team] = CLOSED
    w.exits[:] = 0
    w.tallies[:] = 0
    w.histogram[:] = 0
    w.by_wave[:] = 0
    for row in range(w.rows.shape[0] // COLUMNS):
        w.rows[cell(row, STATE)] = GONE
        w.rows[cell(row, TEAM)] = -1
        w.rows[cell(row, AT)] = NOWHERE


@inner
def newcomer(luck, w, row, wave, ident):
    """A row for somebody who has not come yet."""
    rows = w.rows
    w.dice[at(row)] = chance.sequence(luck.key, wave, ident)
    rows[cell(row, STEP)] = 0
    rows[cell(row, ACTIVITY)] = -1
    rows[cell(row, ENROLLED)] = -1
    rows[cell(row, DROPS_AT)] = NEVER
    rows[cell(row, WAVE)] = wave
    rows[cell(row, STATE)] = COMING


@inner
def invite(net, luck, w, row, counts, begins, lasts, even):
    """Put everybody's coming into the buckets: evenly over the period, each within an own slot, or anywhere in it."""
    for wave in range(counts.shape[0]):
        n = counts[wave]
        for i in range(n):
            newcomer(luck, w, row, wave, i)
            u = chance.uniform(luck.key, wave, i, ARRIVAL_DRAW)
            share = (i + u) / n if even[wave] == 1 else u
            if even[wave] == 2:
                share = 0.0
            tick = begins[wave] + np.int64(share * lasts[wave])
            if not net.always_open:
                tick = np.int64(net.calendar[at(net.calendar[at(tick), OPEN_BEFORE]), OPEN_TICK])
            if tick >= net.begins:
                schedule(net, w, row, tick, ARRIVES)
            row += 1


@inlined
def write_guide(cumulative, guide):
    """For each part of [0, 1) the first column that a draw in it can mean."""
    found = 0
    for part in range(GUIDE):
        while cumulative[found] <= part / GUIDE:
            found += 1
        guide[part] = found


@inner
def write_guides(luck, w):
    """Choices for each source first, then how phases end."""
    written = 0
    for choice in range(luck.choice_cum.shape[0]):
        for source in range(luck.choice_cum.shape[1]):
            write_guide(luck.choice_cum[choice, source], w.guide[written])
            written += 1
    for outcome in range(luck.outcome_cum.shape[0]):
        write_guide(luck.outcome_cum[outcome], w.guide[written])
        written += 1


@inner
def settle(net, luck, w):
    """Place the people of a given state: who waits for a team, who takes part in what since when, who waits for what."""
    rows = w.rows
    line = net.activities.shape[0]
    for row in range(net.initial.shape[0]):
        wave, state, step = net.initial[row, 0], net.initial[row, 1], net.initial[row, 2]
        activity, team, since = net.initial[row, 3], net.initial[row, 4], net.initial[row, 5]
        enrolled, phase = net.initial[row, 6], net.initial[row, 7]
        newcomer(luck, w, row, wave, GIVEN + row)
        rows[cell(row, SINCE)] = since
        rows[cell(row, STATE)] = state
        if state == IN_LINE:
            w.tallies[CAME] += 1
            join(w, line, row, net.begins)
            rate = luck.give_up_rate[wave]
            if rate > 0:
                schedule(net, w, row, net.begins + wait_until(rate, draw(w, row)), DROPS)
            continue
        rows[cell(row, ENROLLED)], rows[cell(row, STEP)], rows[cell(row, ACTIVITY)], rows[cell(row, TEAM)] = (
            enrolled,
            step,
            activity,
            team,
        )
        w.tallies[CAME] += 1
        w.by_wave[wave, 0] += 1
        w.by_wave[wave, 1] += 1
        w.lines[cell(line, BEGAN)] += 1
        begins(w, line, net.begins)
        if team >= 0:
            w.teams[team, T_TAKEN] += 1
        rate = luck.drop_rate[phase, net.wave_source[wave]]
        if rate > 0:
            rows[cell(row, DROPS_AT)] = min(net.begins + wait_until(rate, draw(w, row)), np.int64(NEVER))
        if state == WAITING:
            join(w, activity, row, net.begins)
            if rows[cell(row, DROPS_AT)] < NEVER:
                schedule(net, w, row, np.int64(rows[cell(row, DROPS_AT)]), DROPS)
            continue
        begins(w, activity, net.begins)
        scale = luck.scale[activity]
        table = net.activities[activity, TABLE]
        left = chance.remaining(net.table, table, (net.begins - since) / scale, draw(w, row)) * scale
        ends = net.begins + max(np.int64(1), np.int64(left + 0.5))
        if rows[cell(row, DROPS_AT)] < ends:
            schedule(net, w, row, np.int64(rows[cell(row, DROPS_AT)]), DROPS)
        else:
            schedule(net, w, row, ends, ENDS)
