"""samkraft jobs: the worker that runs what the pages have put in the queue, and what the clock calls for."""

import argparse

from samkraft.operations import command
from samkraft.values.wording import spoken


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe the command."""
    parser = subparsers.add_parser(
        "jobs",
        help=spoken("kör jobb: påminnelser, förseglingar och annat i kön"),
        description=(
            "Kör jobben i kön tills det stoppas med Ctrl-C eller SIGTERM; ett jobb som pågår får bli klart. "
            "Flera kan köra samtidigt."
        ),
    )
    parser.add_argument("--once", action="store_true", help="kör det som väntar nu och sluta sedan")
    parser.add_argument("--at-once", type=int, default=2, metavar="N", help="så många jobb samtidigt (annars 2)")
    parser.set_defaults(func=run)


def run(options: argparse.Namespace) -> int:
    """Work until told to stop. Procrastinate itself takes care of SIGINT and SIGTERM."""
    command.set_up()
    from procrastinate.contrib.django import app

    with app.replace_connector(app.connector.get_worker_connector()) as worker:  # type: ignore[attr-defined]  # the queue's Django app has one
        worker.run_worker(
            name="samkraft",
            wait=not options.once,
            concurrency=options.at_once,
            delete_jobs="successful",
            shutdown_graceful_timeout=8,
        )
    return command.FINE
