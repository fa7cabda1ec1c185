"""The web server: its command line, and `samkraft serve` for a server with real people.

What it takes from the environment beside the product's own settings:

    SAMKRAFT_BIND      where to listen: host:port or unix:/path (127.0.0.1:8000)
    SAMKRAFT_WORKERS   processes (two per processor plus one, at most nine)
    SAMKRAFT_THREADS   requests at once in each process (4)
    SAMKRAFT_TIMEOUT   seconds that one request may take (60)
"""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from samkraft.operations import serving_role, static_files
from samkraft.project import configuration
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase

APPLICATION = "samkraft.project.wsgi:application"
# Where gunicorn makes its heartbeat files: a busy disk would look like a worker that hangs.
MEMORY = Path("/dev/shm")  # noqa: S108 - gunicorn names its own files there
NOT_A_NUMBER = Reason(
    "server_setting_not_a_number",
    phrase("{name} är {value}, men ska vara ett heltal mellan {least} och {most}."),
    phrase("Rätta värdet eller ta bort det, så används standardvärdet."),
)


@dataclass(frozen=True, slots=True)
class Server:
    """How the web server runs. Times in seconds."""

    bind: str
    workers: int
    threads: int
    timeout_s: int = 60
    graceful_s: int = 25  # what a request gets to finish in when the server stops
    access_log: bool = False


def from_environment(environment: Mapping[str, str]) -> Server:
    """Return the server that the environment asks for. Raises Refused for a value that makes no sense."""
    processors = len(os.sched_getaffinity(0))
    return Server(
        bind=environment.get("SAMKRAFT_BIND", "127.0.0.1:8000"),
        workers=_number(environment, "SAMKRAFT_WORKERS", min(2 * processors + 1, 9), most=64),
        threads=_number(environment, "SAMKRAFT_THREADS", 4, most=64),
        timeout_s=_number(environment, "SAMKRAFT_TIMEOUT", 60, most=3600),
    )


def command(server: Server) -> list[str]:
    """Return the command line that serves the product."""
    words = [sys.executable, "-m", "gunicorn", APPLICATION, "--bind", server.bind, "--worker-class", "gthread"]
    words += ["--workers", str(server.workers), "--threads", str(server.threads), "--preload"]
    words += ["--timeout", str(server.timeout_s), "--graceful-timeout", str(server.graceful_s)]
    words += [
        "--no-control-socket",
        "--log-level",
        "warning",
        "--config",
        "python:samkraft.operations.web_workers",
        "--name",
        "samkraft",
    ]
    if MEMORY.is_dir():
        words += ["--worker-tmp-dir", str(MEMORY)]
    if server.access_log:
        words += ["--access-logfile", "-"]
    return words


def serve(*, access_log: bool = False) -> int:
    """Check the surroundings and become the web server. Returns 1, with every fault on stderr, if it may not."""
    try:
        server = from_environment(os.environ)
        here = configuration.read(os.environ)
    except configuration.Misconfigured as faults:
        return _refuse(str(faults))
    except Refused as refusal:
        return _refuse(str(refusal))
    if here.as_owner:
        return _refuse("SAMKRAFT_ACT_AS=owner är till för migreringar. Ta bort den: sidorna visas av den andra rollen.")
    faults = serving_role.why_not(os.environ["DATABASE_URL"])
    if faults:
        return _refuse("\n".join(faults))
    static_files.collect(os.environ)
    words = command(Server(server.bind, server.workers, server.threads, server.timeout_s, access_log=access_log))
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_OWNER_URL"}
    os.chdir(configuration.PROJECT_FOLDER)
    sys.stdout.flush()
    os.execve(words[0], words, environment)  # noqa: S606 - no shell, our own words


def _number(environment: Mapping[str, str], name: str, otherwise: int, *, most: int) -> int:
    value = environment.get(name, "")
    if not value:
        return otherwise
    if not value.isdecimal() or not 1 <= int(value) <= most:
        raise Refused(NOT_A_NUMBER, name=name, value=value, least=1, most=most)
    return int(value)


def _refuse(words: str) -> int:
    print(f"Webbservern startar inte:\n{words}", file=sys.stderr)
    return 1
