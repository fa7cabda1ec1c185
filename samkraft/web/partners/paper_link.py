"""A one-time link on paper, for somebody whose letter did not come: what it is first, then the sheet, shown once."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from samkraft.audit.actions import transactions
from samkraft.partners.actions import invitations
from samkraft.partners.queries import people
from samkraft.partners.rules import people as rules
from samkraft.partners.rules.roles import Permission
from samkraft.values.refusal import Refused
from samkraft.web import afterwards, refusals, shell
from samkraft.web.acting import page
from samkraft.web.invitations import letters


@never_cache
@page(needs=Permission.MANAGE_MEMBERS)
def show(request: Any, user_id: UUID) -> HttpResponse:
    """Who gets it and what it opens, with why not; sent, the sheet itself."""
    if request.method == "POST":
        return _sheet(request, user_id)
    found = _found(user_id)
    refused = rules.why_not_on_paper(
        is_oneself=found.id == request.by.actor_id, is_active=found.is_active, has_password=found.has_password
    )
    why_not = refusals.explain(Refused(refused, name=found.name)) if refused else None
    context = {"person": found, "why_not": why_not, "shell": _frame(request, found, _("Länk på papper"))}
    return render(request, "partners/paper_link.html", context)


def _sheet(request: Any, user_id: UUID) -> HttpResponse:
    """Made now, and not to be had again: another press makes another link."""
    try:
        address, until = invitations.hand_over(by=request.by, user_id=user_id)
    except Refused as refused:
        refusals.tell(request, refused)
        return afterwards.to("partners:person", user_id)
    with transactions.read(request.by):
        found = _found(user_id)
        context = {
            "person": found, "address": address, "picture": letters.picture_of(address), "until": until,
            "shell": _frame(request, found, _("Länk på papper")),
        }  # fmt: skip
        return render(request, "partners/paper_link_sheet.html", context)


def _found(user_id: UUID) -> people.PersonRow:
    found = people.one(user_id)
    if found is None:
        raise Http404
    return found


def _frame(request: Any, found: people.PersonRow, last: str) -> shell.Shell:
    frame = shell.of(request)
    frame.crumbs = [
        {"label": _("Personer"), "url": reverse("partners:people")},
        {"label": found.name, "url": reverse("partners:person", args=[found.id])},
        {"label": last, "url": ""},
    ]
    return frame
