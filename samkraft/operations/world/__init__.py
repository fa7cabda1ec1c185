"""The demo's invented city: real bodies and figures, invented people. Loaded when the database is empty.

Start in `partners`: who there is. Then come the initiatives and the money, each in its own module. Everything is built
through the same actions as in the pages, by the people who would have done it.
"""

import importlib
import importlib.util
from collections.abc import Callable

PARTS = ("partners", "initiatives", "money", "eu_project", "year_wheel", "reports", "grants", "teams")
PEOPLE = (
    "participants",
    "places",
    "allotments",
    "summer",
    "employers",
    "months",
    "steering",
    "results",
    "coming",
    "costs",
    "studies",
)  # who the city is for; these also write as the owner


def load(*, progress: Callable[[str], None], parts: tuple[str, ...] = PARTS) -> bool:
    """Load every part that is not there yet; the same again changes nothing. Returns whether anything was loaded."""
    loaded = False
    for name in parts:
        full_name = f"{__name__}.{name}"
        if importlib.util.find_spec(full_name) is None:
            continue
        part = importlib.import_module(full_name)
        if part.is_loaded():
            continue
        progress(f"Lägger in {part.WHAT} …")
        part.load()
        loaded = True
    return loaded
