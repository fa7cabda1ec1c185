"""How strong must something unmeasured be to take the effect away?

Robustness value: Cinelli and Hazlett (JRSS B 2020). E-value for shares: VanderWeele and Ding (2017).
"""

from dataclasses import dataclass

import numpy as np

from samkraft.analysis.effects import regression
from samkraft.analysis.effects.columns import Design
from samkraft.analysis.effects.passes import Floats
from samkraft.analysis.effects.results import Estimate


@dataclass(frozen=True, slots=True)
class Robustness:
    """value: the share of what is left unexplained, of both treatment and outcome, that a hidden cause must explain to

    bring the effect to nought; for_interval: to bring the interval to touch nought. partial: what treatment explains of
    the outcome. strongest and strongest_partial: the known column that explains most of the outcome, for scale.
    """

    value: float
    for_interval: float
    partial: float
    strongest: str
    strongest_partial: float


def robustness(t: float, dof: float, alpha: float = 0.05) -> tuple[float, float, float]:
    """From a t-value and its degrees of freedom: the robustness value, the one for the interval, and partial R²."""
    from scipy import stats

    f = abs(t) / np.sqrt(dof)
    limit = float(stats.t(dof - 1).ppf(1 - alpha / 2)) / np.sqrt(dof - 1)
    return _value(f), _value(f - limit), float(t**2 / (t**2 + dof))


def _value(f: float) -> float:
    return float((np.sqrt(f**4 + 4 * f**2) - f**2) / 2) if f > 0 else 0.0


def of(treated: Floats, outcome: Floats, design: Design) -> Robustness:
    """For the regression of outcome on treatment and the design."""
    fitted = regression.fit(np.vstack([design.columns, treated]), outcome)
    dof = len(outcome) - len(fitted.beta)
    spread = np.sqrt((fitted.residuals**2).sum() / dof * np.diag(fitted.bread))
    t = fitted.beta / spread
    value, interval, partial = robustness(float(t[-1]), dof)
    known = t[1:-1] ** 2 / (t[1:-1] ** 2 + dof)
    place = int(known.argmax()) if len(known) else -1
    name = design.names[1 + place] if len(known) else ""
    return Robustness(value, interval, partial, name, float(known[place]) if len(known) else 0.0)


def e_value(share_treated: float, share_comparison: float) -> float:
    """The ratio by which something hidden must raise both treatment and outcome to explain the ratio of two shares."""
    if not 0 < share_treated < 1 or not 0 < share_comparison < 1:
        return float("nan")
    ratio = share_treated / share_comparison
    ratio = max(ratio, 1 / ratio)
    return float(ratio + np.sqrt(ratio * (ratio - 1)))


def contradicts(estimate: Estimate) -> bool:
    """Whether a placebo outcome moved: its interval leaves out nought, which no treatment can explain."""
    return estimate.low > 0 or estimate.high < 0
