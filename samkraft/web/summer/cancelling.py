"""A workplace that cannot take anybody in a period after all: who it concerns, what happens to each, and then it is done."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samkraft.audit.actions import transactions
from samkraft.offer.queries import summer_rounds
from samkraft.partners.rules.roles import Permission
from samkraft.people.actions.summer import summer_cancelling
from samkraft.people.queries.summer import summer_course, summer_people
from samkraft.people.rules.summer.summer_places import STATE_NAMES, State
from samkraft.values.refusal import Refused
from samkraft.web import afterwards, refusals
from samkraft.web.acting import page
from samkraft.web.summer import crumbs
from samkraft.web.summer.workplaces import held_or_404

LIVE = (State.OFFERED, State.ACCEPTED, State.CONFIRMED)


@page(needs=Permission.RUN_SUMMER)
def show(request: Any, code: str, workplace_id: UUID, period_id: UUID) -> HttpResponse:
    """Those who are there, before anything is done; the box is ticked by whoever has read it."""
    if request.method == "POST":
        return _do(request, code, workplace_id, period_id)
    held = held_or_404(request, code)
    workplace, period = _there(held, workplace_id, period_id)
    people = [
        {"name": row.name, "code": row.code, "state": _(STATE_NAMES[row.placement.state])}
        for row in summer_people.listed(held.id)
        if row.placement and row.placement.state in LIVE
        and row.placement.workplace.id == workplace_id and row.placement.weeks == period.period
    ]  # fmt: skip
    course = summer_course.of_round(held.id)
    context = {
        "round": held, "workplace": workplace, "period": period, "people": people, "meets_all": course.meets_all,
        "places": workplace.places.get(period_id, 0), "left": max(0, held.places - course.live),
        "crumbs_made": crumbs.held(request, held.code, held.name, _("Ställ in")),
    }  # fmt: skip
    return render(request, "summer/cancelling.html", context)


def _do(request: Any, code: str, workplace_id: UUID, period_id: UUID) -> HttpResponse:
    with transactions.read(request.by):
        held = held_or_404(request, code)
        _there(held, workplace_id, period_id)
    here = afterwards.at(request.path)
    if not request.POST.get("last"):
        messages.error(request, _("Kryssa för att du har läst vilka det gäller."))
        return here
    try:
        done = summer_cancelling.cancel(by=request.by, round_id=held.id, workplace_id=workplace_id, period_id=period_id)
    except Refused as refused:
        refusals.tell(request, refused)
        return here
    told = ngettext(
        "Arbetsplatsen är inställd. {n} ung berörs, {moved} har fått ett nytt erbjudande. Skriv till dem här.",
        "Arbetsplatsen är inställd. {n} unga berörs, {moved} har fått ett nytt erbjudande. Skriv till dem här.",
        done.concerned,
    )
    messages.success(request, told.format(n=done.concerned, moved=done.moved))
    return afterwards.to("summer:letters", code)


def _there(held: summer_rounds.RoundRow, workplace_id: UUID, period_id: UUID) -> tuple[Any, Any]:
    workplace = next((row for row in summer_rounds.workplaces(held.id) if row.id == workplace_id), None)
    period = next((row for row in held.periods if row.id == period_id), None)
    if workplace is None or period is None:
        raise Http404
    return workplace, period
