"""What a decision may change of an initiative's capacity: a team opens, a team closes, a team gets more or fewer places."""

from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase


class Change(StrEnum):
    """What happens to a team."""

    OPEN = "open"
    CLOSE = "close"
    PLACES = "places"


CHANGE_NAMES = {
    Change.OPEN: phrase("Öppna ett team"),
    Change.CLOSE: phrase("Stäng ett team"),
    Change.PLACES: phrase("Ändra antalet platser i ett team"),
}

WITHOUT_TEAM = Reason(
    "capacity_without_team", phrase("Det står inte vilket team det gäller."), phrase("Välj ett team.")
)
WITHOUT_PLACES = Reason(
    "capacity_without_places", phrase("Antalet platser måste vara minst 1."), phrase("Skriv hur många teamet ska ha.")
)
WITHOUT_NAME = Reason("capacity_without_name", phrase("Det nya teamet saknar namn."), phrase("Skriv vad det ska heta."))
NOT_DECIDED = Reason(
    "capacity_not_decided",
    phrase("Beslutet {number} säger inte ja till någon ändring av team eller platser."),
    phrase("Ta upp ändringen i styrgruppen."),
)
NOT_ADJUSTED = Reason(
    "capacity_not_adjusted",
    phrase("Protokollet med beslutet {number} är inte justerat än."),
    phrase("Ändringen kan göras när någon annan i gruppen har justerat det."),
)
DONE_ALREADY = Reason(
    "capacity_done_already",
    phrase("Ändringen enligt {number} är redan gjord, av {who} {when}."),
    phrase("Ett beslut genomförs en gång."),
)
SAME_PLACES = Reason(
    "capacity_same_places", phrase("{team} har redan {places} platser."), phrase("Ta upp frågan i styrgruppen igen.")
)
TEAM_ENDS_BEFORE = Reason(
    "capacity_team_ends_before",
    phrase("{team} slutar redan {end}."),
    phrase("Ta upp frågan i styrgruppen igen."),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """One change as it is proposed or decided. from_date: the first day, or for a closing the team's last."""

    change: Change
    from_date: date
    team_id: UUID | None = None
    name: str = ""
    places: int | None = None


def why_not(asked: Asked) -> Refused | None:
    """None when it says all that is needed to carry it out."""
    if asked.change is not Change.OPEN and asked.team_id is None:
        return Refused(WITHOUT_TEAM)
    if asked.change is Change.OPEN and not asked.name.strip():
        return Refused(WITHOUT_NAME)
    if asked.change is not Change.CLOSE and (asked.places is None or asked.places < 1):
        return Refused(WITHOUT_PLACES)
    return None


def as_json(asked: Asked | None) -> dict[str, Any]:
    """As it is kept."""
    if asked is None:
        return {}
    return {key: None if value is None else str(value) for key, value in asdict(asked).items()}


def from_json(kept: dict[str, Any]) -> Asked | None:
    """As it was; None where nothing is proposed."""
    if not kept:
        return None
    return Asked(
        Change(kept["change"]),
        date.fromisoformat(kept["from_date"]),
        UUID(kept["team_id"]) if kept["team_id"] else None,
        kept["name"],
        int(kept["places"]) if kept["places"] else None,
    )
