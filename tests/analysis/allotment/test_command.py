"""samkraft allot: the examples in the guide and the notebook run, bad files are refused in words, and no Django is needed."""

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from samkraft.analysis.allotment import examples, made_up, reading, writing
from samkraft.analysis.allotment.plan import Proof
from samkraft.operations import command
from samkraft.values.refusal import Refused
from tests.analysis.allotment import cases

PROJECT = Path(__file__).resolve().parents[3]
GUIDE = PROJECT / "docs" / "guides" / "allotment.md"
NOTEBOOK = PROJECT / "docs" / "notebooks" / "allotment.ipynb"
SCHEMA = json.loads(
    (PROJECT / "samkraft" / "analysis" / "allotment" / "instance.schema.json").read_text(encoding="utf-8")
)


def test_the_guide_shows_what_the_command_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    run = 0
    for block in re.findall(r"```console\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL):
        said: list[str] = []
        for line in block.splitlines():
            if not line.startswith("$ "):
                assert line in said
                continue
            words, _, target = line[2:].partition(" > ")
            assert command.main(shlex.split(words)[1:]) == command.FINE
            said = capsys.readouterr().out.splitlines()
            run += 1
            if target:
                (tmp_path / target).write_text("\n".join(said), encoding="utf-8")
    assert run == 4


def test_the_notebook_runs_from_top_to_bottom_without_django() -> None:
    cells = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    assert sum("assert" in one for one in code) >= 5
    assert all(not cell.get("outputs") for cell in cells)
    whole = "\n\n".join([*code, "import sys\nassert 'django' not in sys.modules"])
    subprocess.run([sys.executable, "-c", whole], check=True, timeout=200, capture_output=True)


def test_an_instance_is_read_as_it_was_written_and_follows_the_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    made = [examples.small(), made_up.programme(made_up.Size(20, 6, 8), seed=1)]
    made += [cases.holding(cases.instance(seed), 0.5) for seed in range(60)]
    for instance in made:
        data = writing.data(instance)
        jsonschema.validate(data, SCHEMA)
        assert reading.read(json.dumps(data)) == instance


def _data() -> Any:
    return json.loads(json.dumps(writing.data(examples.small())))


def _bad(change: str) -> str:
    data = _data()
    exec(change, {"data": data, "person": data["people"][0], "activity": data["activities"][0]})
    return json.dumps(data)


FAULTS = {
    "data['format'] = 'x'": "format",
    "data['weeks'] = 0": "weeks",
    "[start.update(places=0) for one in data['activities'] for start in one['starts']]": "inga platser att fördela",
    "data['people'] = []": "inga personer",
    "data['wekks'] = 1": "wekks",
    "activity['starts'][0]['places'] = -1": "places",
    "activity['starts'][0]['places'] = 1.5": "heltal",
    "activity['starts'].append(activity['starts'][0])": "två gånger",
    "activity['id'] = 'a@b'": "@",
    "person['id'] = 'P2'": "P2 finns två gånger",
    "person['needs'][0]['wishes'] = {'okand': 1}": "okand",
    "person['needs'][0]['wishes'] = {'vagledning': float('inf')}": "inget tal",
    "person['needs'][0]['wishes'] = {'vagledning': '1'}": "tal",
    "person['needs'][0]['wishes'] = {'vagledning': 1e12}": "hundra miljoner",
    "person['needs'][0]['wishes'] = {'vagledning': 10**400}": "hundra miljoner",
    "person['needs'][0]['wishes'] = {}": "minst en aktivitet",
    "person['needs'][0]['wishes'] = {'vagledning': {'benefit': 1, 'se': -1}}": "negativt",
    "person['needs'][0]['wishes'] = {'vagledning': {'draws': [1]}}": "20",
    "person['needs'][1] = person['needs'][0]": "två steg",
    "person['needs'][1].update(gap=5, longest_gap=1)": "kortare",
    "person['away'] = [{'from': 4, 'until': 4}]": "slutar innan",
    "person['holds'] = ['vagledning@9']": "vagledning@9",
    "data['rules'].append({'rule': 'tur'})": "ska vara en av",
    "data['rules'].append({'rule': 'lock', 'person': 'P9', 'occasion': 'vagledning@1'})": "P9",
    "data['rules'].append({'rule': 'lock', 'person': 'P3', 'occasion': 'industri@2'})": "inte önskat",
    "data['rules'].append({'rule': 'floor', 'by': 'age', 'share': 0.9})": "age",
    "data['rules'].append({'rule': 'floor', 'by': 'sex', 'share': 2})": "mellan 0 och 1",
    "data['rules'].append({'rule': 'pool', 'activities': [], 'most': 1})": "ingenting",
    "data['rules'].append({'rule': 'capacity', 'hard': True, 'price': 1})": "inget pris",
    "data['rules'].append({'rule': 'priority'})": "mer än en",
    "data['rules'].append({'rule': 'together', 'people': ['P1', 'P3']})": "prioritet",
}


@pytest.mark.parametrize("change", FAULTS)
def test_a_fault_is_named_where_it_stands(change: str) -> None:
    with pytest.raises(Refused) as refused:
        reading.read(_bad(change))
    assert FAULTS[change] in str(refused.value)


@pytest.mark.parametrize(
    ("content", "word"),
    [(b"", "JSON"), (b"[]", "objekt"), (b"\xff\xfe\x00", "UTF-8"), (b'{"weeks": NaN}', "NaN")],
    ids=["empty", "list", "encoding", "NaN"],
)
def test_a_file_that_cannot_be_used_is_bad_use(
    content: bytes, word: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "fil.json"
    file.write_bytes(content)
    assert command.main(["allot", str(file)]) == command.BAD_USE
    said = capsys.readouterr()
    assert word in said.err
    assert said.out == ""


def test_the_mark_that_some_editors_put_first_is_no_fault(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "exempel.json"
    file.write_text(json.dumps(_data()), encoding="utf-8-sig")
    assert command.main(["allot", str(file), "--seconds", "1"]) == command.FINE
    assert "gap" in capsys.readouterr().out


def test_bad_words_on_the_command_line_are_bad_use(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "exempel.json"
    file.write_text(json.dumps(_data()), encoding="utf-8")
    assert command.main(["allot"]) == command.BAD_USE
    assert command.main(["allot", str(tmp_path / "missing.json")]) == command.BAD_USE
    assert command.main(["allot", str(file), "--seconds", "nan"]) == command.BAD_USE
    assert command.main(["allot", str(file), "--check", str(file)]) == command.BAD_USE
    assert command.main(["allot", str(file), "--why", "P9", "vagledning@1"]) == command.BAD_USE
    assert "P9" in capsys.readouterr().err


def test_json_says_the_same_and_a_changed_plan_does_not_hold(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, plan = tmp_path / "exempel.json", tmp_path / "plan.json"
    file.write_text(json.dumps(_data()), encoding="utf-8")
    assert command.main(["allot", str(file), "--json"]) == command.FINE
    told = json.loads(capsys.readouterr().out)
    assert len(told["proofs"]) == 2
    assert [way["name"] for way in told["ways"]] == ["plan", "first come", "by time joined"]
    person = next(iter(told["placements"]))
    told["placements"][person] = []
    plan.write_text(json.dumps(told), encoding="utf-8")
    assert command.main(["allot", str(file), "--check", str(plan), "--json"]) == command.FOUND_WRONG
    assert json.loads(capsys.readouterr().out)["holds"] is False


def test_promises_that_cannot_be_kept_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = _data()
    data["rules"] += [{"rule": "lock", "person": name, "occasion": "industri@2"} for name in ("P1", "P2")]
    file = tmp_path / "exempel.json"
    file.write_text(json.dumps(data), encoding="utf-8")
    assert command.main(["allot", str(file)]) == command.FOUND_WRONG
    said = capsys.readouterr().out
    assert "platserna på industri@2" in said
    assert "P1 ska ha industri@2" in said


def test_the_check_names_who_was_overtaken(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One place, two who want it. It is taken from class 1 and given to class 2, everything else counted to fit."""
    rows = [
        {"id": name, "joined": 0, "priority": priority, "needs": [{"wishes": {"kurs": 2.0}}]}
        for name, priority in (("Hög", 1), ("Låg", 2))
    ]
    instance = {
        "format": reading.FORMAT, "weeks": 2, "people": rows, "rules": [{"rule": "priority"}],
        "activities": [{"id": "kurs", "weeks": 1, "starts": [{"week": 0, "places": 1}]}],
    }  # fmt: skip
    file, saved = tmp_path / "fall.json", tmp_path / "plan.json"
    file.write_text(json.dumps(instance), encoding="utf-8")
    assert command.main(["allot", str(file), "--plan", str(saved)]) == 0
    plan = json.loads(saved.read_text(encoding="utf-8"))
    assert command.main(["allot", str(file), "--check", str(saved)]) == 0
    capsys.readouterr()
    plan["placements"] = {"Låg": ["kurs@0"]}
    for proof in plan["proofs"]:
        proof.update(kept={}, bound=2.0)
    saved.write_text(json.dumps(plan), encoding="utf-8")
    assert command.main(["allot", str(file), "--check", str(saved)]) == 1
    said = capsys.readouterr().out
    assert "kurs@0 gick till klass 2 fast Hög i klass 1 kunde ta den" in said
    assert said.count("FEL") == 1, said


def test_a_plan_that_cannot_be_saved_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["allot", "--example"]) == command.FINE
    (tmp_path / "exempel.json").write_text(capsys.readouterr().out, encoding="utf-8")
    nowhere = tmp_path / "finns" / "inte.json"
    assert command.main(["allot", str(tmp_path / "exempel.json"), "--plan", str(nowhere)]) == command.BAD_USE
    assert "går inte att skriva i" in capsys.readouterr().err


def test_a_bound_of_nothing_has_no_gap() -> None:
    """A class that can get nothing is not a hundred per cent from its best for a rounding error."""
    assert Proof(2, 0.0, 1e-9, 0.0, {}, {}, {}, {}).gap == 0.0
    assert Proof(2, 1.0, 2.0, 2.0, {}, {}, {}, {}).gap == 0.5
