"""Goals, initiatives and promised staff as data, with where each is said."""

from dataclasses import dataclass
from datetime import date

from samkraft.initiatives.rules.goals import GoalKind
from samkraft.initiatives.rules.undertakings import Stage
from samkraft.partners.rules.roles import Role

APPLICATION = "Ansökan Malmökraften 2.0 till Europeiska socialfonden, med förtydliganden 2019-10-16 och 2019-10-24"
THEORY = "Malmökraften 2.0, förändringsteorin"
AGREEMENT = "Strategisk överenskommelse (SÖK) mellan Arbetsförmedlingen och Malmö stad"


@dataclass(frozen=True, slots=True)
class GoalFacts:
    """One goal."""

    code: str
    kind: GoalKind
    text: str
    owner: str
    source: str
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Promise:
    """Staff that one employer has promised."""

    role: Role
    title: str
    employer: str
    heads: int
    months: int


@dataclass(frozen=True, slots=True)
class Undertaking:
    """One initiative."""

    code: str
    name: str
    aim: str
    target_groups: str
    owner: str
    stage: Stage
    start_date: date
    last_day: date
    goals: tuple[str, ...]
    partners: tuple[tuple[str, str], ...]
    source: str
    staff: tuple[Promise, ...] = ()


def _council(code: str, text: str, source: str) -> GoalFacts:
    return GoalFacts(code, GoalKind.COUNCIL, text, "kf", source)


def _agreed(code: str, text: str) -> GoalFacts:
    return GoalFacts(code, GoalKind.AGREEMENT, text, "malmo", AGREEMENT)


def _project(code: str, text: str, parent: str, kind: GoalKind = GoalKind.INITIATIVE) -> GoalFacts:
    return GoalFacts(code, kind, text, "af", THEORY, parent)


GOALS = (
    _council(
        "kf-sjalvforsorjande",
        "Malmö stad ska verka för att öka andelen Malmöbor som är självförsörjande",
        "Kommunfullmäktiges mål; strategiska jobbsatsningar, årsanalys 2024",
    ),
    _council(
        "kf-unga-studerar-arbetar",
        "Malmö stad arbetar för att en större andel ungdomar ska studera eller arbeta",
        "Kommunfullmäktiges mål; Ung i sommar, årsanalys 2024",
    ),
    _council(
        "kf-goda-uppvaxtvillkor",
        "Malmö stad arbetar för att ge barn och unga goda uppväxtvillkor",
        "Kommunfullmäktiges mål; trygghet och delaktighet, årsanalys 2024",
    ),
    _council(
        "kf-forebygga-brott",
        "Malmö stad arbetar för att stärka det förebyggande arbetet och minska brottsligheten",
        "Kommunfullmäktiges mål; trygghet och delaktighet, årsanalys 2024",
    ),
    _agreed("sok-bristyrken", "Färre bristyrken"),
    _agreed("sok-arbete-studier", "Större andel som börjar arbeta eller studera än året före"),
    _agreed("sok-sysselsattning", "Sysselsättningsgraden hos Malmöborna ökar mer än genomsnittet i landet"),
    _agreed("sok-sjalvforsorjande", "Fler med försörjningsstöd blir självförsörjande"),
    _agreed("sok-gymnasieutbildning", "Större andel med avslutad gymnasieutbildning än året före"),
    GoalFacts(
        "esf-sysselsattning", GoalKind.FINANCIER,
        "Höja sysselsättningen: 2 500 deltagare till arbete eller studier", "af",
        "Regional ESF-plan för Skåne–Blekinge, enligt ansökan om Malmökraften 2.0",
    ),
    GoalFacts(
        "esf-utbildning", GoalKind.FINANCIER,
        "Höja utbildningsnivån: 2 500 deltagare till arbete eller studier (samma personer räknas för båda målen)", "af",
        "Regional ESF-plan för Skåne–Blekinge, enligt ansökan om Malmökraften 2.0",
    ),
    _project(
        "mk-utan-offentlig-forsorjning",
        "Större andel av medborgarna i Malmö klarar sig utan offentlig försörjning",
        "sok-sjalvforsorjande",
    ),
    _project(
        "mk-kostnader", "Kostnaderna för försörjningsstöd och sjukpenning minskar", "mk-utan-offentlig-forsorjning"
    ),
    _project("mk-langtidsarbetsloshet", "Långtidsarbetslösheten i Malmö minskar", "mk-utan-offentlig-forsorjning"),
    _project("mk-deltagare", "5 600 personer deltar", "mk-langtidsarbetsloshet"),
    _project("mk-arbete-studier", "2 500 deltagare går till arbete eller studier", "mk-langtidsarbetsloshet"),
    _project("mk-farre-stod", "Färre har försörjningsstöd och sjukpenning än vid start", "mk-langtidsarbetsloshet"),
    _project(
        "mk-samverkan-af-fk",
        "75 % av Försäkringskassans deltagare går över till samverkan mellan Arbetsförmedlingen och Försäkringskassan",
        "mk-langtidsarbetsloshet",
    ),
    _project(
        "mk-plan", "5 600 får snart en gemensam samordnad planering", "mk-arbete-studier", GoalKind.ACTIVITY
    ),
    _project(
        "mk-arbetsplatsnara", "65 % tar del av arbetsplatsnära aktiviteter", "mk-arbete-studier", GoalKind.ACTIVITY
    ),
    _project("mk-ordinarie", "Metoderna används i ordinarie arbete", "mk-utan-offentlig-forsorjning"),
    _project("mk-metodstod", "Ett metodstöd tas fram och sprids", "mk-ordinarie", GoalKind.ACTIVITY),
)  # fmt: skip

