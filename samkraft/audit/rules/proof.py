"""What a check of the trail can find."""

from dataclasses import dataclass
from enum import StrEnum

from samkraft.values.wording import phrase


class Fault(StrEnum):
    """One way in which the trail can be wrong."""

    CHANGED = "changed"
    REMOVED = "removed"
    INSERTED = "inserted"
    SEAL_BROKEN = "seal_broken"
    SEAL_MISSING = "seal_missing"
    COUNT_WRONG = "count_wrong"
    THINNED_BUT_THERE = "thinned_but_there"
    PROTOCOL_WRONG = "protocol_wrong"
    NOTED_SEAL_GONE = "noted_seal_gone"


LABELS = {
    Fault.CHANGED: phrase("händelsen är ändrad efter förseglingen"),
    Fault.REMOVED: phrase("händelsen är borttagen utan gallringsbeslut"),
    Fault.INSERTED: phrase("händelsen är inskjuten bakom en försegling"),
    Fault.SEAL_BROKEN: phrase("förseglingens kedjevärde stämmer inte med det som den förseglar"),
    Fault.SEAL_MISSING: phrase("en försegling fattas i kedjan"),
    Fault.COUNT_WRONG: phrase("förseglingen har inte så många händelser som den säger"),
    Fault.THINNED_BUT_THERE: phrase("händelsen sägs vara gallrad men finns kvar"),
    Fault.PROTOCOL_WRONG: phrase("gallringsprotokollet säger ett annat antal än det som är gallrat"),
    Fault.NOTED_SEAL_GONE: phrase("den försegling som antecknats utanför finns inte, eller har ett annat kedjevärde"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault: what, in which seal (0 when in none), and which event or protocol."""

    fault: Fault
    seal: int
    subject: str

    @property
    def words(self) -> str:
        """What is wrong, in Swedish."""
        return LABELS[self.fault]


@dataclass(frozen=True, slots=True)
class ThinnedBy:
    """Events that are gone by decision: told, and no fault."""

    decision: str
    thinned_by: str
    count: int


@dataclass(frozen=True, slots=True)
class Proof:
    """The outcome of checking the whole trail."""

    seals: int
    events: int
    unsealed: int
    last_chain: str
    thinned: tuple[ThinnedBy, ...]
    findings: tuple[Finding, ...]

    @property
    def holds(self) -> bool:
        """Whether nothing was found."""
        return not self.findings
