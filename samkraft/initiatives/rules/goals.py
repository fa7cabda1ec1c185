"""Kinds of goals, from the council's down to what an activity shall give, and what keeps them a tree."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from samkraft.values.refusal import Reason
from samkraft.values.wording import phrase

Key = TypeVar("Key")


class GoalKind(StrEnum):
    """Who has set the goal, which also tells where in the tree it stands."""

    COUNCIL = "council"
    AGREEMENT = "agreement"
    FINANCIER = "financier"
    INITIATIVE = "initiative"
    ACTIVITY = "activity"


LABELS = {
    GoalKind.COUNCIL: phrase("Kommunfullmäktiges mål"),
    GoalKind.AGREEMENT: phrase("Mål i överenskommelse"),
    GoalKind.FINANCIER: phrase("Finansiärens mål"),
    GoalKind.INITIATIVE: phrase("Insatsens mål"),
    GoalKind.ACTIVITY: phrase("Aktivitetens mål"),
}

# Goals that nobody else's goal stands above.
ROOTS = frozenset({GoalKind.COUNCIL, GoalKind.AGREEMENT, GoalKind.FINANCIER})

CIRCLE = Reason(
    "goal_circle",
    phrase("Målet ”{goal}” kan inte ligga under ”{parent}”, eftersom det målet redan ligger under det."),
    phrase("Välj ett mål högre upp i trädet, eller flytta det andra målet först."),
)
OWN_PARENT = Reason(
    "goal_own_parent",
    phrase("Ett mål kan inte ligga under sig självt."),
    phrase("Välj ett annat mål, eller lämna fältet tomt."),
)
ROOT_UNDER = Reason(
    "goal_root_under_another",
    phrase("{kind} ligger alltid överst i trädet."),
    phrase("Lämna fältet ”Ligger under” tomt, eller välj en annan sorts mål."),
)
NO_TEXT = Reason("goal_without_text", phrase("Målet saknar text."), phrase("Skriv målet som det är beslutat."))
CODE_TAKEN = Reason(
    "code_taken",
    phrase("Det finns redan något med kortnamnet ”{code}”."),
    phrase("Välj ett annat kortnamn, eller ändra det som finns."),
)
CHANGED_MEANWHILE = Reason(
    "changed_meanwhile",
    phrase("Någon annan har ändrat samma uppgifter sedan du öppnade sidan."),
    phrase("Jämför med det som nu gäller, som visas ovanför. Det du skrev står kvar. Spara igen om det ska gälla."),
)


def why_not_under(kind: GoalKind, goal: Key, parent: Key | None, parents: Mapping[Key, Key | None]) -> Reason | None:
    """None when the goal may stand under the parent, else why not.

    `parents` tells each goal's parent as it is before the change. Walking up from the new parent may never meet the
    goal itself; a walk that does not end within as many steps as there are goals has met an old circle.
    """
    if parent is None:
        return None
    if kind in ROOTS:
        return ROOT_UNDER
    if parent == goal:
        return OWN_PARENT
    above: Key | None = parent
    for _step in range(len(parents) + 1):
        if above is None:
            return None
        if above == goal:
            return CIRCLE
        above = parents.get(above)
    return CIRCLE
