"""The bodies of the demo: organisations, units and secrecy areas, with where each is said."""

from dataclasses import dataclass

from samkraft.partners.rules.areas import HarmTest
from samkraft.partners.rules.organisations import OrganisationKind as Kind

CITY_NUMBER = "212000-1124"


@dataclass(frozen=True, slots=True)
class Body:
    """One organisation as data."""

    code: str
    name: str
    kind: Kind
    short_name: str = ""
    other_names: tuple[str, ...] = ()
    administration_name: str = ""
    number: str = ""
    workplace: str = ""
    parent: str = ""
    units: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Area:
    """One secrecy area as data. What nobody has said is left empty, and shown as unknown."""

    code: str
    name: str
    authority: str
    secrecy_rule: str = ""
    harm_test: HarmTest = HarmTest.UNKNOWN
    archive: str = ""
    retention: str = ""
    source: str = ""


def _committee(
    code: str, name: str, short: str = "", administration: str = "", other: tuple[str, ...] = (), note: str = ""
) -> Body:
    return Body(code, name, Kind.COMMITTEE, short, other, administration, CITY_NUMBER, parent="malmo", note=note)


CITY = (
    Body(
        "malmo",
        "Malmö stad",
        Kind.CITY,
        other_names=("Malmö kommun",),
        number=CITY_NUMBER,
        workplace="58212580",
        note="Medfinansiär och arbetsgivare för de flesta i Malmökraften 2.0.",
    ),
    Body(
        "kf",
        "Kommunfullmäktige",
        Kind.COUNCIL,
        "KF",
        number=CITY_NUMBER,
        parent="malmo",
        note="Sätter mål och beslutar varje år i november om totalen. Kan ändra den för kommande år.",
    ),
    Body(
        "ks",
        "Kommunstyrelsen",
        Kind.BOARD,
        "KS",
        number=CITY_NUMBER,
        parent="malmo",
        note="Har anslaget till förfogande inom finansiering. Beslutar om fördelning, överföring och bidrag.",
    ),
    Body(
        "ksau",
        "Kommunstyrelsens arbetsutskott",
        Kind.WORKING_COMMITTEE,
        "KSAU",
        ("Arbetsutskottet",),
        number=CITY_NUMBER,
        parent="ks",
        note="Bereder: föreslår vad kommunstyrelsen ska besluta.",
    ),
    Body(
        "stk",
        "Stadskontoret",
        Kind.OFFICE,
        "STK",
        number=CITY_NUMBER,
        parent="ks",
        units=(
            "Omvärld och näringsliv, enheten Innovation och utveckling",
            "Ekonomiavdelningen, ekonomisk styrning",
            "Intern ledning och stöd, enheten ekonomi och utveckling",
        ),
        note="Skriver ärendena, talar med förvaltningarna under årets första månader, bedömer ansökningar och följer upp.",
    ),
    _committee(
        "asn",
        "Arbetsmarknads- och socialnämnden",
        "ASN",
        "Arbetsmarknads- och socialförvaltningen",
        ("ASF",),
        "Arbetsmarknad, Ung i sommar, socialtjänst.",
    ),
    _committee(
        "gvn",
        "Gymnasie- och vuxenutbildningsnämnden",
        "GVN",
        "Gymnasie- och vuxenutbildningsförvaltningen",
        ("GVF",),
        "Gymnasium och vuxenutbildning. Har det kommunala aktivitetsansvaret (KAA).",
    ),
    _committee(
        "fsn",
        "Funktionsstödsnämnden",
        "FSN",
        "Funktionsstödsförvaltningen",
        ("FSF",),
        "Stöd enligt LSS, bland annat daglig verksamhet.",
    ),
    _committee(
        "service",
        "Servicenämnden",
        administration="Serviceförvaltningen",
        note="Nämns under samma mål men får inte del av de strategiska jobbsatsningarna, som finansieras på annat sätt där.",
    ),
    _committee("fritid", "Fritidsnämnden", administration="Fritidsförvaltningen"),
    _committee("forskole", "Förskolenämnden", administration="Förskoleförvaltningen"),
    _committee("grundskole", "Grundskolenämnden", administration="Grundskoleförvaltningen"),
    _committee("kultur", "Kulturnämnden", administration="Kulturförvaltningen"),
    _committee("teknik", "Tekniska nämnden", administration="Fastighets- och gatukontoret"),
)

PARTIES = (
    Body(
        "af",
        "Arbetsförmedlingen",
        Kind.STATE_AUTHORITY,
        "AF",
        number="202100-2114",
        workplace="60733748",
        note="Projektägare för Malmökraften 2.0.",
    ),
    Body("fk", "Försäkringskassan", Kind.STATE_AUTHORITY, "FK", number="202100-5521", workplace="49505746"),
    Body(
        "finsam",
        "Samordningsförbundet FINSAM i Malmö",
        Kind.COORDINATION_ASSOCIATION,
        "FINSAM",
        ("FINSAM i Malmö", "Finsam"),
        number="222000-2295",
        workplace="45661352",
        note="Arena sedan 2007. Ungefär 25 000 000 kr om året.",
    ),
    Body(
        "region-skane",
        "Region Skåne",
        Kind.REGION,
        other_names=("Primärvården", "Region Skåne, Primärvården"),
        number="232100-0255",
        note="Samverkar i Malmökraften 2.0 genom primärvården, utan egna deltagare.",
    ),
)

