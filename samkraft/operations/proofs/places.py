"""Was every place ever offered to the next in line, held by one at a time, and is what is kept what the events say?"""

import argparse

from samkraft.operations.proofs import Outcome

NAME = "places"
WHAT = "platser och köer: varje erbjudande gjort om ur händelserna, utan databasens egna regler"
MOST_SHOWN = 20
WORDS = {
    "passed_silently": "förbigången utan skäl",
    "held_twice": "platsen hölls av två",
    "two_places": "två platser i samma aktivitet",
    "state_differs": "läget stämmer inte med händelserna",
}


def add_options(parser: argparse.ArgumentParser) -> None:
    """There are none."""


def run(options: argparse.Namespace) -> Outcome:
    """Go through every activity, as the owner. What is found is told by ids, never by name."""
    from samkraft.people.queries.places import place_proof

    found = place_proof.check()
    lines = [f"{found.activities} aktiviteter, {found.entries} i köer, {found.offers} erbjudanden."]
    for one in found.findings[:MOST_SHOWN]:
        beside = f" (bredvid {one.other})" if one.other else ""
        lines.append(f"FEL: {one.entry_id}: {WORDS[one.fault]}{beside}.")
    if len(found.findings) > MOST_SHOWN:
        lines.append(f"… och {len(found.findings) - MOST_SHOWN} fel till. Visa alla med --json.")
    lines.append("Köerna stämmer." if found.holds else "Köerna stämmer inte.")
    data = {
        "holds": found.holds,
        "activities": found.activities,
        "entries": found.entries,
        "offers": found.offers,
        "findings": [
            {"fault": one.fault.value, "entry": str(one.entry_id), "other": str(one.other or "")}
            for one in found.findings
        ],
    }
    return Outcome(found.holds, lines, data)
