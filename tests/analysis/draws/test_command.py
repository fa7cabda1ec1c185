"""`samkraft draw`: rule, draw and check, from files."""

import json
from pathlib import Path

import pytest

from samkraft.operations import command

EARLY, LATE = "2026-01-10T09:00+01:00", "2026-01-14T21:00+01:00"


@pytest.fixture
def people(tmp_path: Path) -> Path:
    path = tmp_path / "lista.csv"
    rows = [f"p{number:03d},{'kvinna' if number % 2 else 'man'}" for number in range(40)]
    path.write_text("\n".join(["pseudonym,kon", *rows]) + "\n", encoding="utf-8")
    return path


def _rule(people: Path, *more: str) -> int:
    words = ["draw", "rule", str(people), "--strata", "kon", "--seed-source", "Lotto", "--at", EARLY]
    return command.main(
        [*words, "--out", str(people.with_name("regel.json")), *(more or ("--places", "kvinna=5", "man=5"))]
    )


def _lot(people: Path, step: str, *more: str) -> int:
    words = ["draw", step, str(people), "--strata", "kon", "--rule", str(people.with_name("regel.json"))]
    return command.main([*words, "--seed", "1 2 3", "--seed-at", LATE, *more])


def test_a_published_rule_a_draw_and_somebody_else_who_checks_it(
    people: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    drawn = people.with_name("dragna.csv")
    assert _rule(people) == command.FINE
    assert "Publicera regeln" in capsys.readouterr().out
    assert _lot(people, "make", "--out", str(drawn), "--json") == command.FINE
    told = json.loads(capsys.readouterr().out)
    assert len(told["drawn"]) == 10
    assert set(told["chance"].values()) == {0.25}
    assert _lot(people, "check", "--claimed", str(drawn)) == command.FINE
    lines = drawn.read_text(encoding="utf-8").splitlines()
    drawn.write_text("\n".join([lines[0], *lines[2:], "p999,man,0.25"]) + "\n", encoding="utf-8")
    assert _lot(people, "check", "--claimed", str(drawn)) == command.FOUND_WRONG


def test_a_list_that_grew_after_the_rule_is_refused(people: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _rule(people) == command.FINE
    people.write_text(people.read_text(encoding="utf-8") + "p999,man\n", encoding="utf-8")
    assert _lot(people, "make") == command.BAD_USE
    assert "inte den som publicerades" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("more", "said"),
    [(("--places", "många"), "går inte att förstå"), (("--places", "kvinna=5"), "listan har"), (("--places", "0"), "listan har")],
)  # fmt: skip
def test_places_that_make_no_sense_are_told(
    people: Path, more: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _rule(people, *more) == command.BAD_USE
    assert said in capsys.readouterr().err
