"""Do the intervals hold what they promise? Made-up studies with a known effect, thousands of times.

A design passes when its 95 % interval covers the truth in 94 to 96 %, its bias is under a tenth of a standard deviation,
and its intervals are on average at most 1.1 times as wide as the oracle's, who knows the estimator's true spread. A
negative control is an analysis that is known to be wrong; it must cover less than 90 %, or the study could not fail.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from samkraft.analysis.effects import (
    clusters,
    columns,
    comparisons,
    draw_waves,
    exits,
    invitations,
    regression,
    results,
    staggered,
    subgroups,
    waiting_lists,
    worlds,
)
from samkraft.analysis.effects.results import Estimate
from samkraft.analysis.effects.worlds import World

LOW, HIGH, MOST_BIAS, MOST_WIDTH, CONTROL_UNDER = 0.94, 0.96, 0.1, 1.1, 0.90
Once = Callable[[np.random.Generator], tuple[Estimate, float]]


@dataclass(frozen=True, slots=True)
class Design:
    """One kind of study: `once(lot)` makes a world and gives the estimate with the truth. `share` of the draws, for slow ones.

    is_control: known to be wrong.
    """

    name: str
    once: Once
    is_control: bool = False
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class Found:
    """covered: share of the draws; bias in standard deviations; width: mean width over the oracle's."""

    name: str
    draws: int
    covered: float
    bias: float
    width: float
    is_control: bool

    @property
    def holds(self) -> bool:
        """Whether the design keeps its promise, or the control fails as it must."""
        if self.is_control:
            return self.covered < CONTROL_UNDER
        return LOW <= self.covered <= HIGH and abs(self.bias) < MOST_BIAS and self.width <= MOST_WIDTH


def study(design: Design, draws: int, seed: int) -> Found:
    """Draw, estimate and count."""
    many = max(50, round(draws * design.share))
    seeds = np.random.SeedSequence([seed, *design.name.encode()]).spawn(many)
    values = np.array([_row(*design.once(np.random.default_rng(one))) for one in seeds])
    estimate, low, high, se, truth = values.T
    error = estimate - truth
    spread = float(error.std(ddof=1))
    # The oracle's interval has the same shape (normal or t) and the true spread in place of the estimated one.
    quantile = (high - low) / 2 / se
    width = float((high - low).mean() / (2 * quantile.mean() * spread))
    covered = float(((low <= truth) & (truth <= high)).mean())
    return Found(design.name, many, covered, float(error.mean()) / spread, width, design.is_control)


def _row(estimate: Estimate, truth: float) -> tuple[float, float, float, float, float]:
    return estimate.estimate, estimate.low, estimate.high, estimate.se, truth


def _design(world: World, *names: str) -> columns.Design:
    return columns.made([world.columns[name] for name in names], names, len(next(iter(world.columns.values()))))


def _means(lot: np.random.Generator) -> tuple[Estimate, float]:
    world = worlds.randomised(lot)
    return comparisons.difference_in_means(world.columns["dragen"], world.columns["utfall"]), world.effect


def _unadjusted(lot: np.random.Generator) -> tuple[Estimate, float]:
    world = worlds.confounded(lot, 500)
    return comparisons.difference_in_means(world.columns["deltog"], world.columns["inkomst"]), world.effect


def _adjusted(method: str, n: int) -> Once:
    def once(lot: np.random.Generator) -> tuple[Estimate, float]:
        world = worlds.confounded(lot, n)
        treated, outcome, design = world.columns["deltog"], world.columns["inkomst"], _design(world, "behov", "alder")
        if method == "aipw":
            return comparisons.aipw(treated, outcome, design)[0], world.effect
        if method == "ipw":
            found = comparisons.weighted(treated, outcome, design)
            return results.made("ipw", found.estimate, found.details["se_stacked"], found.n), world.effect
        if method == "g_formula":
            return comparisons.g_formula(treated, outcome, design, design.columns[1:2]), world.effect
        return comparisons.regression_adjusted(treated, outcome, design), world.effect

    return once


def _waves(lot: np.random.Generator) -> tuple[Estimate, float]:
    world = worlds.waves(lot)
    return draw_waves.estimate(
        world.columns["omgang"], world.columns["dragen"], world.columns["utfall"]
    ).effect, world.effect


def _pooled_waves(lot: np.random.Generator) -> tuple[Estimate, float]:
    world = worlds.waves(lot)
    return comparisons.difference_in_means(world.columns["dragen"], world.columns["utfall"]), world.effect


def _lists(*, naive: bool) -> Once:
    def once(lot: np.random.Generator) -> tuple[Estimate, float]:
        world = worlds.waiting_lists(lot)
        held = world.columns
        found = waiting_lists.estimate(held["lista"], held["erbjuden"], held["deltog"], held["utfall"], held["ordning"])
        return (found.naive if naive else found.complier), world.effect

    return once


