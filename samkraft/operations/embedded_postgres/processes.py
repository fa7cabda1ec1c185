"""Starting the server so that it can never outlive us, and finding what an unclean stop left behind."""

import contextlib
import fcntl
import os
import pwd
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from samkraft.operations import child_processes
from samkraft.operations.embedded_postgres import refusals
from samkraft.values.refusal import Refused

FAST, IMMEDIATE = signal.SIGINT, signal.SIGQUIT  # how PostgreSQL names these signals
FAST_SHUTDOWN_S, IMMEDIATE_SHUTDOWN_S = 6.0, 2.0


@contextlib.contextmanager
def held(lock: Path) -> Iterator[None]:
    """Hold the lock file, or refuse at once with the number of the process that holds it."""
    handle = take(lock)
    try:
        yield
    finally:
        os.close(handle)


def take(lock: Path) -> int:
    """Take the lock file and return its handle; the kernel lets go of it however this process ends."""
    handle = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        holder = os.pread(handle, 20, 0).decode("ascii", "replace").strip() or "?"
        os.close(handle)
        raise Refused(refusals.ALREADY_RUNNING, folder=lock.parent, pid=holder) from None
    os.truncate(handle, 0)
    os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)
    return handle


def spawn(command: list[str], *, user: pwd.struct_passwd | None, log: int) -> subprocess.Popen[bytes]:
    """Start the server as `user`, told to stop fast when we die.

    The kernel ties that promise to the thread that starts it: start from one that lives as long as the program.
    """
    return subprocess.Popen(
        command,
        **identity(user),
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        # Runs after the change of user, which would forget it; only calls the kernel, so threads do it no harm.
        preexec_fn=child_processes.dying_with_us(FAST),
    )


def identity(user: pwd.struct_passwd | None) -> dict[str, object]:
    """Arguments of `subprocess`: run as `user` with nothing of our surroundings, out of reach of a Ctrl-C."""
    environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}
    who: dict[str, object] = {} if user is None else {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    return {**who, "env": environment, "cwd": "/", "umask": 0o077, "start_new_session": True}


def stop(server: subprocess.Popen[bytes]) -> None:
    """Stop the server: kindly, then firmly, then by force. Returns when it is gone."""
    for number, patience_s in ((FAST, FAST_SHUTDOWN_S), (IMMEDIATE, IMMEDIATE_SHUTDOWN_S), (signal.SIGKILL, 5.0)):
        if server.poll() is not None:
            return
        with contextlib.suppress(ProcessLookupError):
            server.send_signal(number)
        with contextlib.suppress(subprocess.TimeoutExpired):
            server.wait(patience_s)


def end_leftovers(data: Path) -> None:
    """See that no server process of an earlier, unclean stop works in this data folder, nor its stale pid file.

    Call it only with the lock held: then whoever works there has lost its launcher.
    """
    for number, patience_s in ((FAST, FAST_SHUTDOWN_S), (IMMEDIATE, IMMEDIATE_SHUTDOWN_S), (signal.SIGKILL, 5.0)):
        deadline = time.monotonic() + patience_s
        for process in working_in(data):
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, number)
        while working_in(data) and time.monotonic() < deadline:
            time.sleep(0.05)
        if not working_in(data):
            break
    (data / "postmaster.pid").unlink(missing_ok=True)


def working_in(data: Path) -> list[int]:
    """Return the numbers of living server processes whose working folder is this data folder."""
    found = []
    for entry in Path("/proc").iterdir() if os.path.isdir("/proc/self") else ():
        if not entry.name.isdigit():
            continue
        with contextlib.suppress(OSError):  # another user's, or gone since
            if os.readlink(entry / "cwd") == str(data) and os.path.basename(os.readlink(entry / "exe")) == "postgres":
                found.append(int(entry.name))
    return found
