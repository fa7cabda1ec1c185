"""Units that start at different times: each start is compared only with those who have not started (or never do).

The estimator is Callaway and Sant'Anna's (2021), from the package diff-diff, with units as clusters. Two-way fixed
effects is given only as a warning: it also compares late starters with early ones, whose effect it takes for a trend.
"""

import warnings
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from samkraft.analysis.effects import results
from samkraft.analysis.effects.passes import Floats
from samkraft.analysis.effects.results import Estimate
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase

ALL_STARTED = Reason(
    "nobody_to_compare_with",
    phrase("Alla har börjat från första perioden. Då finns ingen tid före att jämföra med."),
)
ALL_AT_ONCE = Reason("all_started_at_once", phrase("Alla började samtidigt. Då finns ingen att jämföra med."))
TWICE = Reason("unit_twice_in_period", phrase("Enheten {unit} finns flera gånger i perioden {period}."))
TWO_STARTS = Reason("two_starts", phrase("Enheten {unit} har flera olika starttider."))
NO_EFFECT = Reason("no_group_time", phrase("Ingen start har både en period före och någon att jämföra med."))


@dataclass(frozen=True, slots=True)
class Answer:
    """The mean effect on those who have started, by time since start, and what two-way fixed effects would have said.

    by_time: (periods since start, estimate); those before nought should be near nought: they test the comparison.
    """

    effect: Estimate
    by_time: tuple[tuple[int, Estimate], ...]
    fixed_effects: float
    compared_with: str
    notes: tuple[str, ...]


def estimate(units: NDArray[np.int64], periods: Floats, starts: Floats, outcome: Floats) -> Answer:
    """One row for each unit and period. starts (n): the unit's first period with treatment, NaN (or nought) for never."""
    import pandas
    from diff_diff import CallawaySantAnna

    first = np.where(np.isnan(starts), 0, starts)
    _refuse(units, periods, first)
    times = np.unique(periods)
    order = np.searchsorted(times, periods) + 1  # periods counted 1, 2, …: starts fall on the next one that is there
    place = np.where(first == 0, 0, np.searchsorted(times, first) + 1)
    place[place > len(times)] = 0  # starts after the data end: not yet started in all of it
    frame = pandas.DataFrame({"y": outcome, "unit": units, "time": order, "start": place})
    if not (place == 0).all() and not (place != 1).any():
        raise Refused(ALL_STARTED)
    never = bool((place == 0).any())
    against = "never_and_not_yet_started" if never else "not_yet_started"
    if not never and len(np.unique(place)) < 2:
        raise Refused(ALL_AT_ONCE)
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        # The not yet started hold the never started too.
        fit = CallawaySantAnna(control_group="not_yet_treated").fit(
            frame, outcome="y", unit="unit", time="time", first_treat="start"
        )
        since = fit.aggregate("event_study")
    if not np.isfinite(fit.overall_att):
        raise Refused(NO_EFFECT)
    many = len(np.unique(units))
    # One mean is estimated for each start, and the spread of so few units is itself uncertain: a t, not a normal.
    dof = float(max(many - len(np.unique(place)), 1))
    effect = results.made("staggered", float(fit.overall_att), float(fit.overall_se), many, dof=dof)
    told = tuple(
        (int(time), results.made("event_time", float(att), float(se), many, dof=dof))
        for time, att, se in zip(since.event_time, since.att, since.se, strict=True)
        if np.isfinite(se) and se > 0
    )
    notes = tuple(dict.fromkeys(str(one.message).split("\n")[0][:200] for one in said))
    return Answer(effect, told, two_way(units, order, place, outcome), against, notes)


def two_way(units: NDArray[np.int64], order: NDArray[np.intp], start: NDArray[np.intp], outcome: Floats) -> float:
    """The coefficient of "has started" with a level for each unit and each period: a warning, not an answer."""
    treated = ((start > 0) & (order >= start)).astype(float)
    _, unit = np.unique(units, return_inverse=True)
    _, period = np.unique(order, return_inverse=True)
    cleaned = []
    for values in (treated, outcome):
        left = values.astype(float)
        for _ in range(200):
            before = left
            for labels in (unit, period):
                left = left - (np.bincount(labels, left) / np.bincount(labels))[labels]
            if np.abs(left - before).max() < 1e-12:
                break
        cleaned.append(left)
    return float(cleaned[0] @ cleaned[1] / (cleaned[0] @ cleaned[0]))


def _refuse(units: NDArray[np.int64], periods: Floats, starts: Floats) -> None:
    order = np.lexsort((periods, units))
    unit, period, start = units[order], periods[order], starts[order]
    same = unit[1:] == unit[:-1]
    twice = same & (period[1:] == period[:-1])
    if twice.any():
        raise Refused(TWICE, unit=str(unit[1:][twice][0]), period=f"{period[1:][twice][0]:g}")
    moved = same & (start[1:] != start[:-1])
    if moved.any():
        raise Refused(TWO_STARTS, unit=str(unit[1:][moved][0]))
    if (starts > 0).all() and (starts <= periods.min()).all():
        raise Refused(ALL_STARTED)
