"""The effect of an intervention with its standard error: AIPW over many rows, and a thousand refits of it.

The peers do the same work with the package that most would use: logit by maximum likelihood, a regression in each group,
and the influence function. They must agree to 1e-8 before anything is timed.
"""

import contextlib
import importlib.util
import warnings
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from samkraft.operations.bench.frame import Agreement, Bench, Contestant, Course, Goal, Kind

ROWS = {"S": 20_000, "M": 1_000_000, "L": 4_000_000}
REFITS = {"S": (100, 2_000), "M": (1_000, 10_000), "L": (1_000, 100_000)}  # draws, rows
COLUMNS, SAME, NEAR, SEED = 9, 1e-8, 0.05, 20_240_607

STATSMODELS = "statsmodels: Logit, två OLS, influensfunktion"
REFITTED = "statsmodels, dragna rader omskattade"
DOWHY = "DoWhy, omvänd sannolikhetsvikt"
Found = tuple[float, float]


class Study:
    """Made-up people: nine columns, who took part, and the outcome. The true effect is one."""

    def __init__(self, rows: int) -> None:
        lot = np.random.default_rng(SEED)
        self.columns = lot.standard_normal((COLUMNS, rows))
        lean = 0.3 * self.columns[0] - 0.2 * self.columns[1] - 0.1
        self.treated = (lot.random(rows) < 1 / (1 + np.exp(-lean))).astype(float)
        self.outcome = self.treated + self.columns.sum(axis=0) + lot.standard_normal(rows)
        self.names = [f"x{place}" for place in range(COLUMNS)]

    @property
    def wide(self) -> "np.ndarray[Any, Any]":
        """The columns as other packages want them: rows by columns, ones first."""
        return np.column_stack([np.ones(len(self.outcome)), self.columns.T])


def _product(study: Study) -> Found:
    from samkraft.analysis.effects import columns, comparisons

    design = columns.made(study.columns, study.names, len(study.outcome))
    found, _ = comparisons.aipw(study.treated, study.outcome, design)
    return found.estimate, found.se


def _influence(treated: Any, outcome: Any, chance: Any, without: Any, with_it: Any) -> Found:
    left = treated * (outcome - with_it) / chance - (1 - treated) * (outcome - without) / (1 - chance)
    values = with_it - without + left
    return float(values.mean()), float(values.std() / np.sqrt(len(values)))


def _statsmodels(treated: Any, outcome: Any, wide: Any) -> Found:
    import statsmodels.api as sm

    chance = sm.Logit(treated, wide).fit(disp=0, tol=1e-12, maxiter=50, cov_type="nonrobust").predict()
    arms = [sm.OLS(outcome[treated == side], wide[treated == side]).fit().predict(wide) for side in (0, 1)]
    return _influence(treated, outcome, chance, *arms)


def _dowhy(study: Study) -> Found:
    """A weighted difference by DoWhy's usual four steps. Not the same estimator: it must come near, not agree."""
    import networkx
    import pandas
    from dowhy import CausalModel

    if not hasattr(networkx.algorithms, "d_separated"):  # DoWhy 0.12 calls it by a name that networkx has dropped
        networkx.algorithms.d_separated = networkx.algorithms.d_separation.is_d_separator
    frame = pandas.DataFrame(study.columns.T, columns=study.names)
    frame["treated"], frame["outcome"] = study.treated.astype(bool), study.outcome
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = CausalModel(frame, treatment="treated", outcome="outcome", common_causes=study.names)
        found = model.estimate_effect(
            model.identify_effect(proceed_when_unidentifiable=True),
            method_name="backdoor.propensity_score_weighting",
            method_params={"weighting_scheme": "ips_normalized_weight"},
        )
    return float(found.value), float("nan")


@contextlib.contextmanager
def lay_out(size: str) -> Iterator[Course]:
    """Made-up people and each way of working out the effect."""
    study = Study(ROWS[size])
    wide = study.wide
    has_dowhy = importlib.util.find_spec("dowhy") is not None
    contestants = (
        Contestant("samkraft", Kind.PRODUCT, lambda: _product(study)),
        Contestant(STATSMODELS, Kind.PEER, lambda: _statsmodels(study.treated, study.outcome, wide)),
        Contestant(DOWHY, Kind.PEER, (lambda: _dowhy(study)) if has_dowhy else None),
        Contestant("varje tal läst en gång", Kind.FLOOR, lambda: float(study.columns.sum() + study.outcome.sum())),
    )
    facts = {"rader": ROWS[size], "bakgrundsvariabler": COLUMNS, "frö": SEED}
    yield Course(contestants, lambda: _agree(study, wide, contestants), facts)


