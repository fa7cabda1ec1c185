"""A study of places that were given in a lottery's order until the waiting list was full."""

from samkraft.analysis.effects import beforehand, power, samples, terms, waiting_lists, wording
from samkraft.analysis.effects.plans import Plan
from samkraft.analysis.effects.reports import Report
from samkraft.analysis.effects.tables import Table


def answer(table: Table, plan: Plan) -> Report:
    """Raises Refused for input that carries no answer."""
    sample = samples.made(
        table, outcome=plan.outcome, treatment=plan.offered, covariates=terms.read(()),
        also_known=[name for name in (plan.lists, plan.treatment, plan.order) if name],
    )  # fmt: skip
    accepted = samples.binary(table, plan.treatment, plan.treated_value)[sample.kept]
    order = table.numbers(plan.order)[sample.kept] if plan.order else None
    found = waiting_lists.estimate(
        beforehand.labels(table, sample, plan.lists), sample.treated, accepted, sample.outcome, order
    )
    warned, parts = beforehand.said(sample, plan)
    parts["power"]["smallest_effect"] = power.smallest_effect_of(found.complier.se, found.complier.dof)
    parts |= {"lists_used": found.lists_used, "lists_left_out": found.lists_left_out}
    said = wording.said(plan.design, plan.outcome, found.complier, poor_overlap=False, limited=True)
    return Report(
        plan.design, plan.outcome, plan.treatment, sample.n, sample.groups, sample.missing, sample.lost, (), None,
        found.complier, (found.complier, found.intention, found.naive), tuple(warned), said, parts,
    )  # fmt: skip
