"""The chosen time for one's calendar: time and place, and a title that tells nobody what it is about."""

from datetime import UTC
from typing import Any

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from samkraft.web.acting import page
from samkraft.web.invitations import choosing

STAMP = "%Y%m%dT%H%M%SZ"


@choosing.kept_secret
@never_cache
@page(public=True)
def show(request: Any, token: str) -> HttpResponse:
    """One event, in the format that calendars read (RFC 5545)."""
    link = choosing.held(request, token)
    if link.chosen is None:
        raise Http404
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Samkraft//SV", "BEGIN:VEVENT", f"UID:{link.chosen.slot_id}",
        f"DTSTAMP:{timezone.now().astimezone(UTC):{STAMP}}",
        f"DTSTART:{link.chosen.starts_at.astimezone(UTC):{STAMP}}",
        f"DTEND:{link.chosen.ends_at.astimezone(UTC):{STAMP}}",
        f"SUMMARY:{_escaped(_('Möte'))}", f"LOCATION:{_escaped(link.chosen.place_name)}", "END:VEVENT", "END:VCALENDAR",
    ]  # fmt: skip
    response = HttpResponse("\r\n".join(lines) + "\r\n", content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="tid.ics"'
    return response


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
