"""Invited, but not all came: the effect of the invitation, and of coming for those whom it made come.

Intention to treat compares by invitation. The complier effect is its ratio to the first stage (Wald; 2SLS with
columns), with the interval of Anderson and Rubin (1949), which holds however weak the first stage is.
"""

from dataclasses import dataclass

import numpy as np

from samkraft.analysis.effects import columns as designs
from samkraft.analysis.effects import results
from samkraft.analysis.effects.clusters import Sums
from samkraft.analysis.effects.passes import Floats
from samkraft.analysis.effects.results import Estimate
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase

WEAK_F = 10.0

NOBODY_MOVED = Reason(
    "no_first_stage",
    phrase("Inbjudan ändrade inte vilka som deltog alls. Då går effekten av att delta inte att räkna ut."),
)


@dataclass(frozen=True, slots=True)
class Answer:
    """The effect of being invited, of coming for those who came because of it, and how many those were.

    first_stage: how much the invitation raised the share who came; first_f its F statistic (weak under 10).
    shape says whether the Anderson-Rubin set is an "interval", "outside" (two half-lines) or "everything".
    """

    intention: Estimate
    complier: Estimate
    first_stage: Estimate
    first_f: float
    shape: str


def estimate(
    invited: Floats, came: Floats, outcome: Floats, design: designs.Design, cluster: Sums | None = None
) -> Answer:
    """invited and came are 0 or 1 (n). The design's columns (strata among them) are taken out of all three first."""
    others = design.columns
    inner = np.linalg.inv(others @ others.T)
    z, d, y = (one - (inner @ (others @ one)) @ others for one in (invited, came, outcome))
    power = float(z @ z)
    if power < 1e-9 * len(z):
        raise Refused(designs.COLLINEAR, name="invited")
    first, reduced = float(z @ d) / power, float(z @ y) / power
    if abs(first) < 1e-12:
        raise Refused(NOBODY_MOVED)
    dof = len(z) - len(others) - 1.0
    leverage = ((inner @ others) * others).sum(axis=0) + z**2 / power
    errors = np.vstack([y - reduced * z, d - first * z])
    if cluster is None:
        scores = errors * z / np.sqrt(np.maximum(1 - leverage, 1e-9))
        spread = scores @ scores.T / power**2
    else:
        sums = np.array([np.bincount(cluster.labels, error * z, cluster.many) for error in errors])
        spread = sums @ sums.T / power**2 * cluster.many / (cluster.many - 1)
        dof = cluster.many - 1.0
    intention = results.made("intention_to_treat", reduced, float(np.sqrt(spread[0, 0])), len(z), dof=dof)
    stage = results.made("first_stage", first, float(np.sqrt(spread[1, 1])), len(z), dof=dof)
    return _answer(intention, stage, spread, dof)


def _answer(intention: Estimate, stage: Estimate, spread: Floats, dof: float) -> Answer:
    effect = intention.estimate / stage.estimate
    toward = np.array([1.0, -effect])
    se = float(np.sqrt(toward @ spread @ toward)) / abs(stage.estimate)
    plain = results.made("wald", effect, se, intention.n, dof=dof)
    low, high, shape = anderson_rubin(intention.estimate, stage.estimate, spread, dof)
    first_f = (stage.estimate / stage.se) ** 2 if stage.se > 0 else float("inf")
    details = {"wald_low": plain.low, "wald_high": plain.high, "first_f": first_f, "ar_shape": shape}
    # The test of no effect is the invitation's own: it does not lean on the first stage.
    complier = Estimate("complier_effect", effect, se, low, high, intention.p, intention.n, dof, details)
    return Answer(intention, complier, stage, first_f, shape)


def anderson_rubin(reduced: float, first: float, spread: Floats, dof: float) -> tuple[float, float, str]:
    """The effects b for which reduced - b * first is no further from nought than chance allows: a quadratic in b."""
    from scipy import stats

    limit = float(stats.t(dof).ppf(0.5 + results.LEVEL / 2)) ** 2
    a = first**2 - limit * spread[1, 1]
    b = reduced * first - limit * spread[0, 1]
    c = reduced**2 - limit * spread[0, 0]
    inside = b * b - a * c
    if a > 0:
        root = np.sqrt(max(inside, 0.0))
        return float((b - root) / a), float((b + root) / a), "interval"
    shape = "outside" if inside > 0 and a < 0 else "everything"
    return float("-inf"), float("inf"), shape
