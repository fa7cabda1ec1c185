"""Is the trail as it was written? Every digest and the whole chain are worked out anew, outside the database."""

import argparse
from dataclasses import asdict
from typing import Any

from samkraft.operations.proofs import Outcome

NAME = "audit"
WHAT = "händelseloggen: ändrade, borttagna och inskjutna rader, och vad som är gallrat med vilket beslut"
MOST_SHOWN = 20


def add_options(parser: argparse.ArgumentParser) -> None:
    """`--noted 12:ab34…` compares with a seal that was written down outside the database."""
    parser.add_argument(
        "--noted",
        metavar="NUMMER:KEDJEVÄRDE",
        type=_noted,
        help="en försegling som antecknats utanför databasen; avslöjar om slutet av kedjan är avkapat",
    )


def run(options: argparse.Namespace) -> Outcome:
    """Check the whole trail, as the owner: nobody else sees all of it."""
    from samkraft.audit.queries import proof

    found = proof.check(noted=getattr(options, "noted", None))
    lines = [f"{found.seals} förseglingar med {found.events} händelser; {found.unsealed} händelser väntar på nästa."]
    lines += [f"Gallrat: {one.count} händelser enligt {one.decision}, av {one.thinned_by}." for one in found.thinned]
    lines += [f"FEL: försegling {one.seal}: {one.words} ({one.subject})." for one in found.findings[:MOST_SHOWN]]
    if len(found.findings) > MOST_SHOWN:
        lines.append(f"… och {len(found.findings) - MOST_SHOWN} fel till. Visa alla med --json.")
    if found.seals:
        lines.append(f"Kedjan slutar med {found.seals}:{found.last_chain}. Anteckna det någon annanstans.")
    lines.append("Loggen är som den skrevs." if found.holds else "Loggen är inte som den skrevs.")
    data: dict[str, Any] = {
        "holds": found.holds,
        "seals": found.seals,
        "events": found.events,
        "unsealed": found.unsealed,
        "last_chain": found.last_chain,
        "thinned": [asdict(one) for one in found.thinned],
        "findings": [{**asdict(one), "fault": one.fault.value} for one in found.findings],
    }
    return Outcome(found.holds, lines, data)


def _noted(text: str) -> tuple[int, str]:
    number, _colon, chain = text.partition(":")
    if not number.isdigit() or len(chain) != 64:
        raise argparse.ArgumentTypeError("skriv förseglingens nummer, kolon och kedjevärdet (64 tecken)")
    return int(number), chain
