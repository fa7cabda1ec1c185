"""The safety fund 2024: five amounts that are known, three that are not. Unknown is not zero."""

from datetime import date

from samkraft.money.actions import decisions, funds, requests
from samkraft.money.rules.points import Outcome, Verb
from samkraft.operations.world.cast import moment
from samkraft.operations.world.stage import Stage, point

CASE = "STK-2024-124"
TITLE = "Medel för ökad trygghet och stärkt delaktighet 2024"
FUND = "trygghet"
TOLD_AT = moment(2025, 2, 20)  # the decision is known from the analysis, and was registered when that came
GIVEN = (
    ("asn", "arbetsmarknads- och socialnämnden", None),
    ("fritid", "fritidsnämnden", 1_000_000),
    ("fsn", "funktionsstödsnämnden", 653_000),
    ("forskole", "förskolenämnden", 300_000),
    ("grundskole", "grundskolenämnden", 1_250_000),
    ("gvn", "gymnasie- och vuxenutbildningsnämnden", 350_000),
    ("kultur", "kulturnämnden", None),
    ("teknik", "tekniska nämnden", None),
)


def load(stage: Stage) -> None:
    """A budget of unknown size, and the decision of March 2024 with the document that tells of it."""
    funds.budget(
        by=stage.by,
        at=moment(2024, 1, 15),
        fund_id=stage.funds[FUND],
        appropriation_id=stage.appropriations[2024],
        amount_ore=None,
        source="Kommunfullmäktige avsatte medel i budget 2024. Summan står inte i källorna.",
    )
    requests.ask(
        by=stage.by,
        at=moment(2024, 1, 20),
        fund_id=stage.funds[FUND],
        year=2024,
        organisation_id=stage.org("grundskole"),
        purpose="Nio insatser genom Pedagogisk Inspiration",
        amount_ore=None,
        reasons="Ansökan var på drygt 3 miljoner kronor. Nämnden fick 1,25 miljoner.",
        source="Årsanalys 2024",
    )
    analysis = stage.document(
        "analysis-2024-safety",
        at=TOLD_AT,
        kind="Årsanalys",
        title="Årsanalys 2024: ökad trygghet och stärkt delaktighet",
        case_number=CASE,
        matter_title=TITLE,
        author="stk",
        dated_words="2024, dagen är okänd",
        file="arsanalys-2024-trygghet.txt",
    )
    decisions.decide(
        by=stage.by,
        at=TOLD_AT,
        case_number=CASE,
        title=TITLE,
        body_id=stage.org("ks"),
        date=date(2024, 3, 6),
        date_words="mars 2024, dagen är okänd",
        outcome=Outcome.AS_PROPOSED,
        points=[
            point(
                str(number),
                Verb.ALLOCATES,
                f"Kommunstyrelsen ger {name} kommunbidrag för insatser under 2024.",
                stage.item(code, amount, year=2024, fund=FUND),
            )
            for number, (code, name, amount) in enumerate(GIVEN, start=1)
        ],
        document_id=analysis,
        note="Beslutet är omtalat i årsanalysen 2024. Beloppen är de som nämnderna själva anger; tre nämnder anger inget.",
    )
