"""What eight committees told of the money for safety and participation 2024."""

from samkraft.money.rules.figures import Unit
from samkraft.operations.world.reports.told import NOT_DONE, PARTLY, Answer, Effort, Number, Told

FUND = "trygghet"
QUESTIONS = {
    FUND: (
        (
            "Hur har tilldelade medel för Ökad trygghet och stärkt delaktighet i socialt utsatta områden och lokal "
            "utveckling använts under året?",
            "",
            0,
        ),
    )
}
KR, PERSONS, PERCENT = Unit.KRONOR, Unit.PERSONS, Unit.PERCENT
LABEL = "Medel för ökad trygghet, enligt nämnden"
BOOKS = "Nämndens bokslut"


def _got(value: str | None, step: int = 0) -> Number:
    return Number("tilldelat", LABEL, KR, value, BOOKS if value else "Nämnden anger inget belopp", rounded_to=step)


TOLD = (
    Told(
        FUND,
        "asn",
        (
            Answer(
                1,
                "Pengarna har gått till SSPF, Flexet, Lyftet och dialogsocionomer. Effekten beskrivs under målen. Beloppet "
                "är [[1]].",
                (
                    Effort("Skola, socialtjänst, polis och fritid (SSPF)"),
                    Effort("Flexet"),
                    Effort("Lyftet"),
                    Effort("Dialogsocionomer"),
                ),
                (_got(None),),
            ),
        ),
    ),
    Told(
        FUND,
        "fritid",
        (
            Answer(
                1,
                "[[1]] har gått till lovverksamhet på platser och tider där det annars finns lite att göra: höst- och "
                "vinterlov vid Värnhem och Kirseberg, och prova på-aktiviteter.",
                (
                    Effort("Lovverksamhet med Spelets Hus, Bulltofta SIF, Hyllie GF och Hyllie TK"),
                    Effort("Prova på vid Innebandy-VM och basket 3x3 Tour"),
                ),
                (_got("1000000", 1_000_000),),
            ),
        ),
    ),
    Told(
        FUND,
        "fsn",
        (
            Answer(
                1,
                "[[1]] har gått till fyra områden.\n\n"
                "Barnboende och korttids har fått samordning, handledning och kunskap om psykisk hälsa: utbildning i KomBo, "
                "vikarier och en utbildningssamordnare, rutiner och handlingsplaner om heder, suicid och självskada.\n\n"
                "Insatser kring barn samordnas, först av biståndshandläggare, med utbildning i barnkonventionen och AKK.\n\n"
                "Nationell anhörigdag hölls i oktober på stadsbiblioteket. Avlösning, ledsagning och kontaktperson följs upp "
                "av ytterligare en medarbetare, i digital form.",
                (
                    Effort("Handledning om psykisk hälsa i barnboende och korttids"),
                    Effort("Samordning av insatser kring barn"),
                    Effort("Nationell anhörigdag på stadsbiblioteket"),
                    Effort("Kvalitetsuppföljning och gemensamma aktiviteter"),
                ),
                (_got("653000"),),
            ),
        ),
    ),
    Told(
        FUND,
        "forskole",
        (
            Answer(
                1,
                "[[1]] har gått till språkträning för föräldralediga med barn upp till sex år, vid fem öppna förskolor: Hera, "
                "Lindängen, Familjens hus, Rådmansvången och Värnhem. Pengarna betalar ledare, material, besök och "
                "administration.",
                (
                    Effort(
                        "Språkträning för föräldralediga vid fem öppna förskolor (IOP Bilda Sydväst)",
                        other="Studieförbundet Bilda Sydväst",
                    ),
                ),
                (_got("300000", 1_000),),
            ),
        ),
    ),
    Told(
        FUND,
        "grundskole",
        (
            Answer(
                1,
                "Nämnden sökte drygt 3 miljoner kronor och fick [[1]]. Nio insatser har gått genom Pedagogisk Inspiration. Sex "
                "är genomförda, en delvis och två inte alls. Malmö universitets andra rapport om barns psykiska hälsa kommer "
                "i januari 2025. MUVAH har pågått i tio år och har tre delstudier.",
                (
                    Effort("First LEGO"),
                    Effort("Malmö universitet om barns psykiska hälsa"),
                    Effort("MUVAH"),
                    Effort("Restorativ praktik", "Med Albertslund som förebild."),
                    Effort("Värdegrund"),
                    Effort("Hela Malmö läser"),
                    Effort("Skolbarns trygga närmiljö", "", PARTLY),
                    Effort("Hågkomstresor", "Ingen förstärkning blev gjord.", NOT_DONE),
                    Effort("BID Malmö", "", NOT_DONE),
                ),
                (_got("1250000", 10_000),),
            ),
        ),
    ),
    Told(
        FUND,
        "gvn",
        (
            Answer(
                1,
                "[[1]] har betalat en halv tjänst för uppsökande arbete på plats i stadsområde Söder, som började hösten 2022 "
                "tillsammans med SSPF, polisen, Ungdomsfält och ESF-projektet Hållbara övergångar för unga i riskzon. De har "
                "också betalat vägledning på kvällar, webbinarier och en helg på Rosengårds bibliotek.",
                (
                    Effort("Uppsökande arbete i kommunens aktivitetsansvar", kronor=300_000),
                    Effort("Vägledning kvällar och helger", kronor=50_000),
                ),
                (_got("350000", 1_000),),
            ),
        ),
        filed=False,
        transferred=(),
    ),
    Told(
        FUND,
        "kultur",
        (
            Answer(
                1,
                "Pengarna har gått till lovarrangemang. Vi har prioriterat unga mellan 16 och 19 år, unga med "
                "funktionsnedsättning, spridning i staden och ungas egen delaktighet. Beloppet är [[1]].",
                (Effort("Lovarrangemang: läger, K-pop, Unga konsthallstorget, Karavan, Limpo och Skrot"),),
                (_got(None),),
            ),
        ),
        days_late=6,
    ),
    Told(
        FUND,
        "teknik",
        (
            Answer(
                1,
                "Höstlovet 2024 hade [[1 tal]] deltagare, [[2]] och [[3]]; andelen flickor är större än året före. Beloppet "
                "är [[4]].",
                (Effort("Höstlovet 2024"),),
                (
                    Number("autumn-holiday", "Deltagare höstlovet", PERSONS, "623", "Närvarolistor"),
                    Number(
                        "autumn-holiday-share",
                        "Andel flickor höstlovet",
                        PERCENT,
                        "30",
                        "Närvarolistor",
                        2024,
                        "flickor",
                        5,
                    ),
                    Number(
                        "autumn-holiday-share",
                        "Andel pojkar höstlovet",
                        PERCENT,
                        "70",
                        "Närvarolistor",
                        2024,
                        "pojkar",
                        5,
                    ),
                    _got(None),
                ),
            ),
        ),
    ),
)
