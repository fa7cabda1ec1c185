"""Pathways that several tests use: small, and with everything that the kernel can do."""

from datetime import date
from pathlib import Path

from samkraft.analysis.queues.pathway import (
    Activity,
    Choice,
    ClosedDays,
    Closing,
    Duration,
    Exit,
    Family,
    Intake,
    Phase,
    Scenario,
    Step,
    Target,
    Teams,
)

BEGINS = date(2020, 2, 1)
SCENARIOS = Path(__file__).resolve().parents[3] / "scenarios"


def everything() -> Scenario:
    """Parallel activities, joint starts, dropping out, giving up, closed days, a team that hands over, a way back."""
    gamma = Family.GAMMA
    return Scenario(
        "allt", BEGINS, date(2021, 2, 1),
        (
            Intake("vår", BEGINS, date(2020, 8, 1), 220, source="AF", gives_up_per_week=0.05),
            Intake("höst", date(2020, 8, 1), date(2020, 12, 1), 150, source="FK", gives_up_per_week=0.05),
        ),
        (
            Phase("ett", (
                Step(((Choice("kartläggning", 1.0),),)),
                Step((
                    (Choice("coachning", 0.7), Choice("", 0.3)),
                    (Choice("vård", 1.0, ("FK",)), Choice("", 1.0, ("AF",))),
                ), together=True),
            ), (Exit("flyttade", 0.05),), drops_out_per_week=0.01),
            Phase("två", (Step(((Choice("praktik", 2.0), Choice("kurs", 1.0)),)),), (Exit("ett", 0.1, is_phase=True),), 0.01),
            Phase("tre", (Step(((Choice("matchning", 1.0),),)),),
                  (Exit("arbete", 0.4), Exit("arbete", 0.2, begins=date(2020, 10, 1))), otherwise="annat"),
        ),
        (
            Activity("kartläggning", Duration(gamma, 20, 3), 30, staff_hours_at_start=2.0),
            Activity("coachning", Duration(gamma, 30, 2), 25),
            Activity("vård", Duration(Family.WEIBULL, 15, 1.5), 5, when_full="skip"),
            Activity("praktik", Duration(Family.LOGNORMAL, 50, 0.5), 40, later_places=((date(2020, 9, 1), 20),),
                     rests_on_closed_days=True),
            Activity("kurs", Duration(Family.FIXED, 42), occasions=tuple((date(2020, m, 1), 12) for m in (4, 6, 9, 11))),
            Activity("matchning", Duration(Family.OBSERVED, 12.5, 1.0, (5.0, 10.0, 15.0, 20.0)), None),
        ),
        (
            Teams("norr", 2, 25, BEGINS),
            Teams("söder", 1, 25, BEGINS, date(2020, 10, 1), Closing.TRANSFER),
            Teams("väster", 1, 10, date(2020, 5, 1), date(2020, 12, 1)),
        ),
        closed=(ClosedDays(date(2020, 7, 6), date(2020, 8, 3), "sommar"),),
        targets=(Target("hundra till arbete", 100, date(2021, 2, 1), ("arbete",)),),
    )  # fmt: skip
