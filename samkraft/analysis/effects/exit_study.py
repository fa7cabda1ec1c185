"""A study of time to exit: curves for each kind of exit, the difference at a preset time, and the tests."""

from typing import Any

import numpy as np

from samkraft.analysis.effects import exit_tests, exits, results, samples, small_groups, wording
from samkraft.analysis.effects.exits import Curves
from samkraft.analysis.effects.passes import Floats
from samkraft.analysis.effects.plans import Plan
from samkraft.analysis.effects.reports import Report, Warned
from samkraft.analysis.effects.tables import Table
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase, spoken

STILL_IN = {"0", "0.0", "kvar", "pågår", "censored", "censurerad", "nej", "no", "false"}
POINTS = 200  # of a curve, in the answer

NO_KIND = Reason("no_such_exit", phrase("Utgången {kind} finns inte. De som finns: {there}."))
NO_HORIZON = Reason("no_horizon", phrase("Horisonten ska vara större än noll."))
HORIZON_SEEN = Reason(
    "horizon_not_seen",
    phrase("Ingen i en av grupperna följdes så länge som till {horizon}."),
    phrase("Välj en kortare horisont."),
)
THIN = phrase(
    "Vid {horizon:g} är bara {smallest} personer kvar under uppföljning i en av grupperna. Slutet av kurvan är osäkert."
)
NOT_PRESET = phrase(
    "Utgången ({kind}) eller horisonten ({horizon:g}) är inte bestämd i förväg utan tagen ur materialet: --kind, --horizon."
)
SEVERAL = phrase(
    "Det finns flera sätt att sluta. Därför räknas andelen för varje sätt (Aalen–Johansen); Kaplan–Meier hade överskattat den."
)


def answer(table: Table, plan: Plan) -> Report:
    """Compare two groups' exits. Raises Refused for a horizon that some were not to be followed to."""
    treated = samples.binary(table, plan.treatment, plan.treated_value)
    time, (places, labels) = table.numbers(plan.time), table.categories(plan.event)
    entry = table.numbers(plan.entry) if plan.entry else None
    still = [label for label in labels if (label == plan.censored if plan.censored else label.lower() in STILL_IN)]
    names = [label for label in labels if label not in still]
    kind = np.array([0 if label in still else names.index(label) + 1 for label in labels] + [0])[places]
    known = ~np.isnan(treated) & ~np.isnan(time)
    if not plan.censored:
        known &= (places >= 0) | (not still)  # an empty event is "still in" only when nothing else says it
    if entry is not None:
        known &= ~np.isnan(entry)
    missing = {
        plan.treatment: int(np.isnan(treated).sum()),
        plan.time: int(np.isnan(time).sum()),
        plan.event: int((places < 0).sum()),
    }
    if plan.treated_at:
        at = table.numbers(plan.treated_at)
        kept, group, after = exits.landmark(time, kind, np.where(treated == 0, np.nan, at), plan.landmark)
        known &= kept
        treated, time = group, after
    counts = int((treated[known] == 0).sum()), int((treated[known] == 1).sum())
    if min(counts) < samples.SMALLEST_GROUP:
        raise Refused(samples.GROUP_TOO_SMALL, smallest=min(counts), limit=samples.SMALLEST_GROUP)
    if not names or not (kind[known] > 0).any():
        raise Refused(exits.NO_EVENTS)
    lost = int(((treated == 0) & ~known).sum()), int(((treated == 1) & ~known).sum())
    return _compared(
        table,
        plan,
        names,
        known,
        treated[known],
        time[known],
        kind[known],
        None if entry is None else entry[known],
        missing,
        lost,
    )


