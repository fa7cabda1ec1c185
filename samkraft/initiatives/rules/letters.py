"""The words of the reminders. Templates with `{named}` fields, translated by whoever sends them."""

from samkraft.initiatives.rules.duties import ReminderStep
from samkraft.values.wording import phrase

SUBJECTS = {
    ReminderStep.TWO_WEEKS: phrase("Om två veckor: {title}"),
    ReminderStep.THREE_DAYS: phrase("Snart dags: {title}"),
    ReminderStep.LATE: phrase("Försenad: {title}"),
}
OPENINGS = {
    ReminderStep.TWO_WEEKS: phrase("{body} ska senast {date} ha gjort det här:"),
    ReminderStep.THREE_DAYS: phrase("{body} ska senast {date} ha gjort det här:"),
    ReminderStep.LATE: phrase("{body} skulle senast {date} ha gjort det här, och det är inte markerat som klart:"),
}
BASIS = phrase("Grund: {basis}")
WAY_OUT = phrase("Markera som klar, eller be om ett nytt datum, här: {page}")
CLOSING = phrase("Du får det här eftersom du svarar för {body} i Samkraft.")
CLOSING_FOR_HOLDERS = phrase(
    "Du får det här eftersom du håller i årshjulet, och ingen hos {body} har konto i Samkraft."
)
PERHAPS_AGAIN = phrase(
    "Det kan hända att du redan har fått den här påminnelsen: vi avbröts när den skulle skickas och vet inte om den kom fram."
)
