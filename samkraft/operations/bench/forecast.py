"""A forecast of the whole plan as the job makes it: through the cohort door, learnt, a thousand replications, summed up."""

import contextlib
import json
import os
from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

import numpy as np
import psycopg

from samkraft.knowledge.rules.forecasting import landing, needing
from samkraft.knowledge.rules.forecasting.arranging import Arranged, Assumed, Goal, PhasePlan, TeamPlan, WavePlan
from samkraft.knowledge.rules.forecasting.changes import Changes
from samkraft.knowledge.rules.forecasting.offered import ActivityPlan
from samkraft.operations import command, scratch_database
from samkraft.operations.bench import scorecard
from samkraft.operations.bench.frame import Agreement, Bench, Contestant, Course, Kind
from samkraft.operations.bench.scorecard_events import Country
from samkraft.people.rules import cohort_waits
from samkraft.people.rules.cohort_waits import Rested, Waited
from samkraft.people.rules.cohorts import FIELDS, UNKNOWN, Cohort, OutcomeCode, as_number

SIZES = {"S": 1, "M": 60}  # times the plan of 5 600
LIMIT_S_MS = 5_000
KNOWN, SEED, REPLICATIONS = date(2021, 5, 31), 1, landing.USUAL
PLANNED = (
    (date(2020, 2, 1), date(2020, 8, 1), 1500), (date(2020, 8, 1), date(2021, 2, 1), 1200),
    (date(2021, 2, 1), date(2021, 8, 1), 1200), (date(2021, 8, 1), date(2022, 2, 1), 1200),
    (date(2022, 2, 1), date(2022, 5, 1), 500),
)  # fmt: skip


def arranged(times: int) -> Arranged:
    """The plan of the application, so many times as large."""
    waves = tuple(WavePlan(n, f"intag {n}", *days, many * times) for n, (*days, many) in enumerate(PLANNED, 1))
    closing = (date(2022, 7, 1), date(2022, 1, 1))
    teams = tuple(TeamPlan(n, "", 150 * times, date(2020, 2, 1), closing[n > 5]) for n in range(1, 11))
    phases = (PhasePlan(1, "", 45), PhasePlan(2, "", 90), PhasePlan(3, "", 45))
    goals = (Goal("deltagare", "", 5600 * times, False), Goal("arbete", "", 2500 * times, True))
    before = Assumed(history_planned=3500, history_came=2685, history_left=2685, history_reached=770, history_days=179)
    return Arranged(
        "mätningen", date(2020, 2, 1), date(2022, 6, 30), waves, teams, phases, goals, before, activities(times)
    )


def activities(times: int) -> tuple[ActivityPlan, ...]:
    """The twelve that most need, each with fewer places than would be enough."""
    return tuple(
        ActivityPlan(UUID(int=n), f"aktivitet-{n}", f"Aktivitet {n}", 25.0 * times, 3, 60.0, None)
        for n in range(1, needing.MOST + 1)
    )


def lines(times: int) -> Waited:
    """Everybody who had come joined a line of each third activity; eight of ten of them have begun, half are through."""
    draw, day = np.random.default_rng(SEED), as_number(KNOWN)
    many = 1000 * times
    found = []
    for n in range(1, needing.MOST + 1):
        joined = day - 1 - draw.integers(0, needing.WINDOW, many)
        began = np.where(draw.random(many) < 0.8, joined + draw.integers(0, 40, many), UNKNOWN)
        ended = np.where((began >= 0) & (began + 60 < day), began + 60, UNKNOWN)
        for row in zip(joined.tolist(), began.tolist(), ended.tolist(), strict=True):
            begun, over = (each if each < day else UNKNOWN for each in row[1:])
            found.append((UUID(int=n), row[0], begun, begun, over, UNKNOWN))
    return cohort_waits.waited(found)


def pauses(packed: bytes) -> Rested:
    """One of ten has been away for a month."""
    size = 2 * len(FIELDS)
    rows_ = [packed[at : at + size] for at in range(0, len(packed), 10 * size)]
    started = FIELDS.index("started")
    days = [int.from_bytes(row[2 * started : 2 * started + 2], "big", signed=True) for row in rows_]
    return cohort_waits.rested([(row, day + 20, day + 50) for row, day in zip(rows_, days, strict=True)])


