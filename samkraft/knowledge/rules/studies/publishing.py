"""What of a study's answer may leave: its tables go through the disclosure door, and figures only where their cells do."""

from collections.abc import Mapping, Sequence
from typing import Any

from samkraft.analysis.disclosure import release, tables
from samkraft.analysis.disclosure.release import Release
from samkraft.analysis.disclosure.tables import Table
from samkraft.analysis.effects import small_groups
from samkraft.knowledge.rules.studies import estimates
from samkraft.knowledge.rules.studies.estimates import Row
from samkraft.knowledge.rules.studies.registrations import Outcome

LOT, GROUP, OUTCOME, CAME, BEFORE = "lott", "grupp", "utfall", "kom", "fore"
DRAWN, OTHERS, YES, NO, UNKNOWN = "dragna", "andra", "ja", "nej", "okant"
DECIMALS = 4


def passed(rows: Sequence[Row], outcome: Outcome) -> Release:
    """The tables that may be shown: outcome by lot and group, who came, and who had work before."""
    there = tables.people(
        {
            LOT: [DRAWN if row.is_drawn else OTHERS for row in rows],
            GROUP: [row.stratum for row in rows],
            OUTCOME: [_said(row, outcome) for row in rows],
            CAME: [YES if row.has_come else NO for row in rows],
            BEFORE: [UNKNOWN if row.worked_before is None else YES if row.worked_before else NO for row in rows],
        },
        sensitive=[],
        all_of={OUTCOME: (YES, NO, UNKNOWN), CAME: (YES, NO), LOT: (DRAWN, OTHERS), BEFORE: (YES, NO, UNKNOWN)},
    )
    wanted = [Table(OUTCOME, (LOT, GROUP, OUTCOME)), Table(CAME, (LOT, CAME)), Table(BEFORE, (LOT, BEFORE))]
    return release.publish(there, wanted)


def _said(row: Row, outcome: Outcome) -> str:
    value = estimates.reached(row, outcome)
    return UNKNOWN if value != value else YES if value else NO


def shown(found: Mapping[str, Any], published: Release) -> dict[str, Any]:
    """The figures of an answer that may be read: each is left out when a number that it is worked out from is hidden.

    Rounded, so that nothing can be reckoned back from decimals.
    """
    groups = published.categories[GROUP]
    whole = all(_count(published, **{LOT: lot, OUTCOME: said}) for lot in (DRAWN, OTHERS) for said in (YES, NO))
    each = all(
        _count(published, **{LOT: lot, GROUP: group, OUTCOME: said})
        for lot in (DRAWN, OTHERS) for group in groups for said in (YES, NO)
    )  # fmt: skip
    came = _count(published, **{LOT: DRAWN, CAME: YES}) and _count(published, **{LOT: DRAWN, CAME: NO})
    before = all(_count(published, **{LOT: lot, BEFORE: said}) for lot in (DRAWN, OTHERS) for said in (YES, NO))
    kept: dict[str, Any] = {"groups": found["groups"] if whole else None, "warnings": list(found["warnings"])}
    for name in ("shares", "primary", "exact", "robustness", "e_value", "smallest_effect", "known", "attrition"):
        kept[name] = found[name] if whole else None
    kept["primary"] = found["primary"] if each else None
    kept["plain"] = _plain_difference(found["shares"]) if whole else None
    kept["by_sex"] = found["by_sex"] if each else None
    kept["complier"] = found["complier"] if each and came else None
    kept["placebo"] = found["placebo"] if before else []
    kept["balance"] = [one for one in found["balance"] if one["name"] != "before" or before] if whole else []
    rounded: dict[str, Any] = _rounded(kept)
    return rounded


def _plain_difference(shares: Sequence[Mapping[str, Any]]) -> dict[str, float]:
    """The difference of the two shares as they are shown, for when the groups of the lot are too small to be shown."""
    others, drawn = (small_groups.Share(**one) for one in shares)
    low, high = small_groups.newcombe(drawn, others)
    return {"estimate": drawn.count / drawn.n - others.count / others.n, "low": low, "high": high}


def _count(published: Release, **where: str) -> int | None:
    cell = tables.Cell.of(where)
    return published.counts.get(cell)


def _rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _rounded(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(one) for one in value]
    return round(value, DECIMALS) if isinstance(value, float) else value
