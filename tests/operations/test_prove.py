"""samkraft prove: the frame around the proofs, and that each answers in words and as data."""

import argparse
import ast
import inspect
import json
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from samkraft.audit.actions import seals
from samkraft.operations import command, proofs
from samkraft.operations.commands import prove, thin
from samkraft.operations.proofs import audit
from tests.factories import owner, partners


def test_every_proof_has_a_name_and_a_line_of_its_own() -> None:
    found = prove.every()
    assert "audit" in {one.NAME for one in found}
    assert len({one.NAME for one in found}) == len(found)
    assert all(one.WHAT for one in found)


def test_a_note_out_of_order_is_no_note(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    monkeypatch.setattr(proofs, "NOTES", tmp_path / "proofs.json")
    (tmp_path / "proofs.json").write_text("{half")
    assert proofs.noted() == {}


@pytest.mark.parametrize("text", ["", "12", "12:ab", "x:" + "a" * 64])
def test_a_noted_seal_is_a_number_and_a_chain_value(text: str) -> None:
    parser = argparse.ArgumentParser(exit_on_error=False)
    audit.add_options(parser)
    with pytest.raises(argparse.ArgumentError):
        parser.parse_args(["--noted", text])


@pytest.mark.django_db(transaction=True)
def test_the_answer_is_the_same_in_words_and_as_data() -> None:
    partners.administrator()
    with owner.acting():
        fine = audit.run(argparse.Namespace(noted=None))
        wrong = audit.run(argparse.Namespace(noted=(1, "a" * 64)))
    assert fine.holds
    assert fine.lines[-1] == "Loggen är som den skrevs."
    assert not wrong.holds
    assert wrong.lines[-1] == "Loggen är inte som den skrevs."
    assert json.loads(json.dumps(wrong.data))["findings"] == [
        {"fault": "noted_seal_gone", "seal": 1, "subject": "a" * 64}
    ]


@pytest.mark.django_db(transaction=True)
def test_thinning_shows_how_many_first_and_then_does_it_by_decision(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    partners.administrator()
    deadline = time.monotonic() + 120
    with owner.acting():
        while audit.run(argparse.Namespace(noted=None)).data["unsealed"] and time.monotonic() < deadline:
            seals.seal()
            time.sleep(0.2)
    monkeypatch.setattr(command, "set_up", lambda **_ignored: None)
    asked = {"before": date(2999, 1, 1), "decision": "ASN § 12", "by": "Arkivarien"}
    with owner.acting():
        assert thin.run(argparse.Namespace(**asked, yes=False)) == command.FINE
        assert audit.run(argparse.Namespace(noted=None)).data["thinned"] == []
        assert thin.run(argparse.Namespace(**asked, yes=True)) == command.FINE
        told = audit.run(argparse.Namespace(noted=None))
        assert thin.run(argparse.Namespace(**{**asked, "by": " "}, yes=True)) == command.BAD_USE
    assert told.holds
    assert told.data["events"] == 0
    assert told.data["thinned"][0]["decision"] == "ASN § 12"
    assert "skulle gallras" in capsys.readouterr().out


_NUMBERS = ("samkraft.analysis.", "samkraft.operations.pace.")


def _is_pure(proof: ModuleType) -> bool:
    """Whether everything of ours that a proof imports, in its functions too, is numbers or the pace, and something is."""
    found = list(ast.walk(ast.parse(inspect.getsource(proof))))
    names = {alias.name for node in found if isinstance(node, ast.Import) for alias in node.names}
    names |= {
        f"{node.module}.{alias.name}" for node in found if isinstance(node, ast.ImportFrom) for alias in node.names
    }
    ours = {f"{name}." for name in names if name.startswith(("samkraft.", "tests", "django"))}
    asked = {name for name in ours if not name.startswith(f"{proofs.__name__}.")}
    return bool(asked) and all(name.startswith(_NUMBERS) for name in asked)


def test_a_proof_of_pure_numbers_asks_for_no_database() -> None:
    asked = {one.NAME: getattr(one, "NEEDS_DATABASE", True) for one in prove.every()}
    pure = {one.NAME for one in prove.every() if _is_pure(one)}
    assert {"allotment", "disclosure", "effects", "queues"} <= pure
    assert {name for name in pure if asked[name]} == set()


def test_a_proof_of_pure_numbers_runs_where_nothing_is_configured(tmp_path: Path) -> None:
    """In a process of its own whose environment is empty; what it notes is kept from the real notes."""
    told = (
        "import pathlib, sys; from samkraft.operations import command, proofs; "
        f"proofs.NOTES = pathlib.Path({str(tmp_path / 'proofs.json')!r}); sys.exit(command.main(sys.argv[1:]))"
    )
    asked = [sys.executable, "-c", told, "prove", "studies", "--seeds", "2", "--seed", "1", "--json"]
    done = subprocess.run(asked, capture_output=True, text=True, env={}, cwd=tmp_path, timeout=120)
    assert json.loads(done.stdout)["seed"] == 1, done.stderr
    assert "studies" in (tmp_path / "proofs.json").read_text()