def rows(times: int) -> bytes:
    """Those who had come by the day, nine of ten of the planned, as the door packs them."""
    draw, known = np.random.default_rng(SEED), as_number(KNOWN)
    parts = []
    for begins, ends, many in PLANNED:
        last = min(as_number(ends), known)
        passed = max(0, last - as_number(begins)) / (ends - begins).days
        parts.append(
            as_number(begins) + draw.integers(0, max(1, last - as_number(begins)), int(0.9 * many * passed) * times)
        )
    started = np.concatenate(parts)
    columns = {name: np.full(len(started), UNKNOWN, np.int64) for name in FIELDS}
    two = started + draw.gamma(5, 9, len(started)).astype(int)
    three = two + draw.gamma(9, 10, len(started)).astype(int)
    left = three + draw.gamma(5, 9, len(started)).astype(int)
    work = draw.random(len(started)) < 0.35
    columns["started"], columns["team"] = started, 1 + np.arange(len(started)) % 10
    for name, days in (("phase_two", two), ("phase_three", three), ("left", left)):
        columns[name] = np.where(days <= known, days, UNKNOWN)
    columns["outcome"] = np.where(left <= known, np.where(work, OutcomeCode.WORK, OutcomeCode.OTHER), OutcomeCode.NONE)
    return np.stack([columns[name] for name in FIELDS], axis=1).astype(">i2").tobytes()


@contextlib.contextmanager
def lay_out(size: str) -> Iterator[Course]:
    """A scratch database with the rows behind the door, as many as the plan has had by the day."""
    times, packed = SIZES[size], rows(SIZES[size])
    many = len(packed) // (2 * len(FIELDS))
    plan = arranged(times)
    with scratch_database.made():
        command.set_up()
        with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as owner:
            scorecard.fill(owner, Country(many, 10, {}, packed, 0, as_number(KNOWN)))
            limit = LIMIT_S_MS if size == "S" else None
            waited, rested = lines(times), pauses(packed)
            contestants = (
                Contestant(
                    "samkraft, hela jobbet", Kind.PRODUCT, lambda: _forecast(plan, waited, rested), limit_ms=limit
                ),
                Contestant("bara raderna genom dörren", Kind.FLOOR, _through_the_door),
            )
            facts = {
                "planerade": plan.planned, "har börjat": many, "repetitioner": REPLICATIONS,
                "repetitioner för det som står bredvid": landing.BESIDE, "trådar": os.cpu_count(),
                "aktiviteter": needing.MOST, "har köat": len(waited.activity_ids), "pauser": len(rested.rows),
            }  # fmt: skip
            yield Course(contestants, lambda: _agree(plan, waited, rested), facts)


BENCH = Bench(
    name="forecast",
    words="En prognos av hela planen, som jobbet gör den: tusen repetitioner, antaganden lärda av de egna uppgifterna.",
    sizes={size: f"{5600 * times} planerade" for size, times in SIZES.items()},
    goal=None,
    lay_out=lay_out,
)


def _through_the_door() -> Cohort:
    from samkraft.audit.actions import transactions
    from samkraft.operations.clock import CLOCK
    from samkraft.people.queries import cohorts

    with transactions.write(CLOCK):
        return cohorts.figures(scorecard.INITIATIVE, 1)


def _forecast(plan: Arranged, waited: Waited, rested: Rested, threads: int = 0) -> dict[str, Any]:
    cohort = _through_the_door()
    return landing.land(
        plan,
        Changes(),
        cohort,
        known=KNOWN,
        seed=SEED,
        replications=REPLICATIONS,
        waited=waited,
        rested=rested,
        threads=threads,
    ).result


def _agree(plan: Arranged, waited: Waited, rested: Rested) -> Agreement:
    """One thread and all say the same to the last figure, and the range holds what was built in."""
    one, many = (json.dumps(_forecast(plan, waited, rested, threads)) for threads in (1, 0))
    result = json.loads(many)
    learnt = next(each for each in result["estimates"] if each["code"] == "success")["own"]
    holds = one == many and learnt["low"] <= 0.35 <= learnt["high"]
    goal = result["goals"][1]["at"][0]
    return Agreement(holds, (
        f"en tråd och alla ger samma svar: {one == many}",
        f"inbyggd andel 0,35, lärd {learnt['low']:.3f}–{learnt['high']:.3f}",
        f"till arbete vid slutet {goal['range'][1]}–{goal['range'][3]}, sannolikhet {goal['probability']}",
    ))  # fmt: skip
