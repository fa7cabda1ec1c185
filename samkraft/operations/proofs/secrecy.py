"""Do the walls around people stand, and is each stone needed? Tried in databases of its own, never in the one at hand.

Random worlds are kept twice, by the product and by the rules alone, and compared after each deed. Faults of the kinds that
the other proofs are there to catch are planted, and each must be caught. Then one policy, one check of a guard function, one
grant at a time is taken away in a database of its own, and at least one check must fall, or it is said why none can.
"""

import argparse
import json
import os
import subprocess
import sys
from typing import Any

from samkraft.operations.proofs import PROJECT, Outcome

NAME = "secrecy"
WHAT = "sekretessen: slumpade världar, och att varje regel i databasen behövs (tar lång tid; i egna databaser)"
CHECKS = "tests/people"
MOST_SHOWN = 40


def add_options(parser: argparse.ArgumentParser) -> None:
    """`--worlds` and `--every` make it longer or shorter."""
    parser.add_argument("--worlds", type=int, default=40, metavar="N", help="hur många slumpade världar (40)")
    parser.add_argument(
        "--notes", metavar="FIL", help="skriv ned det som märks i en fil, och fortsätt där en körning bröts"
    )
    parser.add_argument("--every", type=int, default=1, metavar="N", help="pröva bara var N:te regel (1: alla)")


def run(options: argparse.Namespace) -> Outcome:
    """Both parts. Without the project's own checks, as where only the product is installed, it says so."""
    if not (PROJECT / CHECKS / "mutating.py").exists():
        line = "Det här beviset körs i projektets mapp: det behöver de prov som ligger där."
        return Outcome(False, [line], {"holds": False, "missing": CHECKS})
    worlds = getattr(options, "worlds", 40)
    played = _python(
        ["-m", "pytest", "-q", "-x", f"{CHECKS}/test_random_worlds.py"], SAMKRAFT_RANDOM_WORLDS=str(worlds)
    )
    stood = played.returncode == 0
    lines = [f"{worlds} slumpade världar: reglerna och databasen {'är överens om varje rad' if stood else 'är OENSE'}."]
    lines += [] if stood else played.stdout.splitlines()[-MOST_SHOWN:]
    planted = _python(["-m", "pytest", "-q", f"{CHECKS}/test_planted.py"], SAMKRAFT_RANDOM_WORLDS="1")
    fell = planted.returncode == 0
    lines.append("Planterade fel: alla märks." if fell else "FEL: ett planterat fel märks inte.")
    lines += [] if fell else planted.stdout.splitlines()[-MOST_SHOWN:]
    notes = [] if not getattr(options, "notes", None) else ["--notes", str(options.notes)]
    taken = _python(["-m", "tests.people.mutating", "--json", "--every", str(getattr(options, "every", 1)), *notes])
    try:
        told: dict[str, Any] = json.loads(taken.stdout)
    except ValueError:
        told = {
            "unharmed": (taken.stderr or "")[-2_000:] or taken.stdout[-2_000:],
            "mutants": 0,
            "lived": [],
            "harmless": {},
        }
        told |= {"killed": 0, "explained": 0, "told": []}
    holds = stood and fell and not told["unharmed"] and not told["lived"] and told["mutants"] > 0
    lines += _in_words(told)
    lines.append("Sekretessen håller." if holds else "Sekretessen är inte bevisad.")
    return Outcome(
        holds, lines, {"holds": holds, "worlds": worlds, "worlds_agree": stood, "planted_caught": fell, **told}
    )


def _in_words(told: dict[str, Any]) -> list[str]:
    if told["unharmed"]:
        return [f"FEL: redan utan ändring faller {told['unharmed']}."]
    lines = [
        f"{told['mutants']} regler togs bort eller luckrades upp, en i taget: {told['killed']} märktes, "
        f"{told['explained']} är förklarade, {len(told['lived'])} märktes inte."
    ]
    lines += [f"Förklarad: {name} ({why})." for name, why in told["harmless"].items()]
    lines += [f"FEL: ingen märkte: {name}." for name in told["lived"][:MOST_SHOWN]]
    return lines


def _python(arguments: list[str], **more: str) -> "subprocess.CompletedProcess[str]":
    """A process of its own, which starts a server of its own: never the database that is configured."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DATABASE_")}
    return subprocess.run(
        [sys.executable, *arguments], cwd=PROJECT, env={**kept, **more}, capture_output=True, text=True, check=False
    )
