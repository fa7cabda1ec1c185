"""What money was meant for and has been used for, as committees tell it. Most sources do not say how it was split."""

from samkraft.money.actions import figures
from samkraft.money.rules.points import Support
from samkraft.money.rules.uses import EffortStatus, UseStage
from samkraft.operations.world.cast import moment
from samkraft.operations.world.stage import Stage
from samkraft.values import kronor

DONE, PARTLY, NOT_DONE = EffortStatus.DONE, EffortStatus.PARTLY, EffortStatus.NOT_DONE

PLANNED_2023 = (
    (
        "asn",
        "Ung i sommar utöver kommunbidraget",
        "Beräknas till 3 000 platser. Oklart om det är vad ramen räcker till eller hela ambitionen.",
        Support.FRAME,
        "",
    ),
    (
        "asn",
        "Handledarersättning till föreningar",
        "Ersättning per handledd ungdom till idéburna organisationer, som 2022.",
        Support.COMPENSATION,
        "",
    ),
    (
        "asn",
        "Subventionerade anställningar",
        "Nystartsjobb och introduktionsjobb som kräver egna pengar.",
        Support.FRAME,
        "",
    ),
    ("gvn", "Orienteringskurser", "Bedömda av Skolverket men inte finansierade.", Support.FRAME, ""),
    ("gvn", "Nivåtester", "För elever från språkintroduktion och återvändare efter SFI.", Support.FRAME, ""),
    (
        "gvn",
        "Digital yrkesverkstad",
        "36 procent på grundläggande och 80 procent på gymnasial nivå läser på distans.",
        Support.FRAME,
        "",
    ),
    (
        "gvn",
        "YH-kompetens",
        "Med stadskontoret, Region Skåne, Handelskammaren och Lund.",
        Support.FRAME,
        "handelskammaren",
    ),
    ("gvn", "Kombinationsutbildningar", "Förarbete, och statistik om försörjning två år efter.", Support.FRAME, ""),
    ("fsn", "Övergripande funktion för arbetsnära daglig verksamhet", "", Support.FRAME, ""),
    ("fsn", "Stegförflyttningar till enskild plats", "Bland annat Kompetenspass.", Support.FRAME, ""),
    ("fsn", "Deltagare med psykosocialt stödbehov", "Inriktning IT och media.", Support.FRAME, ""),
    (
        "fsn",
        "Avrop för anställningar",
        "Förvaltningar som anställer från daglig verksamhet avropar pengar.",
        Support.CALL_OFF,
        "",
    ),
)

REPORTED_2024 = (
    ("asn", "Rekryteringsteam för personer med funktionsnedsättning", "Förstärkt.", "", DONE, None, "", None),
    (
        "asn",
        "Jobb för unga",
        "Unga med funktionsnedsättning eller i hushåll med ekonomiskt bistånd.",
        "",
        DONE,
        34,
        "platser",
        None,
    ),
    ("asn", "Arbetsmarknadsanställningar och branschorientering", "Tillsammans med GVF.", "", DONE, None, "", None),
    ("fsn", "Övergripande funktion", "Samverkan med FK, AF, ASF och GVF.", "", DONE, None, "", None),
    ("fsn", "DCL", "En aktivitetsledare kopplar ihop företagets och den enskildes plan.", "dcl", DONE, None, "", None),
    ("fsn", "Provplatser med handledare", "Kartläggning och matchning före enskild plats.", "", DONE, None, "", None),
    (
        "fsn",
        "Slussfunktion",
        "Från 2024: en handledare följer personen från grupp till enskild plats.",
        "",
        DONE,
        None,
        "",
        None,
    ),
    ("fsn", "Café Mässen", "Övertaget från ASF.", "raddningstjanst-syd", DONE, None, "", None),
    ("fsn", "Moomsteatern", "Längre partnerskap (IOP).", "moomsteatern", DONE, None, "", None),
    ("fsn", "Yrkes-DV", "Nära en arbetsgivare eller bransch, med jobb som mål.", "", DONE, None, "", None),
    ("gvn", "Orienteringskurs Arbetsliv och arbetsmarknad", "I SFI.", "", DONE, 70, "deltagare", None),
    (
        "gvn",
        "Yrkesvux industrielektriker och vindkraftstekniker",
        "Start planerad till mars 2025.",
        "",
        PARTLY,
        None,
        "",
        None,
    ),
    ("gvn", "Primär samverkan", "Före fritt sök i vuxenutbildningen från 2025.", "", PARTLY, None, "", None),
    ("gvn", "Maxa", "Fyra enheter, för unga i Ung i sommar.", "", DONE, None, "", None),
    ("gvn", "Kommunens aktivitetsansvar: praktik med komvux", "", "", DONE, 43, "elever", None),
    (
        "ks",
        "Pink Programming",
        "Jämställd teknikbransch. Når omkring 400 deltagare och 20–30 företag.",
        "pink-programming",
        DONE,
        400,
        "deltagare",
        350_000,
    ),
    (
        "ks",
        "Foo Café Foundation",
        "FooCoding för utrikesfödda. Mål: 10 i arbete, hälften kvinnor.",
        "foo-cafe",
        DONE,
        10,
        "i arbete, mål",
        350_000,
    ),
    ("ks", "ReDI School", "Generativ AI, Hermodsdal och partnerskap med it-företag.", "redi", DONE, None, "", 500_000),
    (
        "ks",
        "YH-kompetens",
        "Sydsvenska Handelskammaren: fler YH-utbildningar.",
        "handelskammaren",
        DONE,
        None,
        "",
        200_000,
    ),
    ("ks", "Förstudie Changers Hub", "Innovationshubb för 16–29 år.", "changers-hub", DONE, None, "", 136_000),
)

