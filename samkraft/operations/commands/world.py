"""samkraft world: the demo's invented city."""

import argparse

from samkraft.operations import command
from samkraft.values.refusal import Refused


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe the command."""
    parser = subparsers.add_parser(
        "world",
        help="fyll en tom databas med den påhittade staden",
        description="Demons stad: riktiga nämnder, myndigheter och belopp, påhittade personer. Bara för demo och prov.",
    )
    deeds = parser.add_subparsers(title="vad", metavar="VAD", required=True)
    load = deeds.add_parser(
        "load",
        help="lägg in det som inte redan finns",
        description="Lägger in staden i en tom databas. Samma sak igen ändrar ingenting. Vägrar utanför demon.",
    )
    load.set_defaults(func=run)


def run(options: argparse.Namespace) -> int:
    """Load what is missing."""
    command.set_up()
    from django.conf import settings

    from samkraft.audit.actions import seals
    from samkraft.operations import world
    from samkraft.operations.database import time_travel

    if not settings.DEMO:
        print("Det här är inte en demo (SAMKRAFT_DEMO är inte satt). Påhittade personer läggs aldrig in bland riktiga.")
        return command.BAD_USE
    try:
        with time_travel.allowed("den påhittade stadens år läggs in"):
            was_loaded = world.load(progress=print)
    except Refused as refused:
        print(refused)
        return command.BAD_USE
    if was_loaded:
        seals.seal()  # so that the review has something to show before the clock has come round
    print("Staden är inlagd." if was_loaded else "Staden fanns redan.")
    return command.FINE
