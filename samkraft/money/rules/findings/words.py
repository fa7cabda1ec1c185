"""A sentence with named places, kept apart from its details so that it can be said in another language later."""

import json
from dataclasses import dataclass, field

from samkraft.values.wording import phrase

WHOLE = phrase("{words}")


@dataclass(frozen=True, slots=True)
class Said:
    """A Swedish template and what fills it."""

    template: str
    details: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.template.format(**self.details)

    def stored(self, longest: int | None = None) -> str:
        """The form in which it is kept: template and details together, or the plain sentence where there is no room."""
        kept = json.dumps({"text": self.template, **self.details}, ensure_ascii=False)
        return kept if longest is None or len(kept) <= longest else str(self)[:longest]


def say(template: str, **details: object) -> Said:
    """A sentence to be stored. Details are words, figures and days, as text."""
    return Said(template, {name: str(value) for name, value in details.items()})


def read(stored: str) -> Said:
    """What `stored` wrote, or plain words that a person has typed."""
    if stored.startswith('{"text": '):
        try:
            details = json.loads(stored)
        except ValueError:
            return Said(WHOLE, {"words": stored})
        if isinstance(details, dict) and all(isinstance(value, str) for value in details.values()):
            return Said(details.pop("text"), details)
    return Said(WHOLE, {"words": stored})
