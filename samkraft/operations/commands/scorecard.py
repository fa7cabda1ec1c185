"""`samkraft scorecard`: an initiative's goals and figures, from the last snapshot. Only what may be shown."""

import argparse
import json
from typing import Any

from samkraft.operations import command

NONE = "Det finns ingen insats med ögonblicksbilder. Ett jobb tar den första när en månad är över."
UNKNOWN = "Insatsen {code} har inga ögonblicksbilder. De som har: {known}."


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe the command."""
    parser = subparsers.add_parser(
        "scorecard",
        help="visa en insats styrkort ur den senaste ögonblicksbilden",
        description="Mål, värden och intervall för varje indikator, ur den senaste ögonblicksbilden. Färre än fem visas "
        "aldrig. Slutkod 1 om något mål ligger efter, 2 om insatsen inte finns.",
    )
    parser.add_argument("initiative", nargs="?", default="", metavar="INSATS", help="kortnamn (den största annars)")
    parser.add_argument("--json", action="store_true", help="skriv som data")
    parser.set_defaults(func=run)


def run(options: argparse.Namespace) -> int:
    """Print the scorecard as the clock may know it."""
    command.set_up()
    from samkraft.audit.actions import transactions
    from samkraft.knowledge.queries import scorecards
    from samkraft.knowledge.rules.scorecards import Standing
    from samkraft.operations.clock import CLOCK

    with transactions.read(CLOCK):
        known = scorecards.with_figures()
        chosen = next((one for one in known if options.initiative in ("", one.code)), None)
        if chosen is None:
            print(
                UNKNOWN.format(code=options.initiative, known=", ".join(one.code for one in known)) if known else NONE
            )
            return command.BAD_USE
        card = scorecards.scorecard(chosen.id)
    lines = [_line(one) for one in (*card.lines, *card.others) if one.indicator]
    behind = any(one.standing is Standing.BEHIND for one in card.lines)
    assert card.snapshot is not None
    if options.json:
        told = {"initiative": chosen.code, "day": card.snapshot.day.isoformat(), "digest": card.snapshot.digest}
        print(json.dumps({**told, "lines": lines}, ensure_ascii=False, indent=1))
    else:
        _print(chosen.name, card.snapshot.day.isoformat(), lines)
    return command.FOUND_WRONG if behind else command.FINE


def _line(one: Any) -> dict[str, Any]:
    figure = one.figure
    return {
        "item": one.item.text,
        "indicator": one.indicator.code,
        "kind": one.indicator.kind.value,
        "value": one.value,
        "n": figure.n if figure else None,
        "of": figure.of if figure else None,
        "low": figure.low if figure else None,
        "high": figure.high if figure else None,
        "target": one.item.target,
        "target_kind": one.item.target_kind.value,
        "expected": one.expected,
        "standing": one.standing.value,
    }


def _print(name: str, day: str, lines: list[dict[str, Any]]) -> None:
    print(f"{name}, uppgifter till och med {day}")
    for one in lines:
        value = "visas inte" if one["value"] is None else _said(one["kind"], one["value"])
        beside = f" ({one['n']} av {one['of']})" if one["kind"] == "share" and one["value"] is not None else ""
        kind = "share" if one["target_kind"] == "share" else "count"
        target = f", mål {_said(kind, one['target'])}" if one["target"] is not None else ""
        print(f"  {one['item']}: {value}{beside}{target}")


def _said(kind: str, value: float) -> str:
    if kind == "share":
        return f"{100 * value:.0f} %"
    return f"{value:.0f} dagar" if kind == "median" else f"{value:.0f}"
