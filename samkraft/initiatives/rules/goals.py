"""Kinds of goals, from the council's down to what an activity shall give."""

from enum import StrEnum

from samkraft.values.wording import phrase


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
