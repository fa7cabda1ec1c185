"""What committees told of Strategiska jobbsatsningar and Ung i sommar 2024."""

from samkraft.money.rules.figures import Unit
from samkraft.money.rules.reports.reports import System
from samkraft.operations.world.reports.told import PARTLY, Answer, Effort, Number, Told

SJS, UIS = "strategiska-jobbsatsningar", "ung-i-sommar"
QUESTIONS = {
    SJS: (
        ("Hur har tilldelade medel för Strategiska jobbsatsningar använts under året?", "", 0),
        ("Vad har tilldelade medel använts till under året?", "ks", 1),
        ("På vilket sätt har nytänkande idéer varit i fokus?", "ks", 1),
        (
            "Hur har insatserna bidragit till, eller förväntas bidra till, att öka andelen självförsörjande Malmöbor?",
            "ks",
            1,
        ),
    ),
    UIS: (
        ("Hur har tilldelade medel för Ung i sommar använts under året?", "", 0),
        (
            "Hur många platser har fördelats under 2024 och hur har utvecklingen av antalet platser varit jämfört med "
            "tidigare år?",
            "ks",
            1,
        ),
    ),
}
PERSONS, PLACES, TIMES, KR, FIRMS = Unit.PERSONS, Unit.PLACES, Unit.EVENTS, Unit.KRONOR, Unit.COMPANIES
AMOUNT = "Medel för strategiska jobbsatsningar, enligt nämnden"
KAA = "Kommunens aktivitetsansvar, förvaltningens register"
SUMMER = "Unga i Sommarlovsentreprenör eller UngDrive"

