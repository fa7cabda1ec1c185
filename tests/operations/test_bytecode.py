"""What checks and tests start is translated once, and lies among the files only where nobody has said no to that."""

import json
import os
import subprocess
import sys
from pathlib import Path

_TELL = "import json, sys, later; print(json.dumps([sys.dont_write_bytecode, sys.pycache_prefix]))"
_KEEP = """
import subprocess, sys
from pathlib import Path
from samkraft.operations import bytecode
bytecode.FOLDER = Path(sys.argv[1])
bytecode.keep()
subprocess.run([sys.executable, "-c", sys.argv[2]], check=True)
"""


def _told(folder: Path, **surroundings: str) -> tuple[bool, str | None]:
    """What a program is told that is started by one that keeps its bytecode."""
    (folder / "later.py").write_text("")
    bare = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(
        [sys.executable, "-c", _KEEP, str(folder / "kept"), _TELL],
        env={**bare, "PYTHONPATH": str(folder), **surroundings}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    refused, prefix = json.loads(done.stdout)
    return refused, prefix


def test_it_is_kept_aside_where_none_may_lie_among_the_files(tmp_path: Path) -> None:
    assert _told(tmp_path, PYTHONDONTWRITEBYTECODE="1") == (False, str(tmp_path / "kept"))
    assert list((tmp_path / "kept").rglob("later.*.pyc"))
    assert not (tmp_path / "__pycache__").exists()


def test_elsewhere_python_does_as_it_always_does(tmp_path: Path) -> None:
    assert _told(tmp_path) == (False, None)
    own = str(tmp_path / "own")
    assert _told(tmp_path, PYTHONDONTWRITEBYTECODE="1", PYTHONPYCACHEPREFIX=own) == (True, own)


def test_the_tests_themselves_keep_theirs() -> None:
    assert not sys.dont_write_bytecode
