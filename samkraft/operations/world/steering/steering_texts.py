"""How the joint project is steered, as data: its risks, its plan's points and its method handbook. The words are ours."""

from dataclasses import dataclass

from samkraft.initiatives.rules.handbooks import Section
from samkraft.initiatives.rules.spreads import SpreadKind

LEADER, SOCIAL, LABOUR = "Kristina Holm", "Anders Palm", "Fatima Said"
ECONOMIST, ADMINISTRATOR = "Inger Ros", "Mats Björk"
CHAIR, FINSAM = "Birgitta Alm", "Jonas Wester"
# Managers of the parties in the steering group.
AF, AF_DEPUTY, CITY_WORK, CITY_SOCIAL, FK, REGION = (
    "Ann Brodin", "Kent Hallin", "Mirjam Tell", "Kjell Norling", "Mattias Rehn", "Eleonor Sjö",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class RiskFacts:
    """One risk. held: months after the start with probability and consequence, the latest last. days: to the next review."""

    text: str
    measure: str
    owner: str
    held: tuple[tuple[int, int, int], ...]
    days: int
    note: str = ""


RISKS = (
    RiskFacts(
        "För få deltagare anvisas till teamen",
        "Cheferna i de tre stora organisationerna följer anvisningarna varje vecka, och var och en har en som svarar för dem.",
        LEADER, ((0, 3, 5), (6, 4, 5), (11, 3, 5)), 18, "Anvisningarna ökade under hösten men ligger under planen.",
    ),
    RiskFacts(
        "Deltagares tidrapporter saknas, eller visar mindre än två timmar i veckan",
        "Processledaren går igenom rapporterna varje månad. Den som saknas rings upp före den femte.",
        ADMINISTRATOR, ((0, 4, 4), (5, 3, 4), (12, 3, 4)), -9, "Färre saknas, men det som saknas upptäcks sent.",
    ),
    RiskFacts(
        "Projektledningen hinner inte med både ledning och administration",
        "Ledningen delar upp uppgifterna varje månad och säger till styrgruppen i tid.",
        LEADER, ((0, 3, 3), (9, 2, 3)), 60, "Månaderna stängs nu på en timme.",
    ),
    RiskFacts(
        "Vakanser tar lång tid att fylla",
        "Varje part har en namngiven chef som ersätter inom sex veckor.",
        LABOUR, ((0, 3, 4), (7, 4, 4), (12, 4, 4)), 25, "Två tjänster är fortfarande bara delvis tillsatta.",
    ),
    RiskFacts(
        "Sekretessen uppfattas som ett hinder för gemensam kartläggning",
        "Behandlas som en metodfråga: arbetsformer och samtycken som prövas i metodstödet.",
        SOCIAL, ((0, 4, 4), (5, 3, 3), (10, 2, 3)), 80, "Samtycken för varje uppgift har gjort frågan mindre.",
    ),
    RiskFacts(
        "Deltagarna är inskrivna längre än planerat",
        "Ställtider och väntetider mäts varje månad, och ledig kapacitet hos staten och staden används.",
        LEADER, ((0, 3, 4), (8, 4, 4), (12, 4, 4)), -3, "Väntan på arbetsträning är den längsta.",
    ),
    RiskFacts(
        "Arbetsgivarna tappar intresset",
        "En fjärdedel av teamens tid går till arbetsgivare, och varje team har mål för sina kontakter.",
        LABOUR, ((0, 2, 4), (9, 3, 4)), 34,
    ),
    RiskFacts(
        "Teamen når inte 150 deltagare",
        "Överintag och en rutin för att fylla på när någon lämnar.",
        SOCIAL, ((0, 3, 3), (8, 3, 3)), 45,
    ),
    RiskFacts(
        "Delad ledning blir tungrodd",
        "Styrgruppen består av chefer med mandat, och det är skrivet vem som beslutar vad.",
        CHAIR, ((0, 3, 3), (10, 2, 2)), 100,
    ),
    RiskFacts(
        "Bemanningen hotas av neddragningar hos parterna",
        "Avsiktsförklaringar från parterna. Varslas det tar styrgruppen upp frågan samma månad.",
        CHAIR, ((0, 2, 5), (11, 3, 5)), 5, "En part har aviserat en översyn.",
    ),
    RiskFacts(
        "Målen för jämställdhet och tillgänglighet nås inte",
        "Följs i styrkortet efter kön varje månad. Styrgruppen beslutar om åtgärder när det skiljer.",
        FINSAM, ((0, 3, 4), (6, 3, 4), (12, 3, 4)), 40,
        "Männen får fortfarande oftare arbetsplatsnära aktiviteter och kvinnorna oftare förberedande.",
    ),
)  # fmt: skip

# What stands under each of the plan's fourteen points, and who answers for it.
ANSWERS = (
    (SOCIAL, "Två halvdagar för all personal före start, och en uppföljning varje halvår."),
    (LABOUR, "En i varje team håller kontakten med arbetsgivare, vård och utbildare."),
    (LEADER, "Mötesordning vecka för vecka: intag, plan, uppföljning före och efter aktivitet."),
    (LEADER, "Fyra timmar i veckan i en skrivgrupp med en från varje profession."),
    (LEADER, "Månad för månad med resultat, ansvariga och intag."),
    (ECONOMIST, "Indikatorer för varje del av förändringsteorin, räknade den första i varje månad."),
    (SOCIAL, "Fokusgrupper varje halvår, och deltagarens egna ord i planen."),
    (LABOUR, "Från anvisning till uppföljning efter sex månader, i tre faser."),
    (LEADER, "Studiebesök i Köpenhamn om tron på individen."),
    (LEADER, "Upphandlad utvärderare: en plan och tre rapporter."),
    (LEADER, "Genomgången med parterna i januari."),
    (SOCIAL, "Mål efter kön för varje aktivitet. Avvikelser går till styrgruppen."),
    (ADMINISTRATOR, "Vem som berättar vad för vem, och när."),
    (ECONOMIST, "Samma ram som i ansökan, fördelad på månader."),
)

_MEETING = (
    "Teamet träffar deltagaren tillsammans. Den som deltagaren redan känner öppnar mötet.\n"
    "Alla säger vad de redan vet, så att ingen behöver berätta samma sak igen."
)
_PLAN_1 = (
    "Planen skrivs inom 60 dagar. Den säger vad deltagaren vill, vad som behövs och vem som gör vad.\n"
    "Planen skrivs ut och alla skriver under."
)
_PLAN_2 = (
    "Planen skrivs inom 45 dagar. Den säger vad deltagaren vill, vad som behövs och vem som gör vad.\n"
    "Deltagarens egna ord står först.\n"
    "Alla som har en del i planen säger att de är överens, på papper eller i systemet."
)
_EMPLOYER_1 = "En i teamet håller kontakten med arbetsgivare."
_EMPLOYER_2 = (
    "En fjärdedel av teamets tid går till arbetsgivare.\n"
    "Före och efter varje praktik träffas deltagare, handledare och processledare på arbetsplatsen."
)
_PARALLEL = (
    "Stöd ges samtidigt, inte efter varandra. Minst en del är på en arbetsplats.\n"
    "Den som är sjukskriven kan börja med några timmar."
)
_BELIEF = (
    "Den som tror att deltagaren kan få ett arbete hjälper deltagaren att få det.\n"
    "Teamet går igenom de sju frågorna var tredje månad, också de om den egna tron."
)
_RESOURCES = "Tre i kärnan för 150 deltagare. FK, vårdsamordnare och vägledare kallas in till enskilda ärenden."
_CONDITIONS = "Chefer som släpper in andra i planeringen. Gemensam lokal. Samtycken som går att förstå och ta tillbaka."
_RESULTS_2 = "Kortare väg till plan. Fler i arbetsplatsnära aktivitet. Färre planer för varje person."
_RESULTS_3 = (
    "Kortare väg till plan. Fler i arbetsplatsnära aktivitet. Färre planer för varje person.\n"
    "Den första delen av utvärderingen och den första rapporten om effekter ligger till grund."
)

HANDBOOK_1 = (
    Section("Det gemensamma mötet", _MEETING),
    Section("Planen", _PLAN_1),
    Section("Arbetsgivare", _EMPLOYER_1),
    Section("Vilka resurser som behövs", _RESOURCES),
)
HANDBOOK_2 = (
    Section("Det gemensamma mötet", _MEETING),
    Section("Planen", _PLAN_2),
    Section("Stöd samtidigt", _PARALLEL),
    Section("Arbetsgivare", _EMPLOYER_2),
    Section("Vilka resurser som behövs", _RESOURCES),
    Section("Vilka villkor som behövs", _CONDITIONS),
    Section("Vad som går att nå", _RESULTS_2),
)
HANDBOOK_3 = (
    Section("Det gemensamma mötet", _MEETING),
    Section("Planen", _PLAN_2),
    Section("Stöd samtidigt", _PARALLEL),
    Section("Tron på individen", _BELIEF),
    Section("Arbetsgivare", _EMPLOYER_2),
    Section("Vilka resurser som behövs", _RESOURCES),
    Section("Vilka villkor som behövs", _CONDITIONS),
    Section("Vad som går att nå", _RESULTS_3),
)

# Who is whose line manager in the demo, by the employer's code.
LINE_MANAGERS = {
    "af": "Monica Lilja, sektionschef", "malmo": "Roger Ahl, enhetschef", "asn": "Roger Ahl, enhetschef",
    "gvn": "Elsa Torp, rektor", "fk": "Carin Bohm, enhetschef", "region-skane": "Magnus Hage, verksamhetschef",
}  # fmt: skip

# What evaluators and others hand in: whose, what, months after the start, and whether it has come.
DELIVERIES = (
    ("sydvast", "Lämna utvärderingsplanen till styrgruppen", 9, True),
    ("isf", "Lämna den första delrapporten om effekter", 12, True),
    ("sydvast", "Lämna utvärderingens första rapport till styrgrupp, SÖK och FINSAM", 14, False),
    ("asn", "Lämna metoden för tron på individen till styrgruppen", 16, False),
    ("isf", "Lämna den andra delrapporten om effekter", 20, False),
    ("sydvast", "Lämna utvärderingens andra rapport", 21, False),
    ("sydvast", "Lämna utvärderingens slutrapport, samstämd med metodstödet", 28, False),
)

# Whom the handbook has reached: version, receiver, how, months after the start and day, how many were there, and what about.
SPREADS = (
    ("1.0", "af", SpreadKind.TRAINING, 1, 12, 34, "Två halvdagar före starten"),
    ("1.0", "asn", SpreadKind.TRAINING, 1, 19, 41, "Två halvdagar före starten"),
    ("2.1", "finsam", SpreadKind.PRESENTATION, 7, 9, 12, "Vad som är nytt efter tjänstedesignen"),
    ("2.1", "af", SpreadKind.TRAINING, 8, 6, 28, "Stöd samtidigt, med exempel från teamen"),
    ("2.1", "region-skane", SpreadKind.MATERIAL, 10, 14, None, "Kortversionen, till vårdcentralernas chefer"),
    ("2.1", "lund", SpreadKind.VISIT, 11, 20, 9, "Studiebesök hos två team"),
)
