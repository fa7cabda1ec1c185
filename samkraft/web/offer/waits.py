"""How long people wait: by stage and sex, by activity, by body and by month. Measured, never typed."""

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samkraft.offer.queries import catalogue
from samkraft.partners.queries import areas
from samkraft.partners.rules.roles import Permission
from samkraft.people.queries.places import place_waits
from samkraft.people.queries.places.place_waits import Wait
from samkraft.people.rules.places.place_waits import STAGE_NAMES, WHOSE, Stage
from samkraft.web import days
from samkraft.web.acting import page
from samkraft.web.offer import frames, wait_picture


@page(needs=Permission.SEE_OFFER)
def show(request: Any) -> HttpResponse:
    """The last twelve months."""
    today = timezone.localdate()
    found = place_waits.measured(request.by, since=today - timedelta(days=365), until=today + timedelta(days=1))
    names = {one.id: one for one in catalogue.activities()}
    bodies = areas.labels()
    stages = [_stage(found, stage) for stage in Stage]
    context = {
        "tabs": frames.home_tabs(request, "waits"), "stages": stages, "pictures": wait_picture.draw_both(stages),
        "activities": [
            {"name": one.name, "url": reverse("offer:activity", args=[one.code]), "cells": _cells(found, activity_id=one.id)}
            for one in names.values() if _cells(found, activity_id=one.id)
        ],
        "bodies": [
            {"name": bodies[key].name, "cells": _cells(found, area_id=key)}
            for key in dict.fromkeys(one.area_id for one in found if one.area_id) if key in bodies
        ],
        "months": [
            {"name": days.month(key), "cells": _cells(found, month=key)}
            for key in sorted({one.month for one in found if one.month})
        ],
        "heads": [_(STAGE_NAMES[stage]) for stage in Stage],
    }  # fmt: skip
    return frames.draw(request, "offer/waits.html", context, (_("Väntan"), ""))


def _one(found: list[Wait], stage: Stage, **key: Any) -> Wait | None:
    wanted = {"activity_id": None, "area_id": None, "month": None, "sex": None} | key
    return next(
        (
            one
            for one in found
            if one.stage == stage and all(getattr(one, name) == value for name, value in wanted.items())
        ),
        None,
    )


def _stage(found: list[Wait], stage: Stage) -> dict[str, Any]:
    return {
        "name": _(STAGE_NAMES[stage]),
        "whose": _(WHOSE[stage]),
        "is_queue": stage == Stage.QUEUE_TO_OFFER,
        "all": _one(found, stage),
        "women": _one(found, stage, sex="woman"),
        "men": _one(found, stage, sex="man"),
    }


def _cells(found: list[Wait], **key: Any) -> list[tuple[str, Wait | None]]:
    """One cell for each stage, with its head; empty when there is nothing to tell in any."""
    cells = [(_(STAGE_NAMES[stage]), _one(found, stage, **key)) for stage in Stage]
    return cells if any(one for _head, one in cells) else []
