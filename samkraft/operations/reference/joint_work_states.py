"""States of the joint work with a person: the table of moves, and a diagram of each kind."""

from samkraft.partners.rules import roles
from samkraft.partners.rules.roles import ROLES, Role
from samkraft.people.rules import states
from samkraft.people.rules.states import NEW, Kind, Who

PATH = "joint-work-states.md"


def text() -> str:
    """The page."""
    lines = ["# Det gemensamma arbetet: lägen och vad som får hända", ""]
    lines += [
        "En tabell styr både åtgärder och sidor. Läget sparas aldrig för sig: det står i uppgiftens senaste version.",
        "",
    ]
    for kind in Kind:
        lines += ["", f"## {states.NAMES[kind]} (`{kind.value}`)", "", *_diagram(kind), "", *_table(kind)]
    return "\n".join(lines)


def _diagram(kind: Kind) -> list[str]:
    lines = ["```mermaid", "stateDiagram-v2"]
    lines += [f'    state "{name}" as {state}' for (one, state), name in states.STATE_NAMES.items() if one is kind]
    for move in (one for one in states.MOVES if one.kind is kind):
        lines.append(f"    {'[*]' if move.before == NEW else move.before} --> {move.after}: {move.words}")
    return [*lines, "```"]


def _table(kind: Kind) -> list[str]:
    lines = ["| Från | Till | Knapp | Vem | Roller | Skäl krävs |", "|---|---|---|---|---|---|"]
    for move in (one for one in states.MOVES if one.kind is kind):
        before = "nytt" if move.before == NEW else states.STATE_NAMES[kind, move.before]
        who = states.WHO_NAMES[Who(move.who)]
        allowed = ", ".join(ROLES[role].name for role in Role if roles.may(role, move.permission))
        reason = "ja" if move.needs_reason else "nej"
        after = states.STATE_NAMES[kind, move.after]
        lines.append(f"| {before} | {after} | {move.words} | {who} | {allowed} | {reason} |")
    return lines
