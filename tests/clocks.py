"""The tests at moments that a clock seldom shows: `python -m tests.clocks`, or `make clocks`.

All that is started believes that it is another time: Python, the programs that tests start, and the tests' own database.
That is done by libfaketime (on Debian: apt-get install faketime), which moves the clock ahead by the same length for all;
how long something takes is still measured by the real one. Moments are named from the real day onwards, because what the
tests' template holds was made then. Browser tests stay at home, and what only computes does not ask the time.

    python -m tests.clocks                                every moment
    python -m tests.clocks --list                         their names and when they come next
    python -m tests.clocks "new year" -- tests/stories    one of them, with words for pytest
    python -m tests.clocks 2027-12-31T23:50 -- -k summer  any moment in Stockholm
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from samkraft.operations.embedded_postgres import processes
from samkraft.values.period import STOCKHOLM
from tests import database

LIBRARIES = ("/usr/lib/*/faketime/libfaketime.so.1", "/usr/lib*/faketime/libfaketime.so.1")
FOLLOWED = ("LD_PRELOAD", "FAKETIME", "FAKETIME_DONT_FAKE_MONOTONIC", "NO_FAKE_STAT")
# Where time matters. The long proofs of these folders ask no more of the clock than the short tests beside them.
FOLDERS = ("actions", "knowledge", "operations", "pages", "people", "queries", "rules", "stories")
# Python sleeps until a moment of the steady clock, which libfaketime 0.9.10 moves too although it is told not to.
SLEEPING = "import select, time\ntime.sleep = lambda seconds: select.select((), (), (), seconds) and None\n"
LONG = (
    "operations/test_oldest_postgresql.py", "operations/test_bench.py", "operations/test_embedded_postgres.py",
    "pages/test_forecasts.py", "people/test_planted.py", "people/test_mutants.py", "queries/test_ledger_proof.py",
    "rules/decision_text", "rules/test_world_people_shape.py",
)  # fmt: skip


def moments(today: date) -> dict[str, datetime]:
    """The next of each kind of awkward moment after a day: names and times in Stockholm."""

    def first(hour: int, minute: int, fits: Any) -> datetime:
        day = next(one for one in _days(today) if fits(one))
        return datetime(day.year, day.month, day.day, hour, minute, tzinfo=STOCKHOLM)

    return {
        "midnight into a new week": first(23, 58, lambda day: day.isoweekday() == 7),
        "just after midnight in April": first(0, 20, lambda day: (day.month, day.day) == (4, 9)),
        "late on the last of November": first(23, 30, lambda day: (day.month, day.day) == (11, 30)),
        "new year": first(0, 30, lambda day: (day.month, day.day) == (1, 1)),
        "new year's eve": first(12, 0, lambda day: (day.month, day.day) == (12, 31)),
        "the hour that is skipped": first(1, 58, lambda day: _turns(day) < timedelta()),
        "the hour that comes twice": first(2, 30, lambda day: _turns(day) > timedelta()),
        "leap day": first(12, 0, lambda day: (day.month, day.day) == (2, 29)),
        "midsummer": first(23, 10, lambda day: day.month == 6 and day.isoweekday() == 5 and 19 <= day.day <= 25),
        "when the staff are reminded": datetime.combine(today + timedelta(days=1), time(4, 32), UTC).astimezone(
            STOCKHOLM
        ),
        "a sunday in july": first(7, 0, lambda day: day.month == 7 and day.isoweekday() == 7),
    }


def let_servers_follow() -> None:
    """Before a server is started, which is otherwise told nothing of what surrounds us."""
    if "FAKETIME" not in os.environ:
        return
    plain = processes.identity

    def with_our_clock(user: Any) -> dict[str, Any]:
        who: dict[str, Any] = plain(user)
        return who | {"env": who["env"] | {name: os.environ[name] for name in FOLLOWED}}

    processes.identity = with_our_clock


def see_that_servers_follow() -> None:
    """When it has been started: a test of two clocks would tell nothing."""
    if "FAKETIME" in os.environ:
        with database.as_owner("postgres") as owner:
            ((theirs,),) = owner.execute("SELECT now()").fetchall()
        if not isinstance(theirs, datetime) or abs(theirs - datetime.now(STOCKHOLM)) > timedelta(seconds=5):
            raise RuntimeError(f"the database's clock says {theirs}")


def main(words: list[str]) -> int:
    """Run pytest at each moment that is asked for. Returns 1 when one of them fails."""
    names, chosen = (words[: words.index("--")], words[words.index("--") + 1 :]) if "--" in words else (words, [])
    known = moments(datetime.now(STOCKHOLM).date())
    if names == ["--list"]:
        sys.stdout.writelines(f"{moment:%Y-%m-%d %H:%M}  {name}\n" for name, moment in known.items())
        return 0
    library = next((str(found) for pattern in LIBRARIES for found in sorted(Path("/").glob(pattern[1:]))), None)
    if library is None:
        sys.stderr.write("libfaketime is missing (on Debian: apt-get install faketime)\n")
        return 2
    for name in ("DATABASE_OWNER_URL", "DATABASE_URL"):
        os.environ.pop(name, None)  # a server that somebody else has started keeps its own time
    subprocess.run([sys.executable, "-c", "import tests.early"], check=True)  # the template is made in real time
    asked = {name: known.get(name) or _read(name) for name in names} or known
    failed = [name for name, moment in asked.items() if _run(name, moment, library, chosen or _usual())]
    sys.stdout.write(f"Failed: {', '.join(failed)}.\n" if failed else f"Green at each of {len(asked)}.\n")
    return int(bool(failed))


def _run(name: str, moment: datetime, library: str, words: list[str]) -> int:
    ahead = moment.timestamp() - datetime.now(STOCKHOLM).timestamp()
    sys.stderr.write(f"{name}: {moment:%Y-%m-%d %H:%M}\n")
    clock = dict(zip(FOLLOWED, (library, f"{ahead:+.0f}s", "1", "1"), strict=True))  # files keep their times: caches
    command = [sys.executable, "-m", "pytest", "-q", *words]
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "sitecustomize.py").write_text(SLEEPING)  # Python reads it before anything else
        paths = os.pathsep.join(filter(None, (folder, os.environ.get("PYTHONPATH"))))
        return subprocess.run(command, env={**os.environ, **clock, "PYTHONPATH": paths}, check=False).returncode


def _usual() -> list[str]:
    left = [f"--ignore=tests/{one}" for one in LONG]
    return ["-n", "auto", "--dist", "loadfile", *left, *(f"tests/{folder}" for folder in FOLDERS)]


def _read(moment: str) -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=STOCKHOLM)


def _days(after: date) -> Iterator[date]:
    return (after + timedelta(days=days) for days in range(1, 4 * 366 + 1))


def _turns(day: date) -> timedelta:
    """How much longer than 24 hours a day is: the difference in what Stockholm says of its two ends."""
    start = datetime(day.year, day.month, day.day, tzinfo=STOCKHOLM)
    return (start.utcoffset() or timedelta()) - ((start + timedelta(days=1)).utcoffset() or timedelta())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
