"""Jobbpakt 2023: a budget of 42 million, an earlier decision of 2 million and a proposal of 39 837 000 kronor.

No minutes show that the proposal was decided. It is posted as an assumption that is shown everywhere.
"""

from datetime import date

from samkraft.money.actions import decisions, funds, requests
from samkraft.money.rules.points import Outcome, Support, Verb
from samkraft.money.rules.posting import PointDraft
from samkraft.operations.world.cast import moment
from samkraft.operations.world.stage import Stage, point
from samkraft.values import kronor

CASE = "STK-2023-576"
TITLE = "Fördelning av medel inom staden avseende jobbpakt 2023"
ADDRESSEES = [
    "Arbetsmarknads- och socialnämnden",
    "Funktionsstödsnämnden",
    "Gymnasie- och vuxenutbildningsnämnden",
    "Stadskontoret, omvärld och näringsliv, enheten Innovation och utveckling",
    "Stadskontoret, ekonomiavdelningen, ekonomisk styrning",
    "Stadskontoret, intern ledning och stöd, enheten ekonomi och utveckling",
    "Coompanion Skåne",
    "ReDI School of Digital Integration",
]

REQUESTS = (
    (
        "asn",
        "Ung i sommar utöver kommunbidraget",
        "Platser utöver dem som kommunbidraget räcker till, beräknat till 3 000.",
    ),
    ("asn", "Handledarersättning till föreningar", "Samma upplägg som 2022, för idéburna organisationer."),
    ("asn", "Subventionerade anställningar", "Nystartsjobb och introduktionsjobb som kräver egna pengar."),
    ("gvn", "Orienteringskurser", "Kurser som Skolverket har bedömt men inte betalar."),
    ("gvn", "Nivåtester", "För elever från språkintroduktion och dem som återvänder efter mer än två år."),
    ("gvn", "Digital yrkesverkstad", "Studiehjälp på distans utanför skoltid."),
    ("gvn", "YH-kompetens", "Fler yrkeshögskoleutbildningar, med arbetslöshetsersättning och 20-procentsregeln."),
    ("gvn", "Kombinationsutbildningar", "Förarbete, och försörjningsstatistik från SCB två år efter utbildningen."),
    ("fsn", "Övergripande funktion för arbetsnära daglig verksamhet", "Håller ihop samverkan och utvecklar metoder."),
    ("fsn", "Stegförflyttningar från grupp till enskild plats", "Tidig information, coachning och Kompetenspass."),
    ("fsn", "Deltagare med psykosocialt stödbehov", "Ny arbetsnära verksamhet med inriktning IT och media."),
    ("fsn", "Avrop för anställningar", "Pengar som förvaltningar kan avropa när de anställer från daglig verksamhet."),
)


def load(stage: Stage) -> None:
    """Requests, budget, Boost, the proposal and the assumed decision."""
    for code, purpose, reasons in REQUESTS:
        requests.ask(
            by=stage.by,
            at=moment(2023, 2, 15),
            fund_id=stage.funds["jobbpakt"],
            year=2023,
            organisation_id=stage.org(code),
            purpose=purpose,
            amount_ore=None,
            reasons=reasons,
            source=f"{CASE}. Beloppet per ändamål står inte i källan.",
        )
    requests.ask(
        by=stage.by,
        at=moment(2023, 2, 15),
        fund_id=stage.funds["jobbpakt"],
        year=2023,
        organisation_id=stage.org("ks"),
        purpose="Sommarlovsentreprenör",
        amount_ore=kronor.from_kronor(500_000),
        reasons="Unga får prova på att driva eget under sommaren. Del av Ung i sommar.",
        source=CASE,
    )
    funds.budget(
        by=stage.by,
        at=moment(2023, 1, 3),
        fund_id=stage.funds["jobbpakt"],
        appropriation_id=stage.appropriations[2023],
        amount_ore=kronor.from_kronor(42_000_000),
        words="42 000 000 kronor avsatta för Jobbpakt 2023",
        source=f"{CASE}, sammanfattningen",
    )
    _boost(stage)
    _proposal(stage)


