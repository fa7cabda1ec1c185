"""What can a study of this size see? Exact for two groups of normal outcomes (noncentral t)."""

from dataclasses import dataclass

import numpy as np

LEVEL, POWER = 0.05, 0.8
MOST_PEOPLE = 1e10  # more than there are: the answer for an effect too small to be seen


@dataclass(frozen=True, slots=True)
class Design:
    """Two groups: n_treated and n_comparison people, in clusters of `size` people that are alike by `icc`;

    explained: the share of the outcome's variance that background explains.
    """

    n_treated: float
    n_comparison: float
    icc: float = 0.0
    size: float = 1.0
    explained: float = 0.0

    @property
    def dof(self) -> float:
        """People less two; with clusters, clusters less two."""
        people = self.n_treated + self.n_comparison
        return people - 2 if self.icc == 0 or self.size <= 1 else max(people / self.size - 2, 1.0)

    def se(self, sd: float) -> float:
        """The standard error of the difference of means."""
        inflation = 1 + (self.size - 1) * self.icc if self.size > 1 else 1.0
        left = sd * np.sqrt((1 - self.explained) * inflation)
        return float(left * np.sqrt(1 / self.n_treated + 1 / self.n_comparison))


def power(design: Design, effect: float, sd: float, level: float = LEVEL) -> float:
    """The chance that an effect of this size shows (two-sided)."""
    from scipy import stats

    limit = stats.t(design.dof).ppf(1 - level / 2)
    shift = abs(effect) / design.se(sd)
    if shift > 30 + limit:  # beyond what the noncentral t is computed for, and beyond doubt
        return 1.0
    if design.dof > 1e5:
        return float(stats.norm.sf(limit - shift) + stats.norm.cdf(-limit - shift))
    below = float(np.nan_to_num(stats.nct(design.dof, shift).cdf(-limit)))  # so small that it is not computed: nought
    return float(stats.nct(design.dof, shift).sf(limit)) + below


def smallest_effect(design: Design, sd: float, wanted: float = POWER, level: float = LEVEL) -> float:
    """The smallest effect that shows with the wanted chance."""
    from scipy import optimize

    step = design.se(sd)
    return float(optimize.brentq(lambda effect: power(design, effect, sd, level) - wanted, 1e-6 * step, 12 * step))


def smallest_effect_of(se: float, dof: float | None, wanted: float = POWER, level: float = LEVEL) -> float:
    """The smallest effect that shows with the wanted chance, from a standard error: for clusters, lists and invitations."""
    from scipy import stats

    shape = stats.norm if dof is None else stats.t(dof)
    return float((shape.ppf(1 - level / 2) + shape.ppf(wanted)) * se)


def people_needed(
    effect: float, sd: float, *, share_treated: float = 0.5, wanted: float = POWER, like: Design | None = None
) -> int:
    """How many people in all, both groups together, for the wanted chance."""
    from scipy import optimize

    model = like or Design(1, 1)

    def short(people: float) -> float:
        design = Design(
            people * share_treated, people * (1 - share_treated), model.icc, model.size, model.explained
        )  # fmt: skip
        return power(design, effect, sd) - wanted

    low, high = max(6.0, 4 * model.size), 1e3
    while short(high) < 0 and high < MOST_PEOPLE:
        high *= 10
    if short(high) < 0:
        return int(MOST_PEOPLE)
    return int(np.ceil(optimize.brentq(short, low, high))) if short(low) < 0 else int(np.ceil(low))
