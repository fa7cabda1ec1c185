"""A whole study: first the sample, its balance and what is missing; then the effect; then what speaks against it.

`answer(table, plan)` conducts; every number is computed in a module of its own.
"""

from dataclasses import replace
from typing import Any

import numpy as np

from samkraft.analysis.effects import (
    attrition,
    balance,
    beforehand,
    bootstrap,
    clusters,
    columns,
    comparisons,
    draw_waves,
    exit_study,
    invitations,
    plans,
    power,
    samples,
    sensitivity,
    small_groups,
    staggered_study,
    subgroups,
    waiting_list_study,
    wording,
)
from samkraft.analysis.effects.passes import Floats
from samkraft.analysis.effects.plans import Plan
from samkraft.analysis.effects.reports import Report, Warned
from samkraft.analysis.effects.results import Estimate
from samkraft.analysis.effects.samples import Sample
from samkraft.analysis.effects.tables import Table
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import number, percent, phrase, spoken

LARGE = 2_000_000  # beyond this only the quick methods are run
TWO_VALUES = Reason(
    "group_not_two", phrase("Kolumnen {name} ska ha två värden för att effekten ska kunna delas upp, men har {many}.")
)
THIN_GROUPS = Reason(
    "thin_groups", phrase("I någon av grupperna i {name} är det färre än fem som deltog eller inte deltog.")
)
POOR_OVERLAP = phrase(
    "Deltagare och jämförelse överlappar dåligt: {near_edge} av raderna ligger nästan säkert i den ena gruppen, "
    "och grupperna är {apart} standardavvikelser isär. Läs inte siffrorna som effekter."
)
UNLIKE = phrase("Grupperna skiljer sig mer än en kvarts standardavvikelse i: {names}.")
UNEVEN_DRAW = phrase(
    "Före insatsen skilde sig grupperna mer än en rättvis lott gör en gång på tusen: {names}. Kontrollera hur de lottades."
)
UNADJUSTED = phrase("Ingen bakgrund är med. Skillnaden kan bero på vilka som deltog.")
PLACEBO_MOVED = phrase(
    "Utfallet {name}, som insatsen inte kan ha påverkat, skiljer sig också åt. Då skiljer sig grupperna åt på annat än insatsen."
)
WEAK_INVITATION = phrase(
    "Inbjudan ändrade knappt vilka som kom (F = {f}). Lita på Anderson–Rubins intervall, inte på Walds."
)
FEW_CLUSTERS = phrase("Bara {many} grupper: osäkerheten räknas med CR2 och Satterthwaites frihetsgrader.")
FEW_PEOPLE = phrase("Få personer i en grupp: läs det exakta testet (permutation) i stället för normalfördelningens.")
MANY_ROWS = phrase("Över {limit} rader: bara skillnad i medelvärde och AIPW räknas.")
CLUSTERED_ROWS = phrase("Personer i samma grupp liknar varandra; bara metoder som räknar med det visas.")


def answer(table: Table, plan: Plan) -> Report:
    """Conduct the study that the plan describes. Raises Refused for input that carries no answer."""
    plans.check(plan)
    if plan.design == "exits":
        return exit_study.answer(table, plan)
    if plan.design == "staggered":
        return staggered_study.answer(table, plan)
    if plan.design == "waiting_list":
        return waiting_list_study.answer(table, plan)
    return _two_groups(table, plan)


def _two_groups(table: Table, plan: Plan) -> Report:
    also = [name for name in (plan.cluster, plan.strata, plan.chance, plan.invited, plan.by) if name]
    compared = plan if plan.design != "invited" else replace(plan, treatment=plan.invited)
    sample = samples.made(
        table, outcome=plan.outcome, treatment=compared.treatment, covariates=plan.covariates,
        treated_value=plan.treated_value if plan.design != "invited" else None, also_known=also,
    )  # fmt: skip
    warned, parts = beforehand.said(sample, plan)
    estimates, overlap, chances = _estimated(table, sample, plan, warned, parts)
    if plan.cluster or plan.design == "invited" or plan.strata:
        # People are not the independent parts here: what can be seen follows from the standard error.
        parts["power"]["smallest_effect"] = power.smallest_effect_of(estimates[0].se, estimates[0].dof)
    parts |= _after(table, sample, plan, estimates[0], warned)
    rows = balance.table(sample.design, sample.treated, chances)
    if unlike := balance.large(rows):
        warned.append(Warned("unlike", spoken(UNLIKE, names=", ".join(unlike))))
    doubt = _doubt(plan, balance.uneven(rows, sample.groups), warned)
    many = int(estimates[0].details.get("clusters", 0))
    limited = plan.limited or plan.design in wording.LOTTERY
    said = wording.said(
        plan.design,
        plan.outcome,
        estimates[0],
        poor_overlap=bool(overlap and overlap.poor),
        limited=limited,
        clusters=many,
        doubt=doubt,
    )
    return Report(
        plan.design, plan.outcome, plan.treatment, sample.n, sample.groups, sample.missing, sample.lost, rows, overlap,
        estimates[0], tuple(estimates), tuple(warned), said, parts,
    )  # fmt: skip


