"""What the state says about the scenario's parameters: exact posteriors on a grid, one parameter at a time.

Stays: gamma with the scenario's shape; a stay that has not ended says that it is longer (right censoring), so nobody is
left out for being slow. Shares: beta-binomial by wave when the quantity says that waves differ, binomial otherwise.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from samkraft.analysis.queues import quantities
from samkraft.analysis.queues.forecast.state import State
from samkraft.analysis.queues.pathway import Activity, Family, Scenario
from samkraft.analysis.queues.quantities import Parameter, Quantity, Range, Share, Spread

Reals = NDArray[np.float64]
POINTS = 400
EDGE = 1e-4


def posterior(
    scenario: Scenario, assumption: str, state: State, *, count: int, dice: np.random.Generator,
    use_censored: bool = True,
) -> dict[str, Reals]:  # fmt: skip
    """Parameter → draws (count, W) given the state. Parameters that nothing has been seen of keep their prior.

    `use_censored` False forgets the stays that have not ended; it is there to show how wrong that is.
    """
    made = {}
    for name, parameter in scenario.parameters.items():
        quantity = parameter.under(assumption)
        if not quantities.uncertain(quantity) or isinstance(quantity, quantities.Draws):
            continue
        made[name] = _learn(scenario, state, parameter, quantity, count, dice, use_censored)
    return made


def _learn(
    scenario: Scenario, state: State, parameter: Parameter, quantity: Quantity, count: int,
    dice: np.random.Generator, use_censored: bool,
) -> Reals:  # fmt: skip
    grid, prior = _prior(quantity)
    waves = len(scenario.intakes)
    seen = [n for n, phase in enumerate(scenario.phases) if _duration_of(scenario, n) == parameter.name]
    log_likelihood = np.zeros(len(grid))
    for phase in seen:
        log_likelihood += _stays(scenario, state, phase, grid, use_censored)
    shares = list(_shares(scenario, state, parameter.name))
    by_wave = quantity.by_wave if isinstance(quantity, Share) else 0.0
    for hits, tries, exact in shares:
        log_likelihood += _share(grid, hits, tries, by_wave, exact)
    weight = prior * np.exp(log_likelihood - log_likelihood.max())
    common = _pick(grid, weight / weight.sum(), count, dice)
    drawn = np.repeat(common[:, None], waves, axis=1)
    if by_wave > 0:
        size = (1 - by_wave) / by_wave
        own, tried = _own(scenario, state, parameter.name)
        drawn = dice.beta(np.maximum(drawn * size + own, EDGE), np.maximum((1 - drawn) * size + tried - own, EDGE))
        for wave, share in known_shares(scenario, state, parameter.name):
            drawn[:, wave] = share
    return drawn


def _prior(quantity: Quantity) -> tuple[Reals, Reals]:
    """A grid and the prior's weights on it."""
    from scipy import stats

    if isinstance(quantity, Share):
        grid = (np.arange(POINTS) + 0.5) / POINTS
        return grid, np.asarray(stats.beta.pdf(grid, *quantities.beta(quantity)))
    if isinstance(quantity, Spread):
        sigma = np.sqrt(np.log1p((quantity.sd / quantity.mean) ** 2))
        centre = np.log(quantity.mean) - sigma**2 / 2
        logs = centre + sigma * np.linspace(-5, 5, POINTS)
        return np.exp(logs), np.asarray(stats.norm.pdf(logs, centre, sigma))
    assert isinstance(quantity, Range)
    grid = quantity.low + (quantity.high - quantity.low) * (np.arange(POINTS) + 0.5) / POINTS
    if quantity.likely is None:
        return grid, np.ones(POINTS)
    width = quantity.high - quantity.low
    return grid, np.asarray(stats.triang.pdf(grid, (quantity.likely - quantity.low) / width, quantity.low, width))


def _pick(grid: Reals, weight: Reals, count: int, dice: np.random.Generator) -> Reals:
    """Draws from a density on a grid, linear between its points."""
    cumulative = np.cumsum(weight)
    return np.asarray(np.interp(dice.random(count), cumulative, grid))


def _duration_of(scenario: Scenario, phase: int) -> str:
    duration = _activity(scenario, phase).duration
    return duration.mean if isinstance(duration.mean, str) and duration.family is Family.GAMMA else ""


def _activity(scenario: Scenario, phase: int) -> Activity:
    name = scenario.phases[phase].steps[0].choices[0][0].activity
    return next(activity for activity in scenario.activities if activity.name == name)


def _stays(scenario: Scenario, state: State, phase: int, grid: Reals, use_censored: bool) -> Reals:
    """Log likelihood of the mean: densities of the stays that ended, survival of those that go on."""
    from scipy import stats

    duration = _activity(scenario, phase).duration
    days, ended = state.stays[phase][:, 0], state.stays[phase][:, 1] > 0
    scale = grid[:, None] * duration.part / duration.shape
    found = stats.gamma.logpdf(np.maximum(days[ended], 0.5), duration.shape, scale=scale).sum(axis=1)
    if use_censored:
        found = found + stats.gamma.logsf(np.maximum(days[~ended], 0.0), duration.shape, scale=scale).sum(axis=1)
    return np.asarray(found)


def _shares(scenario: Scenario, state: State, name: str) -> Iterator[tuple[float, float, bool]]:
    """(hits, tries, exact) for each wave in which the parameter has been seen as a share."""
    for _, share in known_shares(scenario, state, name):
        yield share, 1.0, True
    hits, tries = _own(scenario, state, name)
    for hit, tried in zip(hits, tries, strict=True):
        if tried > 0:
            yield hit, tried, False


def known_shares(scenario: Scenario, state: State, name: str) -> Iterator[tuple[int, float]]:
    """(wave, share) of those planned who have come, for intakes that have gone on for a month or are over."""
    for wave, intake in enumerate(scenario.intakes):
        begun = (intake.begins - scenario.begins).days
        lasts = (intake.ends - intake.begins).days
        passed = min(1.0, (state.day - begun) / lasts)
        if intake.share == name and passed * lasts >= min(lasts, 30):
            yield wave, float(np.clip(state.came[wave] / (intake.people * passed), EDGE, 1 - EDGE))


def _own(scenario: Scenario, state: State, name: str) -> tuple[Reals, Reals]:
    """(W,) hits and tries of an exit whose probability is the parameter."""
    hits, tries = np.zeros(len(scenario.intakes)), np.zeros(len(scenario.intakes))
    for number, phase in enumerate(scenario.phases):
        for one in phase.exits:
            if one.probability == name and not one.is_phase:
                hits += state.outcomes[number, :, len(scenario.phases) + scenario.kinds.index(one.to)]
                tries += state.outcomes[number].sum(axis=1)
    return hits, tries


def _share(grid: Reals, hits: float, tries: float, by_wave: float, exact: bool) -> Reals:
    """Log likelihood of a common share: from a wave's own share when it is known, else from hits of tries."""
    from scipy import stats

    if by_wave <= 0:
        if exact:
            return np.asarray(-0.5 * ((grid - hits) / 0.005) ** 2)  # known as well as evenness of the intake tells
        return np.asarray(stats.binom.logpmf(hits, tries, grid))
    size = (1 - by_wave) / by_wave
    if exact:
        return np.asarray(stats.beta.logpdf(hits, grid * size, (1 - grid) * size))
    return np.asarray(stats.betabinom.logpmf(hits, tries, grid * size, (1 - grid) * size))
