"""Why something that was written cannot be kept; each names its field in Swedish."""

from samkraft.values.refusal import Reason
from samkraft.values.wording import phrase

UNKNOWN_KIND = Reason(
    "content_of_unknown_kind",
    phrase("Det finns inget slag av uppgift som heter ”{kind}”."),
    phrase("Ladda om sidan och försök igen."),
)
UNKNOWN_FIELD = Reason(
    "content_unknown_field",
    phrase("Uppgiften har ett fält som inte hör hit: {name}."),
    phrase("Ladda om sidan och försök igen."),
)
MISSING = Reason(
    "content_missing",
    phrase("Fältet {field} är tomt."),
    phrase("Fyll i det och skicka igen."),
)
NOT_UNDERSTOOD = Reason(
    "content_not_understood",
    phrase("Det som står i fältet {field} går inte att förstå."),
    phrase("Välj eller skriv det på nytt."),
)
TOO_LONG = Reason(
    "content_too_long",
    phrase("Texten i fältet {field} är för lång. Den får ha högst {most} tecken."),
    phrase("Korta den, eller dela upp den."),
)
TOO_MANY = Reason(
    "content_too_many",
    phrase("Fältet {field} får ha högst {most} rader."),
    phrase("Ta bort några, eller dela upp dem."),
)
NOT_TEXT = Reason(
    "content_not_readable_text",
    phrase("Fältet {field} innehåller tecken som inte går att visa."),
    phrase("Skriv om texten för hand. Alla alfabet går bra."),
)
NO_LETTERS = Reason(
    "content_without_letters",
    phrase("Det står inget namn i fältet {field}."),
    phrase("Skriv namnet som personen skriver det. Alla alfabet går bra."),
)
NOT_A_DAY = Reason(
    "content_not_a_day",
    phrase("Fältet {field} har ingen dag som finns."),
    phrase("Skriv dagen så här: 2026-03-31."),
)
FAR_AHEAD = Reason(
    "content_far_ahead",
    phrase("{date} i fältet {field} ligger för långt fram."),
    phrase("Kontrollera året. Senast möjliga dag är {latest}."),
)
NOT_YET = Reason(
    "content_not_yet",
    phrase("{date} i fältet {field} har inte varit än, men det du skriver har redan hänt."),
    phrase("Kontrollera dagen. Den får senast vara i dag."),
)
LONG_AGO = Reason(
    "content_long_ago",
    phrase("{date} i fältet {field} ligger för långt bak i tiden."),
    phrase("Kontrollera året."),
)
OUT_OF_RANGE = Reason(
    "content_out_of_range",
    phrase("Talet i fältet {field} ska vara från {least} till {most}."),
    phrase("Kontrollera talet och skriv det igen."),
)
ENDS_BEFORE_IT_BEGINS = Reason(
    "content_ends_before_it_begins",
    phrase("{field} är {date}, och det är före början {start}."),
    phrase("Rätta den dag som är fel."),
)
NOT_WITHOUT_CONSENT = Reason(
    "sus_without_consent",
    phrase("Utan samtycke till SUS får inget annat än dagen skrivas."),
    phrase("Töm fälten. Personen räknas då anonymt, med kön och budgetår."),
)
