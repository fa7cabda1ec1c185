"""The year wheel in a person's own calendar, by a private address."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event

from samkraft.audit.actions import transactions
from samkraft.initiatives.actions import feeds as actions
from samkraft.initiatives.queries import feeds
from samkraft.initiatives.queries.duties import DutyRow
from samkraft.initiatives.rules.duties import DutyState
from samkraft.partners.rules.roles import Permission
from samkraft.values.period import day_in_stockholm
from samkraft.web import afterwards, days, shell
from samkraft.web.acting import page


@page(needs=Permission.SEE_DUTIES)
def subscribe(request: Any) -> HttpResponse:
    """Explain the feed; make, replace or stop it. A new address is shown once, in the answer to the form."""
    if request.method != "POST":
        return _explain(request)
    if request.POST.get("do") == "close":
        actions.close(by=request.by)
        return afterwards.to("duties:subscribe")
    token = actions.renew(by=request.by)
    address = settings.SITE_URL + reverse("duties:feed", args=[token])
    with transactions.read(request.by):
        response = _explain(request, address=address)
    response.headers["Cache-Control"] = "no-store"
    return response


@page(public=True)
def feed(request: Any, token: str) -> HttpResponse:
    """The calendar file. An address that no longer holds is not found, whatever the reason; the answer is empty."""
    now = timezone.now()
    found = feeds.of_token(token=token, today=day_in_stockholm(now))
    if found is None:
        return HttpResponse(status=404, content_type="text/plain; charset=utf-8")
    with translation.override("sv"):
        content = _calendar(found, now)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'inline; filename="arshjul.ics"'
    response.headers["Cache-Control"] = "private, max-age=900"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _calendar(found: feeds.Feed, now: datetime) -> bytes:
    """RFC 5545, with whole days. UIDs are the duties' own ids, so that a moved duty moves instead of coming twice."""
    name = "Årshjul, alla organ" if found.holds_all else f"Årshjul, {found.owner}"
    calendar = Calendar()
    calendar.add("prodid", "-//Samkraft//Arshjul//SV")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("name", name)
    calendar.add("refresh-interval", timedelta(hours=12), parameters={"VALUE": "DURATION"})
    for row in found.rows:
        calendar.add_component(_event(row, now, found.holds_all))
    return bytes(calendar.to_ical())


def _event(row: DutyRow, now: datetime, with_body: bool) -> Event:
    event = Event()
    title = f"{row.body_short}: {row.title}" if with_body else row.title
    event.add("uid", f"{row.id}@arshjul.samkraft")
    event.add("dtstamp", now)
    event.add("sequence", row.seen)
    event.add("summary", f"Klar: {title}" if row.state is DutyState.DONE else title)
    event.add("dtstart", row.due_date)
    event.add("dtend", row.due_date + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("url", settings.SITE_URL + reverse("duties:duty", args=[row.id]))
    event.add("description", "\n".join(_lines(row)))
    if row.state is not DutyState.DONE:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", title)
        alarm.add("trigger", timedelta(days=-7))
        event.add_component(alarm)
    return event


def _lines(row: DutyRow) -> list[str]:
    lines = [f"Ansvarar: {row.body_name}", "Beslutat" if row.binding else "Uppmaning"]
    if row.due_words:
        lines.append(f"Så står tiden: {row.due_words}")
    if row.moved:
        lines.append(f"Flyttad från {days.dated(row.first_date)}")
    if row.basis:
        lines.append(f"Grund: {row.basis}")
    return lines


def _explain(request: Any, address: str = "") -> HttpResponse:
    frame = shell.of(request)
    frame.crumbs = [{"label": _("Årshjul"), "url": reverse("duties:wheel")}, {"label": _("Kalender"), "url": ""}]
    return render(
        request,
        "duties/subscribe.html",
        {
            "shell": frame,
            "address": address,
            "made_at": feeds.made_at(by=request.by),
            "body": request.acting.organisation_name,
        },
    )
