"""A study of units that began at different times."""

import numpy as np

from samkraft.analysis.effects import staggered, wording
from samkraft.analysis.effects.plans import Plan
from samkraft.analysis.effects.reports import Report, Warned
from samkraft.analysis.effects.tables import Table
from samkraft.values.wording import language, phrase, spoken

TWO_WAY = phrase(
    "Fasta effekter för enhet och period hade gett {value}. Den metoden jämför också sena starter med tidiga och "
    "används bara som varning."
)


def answer(table: Table, plan: Plan) -> Report:
    """Raises Refused for input that carries no answer."""
    units, _ = table.categories(plan.unit)
    outcome, period = table.numbers(plan.outcome), table.numbers(plan.period)
    start = table.numbers(plan.start)
    known = (units >= 0) & ~np.isnan(outcome) & ~np.isnan(period)
    found = staggered.estimate(units[known], period[known], start[known], outcome[known])
    started = np.unique(units[known & (start > 0)])
    missing = {plan.outcome: int(np.isnan(outcome).sum()), plan.period: int(np.isnan(period).sum())}
    parts = {
        "by_time": [{"since": time, "estimate": one} for time, one in found.by_time],
        "compared_with": found.compared_with, "two_way_fixed_effects": found.fixed_effects, "notes": list(found.notes),
    }  # fmt: skip
    warned = (Warned("two_way", spoken(TWO_WAY, value=wording.number(found.fixed_effects, language()))),)
    said = wording.said(plan.design, plan.outcome, found.effect, poor_overlap=False, limited=plan.limited)
    groups = len(np.unique(units[known])) - len(started), len(started)
    return Report(
        plan.design, plan.outcome, plan.start, int(known.sum()), groups, missing, (int((~known).sum()), 0), (), None,
        found.effect, (found.effect,), warned, said, parts,
    )  # fmt: skip
