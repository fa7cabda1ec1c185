"""samkraft bench: measure beside other ways of doing the same."""

import argparse
import json

from samkraft.operations import command
from samkraft.values.wording import spoken

DESCRIPTION = """\
Mäter Samkraft bredvid andra sätt att göra samma sak, i en tillfällig databas. Först kontrolleras att alla
ger samma svar; stämmer de inte mäts ingen tid. Sedan turas de om, och det som räknas är kvoten inom
körningen. Ett sätt som inte är installerat står som saknat. Utan namn körs alla mätningar."""


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe the command."""
    parser = subparsers.add_parser(
        "bench",
        help=spoken("mät bredvid andra sätt att göra samma sak"),
        description=DESCRIPTION,
        epilog="Slutkod: 0 svaren stämmer, 1 svaren stämmer inte, 2 kommandot används fel.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "name",
        nargs="?",
        metavar="NAMN",
        help="vilken mätning: allotment, allotment-plain, board, effects, effects-bootstrap, forecast, "
        "ledger-balances, "
        "match, pages, places, queues, register-decisions, scorecard, standing",
    )
    parser.add_argument("--size", choices=("S", "M", "L"), default="M", help="hur mycket data (M om inget sägs)")
    parser.add_argument("--runs", type=int, default=5, metavar="N", help="antal varv (5 om inget sägs)")
    parser.add_argument("--json", action="store_true", help="skriv resultatet som JSON")
    parser.set_defaults(func=run)


def run(options: argparse.Namespace) -> int:
    """Run one bench or all."""
    from samkraft.operations import bench
    from samkraft.operations.bench import frame, report

    if (options.name and options.name not in bench.BENCHES) or options.runs < 1:
        print(f"Mätningar: {', '.join(bench.BENCHES)}. --runs är minst 1.")
        return command.BAD_USE
    chosen = [bench.BENCHES[options.name]] if options.name else list(bench.BENCHES.values())
    results = []
    for one in chosen:
        results.append(frame.run(one, options.size, options.runs))
        if not options.json:
            print(f"{report.in_words(results[-1])}\n  {one.words}\n", flush=True)
    if options.json:
        told = [report.as_json(result) for result in results]
        print(json.dumps(told[0] if options.name else told, ensure_ascii=False, indent=2))
    return command.FINE if all(result.agreement.holds for result in results) else command.FOUND_WRONG
