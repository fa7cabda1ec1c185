"""The examples in the guide and in the notebook run, and say what they say."""

import json
import re
from pathlib import Path

import pytest

from samkraft.analysis.queues import scenario_file, simulation, summary

PROJECT = Path(__file__).resolve().parents[3]
GUIDE = (PROJECT / "docs" / "guides" / "simulate.md").read_text(encoding="utf-8")
NOTEBOOK = PROJECT / "docs" / "notebooks" / "queues.ipynb"


def _blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", GUIDE, re.DOTALL)


def test_the_small_scenario_of_the_guide_is_a_scenario() -> None:
    scenario = scenario_file.parse(_blocks("toml")[0])
    for assumption in scenario.assumptions:
        told = summary.summarise(simulation.run(scenario, assumption, seed=1, replications=50))
        assert told.chances[0].high > 0
    plan, history = (
        simulation.run(scenario, name, seed=1, replications=200, detail=False) for name in scenario.assumptions
    )
    assert summary.chances(plan)[0].probability > summary.chances(history)[0].probability


def test_the_python_of_the_guide_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(PROJECT)
    for block in _blocks("python"):
        exec(compile(block, "simulate.md", "exec"), {})


def test_every_word_that_the_file_knows_is_in_the_guide() -> None:
    """A key that the reader asks for and the guide does not tell is found here."""
    source = (PROJECT / "samkraft" / "analysis" / "queues" / "scenario_file.py").read_text(encoding="utf-8")
    keys = set(re.findall(r'\.(?:text|whole|number|amount|day|flag|one_of|tables|table|texts)\(\s*"(\w+)"', source))
    assert len(keys) > 40
    assert sorted(key for key in keys if key not in GUIDE) == []


def test_the_notebook_runs(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(PROJECT)
    cells = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    assert all(cell.get("outputs", []) == [] for cell in cells)
    names: dict[str, object] = {}
    for cell in cells:
        if cell["cell_type"] == "code":
            exec(compile("".join(cell["source"]), NOTEBOOK.name, "exec"), names)
    assert "750 places" in capsys.readouterr().out
