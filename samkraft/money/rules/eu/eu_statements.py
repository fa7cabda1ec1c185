"""What the text beside an EU budget says that its rows may contradict."""

from enum import StrEnum

from samkraft.values.wording import phrase


class StatementKind(StrEnum):
    """The text promises something that costs, says that a body pays in kind, or says what a body's cash is."""

    PROMISES_COST = "promises_cost"
    PAYS_IN_KIND = "pays_in_kind"
    CASH_IS_STAFF = "cash_is_staff"


LABELS = {
    StatementKind.PROMISES_COST: phrase("texten lovar något som kostar"),
    StatementKind.PAYS_IN_KIND: phrase("texten säger att någon bidrar i annat än pengar"),
    StatementKind.CASH_IS_STAFF: phrase("texten säger att kontanterna är personal"),
}
