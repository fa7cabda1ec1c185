"""What staff and participants write in the demo. All of it is made up."""

from dataclasses import dataclass

from samkraft.operations.world.people.parties import AF, CARE, INSURANCE, LABOUR, SCHOOL, SOCIAL

REASONS = {
    AF: "Har varit inskriven länge och behöver stöd från fler än oss.",
    SOCIAL: "Har ekonomiskt bistånd sedan länge och vill komma vidare.",
    LABOUR: "Har deltagit i stadens insatser och behöver en gemensam planering.",
    INSURANCE: "Bedöms behöva samordnad rehabilitering för att komma tillbaka.",
}
OWN_APPLICATION = "Har själv bett om att få delta."

# Items of the assessment: who may know it, about what, in words, from where.
ITEMS: tuple[tuple[str, str, str, str], ...] = (
    (AF, "work", "Har arbetat på lager i fyra år. Trivdes och vill tillbaka.", "samtal med deltagaren"),
    (AF, "work", "Har arbetat i restaurangkök. Klarar inte kvällspass nu.", "samtal med deltagaren"),
    (AF, "work", "Har inte arbetat i Sverige. Drev butik i hemlandet i tio år.", "samtal med deltagaren"),
    (AF, "work", "Har truckkort som gick ut förra året.", "intyg som deltagaren visade"),
    (AF, "work", "Har städat kontor genom bemanningsföretag, senast för två år sedan.", "arbetsgivarintyg"),
    (AF, "work", "Har körkort B och van att köra i stan.", "samtal med deltagaren"),
    (LABOUR, "education", "Har läst svenska till nivå C och vill ta D.", "betyg"),
    (LABOUR, "education", "Saknar slutbetyg från gymnasiet: tre kurser kvar.", "betyg"),
    (LABOUR, "education", "Har undersköterskeutbildning från hemlandet som inte är bedömd.", "samtal med deltagaren"),
    (LABOUR, "language", "Talar tydligt. Behöver tid när det gäller att läsa instruktioner.", "praktikplatsen"),
    (LABOUR, "language", "Förstår talad svenska bra. Skriver helst på sitt eget språk.", "samtal med tolk"),
    (LABOUR, "work", "Gick språkpraktik i butik i våras. Handledaren var nöjd.", "handledaren"),
    (SOCIAL, "housing", "Bor i andra hand. Kontraktet går ut i vår.", "samtal med deltagaren"),
    (SOCIAL, "housing", "Bor trångt med fyra barn i två rum.", "hembesök"),
    (SOCIAL, "family", "Ensam med två barn. Barnomsorgen är ordnad.", "samtal med deltagaren"),
    (SOCIAL, "debts", "Har skulder hos Kronofogden och går hos budgetrådgivare.", "budget- och skuldrådgivningen"),
    (SOCIAL, "income", "Har haft ekonomiskt bistånd i tre år.", "akten"),
    (SOCIAL, "everyday", "Har svårt att komma i gång på morgonen. Det går bättre med en fast tid.", "samtal"),
    (SOCIAL, "everyday", "Har ett stort nätverk i området och hjälper till i föreningen.", "samtal"),
    (SOCIAL, "health", "Sover dåligt och orkar inte hela dagar just nu.", "samtal med deltagaren"),
    (AF, "health", "Ont i ryggen efter långt stående. Behöver kunna växla ställning.", "samtal med deltagaren"),
    (AF, "income", "Har aktivitetsstöd.", "beslut"),
    (INSURANCE, "benefit", "Har sjukpenning till halva tiden.", "ärendet"),
    (INSURANCE, "health", "Arbetsförmågan är nedsatt för tunga lyft. Lättare arbete bedöms möjligt.", "läkarutlåtande"),
    (CARE, "health", "Följs på vårdcentralen. Kan arbetsträna tio timmar i veckan från nästa månad.", "vårdcentralen"),
    (CARE, "care", "Behandling pågår och trappas ned under hösten.", "vårdplanen"),
    (SCHOOL, "education", "Kan läsa in två kurser på distans och en på plats.", "studie- och yrkesvägledaren"),
)
SCHOOLING = {
    "grundskola": "Har gått grundskola eller motsvarande.",
    "gymnasium": "Har gymnasieutbildning.",
    "eftergymnasial": "Har utbildning efter gymnasiet.",
}
CONCLUSION = "Vi är överens om att börja med en plats nära arbete och lägga språket bredvid."
DISSENTS = (
    "Vi bedömer att personen behöver längre tid innan praktik.",
    "Vi ser inte att språket är ett hinder för just den här platsen.",
)
CORRECTIONS = (
    "Det stämmer inte att jag inte vill arbeta kvällar. Jag sa att jag inte kan på tisdagar.",
    "Jag har två barn, inte tre.",
    "Jag slutade inte. Kontraktet tog slut.",
)

NEEDS = (
    ("Behöver en arbetsplats där det går att börja på deltid.", "work"),
    ("Behöver visa vad hen kan och få det på papper.", "education"),
    ("Behöver träna svenska i arbetet.", "language"),
    ("Behöver hjälp att hitta en arbetsgivare som ger en chans.", "work"),
)
GOALS = (
    ("Jag vill ha ett eget jobb och betala hyran själv.", "Anställning på minst halvtid"),
    ("Jag vill jobba på lager igen.", "Anställning på lager"),
    ("Jag vill arbeta med barn.", "Antagen till utbildning till barnskötare"),
    ("Jag vill klara en hel vecka och orka hem till barnen.", "Arbetstränar tjugo timmar i veckan i två månader"),
    ("Jag vill bli undersköterska här, som jag var hemma.", "Utbildningen bedömd och komplettering påbörjad"),
    ("Jag vill köra buss.", "Antagen till utbildning"),
    ("Jag vill ha ett jobb där jag får prata svenska.", "Anställning eller praktik i butik eller vård"),
    ("Jag vill göra klart skolan.", "Slutbetyg från gymnasiet"),
    ("Jag vill veta vad jag kan arbeta med trots ryggen.", "Arbetsförmågan bedömd och en väg vald"),
)


