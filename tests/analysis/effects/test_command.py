"""`samkraft effects`: the answer in words and as JSON, and a clear message with exit code 2 for what cannot be answered."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pandas
import pytest

from samkraft.analysis.effects import worlds
from samkraft.operations import command
from tests.analysis.effects import published_data

NSW = ["--outcome", "re78", "--treatment", "treat", "--covariates", published_data.NSW_COLUMNS]


@pytest.fixture(scope="module")
def nsw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("effects") / "nsw.csv"
    published_data.nsw().to_csv(path, index=False)
    return path


def _refused(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert command.main(["effects", *words]) == command.BAD_USE
    said = capsys.readouterr()
    assert said.out == ""
    return said.err


def test_the_answer_as_json_is_the_published_one(nsw: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["effects", str(nsw), *NSW, "--json"]) == command.FINE
    told = json.loads(capsys.readouterr().out)
    found = {one["method"]: one["estimate"] for one in told["estimates"]}
    assert found["aipw"] == pytest.approx(1619.0528, abs=5e-5)
    assert told["groups"] == [260, 185]
    assert {"sv", "en"} == set(told["said"])


def test_the_answer_in_words_begins_with_who_was_compared(
    nsw: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (
        command.main(["effects", str(nsw), *NSW, "--out", str(tmp_path), "--by", "black", "--seek", "1000"])
        == command.FINE
    )
    said = capsys.readouterr().out
    lines = said.splitlines()
    assert lines[1] == "445 rader: 185 deltog, 260 i jämförelsen."
    assert "behövs 14" in said  # two groups of about 700: 2.8² · 2 · (6 632/1 000)²
    assert said.index("Före insatsen") < said.index("skattning")
    assert lines[-1].endswith("Säg ”samband”, inte ”orsak”.")
    assert json.loads((tmp_path / "effekt.json").read_text())["n"] == 445
    picture = (tmp_path / "overlapp.svg").read_text()
    assert "<title" in picture
    assert picture.count("<rect") == 40


def test_background_columns_can_be_named_one_by_one(nsw: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = [*NSW[:5], *published_data.NSW_COLUMNS.split(",")]
    assert command.main(["effects", str(nsw), *words, "--json"]) == command.FINE
    assert json.loads(capsys.readouterr().out)["primary"]["estimate"] == pytest.approx(1619.0528, abs=5e-5)


def test_survival_needs_no_more_than_time_and_event(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    published_data.nhefs_deaths().to_csv(tmp_path / "n.csv", index=False)
    words = ["--treatment", "qsmk", "--time", "months", "--event", "death", "--json"]
    assert command.main(["effects", str(tmp_path / "n.csv"), *words]) == command.FINE
    told = json.loads(capsys.readouterr().out)
    assert told["parts"]["kaplan_meier"] == pytest.approx({"comparison": 0.8201, "treated": 0.7617}, abs=5e-5)


def test_exits_are_drawn_with_a_description(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    world = worlds.exits(np.random.default_rng(1), 400)
    names = np.array(["kvar", "arbete", "studier", "annat"])[world.columns["utgang"]]
    path = tmp_path / "utgangar.csv"
    pandas.DataFrame({**world.columns, "utgang": names}).to_csv(path, index=False, sep=";", decimal=",")
    words = ["--treatment", "deltog", "--time", "dagar", "--event", "utgang", "--kind", "arbete", "--horizon", "150"]
    assert command.main(["effects", str(path), *words, "--out", str(tmp_path)]) == command.FINE
    assert "log_rank" in capsys.readouterr().out
    assert "hade" in (tmp_path / "utgangar.svg").read_text()


def test_parquet_and_semicolons_with_decimal_comma_give_the_same_answer(
    nsw: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    frame = published_data.nsw()
    frame.to_csv(tmp_path / "a.csv", index=False, sep=";", decimal=",", encoding="utf-8-sig")
    import polars

    polars.from_dict({name: frame[name].to_numpy() for name in frame.columns}).write_parquet(tmp_path / "a.parquet")
    answers = []
    for path in (nsw, tmp_path / "a.csv", tmp_path / "a.parquet"):
        assert command.main(["effects", str(path), *NSW, "--json"]) == command.FINE
        answers.append(json.loads(capsys.readouterr().out)["primary"]["estimate"])
    assert answers == pytest.approx([answers[0]] * 3, rel=1e-12)


def _file(tmp_path: Path, columns: dict[str, object], name: str = "a.csv") -> str:
    pandas.DataFrame(columns).to_csv(tmp_path / name, index=False)
    return str(tmp_path / name)


LOT = np.random.default_rng(1)
GOOD: dict[str, Any] = {"d": [0, 1] * 50, "y": LOT.standard_normal(100), "x": LOT.standard_normal(100)}

ONE_TEAM = {**GOOD, "d": [1] * 10 + [0] * 90, "g": np.repeat(range(10), 10)}
AT_ONCE = {**GOOD, "u": np.repeat(range(10), 10), "p": list(range(10)) * 10, "st": [5] * 100}


@pytest.mark.parametrize(
    ("columns", "words", "said"),
    [
        (GOOD, ["--outcome", "z"], "Kolumnen z finns inte"),
        (GOOD, ["--outcome", "y", "--covariates", "saknas"], "Kolumnen saknas finns inte"),
        ({**GOOD, "d": [0, 1, 2, 1] * 25}, ["--outcome", "y"], "har 3: 0, 1, 2"),
        ({**GOOD, "d": [1] * 100}, ["--outcome", "y"], "har 1: 1"),
        ({**GOOD, "d": ["röd", "grå"] * 50}, ["--outcome", "y"], "vilket som är att ha deltagit"),
        ({**GOOD, "k": [3] * 100}, ["--outcome", "y", "--covariates", "k"], "samma värde på alla rader"),
        ({**GOOD, "y": [1.0] * 100}, ["--outcome", "y"], "lika för alla"),
        ({**GOOD, "y": [None] * 100}, ["--outcome", "y"], "tom på alla rader"),
        ({**GOOD, "y": [float("inf")] + [1.0] * 99}, ["--outcome", "y"], "oändliga värden (rad 2)"),
        ({**GOOD, "y": ["många"] + [1.0] * 99}, ["--outcome", "y"], "på rad 2 står ”många”"),
        ({**GOOD, "d": [1] * 4 + [0] * 96}, ["--outcome", "y"], "En grupp har 4 personer"),
        ({**GOOD, "s": [0.0, 9.0] * 50}, ["--outcome", "y", "--covariates", "x,s"], "s är lika för alla i den ena gruppen"),
        ({**GOOD, "v": np.array(GOOD["d"]) * 5 + np.abs(GOOD["x"])}, ["--outcome", "y", "--covariates", "v"], "avgör helt"),
        ({**GOOD, "x2": GOOD["x"] * 2 + 1}, ["--outcome", "y", "--covariates", "x,x2"], "helt bestämd av de andra"),
        (GOOD, ["--outcome", "y", "--covariates", "x^x"], "går inte att förstå"),
        (GOOD, ["--outcome", "y", "--covariates", "__import__('os')"], "går inte att förstå"),
        (GOOD, ["--outcome", "y", "--covariates", "y"], "används både som"),
        (GOOD, ["--outcome", "y", "--cluster", "d"], "färre än fyra"),
        (ONE_TEAM, ["--outcome", "y", "--cluster", "g"], "Bara en av grupperna"),
        ({**GOOD, "y": GOOD["d"]}, ["--outcome", "y"], "lika för alla inom var grupp"),
        ({**GOOD, "y": [1e200] + [1.0] * 99}, ["--outcome", "y"], "orimligt stort värde på rad 2"),
        ({**GOOD, "k": ["a", "b"] * 5 + ["a"] * 90}, ["--outcome", "y", "--covariates", "x,k"], "k=b är lika för alla i den ena"),
        (GOOD, ["--outcome", "y", "--by", "d"], "färre än fem"),
        (AT_ONCE, ["--outcome", "y", "--unit", "u", "--period", "p", "--start", "st"], "Alla började samtidigt"),
        (GOOD, [], "behöver också --outcome"),
        (GOOD, ["--time", "y", "--event", "d", "--horizon", "1"], "tider är negativa"),
        (GOOD, ["--outcome", "y", "--list", "x"], "behöver också --offered"),
        (GOOD, ["--outcome", "y", "--seed", "-3"], "--seed går inte att använda"),
        (GOOD, ["--outcome", "y", "--bootstrap", "-5"], "--bootstrap går inte att använda"),
        (GOOD, ["--outcome", "y", "--seek", "0"], "--seek går inte att använda"),
        (GOOD, ["--outcome", "y", "--horizon", "nan"], "--horizon går inte att använda"),
        (GOOD, ["--outcome", "y", "--landmark", "-3"], "--landmark går inte att använda"),
        (GOOD, ["--outcome", "y", "--out", "/dev/null/mapp"], "går inte att skriva i"),
    ],
)  # fmt: skip
def test_bad_input_is_a_clear_message_and_never_a_number(
    columns: dict[str, object], words: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said in _refused(capsys, _file(tmp_path, columns), "--treatment", "d", *words)


def test_files_that_are_no_tables_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--treatment", "d", "--outcome", "y"]
    assert "finns inte" in _refused(capsys, str(tmp_path / "ingen.csv"), *words)
    (tmp_path / "tom.csv").write_bytes(b"")
    assert "inga rader" in _refused(capsys, str(tmp_path / "tom.csv"), *words)
    (tmp_path / "huvud.csv").write_text("d,y\n")
    assert "inga rader" in _refused(capsys, str(tmp_path / "huvud.csv"), *words)
    (tmp_path / "latin.csv").write_bytes("d,y,kön\n1,2,mån\n".encode("latin-1"))
    assert "UTF-8" in _refused(capsys, str(tmp_path / "latin.csv"), *words)
    (tmp_path / "utf16.csv").write_bytes("d,y\n1,2\n".encode("utf-16"))
    assert "UTF-8" in _refused(capsys, str(tmp_path / "utf16.csv"), *words)
    (tmp_path / "twice.csv").write_text("d,y,y\n1,2,3\n")
    assert "flera gånger" in _refused(capsys, str(tmp_path / "twice.csv"), *words)
    # A column that nobody asked for is no better: the reader gives the second a name that stands nowhere in the file.
    for heading in ("d,y,alder,alder", 'd,y,"alder",alder', "d,y,alder, alder"):
        (tmp_path / "twice.csv").write_text(f"{heading}\n" + "1,2,3,4\n0,3,4,5\n" * 20)
        said = _refused(capsys, str(tmp_path / "twice.csv"), *words)
        assert "Kolumnen alder finns flera gånger i filen. Byt namn på en av dem." in said, heading
    made_up = (*words[:-1], f"{words[-1]}_duplicated_0")
    (tmp_path / "twice.csv").write_text("d,y,y\n" + "1,2,3\n0,3,4\n" * 20)
    assert "Kolumnen y finns flera gånger" in _refused(capsys, str(tmp_path / "twice.csv"), *made_up)
    (tmp_path / "x.parquet").write_bytes(b"not parquet at all")
    assert "går inte att läsa" in _refused(capsys, str(tmp_path / "x.parquet"), *words)


def test_text_that_turns_up_late_in_a_long_file_is_named_with_its_row(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [f"{row % 2},{row}" for row in range(20_000)]
    (tmp_path / "lång.csv").write_text("\n".join(["d,y", *rows, "1,okänt"]) + "\n")
    assert "rad 20002" in _refused(capsys, str(tmp_path / "lång.csv"), "--treatment", "d", "--outcome", "y")


def test_the_library_is_pure_and_can_be_used_from_a_notebook_without_django() -> None:
    code = (
        "import sys, pkgutil, importlib\n"
        "import samkraft.analysis.effects as e, samkraft.analysis.disclosure as d, samkraft.analysis.draws as w\n"
        "for p in (e, d, w):\n"
        "    for m in pkgutil.iter_modules(p.__path__): importlib.import_module(f'{p.__name__}.{m.name}')\n"
        "heavy = {'django', 'statsmodels', 'pandas', 'polars', 'diff_diff', 'highspy'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=120)
