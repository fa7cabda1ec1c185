"""Gathers the files that the browser fetches, under names that hold their fingerprint, when any of them has changed."""

import fcntl
import hashlib
import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from samkraft.operations import child_processes, python_programs

PROJECT = Path(__file__).resolve().parents[2]
GATHERED = PROJECT / ".samkraft" / "static"
STAMP = PROJECT / ".samkraft" / "static.stamp"
LOG = PROJECT / ".samkraft" / "static.log"


def collect(environment: Mapping[str, str], *, stopping: Callable[[], bool] = lambda: False) -> bool:
    """Gather the files if needed. Returns whether they are in place; what went wrong is in LOG."""
    STAMP.parent.mkdir(exist_ok=True)
    with open(STAMP.with_suffix(".lock"), "ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        wanted = _fingerprint()
        if STAMP.exists() and STAMP.read_text() == wanted and GATHERED.is_dir():
            return True
        STAMP.unlink(missing_ok=True)
        LOG.write_bytes(b"")
        gather = python_programs.django("collectstatic", "--noinput", "--clear", "--verbosity", "0")
        code = child_processes.run(
            "Gör i ordning sidornas filer", gather, log=LOG, environment=environment, stopping=stopping
        )
        if code == 0:
            STAMP.write_text(wanted)
        return code == 0


def _fingerprint() -> str:
    """Names, sizes and times of the files, and the pins of the packages that bring files of their own."""
    digest = hashlib.sha256((PROJECT / "requirements.txt").read_bytes())
    for file in sorted(_files()):
        found = os.stat(file)
        digest.update(f"{file}\0{found.st_size}\0{found.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _files() -> Iterator[str]:
    for folder in (PROJECT / "samkraft").glob("*/static"):
        for path, _, names in os.walk(folder):
            yield from (os.path.join(path, name) for name in names)
