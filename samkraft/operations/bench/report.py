"""A bench's result in words for the terminal, and as JSON."""

import dataclasses
import os
import platform
from typing import Any

from samkraft.operations.bench.frame import Kind, Result, Row

KINDS = {Kind.PRODUCT: "produkten", Kind.PEER: "annat sätt", Kind.FLOOR: "golv"}


def in_words(result: Result) -> str:
    """The table with ratios and goal, or why nothing was timed."""
    lines = [f"{result.bench}, storlek {result.size}, {result.runs} varv"]
    lines += [f"  {name}: {value}" for name, value in result.facts.items()]
    lines += [f"  {'=' if result.agreement.holds else '≠'} {note}" for note in result.agreement.notes]
    if not result.agreement.holds:
        return "\n".join([*lines, "  Svaren stämmer inte överens. Därför mäts ingen tid."])
    width = max(len(row.name) for row in result.rows)
    head = f"  {'':<{width}}  {'':<10}  {'min':>9} {'median':>9} {'max':>9}   gånger produktens tid"
    slow = f"  Maskinen var {_number(result.slowness, 2)} gånger så långsam som vanligt."
    return "\n".join([*lines, head, *(_line(row, width) for row in result.rows), slow, f"  {_goal(result)}"])


def _line(row: Row, width: int) -> str:
    if row.median_ms is None:
        return f"  {row.name:<{width}}  {KINDS[row.kind]:<10}  saknas (absent): {row.why_absent}"
    times = " ".join(f"{_ms(value):>9}" for value in (row.min_ms, row.median_ms, row.max_ms))
    kept = "hålls" if row.is_within else "hålls INTE"
    limit = "" if row.limit_ms is None else f"   gräns {_ms(row.limit_ms)}: {kept} ({_ms(row.usual_ms)} i vanlig takt)"
    return f"  {row.name:<{width}}  {KINDS[row.kind]:<10}  {times}   {_number(row.ratio, 2)}{limit}"


def _goal(result: Result) -> str:
    if result.goal is None:
        return "Mål: var och en håller sin gräns. " + ("Nått." if result.reached else "Inte nått.")
    against = " och ".join((result.goal.against, *result.goal.also))
    goal = f"Mål: minst {_number(result.goal.ratio, 1)} gånger så snabbt som {against}"
    if result.reached is None:
        return f"{goal}. Går inte att säga: den saknas."
    return f"{goal}. {'Nått.' if result.reached else 'Inte nått.'}"


def _ms(value: float | None) -> str:
    return f"{_number(value, 1)} ms"


def _number(value: float | None, decimals: int) -> str:
    return "–" if value is None else f"{value:.{decimals}f}".replace(".", ",")


def as_json(result: Result) -> dict[str, Any]:
    """Everything, with the machine it was measured on."""
    machine = {"processors": os.cpu_count(), "python": platform.python_version(), "system": platform.machine()}
    return {**dataclasses.asdict(result), "machine": machine}
