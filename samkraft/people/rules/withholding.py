"""What is withheld from the participant's own view, from who has looked, and from the extract: with ground and decider."""

import re

from samkraft.values.refusal import Reason
from samkraft.values.wording import phrase

# The grounds that come up most, in the public access to information and secrecy act (2009:400).
GROUNDS = {
    phrase("OSL 25 kap. 6 §"): phrase(
        "Hälso- och sjukvård: ändamålet med vården skulle motverkas om personen fick veta det."
    ),
    phrase("OSL 25 kap. 7 §"): phrase(
        "Hälso- och sjukvård: någon som har lämnat uppgiften riskerar våld eller annat allvarligt."
    ),
    phrase("OSL 26 kap. 5 §"): phrase("Socialtjänst: någon som har anmält något riskerar våld eller annat allvarligt."),
    phrase("OSL 32 kap. 5 §"): phrase("Vårdnad: uppgiften gäller ett barn som riskerar att fara illa."),
}

NO_GROUND = Reason(
    "withheld_without_ground",
    phrase("Det står inte i vilken lag det finns stöd för att inte visa uppgiften för personen."),
    phrase("Skriv paragrafen, till exempel OSL 26 kap. 5 §, eller låt uppgiften synas."),
)
NOBODY_DECIDED = Reason(
    "withheld_by_nobody",
    phrase("Det står inte vem som har beslutat att uppgiften inte ska visas."),
    phrase("Skriv namn och befattning."),
)
NOT_WITHHELD = Reason(
    "not_withheld",
    phrase("Uppgiften visas redan för personen."),
    phrase("Du behöver inte göra något."),
)

# What is never written here, and where it belongs. The pages where somebody might try say it.
NEVER_HERE = {
    phrase("Orosanmälan"): phrase("Görs hos socialtjänstens mottagning, aldrig här."),
    phrase("Misstanke om felaktiga utbetalningar"): phrase("Anmäls till den myndighet som betalar, aldrig här."),
    phrase("Vårdens journalanteckningar"): phrase("Hör hemma i journalen. Här står bara det som planen behöver."),
}


def why_not(ground: str, decided_by: str) -> Reason | None:
    """None when something may be withheld: the ground names a section of a law, and somebody has decided it."""
    if not re.search(r"\d+ kap\. \d+ ?[a-z]? ?§", ground):
        return NO_GROUND
    return None if decided_by.strip() else NOBODY_DECIDED
