"""Why the database's guard functions say no, in words. The codes are those that they raise."""

from samkraft.people.rules import call_lists, cohort_reasons, invitations, recruitment
from samkraft.people.rules.places import place_reasons
from samkraft.people.rules.secrecy import NOT_FOUND
from samkraft.people.rules.summer import summer_reasons
from samkraft.values.refusal import Reason
from samkraft.values.wording import phrase

_WHO_TO_ASK = phrase("Be någon som arbetar med personen, eller din chef.")

_ALL = (
    Reason("may_not_refer", phrase("Din roll lägger inte upp personer."), phrase("Be en handläggare i din myndighet.")),
    Reason(
        "too_many_questions",
        phrase("Du har ställt många frågor på kort tid. Vi väntar lite, för att skydda dem som finns här."),
        phrase("Försök igen om en timme, eller be en kollega."),
    ),
    Reason("not_for_your_role", phrase("Din roll gör inte det här."), _WHO_TO_ASK),
    Reason(
        "number_only_forward",
        phrase("Den som har ett personnummer får inte ett samordningsnummer igen."),
        phrase("Kontrollera numret."),
    ),
    Reason(
        "cannot_be_on_case",
        phrase("Den du valde kan inte vara med i ett ärende."),
        phrase("Välj en handläggare vars roll gäller i dag."),
    ),
    Reason(
        "area_does_not_know",
        phrase("Den myndigheten känner inte till deltagandet."),
        phrase("Fråga personen om samtycke till att lämna ut deltagandet dit, och registrera svaret först."),
    ),
    Reason("basis_unknown", phrase("Skälet går inte att förstå."), phrase("Ladda om sidan och försök igen.")),
    Reason(
        "already_protected",
        phrase("Personen har redan skyddade personuppgifter."),
        phrase("Lägg till eller ta bort namn på listan i stället."),
    ),
    Reason("not_protected", phrase("Personen har inte skyddade personuppgifter."), ""),
    Reason(
        "last_on_list",
        phrase("Det måste finnas någon kvar på listan."),
        phrase("Lägg till någon annan först."),
    ),
    Reason(
        "another_person_decides",
        phrase("Det här beslutar någon annan än du själv."),
        phrase("Be en kollega som också är behörig."),
    ),
    Reason(
        "reason_too_short",
        phrase("Skriv varför, med minst 20 tecken. Skälet granskas."),
        phrase("Skriv vad som är bråttom och för vem."),
    ),
    Reason(
        "time_out_of_range",
        phrase("Nödåtkomst ges i 15 minuter till fyra timmar."),
        phrase("Välj en tid däremellan."),
    ),
    Reason(
        "newer_given",
        phrase("Den andra myndigheten har redan fått en nyare version av uppgiften."),
        phrase("Du behöver inte lämna ut den äldre."),
    ),
    Reason(
        "points_at_hidden",
        phrase("Uppgiften handlar om något som den andra myndigheten inte har fått."),
        phrase("Lämna ut det som den handlar om först, om det är ert. Annars stannar den här."),
    ),
    Reason("nothing_to_review", phrase("Det finns inget att granska."), phrase("Gå till listan.")),
    Reason("already_reviewed", phrase("Det här är redan granskat."), phrase("Gå till listan.")),
    Reason("nothing_to_join", phrase("De två är redan ihopförda eller åtskilda."), phrase("Gå till listan.")),
    Reason("nothing_to_split", phrase("Det finns inget att skilja åt."), phrase("Gå till listan.")),
    Reason(
        "protected_are_never_joined",
        phrase("Den som har skyddade personuppgifter kopplas aldrig ihop med någon annan."),
        phrase("Låt dem vara två."),
    ),
    Reason(
        "not_your_words",
        phrase("Det där har någon annan skrivit. Det ändras bara av den myndighet som skrev det."),
        phrase("Skriv din egen uppgift bredvid."),
    ),
    Reason(
        "not_yours_to_hand_over",
        phrase("Det här har ni fått från en annan myndighet. Ni får inte lämna det vidare."),
        phrase("Be den som skrev det att lämna ut det själv."),
    ),
    Reason(
        "only_opened_in_emergency",
        phrase("Du har öppnat akten med nödåtkomst. Då läser och antecknar du, men öppnar inte för andra."),
        phrase("Be någon som är på ärendet."),
    ),
    Reason(
        "join_overlaps",
        phrase("De två deltar samtidigt, eller har samma slags samtycke, hos samma myndighet."),
        phrase("Be myndigheten avsluta det ena först."),
    ),
    Reason(
        "joined_with_another",
        phrase(
            "En av de två är redan ihopförd med någon tredje, och det som flyttas två gånger går inte att flytta tillbaka."
        ),
        phrase("Skilj de tredje åt först. För sedan ihop var och en med den som lades upp först."),
    ),
    Reason("same_area", phrase("Det är er egen myndighet."), phrase("Välj en annan mottagare.")),
    Reason("never_leaves", phrase("Egna anteckningar lämnas aldrig ut härifrån."), ""),
    Reason(
        "no_basis",
        phrase("Det finns inget samtycke som gäller nu för just det här och den mottagaren."),
        phrase("Fråga personen. Ett nej är också ett svar: då planerar var och en i sin egen del."),
    ),
)
REASONS: dict[str, Reason] = (
    {"not_on_case": NOT_FOUND} | {reason.code: reason for reason in _ALL} | place_reasons.REASONS
)
REASONS |= {reason.code: reason for reason in summer_reasons.ALL} | cohort_reasons.REASONS
REASONS |= recruitment.REASONS | invitations.REASONS | {invitations.SLOT_OVERLAPS.code: invitations.SLOT_OVERLAPS}
REASONS |= call_lists.REASONS
