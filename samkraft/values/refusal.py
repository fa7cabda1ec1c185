"""A refusal: something that was asked for and may not be done, said so that a person knows the way out.

Reasons live beside the rule that gives them; only their shape and the exception that carries them are shared.
"""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Reason:
    """Why not, in words.

    `text` says what is wrong and `way_out` what to do about it; both are Swedish templates whose `{named}` fields
    are filled with the details of a `Refused`. `code` is stable and is what tests, JSON and commands compare.
    """

    code: str
    text: str
    way_out: str = ""


class Refused(Exception):
    """An anticipated no. Anything else that is raised is a fault and is logged as one."""

    def __init__(self, reason: Reason, **details: Any) -> None:
        self.reason = reason
        self.details = details
        super().__init__(reason.code)

    def __str__(self) -> str:
        """The whole sentence in Swedish, for commands and logs; pages translate the template first."""
        return sentence(self.reason.text, self.reason.way_out, self.details)


def sentence(text: str, way_out: str, details: dict[str, Any]) -> str:
    """Fill in the details and join what is wrong with the way out."""
    return " ".join(part.format(**details) for part in (text, way_out) if part)
