"""How two initiatives meet their participants, as data: phases, waves, parties, rules and teams.

One is the joint project's own way, the other the step-wise way from group to employment. Nothing but data tells them
apart. Months are counted from the initiative's first, which is 0.
"""

from dataclasses import dataclass

from samkraft.initiatives.rules.rule_sets import Agrees, Criterion, Question, RuleSet
from samkraft.initiatives.rules.teams import PhaseDraft
from samkraft.initiatives.rules.undertakings import Stage
from samkraft.operations.world import undertaken

HALF_YEAR_DAYS = 182


@dataclass(frozen=True, slots=True)
class WaveFacts:
    """A period of intake: from the first of one month up to the first of another."""

    name: str
    from_month: int
    to_month: int
    planned: int


@dataclass(frozen=True, slots=True)
class PartyFacts:
    """A secrecy area by code."""

    area: str
    joins_team: bool = True
    writes_plan: bool = True


@dataclass(frozen=True, slots=True)
class TeamFacts:
    """A team: the core by name, those called in by name, and how many months it goes on."""

    core: tuple[str, ...]
    called_in: tuple[str, ...]
    months: int
    places: int = 150
    closes: tuple[str, ...] = ()  # who closes the months, with names and hours alone


@dataclass(frozen=True, slots=True)
class Arrangement:
    """One initiative and how it meets people. `months` is how long it lasts, `now` which month it is in today."""

    undertaking: undertaken.Undertaking
    leader: str
    months: int
    now: int
    phases: tuple[PhaseDraft, ...]
    waves: tuple[WaveFacts, ...]
    parties: tuple[PartyFacts, ...]
    rules: RuleSet
    teams: tuple[TeamFacts, ...]


START_CHECK = (
    Question("malmo", "Är personen folkbokförd i Malmö?", must_hold=True),
    Question("arbetssokande", "Är personen arbetssökande eller sjukskriven med sjukpenning?", must_hold=True),
    Question("samordning", "Behöver personen stöd från mer än en myndighet?", must_hold=True),
    Question("tolv_manader", "Har personen varit inskriven hos Arbetsförmedlingen i minst tolv månader utan avbrott?"),
    Question("bistand", "Har personen ekonomiskt bistånd?"),
    Question("frivilligt", "Vet personen att det är frivilligt att samtycka?", must_hold=True),
)

_MALMOKRAFTEN_RULES = RuleSet(
    limit_days=HALF_YEAR_DAYS,
    promise_days=90,
    follow_up_months=(1, 3, 6),
    least_weekly_hours=2,
    monthly_time_report=True,
    equal_places=True,
    agreement_parties=(Agrees.PARTICIPANT, Agrees.WRITING_AREAS),
    target_group=(
        Criterion("bistand_12", "Ekonomiskt bistånd och inskriven hos Arbetsförmedlingen i minst tolv månader", True),
        Criterion("aktivitetsstod", "Aktivitetsstöd och kompletterande försörjningsstöd", True),
        Criterion("jog", "Inskriven i jobb- och utvecklingsgarantin, med eller utan försörjningsstöd"),
        Criterion("sjukpenning", "Sjukpenning och behov av samordning"),
    ),
    start_check=START_CHECK,
)
_STEPS_RULES = RuleSet(
    follow_up_months=(3, 6),
    agreement_parties=(Agrees.PARTICIPANT, Agrees.LEADING_AREA),
    target_group=(Criterion("dv", "Beslut om daglig verksamhet enligt LSS"),),
    start_check=(
        Question("beslut", "Har personen beslut om daglig verksamhet?", must_hold=True),
        Question("vill", "Vill personen själv prova en plats utanför gruppen?", must_hold=True),
    ),
    certificate="Kompetenspass",
)

_OFFICERS = (
    "Åsa Ek", "Johan Ask", "Mona Berg", "Erik Dahl", "Samira Haddad", "Lars Eng", "Pia Fors", "Emil Gran",
    "Nadia Karim", "Sven Hult",
)  # fmt: skip
_SECRETARIES = (
    "Maja Rosén", "Linda Borg", "Hassan Omar", "Elin Strand", "Jakob Lind", "Sofia Kvist", "Rebecka Ljung",
    "Peter Mård", "Yasmin Aziz", "Tove Norell",
)  # fmt: skip
_LABOUR_MARKET = (
    "Per Nyberg", "Helena Rydh", "Adam Silfver", "Mehmet Kaya", "Annika Törn", "Bo Wikander", "Zahra Nouri",
    "Camilla Åkesson", "Daniel Öst", "Rolf Hammar",
)  # fmt: skip
_INSURANCE = ("Lena Ståhl", "Göran Pihl", "Miriam Levin")
_CARE = ("Farid Noori", "Ingrid Blom")
_COUNSELLORS = ("Katja Winter", "Oskar Vall")

