"""Where the days go: from the referral to the exit, and for each activity and body set-up time against queue."""

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samkraft.knowledge.queries import scorecards
from samkraft.knowledge.queries.scorecards import Scorecard
from samkraft.knowledge.rules.groups import Dimension
from samkraft.knowledge.rules.indicators import BY_CODE
from samkraft.knowledge.rules.weighing import WHOLE
from samkraft.offer.queries import catalogue
from samkraft.partners.queries import areas
from samkraft.partners.rules.roles import Permission
from samkraft.people.queries.places import place_waits
from samkraft.people.queries.places.place_waits import Wait
from samkraft.people.rules.places.place_waits import Stage
from samkraft.web import figures
from samkraft.web.acting import page
from samkraft.web.knowledge import frames, group_bars, stacked_bars, waiting_decisions, words
from samkraft.web.knowledge.group_bars import Bar
from samkraft.web.knowledge.stacked_bars import Parts

WAY = (
    "wait_for_meeting", "days_to_plan", "wait_for_activity", "wait_for_workplace", "waited_for_bodies", "stay",
)  # fmt: skip


@page(needs=Permission.SEE_RESULTS)
def show(request: Any, code: str) -> HttpResponse:
    """The way of participants from the last snapshot; the places of the last twelve months."""
    row = frames.initiative(code)
    card = scorecards.scorecard(row.id)
    today = timezone.localdate()
    waits = place_waits.measured(request.by, since=today - timedelta(days=365), until=today + timedelta(days=1))
    activities = {one.id: one.name for one in catalogue.activities()}
    bodies = {key: label.name for key, label in areas.labels().items()}
    by_activity = _parts(waits, "activity_id", activities)
    by_body = _parts(waits, "area_id", bodies)
    context = {
        "card": card,
        "bars": _way(card),
        "followed": waiting_decisions.of(request.by, code, row.id, card),
        "way": [_line(code, card, each) for each in WAY],
        "activity_picture": stacked_bars.draw(
            by_activity, description=_("Ställtid och kö för varje aktivitet. Tabellen säger detsamma.")
        ),
        "body_picture": stacked_bars.draw(
            by_body, description=_("Ställtid och kö för varje myndighet. Tabellen säger detsamma.")
        ),
        "by_activity": [_told(one) for one in by_activity],
        "by_body": [_told(one) for one in by_body],
    }
    return frames.draw(request, "knowledge/waiting.html", row, "waiting", context, (_("Väntan"), ""))


def _way(card: Scorecard) -> group_bars.Picture | None:
    bars = []
    for each in WAY:
        one, figure = BY_CODE[each], card.told.get(each, {}).get(WHOLE, {}).get(WHOLE)
        bars.append(Bar(_(one.name), words.value(one, figure), figure.value(one.kind) if figure else None))
    described = _("Hur många dagar det tar för hälften av deltagarna, steg för steg. Tabellen säger detsamma.")
    return group_bars.draw(bars, description=described)


def _line(code: str, card: Scorecard, each: str) -> dict[str, str]:
    one, told = BY_CODE[each], card.told.get(each, {})
    sexes = told.get(Dimension.SEX.value, {})
    return {
        "name": _(one.name),
        "url": reverse("results:indicator", args=[code, one.code]),
        "meaning": _(one.meaning),
        "all": words.value(one, told.get(WHOLE, {}).get(WHOLE)),
        "women": words.value(one, sexes.get("woman")),
        "men": words.value(one, sexes.get("man")),
    }


def _parts(waits: list[Wait], key: str, names: dict[Any, str]) -> list[Parts]:
    """Set-up time (need to queue, offer to start) and queue of each, the longest first. What is not told is left out."""
    found: dict[Any, dict[str, int]] = {}
    for one in waits:
        group = getattr(one, key)
        others = {"activity_id", "area_id", "month"} - {key}
        if group in names and one.sex is None and all(getattr(one, other) is None for other in others):
            found.setdefault(group, {})[one.stage] = one.median
    made = [
        Parts(
            names[group],
            stages.get(Stage.NEED_TO_QUEUE.value),
            stages.get(Stage.QUEUE_TO_OFFER.value),
            stages.get(Stage.OFFER_TO_START.value),
        )
        for group, stages in found.items()
    ]
    return sorted(made, key=lambda one: -one.total)


def _told(one: Parts) -> dict[str, str]:
    def days(value: int | None) -> str:
        return _("visas inte") if value is None else figures.days(value)

    return {"name": one.name, "before": days(one.before), "queue": days(one.queue), "after": days(one.after)}
