"""Which database is proved."""

import os
from pathlib import Path

import pytest

from samkraft.operations import embedded_postgres
from samkraft.operations.demo import setting
from samkraft.operations.proofs import database
from samkraft.values.refusal import Refused


def test_the_configured_one_when_there_is_one() -> None:
    before = os.environ["DATABASE_OWNER_URL"]
    with database.at_hand():
        assert os.environ["DATABASE_OWNER_URL"] == before


def test_without_any_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("DATABASE_OWNER_URL")
    monkeypatch.setattr(setting, "folder", lambda: tmp_path / "demo")
    monkeypatch.setattr(embedded_postgres, "folder_of", lambda folder: folder)
    with pytest.raises(Refused) as refused, database.at_hand():
        pass
    assert refused.value.reason is database.NONE_TO_PROVE
