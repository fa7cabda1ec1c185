"""What is told about 2021 and 2022: decisions whose day, and sometimes amount, the sources leave out."""

from datetime import date

from samkraft.money.actions import decisions, funds
from samkraft.money.rules.points import Outcome, Support, Verb
from samkraft.operations.world.cast import moment
from samkraft.operations.world.stage import Stage, point


def load(stage: Stage) -> None:
    """Level from 2021, Level and ReDI School 2022."""
    funds.budget(
        by=stage.by,
        at=moment(2022, 1, 3),
        fund_id=stage.funds["jobbpakt"],
        appropriation_id=stage.appropriations[2022],
        amount_ore=None,
        source="Jobbpaktens budget för 2022 står inte i källorna.",
    )
    decisions.decide(
        by=stage.by,
        at=moment(2021, 4, 30),
        case_number="STK-2020-1599",
        title="Finansiering av företagsinkubatorn Level",
        body_id=stage.org("ks"),
        date=date(2021, 4, 30),
        date_words="april 2021, dagen är okänd",
        outcome=Outcome.AS_PROPOSED,
        points=[
            point(
                "1",
                Verb.APPROPRIATES,
                "Kommunstyrelsen anslår knappt 3 500 000 kronor till Level. Målen gäller 2021–2023.",
                stage.item("coompanion", None, year=2021, purpose="Level, knappt 3 500 000 kr", support=Support.GRANT),
            )
        ],
        note="Källan säger knappt 3 500 000 kronor. Det exakta beloppet är okänt och bokförs därför inte.",
    )
    for case_number, title, code, amount, purpose in (
        ("STK-2021-1540", "Level 2022", "coompanion", 6_417_000, "Level"),
        ("STK-2022-919", "Verksamhetsbidrag till ReDI School 2022", "redi", 500_000, "Kurser och mentorskap"),
    ):
        decisions.decide(
            by=stage.by,
            at=moment(2022, 6, 1),
            case_number=case_number,
            title=title,
            body_id=stage.org("ks"),
            date=date(2022, 6, 1),
            date_words="2022, dagen är okänd",
            outcome=Outcome.AS_PROPOSED,
            points=[
                point(
                    "1",
                    Verb.GRANTS,
                    f"Kommunstyrelsen beviljar {title}.",
                    stage.item(code, amount, year=2022, fund="jobbpakt", purpose=purpose, support=Support.GRANT),
                )
            ],
            note="Beslutet är omtalat i STK-2023-576. Själva protokollet finns inte här.",
        )
