"""The demo's life: start the parts in order, watch them, and end them in order.

One process, this one, starts everything else and waits. Nothing survives it: each part has asked the kernel for a
signal at our death. What is remembered between runs lies beside the database, so that `reset`
forgets all of it at once.
"""

import contextlib
import importlib.util
import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from samkraft.operations import child_processes, embedded_postgres, python_programs, server
from samkraft.operations.demo import door, preparation, setting
from samkraft.operations.demo.setting import PROJECT, Setting
from samkraft.operations.demo.stopping import StoppedError, Stopping
from samkraft.operations.embedded_postgres import refusals
from samkraft.values.refusal import Refused

JOB_RESTARTS = 3
JOBS_EXIST = importlib.util.find_spec("samkraft.operations.commands.jobs") is not None
INTERRUPTED = 130
Child = subprocess.Popen[bytes]


def run(*, port: int | None = None) -> int:
    """Start the demo and keep it going until somebody stops it. Returns an exit code: 0 also when it already runs."""
    stopping = Stopping()
    stopping.listen()
    if _parent_is_make():
        child_processes.die_with_parent(signal.SIGTERM)
    began = time.monotonic()
    try:
        with (
            embedded_postgres.start(setting.folder(), progress=setting.say) as cluster,
            contextlib.closing(door.open_at(port)) as opened,
        ):
            return _live(Setting(cluster, stopping, door.url(opened)), opened, began)
    except StoppedError:
        setting.say("\nStoppad innan demon hann starta. Kör samma kommando igen, så fortsätter det.")
        return INTERRUPTED
    except Refused as refusal:
        if refusal.reason is refusals.ALREADY_RUNNING:
            return _tell_where()
        print(f"\n{refusal}", file=sys.stderr)
        return 1


def reset() -> int:
    """Forget the demo's data, so that the next start makes it anew. Refuses while the demo runs."""
    try:
        embedded_postgres.erase(setting.folder())
    except Refused as refusal:
        if refusal.reason is not refusals.ALREADY_RUNNING:
            raise
        print("Demon är igång. Stoppa den med Ctrl-C först och kör sedan make demo-reset igen.", file=sys.stderr)
        return 1
    setting.say("Demons uppgifter är borta. Nästa make demo gör nya.")
    return 0


def _live(demo: Setting, opened: socket.socket, began: float) -> int:
    demo.log.write_bytes(b"")
    children: list[Child] = []
    try:
        preparation.prepare(demo)
        words = server.command(server.Server(f"fd://{opened.fileno()}", workers=2, threads=4, graceful_s=3))
        children.append(web := _start(demo, words, opened.fileno()))
        if JOBS_EXIST:
            children.append(_start(demo, python_programs.samkraft("jobs")))
        door.wait_for_page(demo, web)
        demo.address.write_text(json.dumps({"url": demo.url, "pid": os.getpid()}))
        _welcome(demo, began)
        return _watch(demo, children)
    finally:
        demo.address.unlink(missing_ok=True)
        child_processes.finish(children, (signal.SIGTERM, 4.0), (signal.SIGINT, 1.0))


def _watch(demo: Setting, children: list[Child]) -> int:
    """Wait for the end: a signal, or a part that falls. Jobs are started again; without pages or database we stop."""
    restarts = 0
    while not demo.stopping.is_asked():
        time.sleep(0.2)
        web, jobs = children[0], children[-1]
        if web.poll() is not None or not demo.cluster.alive():
            part = "Databasen" if web.poll() is None else "Webbservern"
            print(f"\n{part} stannade. Starta igen med make demo. Loggen finns i {demo.log}.", file=sys.stderr)
            return 1
        if JOBS_EXIST and jobs.poll() is not None and restarts < JOB_RESTARTS:
            restarts += 1
            children.append(_start(demo, python_programs.samkraft("jobs")))
            setting.say(f"Jobben stannade och startas igen ({restarts} av {JOB_RESTARTS} gånger).")
    setting.say("\nStoppar …")
    return 0


def _start(demo: Setting, words: list[str], *passed: int) -> Child:
    with open(demo.log, "ab") as log:
        return subprocess.Popen(
            words,
            env=demo.environment(),
            cwd=PROJECT,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            pass_fds=passed,
            start_new_session=True,  # a Ctrl-C reaches us alone, and we stop the parts in order
            preexec_fn=child_processes.dying_with_us(signal.SIGTERM),
        )


def _welcome(demo: Setting, began: float) -> None:
    setting.say(
        f"\nSamkraft är igång ({time.monotonic() - began:.0f} s).\n"
        f"  Öppna    {demo.url}\n"
        "  Stoppa   med Ctrl-C. Uppgifterna finns kvar till nästa gång; make demo-reset börjar om.\n"
        f"  Logg     {demo.log} (här hamnar också e-posten)"
    )


def _tell_where() -> int:
    """Say where the demo that already runs is found. Returns 1 while it is only starting or stopping."""
    try:
        told = json.loads((embedded_postgres.folder_of(setting.folder()) / "address.json").read_text())
    except (OSError, ValueError):
        print("Demon håller redan på att starta eller stoppas. Vänta en stund och försök igen.", file=sys.stderr)
        return 1
    setting.say(
        f"Demon är redan igång (process {told['pid']}).\n"
        f"  Öppna    {told['url']}\n"
        "  Stoppa   med Ctrl-C där den startades."
    )
    return 0


def _parent_is_make() -> bool:
    """Whether `make` started us: then its death shall be our stop. A shell that goes may have left us on purpose."""
    with contextlib.suppress(OSError):
        return Path(f"/proc/{os.getppid()}/comm").read_text().strip() in ("make", "gmake")
    return False
