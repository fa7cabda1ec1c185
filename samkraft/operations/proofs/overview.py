"""Does every row of the caseload board say what the area's own contributions say, and nothing else?"""

import argparse
from dataclasses import asdict

from samkraft.operations.proofs import Outcome

NAME = "overview"
WHAT = "ärendelistans rader: räknade på nytt ur det som varje myndighet själv har, och jämförda"
MOST_SHOWN = 20
WORDS = {"missing": "saknas", "one_too_many": "är en för mycket", "different": "säger något annat"}


def add_options(parser: argparse.ArgumentParser) -> None:
    """There are none."""


def run(options: argparse.Namespace) -> Outcome:
    """Check every row, as the owner. What is found is told by ids, never by name."""
    from samkraft.people.queries import overview_proof

    found = overview_proof.check()
    lines = [f"{found.persons} personer, {found.rows} rader."]
    for one in found.findings[:MOST_SHOWN]:
        columns = f": {', '.join(one.columns)}" if one.columns else ""
        lines.append(f"FEL: raden för inskrivning {one.enrolment_id} i {one.area_id} {WORDS[one.what]}{columns}.")
    if len(found.findings) > MOST_SHOWN:
        lines.append(f"… och {len(found.findings) - MOST_SHOWN} fel till. Visa alla med --json.")
    lines.append("Raderna stämmer." if found.holds else "Raderna stämmer inte.")
    data = {
        "holds": found.holds,
        "persons": found.persons,
        "rows": found.rows,
        "findings": [{name: str(value) for name, value in asdict(one).items()} for one in found.findings],
    }
    return Outcome(found.holds, lines, data)
