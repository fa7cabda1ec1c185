"""Is the ledger as it was written, and does it say what was decided?"""

import argparse
from dataclasses import asdict

from samkraft.operations.proofs import Outcome

NAME = "ledger"
WHAT = "huvudboken: saldon, överdrag, nummer, vändningar, och att bara det beslutade är bokfört"
MOST_SHOWN = 20


def add_options(parser: argparse.ArgumentParser) -> None:
    """There are none."""


def run(options: argparse.Namespace) -> Outcome:
    """Check the whole ledger, as the owner: the trail about vouchers must be seen whole."""
    from samkraft.money.queries import proof

    found = proof.check()
    lines = [f"{found.accounts} konton, {found.vouchers} verifikat, {found.transfers} överföringar."]
    if found.untold:
        lines.append(
            f"{found.untold} verifikat har en gallrad händelse: deras kontrollvärde jämfördes bara med innehållet."
        )
    lines += [f"FEL: {one.check}: {one.subject}: {one.words}." for one in found.findings[:MOST_SHOWN]]
    if len(found.findings) > MOST_SHOWN:
        lines.append(f"… och {len(found.findings) - MOST_SHOWN} fel till. Visa alla med --json.")
    lines.append("Boken stämmer." if found.holds else "Boken stämmer inte.")
    data = {
        "holds": found.holds,
        "accounts": found.accounts,
        "vouchers": found.vouchers,
        "transfers": found.transfers,
        "untold": found.untold,
        "findings": [asdict(one) for one in found.findings],
    }
    return Outcome(found.holds, lines, data)
