"""Least squares with standard errors that hold when the spread differs: HC0 to HC3 (MacKinnon and White 1985)."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from samkraft.analysis.effects.passes import Floats

Robust = Literal["HC0", "HC1", "HC2", "HC3"]


@dataclass(frozen=True, slots=True)
class Fit:
    """beta (k), residuals (n), bread (k, k) = (X'WX)^-1, and what it was fitted on: columns (k, n), weights (n) or None."""

    beta: Floats
    residuals: Floats
    bread: Floats
    columns: Floats
    weights: Floats | None


def fit(columns: Floats, outcome: Floats, weights: Floats | None = None) -> Fit:
    """Least squares of outcome (n) on columns (k, n), which must be independent."""
    weighted = columns if weights is None else columns * weights
    bread = np.linalg.inv(weighted @ columns.T)
    beta = bread @ (weighted @ outcome)
    beta = beta + bread @ (weighted @ (outcome - beta @ columns))  # one refinement: the digits that squaring lost
    return Fit(beta, outcome - beta @ columns, bread, columns, weights)


def leverages(fitted: Fit) -> Floats:
    """How much each row pulls its own prediction: the diagonal of the hat matrix (n)."""
    weights = 1.0 if fitted.weights is None else fitted.weights
    spread: Floats = ((fitted.bread @ fitted.columns) * fitted.columns).sum(axis=0)
    return np.asarray(spread * weights)


def covariance(fitted: Fit, robust: Robust = "HC2") -> Floats:
    """The sandwich (k, k). HC2 and HC3 divide each squared residual by one minus its leverage, once and twice."""
    rows = len(fitted.residuals)
    squares = fitted.residuals**2
    if robust == "HC1":
        squares = squares * (rows / (rows - len(fitted.beta)))
    if robust in ("HC2", "HC3"):
        squares = squares / np.maximum(1 - leverages(fitted), 1e-12) ** (1 if robust == "HC2" else 2)
    weights = 1.0 if fitted.weights is None else fitted.weights**2
    meat = (fitted.columns * (squares * weights)) @ fitted.columns.T
    return np.asarray(fitted.bread @ meat @ fitted.bread)
