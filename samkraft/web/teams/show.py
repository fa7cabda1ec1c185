"""One initiative's teams, with its intakes, phases, authorities and rules."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from samkraft.initiatives.queries import teams
from samkraft.initiatives.rules.rule_sets import AGREES_NAMES
from samkraft.partners.rules.roles import Permission
from samkraft.values.period import day_in_stockholm
from samkraft.web import shell
from samkraft.web.acting import page
from samkraft.web.teams import beginning, crumbs


@page(needs=Permission.SEE_TEAMS)
def show(request: Any, code: str) -> HttpResponse:
    """Everything about how the initiative meets its participants today."""
    today = day_in_stockholm(timezone.now())
    found = teams.page(code, on=today)
    if found is None:
        raise Http404
    frame = shell.of(request)
    frame.crumbs = crumbs.to(request.by, found)
    rules = found.rules.rules if found.rules else None
    may_lead = teams.may_lead(request.by, found, on=today)
    return render(
        request,
        "teams/teams.html",
        {
            "shell": frame,
            "found": found,
            "rules": rules,
            "versions": teams.rule_versions(found.initiative_id),
            "agree": [_(AGREES_NAMES[one]) for one in rules.agreement_parties] if rules else [],
            "may_lead": may_lead,
            "steps": beginning.steps(found) if may_lead else [],
            "today": today,
        },
    )
