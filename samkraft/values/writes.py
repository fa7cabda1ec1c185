"""What the serving database role may do to the rows of a table. Each model declares one; the grants follow from it."""

from enum import Enum


class Writes(Enum):
    """The value lists the SQL privileges beside SELECT."""

    UNSEEN = None  # not even read: only the database's own functions touch it
    NOTHING = ""  # reference data and rows that only a database function may write
    APPEND = "INSERT"  # history: never changed, never removed
    CHANGE = "INSERT UPDATE"  # may change, never removed
    FREE = "INSERT UPDATE DELETE"  # drafts, sessions and the like

    @property
    def privileges(self) -> tuple[str, ...]:
        """All privileges, reading among them."""
        return () if self.value is None else ("SELECT", *self.value.split())
