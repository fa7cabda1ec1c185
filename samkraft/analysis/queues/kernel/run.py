"""Walk through time, one replication after the other, each with its own key and parameters."""

import hashlib
from pathlib import Path

import numpy as np
from numba import njit

from samkraft.analysis.queues.kernel.beginning import clear, copy, invite, made, settle
from samkraft.analysis.queues.kernel.layout import (
    AREA_BUSY,
    AREA_WAIT,
    ARRIVED,
    AT,
    BEGAN,
    CAPACITY,
    CAPACITY_NOW,
    CLOSING,
    COMING,
    FIRST,
    FIXED,
    GAVE_UP,
    GONE,
    IN_LINE,
    KIND,
    L_MOVED,
    LAST,
    LENGTH,
    LINE_COLUMNS,
    NEXT,
    OCCASION,
    OPENING,
    PLACES,
    PREV,
    QUEUE,
    STARTED,
    STATE,
    STOCK,
    T_OPEN,
    T_PLACES,
    T_TAKEN,
    TAKING_PART,
    TEAM,
    TRANSFER,
    WAITED,
    Luck,
)
from samkraft.analysis.queues.kernel.lines import cell, note, pair, touch
from samkraft.analysis.queues.kernel.moves import call_to_activity, call_to_team, free_team
from samkraft.analysis.queues.kernel.walk import advance, happen

__all__ = ["made", "several"]


@njit(_nrt=False, error_model="numpy")
def hand_over(w, team, tick, people):
    """Move everybody in a team that closes to the open team with most places left, even when it has none."""
    for row in range(people):
        state = w.rows[cell(row, STATE)]
        if w.rows[cell(row, TEAM)] != team or state in (GONE, COMING, IN_LINE):
            continue
        best = -1
        for other in range(w.teams.shape[0]):
            if w.teams[other, T_OPEN] and (
                best < 0
                or w.teams[other, T_PLACES] - w.teams[other, T_TAKEN] > w.teams[best, T_PLACES] - w.teams[best, T_TAKEN]
            ):
                best = other
        if best >= 0:
            w.teams[team, T_TAKEN] -= 1
            w.teams[best, T_TAKEN] += 1
            w.rows[cell(row, TEAM)] = best
            note(w, tick, row, L_MOVED, best, team)


@njit(_nrt=False, error_model="numpy")
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
                call_to_activity(w, which, tick)
        elif what == OCCASION:
            for _ in range(min(np.int64(many), w.lines[cell(which, LENGTH)])):
                call_to_activity(w, which, tick)
        elif what == OPENING:
            w.teams[which, T_OPEN] = 1
        elif what in (CLOSING, TRANSFER):
            w.teams[which, T_OPEN] = 0
            if what == TRANSFER:
                hand_over(w, which, tick, people)
    while w.lines[cell(line, LENGTH)] > 0:
        team = free_team(w)
        if team < 0:
            break
        call_to_team(w, line, team, tick)
    return item


@njit(_nrt=False, error_model="numpy")
def look(net, w, out):
    """Write a snapshot."""
    line = net.activities.shape[0]
    kinds, teams = w.exits.shape[0], w.teams.shape[0]
    out[ARRIVED] = w.tallies[0]
    out[STARTED] = w.lines[cell(line, BEGAN)]
    out[STOCK] = w.lines[cell(line, TAKING_PART)]
    out[QUEUE] = w.lines[cell(line, LENGTH)]
    out[GAVE_UP] = w.tallies[1]
    out[WAITED] = w.tallies[3] // net.ticks_per_day
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


@njit(_nrt=False, error_model="numpy")
def replicate(net, luck, w, people, snapshots):
    """From the first tick to the horizon. Snapshots show the state when a tick begins, before anything happens in it."""
    item, snap, cleared = 0, 0, net.warm <= net.begins
    for tick in range(net.begins, net.horizon):
        if not cleared and tick >= net.warm:
            for line in range(net.activities.shape[0] + 1):
                touch(w, line, tick)
                w.lines[cell(line, AREA_WAIT)] = 0
                w.lines[cell(line, AREA_BUSY)] = 0
            cleared = True
        while snap < net.snaps.shape[0] and net.snaps[snap] <= tick:
            look(net, w, snapshots[snap])
            snap += 1
        if item < net.agenda.shape[0] and net.agenda[item, 0] <= tick:
            item = follow_agenda(net, w, item, tick, people)
        row = w.buckets[pair(tick, FIRST)]
        while row >= 0:
            after = w.rows[cell(row, NEXT)]
            w.buckets[pair(tick, FIRST)] = after
            if after >= 0:
                w.rows[cell(after, PREV)] = -1
            else:
                w.buckets[pair(tick, LAST)] = -1
            w.rows[cell(row, AT)] = -1
            walker = happen(net, luck, w, row, tick)
            if walker >= 0:
                advance(net, luck, w, walker, tick)
            row = w.buckets[pair(tick, FIRST)]
    while snap < net.snaps.shape[0]:
        look(net, w, snapshots[snap])
        snap += 1
    for line in range(net.activities.shape[0] + 1):
        touch(w, line, net.horizon)


@njit(cache=True, nogil=True, _nrt=False, error_model="numpy")
def several(net, drawn, w, keys, first, counts, begins, lasts, even, snapshots, sums, histograms, by_wave, log_sizes):
    """Replications first … first + n − 1 of a run, written into their places of the outputs.

    w is space for the largest of them; counts (n, W) people of each intake; begins, lasts, even (W,) when they come;
    snapshots (n, snaps, columns); sums (n, A + 1, LINE_COLUMNS); histograms (n, WAIT_BINS); by_wave (n, W, 2 + K).
    """
    given = net.initial.shape[0]
    most = w.people
    for r in range(counts.shape[0]):
        at = first + r
        luck = Luck(
            keys[r], drawn.choice_cum[min(at, drawn.choice_cum.shape[0] - 1)],
            drawn.outcome_cum[min(at, drawn.outcome_cum.shape[0] - 1)],
            drawn.drop_rate[min(at, drawn.drop_rate.shape[0] - 1)],
            drawn.give_up_rate[min(at, drawn.give_up_rate.shape[0] - 1)], drawn.scale[min(at, drawn.scale.shape[0] - 1)],
        )  # fmt: skip
        people = given
        for wave in range(counts.shape[1]):
            people += counts[r, wave]
        clear(net, w, most)
        for row in range(people, most):
            w.rows[cell(row, STATE)] = GONE
            w.rows[cell(row, TEAM)] = -1
        settle(net, luck, w)
        invite(net, luck, w, given, counts[r], begins, lasts, even)
        replicate(net, luck, w, people, snapshots[r])
        for line in range(net.activities.shape[0] + 1):
            for column in range(LINE_COLUMNS):
                sums[r, line, column] = w.lines[cell(line, column)]
        copy(w.histogram, histograms[r])
        for wave in range(counts.shape[1]):
            copy(w.by_wave[wave], by_wave[r, wave])
        log_sizes[r] = w.tallies[2]


def _stamp() -> None:
    """Let the compiled code that is kept on disk follow all files of the kernel.

    Numba looks only at the file in which the function stands; a change in another would silently leave the old code.
    """
    if not hasattr(several, "_cache"):
        return  # compilation is switched off
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    several._cache._cache_file._source_stamp = digest.hexdigest()


_stamp()
