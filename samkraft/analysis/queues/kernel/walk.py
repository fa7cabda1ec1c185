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
from samkraft.analysis.queues.kernel.lines import cancel, join, note, schedule
from samkraft.analysis.queues.kernel.moves import begin, depart, drop, enrol, finish, free_team, give_up, start


@njit(forceinline=True, _nrt=False, error_model="numpy")
def draw(luck, w, row):
    """The row's next number in [0, 1)."""
    rows = w.rows
    u = chance.uniform(luck.key, rows[row, WAVE], rows[row, IDENT], rows[row, DRAWN])
    rows[row, DRAWN] += 1
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
    rate = luck.drop_rate[phase, net.wave_source[w.rows[row, WAVE]]]
    w.rows[row, DROPS_AT] = NEVER
    if rate > 0:
        w.rows[row, DROPS_AT] = min(tick + wait_until(rate, draw(luck, w, row)), np.int64(NEVER))
    note(w, tick, row, L_PHASE, phase, 0)


@njit(forceinline=True, _nrt=False, error_model="numpy")
def leave_phase(net, luck, w, row, phase, tick):
    """Go to another phase, or leave. True when the person goes on."""
    period = 0
    while period + 1 < net.outcome_from.shape[0] and tick >= net.outcome_from[period + 1]:
        period += 1
    outcome = net.outcome_row[phase, w.rows[row, WAVE]] + period
    k = which(luck.outcome_cum[outcome], draw(luck, w, row))
    phases = net.phase_first.shape[0]
    if k < phases:
        w.rows[row, STEP] = net.phase_first[k]
        return True
    depart(net, w, row, k - phases, tick)
    return False


@njit(_nrt=False, error_model="numpy")
def part(net, luck, w, row, step, tick):
    """Begin several activities side by side, each with draws of its own. How many were begun."""
    rows = w.rows
    people = w.people
    source = net.wave_source[rows[row, WAVE]]
    first = rows[row, DRAWN]
    begun = 0
    for k in range(net.program[step, COUNT]):
        branch = people + row * net.branches + k
        rows[branch, WAVE] = rows[row, WAVE]
        rows[branch, IDENT] = rows[row, IDENT]
        rows[branch, DRAWN] = first + 2 * k
        rows[branch, AT] = -1
        choice = net.program[step, ARG] + k
        chosen = which(luck.choice_cum[choice, source], draw(luck, w, branch))
        activity = net.alternatives[choice, chosen]
        rows[branch, STATE] = GONE
        if activity >= 0 and not begin(net, luck, w, branch, False, activity, tick):
            begun += 1
    rows[row, DRAWN] = first + 2 * net.program[step, COUNT]
    if begun:
        rows[row, STATE] = APART
        rows[row, ACTIVITY] = -1
        rows[row, PENDING] = begun
        if rows[row, DROPS_AT] < NEVER:
            schedule(w, net.horizon, row, max(tick, rows[row, DROPS_AT]), DROPS)
    return begun


@njit(forceinline=True, _nrt=False, error_model="numpy")
def advance(net, luck, w, row, tick):
    """Walk on until something takes time, or the person has left."""
    rows = w.rows
    while True:
        step = rows[row, STEP]
        kind = net.program[step, OP]
        rows[row, STEP] = step + 1
        if kind == CHOOSE:
            choice = net.program[step, ARG]
            chosen = which(luck.choice_cum[choice, net.wave_source[rows[row, WAVE]]], draw(luck, w, row))
            activity = net.alternatives[choice, chosen]
            if activity < 0:
                continue
            if not begin(net, luck, w, row, True, activity, tick):
                return
        elif kind == BEGIN_PHASE:
            enter_phase(net, luck, w, row, net.program[step, ARG], tick)
        elif kind == TOGETHER:
            if part(net, luck, w, row, step, tick):
                return
        elif not leave_phase(net, luck, w, row, net.program[step, ARG], tick):
            return


@njit(forceinline=True, _nrt=False, error_model="numpy")
def arrive(net, luck, w, row, tick):
    """Come to the door. True when the person gets a place at once."""
    rows = w.rows
    line = net.activities.shape[0]
    rows[row, SINCE] = tick
    w.tallies[0] += 1
    w.by_wave[rows[row, WAVE], 0] += 1
    note(w, tick, row, L_ARRIVED, rows[row, WAVE], 0)
    if tick >= net.warm:
        w.lines[line, MET] += 1
    if w.teams.shape[0] == 0:
        enrol(net, w, row, tick)
        return True
    team = free_team(w) if w.lines[line, LENGTH] == 0 else -1
    if team >= 0:
        w.teams[team, T_TAKEN] += 1
        rows[row, TEAM] = team
        enrol(net, w, row, tick)
        return True
    if tick >= net.warm:
        w.lines[line, MET_FULL] += 1
    if net.turn_away:
        give_up(net, w, row, tick, False)
        return False
    rows[row, STATE] = IN_LINE
    join(w, line, row, tick)
    rate = luck.give_up_rate[rows[row, WAVE]]
    if rate > 0:
        schedule(w, net.horizon, row, tick + wait_until(rate, draw(luck, w, row)), DROPS)
    return False


@njit(forceinline=True, _nrt=False, error_model="numpy")
def happen(net, luck, w, row, tick):
    """What lies in the bucket happens. The person who then walks on, or -1."""
    rows = w.rows
    event = rows[row, EVENT]
    people = w.people
    if event == ENDS:
        finish(net, w, row, tick)
        if row < people:
            return row
        owner = (row - people) // net.branches
        rows[owner, PENDING] -= 1
        if rows[owner, PENDING] > 0:
            return -1
        cancel(w, owner)
        return owner
    if event == STARTS:
        if row < people and rows[row, ENROLLED] < 0:
            enrol(net, w, row, tick)
            return row
        start(net, luck, w, row, row < people, tick)
        return -1
    if event == ARRIVES:
        return row if arrive(net, luck, w, row, tick) else -1
    if rows[row, STATE] == IN_LINE:
        give_up(net, w, row, tick, True)
    else:
        drop(net, w, row, tick)
    return -1
