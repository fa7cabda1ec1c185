"""What a change does, in words: two forecasts with the same luck, measure by measure, the goals first."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from samkraft.knowledge.queries import forecasts as queries
from samkraft.knowledge.queries.forecasts import ForecastRow
from samkraft.knowledge.rules.forecasting import comparing
from samkraft.knowledge.rules.forecasting.comparing import Gap
from samkraft.web import days, figures
from samkraft.web.knowledge.forecasts import words

WAIT, STARTS = "wait", "starts"


@dataclass(frozen=True, slots=True)
class Line:
    """One measure in both. apart: the difference of the means; between: the difference in half of the replications.

    verdict: `better`, `worse` or `same`; chance: of reaching the target in both, empty for what has none.
    """

    name: str
    first: str
    second: str
    apart: str
    between: str
    verdict: str
    chance_first: str
    chance_second: str
    is_goal: bool
    kind: str

    @property
    def is_wait(self) -> bool:
        """Whether it is about waiting for an activity."""
        return not self.is_goal and self.kind == WAIT

    @property
    def is_told(self) -> bool:
        """Whether the difference is more than chance, and there most of the time."""
        return self.verdict != "same"


def lines(first: ForecastRow, second: ForecastRow) -> list[Line]:
    """The second against the first: goals, then teams, then each activity that differs. Raises Refused for other luck."""
    comparing.check(_plain(first), _plain(second))
    targets = {
        f"{goal['code']}:{when}": goal["at_least"] for goal in first.result["goals"] for when in ("end", "after")
    }
    found = comparing.gaps(queries.draws(first.id), queries.draws(second.id), targets)
    order = list(targets)
    found.sort(key=lambda one: (one.measure not in targets, order.index(one.measure) if one.measure in targets else 0))
    return [_line(one, first, second) for one in found if _is_shown(one)]


def _is_shown(gap: Gap) -> bool:
    """What concerns an activity is shown where it differs as it is told."""
    kind = gap.measure.partition(":")[0]
    return kind not in (WAIT, STARTS) or gap.first != gap.second


def _plain(one: ForecastRow) -> dict[str, Any]:
    return {
        "id": one.id, "run": one.run, "replications": one.replications, "result": one.result,
        "assumptions": one.assumptions_id,
    }  # fmt: skip


def _line(gap: Gap, first: ForecastRow, second: ForecastRow) -> Line:
    said = {"low": figures.signed(round(gap.half[0])), "high": figures.signed(round(gap.half[1]))}
    is_days = gap.measure.startswith(f"{WAIT}:")
    is_goal = gap.chance is not None
    less_is_better = not is_goal and not gap.measure.startswith(f"{STARTS}:") and gap.measure != "stock"
    good = (gap.difference < 0) is less_is_better
    is_seen = gap.is_told and not round(gap.half[0]) <= 0 <= round(
        gap.half[1]
    )  # more than chance, and most of the time
    verdict = "same" if not is_seen or gap.measure == "stock" else "better" if good else "worse"
    return Line(
        _measured(gap.measure, first),
        figures.days(round(gap.first)) if is_days else figures.number(round(gap.first)),
        figures.days(round(gap.second)) if is_days else figures.number(round(gap.second)),
        figures.signed(round(gap.difference)),
        _("%(low)s till %(high)s") % said if said["low"] != said["high"] else said["low"],
        verdict,
        *(_chance(gap.measure, one) if is_goal else "" for one in (first, second)),
        is_goal, gap.measure.partition(":")[0],
    )  # fmt: skip


def _chance(measure: str, one: ForecastRow) -> str:
    """How likely the goal is in one of them, as it is told there: never nought, never certain."""
    code, _colon, when = measure.rpartition(":")
    goal = next(goal for goal in one.result["goals"] if goal["code"] == code)
    return words.chance(goal["at"][1 if when == "after" and len(goal["at"]) > 1 else 0])


def _measured(measure: str, first: ForecastRow) -> str:
    code, _colon, when = measure.rpartition(":")
    for goal in first.result["goals"]:
        if goal["code"] == code:
            at = goal["at"][1 if when == "after" and len(goal["at"]) > 1 else 0]
            said = {"goal": goal["text"], "day": days.dated(words.day_of(at["before"]))}
            return _("%(goal)s, till och med %(day)s") % said
    named = {one["code"]: one["name"] for one in first.result.get("activities", ())}
    if code in (WAIT, STARTS):
        name = {"name": named.get(when, when)}
        return _("Väntan på %(name)s") % name if code == WAIT else _("Börjar i %(name)s") % name
    return {
        "queue": _("Längsta kön till team"), "waited": _("Månader i väntan på plats, sammanlagt"),
        "stock": _("Inskrivna vid slutet"),
    }.get(measure, measure)  # fmt: skip


def goals(found: Sequence[Line]) -> list[Line]:
    """Those about a goal."""
    return [one for one in found if one.is_goal]
