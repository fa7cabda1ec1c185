"""What a forecast puts before those who steer: a goal that is likely to be missed, and changes that wait for their decision."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from samkraft.initiatives.queries.undertakings import InitiativeRow
from samkraft.initiatives.rules.meetings import About
from samkraft.knowledge.queries import forecasts, scenarios
from samkraft.knowledge.queries.forecasts import ForecastRow
from samkraft.values.period import day_in_stockholm
from samkraft.values.refusal import Refused
from samkraft.web.governance.matter import Matter
from samkraft.web.knowledge.forecasts import words

LIKELY = 0.5  # below that a goal is more likely to be missed than reached


def found(row: InitiativeRow) -> Iterator[Matter]:
    """The newest forecast while it is under a target, then what is tried and has been worked out."""
    yield from _under_target(row)
    yield from _tried(row)


def _under_target(row: InitiativeRow) -> Iterator[Matter]:
    """Since the first of the forecasts in a row that said so."""
    every = [one for one in forecasts.listed(row.id) if one.scenario_id is None and not one.is_backtest]
    if not every or not _missed(every[0]):
        return
    latest = every[0]
    since = next(
        (one for one, before in zip(every, [*every[1:], None], strict=True) if not before or not _missed(before))
    )
    said = [
        one["text"]
        for one in words.sentences(row.code, latest)
        if one["item"] in _missed(latest) and not one["is_after"]
    ]
    yield Matter(
        About.FORECAST, str(latest.number), _("Prognosen ligger under målet"), " ".join(said),
        _("Att ta ställning till vad som ska göras, eller om målet ska ändras."),
        reverse("results:forecast", args=[row.code, latest.id]), since=_day(since),
    )  # fmt: skip


def _missed(one: ForecastRow) -> set[str]:
    """The goals that are likelier missed than reached at the end."""
    return {goal["code"] for goal in one.result["goals"] if goal["at"] and goal["at"][0]["probability"] < LIKELY}


def _tried(row: InitiativeRow) -> Iterator[Matter]:
    """Changes that somebody has worked out, with what they do: somebody has to say yes or no."""
    tried = [one for one in scenarios.listed(row.id) if one.forecast is not None]
    if not tried:
        return
    try:
        arranged = forecasts.prepared(row.id).arranged
    except Refused:
        return
    for one in tried:
        assert one.forecast is not None  # chosen above
        about = About.PROPOSAL if one.now.changes.activities or one.now.changes.places else About.FORECAST
        said = {"what": "; ".join(words.changed(one.now.changes, arranged)), "sentence": _first(row, one.forecast)}
        yield Matter(
            about, f"prov-{one.now.id}", _("Prövad ändring: %(name)s") % {"name": one.now.name},
            _("%(what)s. Enligt prognosen: %(sentence)s") % said,
            _("Att besluta om ändringen ska göras."), reverse("results:scenario", args=[row.code, one.id]),
            since=day_in_stockholm(one.now.written_at),
        )  # fmt: skip


def _first(row: InitiativeRow, one: ForecastRow) -> str:
    return next((each["text"] for each in words.sentences(row.code, one)), "")


def _day(one: ForecastRow) -> date:
    return day_in_stockholm(one.made_at)
