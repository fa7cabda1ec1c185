"""`samkraft world people`: so many as are asked for, only in a demo, and a clear no in words."""

import argparse
from typing import Any

import pytest
from django.db import connection

from samkraft.operations import command
from samkraft.operations.commands import world
from samkraft.operations.world import initiatives, participants, partners, teams
from tests import database


def _asked(**more: Any) -> argparse.Namespace:
    return argparse.Namespace(**{"participants": 12, "seed": 3, "teams": 2, "today": None, **more})


def test_nobody_is_made_up_among_real_people(settings: Any, capsys: pytest.CaptureFixture[str]) -> None:
    settings.DEMO = False
    assert world.run_people(_asked()) == command.BAD_USE
    assert "inte en demo" in capsys.readouterr().out


@pytest.mark.parametrize("more", [{"participants": 0}, {"participants": world.MOST + 1}, {"teams": 0}])
def test_a_number_that_makes_no_sense_is_refused(
    settings: Any, capsys: pytest.CaptureFixture[str], more: dict[str, int]
) -> None:
    settings.DEMO = True
    assert world.run_people(_asked(**more)) == command.BAD_USE
    assert "Ange mellan 1 och" in capsys.readouterr().out


@pytest.mark.django_db(transaction=True)
def test_it_says_how_many_it_made_and_does_not_make_them_twice(
    settings: Any, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DEMO = True
    name = str(connection.settings_dict["NAME"])
    monkeypatch.setenv("DATABASE_OWNER_URL", database.url_of("DATABASE_OWNER_URL", name))
    assert world.run_people(_asked()) == command.BAD_USE
    assert "har inga team" in capsys.readouterr().out
    partners.load()
    initiatives.load()
    teams.load()
    assert world.run_people(_asked()) == command.FINE
    assert "12 påhittade deltagare är inlagda" in capsys.readouterr().out
    assert participants.is_loaded()
    assert world.run_people(_asked()) == command.BAD_USE
    assert "Det finns redan deltagare" in capsys.readouterr().out
