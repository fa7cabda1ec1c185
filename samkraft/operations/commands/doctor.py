"""samkraft doctor: what is missing or unsafe, and what to do about it."""

import argparse
import json
from collections.abc import Iterator
from dataclasses import asdict

from samkraft.operations import command, health
from samkraft.project.configuration import Misconfigured
from samkraft.values.wording import spoken

MARKS = {"fine": "  ok     ", "note": "  notera ", "missing": "✗ saknas ", "unsafe": "✗ OSÄKERT"}


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe the command."""
    parser = subparsers.add_parser(
        "doctor",
        help=spoken("säg vad som saknas eller är osäkert"),
        description=(
            "Går igenom inställningar, databasens roller, rättigheter, radskydd, filer, e-post, klocka och bevis. "
            "Ändrar ingenting. Slutkod 1 om något saknas eller är osäkert."
        ),
    )
    parser.add_argument("--json", action="store_true", help="svara med JSON")
    parser.set_defaults(func=run)


def run(options: argparse.Namespace) -> int:
    """Look at everything and answer."""
    findings = list(_look())
    if options.json:
        print(json.dumps([{**asdict(one), "state": one.state.value} for one in findings], ensure_ascii=False, indent=1))
    else:
        for one in findings:
            print(f"{MARKS[one.state.value]} {one.what}: {one.said}")
            if one.way_out and one.state is not health.State.FINE:
                print(f"            {one.way_out}")
        wrong = sum(one.is_wrong for one in findings)
        print(f"\n{wrong} saker att rätta." if wrong else "\nInget att rätta.")
    return command.FOUND_WRONG if any(one.is_wrong for one in findings) else command.FINE


def _look() -> Iterator[health.Finding]:
    try:
        command.set_up()
    except Misconfigured as faults:
        for fault in str(faults).splitlines():
            yield health.missing("Inställningar", fault, "Rätta och kör samkraft doctor igen.")
        return
    from django.db import DatabaseError

    from samkraft.operations.health import database, installation

    for check in (
        installation.configuration,
        installation.email,
        installation.virus_scanner,
        installation.files,
        installation.proved,
    ):
        yield from check()
    checks = (database.version, database.role, database.migrations, database.privileges, database.row_security)
    for look in (*checks, database.functions, database.seals, database.clock, database.times, database.administrators):
        try:
            yield from look()
        except DatabaseError as error:
            name = (look.__doc__ or look.__name__).split(".")[0]
            yield health.missing("Databasen", f"{str(error).strip().splitlines()[0]} ({name})", "Kör samkraft migrate.")
            return
