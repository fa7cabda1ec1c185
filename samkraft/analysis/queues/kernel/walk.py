"""How a person walks the program of phases, and what an event does."""

import math

import numpy as np

from samkraft.analysis.queues.kernel import chance
from samkraft.analysis.queues.kernel.chances import choose, draw, outcome
from samkraft.analysis.queues.kernel.inner import inlined, inner
from samkraft.analysis.queues.kernel.layout import (
    ACTIVITY,
    APART,
    ARG,
    ARRIVES,
    AT,
    BEGIN_PHASE,
    CAME,
    CHOOSE,
    COUNT,
    DROPS,
    DROPS_AT,
    ENDS,
    ENROLLED,
    EVENT,
    GONE,
    IN_LINE,
    L_ARRIVED,
    L_PHASE,
    LENGTH,
    MET,
    MET_FULL,
    NEVER,
    NOWHERE,
    OP,
    PENDING,
    SINCE,
    STARTS,
    STATE,
    STEP,
    TEAM,
    TOGETHER,
    WAVE,
)  # fmt: skip
from samkraft.analysis.queues.kernel.lines import at, cancel, cell, join, note, schedule, schedule_from
from samkraft.analysis.queues.kernel.moves import (
    begin,
    depart,
    drop,
    enrol,
    finish,
    free_team,
    give_up,
    start,
    take_place,
)


@inlined
def wait_until(rate, u):
    """Ticks until something that happens with a rate per tick; at least one."""
    ticks = 1.0 - math.log(1.0 - u) / rate
    return np.int64(ticks) if ticks < NEVER else np.int64(NEVER)


@inlined
def enter_phase(net, luck, w, row, phase, tick):
    """Draw when the person would drop out of this phase."""
    rate = luck.drop_rate[phase, net.wave_source[w.rows[cell(row, WAVE)]]]
    w.rows[cell(row, DROPS_AT)] = NEVER
    if rate > 0:
        w.rows[cell(row, DROPS_AT)] = min(tick + wait_until(rate, draw(w, row)), np.int64(NEVER))
    note(w, tick, row, L_PHASE, phase, 0)


@inlined
def leave_phase(net, luck, w, row, phase, tick):
    """Go to another phase, or leave. True when the person goes on."""
    period = 0
    while period + 1 < net.outcome_from.shape[0] and tick >= net.outcome_from[period + 1]:
        period += 1
    k = outcome(net, luck, w, row, phase, period)
    phases = net.phase_first.shape[0]
    if k < phases:
        w.rows[cell(row, STEP)] = net.phase_first[at(k)]
        return True
    depart(net, w, row, k - phases, tick)
    return False


@inner
def part(net, luck, w, row, step, tick):
    """Begin several activities side by side, each with draws of its own. How many were begun."""
    rows = w.rows
    people = w.people
    first = w.dice[at(row)]
    begun = 0
    for k in range(net.program[at(step), COUNT]):
        branch = people + row * net.branches + k
        rows[cell(branch, WAVE)] = rows[cell(row, WAVE)]
        w.dice[at(branch)] = first + np.uint64(2 * k) * chance.GOLDEN
        rows[cell(branch, AT)] = NOWHERE
        activity = choose(net, luck, w, branch, net.program[at(step), ARG] + k)
        rows[cell(branch, STATE)] = GONE
        if activity >= 0 and not begin(net, luck, w, branch, False, activity, tick):
            begun += 1
    w.dice[at(row)] = first + np.uint64(2 * net.program[at(step), COUNT]) * chance.GOLDEN
    if begun:
        rows[cell(row, STATE)] = APART
        rows[cell(row, ACTIVITY)] = -1
        rows[cell(row, PENDING)] = begun
        if rows[cell(row, DROPS_AT)] < NEVER:
            schedule_from(net, w, row, tick, max(tick, rows[cell(row, DROPS_AT)]), DROPS)
    return begun


@inlined
def advance(net, luck, w, row, tick):
    """Walk on until something takes time, or the person has left."""
    rows = w.rows
    while True:
        step = rows[cell(row, STEP)]
        kind = net.program[at(step), OP]
        rows[cell(row, STEP)] = step + 1
        if kind == CHOOSE:
            activity = choose(net, luck, w, row, net.program[at(step), ARG])
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


@inlined
def arrive(net, luck, w, row, tick):
    """Come to the door. True when the person gets a place at once."""
    rows = w.rows
    line = net.activities.shape[0]
    rows[cell(row, SINCE)] = tick
    w.tallies[CAME] += 1
    w.by_wave[rows[cell(row, WAVE)], 0] += 1
    note(w, tick, row, L_ARRIVED, rows[cell(row, WAVE)], 0)
    w.lines[cell(line, MET)] += 1
    if w.teams.shape[0] == 0:
        enrol(net, w, row, tick)
        return True
    team = free_team(w) if w.lines[cell(line, LENGTH)] == 0 else -1
    if team >= 0:
        take_place(w, team, 1)
        rows[cell(row, TEAM)] = team
        enrol(net, w, row, tick)
        return True
    w.lines[cell(line, MET_FULL)] += 1
    if net.turn_away:
        give_up(net, w, row, tick, False)
        return False
    rows[cell(row, STATE)] = IN_LINE
    join(w, line, row, tick)
    rate = luck.give_up_rate[rows[cell(row, WAVE)]]
    if rate > 0:
        schedule(net, w, row, tick + wait_until(rate, draw(w, row)), DROPS)
    return False


@inlined
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
