"""samkraft demo: everything on this machine, with an invented city."""

import argparse

from samkraft.operations import demo
from samkraft.values.wording import spoken


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe the command."""
    parser = subparsers.add_parser(
        "demo",
        help=spoken("starta allt på den här datorn, med en påhittad stad"),
        description=(
            "Startar en egen PostgreSQL, uppdaterar den, fyller den med en påhittad stad och visar sidorna på "
            "127.0.0.1. Stoppa med Ctrl-C. Uppgifterna finns kvar till nästa gång."
        ),
    )
    parser.add_argument(
        "--port", type=int, metavar="N", help="just den här porten (annars den första lediga från 8000)"
    )
    parser.add_argument("--reset", action="store_true", help="glöm uppgifterna, så att nästa start gör nya")
    parser.set_defaults(func=run)


def run(options: argparse.Namespace) -> int:
    """Run the demo until it is stopped, or forget its data."""
    return demo.reset() if options.reset else demo.run(port=options.port)
