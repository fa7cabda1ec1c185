"""The demo's catalogue as data: the twelve activities of the joint project, and the ten that are open to its participants too.

The names are those that the parties use. What else is said of them (hours, weeks, who decides, outcomes) is made up.
"""

from dataclasses import dataclass, field

K = {"m": "motivating", "r": "rehabilitating", "e": "education", "w": "workplace", "j": "matching", "p": "planning"}
EO, LS, OWN = "employment_officer", "labour_market_secretary", "owner"


@dataclass(frozen=True, slots=True)
class Activity:
    """One activity: `own` for the project's participants only. `weeks` None: it goes on. `queue`: how many come a month."""

    code: str
    name: str
    kind: str
    owner: str
    decided_by: str
    own: bool
    joint: bool = False
    reveals: str = "plan"
    weeks: int | None = None
    hours: int = 4
    places: int = 8
    queue: int = 0
    needs: tuple[str, ...] = ()
    leads_to: tuple[str, ...] = field(default_factory=tuple)


ALL: tuple[Activity, ...] = (
    Activity("samordnad-planering", "Gemensam samordnad planering", K["p"], "af", OWN, True, weeks=2, hours=2, places=12, queue=0,
             leads_to=("En gemensam plan är överenskommen",)),
    Activity("coachning-mi", "Fördjupad coachning och motiverande samtal", K["m"], "asn", LS, True, weeks=8, hours=3, places=9, queue=7,
             leads_to=("Har ett eget mål", "Tar nästa steg i planen")),
    Activity("fordjupad-syv", "Fördjupad studie- och yrkesvägledning", K["e"], "gvn", OWN, True, weeks=6, hours=2, places=6, queue=5,
             leads_to=("Har valt yrke eller utbildning",)),
    Activity("vardsamordning", "Vårdsamordning", K["r"], "region-skane", OWN, True, reveals="health", weeks=None, hours=1, places=10,
             leads_to=("Vårdkontakten fungerar",)),
    Activity("forstarkt-matchning", "Förstärkta matchningsinsatser (finna, få, behålla)", K["j"], "af", EO, True, weeks=12, hours=6,
             places=10, queue=7, leads_to=("Har träffat en arbetsgivare", "Har fått ett arbete")),
    Activity("uppfoljning", "Uppföljning och avstämning före och efter aktivitet och vid fasförflyttning", K["p"], "af", OWN, True,
             hours=1, places=40, leads_to=("Planen är uppdaterad",)),
    Activity("arbetsgivargruppen", "Ansvarig grupp för arbetsgivararbetet", K["j"], "af", OWN, True, hours=2, places=15,
             leads_to=("Har fått en plats eller ett arbete",)),
    Activity("arbetstraningsplatser", "Arbetsträningsplatser för personer med arbetshinder", K["w"], "asn", LS, True, weeks=12, hours=16,
             places=6, queue=8, leads_to=("Klarar avtalade timmar", "Vet vilka anpassningar som behövs")),
    Activity("infor-forstarkt-samarbete", "Förberedelse inför Förstärkt samarbete AF/FK", K["r"], "af", EO, True, reveals="benefit_case",
             weeks=8, hours=4, places=6, needs=("sick_pay",), leads_to=("Går vidare till Förstärkt samarbete",)),
    Activity("arbetsformagebedomning", "Arbetsförmågebedömningar för heltidssjukskrivna", K["r"], "af", EO, True, reveals="health", weeks=3,
             hours=10, places=4, needs=("sick_pay",), leads_to=("Arbetsförmågan är bedömd",)),
    Activity("riktade-rekryteringar", "Riktade rekryteringar via nya externa samarbetsytor", K["j"], "af", EO, True, joint=True, weeks=1,
             hours=6, places=12, queue=4, leads_to=("Har träffat en arbetsgivare", "Har fått ett arbete")),
    Activity("arbetsmarknadscoachning", "Fördjupad arbetsmarknadscoachning", K["m"], "asn", LS, True, weeks=10, hours=4, places=8, queue=5,
             leads_to=("Söker arbete på egen hand",)),
    Activity("introduktion-till-arbete", "Introduktion till arbete", K["m"], "af", EO, False, weeks=26, hours=12, places=10, queue=5,
             needs=("registered_at_af", "programme"), leads_to=("Har en arbetsplats att gå till",)),
    Activity("studieforberedande-moduler", "Yrkes- och studieförberedande moduler", K["e"], "af", EO, False, joint=True, weeks=10, hours=20,
             places=12, queue=6, needs=("swedish_b",), leads_to=("Är behörig till en utbildning",)),
    Activity("stod-och-matchning", "Stöd och matchning", K["j"], "af", EO, False, weeks=26, hours=6, places=20, queue=5,
             needs=("registered_at_af",), leads_to=("Har fått ett arbete eller börjat studera",)),
    Activity("arbetsmarknadsutbildning", "Arbetsmarknadsutbildning", K["e"], "af", EO, False, joint=True, weeks=20, hours=35, places=6, queue=5,
             needs=("programme", "swedish_c"), leads_to=("Har slutfört utbildningen", "Har fått ett arbete i yrket")),
    Activity("jobbspar", "Rekryteringsutbildning och jobbspår", K["e"], "asn", LS, False, joint=True, weeks=12, hours=30, places=10, queue=6,
             needs=("swedish_b", "work_permit"), leads_to=("Har anställts av arbetsgivaren",)),
    Activity("praktik", "Arbetspraktik, arbetsträning och språkpraktik", K["w"], "af", EO, False, weeks=12, hours=20, places=14, queue=9,
             needs=("registered_at_af",), leads_to=("Känner till yrket", "Har en referens")),
    Activity("arbetslivsinriktad-rehabilitering", "Arbetslivsinriktad rehabilitering", K["r"], "af", EO, False, reveals="health", weeks=12,
             hours=10, places=6, queue=3, leads_to=("Vet vad som krävs för att arbeta",)),
    Activity("subventionerad-anstallning", "Subventionerad anställning", K["w"], "af", EO, False, weeks=52, hours=30, places=8, queue=3,
             needs=("registered_at_af", "work_permit"), leads_to=("Har en anställning utan stöd",)),
    Activity("lonebidrag", "Skyddad anställning och lönebidrag", K["w"], "af", EO, False, reveals="health", weeks=52, hours=30, places=4,
             queue=2, leads_to=("Har en anställning",)),
    Activity("starta-eget", "Stöd till start av näringsverksamhet", K["e"], "af", EO, False, joint=True, weeks=26, hours=20, places=4, queue=1,
             needs=("digital",), leads_to=("Har startat företaget",)),
)  # fmt: skip
# Criterion → class, for the activities where more want a place than there are.
ORDER = {"twelve_months": 1, "both_supports": 1, "rule_limit": 2, "waited_before": 2}
ORDERED = ("arbetstraningsplatser", "praktik", "arbetsmarknadsutbildning", "jobbspar")
PLACES = (
    ("Föreningsgatan 35", "mollevangen"), ("Kanalhuset, Norra Vallgatan 12", "centrum"), ("Rosengårds folkets hus", "rosengard"),
    ("Verkstaden, Fosievägen 8", "fosie"), ("Hyllie stationstorg 31", "hyllie"),
)  # fmt: skip
