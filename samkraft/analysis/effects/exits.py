"""Time to exit when there are several ways out: the cumulative incidence of each kind (Aalen and Johansen 1978).

The kinds and "still in" sum to one at every time. One minus Kaplan and Meier's curve for one kind, with the others
counted as leaving early, does not, and overstates: so Kaplan-Meier is given only where there is one kind. People may
enter after the start (left truncation). Variances are those of the multinomial jumps (Greenwood's when there is one kind).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from samkraft.analysis.effects import results
from samkraft.analysis.effects.passes import Floats
from samkraft.analysis.effects.results import Estimate
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase

NEGATIVE = Reason("negative_time", phrase("{many} tider är negativa."), phrase("Kontrollera start- och slutdatum."))
BEFORE_ENTRY = Reason("exit_before_entry", phrase("{many} personer slutade innan de började följas."))
NO_EVENTS = Reason("no_events", phrase("Ingen har slutat. Då finns inget att jämföra."))
BEYOND = Reason(
    "horizon_too_long",
    phrase("Horisonten {horizon} är längre än {limit}, den kortaste uppföljning som någon grupp har."),
    phrase("Välj en kortare horisont."),
)
LATE_TREATMENT = Reason(
    "treated_after_start",
    phrase("{many} personer började delta efter att tiden började räknas. De måste ha varit kvar för att hinna börja."),
    phrase("Räkna från en fast tidpunkt: --landmark TID."),
)


@dataclass(frozen=True, slots=True)
class Curves:
    """One group. times (m) where somebody left; at_risk (m); left (kinds, m); inside (m) = share still in;

    incidence (kinds, m) = share that has left in each way by then; variance (kinds + 1, m): of each, and last of `inside`.
    """

    times: Floats
    at_risk: Floats
    left: Floats
    inside: Floats
    incidence: Floats
    variance: Floats

    def at(self, time: float) -> tuple[Floats, Floats]:
        """The incidence of each kind, and last the share still in, at a time (kinds + 1), and their variances."""
        place = int(np.searchsorted(self.times, time, side="right")) - 1
        kinds = len(self.incidence)
        if place < 0:
            return np.append(np.zeros(kinds), 1.0), np.zeros(kinds + 1)
        return np.append(self.incidence[:, place], self.inside[place]), self.variance[:, place]


def curves(time: Floats, kind: NDArray[np.int64], kinds: int, entry: Floats | None = None) -> Curves:
    """time (n) until leaving or last seen; kind (n) 0 = still in when last seen, 1 … kinds = how; entry (n) = followed from."""
    if (time < 0).any():
        raise Refused(NEGATIVE, many=int((time < 0).sum()))
    if entry is not None and (time <= entry).any():
        raise Refused(BEFORE_ENTRY, many=int((time <= entry).sum()))
    times, places = np.unique(time[kind > 0], return_inverse=True)
    left = np.array([np.bincount(places, kind[kind > 0] == one, len(times)) for one in range(1, kinds + 1)], float)
    at_risk = len(time) - np.searchsorted(np.sort(time), times, side="left").astype(float)
    if entry is not None:
        at_risk -= len(time) - np.searchsorted(np.sort(entry), times, side="left")
    leaving = left.sum(axis=0)
    inside = np.cumprod(1 - leaving / at_risk)
    before = np.append(1.0, inside[:-1]) if len(times) else inside
    incidence = np.cumsum(before * left / at_risk, axis=1)
    rest = [_variance(one, leaving, at_risk, before, incidence[place]) for place, one in enumerate(left)]
    rest.append(_variance(leaving, leaving, at_risk, before, 1 - inside))
    return Curves(times, at_risk, left, inside, incidence, np.array(rest))


def _reach(leaving: Floats, at_risk: Floats) -> Floats:
    """What a change of the hazard at a time does to all that comes later; nothing comes after the last has left."""
    stayed = 1 - leaving / at_risk
    return np.asarray(np.divide(1.0, stayed, out=np.zeros_like(stayed), where=stayed > 1e-12))


def _variance(own: Floats, leaving: Floats, at_risk: Floats, before: Floats, incidence: Floats) -> Floats:
    """Of the incidence at each time. A quadratic in the incidence then, so running sums of three parts are enough."""
    p, every, g = own / at_risk, leaving / at_risk, _reach(leaving, at_risk)
    flat, slope = (
        g * incidence,
        -g,
    )  # what a jump of another kind moves: flat + slope * incidence(t); of this, before more
    square = [(before + flat) ** 2 * p + flat**2 * (every - p), 2 * slope * ((before + flat) * p + flat * (every - p))]
    square.append(slope**2 * every)
    mean = [(before + flat) * p + flat * (every - p), slope * every]
    terms = [square[0] - mean[0] ** 2, square[1] - 2 * mean[0] * mean[1], square[2] - mean[1] ** 2]
    a, b, c = (np.cumsum(term / at_risk) for term in terms)
    return np.asarray(np.maximum(a + b * incidence + c * incidence**2, 0.0))


def lost_time(group: Curves, place: int, horizon: float) -> tuple[float, float]:
    """The mean time lost to one kind before the horizon: the area under its curve, and its variance.

    `place` -1 is all kinds together, so that horizon less it is the restricted mean time inside.
    """
    incidence = 1 - group.inside if place < 0 else group.incidence[place]
    own = group.left.sum(axis=0) if place < 0 else group.left[place]
    use = group.times <= horizon
    times, incidence, own, at_risk = group.times[use], incidence[use], own[use], group.at_risk[use]
    leaving = group.left.sum(axis=0)[use]
    if not len(times):
        return 0.0, 0.0
    steps = np.diff(np.append(times, horizon))
    areas = incidence * steps
    area = float(areas.sum())
    later = np.cumsum(areas[::-1])[::-1]  # area under the curve from each time on
    before = np.append(1.0, group.inside[use][:-1])
    p, every = own / at_risk, leaving / at_risk
    away = (later - incidence * (horizon - times)) * _reach(leaving, at_risk)
    here = (horizon - times) * before - away
    variance = here**2 * p + away**2 * (every - p) - (here * p - away * (every - p)) ** 2
    return area, float((variance / at_risk).sum())


def difference(treated: Curves, comparison: Curves, place: int, horizon: float, n: int) -> Estimate:
    """Incidence of one kind at the horizon, treated less comparison. `place` -1 is the share still inside."""
    (one, spread), (other, more) = treated.at(horizon), comparison.at(horizon)
    details = {"treated": float(one[place]), "comparison": float(other[place]), "horizon": horizon}
    se = float(np.sqrt(spread[place] + more[place]))
    return results.made("incidence_difference", float(one[place] - other[place]), se, n, details=details)


def lost_time_difference(treated: Curves, comparison: Curves, place: int, horizon: float, n: int) -> Estimate:
    """Restricted mean time lost to one kind before the horizon, treated less comparison."""
    (one, spread), (other, more) = lost_time(treated, place, horizon), lost_time(comparison, place, horizon)
    details = {"treated": one, "comparison": other, "horizon": horizon}
    return results.made("lost_time_difference", one - other, float(np.sqrt(spread + more)), n, details=details)


def refuse_long_horizon(horizon: float, planned: Floats, groups: NDArray[np.intp]) -> None:
    """No longer than the shortest planned follow-up of the waves compared. planned (n) per person, groups (n)."""
    shortest = min(float(planned[groups == group].min()) for group in np.unique(groups))
    if horizon > shortest:
        raise Refused(BEYOND, horizon=horizon, limit=shortest)


def landmark(
    time: Floats, kind: NDArray[np.int64], treated_at: Floats, at: float | None
) -> tuple[NDArray[np.bool_], Floats, Floats]:
    """Rows still in at the landmark (n, bool), who was treated by then (n), and time counted from there (n).

    treated_at (n): time of treatment, NaN for never. Without a landmark nobody may be treated after time nought.
    """
    if at is None:
        late = int((treated_at > 0).sum())
        if late:
            raise Refused(LATE_TREATMENT, many=late)
        return np.ones(len(time), bool), (~np.isnan(treated_at)).astype(float), time
    return time > at, (treated_at <= at).astype(float), time - at
