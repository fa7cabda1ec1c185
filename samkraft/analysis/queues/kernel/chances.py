"""What chance decides for a person: which activity, how long, and how a phase ends."""

import numpy as np

from samkraft.analysis.queues.kernel import chance
from samkraft.analysis.queues.kernel.inner import inlined
from samkraft.analysis.queues.kernel.layout import GUIDE, TABLE, WAVE
from samkraft.analysis.queues.kernel.lines import at, cell


@inlined
def draw(w, row):
    """The row's next number in [0, 1)."""
    place = w.dice[at(row)]
    w.dice[at(row)] = place + chance.GOLDEN
    return chance.number(place)


@inlined
def which(cumulative, guide, u):
    """The first column whose cumulative probability exceeds u, sought from where the guide says it may first be."""
    found = guide[at(np.int64(u * GUIDE))]
    while u >= cumulative[at(found)]:
        found += 1
    return found


@inlined
def choose(net, luck, w, row, choice):
    """Draw one of the alternatives of a choice: an activity, or -1 for none."""
    source = net.wave_source[at(w.rows[cell(row, WAVE)])]
    guide = w.guide[at(choice * luck.choice_cum.shape[1] + source)]
    return net.alternatives[at(choice), at(which(luck.choice_cum[at(choice), at(source)], guide, draw(w, row)))]


@inlined
def outcome(net, luck, w, row, phase, period):
    """How a phase ends in a period of the calendar: a phase to go to, or past those a kind of exit."""
    lists = w.guide.shape[0] - luck.outcome_cum.shape[0]
    which_list = net.outcome_row[at(phase), at(w.rows[cell(row, WAVE)])] + period
    return which(luck.outcome_cum[at(which_list)], w.guide[at(lists + which_list)], draw(w, row))


@inlined
def drawn_duration(net, luck, activity, u):
    """How many ticks an activity lasts, closed days not counted."""
    table = net.activities[at(activity), TABLE]
    return np.int64(chance.quantile(net.table, table, u) * luck.scale[at(activity)] + 0.5)
