"""Is the effect another for women than for men? One interaction with its interval, never two p-values side by side."""

from dataclasses import dataclass

import numpy as np

from samkraft.analysis.effects import clusters, regression, results
from samkraft.analysis.effects.columns import Design
from samkraft.analysis.effects.passes import Floats
from samkraft.analysis.effects.results import Estimate


@dataclass(frozen=True, slots=True)
class Answer:
    """The effect in each group, with its interval, and the difference between them, which is what may be judged."""

    groups: tuple[str, str]
    effects: tuple[Estimate, Estimate]
    difference: Estimate


def estimate(
    treated: Floats, outcome: Floats, design: Design, group: Floats, names: tuple[str, str],
    cluster: clusters.Sums | None = None,
) -> Answer:  # fmt: skip
    """group (n) of 0 and 1, with their names. Least squares with HC2, or CR2 with Satterthwaite when there are clusters."""

    def last(side: Floats, method: str) -> Estimate:
        # The product's column is placed so that treatment's own coefficient is the effect where `side` is nought.
        known = _independent(design.columns, group)
        columns = np.vstack([known, treated * side, treated])
        return _coefficient(method, columns, outcome, cluster)

    effects = last(group, f"effect_{names[0]}"), last(1 - group, f"effect_{names[1]}")
    known = _independent(design.columns, group)
    product = _coefficient("interaction", np.vstack([known, treated, treated * group]), outcome, cluster)
    return Answer(names, effects, product)


def _independent(columns: Floats, group: Floats) -> Floats:
    """The columns with the group's own among them, once."""
    inner = np.linalg.inv(columns @ columns.T)
    left = group - (inner @ (columns @ group)) @ columns
    return columns if left @ left < 1e-9 * len(group) else np.vstack([columns, group])


def _coefficient(method: str, columns: Floats, outcome: Floats, cluster: clusters.Sums | None) -> Estimate:
    fitted = regression.fit(columns, outcome)
    if cluster is not None:
        se, dof = clusters.cr2(fitted, cluster)
    else:
        se, dof = (
            float(np.sqrt(max(regression.covariance(fitted, "HC2")[-1, -1], 0.0))),
            float(len(outcome) - len(columns)),
        )
    return results.made(method, float(fitted.beta[-1]), se, len(outcome), dof=dof)
