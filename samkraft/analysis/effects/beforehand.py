"""What a study says before any effect: whose outcomes are missing, and what it can see at all."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from samkraft.analysis.effects import power
from samkraft.analysis.effects.plans import Plan
from samkraft.analysis.effects.reports import Warned
from samkraft.analysis.effects.samples import Sample
from samkraft.analysis.effects.tables import Table
from samkraft.values.wording import percent, phrase, spoken

UNEQUAL_LOSS = phrase(
    "Utfallet saknas för {treated} av deltagarna och {comparison} av jämförelsen. Se gränserna för bortfall."
)
# Where those who are compared need not have taken part, they are called what they are.
UNEQUAL_LOSS_OF = {
    "invited": phrase(
        "Utfallet saknas för {treated} av de inbjudna och {comparison} av dem som inte bjöds in. Se gränserna för bortfall."
    ),
    "waiting_list": phrase(
        "Utfallet saknas för {treated} av dem som erbjöds en plats och {comparison} av de andra. Se gränserna för bortfall."
    ),
}


def said(sample: Sample, plan: Plan) -> tuple[list[Warned], dict[str, Any]]:
    """What is said before any effect: missing outcomes, and what the study can see at all."""
    warned = []
    comparison, treated = sample.attrition
    if abs(treated - comparison) > 0.02:
        words = UNEQUAL_LOSS_OF.get(plan.design, UNEQUAL_LOSS)
        text = spoken(words, treated=percent(treated), comparison=percent(comparison))
        warned.append(Warned("unequal_attrition", text))
    spread = float(sample.outcome.std(ddof=1))
    design = power.Design(sample.groups[1], sample.groups[0])
    seen: dict[str, Any] = {
        "smallest_effect": power.smallest_effect(design, spread),
        "sd": spread,
        "wanted": power.POWER,
    }
    if plan.seek:
        seen["people_needed"] = power.people_needed(plan.seek, spread, share_treated=sample.groups[1] / sample.n)
        seen["seek"] = plan.seek
    parts = {"power": seen}
    return warned, parts


def labels(table: Table, sample: Sample, name: str) -> NDArray[np.int64]:
    """A column's categories for the rows that are in the sample."""
    return table.categories(name)[0][sample.kept]