@dataclass(frozen=True, slots=True)
class StepFacts:
    """A step that one body may answer for: title, kind, whether it is work-oriented, what it usually waits for."""

    body: str
    title: str
    kind: str
    is_work: bool
    weeks: int
    waits: tuple[tuple[str, str], ...] = ()
    programme: str = ""


STEPS = (
    StepFacts(SOCIAL, "Motiverande samtal", "motivating", False, 6),
    StepFacts(SOCIAL, "Budgetrådgivning", "other", False, 8, (("us", "boka tid hos rådgivaren"),)),
    StepFacts(LABOUR, "Språkpraktik i butik", "workplace", True, 8, (("body", "intyg om nivå i svenska"),)),
    StepFacts(LABOUR, "Jobbspår vård", "education", True, 12, (("us", "besked om plats"),)),
    StepFacts(LABOUR, "Introduktion till arbete", "workplace", True, 6),
    StepFacts(LABOUR, "Studie- och yrkesvägledning", "education", False, 4),
    StepFacts(LABOUR, "Svenska på kvällstid", "education", False, 16, (("participant", "anmälan till kursen"),)),
    StepFacts(AF, "Arbetspraktik", "workplace", True, 12, (("us", "beslut om praktik"),), "praktik"),
    StepFacts(AF, "Arbetsträning", "workplace", True, 12, (("body", "läkarintyg"),), "arbetsträning"),
    StepFacts(AF, "Stöd och matchning", "matching", True, 12, (("participant", "uppdaterat cv"),), "matchning"),
    StepFacts(AF, "Rekryteringsutbildning", "education", True, 10, (("us", "besked från arbetsgivaren"),)),
    StepFacts(AF, "Möte med arbetsgivare", "matching", True, 2, (("us", "tid hos arbetsgivaren"),)),
)
CALLED_IN_STEPS = (
    StepFacts(INSURANCE, "Avstämningsmöte om rehabilitering", "rehabilitating", False, 4, (("us", "underlag"),)),
    StepFacts(CARE, "Anpassa behandling och arbetstider", "rehabilitating", False, 6, (("body", "svar från läkaren"),)),
    StepFacts(SCHOOL, "Studieplan", "education", False, 4),
)
WHY_NO_WORK = "Först måste vardagen bli lugnare. Nästa steg mot arbete tas upp vid uppföljningen."
DONE = ("Genomförd som tänkt.", "Gick bra. Handledaren vill ge goda ord.", "Avslutad i förtid men målet nåddes.")
PLACE_SAYS = (
    "Vi är nöjda. Kommer i tid och tar egna initiativ.",
    "Behöver mer tid på sig men vill lära sig. Får gärna komma tillbaka.",
    "Vi kan tänka oss en anställning på deltid i vår.",
)
DROPPED = ("Passade inte. Vi valde en annan väg.", "Platsen drogs tillbaka.")

# What is written, and what is answered.
FROM_US = (
    ("Vi har fått besked om en plats. Kan du svara om dagen passar?", "Ja, dagen passar."),
    ("Kom ihåg att lämna tidrapporten för månaden.", "Jag lämnar den i morgon."),
    ("Mötet på torsdag är flyttat till kl. 10.", "Tack, jag kommer kl. 10."),
    ("Vi behöver ditt intyg för att gå vidare.", "Jag tar med det till nästa möte."),
)
FROM_PARTICIPANT = (
    ("Jag kan inte komma på måndag. Kan vi ta en annan dag?", "Ja, vi ses på onsdag i stället."),
    ("Har ni hört något från arbetsgivaren?", "Inte än. Vi ringer så fort vi vet."),
    ("Jag vill gärna börja tidigare om det går.", "Vi frågar arbetsplatsen."),
    ("Barnet är sjukt i dag.", "Krya på! Vi hör av oss om en ny tid."),
)
PLACES = ("Föreningsgatan 35", "Föreningsgatan 35, rum 3", "på praktikplatsen", "vårdcentralen")
PHASE_REASONS = (
    "Kartläggningen är klar och planen är överenskommen.",
    "Har klarat praktiken och är redo att söka arbete.",
)
PROLONGING = "Planen är på god väg men utbildningen blir klar först efter sex månader."
HANDING_OVER = "Byter uppdrag. Kollegan tar över så att planen inte stannar."
HANDING_BACK = "Det som skulle göras hos oss är klart, eller gick inte. Ärendet går tillbaka."
MINUTES = (
    ("Praktikplatsen", "decided", "Börjar på måndag. Arbetsförmedlingen fattar beslut."),
    ("Intyget", "moved", "Saknas fortfarande. Tas upp nästa gång."),
    ("Barnomsorg", "decided", "Löst."),
    ("Kvällskursen", "dropped", "Krockar med arbetstiden."),
)
PURPOSE = "Planera och följa upp vägen till arbete eller studier tillsammans."
OWN_NOTES = {
    AF: ("AIS", "Deltar i gemensam planering. Nästa uppföljning enligt plan."),
    SOCIAL: ("Procapita", "Gemensam plan upprättad. Mål och steg enligt planen."),
    LABOUR: ("Procapita", "Gemensam plan upprättad. Vår del: praktik och språk."),
}
EXIT_NOTES = {
    "work": "Börjar på avtalad dag.",
    "studies": "Antagen. Kursstart enligt besked.",
    "other": "Planen avslutad. Fortsatt kontakt enligt var och ens uppdrag.",
}
