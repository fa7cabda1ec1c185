"""`samkraft vacancies fetch`: renew our copy of vacancies now."""

import argparse
import json
from dataclasses import asdict

from samkraft.operations import command
from samkraft.values.wording import spoken

DESCRIPTION = """\
Hämtar lediga jobb från Arbetsförmedlingens öppna tjänst (JobTech JobSearch) och förnyar den egna kopian.
Jobbet gör det varje natt. Utan SAMKRAFT_VACANCIES frågas ingen."""
EPILOG = """\
SAMKRAFT_VACANCIES är ett JSON-objekt: address, query (till exempel {"municipality": "oYPt_yRA_Smm"}),
taxonomy_version och, om tjänsten kräver det, key.

Slutkod: 0 kopian är ny, 1 något gick inte att läsa, 2 ingen tjänst är inställd eller den svarar inte."""


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe the command."""
    parser = subparsers.add_parser("vacancies", help=spoken("lediga jobb"), description="Lediga jobb.")
    commands = parser.add_subparsers(title="kommandon", metavar="KOMMANDO", required=True)
    fetch = commands.add_parser(
        "fetch", help="hämta lediga jobb till den egna kopian", description=DESCRIPTION, epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    fetch.add_argument("--json", action="store_true", help="skriv JSON")
    fetch.set_defaults(func=run)


def run(options: argparse.Namespace) -> int:
    """Renew the copy, and say what came of it. Raises Refused when the service does not answer."""
    command.set_up()
    from samkraft.audit.actions import transactions
    from samkraft.offer.queries import vacancies
    from samkraft.operations.clock import CLOCK
    from samkraft.operations.vacancies import fetching

    source = fetching.configured()
    if source is None:
        print("Ingen tjänst är inställd. Sätt SAMKRAFT_VACANCIES.")
        return command.BAD_USE
    fetching.renew(by=CLOCK, source=source)
    with transactions.read(CLOCK):
        told = vacancies.latest_fetch()
    assert told is not None  # it was written just now
    if options.json:
        print(json.dumps(asdict(told), default=str, ensure_ascii=False, indent=2))
    else:
        print(f"{told.found} lediga jobb, {told.added} nya, {told.gone} borta.")
        if told.unread:
            print(f"{told.unread} annonser gick inte att läsa.")
        if not told.is_whole:
            print("Alla kunde inte hämtas, så inget räknas som borta för att det saknas.")
    return command.FOUND_WRONG if told.unread else command.FINE
