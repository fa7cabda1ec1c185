"""What can happen to a request for money."""

from enum import StrEnum

from samkraft.values.wording import phrase


class RequestEventKind(StrEnum):
    """An opinion says something; the others also carry an amount (zero: nothing given)."""

    OPINION = "opinion"
    PROPOSED = "proposed"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"


LABELS = {
    RequestEventKind.OPINION: phrase("synpunkt"),
    RequestEventKind.PROPOSED: phrase("föreslaget"),
    RequestEventKind.DECIDED: phrase("beslutat"),
    RequestEventKind.WITHDRAWN: phrase("återtaget"),
}
