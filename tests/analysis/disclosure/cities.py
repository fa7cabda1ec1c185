"""An invented programme's people for the tests of disclosure: two years of exits in ten teams."""

import numpy as np

from samkraft.analysis.disclosure import tables
from samkraft.analysis.disclosure.tables import People, Table

MONTHS = tuple(f"{month:02d}" for month in range(1, 25))
EXITS = ("arbete", "studier", "annat", "sjukersättning")
TABLES = (
    Table("utgång", ("manad", "kon", "utgang")),
    Table("lag", ("manad", "lag")),
    Table("ålder", ("manad", "alder")),
)


def programme(n: int = 2600, seed: int = 4) -> People:
    """n people who left in one of 24 months."""
    lot = np.random.default_rng(seed)
    return tables.people(
        {
            "manad": [MONTHS[place] for place in lot.integers(0, 24, n)],
            "lag": [f"lag {team}" for team in lot.integers(1, 11, n)],
            "kon": list(lot.choice(["kvinna", "man"], n)),
            "alder": list(lot.choice(["20–39", "40–59", "60–"], n, p=[0.34, 0.59, 0.07])),
            "utgang": list(lot.choice(EXITS, n, p=[0.4, 0.2, 0.35, 0.05])),
        },
        sensitive=["utgang"],
        all_of={"manad": MONTHS, "utgang": EXITS},
    )
