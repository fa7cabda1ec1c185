"""samkraft world: the demo's invented city."""

import argparse
import time
from datetime import date

from samkraft.operations import command
from samkraft.values.refusal import Refused
from samkraft.values.wording import spoken

MOST = 400_000
NO_DEMO = "Det här är inte en demo (SAMKRAFT_DEMO är inte satt). Påhittade personer läggs aldrig in bland riktiga."


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe the command."""
    parser = subparsers.add_parser(
        "world",
        help=spoken("fyll en tom databas med den påhittade staden"),
        description="Demons stad: riktiga nämnder, myndigheter och belopp, påhittade personer. Bara för demo och prov.",
    )
    deeds = parser.add_subparsers(title="vad", metavar="VAD", required=True)
    load = deeds.add_parser(
        "load",
        help="lägg in det som inte redan finns",
        description="Lägger in staden i en tom databas. Samma sak igen ändrar ingenting. Vägrar utanför demon.",
    )
    load.add_argument(
        "--without-participants", action="store_true", help="lägg inte in några deltagare: se samkraft world people"
    )
    load.set_defaults(func=run)
    people = deeds.add_parser(
        "people",
        help="lägg in påhittade deltagare, så många som sägs",
        description="Hittar på deltagare i den inlagda stadens gemensamma insats, och några i den andra: samma frö ger samma "
        "människor. Deras personnummer är av det slag som Skatteverket ger ut för prov, så länge de räcker. Allt läggs in "
        "på en gång och andra får vänta under tiden. Vägrar om det redan finns deltagare.",
    )
    people.add_argument("--participants", type=int, required=True, metavar="N", help="hur många (högst 400 000)")
    people.add_argument("--seed", type=int, default=1, metavar="S", help="frö (1 om inget sägs)")
    people.add_argument("--teams", type=int, metavar="T", help="bara i de första T teamen (alla om inget sägs)")
    people.add_argument(
        "--today", type=date.fromisoformat, metavar="DAG", help="dagen som allt leder fram till (i dag om inget sägs)"
    )
    people.set_defaults(func=run_people)


def run(options: argparse.Namespace) -> int:
    """Load what is missing."""
    command.set_up()
    from django.conf import settings

    from samkraft.audit.actions import seals
    from samkraft.operations import world
    from samkraft.operations.database import time_travel

    if not settings.DEMO:
        print(NO_DEMO)
        return command.BAD_USE
    try:
        with time_travel.allowed("den påhittade stadens år läggs in"):
            was_loaded = world.load(progress=print)
        if not options.without_participants:
            was_loaded = world.load(progress=print, parts=world.PEOPLE) or was_loaded
    except Refused as refused:
        print(refused)
        return command.BAD_USE
    if was_loaded:
        seals.seal()  # so that the review has something to show before the clock has come round
    print("Staden är inlagd." if was_loaded else "Staden fanns redan.")
    return command.FINE


def run_people(options: argparse.Namespace) -> int:
    """Make up participants in the city that is loaded."""
    command.set_up()
    from django.conf import settings

    from samkraft.operations.world import participants

    if not settings.DEMO:
        print(NO_DEMO)
        return command.BAD_USE
    if not 1 <= options.participants <= MOST or (options.teams is not None and options.teams < 1):
        print(f"Ange mellan 1 och {MOST} deltagare i minst ett team.")
        return command.BAD_USE
    began = time.monotonic()
    size = participants.Size(options.participants, options.seed, options.teams)
    try:
        rows = participants.fill(size, today=options.today, progress=_tell)
    except Refused as refused:
        print(refused)
        return command.BAD_USE
    print(f"{options.participants} påhittade deltagare är inlagda: {rows} rader på {time.monotonic() - began:.0f} s.")
    return command.FINE


def _tell(made: int) -> None:
    if made % 500 == 0:
        print(f"  {made} deltagare …", flush=True)
