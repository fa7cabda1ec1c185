"""Who stands before whom in a queue: a rule that somebody decided, from a day, with a reference to the decision."""

from collections.abc import Mapping
from datetime import date

from samkraft.offer.rules.activities import CRITERIA
from samkraft.values.refusal import Reason
from samkraft.values.wording import phrase

LAST_CLASS = 99  # whoever meets no criterion, and everybody where no rule is decided

NO_REFERENCE = Reason(
    "priority_no_reference",
    phrase("Det står inte vilket beslut turordningen vilar på."),
    phrase("Skriv vem som beslutade och när, eller ärendets nummer."),
)
UNKNOWN_CRITERION = Reason(
    "priority_unknown", phrase("Det är inget skäl som kan ge turordning."), phrase("Välj ur listan.")
)
WRONG_CLASS = Reason("priority_class", phrase("Grupper numreras från 1 till 9."), phrase("Rätta numret."))
BACK_IN_TIME = Reason(
    "priority_back_in_time",
    phrase("Turordningen kan tidigast ändras från och med i morgon."),
    phrase("Det som redan har erbjudits i dag följer den ordning som gällde."),
)
LATER_RULE = Reason(
    "priority_later_rule",
    phrase("Det finns redan en turordning från {day}."),
    phrase("Välj en dag efter den."),
)
BAD_CLOSING = Reason(
    "closing_not_understood", phrase("Stängningen har inga dagar, eller inget skäl."), phrase("Fyll i båda.")
)


def why_not_decide(classes: Mapping[str, int], start_date: date, reference: str, *, today: date) -> Reason | None:
    """None when the rule may be decided. From tomorrow at the earliest, so that one day has one order."""
    if not reference.strip():
        return NO_REFERENCE
    if any(criterion not in CRITERIA for criterion in classes):
        return UNKNOWN_CRITERION
    if any(not 1 <= number <= 9 for number in classes.values()):
        return WRONG_CLASS
    return BACK_IN_TIME if start_date <= today else None