ASN = Told(
    SJS,
    "asn",
    (
        Answer(
            1,
            "Pengarna har gått till tre saker. Rekryteringsteamet för personer med funktionsnedsättning som behöver "
            "anpassningar på arbetsplatsen har blivit större. Fler unga har fått arbetsmarknadsanställningar och "
            "branschorientering tillsammans med gymnasie- och vuxenutbildningsförvaltningen. Jobb för unga har haft "
            "[[1]] för unga med funktionsnedsättning eller i hushåll med ekonomiskt bistånd.\n\n"
            "Hur mycket som har gått till var och en av insatserna är [[2]].",
            (
                Effort("Rekryteringsteam för personer med funktionsnedsättning", "Förstärkt."),
                Effort("Arbetsmarknadsanställningar och branschorientering", "Tillsammans med GVF."),
                Effort("Jobb för unga", "Unga med funktionsnedsättning eller i hushåll med ekonomiskt bistånd."),
            ),
            (
                Number(
                    "youth-places",
                    "Ungdomsplatser i Jobb för unga",
                    PLACES,
                    "34",
                    "Arbetsmarknadsavdelningens egen lista",
                ),
                Number("tilldelat", AMOUNT, KR, None, "Nämnden anger inget belopp"),
            ),
        ),
    ),
    comment="Bra att det står vilka platser det gäller. Skriv gärna ut att beloppen per insats inte är kända.",
)
FSN = Told(
    SJS,
    "fsn",
    (
        Answer(
            1,
            "Nämnden har använt [[1]] till daglig verksamhet som ligger nära arbetslivet. En övergripande funktion "
            "samverkar med Försäkringskassan, Arbetsförmedlingen, arbetsmarknads- och socialförvaltningen och "
            "gymnasie- och vuxenutbildningsförvaltningen. Personal följer den som går från daglig verksamhet till "
            "arbetsmarknaden.\n\n"
            "Sedan 2024 finns en slussfunktion: en handledare följer personen från gruppen till en enskild plats. På "
            "provplatser kartlägger och matchar en handledare innan personen får en egen plats. Ett evenemang har "
            "uppmärksammat arbetsplatser som tar emot.\n\n"
            "Vi har inte räknat deltagarna i insatserna. Antalet är [[2]].",
            (
                Effort("Övergripande funktion", "Samverkan med FK, AF, ASF och GVF."),
                Effort(
                    "DCL", "En aktivitetsledare kopplar ihop företagets och den enskildes plan.", other="DCL Malmö AB"
                ),
                Effort("Provplatser med handledare", "Kartläggning och matchning före enskild plats."),
                Effort("Evenemang för arbetsplatser", "Priser till arbetsplatser som tar emot."),
                Effort("Personal för steget till arbetsmarknaden", "Följer den som lämnar daglig verksamhet."),
                Effort("Slussfunktion", "Från 2024: en handledare följer personen från grupp till enskild plats."),
                Effort("Café Mässen", "Övertaget från ASF.", other="Räddningstjänst Syd"),
                Effort("Moomsteatern", "Längre partnerskap (IOP).", other="Moomsteatern"),
                Effort("Yrkes-DV", "Nära en arbetsgivare eller bransch, med jobb som mål."),
            ),
            (
                Number("tilldelat", AMOUNT, KR, "4100000", "Nämndens bokslut", rounded_to=100_000),
                Number(
                    "step-participants", "Deltagare i arbetsnära daglig verksamhet", PERSONS, None, "Har inte räknats"
                ),
            ),
        ),
    ),
    filed=False,
    transferred=(System.FOLLOW_UP,),
)
GVN = Told(
    SJS,
    "gvn",
    (
        Answer(
            1,
            "Nämnden anger att [[1]] har använts. Orienteringskursen Arbetsliv och arbetsmarknad i sfi hade [[2 tal]] deltagare. "
            "En ny yrkesutbildning till industrielektriker och vindkraftstekniker är förberedd på samma sätt som Life "
            "Science-operatör, där Handelskammaren, Medeon och omkring femton företag var med. Den börjar i mars 2025. "
            "Primär samverkan ger råd före det fria valet i vuxenutbildningen från 2025.\n\n"
            "Maxa finns vid fyra enheter och tar emot unga i Ung i sommar; det prövades första gången sommaren 2022.\n\n"
            "I kommunens aktivitetsansvar kombinerade [[3 tal]] elever praktik med studier på komvux. Ämnesstudier i svenska, "
            "engelska och matematik erbjöds [[4 tal]] elever. Antalet kontaktförsök var [[5 tal]].",
            (
                Effort("Orienteringskurs Arbetsliv och arbetsmarknad", "I SFI."),
                Effort("Yrkesvux industrielektriker och vindkraftstekniker", "Start planerad till mars 2025.", PARTLY),
                Effort("Primär samverkan", "Före fritt sök i vuxenutbildningen från 2025.", PARTLY),
                Effort("Maxa", "Fyra enheter, för unga i Ung i sommar."),
                Effort("Kommunens aktivitetsansvar: praktik med komvux"),
            ),
            (
                Number("tilldelat", AMOUNT, KR, "6192000", "Nämndens bokslut", rounded_to=1_000),
                Number("orientation-course", "Deltagare i orienteringskursen", PERSONS, "70", "Sfi, kurslistor"),
                Number("practice-and-studies", "Praktik kombinerad med komvux", PERSONS, "43", KAA),
                Number("subject-studies", "Erbjudna ämnesstudier", PERSONS, "33", KAA),
                Number("contact-attempts", "Kontaktförsök, kommunens aktivitetsansvar", TIMES, "4389", KAA),
                Number("subject-studies", "Erbjudna ämnesstudier", PERSONS, "16", KAA, 2023),
                Number("contact-attempts", "Kontaktförsök, kommunens aktivitetsansvar", TIMES, "4417", KAA, 2023),
            ),
        ),
    ),
    days_late=11,
    comment="Beslutet säger 6 912 000 kronor. Är siffrorna omkastade?",
)
KS = Told(
    SJS,
    "ks",
    (
        Answer(1, "Kommunstyrelsens del har gått till fem bidrag. De tre frågorna nedan gäller dem."),
        Answer(
            2,
            "Fem organisationer har fått bidrag, tillsammans [[1]]. Pink Programming når omkring [[2]] och [[3]] med "
            "träffar, kurser och kontakter med arbetsgivare. Foo Café lär ut programmering till utrikesfödda på söndagar; "
            "målet är [[4]], hälften kvinnor.",
            (
                Effort("Pink Programming", "Jämställd teknikbransch.", kronor=350_000, other="Pink Programming"),
                Effort(
                    "Foo Café Foundation", "FooCoding för utrikesfödda.", kronor=350_000, other="Foo Café Foundation"
                ),
                Effort(
                    "ReDI School",
                    "Generativ AI, Hermodsdal och partnerskap med it-företag.",
                    kronor=500_000,
                    other="ReDI School",
                ),
                Effort(
                    "YH-kompetens",
                    "Fler utbildningar på yrkeshögskolan.",
                    kronor=200_000,
                    other="Sydsvenska Handelskammaren",
                ),
                Effort("Förstudie Changers Hub", "Innovationshubb för 16–29 år.", kronor=136_000, other="Changers Hub"),
            ),
            (
                Number("granted-total", "Beviljade bidrag", KR, "1536000", "Summan av de fem besluten"),
                Number(
                    "pink-participants",
                    "Deltagare, Pink Programming",
                    PERSONS,
                    "400",
                    "Organisationens plan",
                    rounded_to=50,
                ),
                Number(
                    "pink-companies",
                    "Företag, Pink Programming",
                    FIRMS,
                    "20",
                    "Organisationens plan: 20–30",
                    rounded_to=10,
                ),
                Number("foo-in-work", "I arbete, Foo Café (mål)", PERSONS, "10", "Organisationens ansökan"),
            ),
        ),
        Answer(
            3,
            "Insatserna använder arbetssätt som saknas i staden i dag: öppna kodträffar, mentorer från företag och kurser "
            "på engelska. Förstudien om Changers Hub prövar om en mötesplats som finns i Stockholm och Göteborg passar här.",
        ),
        Answer(
            4,
            "För den enskilde handlar det om utbildning, stöd och matchning. För systemet handlar det om kunskap: vilka "
            "vägar in i bristyrken som fungerar. Hur många som har gått till arbete vet vi först när organisationerna har "
            "redovisat. Antalet är [[1]].",
            (),
            (
                Number(
                    "to-work",
                    "Gått till arbete efter insatserna",
                    PERSONS,
                    None,
                    "Redovisas av organisationerna under 2025",
                ),
            ),
        ),
    ),
)
ASN_SUMMER = Told(
    UIS,
    "asn",
    (
        Answer(
            1,
            "Pengarna har betalat praktik- och sommarjobbsplatser. Antalet platser redovisas under ungdomsmålet och är "
            "[[1]] här.",
            (Effort("Praktik- och sommarjobbsplatser", "Antalet platser redovisas under ungdomsmålet."),),
            (Number("summer-places", "Platser i Ung i sommar", PLACES, None, "Redovisas under ungdomsmålet"),),
        ),
    ),
)
KS_SUMMER = Told(
    UIS,
    "ks",
    (
        Answer(
            1,
            "Kommunstyrelsen har köpt UngDrive Academy av Ung Drive genom direktupphandling. Unga mellan 15 och 18 år får "
            "handledning i att starta ett eget företag. Två omgångar på fyra veckor har gått under vecka 25–32, efter ett "
            "informationsmöte i juni. Deltagarna checkar in och ut varje dag, och närvaron rapporteras löpande.",
            (Effort("UngDrive Academy", "Två omgångar à fyra veckor, vecka 25–32.", other="Ung Drive"),),
        ),
        Answer(
            2,
            "[[1]] har fått plats, hundra i varje omgång. Det är lika många som 2023 och dubbelt så många som åren 2020–2022.",
            (),
            tuple(
                Number("summer-entrepreneurs", SUMMER, PERSONS, value, "Deltagarlistor", year)
                for year, value in (
                    (2024, "200"),
                    (2019, "50"),
                    (2020, "100"),
                    (2021, "100"),
                    (2022, "100"),
                    (2023, "200"),
                )
            ),
        ),
    ),
)
TOLD = (ASN, FSN, GVN, KS, ASN_SUMMER, KS_SUMMER)
