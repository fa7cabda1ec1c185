"""`make check`, `make fix`, `make docs` and `make test`: the same checks on every machine and on the build server.

A check changes nothing, and one that fails does not hide the others. The reason for each stands beside it.
"""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from samkraft.operations import bytecode, pace, python_programs, time_of_tests

PROJECT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent


@dataclass(frozen=True, slots=True)
class Check:
    """One check: its name, what it watches over, and the command that fails when it does not hold."""

    name: str
    watches: str
    command: list[str]


def _tool(name: str, *words: str) -> list[str]:
    return [str(BIN / name), *words]


def _module(name: str, *words: str) -> list[str]:
    return [sys.executable, "-m", name, *words]


CHECKS = (
    Check("types", "values and rules mean what they say", _tool("mypy")),
    Check("format", "nobody discusses layout", _tool("ruff", "format", "--check", "--output-format", "concise", ".")),
    Check(
        "lint",
        "known mistakes and dangerous calls",
        _tool("ruff", "check", "--output-format", "concise", "."),
    ),
    Check("layers", "the house: who may import whom", _tool("lint-imports")),
    Check(
        "migrations",
        "the tables follow the models",
        python_programs.django("makemigrations", "--check", "--dry-run", "--verbosity", "1"),
    ),
    Check("translations", "every sentence in both languages", _module("samkraft.operations.translations", "check")),
    Check("marks", "who hushes a checker says why", _module("samkraft.operations.unexplained")),
    Check("documents", "generated pages equal the code", _module("samkraft.operations.reference", "--check")),
)
FIXES = (_tool("ruff", "check", "--fix", "--quiet", "."), _tool("ruff", "format", "--quiet", "."))
DOCUMENTS = (_module("samkraft.operations.reference"),)


def main(arguments: list[str]) -> int:
    """Do what `make` asks for. Returns 0, 1 when something failed, 2 for bad use."""
    verb, *rest = arguments or [""]
    bytecode.keep()
    if verb == "check" and not rest:
        return check()
    if verb == "test" and rest[:1] == ["--"]:
        return test(rest[1:])
    if verb in ("fix", "docs") and not rest:
        codes = [_run(command) for command in (FIXES if verb == "fix" else DOCUMENTS)]
        return int(any(codes))
    print("checks: check, fix, docs, or test -- WORDS FOR PYTEST", file=sys.stderr)
    return 2


def check() -> int:
    """Run every check and report every failure."""
    with ThreadPoolExecutor(max_workers=2) as pool:
        results = list(pool.map(_try, CHECKS))
    failed = [name for name, holds in results if not holds]
    print(f"Failed: {', '.join(failed)}." if failed else f"All {len(CHECKS)} checks hold.", flush=True)
    return int(bool(failed))


def test(words: list[str]) -> int:
    """Run every check, then every test even if a check failed. With words for pytest, only the tests they choose."""
    checks = 0 if words else check()
    browser = _run(_module("tests.chromium"))  # ahead and in sight: the first time it is a download
    if words:
        return int(any((browser, _run(_module("pytest", *words)))))
    tests, too_slow = _every_test()
    return int(any((checks, browser, tests, too_slow)))


def _every_test() -> tuple[int, bool]:
    """All of them on all cores. Returns pytest's code, and whether they have become much slower than is promised."""
    slowness, used, began = pace.slowness(), time_of_tests.used_s(), time.monotonic()
    code = _run(_module("pytest", "-n", "auto", "--dist", "loadfile", "--no-loadscope-reorder", "-q"))
    wall_s, core_s = time.monotonic() - began, time_of_tests.used_s() - used
    found = time_of_tests.verdict(core_s=core_s, wall_s=wall_s, slowness=(slowness + pace.slowness()) / 2)
    print(found.words, flush=True)
    return code, found.is_red


def _run(command: list[str]) -> int:
    return subprocess.run(command, cwd=PROJECT, check=False).returncode


def _try(watched: Check) -> tuple[str, bool]:
    began = time.monotonic()
    done = subprocess.run(
        watched.command, cwd=PROJECT, env=_surroundings(), capture_output=True, text=True, check=False
    )
    holds = done.returncode == 0
    word = "holds" if holds else "FAILS"
    line = f"  {watched.name:<13}{word}  {time.monotonic() - began:4.1f} s  {watched.watches}"
    said = "" if holds else "".join(f"\n      {words}" for words in (done.stdout + done.stderr).strip().splitlines())
    print(f"{line}{said}", flush=True)
    return watched.name, holds


def _surroundings() -> dict[str, str]:
    """Settings that are enough to load the product. No database is here; Django's doubts of that are hushed."""
    return {
        **os.environ,
        "SAMKRAFT_DEMO": "1",
        "SAMKRAFT_SECRET_KEY": "only-for-checks-" + "0123456789" * 5,
        "DATABASE_URL": "postgresql:///none?host=/nonexistent",
        "PYTHONWARNINGS": "ignore:Got an error checking a consistent migration history:RuntimeWarning",
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
