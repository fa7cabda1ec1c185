"""Standard errors when people come in groups: ten teams are ten clusters, however many people they hold.

CR2 with Satterthwaite's degrees of freedom (Bell and McCaffrey 2002; Pustejovsky and Tipton 2018), and the wild cluster
bootstrap with the null imposed (Cameron, Gelbach and Miller 2008; six-point weights of Webb 2014). Plain clustered
errors with a normal distribution are far too small here.
"""

from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from samkraft.analysis.effects import regression, results
from samkraft.analysis.effects.passes import Floats
from samkraft.analysis.effects.results import Estimate
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase

FEW = 40
ENUMERATED = (
    12  # with so few clusters every sign pattern is tried; with fewer than this the six-point weights are finer
)
WEBB = np.sqrt(np.array([0.5, 1.0, 1.5]))
DRAWS = 1999

TOO_FEW = Reason(
    "too_few_clusters",
    phrase("Grupperna i {name} är {many}. Med färre än fyra går osäkerheten inte att räkna ut."),
)


ONE_SIDE = Reason(
    "one_treated_cluster",
    phrase("Bara en av grupperna i {name} har någon som deltog, eller någon som inte gjorde det."),
    phrase("Med en enda grupp på ena sidan går insatsen inte att skilja från gruppen."),
)


@dataclass(frozen=True, slots=True)
class Sums:
    """What each cluster adds, for one coefficient: the last of the fit's columns."""

    labels: NDArray[np.intp]
    many: int


def groups(values: NDArray[np.int64], name: str) -> Sums:
    """Clusters numbered from nought. Raises Refused for fewer than four."""
    labels, places = np.unique(values, return_inverse=True)
    if len(labels) < 4:
        raise Refused(TOO_FEW, name=name, many=len(labels))
    return Sums(places, len(labels))


def refuse_one_sided(treated: Floats, cluster: Sums, name: str) -> None:
    """At least two clusters must hold treated people, and at least two must hold others."""
    for side in (0, 1):
        if len(np.unique(cluster.labels[treated == side])) < 2:
            raise Refused(ONE_SIDE, name=name)


def cr2(fitted: regression.Fit, cluster: Sums, place: int = -1) -> tuple[float, float]:
    """Standard error and degrees of freedom for coefficient `place`.

    Each cluster's residuals are turned by (I - H_gg)^(-1/2), so that the variance is unbiased when rows are alike; the
    degrees of freedom are those of the quadratic form. Works in the space of the columns, never with an n by n matrix.
    """
    columns = fitted.columns
    root = np.linalg.cholesky(fitted.bread)
    scaled = root.T @ columns
    order = np.argsort(cluster.labels, kind="stable")
    edges = np.searchsorted(cluster.labels[order], np.arange(cluster.many + 1))
    target = np.linalg.solve(root, fitted.bread[:, place])  # c, in the turned space
    lengths, pulls, scores = np.zeros(cluster.many), np.zeros((len(columns), cluster.many)), np.zeros(cluster.many)
    for one in range(cluster.many):
        rows = order[edges[one] : edges[one + 1]]
        inner = scaled[:, rows]
        values, vectors = np.linalg.eigh(inner @ inner.T)
        left = 1 - values
        turned = np.where(left > 1e-10, 1 / np.sqrt(np.maximum(left, 1e-10)), 0.0)
        weight = inner.T @ (vectors @ (turned * (vectors.T @ target)))
        scores[one] = weight @ fitted.residuals[rows]
        lengths[one] = weight @ weight
        pulls[:, one] = inner @ weight
    form = np.diag(lengths) - pulls.T @ pulls
    dof = np.trace(form) ** 2 / (form**2).sum()
    return float(np.sqrt((scores**2).sum())), float(dof)