def _doubt(plan: Plan, uneven: list[str], warned: list[Warned]) -> wording.Doubt:
    """Whether a lot decided. Within strata or clusters groups may differ by the draw's own rules, so nothing is told of that."""
    if plan.strata or plan.chance or plan.cluster:
        uneven = []
    if plan.design == "invited" and not plan.drawn:
        return "unsaid_uneven" if uneven else "unsaid"
    if plan.design in wording.LOTTERY and uneven:
        warned.append(Warned("uneven_draw", spoken(UNEVEN_DRAW, names=", ".join(uneven))))
        return "uneven"
    return ""


def _estimated(
    table: Table, sample: Sample, plan: Plan, warned: list[Warned], parts: dict[str, Any]
) -> tuple[list[Estimate], balance.Overlap | None, Floats | None]:
    cluster = clusters.groups(beforehand.labels(table, sample, plan.cluster), plan.cluster) if plan.cluster else None
    if cluster is not None:
        clusters.refuse_one_sided(sample.treated, cluster, plan.cluster)
    if cluster is not None and cluster.many < clusters.FEW:
        warned.append(Warned("few_clusters", spoken(FEW_CLUSTERS, many=cluster.many)))
    if plan.design == "invited":
        return _invited(table, sample, plan, cluster, warned, parts), None, None
    if plan.strata and plan.design == "draw":
        chance = table.numbers(plan.chance)[sample.kept] if plan.chance else None
        found = draw_waves.estimate(
            beforehand.labels(table, sample, plan.strata), sample.treated, sample.outcome, chance
        )
        parts["waves"] = {
            "used": found.waves_used,
            "left_out": found.waves_left_out,
            "people_left_out": found.people_left_out,
        }
        return [found.effect, comparisons.difference_in_means(sample.treated, sample.outcome)], None, None
    if cluster is not None:
        warned.append(Warned("clustered", spoken(CLUSTERED_ROWS)))
        plain = np.vstack([np.ones(sample.n), sample.treated])
        found_plain = clusters.coefficient("difference_in_means", plain, sample.outcome, cluster, seed=plan.seed)
        if len(sample.design.columns) == 1:
            return [found_plain], None, None
        whole = np.vstack([sample.design.columns, sample.treated])
        adjusted = clusters.coefficient("regression_adjusted", whole, sample.outcome, cluster, seed=plan.seed)
        return [adjusted, found_plain], None, None
    return _people(sample, plan, warned, parts)


def _people(
    sample: Sample, plan: Plan, warned: list[Warned], parts: dict[str, Any]
) -> tuple[list[Estimate], balance.Overlap | None, Floats | None]:
    """Independent people: means, and with background all ways of adjusting for it."""
    plain = comparisons.difference_in_means(sample.treated, sample.outcome)
    if len(sample.design.columns) == 1:
        if plan.design == "observed":
            warned.append(Warned("unadjusted", spoken(UNADJUSTED)))
        return [plain], None, None
    doubly, chances = comparisons.aipw(sample.treated, sample.outcome, sample.design)
    overlap = balance.overlap(sample, chances)
    if overlap.poor:
        text = spoken(POOR_OVERLAP, near_edge=percent(overlap.near_edge), apart=number(overlap.apart, 1))
        warned.append(Warned("poor_overlap", text))
    if plan.bootstrap:
        draws = bootstrap.aipw(sample.treated, sample.outcome, sample.design, draws=plan.bootstrap, seed=plan.seed)
        low, high = draws.interval()
        parts["bootstrap"] = {"se": draws.se, "low": low, "high": high, "draws": plan.bootstrap, "failed": draws.failed}
    if sample.n > LARGE:
        warned.append(Warned("many_rows", spoken(MANY_ROWS, limit=LARGE)))
        return [doubly, plain], overlap, chances
    others = [
        comparisons.regression_adjusted(sample.treated, sample.outcome, sample.design),
        comparisons.g_formula(sample.treated, sample.outcome, sample.design, sample.together),
        comparisons.weighted(sample.treated, sample.outcome, sample.design),
    ]
    first = [doubly] if plan.design == "observed" else []
    return [*(first or others[:1]), plain, *(others if first else [doubly, *others[1:]])], overlap, chances


