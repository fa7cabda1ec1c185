"""A forecast as drawings: what has come as a strong line, what may come as bands, each with its table."""

import itertools
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from samkraft.knowledge.queries import scorecards
from samkraft.knowledge.queries.forecasts import STARTED, WORK, ForecastRow
from samkraft.values.wording import phrase
from samkraft.web import days, figures
from samkraft.web.charts import trend
from samkraft.web.charts.trend import Band, Curve, Picture
from samkraft.web.knowledge.forecasts import words

OWN = {"started": STARTED, "work": WORK}
ORDER = ("work", "started", "stock", "queue", "waits", "activity_queue", "other")
DESCRIPTION = phrase(
    "{name}, vecka för vecka: mitten och det band där utfallet hamnar nio gånger av tio. Tabellen säger detsamma."
)


def headline(row: ForecastRow, ends: Sequence[date], known: Mapping[date, int], target: float | None) -> Picture | None:
    """The first goal from the first month to the last: what has come, then the two bands, and the target.

    ends: the last day of each month. known: month's end → what a snapshot has told.
    """
    said = {date.fromisoformat(one["day"]): one["work"] for one in row.result["months"]}
    if not said or not ends:
        return None
    start = max((day for day in known if day <= row.known), default=None)
    told = {day: [float(known[start])] * 5 for day in ends if day == start} if start else {}
    told |= {day: [float(value) for value in said[day]] for day in ends if day in said}
    own = along(ends, known)

    def at(place: int) -> list[float | None]:
        return [told[day][place] if day in told else None for day in ends]

    last = said.get(ends[-1])
    label = f"{words.between(last)}\n{_('lika troligt innanför som utanför')}" if last else ""
    value = known[start] if start else None
    curves = [
        Curve("own", own, _("%(value)s hittills") % {"value": figures.number(value)} if value is not None else ""),
        Curve("forecast", at(2), label),
    ]
    if target:
        goal = _("mål %(target)s") % {"target": figures.number(round(target))}
        curves.append(Curve("target", [target] * len(ends), goal))
    return trend.draw(
        [days.short_month(day) for day in ends], curves, told=lambda one: figures.number(round(one)),
        description=_("Till arbete eller studier: vad som har hänt och var det troligen hamnar. Tabellen säger detsamma."),
        band=Band(at(0), at(4), ""), inner=Band(at(1), at(3), ""),
        dotted=[place for place, day in enumerate(ends) if day in known],
    )  # fmt: skip


def along(ends: Sequence[date], known: Mapping[date, int]) -> list[float | None]:
    """What is known at each month's end, and a straight line between two that are known."""
    places = [place for place, day in enumerate(ends) if day in known]
    found: list[float | None] = [float(known[day]) if day in known else None for day in ends]
    for before, after in itertools.pairwise(places):
        low, high = float(known[ends[before]]), float(known[ends[after]])
        for place in range(before + 1, after):
            found[place] = low + (high - low) * (place - before) / (after - before)
    return found


def bands(row: ForecastRow) -> list[dict[str, Any]]:
    """Each measure by week: a drawing and its table. One that is nothing all the time is only said."""
    made = {one["code"]: one for one in row.result["bands"]}
    return [_band(made[code], row) for code in ORDER if code in made]


def _band(one: Mapping[str, Any], row: ForecastRow) -> dict[str, Any]:
    name, written = _(words.MEASURES[one["code"]]), _written(one["code"])
    ends = [date.fromisoformat(day) for day in one["days"]]
    table = [
        {"day": days.dated(day), "low": written(low), "middle": written(middle), "high": written(high)}
        for day, low, middle, high in zip(ends, one["low"], one["middle"], one["high"], strict=True)
    ]
    picture = None
    if any(one["high"]) and len(ends) > 1:
        label = _("%(value)s i mitten") % {"value": written(one["middle"][-1])}
        picture = trend.draw(
            [days.short_month(day) for day in ends],
            [Curve("forecast", one["middle"], label)],
            told=lambda value: figures.number(round(value)),
            description=_(DESCRIPTION).format(name=name),
            band=Band(one["low"], one["high"], ""),
        )
    return {"code": one["code"], "name": name, "picture": picture, "table": table}


def _written(code: str) -> Callable[[float], str]:
    if code == "waits":
        return lambda value: figures.days(round(value))
    return words.people if code in ("work", "other", "started") else lambda value: figures.number(round(value))


def history(initiative_id: Any, measure: str) -> dict[date, int]:
    """Month's end → what a snapshot tells of a measure, where it is shown."""
    found = scorecards.history(initiative_id, OWN[measure])
    return {day: figure.n for day, figure in found if figure.n is not None}