RECEIVERS = (
    Body("redi", "ReDI School of Digital Integration", Kind.ASSOCIATION, "ReDI School", ("ReDI",)),
    Body("coompanion", "Coompanion Skåne", Kind.ASSOCIATION, "Coompanion", note="Driver Level."),
    Body("tillvaxt-malmo", "Tillväxt Malmö", Kind.ASSOCIATION),
    Body("almi", "Almi Skåne", Kind.COMPANY, "Almi"),
    Body("level", "Level", Kind.OTHER, note="Drivs av Coompanion Skåne, Tillväxt Malmö och Almi Skåne."),
    Body(
        "tillvaxt-och-level",
        "Tillväxt Malmö och Level (gemensamt)",
        Kind.OTHER,
        other_names=("Tillväxt Malmö och Level",),
        note="Det belopp som källan anger för de två tillsammans, utan att säga hur det delas.",
    ),
    Body("pink-programming", "Pink Programming", Kind.ASSOCIATION),
    Body("foo-cafe", "Foo Café Foundation", Kind.ASSOCIATION, "Foo Café"),
    Body("handelskammaren", "Sydsvenska Handelskammaren", Kind.ASSOCIATION, other_names=("Handelskammaren",)),
    Body("changers-hub", "Changers Hub", Kind.ASSOCIATION),
    Body("boost", "Boost by FC Rosengård", Kind.ASSOCIATION, "Boost", ("FC Rosengård", "FC Rosengård (Boost)")),
    Body("ung-drive", "Ung Drive", Kind.SUPPLIER, note="Upphandlad."),
    Body(
        "sommarlovsentreprenor",
        "Sommarlovsentreprenör",
        Kind.SUPPLIER,
        note="Upphandlad. Medfinansieras av Region Skåne och Sparbanken Skåne.",
    ),
)

OTHERS = (
    Body(
        "pi", "Pedagogisk Inspiration Malmö", Kind.OTHER, "PI", note="Gemensam enhet för de tre utbildningsnämnderna."
    ),
    Body("arbetslaget", "Arbetslaget Öresund", Kind.SUPPLIER, note="Påhittad. Håller aktiviteter och träffar."),
    Body("sydvast", "Sydväst Utvärdering", Kind.SUPPLIER, note="Påhittad. Står för den upphandlade utvärderaren."),
    Body(
        "isf",
        "Inspektionen för socialförsäkringen",
        Kind.STATE_AUTHORITY,
        "ISF",
        note="Studerar effekter av insatserna på regeringens uppdrag.",
    ),
    Body("microsoft", "Microsoft", Kind.COMPANY, note="Nämns som annan finansiär."),
    Body("coca-cola-foundation", "Coca-Cola Foundation", Kind.ASSOCIATION, note="Nämns som annan finansiär."),
    Body("sparbanken-skane", "Sparbanken Skåne", Kind.COMPANY, note="Medfinansierar Sommarlovsentreprenör."),
    Body("lund", "Lunds kommun", Kind.CITY, note="Partner i YH-kompetens."),
    Body("skolverket", "Skolverket", Kind.STATE_AUTHORITY, note="Bedömer kursers syfte. Finansierar inte."),
    Body("dcl", "DCL Malmö AB", Kind.COMPANY, note="Arbetsintegrerande socialt företag, samarbetar med FSN."),
    Body("moomsteatern", "Moomsteatern", Kind.ASSOCIATION, note="Idéburet offentligt partnerskap med FSN."),
    Body("raddningstjanst-syd", "Räddningstjänsten Syd", Kind.OTHER, note="Café Mässen, med FSN."),
    Body(
        "deltagarna",
        "Deltagarna",
        Kind.OTHER,
        note="Det en deltagare själv skriver och äger, skilt från varje myndighet.",
    ),
)

ALL = (*CITY, *PARTIES, *RECEIVERS, *OTHERS)

_SOL = "OSL 26 kap. 1 §"
_SOURCE_SECTION = (
    "Paragrafen enligt myndigheternas egen vägledning. Skaderekvisitet är allmänt känt: kontrollera före skarp drift."
)
_SOL_RETENTION = (
    "Gallringsråd nr 5 (socialtjänst, med avsnitt för arbetsbefrämjande verksamhet). Som huvudregel gallras akten fem år "
    "efter sista anteckningen; dag 5, 15 och 25 bevaras för forskning. Nämndens egen plan gäller före rådet."
)
_CITY_RETENTION = "Nämndens egen dokumenthanteringsplan. Gallringsråd nr 1 (administration) som stöd."
_CITY_ARCHIVE = "Malmö stadsarkiv"
_NOT_AUTHORITY = "Ingen myndighet: lagen om offentlighet och sekretess gäller inte här."

