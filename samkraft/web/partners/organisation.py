"""One organisation: what it is, how it is divided into secrecy areas, and who has which role in it."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from samkraft.partners.queries import organisations, people
from samkraft.partners.rules.roles import Permission, may
from samkraft.web import shell
from samkraft.web.acting import page


@page(needs=Permission.SEE_PARTNERS)
def show(request: Any, code: str) -> HttpResponse:
    """Names of staff are shown to everyone who has signed in; addresses only to those who give roles."""
    found = organisations.page(code)
    if found is None:
        raise Http404
    frame = shell.of(request)
    frame.crumbs = [
        {"label": _("Organisationer"), "url": reverse("partners:organisations")},
        {"label": found.row.label, "url": ""},
    ]
    held = people.roles_held(organisation_id=found.row.id)
    context = {
        "shell": frame,
        "found": found,
        "held": [row for row in held if row.state != "ended"],
        "ended": sum(row.state == "ended" for row in held),
        "places": organisations.areas_for(found.row.id),
        "may_manage": may(request.by.role, Permission.MANAGE_MEMBERS),
    }
    return render(request, "partners/organisation.html", context)
