"""What the command says of itself: nothing but words, and every name that can be chosen."""

import argparse
from collections.abc import Iterator

import pytest

from samkraft.operations import bench, command


def _parsers(parser: argparse.ArgumentParser, name: str = "samkraft") -> Iterator[tuple[str, argparse.ArgumentParser]]:
    yield name, parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for word, inner in action.choices.items():
                yield from _parsers(inner, f"{name} {word}")


@pytest.mark.parametrize(
    ("name", "parser"), [pytest.param(name, parser, id=name) for name, parser in _parsers(command.parser())]
)
def test_the_help_of_every_command_is_words(name: str, parser: argparse.ArgumentParser) -> None:
    """A per cent sign that is not doubled is filled in with whatever the parser knows."""
    text = parser.format_help()
    assert name in text
    assert not [trace for trace in ("{'", "%%", "%(", "prog':") if trace in text], text


def test_the_help_of_the_bench_names_every_bench() -> None:
    parser = dict(_parsers(command.parser()))["samkraft bench"]
    names = next(action.help or "" for action in parser._actions if action.dest == "name")
    assert set(bench.BENCHES) == set(names.removeprefix("vilken mätning: ").split(", "))


def test_one_command_described_alone_is_described_as_among_the_others() -> None:
    for name, parser in _parsers(command.parser()):
        word = name.removeprefix("samkraft").split()[:1]
        alone = dict(_parsers(command.parser(*word)))
        assert alone[name].format_help() == parser.format_help() or not word
