"""One goal: what it says, who set it, what stands above and under it, and what is done for it."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from samkraft.initiatives.queries import goals
from samkraft.partners.rules.roles import Permission, may
from samkraft.web import shell
from samkraft.web.acting import page
from samkraft.web.goals import picture, registered


@page(needs=Permission.SEE_GOALS, public=True)
def show(request: Any, code: str) -> HttpResponse:
    """The page of one goal."""
    found = goals.page(code)
    if found is None:
        raise Http404
    frame = shell.of(request)
    frame.crumbs = [{"label": _("Mål"), "url": reverse("goals:tree")}]
    frame.crumbs += [{"label": goal.text, "url": reverse("goals:goal", args=[goal.code])} for goal in found.above]
    frame.crumbs.append({"label": found.row.text, "url": ""})
    return render(
        request,
        "goals/goal.html",
        {
            "shell": frame,
            "goal": found,
            "row": found.row,
            "picture": picture.draw(found) if found.above or found.below.parts or found.below.initiatives else None,
            "more": registered.about_goal(request.by, found.row.id),
            "may_manage": may(request.by.role, Permission.MANAGE_GOALS),
        },
    )
