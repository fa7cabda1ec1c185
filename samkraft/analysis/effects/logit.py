"""The chance of treatment by maximum likelihood: Newton's method, started on a part of the rows when they are many."""

from dataclasses import dataclass

import numpy as np

from samkraft.analysis.effects import passes
from samkraft.analysis.effects.passes import Floats
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase

MOST_STEPS = 40
CLOSE = 1e-5  # Newton squares its error: after a step as small as this, about 1e-10 is left
WARM_SHARE, WARM_FROM = 10, 100_000  # a tenth of the rows finds the start for all, when they are many
TOO_STEEP = 40.0  # a linear score beyond this is a chance of 4e-18: only a separated sample goes there

SEPARATED = Reason(
    "separated",
    phrase("Bakgrundsvariablerna avgör helt vem som deltog, så deltagare och jämförelse går inte att jämföra."),
    phrase("Ta bort den variabel som bestämmer deltagandet, eller använd en annan uppläggning."),
)


@dataclass(frozen=True, slots=True)
class Fit:
    """beta (k), information (k, k) = minus the second derivative at beta, and the number of full passes it took."""

    beta: Floats
    information: Floats
    steps: int


def fit(columns: Floats, treated: Floats, *, start: Floats | None = None) -> Fit:
    """Fit P(treated) on columns (k, n), standardised, the first of ones. Raises Refused when the sample is separated."""
    if start is None and columns.shape[1] >= WARM_FROM:
        some, those = np.ascontiguousarray(columns[:, ::WARM_SHARE]), np.ascontiguousarray(treated[::WARM_SHARE])
        try:
            start = fit(some, those).beta
        except Refused:
            start = None  # a part may be separated where the whole is not
    beta = np.zeros(columns.shape[0]) if start is None else start.copy()
    for step in range(1, MOST_STEPS + 1):
        gradient, information = passes.logit_sums(columns, treated, beta)
        if not np.isfinite(gradient).all() or np.linalg.cond(information) > 1e12:
            raise Refused(SEPARATED)
        move = np.linalg.solve(information, gradient)
        beta = beta + move
        if np.abs(move).max() < CLOSE:
            return Fit(beta, information, step)
        if np.abs(beta).max() > 100 and np.abs(beta @ columns).max() > TOO_STEEP:
            raise Refused(SEPARATED)
    raise Refused(SEPARATED)
