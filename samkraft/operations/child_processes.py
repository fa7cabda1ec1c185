"""Other programs as our children: they never outlive us, and long ones show that they are working."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

_PR_SET_PDEATHSIG = 1


def dying_with_us(number: signal.Signals) -> Callable[[], None]:
    """Return what a child shall do before its program starts, so that it gets this signal when we die in any way.

    The kernel ties the promise to the thread that starts the child: start it from one that lives as long as we do.
    """
    return _dying_with(os.getpid(), number)


def die_with_parent(number: signal.Signals, *, parent: int | None = None) -> None:
    """Ask for this signal ourselves when our parent dies; name it where it may be dead already."""
    _dying_with(parent or os.getppid(), number)()


def finish(children: list["subprocess.Popen[bytes]"], *patience: tuple[signal.Signals, float]) -> None:
    """Stop the children together: each signal in turn, with so many seconds to obey it; what is left is killed.

    Each child leads a session of its own: what it has started there and left behind goes too.
    """
    for number, seconds in (*patience, (signal.SIGKILL, 5.0)):
        living = [child for child in children if child.poll() is None]
        for child in living:
            with contextlib.suppress(ProcessLookupError):
                child.send_signal(number)
        deadline = time.monotonic() + seconds
        for child in living:
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(max(0.0, deadline - time.monotonic()))
    for child in children:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)


def run(
    label: str,
    command: list[str],
    *,
    log: Path,
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
    standard_input: int = subprocess.DEVNULL,
    stopping: Callable[[], bool] = lambda: False,
) -> int:
    """Run a program to its end with its output in `log`, saying how long it has taken. Returns its exit code.

    It is stopped when `stopping()` becomes true, and when we are interrupted.
    """
    show = Progress(label)
    with open(log, "ab") as output:
        child = subprocess.Popen(
            command,
            stdin=standard_input,
            stdout=output,
            stderr=output,
            env=dict(environment) if environment is not None else None,
            cwd=folder,
            start_new_session=True,  # a Ctrl-C reaches us, and we stop it in our own order
            preexec_fn=dying_with_us(signal.SIGTERM),
        )
    try:
        while not stopping():
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(0.25)
                break
            show.still()
    finally:
        finish([child], (signal.SIGTERM, 4.0))
    show.done(child.returncode)
    return child.returncode


class Progress:
    """One step's line: redrawn each second on a terminal, repeated now and then in a file."""

    def __init__(self, label: str) -> None:
        self.label, self.began, self.shown = label, time.monotonic(), 0
        self.redraws = sys.stdout.isatty()
        self._write(f"{label} …", ends=not self.redraws)

    def still(self) -> None:
        """Say how long it has taken, when it is time to."""
        seconds = int(time.monotonic() - self.began)
        if seconds - self.shown >= (1 if self.redraws else 10):
            self.shown = seconds
            self._write(f"{self.label} … {seconds} s", ends=not self.redraws)

    def done(self, code: int) -> None:
        """Finish the line."""
        word = f"klart på {time.monotonic() - self.began:.0f} s" if code == 0 else "gick inte"
        if self.redraws or self.shown or code:
            self._write(f"{self.label} … {word}", ends=True)

    def _write(self, words: str, *, ends: bool) -> None:
        """Write over the line on a terminal; a terminal that has gone is no reason to stop what it showed."""
        with contextlib.suppress(OSError):
            print(f"\r{words}\x1b[K" if self.redraws else words, end="\n" if ends else "", flush=True)


def _dying_with(parent: int, number: signal.Signals) -> Callable[[], None]:
    if not sys.platform.startswith("linux"):
        return lambda: None
    prctl = ctypes.CDLL(None, use_errno=True).prctl  # looked up before the fork

    def promise() -> None:
        prctl(_PR_SET_PDEATHSIG, int(number), 0, 0, 0)
        if os.getppid() != parent:  # it died in between
            os.kill(os.getpid(), number)

    return promise
