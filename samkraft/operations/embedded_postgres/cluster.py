"""Starts and stops the embedded PostgreSQL."""

import atexit
import contextlib
import json
import os
import shutil
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Self
from urllib.parse import quote

from samkraft.operations.embedded_postgres import (
    binaries,
    configuration,
    initialisation,
    places,
    processes,
    refusals,
)
from samkraft.values.refusal import Refused

START_S = 60.0  # long: recovery after an unclean stop on a slow disk
LARGEST_LOG = 5_000_000  # bytes; a larger one is begun anew


@dataclass(slots=True)
class Cluster:
    """A PostgreSQL server that listens on a Unix socket in `socket_folder` and nowhere else.

    Stop it with `stop()` or by leaving it as a context; it also stops, cleanly, when our process dies in any way.
    A cluster that another process started (see `running`) has no server to stop.
    """

    data_folder: Path
    socket_folder: Path
    log: Path
    port: int = 5432
    server: subprocess.Popen[bytes] | None = None
    _place: places.Place | None = None
    _lock: int | None = None

    @property
    def folder(self) -> Path:
        """Holds all of the cluster. What belongs to its data may be kept there too: it is erased with it."""
        return self.data_folder.parent

    def owner_url(self, database: str = configuration.DATABASE) -> str:
        """The address for the role that migrates."""
        return self.url(database, configuration.OWNER)

    def app_url(self, database: str = configuration.DATABASE) -> str:
        """The address for the role that serves."""
        return self.url(database, configuration.APP)

    def superuser_url(self, database: str = "postgres") -> str:
        """The address for the superuser: for tests that must step outside the house, never for serving."""
        return self.url(database, configuration.SUPERUSER)

    def url(self, database: str, role: str) -> str:
        """The address of a database for a role. The socket folder is a parameter: as a host it would be lost."""
        return f"postgresql:///{quote(database)}?host={quote(str(self.socket_folder))}&user={role}"

    def alive(self) -> bool:
        """Whether the server that we started still runs."""
        return self.server is not None and self.server.poll() is None

    def stop(self) -> None:
        """Stop the server that we started and let go of its folder. Harmless when already stopped."""
        if self.server is not None:
            processes.stop(self.server)
            self.server = None
        if self._place is not None:
            processes.end_leftovers(self._place.data)
            self._place.note.unlink(missing_ok=True)
            shutil.rmtree(self.socket_folder, ignore_errors=True)
            self._place = None
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *problem: object) -> None:
        self.stop()


def start(
    folder: Path, *, durable: bool = True, connections: int = 0, progress: Callable[[str], object] = print
) -> Cluster:
    """Start the cluster of this folder, making it first if it is not there, and return when it answers.

    With `durable=False` it is quicker and loses data in a power cut: for tests. Call it from a thread that lives as
    long as the program (the server stops when that thread does). `connections`: how many at once, for who needs many.
    Refuses when somebody already runs it.
    """
    place = places.of(Path(folder))
    places.prepare(place)
    lock = processes.take(place.lock)
    try:
        programs = binaries.folder(place)
        _forget_unclean_stop(place)
        if not place.data.exists():
            progress("Skapar databasen …")
            initialisation.initialise(place, programs, durable=durable)
        initialisation.check_version(place, programs)
        return _serve(place, programs, lock, durable=durable, connections=connections)
    except BaseException:
        os.close(lock)
        raise


def running(folder: Path) -> Cluster | None:
    """Return the cluster of this folder if some process runs it now, to connect to; None otherwise."""
    place = places.of(Path(folder))
    noted = places.remembered_socket_folder(place)
    if noted is None or not _is_ready(place.data) or not processes.working_in(place.data):
        return None
    return Cluster(data_folder=place.data, socket_folder=noted[0], log=place.log)


def _serve(place: places.Place, programs: Path, lock: int, *, durable: bool, connections: int) -> Cluster:
    for file, text in zip((place.doors, place.people), configuration.admission(place.user), strict=True):
        file.write_text(text)
        file.chmod(0o644)
    socket_folder = places.socket_folder(place)
    log = os.open(place.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
    if os.fstat(log).st_size > LARGEST_LOG:
        os.ftruncate(log, 0)
    told_before = os.fstat(log).st_size
    command = [
        str(programs / "postgres"),
        *configuration.arguments(place, socket_folder, durable=durable, connections=connections),
    ]
    try:
        server = processes.spawn(command, user=place.user, log=log)
    finally:
        os.close(log)
    cluster = Cluster(place.data, socket_folder, place.log, server=server, _place=place, _lock=lock)
    try:
        _wait(cluster, told_before)
    except BaseException:
        cluster._lock = None  # our caller lets go of it
        cluster.stop()
        raise
    place.note.write_text(json.dumps({"socket_folder": str(socket_folder), "pid": os.getpid()}))
    atexit.register(_stop_at_exit, cluster, os.getpid())
    return cluster


def _stop_at_exit(cluster: Cluster, started_by: int) -> None:
    """For who forgets to stop it. A fork of ours ends without touching it."""
    if os.getpid() == started_by:
        cluster.stop()


def _wait(cluster: Cluster, told_before: int) -> None:
    deadline = time.monotonic() + START_S
    while not _is_ready(cluster.data_folder):
        if not cluster.alive() or time.monotonic() > deadline:
            with open(cluster.log, "rb") as log:
                log.seek(told_before)
                words = log.read().decode("utf-8", "replace").strip().splitlines()[-3:]
            raise Refused(refusals.DID_NOT_START, words=" ".join(words), log=cluster.log)
        time.sleep(0.02)


def _is_ready(data: Path) -> bool:
    """The eighth line of the server's own pid file is its state."""
    with contextlib.suppress(OSError, IndexError):
        return (data / "postmaster.pid").read_text().splitlines()[7].strip() == "ready"
    return False


def _forget_unclean_stop(place: places.Place) -> None:
    processes.end_leftovers(place.data)
    noted = places.remembered_socket_folder(place)
    if noted is not None:
        shutil.rmtree(noted[0], ignore_errors=True)
        place.note.unlink(missing_ok=True)
