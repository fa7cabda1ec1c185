"""Do the walls around people stand, and is each stone needed? Tried in databases of its own, never in the one at hand.

Random worlds are kept twice, by the product and by the rules alone, and compared after each deed. Faults of the kinds that
the other proofs are there to catch are planted, and each must be caught. Then one policy, one check of a guard function, one
grant at a time is taken away in a database of its own, and at least one check must fall, or it is said why none can. It takes
hours of one core: with `--part` and `--seconds` it is run bit by bit, and `--notes` adds the bits up.
"""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from samkraft.operations.proofs import PROJECT, Outcome

NAME = "secrecy"
WHAT = "sekretessen: slumpade världar, och att varje regel i databasen behövs (tar lång tid; i egna databaser)"
CHECKS = "tests/people"
RANDOM = ("worlds", "calls", "summers")
MOST_SHOWN = 40
FIRST_SEED = 20261122
# Where the database is, and that this command acts as its owner, whom no wall stops.
NOT_HANDED_ON = ("DATABASE_", "SAMKRAFT_ACT_AS")


def add_options(parser: argparse.ArgumentParser) -> None:
    """`--worlds` and `--every` make it longer or shorter; `--part`, `--seconds` and `--notes` let it be run bit by bit."""
    parser.add_argument("--worlds", type=int, default=40, metavar="N", help="hur många slumpade världar (40)")
    parser.add_argument(
        "--first-seed", type=int, default=FIRST_SEED, metavar="N", help=f"den första världens frö ({FIRST_SEED})"
    )
    parser.add_argument("--every", type=int, default=1, metavar="N", help="pröva bara var N:te regel (1: alla)")
    parser.add_argument(
        "--part", default="1/1", metavar="I/N", help="bara den här delen: var N:te regel, planterat fel och värld (1/1)"
    )
    parser.add_argument(
        "--notes", metavar="FIL",
        help="skriv ned det som märks i en fil, fortsätt där en körning slutade, och räkna ihop allt som står där",
    )  # fmt: skip
    parser.add_argument(
        "--seconds",
        type=float,
        metavar="N",
        help="börja inte på någon ny regel efter så lång tid; fortsätt med --notes",
    )


def run(options: argparse.Namespace) -> Outcome:
    """All of it, or a part. Without the project's own checks, as where only the product is installed, it says so."""
    if not (PROJECT / CHECKS / "mutating.py").exists():
        line = "Det här beviset körs i projektets mapp: det behöver de prov som ligger där."
        return Outcome(False, [line], {"holds": False, "missing": CHECKS})
    part, notes = getattr(options, "part", "1/1"), getattr(options, "notes", None)
    if part != "1/1" and not notes:
        return Outcome(False, ["En del räknas ihop med de andra i en fil: säg vilken med --notes."], {"holds": False})
    parts = _parts(Path(f"{notes}.parts") if notes else None, part, options)
    told = _mutants(options)
    stood, fell = all(one["agree"] for one in parts.values()), all(one["caught"] for one in parts.values())
    missing = int(part.split("/")[1]) - len(parts)
    tried = not told["unharmed"] and told["mutants"] > 0 and not missing
    holds = stood and fell and tried and not told["lived"] and not told.get("untried", 0)
    lines = [line for one in parts.values() for line in one["lines"]]
    lines += [f"{missing} delar av de slumpade världarna är inte körda än."] if missing else []
    lines += _in_words(told)
    lines.append("Sekretessen håller." if holds else "Sekretessen är inte bevisad.")
    worlds = sum(one["worlds"] for one in parts.values())
    data = {"holds": holds, "worlds": worlds, "worlds_agree": stood, "planted_caught": fell, **told}
    return Outcome(holds, lines, data)


