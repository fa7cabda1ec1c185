"""`samkraft import KIND FILE`: try a file of referrals, occasions or attendance, and read it in."""

import argparse
import json
from pathlib import Path

from samkraft.operations import command
from samkraft.people.rules.imports import faults, tables
from samkraft.people.rules.imports.shapes import Kind
from samkraft.values.context import Context
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase, spoken

DESCRIPTION = """\
Läser en fil (.xlsx eller .csv) med remitteringar, tillfällen eller närvaro: vår mall, eller en fil från AIS,
Procapita, Lifecare eller SUS. Utan --load provas filen bara: inget sparas. Med --load läses allt in, eller inget."""
EPILOG = """\
Exempel:
  samkraft import referrals remisser.xlsx --as asa.ek@exempel.invalid
  samkraft import referrals remisser.xlsx --as asa.ek@exempel.invalid --load

Slutkod: 0 filen är rätt (och inläst med --load), 1 rader behöver rättas (inget inläst), 2 nekat eller fel använt."""
NO_SUCH_FILE = Reason("import_no_such_file", phrase("Filen {name} finns inte."), phrase("Kontrollera sökvägen."))
NOBODY = Reason(
    "import_nobody_to_act",
    phrase("{words} har ingen roll som får läsa in det här i dag."),
    phrase("Ange e-postadressen för någon som får det."),
)


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe the command."""
    parser = subparsers.add_parser(
        "import", help=spoken("läs in en fil med remitteringar, tillfällen eller närvaro"), description=DESCRIPTION,
        epilog=EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.add_argument(
        "kind", choices=[kind.value for kind in Kind], metavar="SLAG", help="referrals, occasions eller attendance"
    )
    parser.add_argument("file", metavar="FIL", help="en .xlsx- eller .csv-fil")
    parser.add_argument("--as", dest="who", metavar="E-POST", required=True, help="vem som läser in")
    parser.add_argument("--load", action="store_true", help="läs in; annars provas filen bara")
    parser.add_argument("--json", action="store_true", help="skriv JSON")
    parser.set_defaults(func=run)


def run(options: argparse.Namespace) -> int:
    """Try or read in, and tell what is wrong where. Raises Refused as the action does."""
    content = _bytes_of(Path(options.file))
    command.set_up()
    from samkraft.people.actions import imports

    kind = Kind(options.kind)
    done = imports.read_in(
        by=_actor(options.who, kind),
        kind=kind,
        content=content,
        name=Path(options.file).name,
        is_trial=not options.load,
    )
    wrong = [
        {"row": one.row, "column": one.column, "code": one.reason.code, "text": str(one.refusal())}
        for one in done.faults
    ]
    if options.json:
        told = {
            "kind": kind.value, "shape": done.shape, "rows": done.rows, "known": done.known, "read_in": done.is_kept,
            "faults": wrong, "unread": done.unread, "never": done.never,
        }  # fmt: skip
        print(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        _tell(done.rows, done.shape_name, done.is_kept, wrong, (*done.never, *done.unread))
    return command.FOUND_WRONG if wrong else command.FINE


def _tell(rows: int, shape: str, is_kept: bool, wrong: list[dict[str, object]], unread: tuple[str, ...]) -> None:
    print(f"{rows} rader, lästa som: {shape}.")
    if unread:
        print(f"Kolumner som inte läses: {', '.join(unread)}.")
    for one in wrong:
        column = f", {one['column']}" if one["column"] else ""
        print(f"  rad {one['row']}{column}: {one['text']}")
    if wrong:
        print("Inget är inläst.")
    else:
        print(
            "Allt är inläst." if is_kept else "Allt går att läsa in. Inget är sparat: lägg till --load för att läsa in."
        )


def _bytes_of(path: Path) -> bytes:
    if not path.is_file():
        raise Refused(NO_SUCH_FILE, name=str(path))
    if path.stat().st_size > tables.LARGEST_BYTES:  # before it is read into memory
        raise Refused(faults.TOO_LARGE, limit=tables.LARGEST_MB)
    return path.read_bytes()


def _actor(email: str, kind: Kind) -> Context:
    """A membership of the one named that may do it."""
    from samkraft.partners.queries import memberships
    from samkraft.partners.rules.roles import may
    from samkraft.people.actions import imports

    held = memberships.of_people([email]).get(email, [])
    row = next((one for one in held if may(one.role, imports.NEEDS[kind])), None)
    if row is None:
        raise Refused(NOBODY, words=email)
    return row.context()
