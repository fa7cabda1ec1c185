"""How a person walks the program of phases, and what an event does."""

import math

import numpy as np
from numba import njit

from samkraft.analysis.queues.kernel import chance
from samkraft.analysis.queues.kernel.layout import (
    ACTIVITY,
    APART,
    ARG,
    ARRIVES,
    AT,
    BEGIN_PHASE,
    CHOOSE,
    COUNT,
    DRAWN,
    DROPS,
    DROPS_AT,
    ENDS,
    ENROLLED,
    EVENT,
    GONE,
    IDENT,
    IN_LINE,
    L_ARRIVED,
    L_PHASE,
    LENGTH,
    MET,
    MET_FULL,
    NEVER,
    OP,
    PENDING,
    SINCE,
    STARTS,
    STATE,
    STEP,
    T_TAKEN,
    TEAM,
    TOGETHER,
    WAVE,
)  # fmt: skip
from samkraft.analysis.queues.kernel.lines import at, cancel, cell, join, note, schedule
from samkraft.analysis.queues.kernel.moves import begin, depart, drop, enrol, finish, free_team, give_up, start


@njit(forceinline=True, _nrt=False, error_model="numpy")
def draw(luck, w, row):
    """The row's next number in [0, 1)."""
    rows = w.rows
    u = chance.uniform(luck.key, rows[cell(row, WAVE)], rows[cell(row, IDENT)], rows[cell(row, DRAWN)])
    rows[cell(row, DRAWN)] += 1
    return u


@njit(forceinline=True, _nrt=False, error_model="numpy")
def which(cumulative, u):
    """The first column whose cumulative probability exceeds u. Counts instead of branching."""
    found = 0
    for k in range(cumulative.shape[0] - 1):
        found += u >= cumulative[k]
    return found


@njit(forceinline=True, _nrt=False, error_model="numpy")
def wait_until(rate, u):
    """Ticks until something that happens with a rate per tick; at least one."""
    ticks = 1.0 - math.log(1.0 - u) / rate
    return np.int64(ticks) if ticks < NEVER else np.int64(NEVER)


@njit(forceinline=True, _nrt=False, error_model="numpy")
def enter_phase(net, luck, w, row, phase, tick):
    """Draw when the person would drop out of this phase."""
    rate = luck.drop_rate[phase, net.wave_source[w.rows[cell(row, WAVE)]]]
    w.rows[cell(row, DROPS_AT)] = NEVER
    if rate > 0:
        w.rows[cell(row, DROPS_AT)] = min(tick + wait_until(rate, draw(luck, w, row)), np.int64(NEVER))
    note(w, tick, row, L_PHASE, phase, 0)


@njit(forceinline=True, _nrt=False, error_model="numpy")
def leave_phase(net, luck, w, row, phase, tick):
    """Go to another phase, or leave. True when the person goes on."""
    period = 0
    while period + 1 < net.outcome_from.shape[0] and tick >= net.outcome_from[period + 1]:
        period += 1
    outcome = net.outcome_row[phase, w.rows[cell(row, WAVE)]] + period
    k = which(luck.outcome_cum[at(outcome)], draw(luck, w, row))
    phases = net.phase_first.shape[0]
    if k < phases:
        w.rows[cell(row, STEP)] = net.phase_first[at(k)]
        return True
    depart(net, w, row, k - phases, tick)
    return False


@njit(_nrt=False, error_model="numpy")
def part(net, luck, w, row, step, tick):
    """Begin several activities side by side, each with draws of its own. How many were begun."""
    rows = w.rows
    people = w.people
    source = net.wave_source[rows[cell(row, WAVE)]]
    first = rows[cell(row, DRAWN)]
    begun = 0
    for k in range(net.program[at(step), COUNT]):
        branch = people + row * net.branches + k
        rows[cell(branch, WAVE)] = rows[cell(row, WAVE)]
        rows[cell(branch, IDENT)] = rows[cell(row, IDENT)]
        rows[cell(branch, DRAWN)] = first + 2 * k
        rows[cell(branch, AT)] = -1
        choice = net.program[at(step), ARG] + k
        chosen = which(luck.choice_cum[at(choice), source], draw(luck, w, branch))
        activity = net.alternatives[at(choice), chosen]
        rows[cell(branch, STATE)] = GONE
        if activity >= 0 and not begin(net, luck, w, branch, False, activity, tick):
            begun += 1
    rows[cell(row, DRAWN)] = first + 2 * net.program[at(step), COUNT]
    if begun:
        rows[cell(row, STATE)] = APART
        rows[cell(row, ACTIVITY)] = -1
        rows[cell(row, PENDING)] = begun
        if rows[cell(row, DROPS_AT)] < NEVER:
            schedule(w, net.horizon, row, max(tick, rows[cell(row, DROPS_AT)]), DROPS)
    return begun