def _parts(file: Path | None, part: str, options: argparse.Namespace) -> dict[str, dict[str, Any]]:
    """The random worlds and planted faults of this part, with those of the parts that were run before and are noted."""
    known: dict[str, dict[str, Any]] = json.loads(file.read_text("utf-8")) if file and file.exists() else {}
    known = {name: one for name, one in known.items() if name.split("/")[1] == part.split("/")[1]}
    if part not in known or not (known[part]["agree"] and known[part]["caught"]):
        number, of = (int(one) for one in part.split("/"))
        known[part] = _worlds(
            getattr(options, "worlds", 40), getattr(options, "first_seed", FIRST_SEED), number, of
        )  # fmt: skip
        if file:
            file.write_text(json.dumps(known, ensure_ascii=False, indent=1), encoding="utf-8")
    return known


def _worlds(worlds: int, first: int, part: int, of: int) -> dict[str, Any]:
    """A share of the worlds, each with its own seed, and of the faults: whether all agreed, whether each was caught."""
    share = len(range(part - 1, worlds, of))
    asked = {"SAMKRAFT_RANDOM_WORLDS": str(share), "SAMKRAFT_RANDOM_FROM": str(first + (part - 1) * -(-worlds // of))}
    agree, lines = True, list[str]()
    if share:
        played = _python(["-m", "pytest", "-q", "-x", *(f"{CHECKS}/test_random_{one}.py" for one in RANDOM)], **asked)
        agree = played.returncode == 0
        said = "är överens om varje rad" if agree else "är OENSE"
        lines += [f"{share} slumpade världar: reglerna och databasen {said}."]
        lines += [] if agree else played.stdout.splitlines()[-MOST_SHOWN:]
    planted = _python(
        ["-m", "pytest", "-q", f"{CHECKS}/test_planted.py"], SAMKRAFT_RANDOM_WORLDS="1", SAMKRAFT_PLANTED_PART=f"{part}/{of}"
    )  # fmt: skip
    caught = planted.returncode == 0
    lines.append("Planterade fel: alla märks." if caught else "FEL: ett planterat fel märks inte.")
    lines += [] if caught else planted.stdout.splitlines()[-MOST_SHOWN:]
    return {"agree": agree, "caught": caught, "worlds": share, "lines": lines}


def _mutants(options: argparse.Namespace) -> dict[str, Any]:
    """What became of the mutants, of this part or of all that stands in the notes."""
    arguments = ["--every", str(getattr(options, "every", 1)), "--part", getattr(options, "part", "1/1")]
    for name in ("notes", "seconds"):
        if getattr(options, name, None):
            arguments += [f"--{name}", str(getattr(options, name))]
    taken = _python(["-m", "tests.people.mutating", "--json", *arguments])
    try:
        told: dict[str, Any] = json.loads(taken.stdout)
    except ValueError:
        said = (taken.stderr or "")[-2_000:] or taken.stdout[-2_000:]
        return {"unharmed": said, "mutants": 0, "lived": [], "harmless": {}, "killed": 0, "explained": 0, "told": []}
    return told


def _in_words(told: dict[str, Any]) -> list[str]:
    lines = [f"FEL: redan utan ändring faller {told['unharmed']}."] if told["unharmed"] else []
    lines += [
        f"{told['mutants']} regler togs bort eller luckrades upp, en i taget: {told['killed']} märktes, "
        f"{told['explained']} är förklarade, {len(told['lived'])} märktes inte."
    ]
    if left := told.get("untried", 0):
        lines.append(f"{left} är inte prövade än. Kör igen med samma --notes.")
    lines += [f"Förklarad: {name} ({why})." for name, why in told["harmless"].items()]
    lines += [f"FEL: ingen märkte: {name}." for name in told["lived"][:MOST_SHOWN]]
    return lines


def _python(arguments: list[str], **more: str) -> "subprocess.CompletedProcess[str]":
    """A process of its own, which starts a server of its own: never the database that is configured, nor as its owner."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(NOT_HANDED_ON)}
    return subprocess.run(
        [sys.executable, *arguments], cwd=PROJECT, env={**kept, **more}, capture_output=True, text=True, check=False
    )