STAFF = (
    Promise(Role.MAIN_PROJECT_LEADER, "Huvudprojektledare", "af", 1, 30),
    Promise(Role.SUBPROJECT_LEADER, "Delprojektledare (socialtjänst och arbetsmarknad)", "malmo", 2, 30),
    Promise(Role.PROJECT_ECONOMIST, "Projektekonom", "af", 1, 30),
    Promise(Role.PROJECT_ADMINISTRATOR, "Projektadministratör", "af", 1, 30),
    Promise(Role.EMPLOYMENT_OFFICER, "Arbetsförmedlare", "af", 5, 30),
    Promise(Role.EMPLOYMENT_OFFICER, "Arbetsförmedlare", "af", 5, 24),
    Promise(Role.SOCIAL_SECRETARY, "Socialsekreterare", "malmo", 5, 30),
    Promise(Role.SOCIAL_SECRETARY, "Socialsekreterare", "malmo", 5, 24),
    Promise(Role.LABOUR_MARKET_SECRETARY, "Arbetsmarknadssekreterare", "malmo", 5, 30),
    Promise(Role.LABOUR_MARKET_SECRETARY, "Arbetsmarknadssekreterare", "malmo", 5, 24),
    Promise(Role.CARE_COORDINATOR, "Vårdsamordnare, primärvården", "region-skane", 2, 30),
    Promise(Role.INSURANCE_OFFICER, "Handläggare, Försäkringskassan", "fk", 2, 30),
    Promise(Role.INSURANCE_OFFICER, "Handläggare, Försäkringskassan", "fk", 1, 24),
    Promise(Role.STUDY_COUNSELLOR, "Studie- och yrkesvägledare (ASF)", "asn", 1, 30),
    Promise(Role.STUDY_COUNSELLOR, "Studie- och yrkesvägledare (GVF)", "gvn", 1, 24),
)

