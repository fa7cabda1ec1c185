"""The goal tree: from the council's goals down to what an activity shall give."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from samkraft.initiatives.queries import goals
from samkraft.initiatives.rules.goals import LABELS, GoalKind
from samkraft.initiatives.rules.undertakings import LABELS as STAGES
from samkraft.initiatives.rules.undertakings import Stage
from samkraft.partners.rules.roles import Permission, may
from samkraft.web.acting import page


@page(needs=Permission.SEE_GOALS, public=True)
def show(request: Any) -> HttpResponse:
    """All goals, in groups by who has set the topmost one."""
    branches = goals.tree()
    groups = [
        {"kind": kind.value, "label": _(LABELS[kind]), "branches": [one for one in branches if one.goal.kind is kind]}
        for kind in GoalKind
    ]
    return render(
        request,
        "goals/tree.html",
        {
            "groups": [group for group in groups if group["branches"]],
            "total": len(goals.listed()),
            "stages": {stage.value: _(STAGES[stage]) for stage in Stage},
            "may_manage": may(request.by.role, Permission.MANAGE_GOALS),
        },
    )