def _compared(
    table: Table, plan: Plan, names: list[str], known: Any, treated: Floats, time: Floats, kind: Any,
    entry: Floats | None, missing: dict[str, int], lost: tuple[int, int],
) -> Report:  # fmt: skip
    chosen = plan.kind or names[int(np.bincount(kind, minlength=len(names) + 1)[1:].argmax())]
    if chosen not in names:
        raise Refused(NO_KIND, kind=chosen, there=", ".join(names))
    horizon = plan.horizon or min(float(time[treated == side].max()) for side in (0, 1))
    if horizon <= 0:
        raise Refused(NO_HORIZON)
    groups = treated.astype(np.intp)
    if plan.follow_up:
        exits.refuse_long_horizon(horizon, table.numbers(plan.follow_up)[known], groups)
    if min(time[groups == side].max() for side in (0, 1)) < horizon and any(
        (kind[(groups == side)] == 0).any() and time[groups == side].max() < horizon for side in (0, 1)
    ):
        raise Refused(HORIZON_SEEN, horizon=horizon)
    sides = [
        exits.curves(
            time[groups == side], kind[groups == side], len(names), None if entry is None else entry[groups == side]
        )
        for side in (0, 1)
    ]
    n, place = len(time), names.index(chosen)
    primary = exits.difference(sides[1], sides[0], place, horizon, n)
    lost_time = exits.lost_time_difference(sides[1], sides[0], place, horizon, n)
    rest = [
        _named(exits.difference(sides[1], sides[0], other, horizon, n), names[other])
        for other in range(len(names))
        if other != place
    ]
    adjusted = small_groups.holm([one.p for one in rest])
    parts: dict[str, Any] = {
        "kinds": names, "horizon": horizon, "tests": _tests(time, kind, groups, entry, len(names), place),
        "other_kinds": [{"estimate": one, "holm_p": p} for one, p in zip(rest, adjusted, strict=True)],
        "curves": {name: _points(one, names, horizon) for name, one in zip(("comparison", "treated"), sides, strict=True)},
    }  # fmt: skip
    if len(names) == 1:
        parts["kaplan_meier"] = {
            "comparison": float(sides[0].at(horizon)[0][-1]),
            "treated": float(sides[1].at(horizon)[0][-1]),
        }
    warned = _warned(sides, horizon, names)
    if not plan.horizon or (not plan.kind and len(names) > 1):
        warned.append(Warned("not_preset", spoken(NOT_PRESET, horizon=horizon, kind=chosen)))
    said = wording.said(
        "draw" if plan.drawn else "observed",
        wording.share_with(chosen),
        primary,
        poor_overlap=False,
        limited=plan.limited,
    )
    return Report(
        "exits", chosen, plan.treatment, n, (int((groups == 0).sum()), int(groups.sum())), missing, lost, (), None,
        primary, (primary, lost_time, *rest), tuple(warned), said, parts,
    )  # fmt: skip


def _named(estimate: results.Estimate, name: str) -> results.Estimate:
    from dataclasses import replace

    return replace(estimate, details={**estimate.details, "kind": name})


def _tests(time: Floats, kind: Any, groups: Any, entry: Floats | None, kinds: int, place: int) -> list[exit_tests.Test]:
    """Log-rank over all exits together; Gray's for the chosen kind (it has no version for late entry)."""
    found = [exit_tests.log_rank(time, kind > 0, groups, entry)]
    if entry is None and kinds > 1:
        found.append(exit_tests.gray(time, kind, groups, place + 1))
    return found


def _points(group: Curves, names: list[str], horizon: float) -> dict[str, list[float]]:
    grid = np.unique(np.append(np.linspace(0, horizon, POINTS), horizon))
    values = np.array([group.at(float(time))[0] for time in grid])
    told = {name: [float(value) for value in values[:, place]] for place, name in enumerate(names)}
    return {"time": [float(time) for time in grid], **told, "still_in": [float(value) for value in values[:, -1]]}


def _warned(sides: list[Curves], horizon: float, names: list[str]) -> list[Warned]:
    warned = []
    smallest = min(
        int(side.at_risk[max(int(np.searchsorted(side.times, horizon, side="right")) - 1, 0)])
        for side in sides
        if len(side.times)
    )
    if smallest < 10:
        warned.append(Warned("thin_tail", spoken(THIN, horizon=horizon, smallest=smallest)))
    if len(names) > 1:
        warned.append(Warned("competing_exits", spoken(SEVERAL)))
    return warned
