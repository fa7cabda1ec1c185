"""Refusals in the reader's language."""

from dataclasses import dataclass

from django.utils.translation import gettext

from samkraft.values.refusal import Refused


@dataclass(frozen=True, slots=True)
class Explanation:
    """What is wrong and what to do, ready to show."""

    code: str
    text: str
    way_out: str

    def __str__(self) -> str:
        return f"{self.text} {self.way_out}".strip()


def explain(refusal: Refused) -> Explanation:
    """Translate the template and those details that are wording too (a role, a kind of file), then fill them in."""
    reason = refusal.reason
    details = {
        name: gettext(value) if isinstance(value, str) and value else value for name, value in refusal.details.items()
    }
    return Explanation(
        reason.code,
        gettext(reason.text).format(**details) if reason.text else "",
        gettext(reason.way_out).format(**details) if reason.way_out else "",
    )
