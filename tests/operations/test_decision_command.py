"""`samkraft decision read`: exit codes, JSON and the table, without database or settings."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from samkraft.operations import command

TEXTS = Path(__file__).parents[1] / "rules" / "decision_text" / "texts"
NINE = str(TEXTS / "f01_nio_punkter.txt")


def _json(capsys: pytest.CaptureFixture[str]) -> object:
    return json.loads(capsys.readouterr().out)


def test_one_matter_gives_one_object_with_the_agreed_keys(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["decision", "read", NINE, "--json"]) == command.FINE
    found = _json(capsys)
    assert isinstance(found, dict)
    agreed = {"case_number", "body", "status", "meetings", "points", "recipients", "not_understood", "total_kr"}
    assert agreed <= set(found)
    assert set(found["points"][0]) >= {"number", "verb", "text", "items", "due", "binding", "funds"}
    item = {"receiver", "amount_kr", "years", "purpose", "appropriation", "contract"}
    assert set(found["points"][0]["items"][0]) == item
    assert found["total_kr"] == 18_410_000


def test_several_matters_give_a_list(capsys: pytest.CaptureFixture[str]) -> None:
    command.main(["decision", "read", str(TEXTS / "c11_flera_arenden.txt"), "--json"])
    found = _json(capsys)
    assert isinstance(found, list)
    assert len(found) == 3


def test_the_table_tells_points_sum_and_questions(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["decision", "read", NINE]) == command.FINE
    told = capsys.readouterr().out
    assert "18 410 000 kr" in told
    assert "Frågor om texten (3)" in told
    assert "p. 4" in told


def test_what_is_not_understood_makes_the_exit_code_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "beslut.txt"
    path.write_text("Beslut\nKommunstyrelsen beslutar att flumra 500 000 kronor.\n", encoding="utf-8")
    assert command.main(["decision", "read", str(path)]) == command.FOUND_WRONG
    assert "Inte förstått" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "content"), [("finns-inte.txt", None), ("tom.txt", b""), ("bild.txt", b"\x89PNG" + bytes(999))]
)
def test_a_file_that_cannot_be_read_is_bad_use(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, content: bytes | None
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    assert command.main(["decision", "read", str(tmp_path / name)]) == command.BAD_USE
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.strip().endswith(".")


def test_it_needs_no_settings_and_reads_standard_input() -> None:
    environment = {
        key: value for key, value in os.environ.items() if not key.startswith(("DJANGO", "DATABASE", "SAMKRAFT"))
    }
    finished = subprocess.run(
        [sys.executable, "-m", "samkraft.operations.command", "decision", "read", "-", "--json"],
        input=Path(NINE).read_bytes(), capture_output=True, env=environment, check=False, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert finished.returncode == command.FINE, finished.stderr
    assert json.loads(finished.stdout)["case_number"] == "SLK-2023-612"
