"""Can anybody be worked out from what is published? An attacker with every release lays them side by side."""

import argparse
import secrets

import numpy as np

from samkraft.operations.proofs import Outcome

NAME = "disclosure"
WHAT = "det som publiceras: en angripare med 24 månaders tabeller kan inte ringa in något dolt antal på färre än fem"
NEEDS_DATABASE = False
PEOPLE, MONTHS = 2_600, 24
NARROWEST = 5.0  # what is promised, whatever the engine believes


def add_options(parser: argparse.ArgumentParser) -> None:
    """`--seed`; without one a fresh one is drawn and told."""
    parser.add_argument("--seed", type=int, metavar="S", help="frö för de påhittade personerna")


def run(options: argparse.Namespace) -> Outcome:
    """Publish month by month with running totals, attack all of it, and attack a careless release as a control."""
    from samkraft.analysis.disclosure import release, tables
    from samkraft.analysis.disclosure.tables import Table

    given = getattr(options, "seed", None)
    seed = secrets.randbelow(2**31) if given is None else given
    lot = np.random.default_rng(seed)
    months = tuple(f"{month:02d}" for month in range(1, MONTHS + 1))
    there = tables.people(
        {
            "manad": [months[place] for place in lot.integers(0, MONTHS, PEOPLE)],
            "lag": [f"lag {team}" for team in lot.integers(1, 11, PEOPLE)],
            "kon": list(lot.choice(["kvinna", "man"], PEOPLE)),
            "alder": list(lot.choice(["20–39", "40–59", "60–"], PEOPLE, p=[0.34, 0.59, 0.07])),
            "utgang": list(lot.choice(["arbete", "studier", "annat", "sjuk"], PEOPLE, p=[0.4, 0.2, 0.35, 0.05])),
        },
        sensitive=["utgang"],
        all_of={"manad": months},
    )
    each = (
        Table("utgång", ("manad", "kon", "utgang")),
        Table("lag", ("manad", "lag")),
        Table("ålder", ("manad", "alder")),
    )
    published = release.publish(there, each)
    earlier = [published]
    for last in (6, 12, 18):
        until = {"manad": months[:last]}
        earlier.append(release.publish(there, [Table(f"till {last}", ("kon", "utgang"), until)], earlier))
    found = release.audit(there, earlier[-1], earlier[:-1], enough=NARROWEST)
    narrowest = min(high - low for low, high in found.values())
    careless = release.audit(there, release.primary_only(there, each))
    pinned = sum(high - low < 1 for low, high in careless.values())
    holds = narrowest >= NARROWEST - 1e-6 and pinned > 0
    lines = [
        f"Frö {seed}: {PEOPLE} påhittade personer, {MONTHS} månader, 3 tabeller i månaden och 3 löpande.",
        f"{len(found)} dolda antal; det snävaste går att placera inom {narrowest:.0f} (minst {NARROWEST:.0f}).",
        f"Utan följddöljning hade {pinned} av {len(careless)} gått att räkna ut exakt.",
        "Ingen går att räkna ut." if holds else "Det går att räkna ut någon.",
    ]
    data = {"holds": holds, "seed": seed, "hidden": len(found), "narrowest": narrowest, "careless_pinned": pinned}
    return Outcome(holds, lines, data)
