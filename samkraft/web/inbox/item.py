"""What the inbox holds: one thing that waits for the reader."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that waits for the reader. Words are already in the reader's language.

    `why` says what makes it theirs. `due_date` is when it should be done, `since_date` since when it waits; either may be
    missing. `group` is what the reader can narrow to. `person_id` names the participant it is about, for the trail.
    `can_wait`: nobody waits for it, so it comes after what somebody waits for.
    """

    what: str
    why: str
    url: str
    group: str
    due_date: date | None = None
    since_date: date | None = None
    person_id: str = ""
    can_wait: bool = False

    def is_late(self, today: date) -> bool:
        """Whether it should have been done."""
        return self.due_date is not None and self.due_date < today
