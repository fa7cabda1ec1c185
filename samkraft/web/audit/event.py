"""One event: everything that was written down about it."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from samkraft.audit.actions.reads import Read
from samkraft.audit.queries import events
from samkraft.partners.rules.roles import Permission
from samkraft.web import shell
from samkraft.web.acting import page
from samkraft.web.audit import events as listing
from samkraft.web.audit import field_words, subjects, words


@page(needs=Permission.REVIEW_AUDIT)
def show(request: Any, event_id: UUID) -> HttpResponse:
    """Not found when it does not exist for this reader."""
    found = events.one(event_id)
    if found is None:
        raise Http404
    request.reads.append(Read("audit.opened", "audit.event", str(found.id), words.deed(found.action)))
    frame = shell.of(request)
    frame.crumbs = [{"label": _("Granskning"), "url": reverse("audit:events")}, {"label": _("En händelse"), "url": ""}]
    context = {
        "shell": frame,
        "event": found,
        "deed": words.deed(found.action),
        "role": listing.role(found.role),
        "about": subjects.in_words([found])[0],
        "content": sorted(
            (field_words.name(field), field_words.lines(field, value)) for field, value in found.content.items()
        ),
    }
    return render(request, "audit/event.html", context)
