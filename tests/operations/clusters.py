"""What the tests of the embedded PostgreSQL share: starting one in a folder of its own, and asking it things."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import psycopg

from samkraft.operations import embedded_postgres
from samkraft.operations.embedded_postgres import Cluster, processes

PROJECT = Path(__file__).resolve().parents[2]
STARTER = """
import sys, time
from pathlib import Path
from samkraft.operations import embedded_postgres
cluster = embedded_postgres.start(Path(sys.argv[1]), durable=True, progress=lambda words: None)
print(cluster.owner_url(), flush=True)
time.sleep(600)
"""


def start(folder: Path, *, durable: bool = False) -> Cluster:
    """Start a cluster for a test; a durable one where the test pulls the plug and wants its data back."""
    return embedded_postgres.start(folder, durable=durable, progress=lambda words: None)


def start_elsewhere(folder: Path) -> "tuple[subprocess.Popen[str], str]":
    """Start a durable cluster from another process; return that process and the owner's address."""
    command = [sys.executable, "-c", STARTER, str(folder)]
    other = subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, text=True)
    assert other.stdout is not None
    return other, other.stdout.readline().strip()


def end(other: "subprocess.Popen[str]", number: signal.Signals = signal.SIGKILL) -> None:
    """End the other process by a signal and see it gone."""
    other.send_signal(number)
    other.wait(10)
    assert other.stdout is not None
    other.stdout.close()


def ask(address: str, question: str) -> Any:
    """The first value of the first row."""
    with psycopg.connect(address) as connection:
        row = connection.execute(question).fetchone()
    return row[0] if row else None


def tell(address: str, *statements: str) -> None:
    """Do these things and commit."""
    with psycopg.connect(address) as connection:
        for statement in statements:
            connection.execute(statement)


def servers(cluster: Cluster) -> list[int]:
    """The living server processes of the cluster."""
    return processes.working_in(cluster.data_folder)


def wait_until(holds: Callable[[], bool], seconds: float = 10.0) -> None:
    """Wait until something holds, or fail."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it never came to hold"
        time.sleep(0.02)


def kill(pids: list[int]) -> None:
    """Kill processes without a word of warning."""
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