@njit(forceinline=True, _nrt=False, error_model="numpy")
def advance(net, luck, w, row, tick):
    """Walk on until something takes time, or the person has left."""
    rows = w.rows
    while True:
        step = rows[cell(row, STEP)]
        kind = net.program[at(step), OP]
        rows[cell(row, STEP)] = step + 1
        if kind == CHOOSE:
            choice = net.program[at(step), ARG]
            chosen = which(luck.choice_cum[at(choice), net.wave_source[rows[cell(row, WAVE)]]], draw(luck, w, row))
            activity = net.alternatives[at(choice), chosen]
            if activity < 0:
                continue
            if not begin(net, luck, w, row, True, activity, tick):
                return
        elif kind == BEGIN_PHASE:
            enter_phase(net, luck, w, row, net.program[at(step), ARG], tick)
        elif kind == TOGETHER:
            if part(net, luck, w, row, step, tick):
                return
        elif not leave_phase(net, luck, w, row, net.program[at(step), ARG], tick):
            return


@njit(forceinline=True, _nrt=False, error_model="numpy")
def arrive(net, luck, w, row, tick):
    """Come to the door. True when the person gets a place at once."""
    rows = w.rows
    line = net.activities.shape[0]
    rows[cell(row, SINCE)] = tick
    w.tallies[0] += 1
    w.by_wave[rows[cell(row, WAVE)], 0] += 1
    note(w, tick, row, L_ARRIVED, rows[cell(row, WAVE)], 0)
    if tick >= net.warm:
        w.lines[cell(line, MET)] += 1
    if w.teams.shape[0] == 0:
        enrol(net, w, row, tick)
        return True
    team = free_team(w) if w.lines[cell(line, LENGTH)] == 0 else -1
    if team >= 0:
        w.teams[at(team), T_TAKEN] += 1
        rows[cell(row, TEAM)] = team
        enrol(net, w, row, tick)
        return True
    if tick >= net.warm:
        w.lines[cell(line, MET_FULL)] += 1
    if net.turn_away:
        give_up(net, w, row, tick, False)
        return False
    rows[cell(row, STATE)] = IN_LINE
    join(w, line, row, tick)
    rate = luck.give_up_rate[rows[cell(row, WAVE)]]
    if rate > 0:
        schedule(w, net.horizon, row, tick + wait_until(rate, draw(luck, w, row)), DROPS)
    return False


@njit(forceinline=True, _nrt=False, error_model="numpy")
def happen(net, luck, w, row, tick):
    """What lies in the bucket happens. The person who then walks on, or -1."""
    rows = w.rows
    event = rows[cell(row, EVENT)]
    people = w.people
    if event == ENDS:
        finish(net, w, row, tick)
        if row < people:
            return row
        owner = (row - people) // net.branches
        rows[cell(owner, PENDING)] -= 1
        if rows[cell(owner, PENDING)] > 0:
            return -1
        cancel(w, owner)
        return owner
    if event == STARTS:
        if row < people and rows[cell(row, ENROLLED)] < 0:
            enrol(net, w, row, tick)
            return row
        start(net, luck, w, row, row < people, tick)
        return -1
    if event == ARRIVES:
        return row if arrive(net, luck, w, row, tick) else -1
    if rows[cell(row, STATE)] == IN_LINE:
        give_up(net, w, row, tick, True)
    else:
        drop(net, w, row, tick)
    return -1
