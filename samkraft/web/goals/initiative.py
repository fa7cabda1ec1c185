"""One initiative: aim, target groups, parties, period, goals and the staff that is promised."""

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from samkraft.initiatives.queries import undertakings
from samkraft.partners.queries import organisations
from samkraft.partners.rules.roles import Permission, may
from samkraft.web import shell
from samkraft.web.acting import page
from samkraft.web.goals import registered
from samkraft.web.goals.forms import PartnerForm
from samkraft.web.goals.initiatives import SHAPES


@page(needs=Permission.SEE_GOALS, public=True)
def show(request: Any, code: str) -> HttpResponse:
    """The page of one initiative."""
    return draw(request, code)


def draw(request: Any, code: str, tried: forms.Form | None = None) -> HttpResponse:
    """The page, with the partner's form as it came back when it could not be used."""
    found = undertakings.page(code)
    if found is None:
        raise Http404
    may_manage = may(request.by.role, Permission.MANAGE_GOALS)
    frame = shell.of(request)
    frame.crumbs = [
        {"label": _("Mål"), "url": reverse("goals:tree")},
        {"label": _("Insatser"), "url": reverse("goals:initiatives")},
        {"label": found.row.name, "url": ""},
    ]
    form = None
    if may_manage:
        form = tried or PartnerForm(bodies=[(str(row.id), row.name) for row in organisations.listed()])
    return render(
        request,
        "goals/initiative.html",
        {
            "shell": frame,
            "page": found,
            "row": found.row,
            "kind": SHAPES[found.row.stage],
            "stage": _(found.row.stage_name),
            "more": registered.about_initiative(request.by, found.row.id),
            "may_manage": may_manage,
            "partner_form": form,
            "failed": tried,
        },
        status=422 if tried else 200,
    )
