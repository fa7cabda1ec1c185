"""Why the database says no about places and queues, in words. The codes are those that its functions raise."""

from samkraft.people.rules.places import place_suggestions
from samkraft.values.refusal import Reason
from samkraft.values.wording import phrase

_ALL = (
    Reason(
        "unknown_occasion", phrase("Tillfället finns inte, eller är inställt."), phrase("Välj ett annat i katalogen.")
    ),
    Reason(
        "already_in_queue",
        phrase("Personen står redan i den kön, eller har en plats."),
        phrase("Se Platser och köer på personens sida."),
    ),
    Reason(
        "offer_has_lapsed",
        phrase("Tiden att svara är slut, och platsen har gått vidare till nästa i kön."),
        phrase("Personen står kvar i kön för andra tillfällen."),
    ),
    Reason(
        "offer_is_over",
        phrase("Erbjudandet eller platsen gäller inte längre."),
        phrase("Ladda om sidan och se varför."),
    ),
    Reason(
        "offer_withdrawn",
        phrase("Platssamordnaren har nyss tagit tillbaka erbjudandet, så det går inte att svara på."),
        phrase("Ladda om sidan och se varför. Personen står kvar i kön, med samma plats."),
    ),
    Reason(
        "answered_meanwhile",
        phrase("Personen har redan svarat, så erbjudandet går inte att ta tillbaka."),
        phrase("Ladda om sidan och se svaret."),
    ),
    Reason("already_answered", phrase("Det finns redan ett svar på erbjudandet."), phrase("Ladda om sidan.")),
    Reason(
        "place_no_reason",
        phrase("Det står inte varför."),
        phrase("Skriv en mening. De som berörs kan läsa den."),
    ),
    Reason(
        "place_has_begun",
        phrase("Aktiviteten har redan börjat för den här personen."),
        phrase("Avsluta platsen i stället, och skriv vad den ledde till."),
    ),
    Reason(
        "place_not_begun",
        phrase("Aktiviteten har inte börjat för den här personen."),
        phrase("Lämna platsen i stället, eller skriv först att personen började."),
    ),
    Reason(
        "place_not_given",
        phrase("Platsen är inte given än: det saknas ett ja eller ett beslut."),
        phrase("Svara på erbjudandet, och vänta på beslutet."),
    ),
    Reason(
        "not_your_decision",
        phrase("Den här platsen beslutar en annan yrkesgrupp om."),
        phrase("Be den som beslutar. Till dess är erbjudandet villkorat."),
    ),
    Reason("already_decided", phrase("Platsen är redan beslutad."), phrase("Ladda om sidan.")),
    Reason(
        "decision_number",
        phrase("Ett programbeslut har ett nummer."),
        phrase("Skriv beslutets nummer ur Arbetsförmedlingens system."),
    ),
    Reason(
        "decided_when",
        phrase("Beslutet kan inte vara från den dagen."),
        phrase("Skriv dagen då beslutet fattades, i dag eller tidigare."),
    ),
    Reason(
        "started_when",
        phrase("Starten kan inte ligga framåt i tiden, och inte före tillfällets första dag."),
        phrase("Rätta dagen."),
    ),
    Reason(
        "ended_when",
        phrase("Slutet kan inte ligga före starten eller framåt i tiden."),
        phrase("Rätta dagen."),
    ),
    Reason(
        "not_coordinator",
        phrase("Du är inte platssamordnare för den här aktiviteten."),
        phrase("Be den som leder hos ägaren att utse dig, eller be platssamordnaren."),
    ),
    Reason(
        "cannot_coordinate",
        phrase("Den du valde kan inte vara platssamordnare: rollen gäller inte i dag, eller ingår inte i arbetet."),
        phrase("Välj någon annan."),
    ),
    Reason("already_coordinates", phrase("Hen är redan platssamordnare för aktiviteten."), phrase("Ladda om sidan.")),
    Reason("occasion_cancelled", phrase("Tillfället är inställt."), phrase("Välj ett annat tillfälle.")),
    Reason(
        "not_in_line",
        phrase("Den personen väntar inte på en plats i det här tillfället."),
        phrase("Ladda om kön och välj igen."),
    ),
    Reason(
        "no_free_place",
        phrase("Alla platser är upptagna eller erbjudna."),
        phrase("Lägg till en plats, eller vänta tills någon lämnar sin."),
    ),
    Reason(
        "passing_needs_reason",
        phrase("Någon annan står före. Skriv varför den här personen ska gå före, med minst tio tecken."),
        phrase("De som blir förbigångna kan läsa skälet."),
    ),
    Reason(
        "places_are_held",
        phrase("Så många platser kan inte tas bort: fler än så är erbjudna eller upptagna."),
        phrase("Välj fler platser, ta tillbaka obesvarade erbjudanden, eller ställ in hela tillfället."),
    ),
    Reason("places_out_of_range", phrase("Ett tillfälle har mellan 0 och 500 platser."), phrase("Rätta antalet.")),
    Reason(
        "not_there",
        phrase("Den personen har ingen plats i det tillfället den dagen."),
        phrase("Ladda om listan. Saknas någon: be platssamordnaren."),
    ),
    Reason("session_cancelled", phrase("Träffen är inställd."), phrase("Välj en annan träff.")),
    Reason(
        "session_noted",
        phrase("Närvaro är redan noterad på träffen, så den har hållits."),
        phrase("Be utföraren rätta närvaron om den är fel."),
    ),
    Reason(
        "session_not_begun",
        phrase("Träffen har inte börjat. Närvaro noteras tidigast en timme före."),
        phrase("Vänta till dess."),
    ),
    Reason(
        "session_long_ago",
        phrase("Träffen var för mer än en månad sedan."),
        phrase("Be platssamordnaren om något ska rättas."),
    ),
    Reason(
        "place_field",
        phrase("Den uppgiften lämnas inte ut till någon utanför."),
        phrase("Välj bland dem som finns i listan. Fri text lämnas aldrig vidare."),
    ),
    Reason(
        "not_shown",
        phrase("Personen ska först ha sett vad som lämnas ut och sagt ja."),
        phrase("Visa uppgifterna, och skriv hur och vilken dag."),
    ),
    Reason(
        "protected_without_name",
        phrase("Personen har skyddade personuppgifter. Då lämnas varken namn eller något som går att spåra."),
        phrase("Utföraren får koden. Välj bara behov av tolk eller första dag."),
    ),
)
REASONS: dict[str, Reason] = {reason.code: reason for reason in (*_ALL, *place_suggestions.REASONS)}
