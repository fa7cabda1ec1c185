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
    """Translate the template, then fill in the details."""
    reason = refusal.reason
    return Explanation(
        reason.code,
        gettext(reason.text).format(**refusal.details) if reason.text else "",
        gettext(reason.way_out).format(**refusal.details) if reason.way_out else "",
    )
