"""samkraft report: documents that the city writes, out of what committees have handed in."""

import argparse
import time
from pathlib import Path
from uuid import UUID

from samkraft.operations import command
from samkraft.partners.rules.roles import ROLES, Role
from samkraft.values.context import Context
from samkraft.values.wording import phrase, spoken

FORMATS = (".docx", ".pdf", ".html")
DESCRIPTION = phrase(
    "Sätter ihop årsanalysen av nämndernas inlämnade redovisningar: fråga, hela staden, nämnd för nämnd. Filens ändelse "
    "avgör formatet: .docx (Word, att redigera vidare), .pdf (taggad, PDF/UA) eller .html. Samma innehåll ger samma fil."
)
EPILOG = phrase(
    "Utkast är nämndernas egna och tas inte med; dokumentet säger vilka som saknas och vilka källor som säger olika. "
    "Slutkod: 0 filen är skriven, 1 inget finns att skriva för året, 2 felaktiga argument."
)
_NOBODY = UUID(int=0)
# What the command reads is what anybody may read: reports that have been handed in.
ANYBODY = Context(_NOBODY, "", _NOBODY, Role.PUBLIC.value, _NOBODY, _NOBODY, ROLES[Role.PUBLIC].purpose)


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe the command."""
    parser = subparsers.add_parser(
        "report", help=spoken("skriv stadens dokument"), description=spoken("Skriv stadens dokument.")
    )
    kinds = parser.add_subparsers(title=spoken("dokument"), metavar=spoken("DOKUMENT"), required=True)
    annual = kinds.add_parser(
        "annual-analysis", help=spoken("årsanalysen för ett år"), description=spoken(DESCRIPTION), epilog=spoken(EPILOG)
    )
    year, file, code = spoken("ÅR"), spoken("FIL"), spoken("KOD")
    annual.add_argument(
        "--year", type=int, required=True, metavar=year, help=spoken("vilket år redovisningarna gäller")
    )
    annual.add_argument("--out", required=True, metavar=file, help=spoken("filen som skrivs: .docx, .pdf eller .html"))
    annual.add_argument(
        "--fund", action="append", default=[], metavar=code, help=spoken("bara den här satsningen (kan upprepas)")
    )
    annual.add_argument(
        "--body", action="append", default=[], metavar=code, help=spoken("bara den här nämnden (kan upprepas)")
    )
    annual.set_defaults(func=run)


def run(options: argparse.Namespace) -> int:
    """Compose and write the file."""
    path = Path(options.out)
    if path.suffix.lower() not in FORMATS:
        print(spoken("Filen ska sluta på {endings}.", endings=", ".join(FORMATS)))
        return command.BAD_USE
    if not path.parent.is_dir():
        print(spoken("Mappen {folder} finns inte.", folder=path.parent))
        return command.BAD_USE
    command.set_up()
    from samkraft.audit.actions import transactions
    from samkraft.knowledge.queries import annual_analysis
    from samkraft.knowledge.rules import writing

    began = time.monotonic()
    by = ANYBODY
    with transactions.read(by):
        document = annual_analysis.document(by=by, year=options.year, fund_codes=options.fund, body_codes=options.body)
        known = annual_analysis.years(by=by) if document is None else []
    if document is None:
        listed = ", ".join(str(year) for year in known) or "–"
        print(
            spoken("Det finns inga redovisningar för {year}. Det finns för: {known}.", year=options.year, known=listed)
        )
        return command.FOUND_WRONG
    content = writing.as_file(document, path.suffix.lower())
    path.write_bytes(content)
    print(
        spoken(
            "{path}: {size} kB, {notes} källor, {seconds} s.",
            path=path,
            size=len(content) // 1024,
            notes=len(document.notes),
            seconds=f"{time.monotonic() - began:.1f}",
        )
    )
    return command.FINE
