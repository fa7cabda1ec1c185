"""What SUS asks for when somebody comes in or leaves, in its own terms, to be entered there by hand.

Without the person's consent to SUS (form 9443), or with protected identity, somebody is an anonymous participant: sex and the
budget year of the start, and nothing else. A new consent is asked for each effort.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from samkraft.people.rules.contents.following import Direction, Schooling, SusSheet
from samkraft.values.wording import phrase


class Lack(StrEnum):
    """What is missing before it can be entered."""

    NO_SHEET = "no_sheet"
    NO_CONSENT_SENT = "no_consent_sent"
    NO_INCOME = "no_income"
    NO_SCHOOLING = "no_schooling"
    NO_OCCUPATION = "no_occupation"
    NO_TIME = "no_time"
    NO_REASON = "no_reason"


LACKS = {
    Lack.NO_SHEET: phrase("inget underlag än"),
    Lack.NO_CONSENT_SENT: phrase("samtycket är inte skickat till Försäkringskassan"),
    Lack.NO_INCOME: phrase("försörjning saknas"),
    Lack.NO_SCHOOLING: phrase("utbildningsnivå saknas"),
    Lack.NO_OCCUPATION: phrase("sysselsättning saknas"),
    Lack.NO_TIME: phrase("tid med offentlig försörjning saknas"),
    Lack.NO_REASON: phrase("varför personen slutar saknas"),
}
HEADS = (
    phrase("Riktning"), phrase("Dag"), phrase("Anonym"), phrase("Namn"), phrase("Kön"), phrase("Budgetår"),
    phrase("Folkbokföringskommun"), phrase("Försörjning veckan före"), phrase("Tid med offentlig försörjning, månader"),
    phrase("Utbildningsnivå"), phrase("Sysselsättning veckan före"), phrase("Omfattning i procent av 40 timmar"),
    phrase("Inskriven på Arbetsförmedlingen"), phrase("I ett arbetsmarknadspolitiskt program"), phrase("Varför personen slutar"),
    phrase("Saknas"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody who came in or left in the month. `sheet` None: nothing is written. `noted`: the level of education as the
    reader's area has it elsewhere, which stands where the sheet says nothing."""

    person_id: UUID
    name: str
    sex: str
    direction: Direction
    on: date
    started_on: date
    is_protected: bool
    sheet: SusSheet | None
    noted: Schooling | None = None

    @property
    def schooling(self) -> Schooling | None:
        """The level that SUS is told: the sheet's own, else the one that is noted; nothing of who is anonymous."""
        if self.sheet is None or self.is_anonymous:
            return None
        return self.sheet.schooling or self.noted

    @property
    def is_anonymous(self) -> bool:
        """Whether SUS is told nothing but sex and year."""
        return self.is_protected or (self.sheet is not None and not self.sheet.has_consent)

    @property
    def lacks(self) -> list[Lack]:
        """What has to be filled in first."""
        if self.sheet is None:
            return [] if self.is_protected else [Lack.NO_SHEET]
        if self.is_anonymous:
            return []
        found = []
        is_entry = self.direction is Direction.ENTRY
        for lack, is_missing in (
            (Lack.NO_CONSENT_SENT, is_entry and self.sheet.consent_sent_on is None),
            (Lack.NO_INCOME, not self.sheet.supports),
            (Lack.NO_TIME, is_entry and self.sheet.support_months is None),
            (Lack.NO_SCHOOLING, is_entry and self.schooling is None),
            (Lack.NO_OCCUPATION, not self.sheet.busy),
            (Lack.NO_REASON, not is_entry and self.sheet.leaving is None),
        ):
            if is_missing:
                found.append(lack)
        return found


def stands(known: Mapping[str, Any] | None, direction: Direction, on: date) -> dict[str, Any]:
    """What a form begins with: what was written, else the day."""
    return dict(known) if known else {"direction": direction.value, "on": on.isoformat()}
