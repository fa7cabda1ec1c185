"""Scenarios that people save, and forecasts that are kept: what may be refused, and the digest that guards them."""

import hashlib
import json
import zlib
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from samkraft.values.refusal import Reason
from samkraft.values.wording import phrase

LONGEST_NAME, LONGEST_TEXT = 120, 2_000
FIRST = "0" * 64

NAMELESS = Reason("scenario_nameless", phrase("Scenariot har inget namn."), phrase("Skriv ett namn som andra förstår."))
TOO_LONG = Reason(
    "scenario_text_too_long", phrase("{what} är längre än {most} tecken."), phrase("Korta texten och spara igen.")
)
EMPTY_COMMENT = Reason("scenario_comment_empty", phrase("Kommentaren är tom."), phrase("Skriv något först."))
UNKNOWN = Reason("scenario_unknown", phrase("Scenariot finns inte."), phrase("Gå tillbaka till listan."))
STALE = Reason(
    "scenario_stale",
    phrase("{who} sparade en ny version medan du skrev. Det du skrev står kvar här."),
    phrase("Läs den nya versionen nedanför, och spara igen eller spara ditt som ett eget scenario."),
)
WITHDRAWN = Reason(
    "scenario_withdrawn", phrase("Scenariot är tillbakadraget."), phrase("Spara ditt som ett eget scenario.")
)
NO_SNAPSHOT = Reason(
    "forecast_without_snapshot",
    phrase("Det finns ingen ögonblicksbild att utgå från: ingen månad av insatsen är över."),
    phrase("Den första tas natten efter månadens sista dag."),
)
ONE_SNAPSHOT = Reason(
    "backtest_without_earlier",
    phrase("Det finns ingen tidigare ögonblicksbild att göra om en prognos från."),
    phrase("Vänta tills två månader är över."),
)
NOT_SAME_LUCK = Reason(
    "forecasts_not_comparable",
    phrase("Prognoserna går inte att jämföra: {why}."),
    phrase("Räkna om båda från samma ögonblicksbild, med lika många repetitioner."),
)
OTHER_SNAPSHOT = phrase("de utgår från olika ögonblicksbilder")
OTHER_NUMBER = phrase("de har olika många repetitioner")
OTHER_METHOD = phrase("de är räknade på olika sätt eller med olika antaganden")
SAME = phrase("det är samma prognos")
BAD_NUMBERS = Reason(
    "assumptions_impossible",
    phrase("{what} kan inte vara fler än {of}."),
    phrase("Kontrollera talen mot källan."),
)
NO_SOURCE = Reason(
    "assumptions_without_source", phrase("Antagandena har ingen källa."), phrase("Skriv varifrån talen kommer.")
)
HALF = Reason(
    "assumptions_half",
    phrase("Båda talen behövs, eller inget av dem: {what}."),
    phrase("Fyll i det som saknas, eller lämna båda tomma."),
)
OUTSIDE = Reason("assumptions_outside", phrase("{what} ska vara mellan {least} och {most}."))


def seed_of(initiative_id: UUID, run: int) -> int:
    """The same luck for all that is worked out of one snapshot, so that scenarios can be held against each other."""
    return zlib.crc32(f"{initiative_id} {run}".encode())


def digest(content: Mapping[str, Any]) -> str:
    """SHA-256 of the content in one fixed form."""
    written = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()
