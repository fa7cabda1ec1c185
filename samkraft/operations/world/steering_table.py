"""What the parts of the joint project's steering share while it is made: who leads, when it began, which day it is."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from samkraft.initiatives.rules.meetings import BoardKind
from samkraft.operations.world.teams import month
from samkraft.values.context import Context
from samkraft.values.period import STOCKHOLM


@dataclass
class Table:
    """Where it all happens: who leads, when the project began, and which day it is."""

    leader: Context
    chair: Context
    finsam: Context
    code: str
    initiative_id: UUID
    start: date
    today: date
    bodies: dict[str, UUID]
    boards: dict[BoardKind, UUID]

    def at(self, months: int, day: int = 10, hour: int = 9) -> datetime:
        """An hour of a day so many months after the start."""
        return datetime.combine(month(self.start, months) + timedelta(days=day - 1), time(hour), STOCKHOLM)
