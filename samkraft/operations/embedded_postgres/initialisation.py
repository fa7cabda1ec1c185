"""Makes a new cluster: the data folder, the roles of the house and the database, finished or not at all."""

import os
import shutil
import signal
import subprocess
from pathlib import Path

from samkraft.operations import child_processes
from samkraft.operations.embedded_postgres import binaries, configuration, places, processes, refusals
from samkraft.values.refusal import Refused

# Who may do what is decided here and in the migrations. The owner migrates; the app role serves; the other three own
# the few functions and views that may look across a border, and nobody signs in as them.
IN_TEMPLATE = """
CREATE ROLE samkraft_owner LOGIN CREATEDB NOSUPERUSER NOCREATEROLE NOBYPASSRLS;

CREATE ROLE samkraft_app LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;

CREATE ROLE samkraft_guard NOLOGIN;

CREATE ROLE samkraft_cohort NOLOGIN;

CREATE ROLE samkraft_keeper NOLOGIN;

GRANT samkraft_guard, samkraft_cohort, samkraft_keeper TO samkraft_owner;

CREATE EXTENSION btree_gist;

REVOKE CREATE ON SCHEMA public FROM PUBLIC;

CREATE DATABASE samkraft OWNER samkraft_owner;

"""
IN_DATABASE = """
ALTER SCHEMA public OWNER TO samkraft_owner;

"""


def initialise(place: places.Place, programs: Path, *, durable: bool) -> None:
    """Make the data folder. It gets its name only when all is done, so an interrupted attempt is simply begun again."""
    unfinished = place.folder / "data.unfinished"
    shutil.rmtree(unfinished, ignore_errors=True)
    places.make_private(unfinished, place.user)
    initdb = [str(programs / "initdb"), "-D", str(unfinished), "--username", configuration.SUPERUSER, "--auth=peer"]
    # Codepoint order like C, but å becomes Å. The order people see is a stored sort key.
    initdb += ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-sync"]
    _run(initdb, place)
    single = [str(programs / "postgres"), "--single", "-j", "-c", "exit_on_error=on", "-c", "fsync=off"]
    single += ["-c", "log_min_messages=error", "-D", str(unfinished)]
    _run([*single, "template1"], place, told=IN_TEMPLATE)
    _run([*single, configuration.DATABASE], place, told=IN_DATABASE)
    unfinished.rename(place.data)
    if durable:
        os.sync()


def check_version(place: places.Place, programs: Path) -> None:
    """Refuse a data folder that another main version of PostgreSQL made."""
    found, wanted = (place.data / "PG_VERSION").read_text().strip(), binaries.major_version(programs)
    if found != wanted:
        raise Refused(refusals.OTHER_VERSION, folder=place.folder, found=found, wanted=wanted)


def _run(command: list[str], place: places.Place, told: str = "") -> None:
    done = subprocess.run(
        command,
        **processes.identity(place.user),
        input=told.encode(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        preexec_fn=child_processes.dying_with_us(signal.SIGKILL),  # half a folder is thrown away by the next attempt
        check=False,
    )
    if done.returncode != 0:
        words = done.stdout.decode("utf-8", "replace").strip().splitlines()[-3:]
        raise Refused(refusals.NOT_INITIALISED, folder=place.folder, words=" ".join(words))