def _invited(*, complier: bool) -> Once:
    def once(lot: np.random.Generator) -> tuple[Estimate, float]:
        world = worlds.invited(lot)
        held = world.columns
        nothing = columns.made([], [], len(held["kom"]))
        found = invitations.estimate(held["inbjuden"], held["kom"], held["utfall"], nothing)
        return (found.complier, world.effect) if complier else (found.intention, world.also["intention"])

    return once


def _teams(*, plain: bool) -> Once:
    def once(lot: np.random.Generator) -> tuple[Estimate, float]:
        world = worlds.teams(lot)
        held = world.columns
        cluster = clusters.groups(held["lag"], "lag")
        fitted = regression.fit(np.vstack([np.ones(len(held["nytt"])), held["nytt"]]), held["utfall"])
        n, beta = len(held["nytt"]), float(fitted.beta[-1])
        if plain:
            return results.made("cr0", beta, clusters.plain(fitted, cluster, corrected=False), n), world.effect
        se, dof = clusters.cr2(fitted, cluster)
        return results.made("cr2", beta, se, n, dof=dof), world.effect

    return once


def _wild(lot: np.random.Generator) -> tuple[Estimate, float]:
    world = worlds.teams(lot)
    held = world.columns
    cluster = clusters.groups(held["lag"], "lag")
    found = clusters.coefficient(
        "wild", np.vstack([np.ones(len(held["nytt"])), held["nytt"]]), held["utfall"], cluster, seed=1
    )
    low, high = found.details["wild_low"], found.details["wild_high"]
    return Estimate("wild", found.estimate, found.se, low, high, found.details["wild_p"], found.n), world.effect


def _exits(*, lost_time: bool) -> Once:
    def once(lot: np.random.Generator) -> tuple[Estimate, float]:
        horizon = 150.0  # nobody is planned to be followed for less
        world = worlds.exits(lot, 800, horizon=horizon)
        held = world.columns
        sides = [
            exits.curves(held["dagar"][held["deltog"] == side], held["utgang"][held["deltog"] == side], 3)
            for side in (0, 1)
        ]
        n = len(held["dagar"])
        if lost_time:
            return exits.lost_time_difference(sides[1], sides[0], 0, horizon, n), world.also["lost_time"]
        return exits.difference(sides[1], sides[0], 0, horizon, n), world.effect

    return once


def _interaction(lot: np.random.Generator) -> tuple[Estimate, float]:
    world = worlds.confounded(lot, 500)
    treated, design = world.columns["deltog"], _design(world, "behov", "alder")
    woman = (lot.random(500) < 0.45).astype(float)
    outcome = world.columns["inkomst"] + 0.5 * woman * treated
    return subgroups.estimate(treated, outcome, design, woman, ("man", "kvinna")).difference, 0.5


def _staggered(lot: np.random.Generator) -> tuple[Estimate, float]:
    world = worlds.staggered(lot, units=200)
    held = world.columns
    found = staggered.estimate(held["enhet"], held["period"].astype(float), held["start"].astype(float), held["utfall"])
    return found.effect, world.effect


DESIGNS = (
    Design("skillnad i medelvärde, 200 lottade", _means),
    Design("regression, 500", _adjusted("regression", 500)),
    Design("standardisering, 500", _adjusted("g_formula", 500)),
    Design("viktning, 1000", _adjusted("ipw", 1000)),
    Design("AIPW, 1000", _adjusted("aipw", 1000)),
    Design("lottade omgångar", _waves),
    Design("väntelistor, 200 korta", _lists(naive=False)),
    Design("inbjudan, att bjudas in, 800", _invited(complier=False)),
    Design("inbjudan, att komma, 800", _invited(complier=True)),
    Design("tio lag, CR2", _teams(plain=False)),
    Design("andel vid 150 dagar, 800", _exits(lost_time=False)),
    Design("dagar före 150 dagar, 800", _exits(lost_time=True)),
    Design("skillnad mellan kvinnor och män, 500", _interaction),
    Design("olika starttider, 200 enheter", _staggered),
    Design("kontroll: utan bakgrund", _unadjusted, is_control=True, share=0.2),
    Design("kontroll: omgångar i en hög", _pooled_waves, is_control=True, share=0.2),
    Design("kontroll: vanliga klustrade fel, tio lag", _teams(plain=True), is_control=True),
    Design("kontroll: väntelista utan omvägning", _lists(naive=True), is_control=True, share=0.2),
)
WILD = Design("tio lag, wild bootstrap", _wild)
