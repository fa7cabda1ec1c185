"""samkraft serve: the web server for real use."""

import argparse

from samkraft.operations import server
from samkraft.values.wording import spoken


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe the command."""
    parser = subparsers.add_parser(
        "serve",
        help=spoken("visa sidorna för riktiga användare"),
        description=(
            "Kontrollerar inställningarna och blir sedan webbserver. Vägrar om rollen i DATABASE_URL äger tabeller, "
            "är superuser eller kan gå förbi radskyddet. Kör samkraft migrate först."
        ),
        epilog="Miljövariabler: SAMKRAFT_BIND, SAMKRAFT_WORKERS, SAMKRAFT_THREADS, SAMKRAFT_TIMEOUT (sekunder).",
    )
    parser.add_argument("--access-log", action="store_true", help="skriv en rad för varje anrop")
    parser.set_defaults(func=run)


def run(options: argparse.Namespace) -> int:
    """Check, and become the web server."""
    return server.serve(access_log=options.access_log)
