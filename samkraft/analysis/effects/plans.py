"""What a study is going to compare, decided before anybody looks at the answer."""

from dataclasses import dataclass
from typing import Literal

from samkraft.analysis.effects.terms import Term
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase

Design = Literal["observed", "draw", "waiting_list", "invited", "staggered", "exits"]

NEEDS = Reason("option_needed", phrase("Uppläggningen {design} behöver också {option}."))


@dataclass(frozen=True, slots=True)
class Plan:
    """Names of columns, and the choices that are made in advance. None or empty is what the study does not use.

    outcome is the primary one; others are adjusted by Holm. chance: each person's probability in the draw. kind: the
    exit that matters, in the words of the file. limited: places are limited, so displacement is said. seek: an effect
    that would matter, for how many people it takes to see it. drawn: the lot decided who took part or was invited, where
    the design alone does not say so (invited, time to exit).
    """

    treatment: str = ""
    outcome: str = ""
    covariates: tuple[Term, ...] = ()
    treated_value: str | None = None
    design: Design = "observed"
    cluster: str = ""
    strata: str = ""
    chance: str = ""
    invited: str = ""
    lists: str = ""
    offered: str = ""
    order: str = ""
    unit: str = ""
    period: str = ""
    start: str = ""
    time: str = ""
    event: str = ""
    kind: str = ""
    censored: str = ""
    entry: str = ""
    horizon: float | None = None
    treated_at: str = ""
    landmark: float | None = None
    follow_up: str = ""
    others: tuple[str, ...] = ()
    placebo: tuple[str, ...] = ()
    by: str = ""
    bootstrap: int = 0
    seek: float | None = None
    limited: bool = False
    drawn: bool = False
    seed: int = 1

    def columns(self) -> tuple[str, ...]:
        """Every column that the study reads."""
        names = [
            self.treatment, self.outcome, self.cluster, self.strata, self.chance, self.invited, self.lists,
            self.offered, self.order, self.unit, self.period, self.start, self.time, self.event, self.entry,
            self.treated_at, self.follow_up, self.by, *self.others, *self.placebo,
            *(name for term in self.covariates for name in term.columns),
        ]  # fmt: skip
        return tuple(dict.fromkeys(name for name in names if name))


def check(plan: Plan) -> None:
    """Raise Refused when the design lacks a column that it cannot do without."""
    needed: dict[str, tuple[str, ...]] = {
        "observed": ("treatment", "outcome"),
        "draw": ("treatment", "outcome"),
        "invited": ("treatment", "outcome", "invited"),
        "waiting_list": ("treatment", "outcome", "lists", "offered"),
        "staggered": ("outcome", "unit", "period", "start"),
        "exits": ("time", "event", "treatment"),
    }
    for name in needed[plan.design]:
        if not getattr(plan, name):
            raise Refused(NEEDS, design=plan.design, option=f"--{'list' if name == 'lists' else name}")
