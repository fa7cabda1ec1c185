"""What is asked of the one who opens a case in an emergency, and of the one who reviews it."""

from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase

NOBODY_HERE = Reason(
    "nobody_here",
    phrase("Din myndighet har ingen akt på det numret som kan öppnas så här."),
    phrase("Kontrollera numret. Är det bråttom och fara för någon: ring 112."),
)
NOTE_NEEDED = Reason(
    "review_note_needed", phrase("Skriv varför det inte var befogat."), phrase("Den som öppnade får läsa det.")
)


def require_note(is_justified: bool, note: str) -> None:
    """Raise Refused when somebody is told that they did wrong without being told why."""
    if not is_justified and not note.strip():
        raise Refused(NOTE_NEEDED)
