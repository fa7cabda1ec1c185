"""One initiative: aim, target groups, parties, period, goals and the staff that is promised."""

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samkraft.initiatives.queries import duties, undertakings
from samkraft.initiatives.rules.duties import LABELS as DUTY_LABELS
from samkraft.initiatives.rules.duties import DutyState
from samkraft.partners.queries import organisations
from samkraft.partners.rules.roles import Permission, may
from samkraft.values.period import day_in_stockholm
from samkraft.web import shell
from samkraft.web.acting import PUBLIC, page
from samkraft.web.duties.states import SHAPES as DUTY_SHAPES
from samkraft.web.goals import chain, registered
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
    may_see_duties = may(request.by.role, Permission.SEE_DUTIES)
    today = day_in_stockholm(timezone.now())
    all_duties = duties.of_initiative(initiative_id=found.row.id, today=today) if may_see_duties else []
    open_duties = [duty for duty in all_duties if duty.state is not DutyState.DONE]
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
            "chain": chain.of(request.by, found.row) if request.by != PUBLIC else [],
            "more": registered.about_initiative(request.by, found.row.id),
            "may_manage": may_manage,
            "partner_form": form,
            "failed": tried,
            "duties": [(duty, DUTY_SHAPES[duty.state], _(DUTY_LABELS[duty.state])) for duty in open_duties],
            "duties_done": len(all_duties) - len(open_duties),
        },
        status=422 if tried else 200,
    )
