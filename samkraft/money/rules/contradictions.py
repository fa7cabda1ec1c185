"""How a contradiction can be settled. The rules that find them are in `findings`."""

from enum import StrEnum

from samkraft.values.wording import phrase


class Choice(StrEnum):
    """What a person decides about sources that differ."""

    USE = "use"
    NOT_SAME = "not_same"
    UNKNOWN = "unknown"
    REOPENED = "reopened"


LABELS = {
    Choice.USE: phrase("använd den ena"),
    Choice.NOT_SAME: phrase("inte samma sak"),
    Choice.UNKNOWN: phrase("går inte att veta"),
    Choice.REOPENED: phrase("öppnad igen"),
}
