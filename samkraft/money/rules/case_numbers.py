"""Case numbers (diarienummer). Bodies write them in many ways; only what cannot be one is refused."""

import re

from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase

NOT_A_CASE_NUMBER = Reason(
    "not_a_case_number",
    phrase("”{words}” ser inte ut som ett diarienummer."),
    phrase("Skriv det som i diariet, till exempel STK-2024-291."),
)

_SHAPE = re.compile(r"^(?=.*\d)[A-ZÅÄÖ0-9][A-ZÅÄÖ0-9 ./:-]{2,59}$")


def tidy(words: str) -> str:
    """One way of writing it: capitals, no stray spaces, no leading "Dnr". Raises Refused."""
    text = re.sub(r"^\s*(dnr|diarienummer)\.?:?\s*", "", words.strip(), flags=re.IGNORECASE)
    text = re.sub(r"\s*([-/:])\s*", r"\1", re.sub(r"\s+", " ", text)).upper()
    if not _SHAPE.match(text):
        raise Refused(NOT_A_CASE_NUMBER, words=words.strip()[:60])
    return text
