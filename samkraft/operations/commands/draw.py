"""samkraft draw: a draw by lot that nobody can steer and anybody can make again."""

import argparse
import csv
import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from samkraft.analysis.draws import fair
from samkraft.operations import command
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase, spoken

DESCRIPTION = """\
Lottar platser så att vem som helst kan kontrollera det. Listan är CSV (UTF-8) med en rad per pseudonym.

  1. rule   skriver regeln: listans kontrollvärde, platserna och varifrån fröet ska komma. Publicera den.
  2. make   lottar, när fröet har blivit känt. Vem som helst får samma lista av samma regel, lista och frö.
  3. check  lottar om och jämför med en lista som någon visar."""
EPILOG = """\
Exempel:
  samkraft draw rule lista.csv --places kvinna=60 man=60 --strata kon --seed-source "Lotto onsdag vecka 3" \\
      --at 2026-01-10T09:00+01:00 --out regel.json
  samkraft draw make lista.csv --rule regel.json --strata kon --seed "7 12 19 22 30 35 41" \\
      --seed-at 2026-01-14T21:00+01:00 --out dragna.csv"""

NO_COLUMN = Reason("no_column", phrase("Kolumnen {name} finns inte i listan."), phrase("Kolumner som finns: {there}."))
NO_FILE = Reason("no_file", phrase("Filen {name} går inte att läsa som text i UTF-8."))
BAD_PLACES = Reason(
    "bad_places", phrase("Platserna ”{text}” går inte att förstå."), phrase("Skriv 60, eller kvinna=60 man=60.")
)
BAD_TIME = Reason(
    "bad_time", phrase("Tiden {text} går inte att förstå."), phrase("Skriv till exempel 2026-01-10T09:00+01:00.")
)
BAD_RULE = Reason("bad_rule", phrase("Filen {name} är ingen regel från samkraft draw rule."))


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe the command with its three steps."""
    parser = subparsers.add_parser(
        "draw", help=spoken("lotta platser så att alla kan kontrollera det"), description=DESCRIPTION, epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    steps = parser.add_subparsers(title="steg", metavar="STEG", required=True)
    rule = _step(steps, "rule", "skriv regeln som ska publiceras", _rule)
    rule.add_argument("--places", nargs="+", required=True, metavar="N", help="antal platser, eller grupp=antal")
    rule.add_argument("--seed-source", required=True, metavar="TEXT", help="varifrån fröet ska komma")
    rule.add_argument("--at", required=True, metavar="TID", help="när regeln publiceras")
    rule.add_argument("--out", type=Path, metavar="FIL", help="skriv regeln i en fil")
    for name, words, act in (("make", "lotta", _make), ("check", "lotta om och jämför", _check)):
        step = _step(steps, name, words, act)
        step.add_argument("--rule", required=True, type=Path, metavar="FIL", help="regeln som publicerades")
        step.add_argument("--seed", required=True, metavar="TEXT", help="fröet, som det står i källan")
        step.add_argument("--seed-at", required=True, metavar="TID", help="när fröet blev känt")
        if name == "make":
            step.add_argument("--out", type=Path, metavar="FIL", help="skriv de dragna i en CSV-fil")
        else:
            step.add_argument("--claimed", required=True, type=Path, metavar="FIL", help="listan som ska kontrolleras")


def _step(steps: Any, name: str, words: str, act: Any) -> argparse.ArgumentParser:
    step: argparse.ArgumentParser = steps.add_parser(name, help=words, description=words.capitalize() + ".")
    step.add_argument("list", type=Path, metavar="LISTA", help="CSV med en rad per pseudonym")
    step.add_argument("--person", default="pseudonym", metavar="KOLUMN", help="kolumnen med pseudonymen (pseudonym)")
    step.add_argument("--strata", default="", metavar="KOLUMN", help="kolumnen med grupper som lottas var för sig")
    step.add_argument("--json", action="store_true", help="skriv svaret som JSON")
    step.set_defaults(func=act)
    return step


def _rule(options: argparse.Namespace) -> int:
    made = fair.rule(_people(options), _places(options.places), seed_source=options.seed_source, at=_time(options.at))
    text = json.dumps(made.as_json(), ensure_ascii=False, indent=2)
    if options.out:
        options.out.write_text(text + "\n", encoding="utf-8")
    print(
        text
        if options.json
        else f"{text}\nRegelns kontrollvärde: {made.digest}\nPublicera regeln innan fröet blir känt."
    )
    return command.FINE


def _make(options: argparse.Namespace) -> int:
    people = _people(options)
    draw = fair.made(people, _published(options.rule), seed=options.seed, seed_at=_time(options.seed_at))
    if options.out:
        with options.out.open("w", encoding="utf-8", newline="") as file:
            rows = csv.writer(file)
            rows.writerow([options.person, options.strata or "grupp", "sannolikhet"])
            rows.writerows([one, people[one], draw.chance[one]] for one in draw.drawn)
    told = {"drawn": list(draw.drawn), "order": {k: list(v) for k, v in draw.order.items()}, "chance": draw.chance}
    print(json.dumps(told, ensure_ascii=False, indent=2) if options.json else "\n".join(draw.drawn))
    return command.FINE


def _check(options: argparse.Namespace) -> int:
    claimed = _column(options.claimed, options.person)
    same = fair.is_same(
        claimed, _people(options), _published(options.rule), seed=options.seed, seed_at=_time(options.seed_at)
    )
    words = "Listan är den som lotten gav." if same else "Listan är inte den som lotten gav."
    print(json.dumps({"same": same}) if options.json else words)
    return command.FINE if same else command.FOUND_WRONG


def _people(options: argparse.Namespace) -> dict[str, str]:
    people = _column(options.list, options.person)
    return fair.listed(people, _column(options.list, options.strata) if options.strata else None)


def _column(path: Path, name: str) -> Sequence[str]:
    try:
        rows = list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))
    except (OSError, UnicodeDecodeError) as fault:
        raise Refused(NO_FILE, name=path.name) from fault
    if rows and name not in rows[0]:
        raise Refused(NO_COLUMN, name=name, there=", ".join(map(str, rows[0])))
    return [str(row[name] or "").strip() for row in rows]


def _places(words: Sequence[str]) -> dict[str, int]:
    found = {}
    for word in words:
        name, _, many = word.rpartition("=")
        if not many.isdigit():
            raise Refused(BAD_PLACES, text=word)
        found[name] = int(many)
    return found


def _published(path: Path) -> fair.Rule:
    try:
        return fair.Rule(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as fault:
        raise Refused(BAD_RULE, name=path.name) from fault


def _time(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError as fault:
        raise Refused(BAD_TIME, text=text) from fault
    if found.tzinfo is None:
        raise Refused(BAD_TIME, text=text)
    return found
