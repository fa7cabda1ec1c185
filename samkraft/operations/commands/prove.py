"""samkraft prove: does what the house promises still hold?"""

import argparse
import importlib
import json
import pkgutil
from types import ModuleType

from samkraft.operations import command, proofs
from samkraft.operations.proofs import database
from samkraft.values.wording import spoken


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe the command: one sub-command for each proof, and `all`."""
    parser = subparsers.add_parser(
        "prove",
        help=spoken("bevisa att loggen, huvudboken och det andra som lovas håller"),
        description="Räknar om från grunden och jämför. Ändrar ingenting. Slutkod 1 om något inte stämmer.",
    )
    names = parser.add_subparsers(title="bevis", metavar="BEVIS", required=True)
    for proof in every():
        doubled = proof.WHAT.replace("%", "%%")  # the parser fills in what follows a single one, but in help only
        one = names.add_parser(proof.NAME, help=doubled, description=proof.WHAT)
        one.add_argument("--json", action="store_true", help="svara med JSON")
        proof.add_options(one)
        one.set_defaults(func=run, proofs=[proof])
    everything = names.add_parser("all", help="alla bevis efter varandra")
    everything.add_argument("--json", action="store_true", help="svara med JSON")
    everything.set_defaults(func=run, proofs=every())


def every() -> list[ModuleType]:
    """The proofs there are, in order of name."""
    found = sorted(pkgutil.iter_modules(proofs.__path__), key=lambda module: module.name)
    modules = [importlib.import_module(f"{proofs.__name__}.{module.name}") for module in found]
    return [module for module in modules if hasattr(module, "NAME")]


def run(options: argparse.Namespace) -> int:
    """Run the chosen proofs, note what they found, and answer. A proof of pure numbers needs no database."""
    if not any(getattr(proof, "NEEDS_DATABASE", True) for proof in options.proofs):
        return _prove(options)
    with database.at_hand():
        command.set_up(as_owner=True)
        try:
            return _prove(options)
        finally:
            _disconnect()


def _prove(options: argparse.Namespace) -> int:
    outcomes = {}
    for proof in options.proofs:
        outcome = outcomes[proof.NAME] = proof.run(options)
        proofs.note(proof.NAME, outcome)
        if not options.json:
            heading = [f"{proof.NAME}:"] if len(options.proofs) > 1 else []
            print("\n".join([*heading, *outcome.lines]))
    if options.json:
        answer = {name: outcome.data for name, outcome in outcomes.items()}
        print(json.dumps(answer if len(answer) > 1 else next(iter(answer.values())), ensure_ascii=False, indent=1))
    return command.FINE if all(outcome.holds for outcome in outcomes.values()) else command.FOUND_WRONG


def _disconnect() -> None:
    from django.db import connections

    connections.close_all()
