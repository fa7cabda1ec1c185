"""The demo world's money: what the sources tell of 2021 to 2024, every figure with where it comes from.

Start here; `money_2023`, `money_2024` and `money_safety` hold a year's matters each, `money_uses` what committees told,
`money_figures` targets and outcomes, `money_findings` what a person has entered about sources that differ. The texts of
documents are written for this demo; their facts and figures are the sources'.
"""

from datetime import date

from samkraft.money.actions import funds, keys
from samkraft.money.queries import presence
from samkraft.operations.world.cast import fund_officer, moment
from samkraft.operations.world.money import (
    money_2023,
    money_2024,
    money_earlier,
    money_figures,
    money_findings,
    money_safety,
    money_uses,
)
from samkraft.operations.world.stage import Stage
from samkraft.values.period import Period

KEY_2024 = (("asn", 5100), ("gvn", 2700), ("fsn", 1600), ("ks", 600))


WHAT = "medel: satsningar, beslut och siffror 2021–2024"


def is_loaded() -> bool:
    """Whether there is money already."""
    return presence.any_funds()


def load() -> None:
    """Everything, once."""
    stage = Stage.begin(fund_officer())
    _funds(stage)
    money_earlier.load(stage)
    money_2023.load(stage)
    money_2024.load(stage)
    money_safety.load(stage)
    money_uses.load(stage)
    money_figures.load(stage)
    money_findings.load(stage)


def _funds(stage: Stage) -> None:
    at = moment(2024, 1, 15)
    stage.funds["jobbpakt"] = funds.establish(
        by=stage.by,
        at=at,
        code="jobbpakt",
        name="Jobbpakt",
        purpose="Pengar från kommunstyrelsen till insatser som ger fler Malmöbor arbete eller utbildning: "
        "yrkesutbildning, matchning och sommarpraktik för unga. Fördelas efter äskanden, också under året.",
        valid=Period(date(2018, 1, 1), date(2024, 1, 1)),
        committee_ids=stage.orgs("asn", "gvn", "fsn", "ks"),
        goal_ids=stage.goals("kf-sjalvforsorjande"),
        initiative_ids=stage.initiatives("jobbpakt"),
        report_words="rapport vid årsbokslut",
        source="STK-2023-576. Om uppdraget gavs i budget 2017 eller 2018 säger källorna olika.",
    )
    stage.funds["strategiska-jobbsatsningar"] = funds.establish(
        by=stage.by,
        at=at,
        code="strategiska-jobbsatsningar",
        name="Strategiska jobbsatsningar",
        purpose="Utvecklingspengar för politiskt prioriterade insatser som direkt eller indirekt ökar andelen "
        "självförsörjande Malmöbor, genom nya idéer som nämnderna tror ger stor effekt. Ett tillskott utöver den "
        "ordinarie budgeten, främst för dem som har svårast att bli självförsörjande och för unga.",
        valid=Period(date(2024, 1, 1), date(2027, 1, 1)),
        follows_id=stage.funds["jobbpakt"],
        committee_ids=stage.orgs("asn", "gvn", "fsn", "ks"),
        goal_ids=stage.goals("kf-sjalvforsorjande"),
        initiative_ids=stage.initiatives("strategiska-jobbsatsningar"),
        report_words="ordinarie uppföljning och årsanalys",
        source="STK-2024-291",
    )
    stage.funds["ung-i-sommar"] = funds.establish(
        by=stage.by,
        at=at,
        code="ung-i-sommar",
        name="Ung i sommar",
        purpose="Arbetslivserfarenhet för unga genom praktik- och sommarjobbsplatser. Går direkt på ram 2024–2026.",
        valid=Period(date(2024, 1, 1), date(2027, 1, 1)),
        follows_id=stage.funds["jobbpakt"],
        committee_ids=stage.orgs("asn", "ks"),
        goal_ids=stage.goals("kf-unga-studerar-arbetar"),
        initiative_ids=stage.initiatives("ung-i-sommar"),
        report_words="ordinarie uppföljning och årsanalys",
        source="STK-2024-291",
    )
    stage.funds["trygghet"] = funds.establish(
        by=stage.by,
        at=at,
        code="trygghet",
        name="Ökad trygghet och stärkt delaktighet i socialt utsatta områden och lokal utveckling",
        purpose="Insatser för barn, unga och föräldrar i socialt utsatta områden.",
        valid=Period(date(2024, 1, 1), date(2025, 1, 1)),
        committee_ids=stage.orgs("asn", "fritid", "fsn", "forskole", "grundskole", "gvn", "kultur", "teknik"),
        goal_ids=stage.goals("kf-goda-uppvaxtvillkor", "kf-forebygga-brott"),
        report_words="årsanalys",
        source="STK-2024-124",
    )
    for year in (2022, 2023, 2024):
        stage.appropriations[year] = funds.appropriate(
            by=stage.by,
            at=moment(year, 1, 3),
            name=stage.APPROPRIATION,
            owner_id=stage.org("ks"),
            year=year,
            source="Anslag som kommunstyrelsen fördelar under året",
        )
    keys.decide(
        by=stage.by,
        at=moment(2024, 3, 7),
        fund_id=stage.funds["strategiska-jobbsatsningar"],
        valid=Period(date(2024, 1, 1), date(2027, 1, 1)),
        shares=[(stage.org(code), share) for code, share in KEY_2024],
        decided_in="STK-2024-291",
        source="Fördelningsnyckel per mandatperiod, tjänsteskrivelsen i STK-2024-291",
    )
