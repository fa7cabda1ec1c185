"""The steering group's first page: how it stands, where it lands, what moved and what waits, of a whole programme."""

import contextlib
import re
import subprocess
from collections.abc import Iterator
from typing import Any

from samkraft.operations import command, python_programs, scratch_database
from samkraft.operations.bench import board_door
from samkraft.operations.bench.board_door import Get
from samkraft.operations.bench.frame import Agreement, Bench, Contestant, Course, Kind

# The page is made of what was counted in the night, so that more people make it no longer: one size is enough.
SIZES = {"S": 5_600, "M": 5_600, "L": 5_600}
STEERING, LEADER = "styrgruppens förstasida", "projektledarens läge"
WHO = {STEERING: "birgitta.alm@exempel.invalid", LEADER: "kristina.holm@exempel.invalid"}
LIMIT_MS = 300
HOLDS = {
    "utfallet hittills": "Räknat på uppgifter till och med",
    "var det slutar": "lika troligt innanför som utanför",
    "vad som väntar": "Att besluta och följa upp",
}


@contextlib.contextmanager
def lay_out(size: str) -> Iterator[Course]:
    """A city of its own with a programme of 5 600, its theory, four snapshots and the forecasts that the job has made."""
    with scratch_database.made():
        _run("world", "load", "--without-participants")
        _run("world", "people", "--participants", str(SIZES[size]), "--seed", "1")
        command.set_up()
        code = _knowledge()
        _run("jobs", "--once")
        yield course(code)


def _run(*words: str) -> None:
    """One of our own commands, in a process of its own, on the same database."""
    program = python_programs.samkraft(*words)
    subprocess.run(program, cwd=scratch_database.PROJECT, capture_output=True, check=True)


def _knowledge() -> str:
    """What those who steer read: decided, counted, and the forecast asked for."""
    from samkraft.operations import world
    from samkraft.operations.database import time_travel
    from samkraft.operations.world import results

    with time_travel.allowed("mätning"):
        world.load(progress=_quiet, parts=("steering", "results"))
    return results.CODE


def _quiet(_words: str) -> None:
    """Nothing is said while a bench is laid out."""


def course(code: str) -> Course:
    """The same page for those who steer and for whoever leads."""
    from django.contrib.auth import get_user_model
    from django.urls import reverse

    address = reverse("results:show", args=[code])
    users = {one.email: one.pk for one in get_user_model().objects.filter(email__in=WHO.values())}
    doors: dict[str, Get] = {name: board_door.open_for(users[email]) for name, email in WHO.items()}
    contestants = tuple(
        Contestant(name, Kind.PRODUCT, _asking(get, address), limit_ms=LIMIT_MS) for name, get in doors.items()
    )
    facts: dict[str, Any] = {}
    return Course(contestants, lambda: _agree({name: get(address) for name, get in doors.items()}, facts), facts)


def _asking(get: Get, address: str) -> Any:
    return lambda: get(address)


def _agree(pages: dict[str, str], facts: dict[str, Any]) -> Agreement:
    """Each page holds figures, where they land, and what is to be decided."""
    facts |= {f"byte, {name}": len(text.encode()) for name, text in pages.items()}
    told = {
        f"{name}: {what}": words in re.sub(r"\s+", " ", text)
        for name, text in pages.items()
        for what, words in HOLDS.items()
    }
    return Agreement(all(told.values()), tuple(f"{what}: {'ja' if holds else 'NEJ'}" for what, holds in told.items()))


BENCH = Bench(
    name="standing",
    words="Hela svaret för styrgruppens förstasida, genom samma dörr som webbservern har. Den ska ta högst 300 millisekunder.",
    sizes={size: f"{participants} deltagare" for size, participants in SIZES.items()},
    goal=None,
    lay_out=lay_out,
)
