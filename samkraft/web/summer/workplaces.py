"""The round's workplaces: places, hours, what is done there, and supervisors with their register checks."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from samkraft.audit.actions import transactions
from samkraft.offer.actions import summer_rounds as planning
from samkraft.offer.queries import summer_rounds
from samkraft.offer.rules.working_time import TASK_NAMES
from samkraft.partners.rules.roles import Permission
from samkraft.people.queries.summer import summer_course
from samkraft.values.refusal import Refused
from samkraft.web import afterwards, refusals
from samkraft.web.acting import page
from samkraft.web.summer import crumbs


@page(needs=Permission.RUN_SUMMER)
def listed(request: Any, code: str) -> HttpResponse:
    """Every workplace of the round."""
    held = held_or_404(request, code)
    rows = [
        {
            "one": row,
            "tasks": [_(TASK_NAMES[task]) for task in row.tasks],
            "by_period": [
                {"id": one.id, "weeks": one.weeks, "places": row.places.get(one.id, 0)} for one in held.periods
            ],
            "hours": row.hours,
            "is_checked": any(who.checked_at for who in row.supervisors),
        }
        for row in summer_rounds.workplaces(held.id)
    ]
    context = {
        "round": held,
        "rows": rows,
        "crumbs_made": crumbs.held(request, held.code, held.name, _("Arbetsplatser")),
    }
    return render(request, "summer/workplaces.html", context)


@page(needs=Permission.RUN_SUMMER)
def check(request: Any, code: str, supervisor_id: UUID) -> HttpResponse:
    """Note that a supervisor's extract from the register has been seen."""
    if request.method != "POST":
        raise Http404
    with transactions.read(request.by):
        held = held_or_404(request, code)
        there = {who.id for row in summer_rounds.workplaces(held.id) for who in row.supervisors}
    if supervisor_id not in there:
        raise Http404
    try:
        planning.check_supervisor(by=request.by, supervisor_id=supervisor_id)
    except Refused as refused:
        refusals.tell(request, refused)
    else:
        messages.success(request, _("Noterat att du har sett utdraget. Själva utdraget sparas inte."))
    return afterwards.to("summer:workplaces", code)


def held_or_404(request: Any, code: str) -> summer_rounds.RoundRow:
    """The round, for those who hold it. Inside a read transaction."""
    held = summer_rounds.by_code(code)
    if held is None or held.area_id != request.by.area_id or not summer_course.holds(held.id):
        raise Http404
    return held
