"""The seals and the protocols of thinning: how far the trail is closed, and what has been removed by which decision."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from samkraft.audit.queries import events
from samkraft.partners.rules.roles import Permission
from samkraft.web import shell
from samkraft.web.acting import page


@page(needs=Permission.REVIEW_AUDIT)
def listed(request: Any) -> HttpResponse:
    """The latest seals, and every protocol."""
    frame = shell.of(request)
    frame.crumbs = [{"label": _("Granskning"), "url": reverse("audit:events")}, {"label": _("Förseglingar"), "url": ""}]
    context = {"shell": frame, "seals": events.seals(), "thinnings": events.thinnings()}
    return render(request, "audit/seals.html", context)
