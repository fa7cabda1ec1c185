"""A scenario that cannot be meant is refused with the line where it stands; nothing that looks fine comes out."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from samkraft.analysis.queues import scenario_file
from samkraft.operations import command
from samkraft.values.refusal import Refused

PROJECT = Path(__file__).resolve().parents[3]
PLAN = PROJECT / "scenarios" / "malmokraften-plan.toml"

SMALL = """\
name = "litet"
begins = 2020-02-01
ends = 2021-02-01

[[intake]]
name = "våg"
from = 2020-02-01
to = 2020-08-01
people = 100

[[teams]]
name = "team"
places = 20
opens = 2020-02-01

[[phases]]
name = "fas"
otherwise = "annat"

[[phases.steps]]
activity = "praktik"

[[phases.exits]]
kind = "arbete"
probability = 0.4

[[activities]]
name = "praktik"
places = 15
days = { family = "gamma", mean = 60, shape = 3 }
"""

FAULTS = [
    ("people = 100", "people = 0", 9, "people ska vara större än 0"),
    ("people = 100", "people = inf", 9, "ändligt"),
    ("people = 100", 'people = "många"', 9, "ett tal"),
    ("people = 100", "", 5, "people saknas"),
    ("to = 2020-08-01", "to = 2020-01-01", 8, "slutar innan det börjar"),
    ("to = 2020-08-01", "to = 2025-01-01", 7, "utanför scenariots tid"),
    ("ends = 2021-02-01", "ends = 2019-02-01", 3, "efter begins"),
    ("places = 20", "places = 0", 13, "minst 1"),
    ("opens = 2020-02-01", "opens = 2020-02-01\ncloses = 2020-01-01", 15, "innan de öppnar"),
    ('activity = "praktik"', 'activity = "praktk"', 20, "praktk"),
    ('otherwise = "annat"', "", 16, "otherwise saknas"),
    ("probability = 0.4", "probability = 1.4", 25, "högst 1"),
    ("probability = 0.4", 'probability = "chans"', 25, "ingen parameter"),
    ("mean = 60", "mean = -60", 30, "större än 0"),
    ("mean = 60", "mean = nan", 30, "ändligt"),
    ('family = "gamma"', 'family = "gama"', 30, "gama"),
    ("places = 15", "plaser = 15", 29, "finns inte här"),
    ("places = 15", "places = true", 29, "ett heltal"),
]


@pytest.mark.parametrize(("old", "new", "line", "words"), FAULTS)
def test_each_fault_is_told_with_its_line(old: str, new: str, line: int, words: str) -> None:
    assert SMALL.count(old) == 1
    with pytest.raises(Refused) as refusal:
        scenario_file.parse(SMALL.replace(old, new))
    told = str(refusal.value)
    assert words in told
    assert f"rad {line}:" in told


def test_all_faults_are_told_at_once() -> None:
    wrong = SMALL.replace("people = 100", "people = -1").replace("mean = 60", "mean = 0")
    with pytest.raises(Refused, match="2 fel"):
        scenario_file.parse(wrong)


def test_what_is_not_toml_is_said_with_its_line() -> None:
    with pytest.raises(Refused, match="line 2"):
        scenario_file.parse('name = "x"\nbegins = = 3\n')


def test_the_scenario_is_read_as_it_stands() -> None:
    scenario = scenario_file.parse(SMALL)
    assert scenario.kinds == ("arbete", "annat", "avbrott")
    assert scenario.teams[0].places == 20
    assert scenario.activities[0].duration.mean == 60


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"\xff\xfe\x00n", "UTF-8"), (b"name = 'x'\n", "begins saknas")],
)
def test_the_command_refuses_with_code_two(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, content: bytes, words: str
) -> None:
    path = tmp_path / "scenario.toml"
    path.write_bytes(content)
    code, out, err = _here(capsys, str(path))
    assert code == command.BAD_USE
    assert words in err
    assert out == ""


@pytest.mark.parametrize(
    "option", [["--replications", "1"], ["--seed", "-1"], ["--assumption", "önskan"], ["--sure", "2"]]
)
def test_options_that_cannot_be_used_are_refused(capsys: pytest.CaptureFixture[str], option: list[str]) -> None:
    code, _out, err = _here(capsys, str(PLAN), *option)
    assert code == command.BAD_USE
    assert err.strip()


def test_a_file_that_is_not_there_is_said_so() -> None:
    done = _command("finns-inte.toml")
    assert done.returncode == 2
    assert "finns-inte.toml" in done.stderr


def test_the_command_answers_in_words_as_data_and_with_pictures(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    asked = (str(PLAN), "--replications", "12", "--json")
    code, out, err = _here(capsys, *asked, "--out", str(tmp_path), "--records", "csv")
    assert code == command.FINE, err
    answer = json.loads(out)
    assert set(answer["assumptions"]) == {"plan", "historia"}
    assert json.loads((tmp_path / "result.json").read_text()) == answer
    assert sorted(path.suffix for path in tmp_path.glob("1-*")) == [".csv", ".svg"]
    assert (tmp_path / "events-plan.csv").exists()
    again = _command(*asked, "--threads", "1")
    assert json.loads(again.stdout) == answer


def _command(*words: str) -> "subprocess.CompletedProcess[str]":
    """As a program of its own."""
    started = [sys.executable, "-m", "samkraft", "simulate", *words]
    return subprocess.run(started, cwd=PROJECT, capture_output=True, text=True, check=False)


def _here(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[object, str, str]:
    """Its code and what it says, without starting a program for it."""
    try:
        code: object = command.main(["simulate", *words])
    except SystemExit as left:
        code = left.code
    said = capsys.readouterr()
    return code, said.out, said.err


def test_describing_every_command_and_every_proof_does_not_load_the_compiler() -> None:
    """Every command of the house describes all of them; only those that simulate or solve may wait for it."""
    words = "import sys; from samkraft.operations import command; command.parser(); sys.exit('numba' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", words], cwd=PROJECT, check=False).returncode == 0
