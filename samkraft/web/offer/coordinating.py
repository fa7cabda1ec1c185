"""The place coordinator's first page: queues and free places, what is short, and what waits for an answer."""

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samkraft.offer.queries import catalogue
from samkraft.offer.rules import coverage
from samkraft.partners.rules.roles import Permission
from samkraft.people.queries.places import place_lists
from samkraft.web.acting import page
from samkraft.web.offer import frames


@page(needs=Permission.SEE_OFFER)
def show(request: Any) -> HttpResponse:
    """One row for each activity, those that one coordinates first; the short ones stand out."""
    today = timezone.localdate()
    mine = {one.id for one in catalogue.activities(coordinated_by=request.by.membership_id, on=today)}
    waiting = {one.activity_id: one for one in place_lists.waiting(request.by)}
    free = {one.occasion_id: one for one in place_lists.numbers(request.by)}
    coming: dict[Any, list[Any]] = {}
    for one in catalogue.occasions(since=today):
        if one.cancelled_at is None:
            coming.setdefault(one.activity_id, []).append(one)
    rows = []
    for activity in catalogue.activities():
        line, occasions = waiting.get(activity.id), coming.get(activity.id, [])
        running = activity.start_form == "running"
        places = [
            coverage.Coming(one.starts_on, free[one.id].free, running)
            for one in occasions
            if one.id in free and (running or one.starts_on > today)
        ]
        waits = line.waiting if line else 0
        short = coverage.short_of(waits, places, today=today)
        rows.append({
            "activity": activity, "url": reverse("offer:activity", args=[activity.code]), "mine": activity.id in mine,
            "waiting": waits, "offered": line.offered if line else 0, "given": line.given if line else 0,
            "undecided": line.undecided if line else 0, "free": sum(one.free for one in places),
            "oldest": (timezone.now() - line.oldest).days if line and line.oldest else None,
            "next": min((one.starts_on for one in occasions if one.starts_on >= today), default=None), "short": short,
        })  # fmt: skip
    rows.sort(key=lambda row: (not row["mine"], not row["short"], -row["waiting"]))
    only_mine = bool(mine) and request.GET.get("visa") != "alla"
    shown = [row for row in rows if row["mine"]] if only_mine else rows
    context = {
        "rows": shown, "has_mine": bool(mine), "all": not only_mine, "tabs": frames.home_tabs(request, "home"),
        "short": sum(bool(row["short"]) for row in shown), "waiting": sum(row["waiting"] for row in shown),
        "free": sum(row["free"] for row in shown), "weeks": coverage.WEEKS, "until": today + timedelta(weeks=coverage.WEEKS),
        "mine_on": only_mine, "all_url": f"{reverse('offer:home')}?visa=alla", "heading": _("Köer och lediga platser"),
    }  # fmt: skip
    return frames.draw(request, "offer/home.html", context)
