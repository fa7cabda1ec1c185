"""Those who took part beside those who did not: means, regression, weighting, and both at once (AIPW).

All take treated (n, 0 or 1), outcome (n) and, where they adjust, a `Design`. All give the average effect over everybody
in the sample. What they have in common is what they cannot see: a difference that is not in the columns.
"""

import numpy as np

from samkraft.analysis.effects import logit, passes, regression, results
from samkraft.analysis.effects.columns import Design
from samkraft.analysis.effects.passes import Floats
from samkraft.analysis.effects.results import Estimate
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase

CONSTANT_IN_GROUP = Reason(
    "constant_in_group",
    phrase("Bakgrundsvariabeln {name} är lika för alla i den ena gruppen, så den går inte att jämföra på."),
    phrase("Ta bort den, eller slå ihop kategorier."),
)
DECIDED_IN_GROUP = Reason(
    "decided_in_group",
    phrase("En bakgrundsvariabel är helt bestämd av de andra i den ena gruppen."),
    phrase("Ta bort en av dem."),
)


def difference_in_means(treated: Floats, outcome: Floats) -> Estimate:
    """Mean of the treated minus mean of the others. Unequal spread (Welch), degrees of freedom by Satterthwaite."""
    inside = treated == 1
    with_it, without = outcome[inside], outcome[~inside]
    parts = with_it.var(ddof=1) / len(with_it), without.var(ddof=1) / len(without)
    se = float(np.sqrt(sum(parts)))
    below = parts[0] ** 2 / (len(with_it) - 1) + parts[1] ** 2 / (len(without) - 1)
    dof = float(sum(parts) ** 2 / below) if below > 0 else None
    means = {"mean_treated": float(with_it.mean()), "mean_comparison": float(without.mean())}
    return results.made(
        "difference_in_means", float(with_it.mean() - without.mean()), se, len(outcome), dof=dof, details=means
    )


def regression_adjusted(treated: Floats, outcome: Floats, design: Design) -> Estimate:
    """The coefficient of treatment in a least-squares regression on it and the columns, with HC2; HC3 beside."""
    columns = np.vstack([design.columns, treated])
    fitted = regression.fit(columns, outcome)
    errors = {
        f"se_{name.lower()}": float(np.sqrt(regression.covariance(fitted, name)[-1, -1])) for name in ("HC2", "HC3")
    }
    dof = len(outcome) - len(fitted.beta)
    return results.made(
        "regression_adjusted", float(fitted.beta[-1]), errors["se_hc2"], len(outcome), dof=dof, details=errors
    )


def g_formula(treated: Floats, outcome: Floats, design: Design, together: Floats | None = None) -> Estimate:
    """Predict everybody's outcome with and without treatment and average the difference (standardisation).

    One regression for both groups. `together` (m, n) holds columns whose product with treatment is also in it. The
    standard error is the influence function's: it counts both the spread of the effect and that of the coefficients.
    """
    extra = np.empty((0, len(outcome))) if together is None else together
    # Products are centred: the same fit, and the sums keep their digits.
    slopes = np.vstack([np.ones(len(outcome)), extra - extra.mean(axis=1, keepdims=True)])
    fitted = regression.fit(np.vstack([design.columns, slopes * treated]), outcome)
    effects = fitted.beta[-len(slopes) :] @ slopes
    estimate = effects.mean()
    pull = np.concatenate([np.zeros(len(design.columns)), slopes.mean(axis=1)])
    influence = effects - estimate + len(outcome) * (pull @ fitted.bread @ fitted.columns) * fitted.residuals
    se = float(np.sqrt((influence**2).sum()) / len(outcome))
    return results.made("g_formula", float(estimate), se, len(outcome))


def weighted(treated: Floats, outcome: Floats, design: Design) -> Estimate:
    """Weights of one over the chance of the treatment that each had, normalised in each group (Hájek).

    The standard error takes the weights as known (robust, HC0), which is on the safe side; the smaller one that counts
    that they are estimated (Lunceford and Davidian 2004) stands beside as `se_stacked`.
    """
    fitted = logit.fit(design.columns, treated)
    chance = 1 / (1 + np.exp(-(fitted.beta @ design.columns)))
    weights = np.where(treated == 1, 1 / chance, 1 / (1 - chance))
    ones, noughts = weights * treated, weights * (1 - treated)
    high, low = (ones @ outcome) / ones.sum(), (noughts @ outcome) / noughts.sum()
    residual = np.where(treated == 1, outcome - high, outcome - low)
    share = np.where(treated == 1, ones / ones.sum(), -noughts / noughts.sum())
    se = float(np.sqrt(((share * residual) ** 2).sum()))
    # How the estimate moves with the logit's coefficients, and what that takes away from its spread.
    slope = (design.columns * np.where(treated == 1, -(1 - chance) * share * residual, chance * share * residual)).sum(
        axis=1
    )
    scores = design.columns * (treated - chance)
    stacked = share * residual + slope @ np.linalg.solve(fitted.information, scores)
    details = {"se_stacked": float(np.sqrt((stacked**2).sum())), "largest_weight": float(weights.max())}
    return results.made("ipw", float(high - low), se, len(outcome), details=details)


def aipw(treated: Floats, outcome: Floats, design: Design) -> tuple[Estimate, Floats]:
    """Regression in each group, corrected by weighted residuals: right if either model is (Robins, Rotnitzky, Zhao 1994).

    Linear outcome, logit by maximum likelihood, no trimming; the standard error is the influence function's. Returns
    the estimate and each row's chance of treatment (n). Equal to the slow ways to 1e-8, and made for millions of rows.
    """
    grams, moments = passes.arm_products(design.columns, treated, outcome)
    for gram in grams:
        spread = np.diag(gram) / gram[0, 0] - (gram[0] / gram[0, 0]) ** 2
        for place in np.flatnonzero(spread[1:] < 1e-12):
            raise Refused(CONSTANT_IN_GROUP, name=design.names[place + 1])
    fitted = logit.fit(design.columns, treated)
    if max(np.linalg.cond(grams)) > 1e13:
        raise Refused(DECIDED_IN_GROUP)
    arms = [np.linalg.solve(gram, moment) for gram, moment in zip(grams, moments, strict=True)]
    chances, values = passes.aipw_rows(design.columns, treated, outcome, np.vstack([fitted.beta, *arms]))
    estimate = float(values.mean())
    se = float(values.std() / np.sqrt(len(values)))
    return results.made("aipw", estimate, se, len(outcome)), chances
