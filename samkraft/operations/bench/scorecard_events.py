"""A country of made-up enrolments as raw events, and the same as the milestones that the job would keep."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from samkraft.people.rules.cohorts import FIELDS, UNKNOWN, as_number

EVENTS_EACH = 25
TEAM_SIZE = 150
FIRST, DAYS, MONTHS = date(2024, 1, 1), 720, 30
KINDS = (
    "enrolled", "card", "referral", "meeting", "plan", "step", "workplace", "phase_three", "exit", "insured", "note",
)  # fmt: skip
KIND = {name: number for number, name in enumerate(KINDS)}


@dataclass(frozen=True, slots=True)
class Country:
    """events: enrolment, kind, day and value, all in disorder. packed: the milestones. day: the day it is seen on."""

    people: int
    teams: int
    events: dict[str, Any]
    packed: bytes
    first_month: int
    day: int


def make(people: int, seed: int = 1) -> Country:
    """So many enrolments with 25 events each; the same for the same seed."""
    draw, begin = np.random.default_rng(seed), as_number(FIRST)
    everybody = np.arange(people)
    started = begin + draw.integers(0, DAYS, people)
    columns = {name: np.full(people, UNKNOWN, np.int16) for name in FIELDS}
    columns["team"] = (1 + everybody // TEAM_SIZE).astype(np.int16)
    columns["sex"] = draw.integers(1, 3, people).astype(np.int16)
    columns["started"] = started.astype(np.int16)
    columns["received"] = (started - draw.integers(2, 60, people)).astype(np.int16)
    chances = (("first_meeting", 0.95, 30), ("planned", 0.8, 70), ("active", 0.85, 80), ("workplace", 0.6, 140),
               ("phase_three", 0.5, 160), ("left", 0.65, 260))  # fmt: skip
    for name, share, longest in chances:
        has = draw.random(people) < share
        columns[name] = np.where(has, started + draw.integers(1, longest, people), UNKNOWN).astype(np.int16)
    columns["outcome"] = np.where(columns["left"] >= 0, draw.integers(1, 7, people), 0).astype(np.int16)
    columns["insured"] = (draw.random(people) < 0.05).astype(np.int16)
    table = np.stack([columns[name] for name in FIELDS], axis=1).astype(">i2")
    first_month = (FIRST.year - 2000) * 12 + FIRST.month - 1
    return Country(
        people, int(columns["team"].max()), _events(draw, columns), table.tobytes(), first_month, begin + DAYS + 240
    )


def _events(draw: Any, columns: dict[str, Any]) -> dict[str, Any]:
    people = len(columns["team"])
    parts: list[tuple[Any, str, Any, Any]] = []
    everybody = np.arange(people, dtype=np.int32)
    for kind, day, value in (
        ("enrolled", "started", "team"), ("card", "started", "sex"), ("referral", "received", ""),
        ("meeting", "first_meeting", ""), ("plan", "planned", ""), ("step", "active", ""), ("workplace", "workplace", ""),
        ("phase_three", "phase_three", ""), ("exit", "left", "outcome"),
    ):  # fmt: skip
        there = columns[day] >= 0
        parts.append((everybody[there], kind, columns[day][there], columns[value][there] if value else 0))
    insured = columns["insured"] == 1
    parts.append((everybody[insured], "insured", columns["started"][insured], 0))
    made = sum(len(part[0]) for part in parts)
    rest = draw.integers(0, people, people * EVENTS_EACH - made).astype(np.int32)
    parts.append((rest, "note", columns["started"][rest], 0))
    enrolment = np.concatenate([part[0] for part in parts])
    kind = np.concatenate([np.full(len(part[0]), KIND[part[1]], np.int8) for part in parts])
    day = np.concatenate([part[2] for part in parts]).astype(np.int16)
    value = np.concatenate([np.broadcast_to(np.asarray(part[3], np.int16), len(part[0])) for part in parts])
    order = draw.permutation(len(enrolment))
    return {"enrolment": enrolment[order], "kind": kind[order], "day": day[order], "value": value[order]}
