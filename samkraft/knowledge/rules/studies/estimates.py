"""What a study found, worked out once and as it was registered: by group of the lot, with what speaks against it.

The primary answer is the difference between those drawn and the others, whether they came or not (intention to treat). What
it is for those who came is beside it. Each group of the lot is compared within itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from samkraft.analysis.effects import (
    attrition,
    balance,
    draw_waves,
    sensitivity,
    small_groups,
    study,
    subgroups,
    tables,
)
from samkraft.analysis.effects.plans import Plan
from samkraft.analysis.effects.results import Estimate
from samkraft.knowledge.rules.studies.registrations import Outcome
from samkraft.values.identity_number import Sex
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import percent, phrase

LEAST_KNOWN = 0.5
UNEQUAL = 0.02
FEWEST_CAME = 20
NO_SPREAD = 1e-9
FEWEST_KNOWN = 10  # on each side, for a mean to be told

NO_OUTCOMES = Reason(
    "study_no_outcomes",
    phrase("Uppföljningen är känd för {share} av dem som var med i lotten. Minst hälften behövs i var grupp."),
    phrase("Be den myndighet som höll i listan att läsa in uppföljningen, för dragna och andra lika."),
)


@dataclass(frozen=True, slots=True)
class Row:
    """One of those in the lot. situation: what the person did on the day of the follow-up; None when not known."""

    stratum: str
    is_drawn: bool
    has_come: bool
    birth_year: int
    worked_before: bool | None
    situation: str | None


def reached(row: Row, outcome: Outcome) -> float:
    """1 or 0 by the primary outcome, NaN when nothing is known."""
    if row.situation is None:
        return float("nan")
    wanted = {"work", "studies"} if outcome is Outcome.WORK_OR_STUDIES else {outcome.value}
    return float(row.situation in wanted)


def primary(rows: Sequence[Row], outcome: Outcome) -> Estimate:
    """The registered answer alone: what being drawn changed, each group of the lot compared within itself."""
    known = [row for row in rows if row.situation is not None]
    groups = np.array([row.stratum == Sex.WOMAN for row in known], dtype=np.int64)
    drawn = np.array([row.is_drawn for row in known], dtype=float)
    return draw_waves.estimate(groups, drawn, np.array([reached(row, outcome) for row in known])).effect


def conduct(rows: Sequence[Row], outcome: Outcome, *, drawn_on: date, seed: int = 1) -> dict[str, Any]:
    """Everything that is kept of the answer: numbers and codes, no words. Raises Refused when too little is known."""
    drawn = np.array([row.is_drawn for row in rows], dtype=float)
    result = np.array([reached(row, outcome) for row in rows])
    came = np.array([row.has_come for row in rows], dtype=float)
    known = [float((~np.isnan(result[drawn == side])).mean()) if (drawn == side).any() else 0.0 for side in (0, 1)]
    if min(known) < LEAST_KNOWN:
        raise Refused(NO_OUTCOMES, share=percent(min(known)))
    table = _table(rows, drawn, came, result)
    report = study.answer(table, Plan(
        treatment="drawn", outcome="outcome", design="draw", strata="group", by="sex", placebo=_placebo(rows), limited=True,
        seed=seed,
    ))  # fmt: skip
    parts, is_known = report.parts, ~np.isnan(result)
    bounds = asdict(attrition.bounds(drawn, result, seed=seed)) if abs(known[0] - known[1]) > UNEQUAL else None
    t = report.primary.estimate / report.primary.se
    shares = [small_groups.wilson(int(result[is_known & (drawn == side)].sum()), int((is_known & (drawn == side)).sum()))
              for side in (0, 1)]  # fmt: skip
    return {
        "n": len(rows), "compared": report.n, "groups": list(report.groups), "known": known,
        "shares": [asdict(one) for one in shares], "primary": _plain(report.primary),
        "complier": _complier(table, drawn, came, seed), "came": [int(came[drawn == side].sum()) for side in (0, 1)],
        "by_sex": _by_sex(parts["by"]),
        "placebo": [{**_plain(one["estimate"]), "moved": one["moved"]} for one in parts.get("placebo", [])],
        "attrition": bounds, "exact": {name: float(parts["exact"][name]) for name in ("permutation_p", "fisher_p")},
        "robustness": float(sensitivity.robustness(t, report.primary.dof or report.n)[0]),
        "e_value": _finite(parts["exact"]["e_value"]), "smallest_effect": float(parts["power"]["smallest_effect"]),
        "balance": _balance(rows, drawn, drawn_on), "warnings": [one.code for one in report.warnings],
    }  # fmt: skip


def _table(
    rows: Sequence[Row], drawn: NDArray[np.float64], came: NDArray[np.float64], result: NDArray[np.float64]
) -> tables.Table:  # fmt: skip
    sex = [row.stratum for row in rows]
    before = [None if row.worked_before is None else float(row.worked_before) for row in rows]
    return tables.of({
        "drawn": drawn, "came": came, "outcome": result, "group": sex, "sex": sex,
        "before": np.array([np.nan if one is None else one for one in before]),
    })  # fmt: skip


def _placebo(rows: Sequence[Row]) -> tuple[str, ...]:
    """Work in the year before, which a call cannot have changed; left out where nearly nothing is known of it."""
    told = [row.worked_before for row in rows if row.worked_before is not None]
    return ("before",) if len(told) >= len(rows) * LEAST_KNOWN and 0 < sum(told) < len(told) else ()


def _by_sex(found: subgroups.Answer) -> dict[str, Any] | None:
    """The effect for women and for men, and what may be judged: the difference. None where one of them has no spread."""
    if min(one.se for one in (*found.effects, found.difference)) < NO_SPREAD:
        return None
    return {
        "groups": list(found.groups), "effects": [_plain(one) for one in found.effects],
        "difference": _plain(found.difference),
    }  # fmt: skip


def _complier(
    table: tables.Table, drawn: NDArray[np.float64], came: NDArray[np.float64], seed: int
) -> dict[str, Any] | None:  # fmt: skip
    """The effect for those who came because they were drawn; None when hardly anybody did."""
    if came[drawn == 1].sum() < FEWEST_CAME:
        return None
    asked = Plan(
        treatment="came", outcome="outcome", design="invited", invited="drawn", drawn=True, strata="group", seed=seed
    )
    return _plain(study.answer(table, asked).primary)


def _balance(rows: Sequence[Row], drawn: NDArray[np.float64], drawn_on: date) -> list[dict[str, Any]]:
    """What the lot was to make alike: name, means of the others and of the drawn, difference in standard deviations."""
    age = np.array([drawn_on.year - row.birth_year for row in rows], dtype=float)
    woman = np.array([row.stratum == Sex.WOMAN for row in rows], dtype=float)
    before = np.array([np.nan if row.worked_before is None else float(row.worked_before) for row in rows])
    found = []
    for name, values in (("women", woman), ("age", age), ("before", before)):
        sides = [values[(drawn == side) & ~np.isnan(values)] for side in (0, 1)]
        if min(len(one) for one in sides) < FEWEST_KNOWN:
            continue
        spread = float(np.sqrt((sides[0].var(ddof=1) + sides[1].var(ddof=1)) / 2))
        means = [float(one.mean()) for one in sides]
        found.append({"name": name, "means": means, "apart": (means[1] - means[0]) / spread if spread else 0.0})
    return found


def _plain(one: Estimate) -> dict[str, Any]:
    return {name: _finite(getattr(one, name)) for name in ("estimate", "se", "low", "high", "p")}


def _finite(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def unlike(found: Mapping[str, Any]) -> list[str]:
    """What differs more than a quarter of a standard deviation between the groups, in spite of the lot."""
    return [one["name"] for one in found.get("balance", []) if abs(one["apart"]) > balance.LARGE_DIFFERENCE]
