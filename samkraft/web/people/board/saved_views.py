"""Saving a choice on the board and throwing it away; both lead back to the list that one came from."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samkraft.partners.rules.roles import Permission
from samkraft.people.actions import saved_views as actions
from samkraft.people.rules import boards
from samkraft.values.refusal import Refused
from samkraft.web import afterwards, refusals
from samkraft.web.acting import page


@require_POST
@page(needs=Permission.SEE_CASELOAD)
def save(request: Any) -> HttpResponse:
    """From the form in the list's menu."""
    sent = request.POST
    codes, which, sort = sent.get("visa", "").split(","), sent.get("vilka", ""), sent.get("ordning", "")
    back = f"{list_of(sent)}?{boards.as_query(codes, which, sort)}"
    team = _team(sent.get("team", "")) if sent.get("dela") else None
    try:
        actions.save(by=request.by, name=sent.get("namn", ""), codes=tuple(codes), which=which, sort=sort, team_id=team)
    except Refused as refused:
        said = refusals.explain(refused)
        messages.error(request, f"{said.text} {said.way_out}")
        return afterwards.at(back)
    messages.success(request, _("Urvalet är sparat."))
    return afterwards.at(back)


@require_POST
@page(needs=Permission.SEE_CASELOAD)
def share(request: Any, view_id: UUID) -> HttpResponse:
    """One's own only: with the team that the form names, or with nobody when it names none."""
    team = _team(request.POST.get("team", ""))
    try:
        actions.share(by=request.by, view_id=view_id, team_id=team)
    except Refused as refused:
        said = refusals.explain(refused)
        messages.error(request, f"{said.text} {said.way_out}")
    else:
        messages.success(request, _("Urvalet delas med teamet.") if team else _("Urvalet är ditt eget igen."))
    return afterwards.at(list_of(request.POST))


@require_POST
@page(needs=Permission.SEE_CASELOAD)
def remove(request: Any, view_id: UUID) -> HttpResponse:
    """One's own only."""
    actions.remove(by=request.by, view_id=view_id)
    messages.success(request, _("Urvalet är borttaget."))
    return afterwards.at(list_of(request.POST))


def list_of(sent: Any) -> str:
    """The list that the form stood on: the team's or everyone's."""
    if sent.get("lista") == "deltagare":
        return reverse("people:everyone")
    team = _team(sent.get("sida_team", ""))
    return reverse("people:team", args=[team]) if team else reverse("people:board")


def _team(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
