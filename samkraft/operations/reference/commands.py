"""Every sub-command of `samkraft` with its own help, as the command itself tells it."""

import argparse
from collections.abc import Iterator

from samkraft.operations import command

PATH = "commands.md"


def text() -> str:
    """The page."""
    lines = [
        "# Kommandot `samkraft`",
        "",
        "Slutkod 0 är allt väl, 1 att något är fel, 2 att kommandot används fel.",
        "",
    ]
    lines += ["| Kommando | Gör |", "|---|---|"]
    found = list(_commands(command.parser(), "samkraft"))
    lines += [f"| `{name}` | {_plain(words)} |" for name, words, _ in found]
    for name, words, parser in found:
        lines += ["", f"## {name}", "", parser.description or f"{_plain(words)}.", ""]
        options = [
            f"- `{_spelt(action)}` {_plain(action.help)}"
            for action in parser._actions
            if action.help and _is_ours(action)
        ]
        lines += [*options, *([""] if options and parser.epilog else [])]
        lines += [parser.epilog] if parser.epilog else []
    return "\n".join(lines)


def _commands(parser: argparse.ArgumentParser, name: str) -> Iterator[tuple[str, str, argparse.ArgumentParser]]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            helps = {choice.dest: choice.help or "" for choice in action._choices_actions}
            for word, inner in action.choices.items():
                below = list(_commands(inner, f"{name} {word}"))
                yield from below or [(f"{name} {word}", helps.get(word, ""), inner)]


def _plain(text: str) -> str:
    """What the parser shows: a doubled per cent sign is one."""
    return text.replace("%%", "%")


def _spelt(action: argparse.Action) -> str:
    value = action.metavar or (action.dest.upper() if action.nargs != 0 and action.option_strings else "")
    return " ".join(part for part in (", ".join(action.option_strings), str(value)) if part)


def _is_ours(action: argparse.Action) -> bool:
    return not isinstance(action, argparse._HelpAction | argparse._SubParsersAction)
