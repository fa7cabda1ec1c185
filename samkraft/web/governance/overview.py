"""The steering at a glance: what shall be decided, which risks wait, who is missing, which versions hold, what is due."""

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from samkraft.initiatives.queries import handbooks
from samkraft.initiatives.rules.duties import LABELS, DutyState
from samkraft.partners.rules.roles import Permission
from samkraft.values.period import day_in_stockholm
from samkraft.web import figures
from samkraft.web.acting import page
from samkraft.web.duties.states import SHAPES as DUTY_SHAPES
from samkraft.web.governance import ahead, frames, open_matters
from samkraft.web.governance.known import Known

MOST_DUTIES = 8


@page(needs=Permission.SEE_STEERING)
def show(request: Any, code: str) -> HttpResponse:
    """One initiative."""
    row, now = frames.initiative(request, code), timezone.now()
    today = day_in_stockholm(now)
    known = Known(row, now=now, today=today)
    staff = known.staff
    held = handbooks.in_force_among(known.versions, on=today)
    open_duties = [
        (one, DUTY_SHAPES[one.state], _(LABELS[one.state]))
        for one in known.duties
        if one.state not in (DutyState.DONE, DutyState.WITHDRAWN)
    ]
    context = {
        "ahead": ahead.of(request.by, row, now=now, known=known),
        "matters": open_matters.found(row, now=now, today=today, known=known),
        "staff": staff,
        "staff_now": figures.decimal(float(staff.now.filled), 1) if staff and staff.now and staff.now.filled else "",
        "vacancies": [
            (post.title, post.employer_name, figures.decimal(float(vacant), 1))
            for post, vacant in (staff.vacancies if staff else [])
        ],
        "handbook": held,
        "plan": known.plan,
        "duties": open_duties[:MOST_DUTIES],
    }
    return frames.draw(request, "governance/overview.html", row, "overview", context)
