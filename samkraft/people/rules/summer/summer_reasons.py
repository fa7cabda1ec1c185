"""Why the database says no about Ung i sommar, in words. The codes are those that its functions and triggers raise."""

from samkraft.offer.rules.summer_rounds import HELD_SINCE
from samkraft.people.rules.summer import summer_applications
from samkraft.values.refusal import Reason
from samkraft.values.wording import phrase

NOT_YOUR_ROUND = Reason(
    "summer_not_your_round", phrase("Du håller inte i den här omgången."), phrase("Be den som gör det.")
)
CLOSED = Reason("summer_closed", phrase("Ansökan är stängd."), phrase("Läs på omgångens sida när nästa öppnar."))
STILL_OPEN = Reason(
    "summer_still_open",
    phrase("Listan publiceras när ansökan har stängt, och bara om fröet bestämdes innan."),
    phrase("Vänta tills ansökan har stängt."),
)
NO_LIST = Reason("summer_no_list", phrase("Listan är inte publicerad än."), phrase("Publicera listan först."))
GUARDIAN_UNKNOWN = Reason(
    "summer_guardian_unknown",
    phrase("Alla vårdnadshavare är inte kända än."),
    phrase("Be den unga att skriva vilka de är."),
)
NO_CONSENT = Reason(
    "summer_no_consent",
    phrase("Alla vårdnadshavare har inte sagt ja. Den som är under 18 år får inte börja innan."),
    phrase("Skicka länken till vårdnadshavaren igen, eller ring."),
)
NO_REGISTER_CHECK = Reason(
    "summer_no_register_check",
    phrase("Ingen handledare på arbetsplatsen har visat utdrag ur belastningsregistret."),
    phrase("Be handledaren om utdraget, och bocka av det på arbetsplatsens sida."),
)
DOES_NOT_FIT = Reason(
    "summer_does_not_fit",
    phrase("Platsen passar inte: åldern, arbetsuppgifterna eller tiderna går inte för den här personen."),
    phrase("Välj en annan plats."),
)
NOT_IN_TURN = Reason(
    "summer_not_in_turn",
    phrase("Den här personen kan inte få platsen."),
    phrase("Ansökan kan vara tillbakatagen, eller platsen höra till en annan omgång."),
)
OUTSIDE_WEEKS = Reason(
    "summer_outside_weeks", phrase("Dagen är inte i platsens veckor."), phrase("Välj en dag i veckorna.")
)
NOTHING_PLANNED = Reason(
    "summer_nothing_planned",
    phrase("Det finns inga tider den dagen som inte har börjat."),
    phrase("Välj en dag som är planerad."),
)
HOURS_FORBIDDEN = Reason(
    "summer_hours_forbidden",
    phrase("Tiden är inte tillåten i den här åldern."),
    phrase("Läs reglerna om arbetstid för unga under 18 år, och välj andra tider."),
)
NO_REST = Reason(
    "summer_no_rest",
    phrase("Vilan blir för kort: mellan dagarna, eller i veckan."),
    phrase("Läs reglerna om arbetstid för unga under 18 år, och flytta eller ta bort en dag."),
)
NOT_CONFIRMED = Reason(
    "summer_not_confirmed",
    phrase("Platsen är inte klar än. Den som har platsen får inte börja."),
    phrase("Fråga den som håller i omgången."),
)
IN_THE_FUTURE = Reason(
    "summer_in_the_future", phrase("Tiden har inte varit än."), phrase("Kontrollera klockan i telefonen.")
)
IN_ALREADY = Reason("summer_in_already", phrase("Du är redan incheckad."), phrase("Checka ut när dagen är slut."))
NOT_IN = Reason("summer_not_in", phrase("Du är inte incheckad."), phrase("Checka in först."))
NO_HOURS_IN_PROGRAMME = Reason(
    "summer_no_hours_in_programme",
    phrase("I ett program räknas bara närvaro, i ett jobb timmar."),
    phrase("Fyll i det som omgången har."),
)
ANSWERED = Reason("summer_answered", phrase("Du har redan svarat."), phrase("Ring oss om något har ändrats."))
ANSWER_LATE = Reason(
    "summer_answer_late", phrase("Tiden att svara har gått ut."), phrase("Platsen har gått vidare till nästa i kön.")
)

ALL = (
    NOT_YOUR_ROUND, CLOSED, STILL_OPEN, NO_LIST, GUARDIAN_UNKNOWN, NO_CONSENT, NO_REGISTER_CHECK, DOES_NOT_FIT, NOT_IN_TURN,
    OUTSIDE_WEEKS, HOURS_FORBIDDEN, NO_REST, NOT_CONFIRMED, IN_THE_FUTURE, IN_ALREADY, NOT_IN, NO_HOURS_IN_PROGRAMME, ANSWERED,
    ANSWER_LATE, HELD_SINCE, summer_applications.LIST_PUBLISHED, summer_applications.LINK_NOT_VALID,
)  # fmt: skip
