"""What the offer has of an activity, as a forecast counts on it."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class ActivityPlan:
    """An activity as the offer has it. places: at the same time in mean; days: how long an occasion lasts in mean."""

    id: UUID
    code: str
    name: str
    places: float
    occasions: int
    days: float | None
    usual_days: int | None
