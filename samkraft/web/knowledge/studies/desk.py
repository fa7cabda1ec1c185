"""The evaluator's first page: studies and what each waits for, deliveries with their days, and what may be fetched."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samkraft.initiatives.queries import duties, undertakings
from samkraft.initiatives.rules.duties import LABELS, DutyState
from samkraft.knowledge.queries import scorecards, studies
from samkraft.knowledge.queries.studies import StudyRow
from samkraft.knowledge.rules.studies.stages import ORDER, Kind
from samkraft.partners.rules.roles import Permission
from samkraft.people.queries import call_lists
from samkraft.values.period import day_in_stockholm
from samkraft.web import days, shell
from samkraft.web.acting import page
from samkraft.web.duties.states import SHAPES
from samkraft.web.knowledge.studies import listed, words

MOST_DUTIES = 8


@page(needs=Permission.RUN_STUDIES)
def show(request: Any) -> HttpResponse:
    """Everything of the evaluator's, across initiatives."""
    today = day_in_stockholm(timezone.now())
    found = studies.listed()
    codes = {one.initiative_id: undertakings.row_of(one.initiative_id) for one in found}
    frame = shell.of(request)
    frame.crumbs = [{"label": _("Utvärdering"), "url": ""}]
    context = {
        "shell": frame,
        "going_on": [_waits(codes[one.initiative_id].code, one, today) for one in found if not one.held.is_published],
        "done": [listed.shown(codes[one.initiative_id].code, one) for one in found if one.held.is_published],
        "initiatives": [(one, bool(scorecards.snapshots(one.id))) for one in scorecards.with_figures()],
        "duties": [
            (duty, SHAPES[duty.state], _(LABELS[duty.state]))
            for duty in duties.of_body(body_id=request.by.organisation_id, today=today)
            if duty.state is not DutyState.DONE
        ][:MOST_DUTIES],
    }  # fmt: skip
    return render(request, "knowledge/studies/desk.html", context)


def _waits(code: str, one: StudyRow, today: date) -> dict[str, Any]:
    """A study that goes on: its next step, or what it waits for."""
    due, waits = one.held.follow_up_date, ""
    if one.stage is Kind.REGISTERED and not call_lists.standing(one.registration_id).listed:
        waits = _("Väntar på att listan läses in")
    elif one.stage is Kind.FROZEN and due and today < due:
        waits = _("Väntar på uppföljningen %(day)s") % {"day": days.full(due)}
    return {
        "number": one.number, "title": one.registration.title, "url": reverse("results:study", args=[code, one.number]),
        "says": waits or _(words.NEXT[one.stage]), "shape": "closed" if waits else "needs",
        "step": ORDER.index(one.stage) + 1, "steps": len(ORDER), "question": one.registration.question,
    }  # fmt: skip
