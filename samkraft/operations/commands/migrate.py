"""samkraft migrate: bring the database up to date."""

import argparse

from samkraft.operations import command
from samkraft.values.wording import spoken


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe the command."""
    parser = subparsers.add_parser(
        "migrate",
        help=spoken("uppdatera databasen"),
        description="Uppdaterar databasen som ägare (DATABASE_OWNER_URL) och ger webbens roll sina rättigheter.",
    )
    parser.set_defaults(func=run)


def run(options: argparse.Namespace) -> int:
    """Migrate and grant."""
    command.set_up(as_owner=True)
    from samkraft.operations.database import migrate

    steps = migrate.migrate(progress=print)
    print(f"Databasen är uppdaterad: {steps} nya steg." if steps else "Databasen var redan uppdaterad.")
    return command.FINE
