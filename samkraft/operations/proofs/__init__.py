"""The long proofs. Each module here has NAME, WHAT (one line), `add_options(parser)` and `run(options) -> Outcome`.
One of pure numbers says `NEEDS_DATABASE = False`.

`samkraft prove NAME` runs one and notes when and on which commit; `samkraft doctor` shows the notes.
"""

import json
import subprocess
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[3]
NOTES = PROJECT / ".samkraft" / "proofs.json"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a proof found: whether it holds, lines to read, and the same as data."""

    holds: bool
    lines: list[str]
    data: dict[str, Any] = field(default_factory=dict)


def note(name: str, outcome: Outcome) -> None:
    """Remember when a proof was last run, on which commit, and whether it held."""
    known = noted()
    known[name] = {"at": datetime.now(UTC).isoformat(timespec="seconds"), "commit": commit(), "holds": outcome.holds}
    NOTES.parent.mkdir(exist_ok=True)
    NOTES.write_text(json.dumps(known, indent=1, sort_keys=True), encoding="utf-8")


def noted() -> dict[str, dict[str, Any]]:
    """Proof → when it was last run (ISO), on which commit, and whether it held."""
    try:
        known = json.loads(NOTES.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}


def commit() -> str:
    """The short name of the commit that runs, or "" where there is no git."""
    asked = ["git", "rev-parse", "--short", "HEAD"]
    try:
        return subprocess.run(asked, cwd=PROJECT, capture_output=True, text=True, timeout=10, check=True).stdout.strip()
    except (OSError, subprocess.SubprocessError):
        return ""