INITIATIVES = (
    Undertaking(
        code="jobbpakt",
        name="Jobbpakt",
        aim="En jobbpakt med Malmöborna tillsammans med nämnderna. I början: arbetsmarknadsanställningar, sommarjobb "
        "för alla gymnasieungdomar, utbildning nära yrken och spridning av projekt som fungerat. Gjordes om till "
        "strategiska jobbsatsningar 2024, därför att pengarna var svåra att följa upp och förutse.",
        target_groups="Malmöbor som står utanför arbetsmarknaden, däribland personer med försörjningsstöd och unga.",
        owner="ks",
        stage=Stage.ENDED,
        start_date=date(2018, 1, 1),
        last_day=date(2023, 12, 31),
        goals=("kf-sjalvforsorjande",),
        partners=(
            ("asn", "nämnd som får medel"), ("gvn", "nämnd som får medel"), ("fsn", "nämnd som får medel"),
            ("redi", "bidragsmottagare"), ("coompanion", "bidragsmottagare, för Level"),
            ("sommarlovsentreprenor", "upphandlad enligt texten, beviljad enligt beslutspunkten"),
        ),
        source="STK-2023-576. Om uppdraget gavs i budget 2017 eller 2018 säger källorna olika.",
    ),
    Undertaking(
        code="strategiska-jobbsatsningar",
        name="Strategiska jobbsatsningar",
        aim="Utvecklingsmedel för politiskt prioriterade satsningar som direkt eller indirekt ökar andelen "
        "självförsörjande Malmöbor: nya idéer och utveckling som nämnderna bedömer ger stor effekt. "
        "Ett tillskott utöver den ordinarie budgeten, fördelat efter nyckel för en mandatperiod.",
        target_groups="Främst de som har svårast att bli självförsörjande, och unga.",
        owner="ks",
        stage=Stage.RUNNING,
        start_date=date(2024, 1, 1),
        last_day=date(2026, 12, 31),
        goals=("kf-sjalvforsorjande",),
        partners=(
            ("asn", "nämnd, 51 % enligt nyckeln"), ("gvn", "nämnd, 27 % enligt nyckeln"),
            ("fsn", "nämnd, 16 % enligt nyckeln"), ("stk", "bereder och följer upp; styrelsens del är 6 %"),
            ("tillvaxt-malmo", "avtal, utanför nyckeln"), ("level", "avtal, utanför nyckeln"),
        ),
        source="STK-2024-291",
    ),
    Undertaking(
        code="ung-i-sommar",
        name="Ung i sommar",
        aim="Arbetslivserfarenhet genom praktik- och feriearbetsplatser på sommaren, och coachning av unga som startar "
        "eget sommarföretag.",
        target_groups="Ungdomar i Malmö. UngDrive Academy är för 15–18 år.",
        owner="asn",
        stage=Stage.RUNNING,
        start_date=date(2024, 1, 1),
        last_day=date(2026, 12, 31),
        goals=("kf-unga-studerar-arbetar",),
        partners=(
            ("ks", "nämnd som får medel"), ("ung-drive", "upphandlad leverantör, UngDrive Academy"),
        ),
        source="STK-2024-291 och årsanalys 2024",
    ),
    Undertaking(
        code="malmokraften-2",
        name="Malmökraften 2.0",
        aim="Deltagaren möter ett samlat team med en gemensam plan i stället för flera. Parterna förkortar ställtider "
        "och väntetider och styr insatserna tillsammans.\n\n"
        "Fas 1: gemensam kartläggning och en första gemensam plan med bestämda aktiviteter.\n"
        "Fas 2: kompetens, genom praktik, arbetsträning eller utbildning; får börja med motiverande eller "
        "rehabiliterande insatser.\n"
        "Fas 3: utmatchning till arbete eller utbildning.\n\n"
        "Fas 1 och 2 bör tillsammans inte ta mer än sex månader.",
        target_groups="Arbetssökande folkbokförda i Malmö som behöver samordning mellan myndigheter: med eller utan "
        "försörjningsstöd i jobb- och utvecklingsgarantin, och personer med sjukpenning. Företräde har de som fått "
        "ekonomiskt bistånd och varit inskrivna hos Arbetsförmedlingen i minst tolv månader utan avbrott, och de som "
        "har både aktivitetsstöd och kompletterande försörjningsstöd. Lika många platser för kvinnor och män.",
        owner="af",
        stage=Stage.ENDED,
        start_date=date(2020, 1, 1),
        last_day=date(2022, 6, 30),
        goals=(
            "sok-arbete-studier", "sok-sjalvforsorjande", "esf-sysselsattning", "esf-utbildning", "mk-deltagare",
            "mk-arbete-studier", "mk-samverkan-af-fk", "mk-plan", "mk-arbetsplatsnara", "mk-metodstod",
        ),
        partners=(
            ("af", "projektägare och medfinansiär; lokaler, it och tidredovisning"),
            ("malmo", "medfinansiär; arbetsgivare för de flesta"),
            ("fk", "medfinansiär"),
            ("finsam", "medfinansiär med kontanta medel; arena sedan 2007"),
            ("region-skane", "samverkansaktör utan egna deltagare"),
        ),
        source=APPLICATION,
        staff=STAFF,
    ),
)  # fmt: skip
