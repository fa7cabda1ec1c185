"""2024: Jobbpakt becomes Strategiska jobbsatsningar. 14,4 million moves into frames, 25,6 million is split by the key."""

from datetime import date

from samkraft.money.actions import decisions, funds
from samkraft.money.rules.budgets import Carried
from samkraft.money.rules.points import Outcome, Support, Verb
from samkraft.money.rules.posting import PointDraft
from samkraft.operations.world.cast import moment
from samkraft.operations.world.stage import Stage, point
from samkraft.values import kronor

CASE = "STK-2024-291"
TITLE = "Strategiska jobbsatsningar: nytt upplägg och fördelning 2024"
YEARS = (2024, 2025, 2026)
FUND, SUMMER = "strategiska-jobbsatsningar", "ung-i-sommar"
ADDRESSEES = [
    "Arbetsmarknads- och socialnämnden",
    "Funktionsstödsnämnden",
    "Gymnasie- och vuxenutbildningsnämnden",
    "Stadskontoret, omvärld och näringsliv, enheten Innovation och utveckling",
    "Stadskontoret, ekonomiavdelningen, ekonomisk styrning",
    "Stadskontoret, intern ledning och stöd, enheten ekonomi och utveckling",
    "Stadskontorets handläggare",
]


def load(stage: Stage) -> None:
    """Budgets, the proposal and the decision of March 2024."""
    for fund, amount, carried, words in (
        (FUND, 25_600_000, Carried.DISPOSAL, "fördelas efter nyckeln"),
        (FUND, 4_900_000, Carried.FRAME, "på ram: avtal med Tillväxt Malmö och Level"),
        (SUMMER, 9_500_000, Carried.FRAME, "på ram: Ung i sommar"),
    ):
        funds.budget(
            by=stage.by,
            at=moment(2024, 1, 15),
            fund_id=stage.funds[fund],
            appropriation_id=stage.appropriations[2024],
            amount_ore=kronor.from_kronor(amount),
            carried=carried,
            words=words,
            source=f"{CASE}: 40 000 000 kr i budget 2024, varav 14 400 000 kr flyttas till ram",
        )
    document = stage.document(
        "proposal-2024",
        at=moment(2024, 2, 20),
        kind="Tjänsteskrivelse",
        title="Tjänsteskrivelse KSAU 240226 Strategiska jobbsatsningar",
        case_number=CASE,
        matter_title=TITLE,
        author="stk",
        dated_words="till KSAU 2024-02-26",
        file="stk-2024-291.txt",
    )
    stage.document(
        "pm-2024",
        at=moment(2024, 2, 6),
        kind="PM",
        title="PM om strategiska jobbsatsningar, med årshjul",
        case_number=CASE,
        matter_title=TITLE,
        author="stk",
        dated=date(2024, 2, 6),
        text="Årshjulet: fullmäktige beslutar summan i november, nämnderna sin budget i januari, och de rapporterar i "
        "ordinarie uppföljning i januari och februari året efter.",
    )
    proposal = decisions.propose(
        by=stage.by,
        at=moment(2024, 2, 20),
        case_number=CASE,
        title=TITLE,
        proposer_id=stage.org("ksau"),
        decider_id=stage.org("ks"),
        points=points(stage),
        meetings=[(stage.org("ksau"), date(2024, 2, 26)), (stage.org("ks"), date(2024, 3, 6))],
        addressees=ADDRESSEES,
        document_id=document,
    )
    decisions.decide(
        by=stage.by,
        at=moment(2024, 3, 6),
        case_number=CASE,
        title=TITLE,
        body_id=stage.org("ks"),
        date=date(2024, 3, 6),
        date_words="mars 2024 enligt årsanalysen; dagen är den planerade",
        outcome=Outcome.AS_PROPOSED,
        proposal_id=proposal,
        note="Årsanalysen 2024 säger att kommunstyrelsen beslutade i mars. Paragrafen är okänd.",
    )


def points(stage: Stage) -> list[PointDraft]:
    """The twelve points. Points 4 and 5 are one flow; the sum is not split between the two receivers."""
    return [
        point("1", Verb.APPROVES, "Kommunstyrelsen godkänner det nya upplägget."),
        point(
            "2",
            Verb.ALLOCATES,
            "Kommunstyrelsen tilldelar arbetsmarknads- och socialnämnden 9 000 000 kronor årligen 2024–2026 för Ung i "
            "sommar.",
            *stage.years("asn", 9_000_000, YEARS, fund=SUMMER, purpose="Ung i sommar"),
        ),
        point(
            "3",
            Verb.ALLOCATES,
            "Kommunstyrelsen tilldelar sig själv 500 000 kronor årligen 2024–2026 för Ung i sommar.",
            *stage.years("ks", 500_000, YEARS, fund=SUMMER, purpose="Ung i sommar"),
        ),
        point(
            "4",
            Verb.TRANSFERS,
            "Kommunstyrelsen överför 4 900 000 kronor årligen 2024–2026 från anslaget till sig själv.",
            *stage.years("ks", 4_900_000, YEARS, fund=FUND),
        ),
        point(
            "5",
            Verb.GRANTS,
            "Kommunstyrelsen beviljar Tillväxt Malmö och Level 4 900 000 kronor årligen 2024–2026 enligt avtalen "
            "STK-2023-1150 och STK-2023-1149.",
            *stage.years(
                "tillvaxt-och-level",
                4_900_000,
                YEARS,
                fund=FUND,
                paid_by="4",
                support=Support.CONTRACT,
                contract="STK-2023-1150, STK-2023-1149",
                purpose="Enligt avtal",
            ),
        ),
        *(
            point(
                str(number),
                Verb.ALLOCATES,
                f"Kommunstyrelsen tilldelar {name} {kronor.in_words(amount * 100)} år 2024 för strategiska jobbsatsningar.",
                stage.item(code, amount, year=2024, fund=FUND),
            )
            for number, code, name, amount in (
                (6, "asn", "arbetsmarknads- och socialnämnden", 13_056_000),
                (7, "gvn", "gymnasie- och vuxenutbildningsnämnden", 6_912_000),
                (8, "fsn", "funktionsstödsnämnden", 4_096_000),
                (9, "ks", "sig själv", 1_536_000),
            )
        ),
        point(
            "10",
            Verb.INCORPORATES,
            "Strategiska jobbsatsningar till nämnderna enligt nyckeln inarbetas i kommunstyrelsens budgetarbete för "
            "2025 och 2026.",
        ),
        point(
            "11",
            Verb.URGES,
            "Nämnderna uppmanas att redovisa strategiska jobbsatsningar och Ung i sommar i den ordinarie uppföljningen "
            "och i årsanalysen.",
            *(stage.item(code) for code in ("asn", "gvn", "fsn")),
            due="årsanalys",
            binding=False,
        ),
        point(
            "12",
            Verb.URGES,
            "Tillväxt Malmö och Level uppmanas att rapportera varje år enligt sina avtal.",
            stage.item("tillvaxt-malmo"),
            stage.item("level"),
            due="2025-05",
            binding=False,
        ),
    ]