MALMOKRAFTEN = Arrangement(
    undertaken.Undertaking(
        code="malmokraften-idag",
        name="Malmökraften i dag",
        aim="Samma upplägg som Malmökraften 2.0, flyttat i tiden så att den fjortonde månaden pågår nu. Det verkliga "
        "projektet är avslutat. Alla deltagare och all personal här är påhittade. Två av de tio teamen har deltagare, så "
        "intagen är en femtedel av projektets och målen är satta därefter; projektets egna mål var 5 600 deltagare och 2 500 "
        "till arbete eller studier.\n\n"
        "Deltagaren möter ett samlat team med en gemensam plan i stället för flera.",
        target_groups="Arbetssökande folkbokförda i Malmö som behöver samordning mellan myndigheter, och personer med "
        "sjukpenning. Lika många platser för kvinnor och män.",
        owner="af",
        stage=Stage.RUNNING,
        start_date=undertaken.INITIATIVES[-1].start_date,
        last_day=undertaken.INITIATIVES[-1].last_day,
        goals=("sok-arbete-studier", "sok-sjalvforsorjande", "mk-plan"),
        partners=(
            ("af", "projektägare"), ("malmo", "arbetsgivare för de flesta"), ("fk", "medfinansiär"),
            ("finsam", "medfinansiär"), ("region-skane", "samverkansaktör utan egna deltagare"),
        ),
        source=f"{undertaken.APPLICATION}. Tiden är flyttad och människorna påhittade.",
        staff=undertaken.STAFF,
    ),
    leader="Kristina Holm",
    months=30,
    now=13,
    phases=(
        PhaseDraft(1, "Gemensam kartläggning", 60, True),
        PhaseDraft(2, "Kompetens", 122, True),
        PhaseDraft(3, "Utmatchning", 182, False),
    ),
    # A fifth of the project's own 5 600, in the same proportions: two of the ten teams have participants.
    waves=(
        WaveFacts("Första intaget", 1, 7, 300),
        WaveFacts("Andra intaget", 7, 13, 240),
        WaveFacts("Tredje intaget", 13, 19, 240),
        WaveFacts("Fjärde intaget", 19, 25, 240),
        WaveFacts("Femte intaget", 25, 28, 100),
    ),
    parties=(
        PartyFacts("af"), PartyFacts("asn-socialtjanst"), PartyFacts("asn-arbetsmarknad"), PartyFacts("fk"),
        PartyFacts("region-skane"), PartyFacts("gvn"),
    ),
    rules=_MALMOKRAFTEN_RULES,
    teams=tuple(
        TeamFacts(
            core=(_OFFICERS[number], _LABOUR_MARKET[number], _SECRETARIES[number]),
            called_in=(
                _INSURANCE[number % len(_INSURANCE)], _CARE[number % len(_CARE)],
                _COUNSELLORS[number % len(_COUNSELLORS)],
            ),
            months=30 if number < 5 else 24,
            closes=("Mats Björk",),
        )
        for number in range(10)
    ),
)  # fmt: skip

STEPS = Arrangement(
    undertaken.Undertaking(
        code="stegforflyttning",
        name="Stegförflyttning inom daglig verksamhet",
        aim="Från gruppverksamhet till en enskild plats och vidare till anställning, i den takt som passar personen. "
        "Det som personen har lärt sig skrivs in i ett Kompetenspass. Ingen tidsgräns. Faserna är satta i demon.",
        target_groups="Personer med beslut om daglig verksamhet som vill närma sig arbetsmarknaden.",
        owner="fsn",
        stage=Stage.RUNNING,
        start_date=undertaken.INITIATIVES[1].start_date,
        last_day=undertaken.INITIATIVES[1].last_day,
        goals=("kf-sjalvforsorjande",),
        partners=(
            ("fsn", "leder"), ("asn", "samverkar"), ("af", "samverkar"), ("fk", "samverkar"),
            ("dcl", "socialt företag med platser"),
        ),
        source="STK-2023-576 och årsanalys 2024. Upplägget i faser är vår läsning.",
    ),
    leader="Ragnhild Strid",
    months=36,
    now=10,
    phases=(
        PhaseDraft(1, "Grupp"), PhaseDraft(2, "Testplats", 90), PhaseDraft(3, "Sluss"), PhaseDraft(4, "Enskild plats"),
        PhaseDraft(5, "Anställning"),
    ),
    waves=(WaveFacts("Löpande intag", 0, 36, 60),),
    parties=(
        PartyFacts("fsn"), PartyFacts("asn-arbetsmarknad"), PartyFacts("af", joins_team=False),
        PartyFacts("fk", joins_team=False, writes_plan=False),
    ),
    rules=_STEPS_RULES,
    teams=(TeamFacts(("Ulrika Hjort", "Amir Sadek", "Bengt Alm"), (), 36, 40),),
)  # fmt: skip

ALL = (MALMOKRAFTEN, STEPS)
