"""What staff and participants write in the demo's step-wise way from group to employment. All of it is made up."""

from samkraft.operations.world.people.parties import AF, FSN, LABOUR
from samkraft.operations.world.people.texts import StepFacts

REASONS = {
    FSN: "Arbetar i grupp i daglig verksamhet och är redo att prova en plats utanför.",
    LABOUR: "Har kontakt med våra arbetskonsulenter och vill vidare från gruppen.",
}
OWN_APPLICATION = "Har själv bett att få prova en plats utanför gruppen."
ITEMS: tuple[tuple[str, str, str, str], ...] = (
    (FSN, "work", "Lagar lunch till tolv i gruppen på torsdagar. Klarar recept med bilder.", "handledaren i gruppen"),
    (FSN, "work", "Sköter tvätt och sortering på egen hand. Vill ha fler uppgifter.", "handledaren i gruppen"),
    (
        FSN,
        "work",
        "Arbetar helst lugnt och med en sak i taget. Tycker om att veta dagens ordning.",
        "samtal med deltagaren",
    ),
    (FSN, "work", "Har arbetat i trädgård två somrar. Vill vara utomhus.", "samtal med deltagaren"),
    (FSN, "work", "Är van vid kunder från gruppens loppis. Hälsar och tar betalt med stöd.", "handledaren i gruppen"),
    (FSN, "education", "Gick gymnasiesärskolans program för hotell och restaurang.", "betyg"),
    (FSN, "education", "Läser korta texter. Bildstöd gör det tydligare.", "samtal med deltagaren"),
    (FSN, "education", "Åker buss själv på vägar som är inövade.", "samtal med deltagaren"),
    (LABOUR, "work", "Provade en dag i butik. Höll tempot hela förmiddagen.", "butiken"),
    (LABOUR, "work", "Vill hellre packa varor än stå i kassan.", "samtal med deltagaren"),
    (LABOUR, "education", "Har gått introduktionen i livsmedelshygien.", "intyg som deltagaren visade"),
    (AF, "work", "Kan få lönebidrag om en arbetsgivare vill anställa.", "ärendet"),
)
SCHOOLING = {
    "grundskola": "Har gått anpassad grundskola.",
    "gymnasium": "Har gått anpassad gymnasieskola.",
}
CONCLUSION = "Vi är överens om att börja med en testplats nära det personen redan kan."
DISSENTS = (
    "Vi tror att en hel dag i veckan är för mycket i början.",
    "Vi ser inte att resvägen behöver vara klar först.",
)
CORRECTIONS = (
    "Jag kan visst stå i kassan. Det var bara första dagen som var svår.",
    "Jag vill arbeta fler dagar, inte färre.",
)
NEEDS = (
    ("Behöver en plats där uppgifterna är tydliga och kommer i samma ordning.", "work"),
    ("Behöver en handledare på platsen de första veckorna.", "work"),
    ("Behöver få det hen kan på papper.", "education"),
    ("Behöver öva vägen till platsen.", "work"),
)
GOALS = (
    ("Jag vill jobba på ett café.", "En egen plats på café, tre dagar i veckan"),
    ("Jag vill ha arbetskamrater och tjäna egna pengar.", "Anställning"),
    ("Jag vill arbeta i butik och packa upp varor.", "En enskild plats i butik"),
    ("Jag vill vara utomhus och köra gräsklippare.", "En plats hos en vaktmästare eller i en park"),
    ("Jag vill prova något nytt, men inte sluta i min grupp direkt.", "Två testplatser provade"),
    ("Jag vill kunna åka till jobbet själv.", "Åker själv alla dagar i en månad"),
)
STEPS = (
    StepFacts(FSN, "Testplats på café", "workplace", True, 8, (("us", "dag för studiebesök"),)),
    StepFacts(FSN, "Testplats i butik", "workplace", True, 8, (("us", "svar från butiken"),)),
    StepFacts(FSN, "Slussen: arbeta i kök med handledare", "workplace", True, 14, (("us", "ledig plats i slussen"),)),
    StepFacts(FSN, "Slussen: arbeta utomhus med handledare", "workplace", True, 14, (("us", "ledig plats i slussen"),)),
    StepFacts(FSN, "Öva vägen till platsen", "motivating", False, 4),
    StepFacts(FSN, "Skriva in det jag kan i Kompetenspasset", "education", False, 6, (("participant", "egna bilder"),)),
    StepFacts(FSN, "Samtal om vad som är ett bra jobb för mig", "motivating", False, 5),
    StepFacts(
        LABOUR, "Hitta en arbetsgivare för en enskild plats", "matching", True, 10, (("us", "svar från arbetsgivare"),)
    ),
    StepFacts(LABOUR, "Stöd på platsen av arbetskonsulent", "workplace", True, 10),
    StepFacts(LABOUR, "Studiebesök på två arbetsplatser", "matching", True, 3, (("participant", "val av dagar"),)),
)
CALLED_IN_STEPS = (
    StepFacts(AF, "Pröva lönebidrag", "matching", True, 8, (("us", "beslut om lönebidrag"),), "lönebidrag"),
)
RESULTS = (
    "Gick bra. Inskrivet i Kompetenspasset.",
    "Genomfört. Vill gå vidare.",
    "Klarade tre dagar i veckan. Inskrivet i Kompetenspasset.",
)
PLACE_SAYS = (
    "Vi är nöjda och vill gärna fortsätta.",
    "Kommer i tid och frågar när något är oklart.",
    "Behöver någon bredvid sig när det är mycket folk. I lugn takt går det fint.",
)
PLACES = ("gruppens lokal", "på testplatsen", "slussen", "på arbetsplatsen")
PHASE_REASONS = (
    "Vill och kan prova en plats utanför gruppen.",
    "Har provat och vill arbeta mer, med en handledare nära.",
    "Arbetar självständigt i slussen och har hittat en egen plats.",
    "Arbetsgivaren vill anställa.",
)
MINUTES = (
    ("Testplatsen", "decided", "Börjar med två dagar i veckan."),
    ("Resvägen", "decided", "Övas med handledaren hela första veckan."),
    ("Kompetenspasset", "moved", "Bilderna tas med nästa gång."),
    ("Fler dagar", "dropped", "Inte nu. Frågas igen om en månad."),
)
FROM_US = (
    ("Studiebesöket på caféet är på tisdag kl. 10. Passar det?", "Ja, det passar."),
    ("Ta gärna bilder på det du gör, till Kompetenspasset.", "Jag tar med dem på fredag."),
)
FROM_PARTICIPANT = (
    ("Jag vill komma en dag till i veckan.", "Vad roligt! Vi frågar på platsen."),
    ("Kan någon åka med mig första dagen?", "Ja, Amir möter dig vid bussen."),
    ("Jag är sjuk i dag.", "Krya på dig! Vi säger till på platsen."),
)
OWN_NOTES = {
    FSN: ("journal", "Deltar i stegförflyttning. Uppföljning enligt planen."),
    LABOUR: ("Procapita", "Stöd av arbetskonsulent. Vår del enligt planen."),
}
EXIT_NOTES = {
    "work": "Anställd. Kompetenspasset följer med.",
    "other": "Går tillbaka till gruppen. Kompetenspasset är kvar och kan fyllas på.",
}
PURPOSE = "Gå steg för steg från grupp till en egen plats, i den takt som passar personen."
