"""Finds marks that hush a checker without saying why.

`type: ignore`, `noqa` and `pragma: no cover` carry their reason on the same line, after the last mark on it: one mark
is no reason for another.
"""

import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
MARK = (
    r"#\s*(?:(?:type:\s*ignore(?:\[[\w, -]+\])?|noqa(?::\s*[A-Z]+\d+(?:,\s*[A-Z]+\d+)*)?)(?![\w:\[])"
    r"|pragma:\s*no cover)"
)
MARKS = re.compile(rf"(?:{MARK}\s*)+(?P<rest>.*)$")
REASON = re.compile(r"[:#–-]\s*\w+")


def unexplained(lines: Iterable[str]) -> list[int]:
    """The numbers of the lines that hush a checker and do not say why."""
    found = []
    for number, line in enumerate(lines, start=1):
        marks = MARKS.search(line)
        if marks and not REASON.match(marks["rest"]):
            found.append(number)
    return found


def main() -> int:
    """Look through every Python file that is committed or would be. Returns 0, or 1 when a mark has no reason."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.py"]
    listed = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True).stdout.split()
    faults = [
        f"{name}:{number}: say why"
        for name in listed
        if (PROJECT / name).is_file()
        for number in unexplained((PROJECT / name).read_text(encoding="utf-8").splitlines())
    ]
    print("\n".join(faults))
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
