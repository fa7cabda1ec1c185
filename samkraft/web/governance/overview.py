"""The steering at a glance: what shall be decided, which risks wait, who is missing, which versions hold, what is due."""

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from samkraft.initiatives.queries import activity_plans, duties, handbooks, staffing
from samkraft.initiatives.rules.duties import LABELS, DutyState
from samkraft.partners.rules.roles import Permission
from samkraft.values.period import day_in_stockholm
from samkraft.web import figures
from samkraft.web.acting import page
from samkraft.web.duties.states import SHAPES as DUTY_SHAPES
from samkraft.web.governance import ahead, frames, open_matters

MOST_DUTIES = 8


@page(needs=Permission.SEE_STEERING)
def show(request: Any, code: str) -> HttpResponse:
    """One initiative."""
    row, now = frames.initiative(request, code), timezone.now()
    today = day_in_stockholm(now)
    staff = staffing.of_initiative(row.id, today=today)
    held = handbooks.in_force(row.id, on=today)
    plan = activity_plans.page(row.id)
    open_duties = [
        (one, DUTY_SHAPES[one.state], _(LABELS[one.state]))
        for one in duties.of_initiative(initiative_id=row.id, today=today)
        if one.state not in (DutyState.DONE, DutyState.WITHDRAWN)
    ]
    context = {
        "ahead": ahead.of(request.by, row, now=now),
        "matters": open_matters.found(row, now=now, today=today),
        "staff": staff,
        "staff_now": figures.decimal(float(staff.now.filled), 1) if staff and staff.now and staff.now.filled else "",
        "vacancies": [
            (post.title, post.employer_name, figures.decimal(float(vacant), 1))
            for post, vacant in (staff.vacancies if staff else [])
        ],
        "handbook": held,
        "plan": plan,
        "duties": open_duties[:MOST_DUTIES],
    }
    return frames.draw(request, "governance/overview.html", row, "overview", context)