AREAS = (
    Area("kf", "Kommunfullmäktige", "kf", archive=_CITY_ARCHIVE, retention=_CITY_RETENTION),
    Area("ks", "Kommunstyrelsen med stadskontoret", "ks", archive=_CITY_ARCHIVE, retention=_CITY_RETENTION),
    Area(
        "asn-socialtjanst",
        "Arbetsmarknads- och socialnämnden, socialtjänsten",
        "asn",
        _SOL,
        HarmTest.REVERSED,
        _CITY_ARCHIVE,
        _SOL_RETENTION,
        _SOURCE_SECTION,
    ),
    Area(
        "asn-arbetsmarknad",
        "Arbetsmarknads- och socialnämnden, arbetsmarknadsavdelningen",
        "asn",
        "OSL 28 kap. (kommunal arbetsmarknadsverksamhet)",
        HarmTest.UNKNOWN,
        _CITY_ARCHIVE,
        _SOL_RETENTION,
        "Kapitlet är allmänt känt och paragrafen inte bestämd: nämndens jurist avgör.",
    ),
    Area(
        "gvn",
        "Gymnasie- och vuxenutbildningsnämnden",
        "gvn",
        "OSL 23 kap.",
        HarmTest.UNKNOWN,
        _CITY_ARCHIVE,
        _CITY_RETENTION,
        "Allmänt känt: kontrollera före skarp drift.",
    ),
    Area(
        "fsn",
        "Funktionsstödsnämnden",
        "fsn",
        "OSL 26 kap.",
        HarmTest.UNKNOWN,
        _CITY_ARCHIVE,
        _SOL_RETENTION,
        "Allmänt känt: kontrollera före skarp drift.",
    ),
    *(
        Area(code, name, code, archive=_CITY_ARCHIVE, retention=_CITY_RETENTION)
        for code, name in (
            ("service", "Servicenämnden"),
            ("fritid", "Fritidsnämnden"),
            ("forskole", "Förskolenämnden"),
            ("grundskole", "Grundskolenämnden"),
            ("kultur", "Kulturnämnden"),
            ("teknik", "Tekniska nämnden"),
        )
    ),
    Area(
        "af",
        "Arbetsförmedlingen",
        "af",
        "OSL 28 kap. 11 §",
        HarmTest.STRAIGHT,
        "Riksarkivet",
        "Myndighetens egen gallringsplan.",
        "Prop. 2021/22:216: offentlighet är huvudregel från och med 1 december 2022.",
    ),
    Area(
        "fk",
        "Försäkringskassan",
        "fk",
        "OSL 28 kap. 1 §",
        HarmTest.STRAIGHT,
        "Riksarkivet",
        "Myndighetens egen gallringsplan.",
        "Försäkringskassans vägledning 2001:3. Sekretessen gäller i högst 70 år.",
    ),
    Area(
        "region-skane",
        "Region Skåne, primärvården",
        "region-skane",
        "OSL 25 kap. 1 §",
        HarmTest.REVERSED,
        "Regionarkivet Skåne",
        "Regionens egen gallringsplan.",
        _SOURCE_SECTION,
    ),
    Area("finsam", "Samordningsförbundet FINSAM i Malmö", "finsam", source="Vilket kapitel som gäller är inte utrett."),
    Area("arbetslaget", "Arbetslaget Öresund", "arbetslaget", source=_NOT_AUTHORITY),
    Area("redi", "ReDI School", "redi", source=_NOT_AUTHORITY),
    Area("coompanion", "Coompanion Skåne", "coompanion", source=_NOT_AUTHORITY),
    Area("pink-programming", "Pink Programming", "pink-programming", source=_NOT_AUTHORITY),
    Area(
        "sydvast",
        "Sydväst Utvärdering",
        "sydvast",
        "OSL 24 kap. 8 §",
        HarmTest.ABSOLUTE,
        source="Statistik: genom avtalet med uppdragsgivaren.",
    ),
    Area(
        "deltagarna",
        "Deltagarens eget område",
        "deltagarna",
        retention="Deltagaren bestämmer själv.",
        source="En deltagare råder över sin egen sekretess (OSL 12 kap. 2 §).",
    ),
)

ASN_DECISION = (
    "Socialtjänsten och arbetsmarknadsavdelningen behandlas som två självständiga verksamhetsgrenar (OSL 8 kap. 2 §), så att "
    "uppgifter inte går mellan dem utan samtycke eller stöd i lag. Om de i stället är en enda gren avgör nämndens jurist; "
    "ett nytt beslut antecknas här. Påhittat beslut i demon."
)