def _boost(stage: Stage) -> None:
    decisions.decide(
        by=stage.by,
        at=moment(2023, 3, 1),
        case_number="STK-2023-416",
        title="Boost by FC Rosengård",
        body_id=stage.org("ks"),
        date=date(2023, 3, 1),
        date_words="tidigare under 2023, dagen är okänd",
        outcome=Outcome.AS_PROPOSED,
        points=[
            point(
                "1",
                Verb.GRANTS,
                "Kommunstyrelsen beviljar gymnasie- och vuxenutbildningsförvaltningen 2 000 000 kronor för Boost by "
                "FC Rosengård.",
                stage.item("gvn", 2_000_000, year=2023, fund="jobbpakt", purpose="Boost by FC Rosengård"),
            )
        ],
        note="Omtalat i STK-2023-576 som ett tidigare beslut samma år.",
    )


def _proposal(stage: Stage) -> None:
    document = stage.document(
        "proposal-2023",
        at=moment(2023, 4, 24),
        kind="Tjänsteskrivelse",
        title="G-Tjänsteskrivelse KSAU 230424 Fördelning av medel inom staden avseende jobbpakt 2023",
        case_number=CASE,
        matter_title=TITLE,
        author="stk",
        dated_words="dagen är okänd; namnet säger 230424",
        file="stk-2023-576.txt",
    )
    proposal = decisions.propose(
        by=stage.by,
        at=moment(2023, 4, 25),
        case_number=CASE,
        title=TITLE,
        proposer_id=stage.org("ksau"),
        decider_id=stage.org("ks"),
        points=points(stage),
        meetings=[(stage.org("ksau"), date(2023, 5, 2)), (stage.org("ks"), date(2023, 5, 17))],
        addressees=ADDRESSEES,
        document_id=document,
    )
    decisions.decide(
        by=stage.by,
        at=moment(2023, 5, 17),
        case_number=CASE,
        title=TITLE,
        body_id=stage.org("ks"),
        date=date(2023, 5, 17),
        date_words="planerad dag",
        outcome=Outcome.AS_PROPOSED,
        proposal_id=proposal,
        is_assumption=True,
        note="Inget protokoll har hittats. Vi antar att kommunstyrelsen beslutade enligt förslaget på den planerade dagen.",
    )


def points(stage: Stage) -> list[PointDraft]:
    """The nine points. Points 6 and 7 are paid by the transfer in point 5, so their money is counted once."""
    paid = {"year": 2023, "fund": "jobbpakt", "paid_by": "5"}
    return [
        point(
            str(number),
            Verb.ALLOCATES,
            f"Kommunstyrelsen tilldelar {name} {kronor.in_words(amount * 100)} år 2023.",
            stage.item(code, amount, year=2023, fund="jobbpakt"),
        )
        for number, code, name, amount in (
            (1, "asn", "arbetsmarknads- och socialnämnden", 23_920_000),
            (2, "gvn", "gymnasie- och vuxenutbildningsnämnden", 5_500_000),
            (3, "fsn", "funktionsstödsnämnden", 3_000_000),
        )
    ] + [
        point(
            "4",
            Verb.INSTRUCTS,
            "De tre nämnderna får i uppdrag att senast vid årsbokslut rapportera hur pengarna har använts.",
            *(stage.item(code) for code in ("asn", "gvn", "fsn")),
            due="årsbokslut",
            binding=True,
        ),
        point(
            "5",
            Verb.TRANSFERS,
            "Kommunstyrelsen överför 7 417 000 kronor från anslaget till sig själv.",
            stage.item("ks", 7_417_000, year=2023, fund="jobbpakt"),
        ),
        point(
            "6",
            Verb.GRANTS,
            "Kommunstyrelsen beviljar ReDI School 500 000 kronor och Sommarlovsentreprenör 500 000 kronor av de "
            "överförda medlen.",
            stage.item("redi", 500_000, purpose="Verksamhetsbidrag 2023", support=Support.GRANT, **paid),
            stage.item(
                "sommarlovsentreprenor", 500_000, purpose="Del av Ung i sommar", support=Support.UNKNOWN, **paid
            ),
        ),
        point(
            "7",
            Verb.GRANTS,
            "Kommunstyrelsen beviljar Coompanion Skåne 6 417 000 kronor för Level, av de överförda medlen.",
            stage.item("coompanion", 6_417_000, purpose="Level", support=Support.GRANT, **paid),
        ),
        point(
            "8",
            Verb.DECIDES,
            "ReDI School och Level ska senast i maj 2024 rapportera utfall och hur pengarna har använts.",
            stage.item("redi"),
            stage.item("level"),
            due="maj 2024",
            binding=True,
        ),
        point("9", Verb.FILES, "Rapporterna för 2022 från ReDI School och Level läggs till handlingarna."),
    ]
