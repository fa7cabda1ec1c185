"""samkraft thin: remove the content of old events, by decision and with a protocol."""

import argparse
from datetime import date, datetime, time

from samkraft.operations import command
from samkraft.values.period import STOCKHOLM
from samkraft.values.wording import spoken


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe the command."""
    parser = subparsers.add_parser(
        "thin",
        help=spoken("gallra gamla händelser ur loggen enligt ett beslut"),
        description=(
            "Tar bort innehållet i förseglade händelser före en dag. Förseglingarna står kvar, så samkraft prove audit "
            "håller och säger vilket beslut det var. Körs som ägare (DATABASE_OWNER_URL). Går inte att ångra."
        ),
    )
    parser.add_argument("--before", required=True, type=date.fromisoformat, metavar="ÅÅÅÅ-MM-DD", help="före den dagen")
    parser.add_argument("--decision", required=True, help="gallringsbeslutet: nummer, organ och dag")
    parser.add_argument("--by", required=True, metavar="NAMN", help="vem som utför gallringen")
    parser.add_argument("--yes", action="store_true", help="utför; annars visas bara hur många det gäller")
    parser.set_defaults(func=run)


def run(options: argparse.Namespace) -> int:
    """Count, and with --yes remove."""
    command.set_up(as_owner=True)
    from samkraft.audit.actions import seals
    from samkraft.audit.queries import events

    if not options.decision.strip() or not options.by.strip():
        print("Gallring behöver både ett beslut och ett namn. Skriv dem efter --decision och --by.")
        return command.BAD_USE
    before = datetime.combine(options.before, time(), tzinfo=STOCKHOLM)
    if not options.yes:
        count = events.count_sealed(before=before)
        print(f"{count} förseglade händelser före {options.before} skulle gallras. Lägg till --yes för att göra det.")
        return command.FINE
    removed = seals.thin(before=before, decision=options.decision.strip(), by_name=options.by.strip())
    print(f"{removed} händelser är gallrade enligt {options.decision.strip()}. Protokollet finns i loggen.")
    return command.FINE
