"""Why a month cannot be closed, or a time report not attested, in words."""

from samkraft.values.refusal import Reason
from samkraft.values.wording import phrase

NOT_OVER = Reason(
    "month_not_over",
    phrase("{month} är inte slut än."),
    phrase("Vänta till den första i nästa månad. Rapporterna kan du ta emot redan nu."),
)
EARLIER_OPEN = Reason(
    "month_earlier_open",
    phrase("{month} är inte stängd, och månaderna lämnas i tidsordning."),
    phrase("Stäng {month} först."),
)
CLOSED_ALREADY = Reason(
    "month_closed_already",
    phrase("Månaden är redan stängd av {who} och inget har ändrats sedan dess."),
    phrase("Du behöver inte göra något. Filerna finns på månadens sida."),
)
LEFT_WITHOUT_REASON = Reason(
    "month_left_without_reason",
    phrase("{count} är inte klara. Månaden kan stängas ändå, om du skriver varför."),
    phrase("Skriv varför, eller ta in det som saknas först."),
)
CORRECTED_WITHOUT_REASON = Reason(
    "month_corrected_without_reason",
    phrase("Månaden har stängts förut. Skriv varför den stängs igen."),
    phrase("Skriv vad som har rättats. Det sparas med rättelsen."),
)
CHANGED_MEANWHILE = Reason(
    "month_changed_meanwhile",
    phrase("Något ändrades medan du hade sidan öppen."),
    phrase("Se igenom månaden igen och stäng sedan."),
)
NOTHING_TO_CLOSE = Reason(
    "month_without_participants", phrase("Ingen deltog under {month}."), phrase("Kontrollera månaden.")
)
NO_SUCH_MONTH = Reason("month_unknown", phrase("Månaden går inte att förstå."), phrase("Välj en månad i listan."))
NOT_CLOSED = Reason(
    "month_not_closed",
    phrase("{month} är inte stängd än."),
    phrase("Stäng månaden först, så att filen blir densamma nästa gång."),
)
NOT_ATTESTED_BY_ONESELF = Reason(
    "time_report_attested_by_another",
    phrase("Du har själv registrerat rapporten. En annan ska attestera den."),
    phrase("Be en kollega i teamet, eller projektadministratören."),
)
NO_REPORT = Reason(
    "time_report_missing", phrase("Det finns ingen rapport för {month} att attestera."), phrase("Registrera den först.")
)
REPORT_CHANGED = Reason(
    "time_report_changed",
    phrase("Rapporten har ändrats sedan du öppnade sidan. Nu står det {hours} timmar."),
    phrase("Jämför med underlaget och attestera igen."),
)