def _agree(study: Study, wide: Any, contestants: tuple[Contestant, ...]) -> Agreement:
    ours, theirs = _product(study), _statsmodels(study.treated, study.outcome, wide)
    furthest = max(abs(a / b - 1) for a, b in zip(ours, theirs, strict=True))
    covers = abs(ours[0] - 1) < 4 * ours[1]
    notes = [
        f"AIPW {ours[0]:.10f}, medelfel {ours[1]:.10f}; längst från statsmodels {furthest:.1e} (högst {SAME:.0e})",
        f"den sanna effekten 1 ligger {abs(ours[0] - 1) / ours[1]:.1f} medelfel bort",
    ]
    near = True
    if next(one for one in contestants if one.name == DOWHY).run is not None:
        weighted, _ = _dowhy(study)
        near = abs(weighted - ours[0]) < NEAR
        notes.append(f"DoWhys viktade skillnad är {weighted:.4f} (en annan skattning; ska ligga inom {NEAR})")
    return Agreement(furthest < SAME and covers and near, tuple(notes))


BENCH = Bench(
    name="effects",
    words="Effekten med medelfel (AIPW) ur kolumner i minnet; ett varv är hela räkningen, förberedelsen medräknad.",
    sizes={size: f"{rows} rader" for size, rows in ROWS.items()},
    goal=Goal(10, STATSMODELS),
    lay_out=lay_out,
)


@contextlib.contextmanager
def lay_out_refits(size: str) -> Iterator[Course]:
    """The same drawn rows for all: everything is refitted in each draw."""
    draws, rows = REFITS[size]
    study = Study(rows)
    weights = _weights(rows, draws)
    contestants = (
        Contestant("samkraft", Kind.PRODUCT, lambda: _refits(study, draws)),
        Contestant(REFITTED, Kind.PEER, lambda: _refits_one_by_one(study, weights, _statsmodels)),
        Contestant("NumPy, en dragning i taget", Kind.PEER, lambda: _refits_one_by_one(study, weights, _numpy)),
    )
    facts = {"rader": rows, "dragningar": draws, "bakgrundsvariabler": COLUMNS, "frö": SEED}
    yield Course(contestants, lambda: _agree_on_refits(study, weights), facts)


def _weights(rows: int, draws: int) -> Any:
    """The counts that the product itself draws: pieces of fifty, each from a seed of its own."""
    from samkraft.analysis.effects import bootstrap

    pieces = range(0, draws, bootstrap.TOGETHER)
    seeds = np.random.SeedSequence(SEED).spawn(len(pieces))
    sizes = [min(bootstrap.TOGETHER, draws - first) for first in pieces]
    made = [bootstrap.counts(rows, size, seed).astype(np.uint8) for size, seed in zip(sizes, seeds, strict=True)]
    return np.concatenate(made)


def _refits(study: Study, draws: int) -> Any:
    from samkraft.analysis.effects import bootstrap, columns

    design = columns.made(study.columns, study.names, len(study.outcome))
    return bootstrap.aipw(study.treated, study.outcome, design, draws=draws, seed=SEED).estimates


def _refits_one_by_one(study: Study, weights: Any, once: Callable[[Any, Any, Any], Found]) -> Any:
    wide = study.wide
    found = []
    for draw in weights:
        rows = np.repeat(np.arange(len(draw)), draw)
        found.append(once(study.treated[rows], study.outcome[rows], wide[rows])[0])
    return np.array(found)


def _numpy(treated: Any, outcome: Any, wide: Any) -> Found:
    """As one writes it with NumPy alone: Newton's method and least squares."""
    beta = np.zeros(wide.shape[1])
    for _ in range(25):
        chance = 1 / (1 + np.exp(-(wide @ beta)))
        step = np.linalg.solve(wide.T @ (wide * (chance * (1 - chance))[:, None]), wide.T @ (treated - chance))
        beta += step
        if np.abs(step).max() < 1e-10:
            break
    chance = 1 / (1 + np.exp(-(wide @ beta)))
    arms = [wide @ np.linalg.lstsq(wide[treated == side], outcome[treated == side], rcond=None)[0] for side in (0, 1)]
    return _influence(treated, outcome, chance, *arms)


def _agree_on_refits(study: Study, weights: Any) -> Agreement:
    ours = _refits(study, len(weights))
    some = slice(0, 20)
    theirs = _refits_one_by_one(study, weights[some], _statsmodels)
    furthest = float(np.abs(ours[some] / theirs - 1).max())
    spread = float(ours.std(ddof=1))
    expected = _product(study)[1]
    notes = (
        f"de {len(theirs)} första dragningarna: längst från statsmodels {furthest:.1e} (högst {SAME:.0e})",
        f"spridningen {spread:.5f} mot influensfunktionens medelfel {expected:.5f}",
    )
    return Agreement(furthest < SAME and abs(spread / expected - 1) < 0.35, notes)


REFITS_BENCH = Bench(
    name="effects-bootstrap",
    words="AIPW omskattad i varje dragning, alla modeller på nytt; ett varv är alla dragningar.",
    sizes={size: f"{draws} dragningar ur {rows} rader" for size, (draws, rows) in REFITS.items()},
    goal=Goal(10, REFITTED),
    lay_out=lay_out_refits,
)
