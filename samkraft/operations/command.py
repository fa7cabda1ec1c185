"""`samkraft`: one command with sub-commands. Exit code 0 is fine, 1 found something wrong, 2 bad use.

Each module in `commands` adds itself with `add(subparsers)`; some need no database and no settings at all.
"""

import argparse
import importlib
import os
import pkgutil
import sys
from collections.abc import Sequence

from samkraft.operations import commands, memory, speech
from samkraft.project.configuration import Misconfigured
from samkraft.values import wording
from samkraft.values.refusal import Refused
from samkraft.values.wording import spoken

FINE, FOUND_WRONG, BAD_USE = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one sub-command and return its exit code."""
    memory.look_seldom()
    given = sys.argv[1:] if arguments is None else arguments
    with wording.speaking(speech.of(speech.asked(given))):
        return _run(parser(*given[:1]).parse_args(given))


def _run(options: argparse.Namespace) -> int:
    try:
        return int(options.func(options))
    except Refused as refused:
        print(speech.refusal(refused), file=sys.stderr)
        return BAD_USE
    except Misconfigured as fault:
        print(fault, file=sys.stderr)
        return BAD_USE
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINE


def parser(asked: str = "") -> argparse.ArgumentParser:
    """The command with every sub-command there is; with only the one that is asked for, when its module has its name: what
    the others need takes longer to read than most of them take to run."""
    made = argparse.ArgumentParser(
        prog="samkraft",
        description=spoken(
            "Från fullmäktiges krona till en människas första lön. Skriv samkraft KOMMANDO --help för mer."
        ),
        epilog=spoken("Slutkod: 0 allt väl, 1 något är fel, 2 kommandot används fel."),
    )
    speech.add_option(made)
    subparsers = made.add_subparsers(title=spoken("kommandon"), metavar=spoken("KOMMANDO"), required=True)
    names = sorted(found.name for found in pkgutil.iter_modules(commands.__path__))
    for name in [asked] if asked in names else names:
        importlib.import_module(f"{commands.__name__}.{name}").add(subparsers)
    return made


def set_up(*, as_owner: bool = False) -> None:
    """Start Django, as the serving role or as the owner. Raises Misconfigured with all that is missing."""
    import django

    if as_owner:
        os.environ["SAMKRAFT_ACT_AS"] = "owner"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samkraft.project.settings")
    django.setup()


if __name__ == "__main__":
    sys.exit(main())
