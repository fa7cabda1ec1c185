"""What the parts of the joint project's steering share while it is made: who leads, when it began, which day it is."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from samkraft.initiatives.rules.meetings import BoardKind
from samkraft.operations.world.teams import month
from samkraft.values.context import Context
from samkraft.values.period import STOCKHOLM

FRIDAY = 4


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
    seats: dict[tuple[BoardKind, str], UUID]

    def there(self, kind: BoardKind, *, but: str = "") -> list[UUID]:
        """The seats of everybody who came to a meeting: all but one, where one is named."""
        return [seat for (board, who), seat in self.seats.items() if board is kind and who != but]

    def at(self, months: int, day: int = 10, hour: int = 9) -> datetime:
        """An hour of a working day so many months after the start; a day off becomes the Monday after."""
        asked = month(self.start, months) + timedelta(days=day - 1)
        off = 7 - asked.weekday() if asked.weekday() > FRIDAY else 0
        return datetime.combine(asked + timedelta(days=off), time(hour), STOCKHOLM)
