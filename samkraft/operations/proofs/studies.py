"""Does the demo's study find what is built into it, as often as it promised? The same study with hundreds of seeds.

Each seed makes other people and another lot, by the product's own rules; the answer is the product's own. Without an effect
the study must stay silent as often as it says, or it would find things that are not there.
"""

import argparse
import secrets

import numpy as np

from samkraft.operations.proofs import Outcome

NAME = "studies"
WHAT = "studierna: demons studie finner den inbyggda effekten så ofta som den lovade, och ingen effekt där ingen finns"
NEEDS_DATABASE = False
SEEDS = 400
COVERS, REJECTS, POWER_WITHIN, MOST_WIDTH = (0.925, 0.975), (0.025, 0.075), 0.06, 1.1


def add_options(parser: argparse.ArgumentParser) -> None:
    """`--seeds` and `--seed`; without a seed a fresh one is drawn and told."""
    parser.add_argument("--seeds", type=int, default=SEEDS, metavar="N", help=f"studier ({SEEDS})")
    parser.add_argument("--seed", type=int, metavar="S", help="första fröet; ett nytt dras om inget sägs")


def run(options: argparse.Namespace) -> Outcome:
    """As many studies with the effect and as many without."""
    from samkraft.operations.world import study_people

    many = getattr(options, "seeds", SEEDS)
    given = getattr(options, "seed", None)
    first = secrets.randbelow(2**24) if given is None else given
    promised = study_people.promised().power
    found = np.array([_once(first + place, study_people.EFFECT_OF_COMING) for place in range(many)])
    silent = np.array([_once(first + many + place, 0.0) for place in range(many)])
    estimate, low, high, quantile = found.T
    covered = float(((low <= study_people.EFFECT) & (high >= study_people.EFFECT)).mean())
    power = float(((low > 0) | (high < 0)).mean())
    # The oracle knows the true spread of the answers over all these worlds; its interval has the same shape.
    width = float((high - low).mean() / (2 * quantile.mean() * estimate.std(ddof=1)))
    rejected = float(((silent[:, 1] > 0) | (silent[:, 2] < 0)).mean())
    checks = {
        "covered": COVERS[0] <= covered <= COVERS[1],
        "rejected": REJECTS[0] <= rejected <= REJECTS[1],
        "power": abs(power - promised) <= POWER_WITHIN,
        "width": width <= MOST_WIDTH,
    }
    holds = all(checks.values())
    lines = [
        f"Frö {first} och framåt, {many} studier med effekten {study_people.EFFECT:.0%} och {many} utan.",
        _line(checks["covered"], f"osäkerheten täcker den inbyggda effekten i {covered:.1%} (ska: 92,5–97,5 %)"),
        _line(checks["rejected"], f"utan effekt sägs ändå att det finns en i {rejected:.1%} (ska: 2,5–7,5 %)"),
        _line(
            checks["power"], f"effekten syns i {power:.1%}; {promised:.1%} registrerades (högst 6 procentenheter ifrån)"
        ),
        _line(checks["width"], f"osäkerheten är {width:.3f} gånger oraklets (högst 1,1)"),
        "Studien håller vad den lovade." if holds else "Studien håller inte vad den lovade.",
    ]
    data = {
        "holds": holds, "seed": first, "seeds": many, "covered": covered, "rejected": rejected, "power": power,
        "promised": promised, "width": width, "mean": float(estimate.mean()), "effect": study_people.EFFECT,
    }  # fmt: skip
    return Outcome(holds, lines, data)


def _once(seed: int, effect_of_coming: float) -> tuple[float, float, float, float]:
    """One study: its estimate, its interval, and how many standard errors the interval reaches."""
    from samkraft.knowledge.rules.studies import estimates
    from samkraft.operations.world import study_people

    people = study_people.lives(seed, effect=effect_of_coming)
    rows = study_people.rows(people, study_people.drawn_by_lot(people, seed))
    found = estimates.primary(rows, study_people.promised().outcome)
    return found.estimate, found.low, found.high, (found.high - found.low) / 2 / found.se


def _line(holds: bool, text: str) -> str:
    return f"{'  ' if holds else 'FEL'} {text}".replace(".", ",")
