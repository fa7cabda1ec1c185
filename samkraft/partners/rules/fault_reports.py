"""What may be reported about the pages by anybody, and how much of it."""

from samkraft.values.refusal import Reason
from samkraft.values.wording import phrase

LONGEST = 4000
MOST_PER_HOUR = 30

EMPTY = Reason(
    "report_empty",
    phrase("Du har inte skrivit vad som inte fungerar."),
    phrase("Skriv med egna ord, en mening räcker."),
)
TOO_LONG = Reason(
    "report_too_long",
    phrase("Texten är längre än {longest} tecken."),
    phrase("Korta den, eller skicka den i två delar."),
)
TOO_MANY = Reason(
    "report_too_many",
    phrase("Många har skrivit den senaste timmen, så vi kan inte ta emot fler just nu."),
    phrase("Försök igen om en stund. Det du skrev står kvar."),
)
NOBODY_TO_TELL = Reason(
    "report_nobody_to_tell",
    phrase("Det finns ingen systemadministratör att skicka till."),
    phrase("Ring eller skriv till kommunens växel i stället."),
)


def why_not(text: str, earlier: int) -> Reason | None:
    """None when the report may be sent; `earlier` is how many have been sent in the last hour."""
    if not text.strip():
        return EMPTY
    if len(text) > LONGEST:
        return TOO_LONG
    return TOO_MANY if earlier >= MOST_PER_HOUR else None
