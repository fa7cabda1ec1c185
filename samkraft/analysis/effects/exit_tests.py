"""Do two groups leave at the same pace? Log-rank for one kind of exit, Gray's test when there are several."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from samkraft.analysis.effects.passes import Floats


@dataclass(frozen=True, slots=True)
class Test:
    """A chi-square statistic, its degrees of freedom and p-value."""

    name: str
    statistic: float
    dof: int
    p: float


def log_rank(time: Floats, left: NDArray[np.bool_], group: NDArray[np.int64], entry: Floats | None = None) -> Test:
    """The log-rank test, from statsmodels."""
    from statsmodels.duration.survfunc import survdiff

    statistic, p = survdiff(time, left.astype(int), group, entry=entry)
    return Test("log_rank", float(statistic), len(np.unique(group)) - 1, float(p))


def gray(time: Floats, kind: NDArray[np.int64], group: NDArray[np.int64], cause: int) -> Test:
    """Gray's test (Annals of Statistics 1988, rho 0) that the incidence of one kind is the same in all groups.

    Compares sub-distribution hazards: those who have left in another way stay in the risk set in the share that they
    would have been. The variance is Gray's own, with his correction for ties, as in the R package cmprsk.
    """
    from scipy import stats

    labels, places = np.unique(group, return_inverse=True)
    many = len(labels)
    times = np.unique(time[kind > 0])
    risk, own, other = (np.zeros((many, len(times))) for _ in range(3))
    for one in range(many):
        mine, how = time[places == one], kind[places == one]
        risk[one] = len(mine) - np.searchsorted(np.sort(mine), times, side="left")
        for target, chosen in ((own, how == cause), (other, (how > 0) & (how != cause))):
            target[one] = np.bincount(np.searchsorted(times, mine[chosen]), minlength=len(times))
    scores, spread = _gray_sums(risk, own, other)
    statistic = float(scores[:-1] @ np.linalg.solve(spread[:-1, :-1], scores[:-1]))
    return Test("gray", statistic, many - 1, float(stats.chi2(many - 1).sf(statistic)))


def _gray_sums(risk: Floats, own: Floats, other: Floats) -> tuple[Floats, Floats]:
    """Scores (g) and their covariance (g, g), walked over the times in order."""
    many, count = risk.shape
    scores, spread = np.zeros(many), np.zeros((many, many))
    pulled, joint, alone = np.zeros((many, many)), np.zeros((many, many)), np.zeros(many)
    inside, share = np.ones(many), np.zeros(many)  # still in, and left in this way, by group, before the time
    overall = 0.0
    for place in range(count):
        at, mine, theirs = risk[:, place], own[:, place], other[:, place]
        there = at > 0
        if not there.any():
            break
        after = np.where(there, inside * (1 - (mine + theirs) / np.where(there, at, 1)), inside)
        here = np.where(there, at / np.where(inside > 0, inside, 1), 0.0)
        total, weighed = here.sum(), (here * (1 - share)).sum()
        events = mine.sum()
        later = overall + events / total
        moves = np.diag(here) - np.outer(here, here) / total
        if events:
            pulled += moves * events / (total * (1 - overall))
            scores += np.where(there, mine - events * here * (1 - share) / weighed, 0.0)
            lean = np.where(after > 0, 1 - (1 - later) / np.where(after > 0, after, 1), 1.0)
            ties = 1 - (events - 1) / (total * inside - 1) if events > 1 else np.ones(many)
            size = np.where(there, ties * inside * events / (total * np.where(there, at, 1)), 0.0)
            alone += lean**2 * size
            turned = moves - lean * pulled
            joint += turned * (lean * size)
            spread += (turned * size) @ turned.T
        kept = (theirs > 0) & (after > 0)
        if kept.any():
            lean = np.where(kept, (1 - later) / np.where(after > 0, after, 1), 0.0)
            ties = np.where(theirs > 1, 1 - (theirs - 1) / np.where(at > 1, at - 1, 1), 1.0)
            size = np.where(kept, ties * inside**2 * theirs / np.where(there, at, 1) ** 2, 0.0)
            alone += lean**2 * size
            turned = lean * pulled
            joint -= turned * (lean * size)
            spread += (turned * size) @ turned.T
        share = np.where(there, share + inside * mine / np.where(there, at, 1), share)
        inside, overall = after, later
    spread += (pulled * alone) @ pulled.T + pulled @ joint.T + joint @ pulled.T
    return scores, spread
