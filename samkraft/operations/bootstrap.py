"""Makes the Python environment and the files that are not committed.

    python3 -m samkraft.operations.bootstrap demo|test

Run by the machine's own Python before anything is installed, so: standard library only. Each step leaves a stamp of
what it was made from, and is not repeated until that changes.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - an older Python must be able to read this file and say so
    import os
    import shutil

    for _name in ("python3.13", "python3.12", "python3.11", "python3.14"):
        _newer = shutil.which(_name)
        if _newer:
            os.execv(_newer, [_newer, "-m", "samkraft.operations.bootstrap", *sys.argv[1:]])  # noqa: S606 - no shell
    sys.exit("Samkraft behöver Python 3.11 eller nyare, men " + sys.executable + " är äldre. Installera en nyare.")

import contextlib
import fcntl
import hashlib
import importlib.util
import json
import os
import shlex
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from samkraft.operations import child_processes, registries

PROJECT = Path(__file__).resolve().parents[2]
WORK = PROJECT / ".samkraft"  # everything made that is not Python's own; ignored by git
LOG = WORK / "bootstrap.log"
VENV = PROJECT / ".venv"
STAMP = VENV / "samkraft.json"
LOCK = 0  # standard input, see _alone
INSTALLER = "requirements-uv.txt"
SETS = {"demo": "requirements.txt", "test": "requirements-test.txt"}
AFTERWARDS = {  # module: arguments; each knows itself whether there is anything to do
    "samkraft.web.front_end": [],
    "samkraft.operations.translations": ["compile"],
}


class BootstrapError(Exception):
    """A step failed; the message says what to do."""


def main(arguments: list[str]) -> int:
    """Make what is missing. Returns 0, 1 when a step failed, 2 for bad use, 130 when interrupted."""
    if len(arguments) != 1 or arguments[0] not in SETS:
        print("bootstrap: demo eller test", file=sys.stderr)
        return 2
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    try:
        _work_folder()
        with _alone():
            _make_environment(arguments[0])
            _finish_files()
    except BootstrapError as failure:
        print(f"\n{failure}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nAvbrutet. Kör samma kommando igen, så fortsätter det.", file=sys.stderr)
        return 130
    return 0


def _interrupt(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt


def _work_folder() -> None:
    try:
        WORK.mkdir(exist_ok=True)
        with open(LOG, "ab"):
            pass
    except OSError as error:
        raise BootstrapError(
            f"Det går inte att skriva i {WORK} ({error.strerror}).\n"
            "Äger någon annan mappen? Byt ägare med chown, eller hämta projektet till en egen mapp."
        ) from None


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """Wait until no other make works on the same environment.

    The lock is everybody's standard input, ours and that of all that we start and they start in turn: if we are killed,
    the next make waits until the last of them has let go, instead of building on top of what they still write.
    """
    with open(WORK / "bootstrap.lock", "a+b") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            print("Väntar på att en annan make blir klar med miljön …", flush=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        os.dup2(lock.fileno(), LOCK)
        yield


def _make_environment(wanted: str) -> None:
    stamp, inputs = _read_stamp(), _inputs()
    if stamp is not None and stamp["inputs"] != inputs and stamp["set"] == "test":
        wanted = "test"  # somebody tests here: keep the test packages when the pins move
    if stamp is not None and stamp["inputs"] == inputs and stamp["set"] in (wanted, "test"):
        return
    LOG.write_bytes(b"")
    began = time.monotonic()
    environment = _surroundings()
    _make_venv()
    STAMP.unlink(missing_ok=True)
    pip = [_python(), "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--require-hashes", "-r"]
    _step("Hämtar installationsprogrammet", [*pip, INSTALLER], environment)
    with_uv = [str(VENV / "bin" / "uv"), "pip", "sync", "--python", _python(), "--require-hashes", SETS[wanted]]
    try:
        _step("Hämtar Python-paketen", with_uv, environment)
    except BootstrapError:
        # pip knows every way of naming a registry and a certificate; it is slower.
        _step("Försöker på ett långsammare sätt", [*pip, SETS[wanted]], environment)
    _put_command_in_place()
    STAMP.write_text(json.dumps({"set": wanted, "inputs": inputs}))
    print(f"Python-miljön är klar ({time.monotonic() - began:.0f} s).", flush=True)


def _read_stamp() -> dict[str, object] | None:
    """What the environment was made from, if it is there and its Python still is."""
    try:
        stamp = json.loads(STAMP.read_text())
        return stamp if os.access(_python(), os.X_OK) and {"set", "inputs"} <= stamp.keys() else None
    except (OSError, ValueError, AttributeError):
        return None


def _inputs() -> str:
    """A fingerprint of everything the environment depends on; a moved folder breaks its programs, so that too."""
    digest = hashlib.sha256(os.fsencode(VENV))
    for file in (PROJECT / INSTALLER, *(PROJECT / name for name in SETS.values()), Path(__file__)):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _make_venv() -> None:
    if importlib.util.find_spec("ensurepip") is None or importlib.util.find_spec("venv") is None:
        raise BootstrapError(
            "Python på datorn saknar venv, som behövs för att göra en egen miljö.\n"
            "Installera det och försök igen. På Debian och Ubuntu: sudo apt install python3-venv"
        )
    if not _works():
        _step("Gör en egen Python-miljö", [sys.executable, "-m", "venv", "--clear", str(VENV)], dict(os.environ))


def _works() -> bool:
    """Whether the environment's Python starts, is new enough and has pip, in this very folder."""
    question = "import sys, pip; print(sys.version_info >= (3, 11) and sys.prefix)"
    with contextlib.suppress(OSError, subprocess.TimeoutExpired):
        told = subprocess.run([_python(), "-c", question], capture_output=True, text=True, timeout=60, check=False)
        pip = (VENV / "bin" / "pip").read_text(errors="replace")  # its first line names the folder it was made in
        return told.stdout.strip() == str(VENV) and str(VENV) in pip
    return False


def _surroundings() -> dict[str, str]:
    """Our environment for the installers: nobody else's Python, and pip's settings for all of them."""
    theirs = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONHOME")}
    return {**registries.surroundings(theirs), "UV_NO_PROGRESS": "1"}


def _step(label: str, command: list[str], environment: dict[str, str]) -> None:
    code = child_processes.run(label, command, log=LOG, environment=environment, folder=PROJECT, standard_input=LOCK)
    if code != 0:
        last = "\n".join(f"    {line}" for line in LOG.read_text(errors="replace").strip().splitlines()[-8:])
        raise BootstrapError(
            f"{label}: det gick inte.\n{last}\n"
            f"Är datorn ansluten till nätet, eller till ert eget paketregister? Hela loggen finns i {LOG}."
        )


def _put_command_in_place() -> None:
    """Make `samkraft` a command of the environment, and the project importable from any folder."""
    packages = next((VENV / "lib").glob("python3.*/site-packages"))
    (packages / "samkraft.pth").write_text(f"{PROJECT}\n")
    command = VENV / "bin" / "samkraft"
    command.write_text(f'#!/bin/sh\nexec {shlex.quote(_python())} -m samkraft "$@"\n')
    command.chmod(0o755)


def _finish_files() -> None:
    """Let those who make the uncommitted files see to them."""
    for module, arguments in AFTERWARDS.items():
        if importlib.util.find_spec(module) is None:
            continue
        code = subprocess.call([_python(), "-m", module, *arguments], cwd=PROJECT, env=_surroundings())
        if code != 0:
            raise BootstrapError("Filerna ovan blev inte klara. Rätta det som står där och kör samma kommando igen.")


def _python() -> str:
    return str(VENV / "bin" / "python")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
