"""The examples on the page and in the notebook are run, and give what they show."""

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from samkraft.operations import command

PROJECT = Path(__file__).resolve().parents[3]
PAGE = PROJECT / "docs" / "explanation" / "effects.md"
NOTEBOOK = PROJECT / "docs" / "notebooks" / "effects.ipynb"


def _examples() -> list[tuple[str, list[str]]]:
    """Each command on the page with the lines that it is said to give."""
    found: list[tuple[str, list[str]]] = []
    for block in re.findall(r"```console\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append((line[2:], []))
            else:
                found[-1][1].append(line)
    return found


def test_the_page_shows_what_the_command_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    examples = _examples()
    assert len(examples) > 6
    for words, expected in examples:
        program, *arguments = shlex.split(words)
        assert program == "samkraft"
        assert command.main(arguments) == command.FINE
        said = capsys.readouterr().out.splitlines()
        assert [line for line in expected if line not in said] == [], words


def test_the_notebook_runs_from_top_to_bottom_without_django() -> None:
    cells = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    assert sum("assert" in one for one in code) >= 5
    assert all(not cell.get("outputs") for cell in cells)
    whole = "\n\n".join([*code, "import sys\nassert 'django' not in sys.modules"])
    subprocess.run([sys.executable, "-c", whole], check=True, timeout=200, capture_output=True)
