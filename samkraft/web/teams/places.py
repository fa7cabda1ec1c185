"""One team: who has a place in it, who gets one, and when a place ends."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samkraft.audit.actions import transactions
from samkraft.initiatives.actions import teams as actions
from samkraft.initiatives.queries import teams as queries
from samkraft.initiatives.queries.teams import Arranged, TeamRow
from samkraft.initiatives.rules import teams as rules
from samkraft.partners.queries import colleagues
from samkraft.partners.rules.roles import Permission, may
from samkraft.people.queries import team_loads
from samkraft.values.period import day_in_stockholm
from samkraft.values.refusal import Refused
from samkraft.web import afterwards, refusals, shell
from samkraft.web.acting import page
from samkraft.web.people import loads
from samkraft.web.teams import crumbs
from samkraft.web.teams.forms import EndForm, MemberForm

FIELDS = {
    rules.NOT_ONESELF.code: "colleague",
    rules.MEETS_NOBODY.code: "colleague",
    rules.NOT_A_PARTY.code: "colleague",
    rules.ALREADY_MEMBER.code: "colleague",
    rules.ONLY_PERSONALLY.code: "personal",
    rules.OUTSIDE.code: "start_date",
    rules.ENDS_BEFORE_START.code: "last_day",
}


@page(needs=Permission.SEE_TEAMS)
def show(request: Any, code: str, number: int) -> HttpResponse:
    """The team with those who have a place in it today."""
    return _draw(request, code, number)


@require_POST
@page(needs=Permission.MANAGE_TEAMS)
def add(request: Any, code: str, number: int) -> HttpResponse:
    """Give somebody a place."""
    with transactions.read(request.by):
        found, team = _found(code, number)
        people = _people(found)
    form = MemberForm(request.POST, people=people)
    if form.is_valid():
        data = dict(form.cleaned_data)
        try:
            actions.add_member(by=request.by, team_id=team.id, membership_id=UUID(data.pop("colleague")), **data)
        except Refused as refusal:
            refusals.put_in(form, refusal, FIELDS)
        else:
            messages.success(request, _("Platsen är tillagd."))
            return afterwards.to("teams:team", code, number)
    with transactions.read(request.by):
        return _draw(request, code, number, adding=form)


@page(needs=Permission.MANAGE_TEAMS)
def end(request: Any, code: str, number: int, member_id: UUID) -> HttpResponse:
    """End a place in the team after its last day."""
    with transactions.read(request.by):
        found, team = _found(code, number)
        place = next((one for one in team.members if one.id == member_id), None)
    if place is None:
        raise Http404
    form = EndForm(request.POST or None, initial={"last_day": _today()})
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_member(by=request.by, member_id=member_id, last_day=form.cleaned_data["last_day"])
        except Refused as refusal:
            form.add_error("last_day", str(refusals.explain(refusal)))
        else:
            messages.success(request, _("Platsen är avslutad."))
            return afterwards.to("teams:team", code, number)
    frame = shell.of(request)
    frame.crumbs = crumbs.to(request.by, found, team.name, _("Avsluta plats"))
    told = {"shell": frame, "found": found, "team": team, "place": place, "form": form}
    return render(request, "teams/end.html", told, status=422 if form.is_bound else 200)


def _load(request: Any, found: Arranged, team: TeamRow) -> dict[str, Any] | None:
    """How many the team has, for those who have participants; None for others."""
    if not may(request.by.role, Permission.SEE_CASELOAD):
        return None
    every = team_loads.of_initiative(request.by, found.initiative_id, today=_today())
    own = [one for one in every if one.team_id == team.id]
    return {"teams": loads.of_teams(own), "leads": loads.of_leads(team.id, team.members)} if own else None


def _draw(request: Any, code: str, number: int, adding: forms.Form | None = None) -> HttpResponse:
    found, team = _found(code, number)
    may_lead = queries.may_lead(request.by, found, on=_today())
    form = adding
    if may_lead and form is None:
        form = MemberForm(people=_people(found), initial={"start_date": _today()})
    frame = shell.of(request)
    frame.crumbs = crumbs.to(request.by, found, team.name)
    return render(
        request,
        "teams/team.html",
        {
            "shell": frame,
            "found": found,
            "team": team,
            "core": [member for member in team.members if not member.personal],
            "called_in": [member for member in team.members if member.personal],
            "load": _load(request, found, team),
            "form": form if may_lead else None,
            "failed": adding,
            "may_lead": may_lead,
        },
        status=422 if adding else 200,
    )


def _found(code: str, number: int) -> tuple[Arranged, TeamRow]:
    found = queries.page(code, on=_today())
    team = next((one for one in found.teams if one.number == number), None) if found else None
    if found is None or team is None:
        raise Http404
    return found, team


def _people(found: Arranged) -> list[tuple[str, str]]:
    """Whom one may choose: those who meet people, in the authorities that sit in the teams today."""
    today = _today()
    areas = [party.area_id for party in found.parties if party.joins_team and today in party.period]
    return [
        (str(one.membership_id), f"{one.name}, {_(one.role_name).lower()}, {one.organisation_name}")
        for one in colleagues.meeting_people(areas, on=today)
    ]


def _today() -> Any:
    return day_in_stockholm(timezone.now())
