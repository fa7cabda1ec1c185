"""Which of the changes that are tried would move the forecast most, in order. Told of the same snapshot, with the same luck."""

from typing import Any
from uuid import UUID

from django.urls import reverse

from samkraft.knowledge.queries import forecasts, scenarios
from samkraft.knowledge.queries.forecasts import ForecastRow
from samkraft.knowledge.queries.scenarios import ScenarioRow
from samkraft.web.knowledge.forecasts import words

MIDDLE = 2  # of the five levels of a range


def by_effect(latest: ForecastRow | None, tried: list[ScenarioRow]) -> list[ScenarioRow]:
    """Those that move the first goal most come first; what cannot be compared with the newest forecast comes last."""
    return sorted(tried, key=lambda one: _effect(latest, one), reverse=True)


def most(code: str, initiative_id: UUID, latest: ForecastRow | None, *, count: int) -> list[dict[str, Any]]:
    """The first of them: what is tried, where it lands, and where it lands today."""
    found = by_effect(latest, scenarios.listed(initiative_id)) if latest else []
    return [_told(code, latest, one) for one in found[:count] if latest and _effect(latest, one) > 0]


def _effect(latest: ForecastRow | None, one: ScenarioRow) -> int:
    made = one.forecast
    if latest is None or made is None or made.run != latest.run or not (before := _first(latest)) or not _first(made):
        return -1
    return int(abs(_first(made)["range"][MIDDLE] - before["range"][MIDDLE]))


def _first(row: ForecastRow) -> dict[str, Any]:
    return next((goal["at"][0] for goal in row.result["goals"] if goal["at"]), {})


def _told(code: str, latest: ForecastRow, one: ScenarioRow) -> dict[str, Any]:
    assert one.forecast is not None
    base = forecasts.same_ground(one.initiative_id, one.forecast)
    pair = [code, base.id, one.forecast.id] if base else None
    return {
        "name": one.now.name,
        "url": reverse("results:forecast_against", args=pair) if pair else reverse("results:scenario", args=[code, one.id]),
        "range": words.between(_first(one.forecast)["range"]), "before": words.between(_first(latest)["range"]),
        "chance": words.chance(_first(one.forecast)),
    }  # fmt: skip
