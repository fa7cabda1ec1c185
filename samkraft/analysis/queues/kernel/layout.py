"""What the columns, codes and arrays of the kernel mean. All times are ticks since the scenario begins."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Reals = NDArray[np.float64]

# Columns of a row. Row p < people is a person; further rows are the person's parallel activities. One row is one line
# of the processor's cache (64 bytes), so that a person costs one reading from memory.
NEXT = 0  # who else lies in the bucket of the same tick
AHEAD, BEHIND = 1, 2  # neighbours in a line
AT = 3  # the tick whose bucket the row lies in; UP_NOW − k when it has place k among those whose turn it is; or NOWHERE
EVENT = 4  # what happens then
STEP = 5  # where in the program the person is
ACTIVITY = 6  # which activity the row is in or waits for, or -1
TEAM = 7  # the team that holds the place, -1 before, -2 after
SINCE = 8  # when the row began to wait, or began its activity
ENROLLED = 9  # when the person got a place in a team
DROPS_AT = 10  # when the person drops out unless the phase ends first
WAVE = 11  # which intake the person came with
STATE = 12
COLUMNS = 16

NOWHERE, UP_NOW = -1, -2
PENDING = BEHIND  # how many parallel activities are left, for a person who waits for them

# Tallies: who came, who gave up, rows of the log, ticks waited by all who started, how many have had a turn to come.
CAME, LEFT_LINE, LOGGED, TICKS_WAITED, TURNS = range(5)
TALLIES = 8

# States of a row.
COMING, IN_LINE, GRANTED, BUSY, WAITING, APART, GONE = range(7)

# Events of a bucket.
ARRIVES, STARTS, ENDS, DROPS = range(4)

# Steps of the program that everybody walks.
BEGIN_PHASE, CHOOSE, TOGETHER, END_PHASE = range(4)

# Kinds of activity.
UNLIMITED, PLACES, JOINT = range(3)

# Items of the agenda: what happens at a tick that no person causes.
CAPACITY, OPENING, CLOSING, TRANSFER, OCCASION = range(5)

# Codes of the log.
L_ARRIVED, L_ENROLLED, L_PHASE, L_QUEUED, L_STARTED, L_ENDED, L_EXITED, L_GAVE_UP, L_MOVED, L_SKIPPED = range(10)

# The first columns of a snapshot; then exits of each kind, stock of each team, and for each activity in three blocks:
# who waits, who takes part, and how many have started so far.
ARRIVED, STARTED, STOCK, QUEUE, GAVE_UP, WAITED, FIXED = range(7)

NEVER = np.int32(2**31 - 1)
WAIT_BINS = 400  # days of waiting that are told apart; the last holds all longer ones


# Columns of a line. The lines are the activities, and last the line for a team.
HEAD, TAIL = 0, 1  # who is first and last in it
LENGTH, TAKING_PART, CAPACITY_NOW = 2, 3, 4
BEGAN = 5  # how many have started
AREA_WAIT, AREA_BUSY = 6, 7  # ∫ waiting dt and ∫ taking part dt: who goes adds the tick, who comes takes it away
WAIT_SUM, WAITED_AT_ALL = 8, 9  # ticks waited by those who have started, and how many waited at all
MET, MET_FULL = 10, 11  # who came, and who found it full
STAY_SUM = 12  # ticks spent by those who have left
LINE_COLUMNS = 16

# Columns of a team, of an activity, of a step, of the calendar.
T_PLACES, T_TAKEN, T_OPEN = range(3)
KIND, SKIPS, CAPACITY_FIRST, RESTS, TABLE = range(5)
OP, ARG, COUNT = range(3)
OPEN_BEFORE, OPEN_TICK = range(2)

# Teams are compared block by block, padded by closed ones. Chances are looked up in a guide of so many parts.
BLOCK = 8
GUIDE = 256
NEVER_CHOSEN = 2.0
RANK = 1 << 20  # a free place weighs this much in the rank of a team; what is left says which team, the first highest
CLOSED = -(1 << 60)


class Net(NamedTuple):
    """The scenario as arrays. A activities, T teams, C choices of at most M alternatives, S steps, W intakes.

    Few arrays on purpose: every one is passed along through all of the compiled code.
    """

    horizon: int
    begins: int  # the tick at which the clock starts (later than 0 when a state is given)
    ticks_per_day: int
    warm: int  # sums and areas are counted from this tick
    turn_away: bool  # nobody waits for a team
    dropped: int  # the exit kind of who drops out
    branches: int  # most parallel activities of one person
    program: Ints  # (S, 3) kind of step; phase, choice, or first choice of a parallel block; number of parallel choices
    phase_first: Ints  # (F,) phase → its first step
    alternatives: Ints  # (C, M) activity, or -1 for none
    outcome_row: Ints  # (F, W) → first outcome row; one more for each period of the calendar
    outcome_from: Ints  # (P,) ticks at which the periods begin
    wave_source: Ints  # (W,)
    activities: Ints  # (A, 5) kind; 1: goes on if full; places at first; 1: rests on closed days; which table
    table: NDArray[np.float32]  # (distributions, 2, BINS + 1) quantiles, body and tail, over the mean
    always_open: bool
    calendar: Ints  # (H + 2, 2) how many open ticks come before a tick; the tick of the n-th open one, NEVER beyond
    team_places: Ints  # (T,)
    agenda: Ints  # (n, 4) tick, what, which, how many; in order
    snaps: Ints  # (n,) ticks of the snapshots, in order
    initial: Ints  # (n, 8) the state: wave, state, step, activity, team, since, enrolled, phase


class Drawn(NamedTuple):
    """The parameters of all replications; the first axis has one row, or one for each replication."""

    choice_cum: Reals  # (r, C, G, M) cumulative probabilities of the alternatives, for each source
    outcome_cum: Reals  # (r, O, F + K) cumulative: first "go to phase", then exits by kind
    drop_rate: Reals  # (r, F, G) per tick
    give_up_rate: Reals  # (r, W) per tick, while waiting for a team
    scale: Reals  # (r, A) mean durations in ticks


class Luck(NamedTuple):
    """What one replication has drawn for all: its key and its parameters (a row of each array of the net)."""

    key: np.uint64
    choice_cum: Reals
    outcome_cum: Reals
    drop_rate: Reals
    give_up_rate: Reals
    scale: Reals


class Work(NamedTuple):
    """What one replication writes on. Rows from `people` on are parallel activities."""

    people: int
    rows: Ints  # (people and branches × COLUMNS,)
    dice: NDArray[np.uint64]  # (people and branches,) where each stands in its own sequence of draws
    buckets: Ints  # (H,) the row that was last put into the bucket of a tick; only for ticks that are marked
    marks: NDArray[np.uint64]  # (H / 64,) a bit for each tick whose bucket is not empty; all are 0 when a run ends
    turn: Ints  # (2 ** n,) whose turn it is in this tick, in order; a ring
    guide: Ints  # (C × G + O, GUIDE) for each list of chances and each part of [0, 1) the first that can be meant
    lines: Longs  # (A + 1) × LINE_COLUMNS
    teams: Ints  # (T, 3)
    ranks: Longs  # (blocks of T,) free places and which team, so that the highest is the team to choose
    exits: Longs  # (K,)
    tallies: Longs  # (TALLIES,)
    histogram: Ints  # (WAIT_BINS,) people by days waited for a team
    by_wave: Ints  # (W, 2 + K) came, started, exits by kind
    log: Ints  # (n, 5) tick, row, code, a, b; no rows: no log
