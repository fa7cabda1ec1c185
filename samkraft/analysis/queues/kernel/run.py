"""Walk through time, one replication after the other, each with its own key and parameters."""

import hashlib
from pathlib import Path

import numpy as np
from numba import njit

from samkraft.analysis.queues.kernel.beginning import clear, copy, invite, settle, write_guides
from samkraft.analysis.queues.kernel.inner import inlined, inner
from samkraft.analysis.queues.kernel.layout import (
    AREA_BUSY,
    AREA_WAIT,
    ARRIVED,
    AT,
    BEGAN,
    CAME,
    CAPACITY,
    CAPACITY_NOW,
    CLOSED,
    CLOSING,
    FIXED,
    GAVE_UP,
    KIND,
    L_MOVED,
    LEFT_LINE,
    LENGTH,
    LINE_COLUMNS,
    LOGGED,
    MET,
    MET_FULL,
    NEXT,
    NOWHERE,
    OCCASION,
    OPENING,
    PLACES,
    QUEUE,
    RANK,
    STARTED,
    STAY_SUM,
    STOCK,
    T_OPEN,
    T_PLACES,
    T_TAKEN,
    TAKING_PART,
    TEAM,
    TICKS_WAITED,
    TRANSFER,
    TURNS,
    UP_NOW,
    WAITED,
    Luck,
)
from samkraft.analysis.queues.kernel.lines import LOW_SIX, ONE, SIX, at, cell, next_mark, note
from samkraft.analysis.queues.kernel.moves import call_to_activity, call_to_team, free_team, take_place
from samkraft.analysis.queues.kernel.walk import advance, happen


@inner
def hand_over(net, w, team, tick, people):
    """Move everybody in a team that closes to the open team with most places left, even when it has none."""
    for row in range(people):
        if w.rows[cell(row, TEAM)] != team:
            continue
        best = -1
        for other in range(w.teams.shape[0]):
            if w.teams[other, T_OPEN] and (
                best < 0
                or w.teams[other, T_PLACES] - w.teams[other, T_TAKEN] > w.teams[best, T_PLACES] - w.teams[best, T_TAKEN]
            ):
                best = other
        if best >= 0:
            take_place(w, team, -1)
            take_place(w, best, 1)
            w.rows[cell(row, TEAM)] = best
            note(w, tick, row, L_MOVED, best, team)


@inner
def follow_agenda(net, w, item, tick, people):
    """Do what the calendar says for this tick, then fill the teams. The next item."""
    line = net.activities.shape[0]
    while item < net.agenda.shape[0] and net.agenda[item, 0] <= tick:
        what, which, many = net.agenda[item, 1], net.agenda[item, 2], net.agenda[item, 3]
        item += 1
        if what == CAPACITY:
            w.lines[cell(which, CAPACITY_NOW)] = many
            while (
                w.lines[cell(which, LENGTH)] > 0
                and w.lines[cell(which, TAKING_PART)] < many
                and net.activities[which, KIND] == PLACES
            ):
                call_to_activity(net, w, which, tick)
        elif what == OCCASION:
            for _ in range(min(np.int64(many), w.lines[cell(which, LENGTH)])):
                call_to_activity(net, w, which, tick)
        elif what == OPENING:
            w.teams[which, T_OPEN] = 1
            w.ranks[which] = (w.teams[which, T_PLACES] - w.teams[which, T_TAKEN] + np.int64(1)) * RANK - 1 - which
        elif what in (CLOSING, TRANSFER):
            w.teams[which, T_OPEN] = 0
            w.ranks[which] = CLOSED
            if what == TRANSFER:
                hand_over(net, w, which, tick, people)
    while w.lines[cell(line, LENGTH)] > 0:
        team = free_team(w)
        if team < 0:
            break
        call_to_team(net, w, line, team, tick)
    return item


@inner
def look(net, w, out):
    """Write a snapshot."""
    line = net.activities.shape[0]
    kinds, teams = w.exits.shape[0], w.teams.shape[0]
    out[ARRIVED] = w.tallies[CAME]
    out[STARTED] = w.lines[cell(line, BEGAN)]
    out[STOCK] = w.lines[cell(line, TAKING_PART)]
    out[QUEUE] = w.lines[cell(line, LENGTH)]
    out[GAVE_UP] = w.tallies[LEFT_LINE]
    out[WAITED] = w.tallies[TICKS_WAITED] // net.ticks_per_day
    at = FIXED
    for k in range(kinds):
        out[at + k] = w.exits[k]
    at += kinds
    for team in range(teams):
        out[at + team] = w.teams[team, T_TAKEN]
    at += teams
    if out.shape[0] == at:
        return
    for a in range(line):
        out[at + a] = w.lines[cell(a, LENGTH)]
        out[at + line + a] = w.lines[cell(a, TAKING_PART)]
        out[at + 2 * line + a] = w.lines[cell(a, BEGAN)]


@inlined
def forget_until_now(net, w, tick):
    """Sums and areas are counted from here."""
    for line in range(net.activities.shape[0] + 1):
        w.lines[cell(line, AREA_WAIT)] = -w.lines[cell(line, LENGTH)] * tick
        w.lines[cell(line, AREA_BUSY)] = -w.lines[cell(line, TAKING_PART)] * tick
        w.lines[cell(line, MET)] = 0
        w.lines[cell(line, MET_FULL)] = 0
        w.lines[cell(line, STAY_SUM)] = 0


