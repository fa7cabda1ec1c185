"""Why an organisation cannot be reminded of a report now, and the words of the letter."""

from samkraft.values.refusal import Reason
from samkraft.values.wording import phrase

NOT_LATE = Reason(
    "report_not_late",
    phrase("Rapporten ska komma {day} och är inte sen."),
    phrase("Organisationen påminns av sig själv två veckor och tre dagar före."),
)
REMINDED_TODAY = Reason(
    "report_reminded_today",
    phrase("{who} påminde organisationen i dag klockan {time}."),
    phrase("En påminnelse om dagen räcker. Ring om det är bråttom."),
)
NOBODY_TO_REMIND = Reason(
    "report_nobody_to_remind",
    phrase("Ingen hos {organisation} har konto här, så ingen får påminnelsen."),
    phrase("Ring eller skriv till dem, eller be systemadministratören att ge någon där en roll."),
)

SUBJECT = phrase("Rapporten är sen: {title}")
OPENING = phrase("Rapporten om {title} skulle ha kommit senast {date}, och den har inte kommit in.")
WORDS = phrase("{who} skriver: {words}")
WAY_OUT = phrase("Skriv den här: {page}\nBehöver ni mer tid? Hör av er till {who}.")
CLOSING = phrase(
    "Påminnelsen kommer från {who} på stadskontoret. Du får den eftersom du rapporterar för organisationen."
)
