"""Do the intervals of `samkraft effects` cover the truth as often as they say? Thousands of made-up studies, a fresh seed."""

import argparse
import secrets
from dataclasses import asdict
from typing import TYPE_CHECKING

from samkraft.operations.proofs import Outcome

if TYPE_CHECKING:  # types only: the engine is heavy and imported when the proof runs
    from samkraft.analysis.effects.coverage import Found

NAME = "effects"
WHAT = (
    "effekterna: osäkerheten täcker det sanna värdet i 94–96 % av tusentals påhittade studier, och fel metod avslöjas"
)
NEEDS_DATABASE = False
DRAWS = 5_000
# With 5 000 draws even a perfect method falls outside the limits once in eight hundred times, and there are fifteen: who
# falls outside is drawn anew with so many times more, and that is what counts.
MORE = 4


def add_options(parser: argparse.ArgumentParser) -> None:
    """`--draws` and `--seed`; without a seed a fresh one is drawn and told."""
    parser.add_argument("--draws", type=int, default=DRAWS, metavar="N", help=f"studier per upplägg ({DRAWS})")
    parser.add_argument("--seed", type=int, metavar="S", help="frö; ett nytt dras om inget sägs")


def run(options: argparse.Namespace) -> Outcome:
    """Every design and every negative control, and the attack on what is published."""
    from samkraft.analysis.effects import coverage

    draws = getattr(options, "draws", DRAWS)
    given = getattr(options, "seed", None)
    seed = secrets.randbelow(2**31) if given is None else given
    lines = [f"Frö {seed}, {draws} studier per upplägg."]
    found = list["Found"]()
    for design in (*coverage.DESIGNS, coverage.WILD):
        one = coverage.study(design, draws, seed)
        lines.append(_line(one))
        if not one.holds and not one.is_control:
            one = coverage.study(design, MORE * draws, seed + 1)
            lines.append(_line(one))
        found.append(one)
    holds = all(one.holds for one in found)
    lines.append("Osäkerheten håller." if holds else "Osäkerheten håller inte.")
    return Outcome(
        holds, lines, {"holds": holds, "seed": seed, "designs": [{**asdict(one), "holds": one.holds} for one in found]}
    )


def _line(one: "Found") -> str:
    told = (
        f"täcker {one.covered:.1%}, skevhet {one.bias:+.3f} standardavvikelser, bredd {one.width:.3f} gånger oraklets"
    )
    aim = f"ska täcka under {0.9:.0%}" if one.is_control else "94–96 %"
    return f"{'  ' if one.holds else 'FEL'} {one.name}: {told} ({aim}; {one.draws} studier)".replace(".", ",")
