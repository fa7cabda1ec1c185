"""Something that waits for those who steer and could stand on an agenda."""

from dataclasses import dataclass
from datetime import date

from samkraft.initiatives.rules.capacities import Asked
from samkraft.initiatives.rules.meetings import About


@dataclass(frozen=True, slots=True)
class Matter:
    """Something open. title, text and proposal are what the agenda would say.

    since: from which day it has waited, days: how long that is; None where there is no such day. asked: a change of
    capacity that is proposed again.
    """

    about: About
    about_id: str
    title: str
    text: str
    proposal: str
    link: str
    since: date | None = None
    asked: Asked | None = None
    days: int | None = None

    @property
    def key(self) -> str:
        """Names it in a form."""
        return f"{self.about.value}:{self.about_id}"