def plain(fitted: regression.Fit, cluster: Sums, place: int = -1, *, corrected: bool = True) -> float:
    """The usual clustered standard error (CR1; without the correction CR0, Liang and Zeger 1986).

    Kept to show how far it is off with few clusters.
    """
    weight = fitted.bread[place] @ fitted.columns
    scores = np.bincount(cluster.labels, weight * fitted.residuals, cluster.many)
    n, k = len(fitted.residuals), len(fitted.beta)
    factor = cluster.many / (cluster.many - 1) * (n - 1) / (n - k) if corrected else 1.0
    return float(np.sqrt((scores**2).sum() * factor))


def coefficient(method: str, columns: Floats, outcome: Floats, cluster: Sums, *, seed: int) -> Estimate:
    """The last column's coefficient by least squares, with CR2; under 40 clusters the wild bootstrap's p stands beside."""
    fitted = regression.fit(columns, outcome)
    se, dof = cr2(fitted, cluster)
    details: dict[str, object] = {"clusters": cluster.many, "se_cr1": plain(fitted, cluster)}
    if cluster.many < FEW:
        p, low, high = wild(columns, outcome, cluster, seed=seed)
        details |= {"wild_p": p, "wild_low": low, "wild_high": high}
    return results.made(method, float(fitted.beta[-1]), se, len(outcome), dof=dof, details=details)


def wild(
    columns: Floats, outcome: Floats, cluster: Sums, *, seed: int, draws: int = DRAWS, level: float = results.LEVEL
) -> tuple[float, float, float]:
    """p-value of no effect and the interval of effects that are not rejected, for the last column's coefficient."""
    others, last = columns[:-1], columns[-1]
    inner = np.linalg.inv(others @ others.T)

    def cleaned(values: Floats) -> Floats:
        return np.asarray(values - (inner @ (others @ values)) @ others)

    z, y = cleaned(last), cleaned(outcome)
    power = z @ z
    beta = float(z @ y / power)
    own = np.array([np.bincount(cluster.labels, column * z, cluster.many) for column in others])  # X_g'z_g
    lengths = np.bincount(cluster.labels, z * z, cluster.many)
    weights = _weights(cluster.many, draws, np.random.default_rng(seed))

    def t(scores: Floats, parts: Floats, signs: Floats) -> Floats:
        """The statistic for outcomes made of each cluster's residuals times its sign."""
        moved = (signs @ scores) / power
        total = signs @ parts.T
        inside = signs * scores - (total @ inner) @ own - moved[:, None] * lengths
        return np.asarray(moved / (np.sqrt((inside**2).sum(axis=1)) / power))

    def p_at(effect: float) -> float:
        residual = y - effect * z
        scores = np.bincount(cluster.labels, z * residual, cluster.many)
        parts = np.array([np.bincount(cluster.labels, column * residual, cluster.many) for column in others])
        seen = t(scores, parts, np.ones((1, cluster.many)))[0]
        return float((np.abs(t(scores, parts, weights)) >= abs(seen) * (1 - 1e-12)).mean())

    step = plain(regression.fit(columns, outcome), cluster)
    low, high = (_edge(p_at, beta, sign * step, 1 - level) for sign in (-1, 1))
    return p_at(0.0), low, high


def _weights(many: int, draws: int, lot: np.random.Generator) -> Floats:
    if many > ENUMERATED:
        return lot.choice([-1.0, 1.0], size=(draws, many))
    if 2**many >= draws:
        return np.array(list(product((-1.0, 1.0), repeat=many)))
    return lot.choice(np.concatenate([-WEBB, WEBB]), size=(draws, many))


def _edge(p_at: object, beta: float, step: float, alpha: float) -> float:
    """Where p falls under alpha, walking from the estimate in one direction and then halving."""
    assert callable(p_at)
    if step == 0:
        return beta
    inner, outer = beta, beta + 2 * step
    for _ in range(40):
        if p_at(outer) < alpha:
            break
        inner, outer = outer, beta + (outer - beta) * 2
    else:
        return float(np.copysign(np.inf, step))
    for _ in range(40):
        middle = (inner + outer) / 2
        inner, outer = (middle, outer) if p_at(middle) >= alpha else (inner, middle)
    return float(outer)
