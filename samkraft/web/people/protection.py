"""Protected identity: begin it, keep the named list, and end it by two."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from samkraft.audit.actions import transactions
from samkraft.initiatives.queries import teams
from samkraft.initiatives.queries.teams import MemberRow
from samkraft.partners.rules.roles import Permission
from samkraft.people.actions import protection as actions
from samkraft.people.queries import persons
from samkraft.people.rules import contents
from samkraft.people.rules.held import newest
from samkraft.people.rules.protection import LEVELS
from samkraft.values.refusal import Refused
from samkraft.web import afterwards, refusals
from samkraft.web.acting import page
from samkraft.web.people import opened, person


@page(needs=Permission.WORK_WITH_PEOPLE)
def show(request: Any, person_id: UUID) -> HttpResponse:
    """The level and the list; each button does one thing."""
    if request.method != "POST":
        return _render(request, person_id, None)
    try:
        told = _act(request, person_id)
    except Refused as refusal:
        with transactions.read(request.by):
            return _render(request, person_id, refusal)
    messages.success(request, told)
    return afterwards.to("people:protection", person_id)


def _act(request: Any, person_id: UUID) -> str:
    do = request.POST.get("do", "")
    if do == "protect":
        names = [UUID(value) for value in request.POST.getlist("name")]
        actions.protect(by=request.by, person_id=person_id, level=request.POST.get("level", ""), membership_ids=names)
        return _("Skyddet gäller nu, överallt.")
    if do == "lift":
        ended = actions.lift(by=request.by, person_id=person_id)
        return _("Skyddet är upphävt.") if ended else _("Begäran är antecknad. Någon annan på listan beslutar.")
    verb, _sign, value = do.partition(":")
    act = actions.strike if verb == "strike" else actions.name
    act(by=request.by, person_id=person_id, membership_id=UUID(value))
    return _("Listan är ändrad.")


def _render(request: Any, person_id: UUID, refusal: Refused | None) -> HttpResponse:
    one = opened.open_page(request, person_id, what="protection")
    colleagues = _colleagues(one)
    listed = set(persons.named_list(request.by, person_id)) if one.opened.protection else set()
    context = {
        "tabs": opened.tabs(person_id, "particulars"),
        "levels": [(level.value, _(name)) for level, name in LEVELS.items()],
        "level_name": _(LEVELS[one.opened.protection]) if one.opened.protection else "",
        "listed": [member for member in colleagues if member.membership_id in listed],
        "unlisted": [member for member in colleagues if member.membership_id not in listed],
        "own": request.by.membership_id,
        "refusal": refusals.explain(refusal) if refusal else None,
    }
    return render(request, "people/person/protection.html", person.with_crumbs(request, one, context))


def _colleagues(one: opened.Page) -> tuple[MemberRow, ...]:
    team = newest(one.opened.held, "team")
    if team is None:
        return ()
    found = teams.team(contents.read("team", team.content).team_id, on=timezone.localdate())
    return found.members if found else ()