SAFETY_2024 = (
    ("asn", "Skola, socialtjänst, polis och fritid (SSPF)", DONE, None),
    ("asn", "Flexet", DONE, None),
    ("asn", "Lyftet", DONE, None),
    ("asn", "Dialogsocionomer", DONE, None),
    ("fritid", "Lovverksamhet med Spelets Hus, Bulltofta SIF, Hyllie GF och Hyllie TK", DONE, None),
    ("fritid", "Prova på vid Innebandy-VM och basket 3x3 Tour", DONE, None),
    ("fsn", "Handledning om psykisk hälsa i barnboende och korttids", DONE, None),
    ("fsn", "Samordning av insatser kring barn", DONE, None),
    ("fsn", "Nationell anhörigdag på stadsbiblioteket", DONE, None),
    ("fsn", "Kvalitetsuppföljning och gemensamma aktiviteter", DONE, None),
    ("forskole", "Språkträning för föräldralediga vid fem öppna förskolor (IOP Bilda Sydväst)", DONE, None),
    ("grundskole", "First LEGO", DONE, None),
    ("grundskole", "Malmö universitet om barns psykiska hälsa", DONE, None),
    ("grundskole", "MUVAH", DONE, None),
    ("grundskole", "Restorativ praktik", DONE, None),
    ("grundskole", "Värdegrund", DONE, None),
    ("grundskole", "Hela Malmö läser", DONE, None),
    ("grundskole", "Skolbarns trygga närmiljö", PARTLY, None),
    ("grundskole", "Hågkomstresor", NOT_DONE, None),
    ("grundskole", "BID Malmö", NOT_DONE, None),
    ("gvn", "Uppsökande arbete i kommunens aktivitetsansvar", DONE, 300_000),
    ("gvn", "Vägledning kvällar och helger", DONE, 50_000),
    ("kultur", "Lovarrangemang: läger, K-pop, Unga konsthallstorget, Karavan, Limpo och Skrot", DONE, None),
    ("teknik", "Höstlovet 2024", DONE, None),
)


def load(stage: Stage) -> None:
    """Plans of 2023, reports of 2024."""
    analysis = stage.document(
        "analysis-2024",
        at=moment(2025, 2, 20),
        kind="Årsanalys",
        title="Årsanalys 2024: Strategiska jobbsatsningar och Ung i sommar",
        author="stk",
        dated_words="2024, dagen är okänd",
        file="arsanalys-2024.txt",
    )
    _planned(stage)
    for place, (code, title, text, other, status, quantity, unit, amount) in enumerate(REPORTED_2024):
        figures.note_use(
            by=stage.by,
            at=moment(2025, 2, 20),
            organisation_id=stage.org(code),
            fund_id=stage.funds["strategiska-jobbsatsningar"],
            year=2024,
            stage=UseStage.REPORTED,
            title=title,
            text=text,
            support=Support.GRANT if code == "ks" else Support.FRAME,
            counterparty_id=stage.org(other) if other else None,
            amount_ore=kronor.from_kronor(amount) if amount else None,
            quantity=quantity,
            quantity_unit=unit,
            status=status,
            document_id=analysis,
            position=place,
        )
    _summer(stage)
    for place, (code, title, status, amount) in enumerate(SAFETY_2024):
        figures.note_use(
            by=stage.by,
            at=moment(2025, 2, 20),
            organisation_id=stage.org(code),
            fund_id=stage.funds["trygghet"],
            year=2024,
            stage=UseStage.REPORTED,
            title=title,
            amount_ore=kronor.from_kronor(amount) if amount else None,
            status=status,
            document_id=stage.documents["analysis-2024-safety"],
            position=place,
        )


def _planned(stage: Stage) -> None:
    for place, (code, title, text, support, other) in enumerate(PLANNED_2023):
        figures.note_use(
            by=stage.by,
            at=moment(2023, 5, 17),
            organisation_id=stage.org(code),
            fund_id=stage.funds["jobbpakt"],
            year=2023,
            stage=UseStage.PLANNED,
            title=title,
            text=text,
            support=support,
            counterparty_id=stage.org(other) if other else None,
            document_id=stage.documents["proposal-2023"],
            position=place,
        )
    figures.note_use(
        by=stage.by,
        at=moment(2023, 5, 17),
        organisation_id=stage.org("gvn"),
        fund_id=stage.funds["jobbpakt"],
        year=2023,
        stage=UseStage.PLANNED,
        title="Boost by FC Rosengård",
        text="Finansieras av det tidigare beslutet STK-2023-416.",
        counterparty_id=stage.org("boost"),
        amount_ore=kronor.from_kronor(2_000_000),
        document_id=stage.documents["proposal-2023"],
        position=50,
    )


def _summer(stage: Stage) -> None:
    shared = {
        "by": stage.by,
        "at": moment(2025, 2, 20),
        "fund_id": stage.funds["ung-i-sommar"],
        "year": 2024,
        "stage": UseStage.REPORTED,
        "status": DONE,
        "document_id": stage.documents["analysis-2024"],
    }
    figures.note_use(
        organisation_id=stage.org("asn"),
        title="Praktik- och sommarjobbsplatser",
        text="Antalet platser redovisas under ungdomsmålet och står inte i källan.",
        **shared,
    )
    figures.note_use(
        organisation_id=stage.org("ks"),
        title="UngDrive Academy",
        text="Direktupphandlat av Ung Drive, 15–18 år. Två omgångar à fyra veckor, vecka 25–32, med 100 i varje.",
        support=Support.PROCUREMENT,
        counterparty_id=stage.org("ung-drive"),
        quantity=200,
        quantity_unit="platser",
        **shared,
    )
