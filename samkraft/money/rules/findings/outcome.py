"""What a rule says: which sources were held against each other, what each says, and whether they agree."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from samkraft.money.rules.findings.words import Said

LONGEST = 220  # a key has 300 characters, with rule, number and digest


@dataclass(frozen=True, slots=True)
class Side:
    """One source. `weight` is the bare value that is compared over time: a change of it is news.

    `value` is what is shown where it is not an amount: plain figures, an ISO day, or a sentence.
    """

    title: Said
    weight: str
    value: Said | str = ""
    amount_ore: int | None = None
    place: Said | str = ""
    quote: str = ""
    said_by: str = ""
    said_words: Said | str = ""
    support: Said | None = None
    is_supported: bool | None = None
    document_id: UUID | None = None
    figure_id: UUID | None = None
    item_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One comparison. `about` names its subject for as long as it exists; the same subject is never told twice."""

    rule: str
    about: str
    subject: Said
    question: Said
    sides: tuple[Side, ...]
    explanation: Said | None = None
    agrees: bool = False
    year: int | None = None

    @property
    def stem(self) -> str:
        """The part of the key that stays when values change."""
        return f"{self.rule}:{self.about}"

    @property
    def digest(self) -> str:
        """Changes when the values change: not with the wording, and not when one more source says the same."""
        told = [str(self.agrees), *sorted({side.weight for side in self.sides})]
        return hashlib.sha256("\n".join(told).encode()).hexdigest()[:16]


def about(*parts: object) -> str:
    """A subject's name of identifiers and years. '#' and ':' part the key and may not stand in it."""
    told = "/".join(str(part).replace("#", "").replace(":", "") for part in parts)
    return told if len(told) <= LONGEST else hashlib.sha256(told.encode()).hexdigest()


def in_order(findings: Sequence[Finding]) -> list[Finding]:
    """The same order whatever order the sources came in."""
    return sorted(findings, key=lambda finding: (finding.rule, finding.stem))