@inlined
def whose_turn(net, w, tick):
    """Empty the bucket of the tick: who was put there first has the first turn."""
    rows, turn = w.rows, w.turn
    many = 0
    row = w.buckets[at(tick)]
    w.buckets[at(tick)] = -1
    w.marks[at(tick) >> SIX] &= ~(ONE << (at(tick) & LOW_SIX))
    while row >= 0:
        turn[at(many)] = row
        many += 1
        row = rows[cell(row, NEXT)]
    for k in range(many // 2):
        turn[at(k)], turn[at(many - 1 - k)] = turn[at(many - 1 - k)], turn[at(k)]
    for k in range(many):
        rows[cell(turn[at(k)], AT)] = UP_NOW - k
    w.tallies[TURNS] = many


@inlined
def follow(net, w, item, snap, tick, snapshots):
    """Look and follow the agenda, where either is due. The next item, the next snapshot, and when the first of them is."""
    while snap < net.snaps.shape[0] and net.snaps[snap] <= tick:
        look(net, w, snapshots[snap])
        snap += 1
    if item < net.agenda.shape[0] and net.agenda[item, 0] <= tick:
        item = follow_agenda(net, w, item, tick, w.people)
    due = np.int64(net.horizon)
    if snap < net.snaps.shape[0]:
        due = min(due, np.int64(net.snaps[snap]))
    if item < net.agenda.shape[0]:
        due = min(due, np.int64(net.agenda[item, 0]))
    return item, snap, due


@inlined
def finish_looking(net, w, snap, snapshots):
    """The last snapshots, and the areas up to the horizon."""
    while snap < net.snaps.shape[0]:
        look(net, w, snapshots[snap])
        snap += 1
    for line in range(net.activities.shape[0] + 1):
        w.lines[cell(line, AREA_WAIT)] += w.lines[cell(line, LENGTH)] * net.horizon
        w.lines[cell(line, AREA_BUSY)] += w.lines[cell(line, TAKING_PART)] * net.horizon


@inner
def replicate(net, luck, w, snapshots):
    """From the first tick to the horizon. Snapshots show the state when a tick begins, before anything happens in it."""
    item, snap = 0, 0
    warm = net.warm if net.warm > net.begins else net.horizon
    tick, special = net.begins, net.begins
    while True:
        tick = next_mark(w.marks, tick, special)
        if tick >= net.horizon:
            break
        whose_turn(net, w, tick)
        if tick == special:
            if tick == warm:
                forget_until_now(net, w, tick)
            item, snap, special = follow(net, w, item, snap, tick, snapshots)
            special = warm if tick < warm < special else special
        done = 0
        while done < w.tallies[TURNS]:
            row = w.turn[at(done & (w.turn.shape[0] - 1))]
            done += 1
            if row < 0:
                continue
            w.rows[cell(row, AT)] = NOWHERE
            walker = happen(net, luck, w, row, tick)
            if walker >= 0:
                advance(net, luck, w, walker, tick)
        tick += 1
    finish_looking(net, w, snap, snapshots)


@inlined
def luck_of(drawn, key, at_row):
    """What replication `at_row` has drawn: its own row of each parameter, or the only one."""
    return Luck(
        key, drawn.choice_cum[min(at_row, drawn.choice_cum.shape[0] - 1)],
        drawn.outcome_cum[min(at_row, drawn.outcome_cum.shape[0] - 1)],
        drawn.drop_rate[min(at_row, drawn.drop_rate.shape[0] - 1)],
        drawn.give_up_rate[min(at_row, drawn.give_up_rate.shape[0] - 1)],
        drawn.scale[min(at_row, drawn.scale.shape[0] - 1)],
    )  # fmt: skip


@inlined
def prepare(net, luck, w, counts, begins, lasts, even):
    """Before the first tick: nothing is left of the last replication, and everybody is on the way."""
    clear(net, w, w.people)
    write_guides(luck, w)
    settle(net, luck, w)
    invite(net, luck, w, net.initial.shape[0], counts, begins, lasts, even)


@inlined
def write(net, w, r, sums, histograms, by_wave, log_sizes):
    """Write what replication r came to into its place of the outputs."""
    for line in range(net.activities.shape[0] + 1):
        for column in range(LINE_COLUMNS):
            sums[r, line, column] = w.lines[cell(line, column)]
    copy(w.histogram, histograms[r])
    for wave in range(w.by_wave.shape[0]):
        copy(w.by_wave[wave], by_wave[r, wave])
    log_sizes[r] = w.tallies[LOGGED]


@njit(cache=True, nogil=True, _nrt=False, error_model="numpy")
def several(net, drawn, w, keys, first, counts, begins, lasts, even, snapshots, sums, histograms, by_wave, log_sizes):
    """Replications first … first + n − 1 of a run, written into their places of the outputs.

    w is space for the largest of them; counts (n, W) people of each intake; begins, lasts, even (W,) when they come;
    snapshots (n, snaps, columns); sums (n, A + 1, LINE_COLUMNS); histograms (n, WAIT_BINS); by_wave (n, W, 2 + K).
    """
    for r in range(counts.shape[0]):
        luck = luck_of(drawn, keys[r], first + r)
        prepare(net, luck, w, counts[r], begins, lasts, even)
        replicate(net, luck, w, snapshots[r])
        write(net, w, r, sums, histograms, by_wave, log_sizes)


def stamp(compiled) -> None:  # type: ignore[no-untyped-def]  # Numba has no types for what it compiles
    """Let the compiled code that is kept on disk follow all files of the kernel.

    Numba looks only at the file in which the function stands; a change in another would silently leave the old code.
    """
    if not hasattr(compiled, "_cache"):
        return  # compilation is switched off
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    compiled._cache._cache_file._source_stamp = digest.hexdigest()


stamp(several)