def _invited(
    table: Table, sample: Sample, plan: Plan, cluster: clusters.Sums | None, warned: list[Warned], parts: dict[str, Any]
) -> list[Estimate]:
    came = samples.binary(table, plan.treatment, plan.treated_value)[sample.kept]
    design = sample.design
    if np.isnan(came).any():
        raise Refused(samples.NOT_TWO, name=plan.treatment, many=0, values="tomt på några rader")
    if plan.strata:
        labels = beforehand.labels(table, sample, plan.strata)
        dummies = [(labels == one).astype(float) for one in np.unique(labels)[1:]]
        design = columns.made(
            [*design.columns[1:], *dummies],
            [*design.names[1:], *(f"{plan.strata}={i}" for i in range(len(dummies)))],
            sample.n,
        )
    found = invitations.estimate(sample.treated, came, sample.outcome, design, cluster)
    parts["first_stage"] = found.first_stage
    if found.first_f < invitations.WEAK_F:
        warned.append(Warned("weak_invitation", spoken(WEAK_INVITATION, f=number(found.first_f, 1))))
    return [found.complier, found.intention]


def _after(table: Table, sample: Sample, plan: Plan, primary: Estimate, warned: list[Warned]) -> dict[str, Any]:
    """Other outcomes, placebo, other groups, hidden causes, exact tests and lost outcomes."""
    parts: dict[str, Any] = {}
    if min(sample.groups) < small_groups.SMALL:
        warned.append(Warned("few_people", spoken(FEW_PEOPLE)))
    if sample.n <= 20_000:
        parts["exact"] = _exact(sample, plan)
    if sample.n <= LARGE and len(sample.design.columns) > 1:
        parts["sensitivity"] = sensitivity.of(sample.treated, sample.outcome, sample.design)
    if abs(sample.attrition[0] - sample.attrition[1]) > 0.02:
        invited = plan.design == "invited"  # then what is bounded is the effect of being invited
        treated = samples.binary(
            table, plan.invited if invited else plan.treatment, None if invited else plan.treated_value
        )
        known = ~np.isnan(treated)
        parts["attrition"] = attrition.bounds(treated[known], table.numbers(plan.outcome)[known], seed=plan.seed)
    if plan.by:
        parts["by"] = _by(table, sample, plan)
    if plan.others:
        parts["other_outcomes"] = _others(table, plan)
    if plan.placebo:
        parts["placebo"] = _placebo(table, plan, warned)
    return parts


def _exact(sample: Sample, plan: Plan) -> dict[str, Any]:
    parts: dict[str, Any] = {"permutation_p": small_groups.permutation(sample.treated, sample.outcome, seed=plan.seed)}
    if set(np.unique(sample.outcome)) <= {0.0, 1.0}:
        shares = [
            small_groups.wilson(int(sample.outcome[sample.treated == side].sum()), int((sample.treated == side).sum()))
            for side in (0, 1)
        ]
        low, high = small_groups.newcombe(shares[1], shares[0])
        ratio = sensitivity.e_value(shares[1].count / shares[1].n, shares[0].count / shares[0].n)
        parts |= {
            "fisher_p": small_groups.fisher(sample.treated, sample.outcome), "comparison": shares[0], "treated": shares[1],
            "newcombe": [low, high], "e_value": ratio,
        }  # fmt: skip
    return parts


def _by(table: Table, sample: Sample, plan: Plan) -> subgroups.Answer:
    places, names = table.categories(plan.by)
    kept = places[sample.kept]
    seen = np.unique(kept)
    if len(seen) != 2:
        raise Refused(TWO_VALUES, name=plan.by, many=len(seen))
    if min(np.bincount((2 * (kept == seen[1]) + sample.treated).astype(int), minlength=4)) < samples.SMALLEST_GROUP:
        raise Refused(THIN_GROUPS, name=plan.by)
    cluster = clusters.groups(beforehand.labels(table, sample, plan.cluster), plan.cluster) if plan.cluster else None
    group = (kept == seen[1]).astype(float)
    pair = names[int(seen[0])], names[int(seen[1])]
    return subgroups.estimate(sample.treated, sample.outcome, sample.design, group, pair, cluster)


def _others(table: Table, plan: Plan) -> list[dict[str, Any]]:
    """Secondary outcomes by the same plan, with Holm's p-values over them all."""
    found = [(name, answer(table, _alone(plan, name)).primary) for name in plan.others]
    adjusted = small_groups.holm([one.p for _, one in found])
    return [{"outcome": name, "estimate": one, "holm_p": p} for (name, one), p in zip(found, adjusted, strict=True)]


def _placebo(table: Table, plan: Plan, warned: list[Warned]) -> list[dict[str, Any]]:
    found = []
    for name in plan.placebo:
        # An outcome cannot be its own background.
        kept = tuple(term for term in plan.covariates if name not in term.columns)
        one = answer(table, replace(_alone(plan, name), covariates=kept)).primary
        moved = sensitivity.contradicts(one)
        if moved:
            warned.append(Warned("placebo_moved", spoken(PLACEBO_MOVED, name=name)))
        found.append({"outcome": name, "estimate": one, "moved": moved})
    return found


def _alone(plan: Plan, outcome: str) -> Plan:
    return replace(plan, outcome=outcome, others=(), placebo=(), by="", bootstrap=0)
